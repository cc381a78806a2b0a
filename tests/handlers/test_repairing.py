"""The answer before, told in another way; what was understood of the person; and starting again."""

import pytest

from knowledge.content.models import Content
from tests.conversation import Conversation


@pytest.mark.parametrize(
    ("text", "screen"),
    [
        ("je n'y comprends rien, un exemple svp", "example"),
        ("c'est écrit petit et c'est trop compliqué", "simpler"),
        ("la référence de ce que vous avancez là", "source"),
        ("vous me répondez à autre chose", "not-that"),
        ("mettez-moi ça dans un courrier électronique", "by-mail"),
    ],
)
async def test_the_answer_before_is_repaired_as_asked(elu: Conversation, text: str, screen: str) -> None:
    await elu.says("combien ça coûte à la commune ?")
    await elu.says(text)
    assert elu.turn.screen == screen


async def test_simpler_is_in_everyday_words(elu: Conversation, packaged: Content) -> None:
    shown = await elu.says("c'est quoi le programme ?")
    simpler = await elu.says("plus simple svp")

    assert packaged.topics["presentation"].simple
    assert "recevoir un jeune d’un autre pays" in simpler
    assert "collectivités" in shown
    assert "collectivités" not in simpler


@pytest.mark.parametrize("asked", ["redites tout ça en deux lignes", "tout ça en deux lignes", "en 2 lignes tout ça"])
async def test_all_of_it_in_short_is_one_sentence_of_each_answer(elu: Conversation, asked: str) -> None:
    await elu.says("combien ça coûte à la commune ?")
    await elu.says("quelles pièces faut-il fournir ?")
    said = await elu.says(asked)

    items = [line for line in said.splitlines() if line.startswith("•")]
    assert ["Combien ça coûte" in items[0], "Les documents à fournir" in items[1]] == [True, True]
    assert len(items) == 2


async def test_what_was_noted_of_the_person_is_said_and_nothing_else(elu: Conversation) -> None:
    assert "rien noté" in await elu.says("rappelez-moi ce que je vous ai dit de notre mairie")
    await elu.says("nous sommes une commune de 600 habitants dans la Creuse, pouvons-nous candidater ?")
    assert "Creuse" in await elu.says("rappelez-moi ce que je vous ai dit de notre mairie")


async def test_who_is_lost_begins_again_simply_and_not_with_the_questionnaire(elu: Conversation) -> None:
    await elu.says("une SPL, elle peut ?")
    said = await elu.says("reprenez depuis le début, je suis perdu")
    assert said.startswith("Reprenons simplement.")
    assert elu.turn.topics == ["presentation"]


async def test_the_questionnaire_is_begun_again_by_its_name(elu: Conversation) -> None:
    await elu.says("je recommence le questionnaire depuis le début")
    assert elu.turn.screen == "handover"


async def test_what_was_likely_meant_is_answered_with_an_apology_and_thanks_are_not_offered(elu: Conversation) -> None:
    await elu.says("est-ce que le tuteur est payé ?")
    said = await elu.says("vous n'avez pas compris ma question")
    assert said.startswith("Pardon, j’ai répondu à côté. Est-ce ceci")
    assert elu.turn.topics == ["indemnites"]
    await elu.says("combien ça coûte à la commune ?")
    await elu.says("t'as rien compris, je te demande pas ça")
    assert elu.turn.screen == "not-that"
    assert not {"remerciement", "salutation", "relance"} & {*elu.turn.offered, *elu.turn.topics}


async def test_one_country_alone_is_told_of(elu: Conversation) -> None:
    await elu.says("quels pays ?")
    assert (await elu.says("le Sénégal seulement")).startswith("Sénégal")


@pytest.mark.parametrize("text", ["tu sais répondre en anglais ?", "¿habla español?"])
async def test_that_only_french_is_spoken_is_said(elu: Conversation, text: str) -> None:
    assert "français" in (await elu.says(text)).lower() or "french" in (await elu.says(text)).lower()


@pytest.mark.parametrize(
    "text",
    [
        "quelle est la source de financement",
        "en bref, combien ça coûte",
        "un exemple de mission",
        "rappelez-moi la durée",
    ],
)
async def test_questions_with_the_words_of_a_repair_are_questions(elu: Conversation, text: str) -> None:
    await elu.says("qui peut candidater ?")
    await elu.says(text)
    assert elu.turn.screen not in {"source", "shorter", "example", "again", "noted", "told"}


async def test_all_sources_are_those_of_every_answer_but_what_was_said_of_the_assistant(elu: Conversation) -> None:
    await elu.says("quels pays ?")
    await elu.says("combien ça coûte à la commune ?")
    await elu.says("avouez, vous nous faites de la publicité ?")
    said = await elu.says("sortez-moi toutes vos sources, je rédige un courrier")

    assert "l’OCDE" in said
    assert "Département de La Réunion" in said


async def test_what_was_said_is_put_in_writing_for_somebody_else_with_the_papers(elu: Conversation) -> None:
    await elu.says("qui finance le programme ?")
    await elu.says("combien ça coûte à la commune ?")
    said = await elu.says("pouvez-vous mettre ça sur une feuille que je passerai à mon adjoint ?")

    assert elu.turn.screen == "in-writing"
    assert said.startswith("À transférer tel quel")
    assert "TeVo) aide les collectivités" in said.split("•")[1]
    assert [name in said for name in ("Qui finance", "Combien ça coûte", "PROJET.TEVO@")] == [True] * 3
    assert elu.buttons[:2] == ["Une note d’une page", "Kit pour le conseil"]


async def test_an_entry_of_long_before_is_told_again_in_so_many_lines_without_what_is_unsure(elu: Conversation) -> None:
    for text in ("quelles sont les dates clés ?", "qui finance ?", "quels pays ?", "c'est quoi un VSI ?"):
        await elu.says(text)
    said = await elu.says("merci. redonnez-moi le calendrier en quatre lignes, que ce qui est sûr")

    items = [line for line in said.splitlines() if line.startswith("•")]
    assert len(items) == 4
    assert "1er appel" in said
    assert "je ne sais pas" not in said.lower()


@pytest.mark.parametrize(
    ("asked", "lines"),
    [("refaites ça en trois points", 3), ("en deux lignes svp", 2), ("redites-moi le coût en 2 lignes", 2)],
)
async def test_so_many_lines_as_asked(elu: Conversation, asked: str, lines: int) -> None:
    await elu.says("combien ça coûte à la commune ?")
    await elu.says("qui peut candidater ?")
    said = await elu.says(asked)

    assert len([line for line in said.splitlines() if line.startswith("•")]) == lines
    assert ("montant" in said) == ("coût" in asked)


async def test_a_recap_tells_who_speaks(elu: Conversation) -> None:
    await elu.says("maire d'un village de 300 habitants en Lozère, c'est quoi le programme ?")
    said = (await elu.says("récapitulez où nous en sommes, je ne suis plus")).replace("\xa0", " ")

    assert said.startswith("De vous, j’ai noté : une commune de 300 habitants (Lozère).")
    assert "En bref, ce que je vous ai dit" in said


@pytest.mark.parametrize(
    "text",
    [
        "votre but c'est de nous refourguer le dispositif, non ?",
        "êtes-vous neutre ou là pour défendre le programme ?",
        "c'est de la pub ce que vous faites",
    ],
)
async def test_that_it_sells_nothing_is_said_by_an_automaton(elu: Conversation, text: str) -> None:
    assert (await elu.says(text)).startswith("Je suis un automate")


@pytest.mark.parametrize(
    "text",
    [
        "quelles sont vos sources de financement ?",
        "il faut un papier du maire ?",
        "donnez-moi les sources de financement",
        "qui rédige le papier à remettre au maire pour signature ?",
        "en combien de lignes présenter le projet ?",
        "comment convaincre mes élus ?",
        "où en est l'appel ?",
    ],
)
async def test_questions_with_the_words_of_what_is_done_are_questions(elu: Conversation, text: str) -> None:
    await elu.says("qui peut candidater ?")
    await elu.says(text)
    assert elu.turn.screen in {"", "excerpt", "unsure"}


async def test_all_of_it_in_lines_to_be_read_out_is_for_who_asked_with_each_point_that_was_told(
    elu: Conversation,
) -> None:
    await elu.says("nous sommes une commune de 640 habitants dans le Cantal, le programme est pour nous ?")
    await elu.says("faut-il déjà avoir une commune partenaire à l'étranger ?")
    await elu.says("et combien cela nous coûterait-il ?")
    await elu.says("qui signe la convention ?")
    said = await elu.says("pouvez-vous résumer tout cela en trois lignes, que je puisse le lire au conseil du 12 ?")

    assert "640 habitants (Cantal)" in said.replace("\xa0", " ")
    items = [line for line in said.splitlines() if line.startswith("•")]
    assert "créer de nouvelles coopérations" in items[0]
    assert len(items) == 3


async def test_a_table_tells_what_was_told_with_its_sources(elu: Conversation) -> None:
    await elu.says("combien de collectivités participent ?")
    said = await elu.says("présentez-moi ces chiffres sous forme de tableau avec la date et la source")

    assert elu.turn.screen == "table"
    assert "86 en avril 2025" in said
    assert "D’après" in said


async def test_the_source_of_a_point_that_tells_something_is_named_though_it_does_not_know_all(
    elu: Conversation,
) -> None:
    await elu.says("quel opérateur chez nous ?")
    assert elu.turn.point == "chez-nous"
    assert "Je tiens cela de" in await elu.says("votre source pour ce dernier point ?")
