"""« Qu'avez-vous retenu de nous ? », « retenez que… » : what the conversation knows of the person, and nothing else."""

from collections.abc import Iterable

from aiogram import Bot
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.questionnaire.correcting import list_answers
from handlers.questionnaire.earlier import Earlier, said_before
from handlers.questionnaire.progress import Progress, progress_of
from handlers.shared.all_told import AllTold
from handlers.shared.beside import without_courtesy
from handlers.shared.buttons import OpenForm
from handlers.shared.hearing import Hearing
from handlers.shared.screen import Screen, answer_with, button, plain
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_form, note_going_on, note_project, note_screen, note_speaker
from knowledge.content.conversation import DialogueAct, DialogueSentences
from knowledge.conversation.frame import Frame
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.situation.expressions import expressions, tokens
from knowledge.words.markup import paragraphs
from knowledge.words.word_groups import scan


def register(boards: Boards) -> None:
    """Only with a questionnaire: elsewhere nothing is noted of anybody."""
    boards.talk.add(DialogueAct.NOTED, tell_noted, progress_of)
    boards.talk.add(DialogueAct.PROJECT, sum_up, progress_of)
    boards.talk.add(DialogueAct.REMEMBER, remember)


async def tell_noted(message: Message, bot: Bot, progress: Progress, frame: Frame, hearing: Hearing) -> None:
    """The answers given; else who speaks and what a question told of it; else that nothing was noted."""
    note_going_on()
    note_screen("noted")
    if progress.answers:
        await list_answers(bot, message.chat.id, progress)
        return
    sentences = hearing.narrowed.sentences
    known = await _known(progress, hearing.notes.case(frame))
    said = sentences.noted.format(said=known) if known else sentences.nothing_noted
    await answer_with(message, plain(said))


async def _known(progress: Progress, who: str) -> str:
    """`who` speaks, as remembered, and what else was told: the kind of body is then in it, unless its name was told."""
    told, screens = await said_before(progress.state, progress.screens), progress.screens
    if told is None or not who:
        return told["said"] if told else who
    answers = told["answers"]
    named = screens.questionnaire.authority_question(answers)
    if named and named.id in answers:
        return str(told["said"])
    path, questions = screens.questionnaire.form.questions[0].id, screens.questionnaire.questions
    others = (screens.said(questions[one], said) for one, said in answers.items() if one != path)
    return ", ".join([who, *(said for said in others if not said.startswith(tuple(who.split(", "))))])


async def sum_up(
    message: Message, bot: Bot, progress: Progress, frame: Frame, hearing: Hearing, sentences: DialogueSentences
) -> None:
    """« Résumez mon projet et ce qui manque » : what was noted, what was answered in short, and what tells the rest."""
    await tell_noted(message, bot, progress, frame, hearing)
    frame = without_courtesy(frame, hearing)
    told = hearing.told(frame)
    missing = hearing.replies.renderer.text(sentences.project_missing)
    parts = [AllTold(hearing.narrowed).in_short(told, "").text, missing] if told else [missing]
    start = [[button(progress.screens.words.start_button, OpenForm(fresh=False))]]
    await answer_with(message, Screen(paragraphs(parts), start))


async def remember(
    message: Message, text: str, state: FSMContext, frame: Frame, hearing: Hearing, earlier: Earlier
) -> None:
    """« Retenez que nous sommes une région » : what of it is kept, and for how long; raises SkipHandler if it asks."""
    told = _said_after(text, hearing.narrowed.words.groups["remembers"])
    situation = hearing.understanding.situation(told)
    if not told or situation.acts or any(piece.asks for piece in pieces(told)):
        raise SkipHandler
    note_going_on()
    note_screen("noted")
    sentences = hearing.narrowed.sentences
    said = hearing.notes.remembering(told, Frame())
    kept = ", ".join(filter(None, (hearing.notes.case(said), hearing.notes.said_form(said.form))))
    if not kept:
        await answer_with(message, hearing.narrowed.person(sentences.not_remembered))
        return
    known = hearing.notes.remembering(told, frame)
    note_speaker(known.speaker)
    note_project(known.project)
    note_form(known.form)
    await earlier.listen(state, told, (), hearing.understanding.told(told))
    await answer_with(message, plain(sentences.remembered.format(said=kept)))


def _said_after(text: str, ways: Iterable[str]) -> str:
    """What a text says after the first of these expressions; the question mark is of what precedes it."""
    typed = tokens(text)
    found = next(scan(expressions([("|".join(ways), True)]), [token.word for token in typed]), None)
    return text[typed[found[1] - 1].end :].rstrip(" ?") if found else ""
