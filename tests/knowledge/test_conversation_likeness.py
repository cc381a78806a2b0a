"""The phrases of `conversation.yaml` teach: what is near enough is recognised, questions on the programme are not."""

import pytest

from knowledge.content.conversation import DialogueAct
from knowledge.content.models import Content
from knowledge.conversation.dialogue_reader import DialogueReader, conversation_reader
from knowledge.understanding.understanding import Understanding


@pytest.fixture(scope="module")
def reader(packaged: Content, packaged_understanding: Understanding) -> DialogueReader:
    return conversation_reader(packaged, packaged_understanding.models)


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("la version pour les gens pressés", DialogueAct.SHORTER),
        ("expliquez-moi comme à un enfant de dix ans", DialogueAct.SIMPLER),
        ("y aurait-il un vrai humain derrière tout ça", DialogueAct.HUMAN),
        ("je demandais pas du tout ça", DialogueAct.NOT_THAT),
        ("on a tout envoyé avant-hier et on est sans nouvelles", DialogueAct.DOSSIER),
        ("rayez-moi de vos listes", DialogueAct.STOP_ALERTS),
        ("ma secrétaire pourrait terminer à ma place ?", DialogueAct.HAND_OVER),
        ("j'ai coché non au lieu de oui", DialogueAct.CORRECT),
        ("qui lira ce que j'écris ici ?", DialogueAct.PRIVACY),
        ("dites-m'en davantage", DialogueAct.MORE),
    ],
)
def test_what_is_near_a_phrase_is_recognised(reader: DialogueReader, said: str, act: DialogueAct) -> None:
    assert reader.read(said, follows=True) == act


@pytest.mark.parametrize(
    "said",
    [
        "je suis directeur des services, ma présidente me demande de regarder si nous pouvons y répondre",
        "Secrétaire générale ici. Le maire demande si l'on peut remplir cette candidature.",
    ],
)
def test_who_was_asked_to_look_into_it_hands_nothing_over(reader: DialogueReader, said: str) -> None:
    assert reader.read(said) is None


def test_every_act_is_told_from_what_looks_like_it(reader: DialogueReader, packaged: Content) -> None:
    taken = {
        text: act for act, said in packaged.conversation.acts.items() for text in said.other if reader.read(text) == act
    }
    assert not taken


def test_questions_on_the_programme_are_no_acts(reader: DialogueReader, packaged: Content) -> None:
    topics = [topic for topic in packaged.topics.values() if topic.id not in packaged.conversation.near_acts]
    asked = [phrase for topic in topics for phrase in topic.phrasings]
    taken = [phrase for phrase in asked if reader.read(phrase)]
    assert len(taken) < len(asked) / 75
