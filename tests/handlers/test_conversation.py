"""What a person sees, whatever they send."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

import pytest
from aiogram.types import (
    Animation,
    Chat,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberUpdated,
    Contact,
    Document,
    Location,
    MessageOriginUser,
    PhotoSize,
    Sticker,
    Update,
    User,
    Voice,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import votes
from bot.terminal.offline import PERSON
from knowledge.content.messages import Command
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

FILE: dict[str, Any] = {"file_id": "f", "file_unique_id": "f"}


async def test_start_says_who_we_are_and_shows_the_menu(conversation: Conversation, minimal: Content) -> None:
    said = await conversation.says("/start")

    assert "Jardins partagés" in said
    assert [item.label for item in minimal.messages.start.menu] == conversation.buttons[:6]


async def test_a_deep_link_opens_its_topic_at_once(conversation: Conversation) -> None:
    assert "Combien ça coûte" in await conversation.says("/start price")


async def test_an_unknown_deep_link_opens_the_menu(conversation: Conversation) -> None:
    assert "ne mène plus" in await conversation.says("/start nowhere")
    assert "Contact" in conversation.buttons


async def test_a_command_of_the_content_opens_its_topic(conversation: Conversation) -> None:
    assert "Les dates" in await conversation.says("/dates")
    assert "Les dates" in await conversation.says("/DATES")


async def test_a_command_may_hold_digits_and_underscores(
    minimal: Content, minimal_understanding: Understanding, database: Database
) -> None:
    named = Command.model_validate({"name": "appel_2027", "description": "Les dates", "topic": "dates"})
    messages = minimal.messages.model_copy(update={"commands": (*minimal.messages.commands, named)})
    content = minimal.model_copy(update={"messages": messages})
    conversation = Conversation(content, minimal_understanding, database, TODAY)

    assert "Les dates" in await conversation.says("/appel_2027")
    assert "Je ne connais pas cette commande" in await conversation.says("/2027")
    for refused in ("Dates", "clés", "les-dates", "a" * 33):
        with pytest.raises(ValidationError):
            Command.model_validate({"name": refused, "description": "Les dates"})


async def test_an_unknown_command_gets_the_help(conversation: Conversation) -> None:
    said = await conversation.says("/inconnue")

    assert "Je ne connais pas cette commande" in said
    assert "/supprimer" in said


async def test_a_question_is_answered_with_title_source_and_date(conversation: Conversation) -> None:
    said = await conversation.says("combien ca coute ?")

    assert said.startswith("Combien ça coûte")
    assert "10 euros" in said
    assert "Source\u00a0: la brochure, le journal · relevé en janvier\u00a02026" in said


async def test_a_title_is_shown_in_bold(conversation: Conversation) -> None:
    await conversation.says("combien ca coute ?")

    entity = (conversation.replies[0].entities or [])[0]
    assert (entity.type, entity.offset) == ("bold", 0)


async def test_two_questions_get_both_answers_in_one_message(conversation: Conversation) -> None:
    said = await conversation.says("combien ça coûte ? et comment vous joindre ?")

    assert "10 euros" in said
    assert "Écrivez à" in said
    assert len(conversation.replies) == 1


async def test_every_answer_offers_related_topics_contact_menu_and_an_opinion(
    conversation: Conversation,
) -> None:
    await conversation.says("quel est le prix")

    assert conversation.buttons == ["Présentation", "Écrire à l’équipe", "Menu", "👍 Utile", "👎 Pas utile"]


async def test_an_opinion_is_kept_once_and_its_buttons_go_away(conversation: Conversation, database: Database) -> None:
    await conversation.says("quel est le prix")
    answer = conversation.replies[-1]

    await conversation.presses("👍 Utile")
    assert conversation.toasts == ["Merci, c’est noté."]
    assert [row.useful for row in await database.read(select(votes))] == [True]
    edited = conversation.session.messages[answer.message_id]
    assert edited.reply_markup is not None
    assert len(edited.reply_markup.inline_keyboard) == len(answer.reply_markup.inline_keyboard) - 1  # type: ignore[union-attr]

    await conversation.feeds(conversation.session.presses("vote:0:price", edited))
    assert conversation.toasts == ["Votre avis sur cette réponse est déjà noté."]
    assert [row.useful for row in await database.read(select(votes))] == [True]


async def test_what_is_not_understood_twice_never_gets_the_same_reply(conversation: Conversation) -> None:
    said = [await conversation.says("azeaze rtyrty") for _ in range(4)]

    assert all(first != second for first, second in itertools.pairwise(said))
    assert all("@" in reply for reply in said)


async def test_the_second_time_themes_are_offered(conversation: Conversation) -> None:
    await conversation.says("azeaze rtyrty")
    await conversation.says("azeaze rtyrty")

    assert "Tout" in conversation.buttons


async def test_a_question_without_answer_is_kept_for_the_team_masked(conversation: Conversation) -> None:
    await conversation.says("plugh wibble xyzzy ? jeanne@example.org 06 12 34 56 78")

    ((_, missed),) = await conversation.feedback.missed_questions()
    assert "wibble" in missed.question
    assert "jeanne" not in missed.question
    assert "34 56" not in missed.question


async def test_a_conversation_survives_a_restart(
    conversation: Conversation, minimal: Content, minimal_understanding: Understanding, database: Database
) -> None:
    first = await conversation.says("azeaze rtyrty")
    after_restart = Conversation(minimal, minimal_understanding, database, date(2026, 11, 24))

    assert await after_restart.says("azeaze rtyrty") != first


async def test_a_near_miss_is_sent_where_it_belongs(conversation: Conversation) -> None:
    assert await conversation.says("et le programme cousin ?") == "Le programme cousin est un autre programme."


async def test_english_is_answered_in_english(conversation: Conversation) -> None:
    assert "I only answer in French" in await conversation.says("Hello, how can we apply to the programme?")


async def test_a_greeting_shows_the_menu_and_asks_no_opinion(conversation: Conversation) -> None:
    assert "Bonjour" in await conversation.says("bonjour")
    assert "👍 Utile" not in conversation.buttons


async def test_every_topic_is_at_most_four_taps_from_start(conversation: Conversation, minimal: Content) -> None:
    await conversation.says("/start")
    await conversation.presses("Tous les thèmes")
    await conversation.presses("Tout")

    assert conversation.buttons == [topic.button for topic in minimal.topics.values()]
    for topic in minimal.topics.values():
        await conversation.says("/start")
        await conversation.presses("Tous les thèmes")
        await conversation.presses("Tout")
        assert topic.title in await conversation.presses(topic.button)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"voice": Voice(**FILE, duration=3)}, "vocaux"),
        ({"photo": [PhotoSize(**FILE, width=1, height=1)], "caption": "/start"}, "images"),
        ({"animation": Animation(**FILE, width=1, height=1, duration=1)}, "images"),
        (
            {"sticker": Sticker(**FILE, type="regular", width=1, height=1, is_animated=False, is_video=False)},
            "Bien reçu",
        ),
        ({"location": Location(latitude=16.2, longitude=-61.5)}, "position"),
        ({"contact": Contact(phone_number="0102030405", first_name="A")}, "fiche de contact"),
        ({"document": Document(**FILE)}, "fichiers"),
        ({}, "messages écrits"),
    ],
)
async def test_what_is_not_text_gets_a_kind_reaction(
    conversation: Conversation, fields: dict[str, object], words: str
) -> None:
    assert words in await conversation.brings(**fields)
    assert len(conversation.replies) == 1


async def test_a_corrected_message_is_answered_again(conversation: Conversation) -> None:
    edited = conversation.session.says("quel est le prix").message
    said = await conversation.feeds(Update(update_id=900, edited_message=edited))

    assert "correction" in said
    assert "10 euros" in said


async def test_a_message_corrected_into_a_command_is_that_command(conversation: Conversation) -> None:
    edited = conversation.session.says("/supprimer").message
    await conversation.feeds(Update(update_id=900, edited_message=edited))

    assert conversation.buttons[0] == "Tout effacer"


async def test_a_command_corrected_in_a_group_is_not_answered(conversation: Conversation) -> None:
    edited = conversation.session.brings(text="/supprimer", chat=Chat(id=-5, type="supergroup")).message

    assert await conversation.feeds(Update(update_id=900, edited_message=edited)) == ""


async def test_a_forwarded_command_does_not_run(conversation: Conversation) -> None:
    origin = MessageOriginUser(date=datetime.now(UTC), sender_user=PERSON)

    assert "Je suis l’assistant" not in await conversation.says("/start", forward_origin=origin)


async def test_what_is_forwarded_asks_nothing_of_one_s_own_data(conversation: Conversation) -> None:
    origin = MessageOriginUser(date=datetime.now(UTC), sender_user=PERSON)
    asked = await conversation.says("supprimez toutes mes données")

    assert await conversation.says("supprimez toutes mes données", forward_origin=origin) != asked


async def test_a_command_written_by_another_bot_does_not_run(conversation: Conversation) -> None:
    other = User(id=9, is_bot=True, first_name="Autre")

    assert "Je suis l’assistant" not in await conversation.says("/start", via_bot=other)


async def test_an_old_or_forged_button_is_said_to_be_old(conversation: Conversation) -> None:
    for data in ("gone:1", "topic:unknown", "theme:gone", "vote:1:zzz", "", "topic:" + "x" * 58):
        update = conversation.session.presses(data, None)
        said = await conversation.feeds(update) + "".join(conversation.toasts)

        assert said, data


async def test_in_a_group_we_say_where_to_write_and_leave(conversation: Conversation) -> None:
    group = Chat(id=-100, type="supergroup", title="Conseil")
    assert "privée" in await conversation.says("c'est quoi ?", chat=group)

    bot = User(id=42, is_bot=True, first_name="TeVo")
    added = ChatMemberUpdated(
        chat=group,
        from_user=PERSON,
        date=datetime.now(UTC),
        old_chat_member=ChatMemberLeft(user=bot),
        new_chat_member=ChatMemberMember(user=bot),
    )
    assert "privée" in await conversation.feeds(Update(update_id=901, my_chat_member=added))


async def test_a_very_long_message_is_read_and_said_to_be_cut(conversation: Conversation) -> None:
    said = await conversation.says("quel est le prix ? " + "bla " * 900)

    assert "1500 caractères" in said.replace("\u202f", "")


async def test_when_a_handler_fails_the_person_is_told(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(conversation.dispatcher["understanding"], "read", broken)

    assert "Rien n’est perdu" in await conversation.says("une question secrète")
    assert "secrète" not in caplog.text


@settings(max_examples=150)
@given(text=st.text(min_size=1, max_size=400))
async def test_any_text_at_all_gets_a_reply(conversation: Conversation, text: str) -> None:
    await conversation.says(text)

    assert conversation.replies
    for message in conversation.replies:
        assert message.text
        assert len(message.text.encode("utf-16-le")) // 2 <= 4096


async def test_a_redirection_helped_and_is_no_failure_to_understand(conversation: Conversation) -> None:
    await conversation.says("c'est le programme cousin ?")
    after = await conversation.says("azeaze rtyrty")

    assert "Tout" not in conversation.buttons
    assert after != await conversation.says("azeaze rtyrty")


async def test_details_are_shown_on_request(elu: Conversation) -> None:
    said = await elu.says("c'est quoi l'agrément ?")
    assert "15 %" not in said.replace("\u00a0", " ")

    assert "15 %" in (await elu.presses("Plus de détails")).replace("\u00a0", " ")


async def test_one_message_warns_once_of_its_age(elu: Conversation) -> None:
    said = await elu.says("Combien ça coûte ? Et le volontaire, il touche combien ?")

    assert "aucun montant" in said
    assert "150 €" in said.replace("\xa0", " ")
    assert said.count("À confirmer") == 1


async def test_each_of_several_questions_gets_its_sentence_of_one_entry(elu: Conversation) -> None:
    said = await elu.says("faut être français ? un VSI peut partir dans son pays d'origine ? et c'est imposable ?")

    assert "pas besoin d’être français" in said
    assert "pays d’origine" in said
    assert "impôt" in said


async def test_several_answers_are_short_and_their_buttons_lead_to_the_rest(elu: Conversation) -> None:
    said = await elu.says("Qui finance ? Et quels documents fournir ?")

    assert "Qui finance" in said
    assert "aucune liste de pièces" in said
    assert "Les pièces d’autres appels" not in said
    assert {"Qui finance\u202f?", "Les documents à fournir"} <= set(elu.buttons)
    assert "Les pièces d’autres appels" in await elu.presses("Les documents à fournir")


async def test_a_question_beside_another_that_nothing_answers_is_quoted_and_can_be_sent(elu: Conversation) -> None:
    said = await elu.says("Qui peut candidater ? Faut-il une salle de sport pour le jeune ?")

    assert "Pour « Faut-il une salle de sport pour le jeune »" in said.replace("\xa0", " ").replace("\u202f", " ")
    assert "Transmettre ma question" in elu.buttons


async def test_a_question_beside_another_that_is_hardly_sure_is_named_by_a_button(elu: Conversation) -> None:
    await elu.says("Peut-on prolonger une mission, et combien d'infirmiers volontaires avez-vous placés ailleurs ?")

    assert "duree-missions" in elu.turn.topics
    assert "Nombre de volontaires" in elu.buttons
