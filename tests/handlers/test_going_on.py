"""Follow-ups and repairs: what was talked about is remembered, never the words, and nothing is said twice."""

import itertools
import json
import time

import pytest
from sqlalchemy import select

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import fsm
from bot.keeping import Retention
from knowledge.content.models import Content
from knowledge.conversation import follow_up, frame
from knowledge.words.markup import plain_text
from tests.conversation import KEY, Conversation


@pytest.mark.parametrize(
    ("first", "then", "topics"),
    [
        ("qui peut candidater ?", "et une SEM ?", {"eligibilite-autre", "eligibilite-collectivite"}),
        ("les outre-mer peuvent participer ?", "et Mayotte ?", {"eligibilite-outre-mer"}),
        (
            "une petite commune peut candidater ?",
            "et 12000 ?",
            {"eligibilite-collectivite", "eligibilite-petite-commune"},
        ),
        ("c'est quoi un VSI ?", "combien de temps ?", {"duree-missions"}),
        ("c'est quoi un agrément ?", "combien de temps ?", {"agrement"}),
        ("que faites-vous de mes données ?", "combien de temps ?", {"donnees-personnelles"}),
        ("c'est quoi les espaces volontariats ?", "il y en a un à Lomé ?", {"espaces-volontariats"}),
        ("c'est quoi un VSI ?", "et au Sénégal ?", {"pays"}),
        ("les associations peuvent candidater ?", "pardon, pas une asso, une mairie", {"eligibilite-collectivite"}),
        ("une commune peut candidater ?", "en fait on est une région", {"eligibilite-collectivite"}),
    ],
)
async def test_what_is_missing_comes_from_the_question_before(
    elu: Conversation, first: str, then: str, topics: set[str]
) -> None:
    await elu.says(first)
    await elu.says(then)
    assert topics & set(elu.turn.topics)


@pytest.mark.parametrize("repeated", ["combien ça coûte ?", "c'est ouvert en ce moment ?", "dans quels pays ?"])
async def test_the_same_question_three_times_is_never_answered_with_the_same_message(
    elu: Conversation, repeated: str
) -> None:
    said = [await elu.says(repeated) for _ in range(3)]
    assert said[0] != said[1] != said[2]


@pytest.mark.parametrize(
    "repair",
    ["plus court", "j'ai rien compris", "vous pouvez répéter ?", "d'où vous tenez ça ?", "c'est faux", "pourquoi ?"],
)
async def test_a_repair_says_the_answer_in_another_way_and_not_twice_the_same(elu: Conversation, repair: str) -> None:
    before = await elu.says("c'est quoi le service civique ?")
    said = await elu.says(repair)
    assert elu.turn.topics == ["service-civique"]
    assert said not in ("", before)
    assert await elu.says(repair) != said


async def test_its_source_is_named_and_linked(elu: Conversation) -> None:
    await elu.says("combien de collectivités participent ?")
    said = await elu.says("vous sortez ça d'où ?")
    assert "plaquette" in said or "France Volontaires" in said
    assert any(entity.url for message in elu.replies for entity in message.entities or [])


async def test_examples_come_one_after_the_other_until_there_are_none(elu: Conversation) -> None:
    await elu.says("que font les volontaires ?")
    one = await elu.says("un exemple svp")
    other = await elu.says("un autre exemple ?")
    assert "Un exemple" in one
    assert "Des collectivités que mes documents citent" in other
    for _ in range(20):
        last = await elu.says("un autre exemple")
    assert "Un exemple" not in last


async def test_what_was_not_meant_is_not_offered_again(elu: Conversation) -> None:
    await elu.says("combien ça coûte ?")
    await elu.says("ce n'est pas ma question")
    assert "reste-a-charge" not in elu.turn.topics + elu.turn.offered
    assert elu.turn.offered
    assert "Transmettre ma question" in elu.buttons


@pytest.mark.parametrize(
    "text", ["bande de nuls", "vous servez à rien", "un humain svp", "c'est toujours la même réponse"]
)
async def test_anger_is_met_with_one_sentence_and_a_way_to_a_person(elu: Conversation, text: str) -> None:
    said = await elu.says(text)
    assert "Transmettre ma question" in elu.buttons
    assert said != await elu.says(text)


async def test_a_message_on_another_keyboard_is_read_and_said_so(elu: Conversation) -> None:
    said = await elu.says("co;;ent cqndidqter")
    assert elu.turn.topics == ["postuler"]
    assert "comment candidater" in said


async def test_a_message_of_common_words_was_typed_on_the_right_keyboard(elu: Conversation) -> None:
    assert "clavier" not in await elu.says("bonjour je suis maire d'un petit village du lot")


@pytest.mark.parametrize("sign", ["?", "...", "👍"])
async def test_a_lone_sign_is_met_kindly_and_not_twice_in_the_same_way(elu: Conversation, sign: str) -> None:
    said = await elu.says(sign)
    assert said
    assert said != await elu.says(sign)


async def test_a_greeting_within_a_question_is_greeted(elu: Conversation) -> None:
    assert (await elu.says("Bonjour, combien ça coûte ?")).startswith("Bonjour")
    assert not (await elu.says("quelles sont les dates clés ?")).startswith("Bonjour")
    assert (await elu.says("merci beaucoup, et sinon où est votre antenne ?")).startswith("Avec plaisir")


async def test_two_hesitations_never_follow_each_other(elu: Conversation) -> None:
    unclear = ["gestion machin de la chose", "le truc du bidule annuel", "la chose pour le machin"]
    kinds = [await elu.says(text) for text in unclear]
    assert all(one != other for one, other in itertools.pairwise(kinds))


async def test_the_row_of_a_conversation_holds_no_text(elu: Conversation, database: Database) -> None:
    for text in (
        "Une commune peut-elle candidater ?",
        "et la SEM Zorglub de Trifouilly ?",
        "mes alertes",
        "plus court",
    ):
        await elu.says(text)
    kept = await _unsealed(database)
    (data,) = (row.lower() for key, row in kept.items() if not key.endswith("|asked"))
    assert "topics" in data
    for word in ("zorglub", "trifouilly", "candidater", "commune peut", "alertes", "plus court", "prévenir"):
        assert word not in data


async def test_of_the_questions_only_the_last_one_is_kept_masked_for_an_hour(
    elu: Conversation, database: Database
) -> None:
    await elu.says("Une commune peut-elle candidater ?")
    await elu.says("je suis Jeanne Zorglub, mon 06 12 34 56 78, combien ça coûte à la commune ?")

    (asked,) = (row for key, row in (await _unsealed(database)).items() if key.endswith("|asked"))
    assert "coûte" in json.loads(asked)["question"]
    for word in ("candidater", "Zorglub", "06 12"):
        assert word not in asked

    await elu.stores.conversations.purge(time.time() + frame.ASKED_SECONDS + 1, Retention())
    assert [key for key in await _unsealed(database) if key.endswith("|asked")] == []


async def _unsealed(database: Database) -> dict[str, str]:
    rows = await database.read(select(fsm.c.key, fsm.c.data))
    return {row.key: Cipher(KEY).unseal(row.data, place(fsm.c.data, row.key)) or "{}" for row in rows}


def test_a_frame_is_forgotten_after_twenty_minutes_or_five_turns() -> None:
    kept = frame.Frame(topics=("vsi",), at=1_000).kept()
    assert frame.Frame.of(kept, 1_000 + frame.REMEMBERED_SECONDS).topics == ("vsi",)
    assert frame.Frame.of(kept, 1_001 + frame.REMEMBERED_SECONDS) == frame.Frame()
    old = frame.Frame(topics=("vsi",), at=1_000)
    for _ in range(frame.TURNS):
        old = old.aged()
    assert frame.Frame.of(old.kept(), 1_000) == frame.Frame()


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("non, je voulais dire le Bénin", "le Bénin"),
        ("euh non Mayotte je me suis trompé", "Mayotte"),
        ("pardon, pas asso, mairie", "mairie"),
        ("non", "non"),
        ("les communes peuvent candidater ?", "les communes peuvent candidater ?"),
    ],
)
def test_words_that_only_correct_are_taken_away(packaged: Content, typed: str, left: str) -> None:
    assert packaged.conversation is not None
    assert follow_up.repaired(typed, packaged.conversation.follow_ups) == left


async def test_shorter_is_what_was_asked_where_one_sentence_tells_it(elu: Conversation) -> None:
    await elu.says("l'âge max pour un volontaire ? j'ai un handicap")
    assert "30 si handicap" in await elu.says("plus court stp")
    await elu.says("combien ça coûte à la commune ?")
    assert "aucun montant" in await elu.says("plus court")


@pytest.mark.parametrize(
    ("said", "topic"),
    [("d'accord. et ça dure combien de temps ?", "duree-missions"), ("ok super, c'est payé combien ?", "indemnites")],
)
async def test_what_is_asked_after_an_agreement_is_answered(elu: Conversation, said: str, topic: str) -> None:
    await elu.says("que font les volontaires ?")
    told = await elu.says(said)
    assert elu.turn.topics[:1] == [topic]
    assert "Avec plaisir" not in told


async def test_what_something_is_asks_its_entry_not_a_point_of_the_one_before(elu: Conversation) -> None:
    await elu.says("combien de temps dure une mission")

    assert (await elu.says("c'est quoi un VSI")).startswith("Un VSI, c’est quoi")


async def test_what_an_entry_does_not_tell_comes_with_what_it_tells(elu: Conversation) -> None:
    told = plain_text(elu.dispatcher["hearing"].narrowed.excerpt("reste-a-charge", "la couleur du tampon", "").text)

    assert "rien trouvé sur ce point précis" in told
    assert "Je n’ai trouvé aucun montant" in told
