"""The phrases of `conversation.yaml` teach: what is near enough is recognised, questions on the programme are not."""

import pytest

from knowledge.content.conversation import Act
from knowledge.content.models import Content
from knowledge.conversation.reader import Reader, conversation_reader
from knowledge.understanding.understanding import Understanding


@pytest.fixture(scope="module")
def reader(packaged: Content, packaged_understanding: Understanding) -> Reader:
    return conversation_reader(packaged, packaged_understanding.models)


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("la version pour les gens pressés", Act.SHORTER),
        ("expliquez-moi comme à un enfant de dix ans", Act.SIMPLER),
        ("y aurait-il un vrai humain derrière tout ça", Act.HUMAN),
        ("je demandais pas du tout ça", Act.NOT_THAT),
        ("on a tout envoyé avant-hier et on est sans nouvelles", Act.DOSSIER),
        ("rayez-moi de vos listes", Act.STOP_ALERTS),
        ("ma secrétaire pourrait terminer à ma place ?", Act.HAND_OVER),
        ("j'ai coché non au lieu de oui", Act.CORRECT),
        ("qui lira ce que j'écris ici ?", Act.PRIVACY),
        ("dites-m'en davantage", Act.MORE),
    ],
)
def test_what_is_near_a_phrase_is_recognised(reader: Reader, said: str, act: Act) -> None:
    assert reader.read(said, follows=True) == act


def test_every_act_is_told_from_what_looks_like_it(reader: Reader, packaged: Content) -> None:
    taken = {
        text: act for act, said in packaged.conversation.acts.items() for text in said.other if reader.read(text) == act
    }
    assert not taken


def test_questions_on_the_programme_are_no_acts(reader: Reader, packaged: Content) -> None:
    topics = [topic for topic in packaged.topics.values() if topic.id not in packaged.conversation.near_acts]
    asked = [phrase for topic in topics for phrase in topic.questions]
    taken = [phrase for phrase in asked if reader.read(phrase)]
    assert len(taken) < len(asked) / 100
