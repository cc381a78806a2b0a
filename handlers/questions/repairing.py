"""« Plus court », « vos sources ? », « ce n'est pas ma question » : what is done to the answer before."""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.questionnaire.earlier import Earlier
from handlers.questionnaire.typed_text import asks_about_programme
from handlers.questions import in_vain
from handlers.questions.answering import answer_question
from handlers.shared.all_told import AllTold
from handlers.shared.beside import asked_beside, named_before, of_named, without_act, without_courtesy
from handlers.shared.hearing import Hearing
from handlers.shared.last_question import last_question
from handlers.shared.narrowed import Narrowed
from handlers.shared.replies import CONTACT, Replies
from handlers.shared.screen import Screen, answer_with, plain
from handlers.shared.switchboard import Boards
from handlers.shared.turn import (
    note_examples,
    note_going_on,
    note_offered,
    note_point,
    note_reading,
    note_screen,
    note_topics,
)
from knowledge.content.conversation import REPAIRS, DialogueAct, DialogueSentences
from knowledge.conversation import follow_up
from knowledge.conversation.frame import Frame
from knowledge.feedback import Feedback
from knowledge.understanding.points import surest
from knowledge.understanding.segmentation import pieces

_UNHAPPY = (DialogueAct.COMPLAINT, DialogueAct.INSULT, DialogueAct.WHY_UNKNOWN)
_OF_ALL = (DialogueAct.ALL_SHORTER, DialogueAct.ALL_SOURCES, DialogueAct.IN_WRITING, DialogueAct.TABLE)
_ABOUT_NOTHING = (
    DialogueAct.DROP,
    DialogueAct.WAIT,
    DialogueAct.COMPLAINT,
    DialogueAct.INSULT,
    DialogueAct.WHY_UNKNOWN,
)


async def asks_nothing(_: Message, text: str, hearing: Hearing) -> bool:
    """Whether a reaction asks nothing beside that we can answer: « bande de nuls, combien ça coûte ? » is answered."""
    reading = hearing.understanding.read(text, today=hearing.replies.renderer.today)
    is_asked = any(piece.asks for piece in pieces(text)) and reading.kind == "choice"
    return not (is_asked or asks_about_programme(text, reading))


async def is_on_answer(_: Message, frame: Frame) -> bool:
    """Whether there is an answer to repair."""
    return bool(frame.topics or frame.offered)


async def is_beside_answer(
    _: Message, text: str, act: DialogueAct, frame: Frame, hearing: Hearing
) -> dict[str, str] | bool:
    """Whether something else is asked beside the repair: that."""
    asked = asked_beside(text, act, frame, hearing)
    return {"asked": asked} if asked else False


def register(boards: Boards) -> None:
    """Before questions: these are none."""
    boards.talk.add(DialogueAct.NOT_THAT, answer_anew)
    boards.talk.add(tuple(REPAIRS - {DialogueAct.NOT_THAT}), answer_beside, is_on_answer, is_beside_answer)
    boards.talk.add(tuple(REPAIRS - {DialogueAct.NOT_THAT}), repair, is_on_answer)
    # To send something by mail is near how to apply, and where to write: only what is asked beside is answered.
    boards.talk.add(DialogueAct.BY_MAIL, answer_beside, is_beside_answer)
    boards.talk.add(DialogueAct.BY_MAIL, react)
    boards.talk.add(_ABOUT_NOTHING, react, asks_nothing)
    boards.talk.add(DialogueAct.HUMAN, lead_to_person)


async def answer_beside(  # noqa: PLR0913, PLR0917 (each part by its name, as aiogram gives them)
    message: Message,
    asked: str,
    act: DialogueAct,
    frame: Frame,
    state: FSMContext,
    hearing: Hearing,
    feedback: Feedback,
    earlier: Earlier,
) -> None:
    """« Trop long. Qui paie ? » : who pays, in a sentence. Clear by itself, no talk before makes it a doubt."""
    alone = {answer.topic for answer in hearing.read(asked).answers}
    is_new = bool(alone) and alone.isdisjoint(frame.topics)
    known = Frame(speaker=frame.speaker, form=frame.form, project=frame.project) if is_new else frame
    in_brief = act == DialogueAct.SHORTER
    await answer_question(message, asked, state, hearing, feedback, earlier, known, in_brief=in_brief)


async def answer_anew(
    message: Message, text: str, frame: Frame, state: FSMContext, hearing: Hearing, feedback: Feedback, earlier: Earlier
) -> None:
    """The answer was to something else: answer what the reproach says was asked, or offer what may have been."""
    await in_vain.note_unhappy(state, feedback)
    asked = follow_up.asked_instead(text, hearing.narrowed.words.follow_ups)
    if asked and hearing.tells_more(asked, frame):
        await answer_question(message, asked, state, hearing, feedback, earlier, frame)
        return
    note_screen(DialogueAct.NOT_THAT.value)
    note_reading("choice", act=frame.act)
    last = await last_question(state)
    topics = hearing.replies.content.topics
    met = (*frame.topics, *frame.before, CONTACT, *(topic.id for topic in topics.values() if topic.courtesy))
    again = frame.screen == DialogueAct.NOT_THAT
    if last and not again and (instead := hearing.understanding.likeliest_but(last.question, met)):
        await _answer_instead(message, instead, frame, hearing)
        return
    likely = hearing.understanding.nearest(last.question)[1] if last else ()
    related = [one for topic in frame.topics[:1] if topic in topics for one in topics[topic].related]
    near = [one for one in dict.fromkeys((*frame.offered, *likely, *related)) if one not in met]
    note_offered(near)
    note_going_on()
    await answer_with(message, hearing.narrowed.others(near, again=again))


async def _answer_instead(message: Message, topic: str, frame: Frame, hearing: Hearing) -> None:
    """The entry that was likely meant."""
    note_reading("answer", act=frame.act)
    note_topics([topic])
    first, *others = hearing.replies.topics([topic])
    await answer_with(message, first.introduced(hearing.narrowed.sentences.answered_instead), *others)


async def repair(
    message: Message,
    text: str,
    act: DialogueAct,
    frame: Frame,
    hearing: Hearing,
    state: FSMContext,
    feedback: Feedback,
) -> None:
    """Act on the last answer. The same twice in a row: that there is no more to say."""
    again = frame.screen == act
    note_screen(act.value)
    frame = of_named(text, act, without_courtesy(frame, hearing), hearing)
    topic = frame.topics[0] if frame.topics else ""
    note_reading("answer" if topic else "choice", act=frame.act)
    if not topic:
        near = [one for one in frame.offered if one != CONTACT]
        note_offered(near)
        note_going_on()
        screen = hearing.narrowed.others(near, again=again)
    else:
        note_point("" if act == DialogueAct.MORE else frame.point)
        last = await last_question(state)
        asked = last.question if last and topic in last.answered else ""
        if act in _OF_ALL:
            screen = _of_all(act, text, frame, hearing)
        else:
            screen = _told_again(act, text, asked, frame, hearing, again=again)
        note_topics(frame.topics)
    await answer_with(message, screen)
    if act in _UNHAPPY:
        await in_vain.note_unhappy(state, feedback)


def _told_again(act: DialogueAct, text: str, asked: str, frame: Frame, hearing: Hearing, *, again: bool) -> Screen:
    """`asked`: the question that the entry answered; empty where it is no longer known."""
    narrowed, topic, words = hearing.narrowed, frame.topics[0], hearing.narrowed.sentences
    if act == DialogueAct.EXAMPLE:
        return _example(text, frame, hearing, again=again)
    if act == DialogueAct.SIMPLER and again and (example := narrowed.example(topic, frame.told)):
        note_examples(frame.told + 1)  # what is plainer than plain
        return example
    if act == DialogueAct.MORE and frame.point:
        return narrowed.replies.topics([topic])[0]
    if act == DialogueAct.MORE and not again:
        return narrowed.more(topic)
    if act == DialogueAct.SHORTER and (count := narrowed.lines_wanted(text)):
        return narrowed.in_lines(topic, count, text, frame.point)
    if act == DialogueAct.SOURCE and (named := named_before(text, act, frame, hearing)) != frame.topics:
        return narrowed.sources(named, words.sources_of.format(entry=narrowed.content.topics[named[0]].button))
    if again or act == DialogueAct.WHY_UNKNOWN:
        return narrowed.person(words.nothing_more_again if again else words.why_unknown)
    return _reworded(act, asked, frame, hearing)


def _of_all(act: DialogueAct, text: str, frame: Frame, hearing: Hearing) -> Screen:
    """All that was talked about, but what was said of the assistant: in short, to be passed on, or its sources."""
    narrowed, told = hearing.narrowed, hearing.told(frame)
    if act == DialogueAct.ALL_SOURCES:
        return narrowed.sources(list(dict.fromkeys(topic for topic, _ in told)), narrowed.sentences.sources)
    if act == DialogueAct.TABLE:
        return AllTold(narrowed).table(told)
    if act == DialogueAct.ALL_SHORTER:
        return AllTold(narrowed).in_short(told, hearing.notes.case(frame), narrowed.lines_wanted(text))
    first = narrowed.words.acts[act].topic
    return AllTold(narrowed).in_writing([*([(first, "")] if first else []), *(one for one in told if one[0] != first)])


def _example(text: str, frame: Frame, hearing: Hearing, *, again: bool) -> Screen:
    """An example that the entry gives; where it has none left, an entry of those that tell of examples."""
    narrowed, topic = hearing.narrowed, frame.topics[0]
    words, known = narrowed.sentences, narrowed.words.follow_ups.examples
    note_examples(frame.told + 1)
    if example := narrowed.example(topic, frame.told):
        return example
    named = (
        hearing.understanding.nearest(text)[1]
        if narrowed.asks_much(without_act(text, DialogueAct.EXAMPLE, hearing))
        else ()
    )
    found = (hearing.understanding.points.asked(one, text) for one in dict.fromkeys((topic, *named)))
    told = surest(found)
    if told and told.point != frame.point and not frame.told:
        note_topics([told.topic])
        note_point(told.point)
        return narrowed.lead(told.topic, told.lead)
    related = narrowed.content.topics[topic].related
    near = sorted(known, key=lambda one: one not in related)
    left = known[known.index(topic) + 1 :] if topic in known else near
    other = next((one for one in left if one not in (*frame.topics, *frame.before)), "")
    if not other:
        return narrowed.person(words.nothing_more_again if again else words.no_example)
    note_topics([other])
    note_point("")
    note_examples(len(narrowed.text(other)))  # all that it has is shown
    return narrowed.replies.topics([other])[0].introduced(words.example if topic in known else words.known_examples)


def _reworded(act: DialogueAct, asked: str, frame: Frame, hearing: Hearing) -> Screen:
    """The answer before: its source, its reason, or itself in other words."""
    narrowed, topic, words = hearing.narrowed, frame.topics[0], hearing.narrowed.sentences
    if act in (DialogueAct.SOURCE, DialogueAct.DOUBT):
        return narrowed.sources(frame.topics, words.sources if act == DialogueAct.SOURCE else words.doubt, frame.point)
    if act == DialogueAct.DATED:
        return narrowed.dated(topic, frame.point)
    if act == DialogueAct.WHY:
        rule = _rule(asked, frame, hearing)
        return narrowed.lead(topic, f"{words.why} {rule}") if rule else narrowed.excerpt(topic, "", act.value)
    if act == DialogueAct.SIMPLER:
        return narrowed.simpler(topic, asked, frame.point)
    is_short = act == DialogueAct.SHORTER
    return narrowed.shorter(topic, words.shorter if is_short else words.again, 1 if is_short else 2, asked, frame.point)


def _rule(asked: str, frame: Frame, hearing: Hearing) -> str:
    """The rule behind what was said of a country, « pas l'Italie »; empty where none was named or no point tells it."""
    countries = hearing.narrowed.words.follow_ups.countries
    if not asked or not countries or not hearing.understanding.situation(asked).country:
        return ""
    told = hearing.understanding.points.asked(countries, asked)
    return told.lead if told and told.point != frame.point else ""


async def react(
    message: Message,
    act: DialogueAct,
    frame: Frame,
    narrowed: Narrowed,
    sentences: DialogueSentences,
    state: FSMContext,
    feedback: Feedback,
) -> None:
    """One honest sentence, and where it helps the way to a person; never twice the same."""
    again = frame.screen == act
    note_reading("acknowledgement")
    note_screen(act.value)
    if act != DialogueAct.DROP:
        note_going_on()
    said = {
        DialogueAct.DROP: (sentences.dropped, sentences.sign),
        DialogueAct.WAIT: (sentences.wait, sentences.sign),
        DialogueAct.BY_MAIL: (sentences.by_mail, sentences.by_mail_again),
        DialogueAct.COMPLAINT: (sentences.complaint, sentences.complaint_again),
        DialogueAct.INSULT: (sentences.insult_after if frame.topics else sentences.insult, sentences.insult_again),
        DialogueAct.WHY_UNKNOWN: (sentences.why_unknown, sentences.nothing_more_again),
    }[act][again]
    screen = plain(said) if act in (DialogueAct.DROP, DialogueAct.WAIT) else narrowed.person(said)
    if act in (DialogueAct.COMPLAINT, DialogueAct.INSULT) and frame.topics and not again:
        screen = narrowed.known(frame.topics[0], said, frame.point)
    if act == DialogueAct.BY_MAIL:
        screen = Screen(screen.text, [*narrowed.replies.note_rows(), *screen.rows])
    await answer_with(message, screen)
    if act in _UNHAPPY:
        await in_vain.note_unhappy(state, feedback)


async def lead_to_person(message: Message, frame: Frame, replies: Replies, narrowed: Narrowed) -> None:
    """« Un humain svp » : how to reach the team; asked again, the question is sent for them."""
    if frame.topics[-1:] == (CONTACT,) or CONTACT not in replies.content.topics:
        note_screen("person")
        await answer_with(message, narrowed.person(narrowed.sentences.complaint_again))
        return
    note_topics([CONTACT])
    await answer_with(message, *replies.topics([CONTACT]))
