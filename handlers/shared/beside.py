"""What a message says beside what it does to the conversation: « Trop long. Qui paie ? », « la source du montant »."""

from dataclasses import replace

from handlers.shared.hearing import Hearing
from knowledge.content.conversation import DialogueAct, StockReply
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.conversation.frame import Frame
from knowledge.understanding.decision import SURE, Reading
from knowledge.understanding.segmentation import Piece, pieces, sentences_that_ask, told_only
from knowledge.words.text import words
from knowledge.words.word_groups import Expressions, left_out, replaced

_CLEAR = 0.5
"""Confidence from which a sentence of its own is a question of its own; other words must be surer."""
_NAMED = 0.3
"""Probability from which words name an entry that was talked about before the last one."""
_NAMED_ANEW = 0.4
"""The same of any entry."""


def asked_beside(text: str, act: DialogueAct, frame: Frame, hearing: Hearing) -> str:
    """The question of its own that a message asks beside a repair; empty where it asks none."""
    ways, found = _ways(act, hearing), pieces(text)
    others = [piece for piece in found if not _says(piece.text, ways)]
    if 0 < len(others) < len(found):
        return _asked_apart(found, others, frame, hearing)
    if len(found) > 1:  # in each the act is said, or in none
        asking = (piece.text for piece in found if others or hearing.understanding.situation(piece.text).acts)
        text = " ".join(asking)
    left = _without(text, ways)
    return left if _is_sure(left, hearing) and not _is_of_answer(left, act, frame, hearing) else ""


def asked_after(text: str, told: StockReply, reader: DialogueReader, hearing: Hearing) -> str:
    """The question that follows what a stock reply answers: « J'ai écrit, sans retour. Il y a un téléphone ? »"""
    cut = pieces(text)
    rest, asked = ", ".join(told_only(cut)), ". ".join(sentences_that_ask(cut))
    is_apart = reader.told(reader.does(rest)) is told and reader.told(reader.does(asked)) is not told
    return asked if is_apart and _is_sure(asked, hearing) else ""


def _asked_apart(found: list[Piece], others: list[Piece], frame: Frame, hearing: Hearing) -> str:
    """What the `others` of the pieces found ask, where the act is said in the rest: « Trop long. Qui paie ? »."""
    asking = [piece for piece in others if piece.asks]
    left = ", ".join(piece.text for piece in asking or others)
    if (asking or hearing.narrowed.asks_something(left)) and _is_sure(left, hearing):
        return left
    begins_anew = found[0] not in others and found[1].apart
    if not (asking or begins_anew) or not hearing.narrowed.asks_much(left):
        return ""
    reading = hearing.hear(left, frame).reading
    return left if reading.answers and reading.confidence >= _CLEAR else ""


def _is_of_answer(left: str, act: DialogueAct, frame: Frame, hearing: Hearing) -> bool:
    """Whether it only names what was answered: « la source du montant », « la frise en cinq lignes » ask no more."""
    told = {*frame.topics, *frame.before}
    return (
        act in (DialogueAct.SOURCE, DialogueAct.SHORTER, DialogueAct.TABLE)
        and {*hearing.hear(left, frame).topics} <= told
    )


def named_before(text: str, act: DialogueAct, frame: Frame, hearing: Hearing) -> tuple[str, ...]:
    """The entries that a repair is about: the last ones, unless its words name one of before, « pour les chiffres »."""
    left = without_act(text, act, hearing)
    of_last = words(left)[:1] and words(left)[0] in hearing.narrowed.words.follow_ups.pointing
    if not frame.topics or of_last or not hearing.narrowed.asks_something(left):
        return frame.topics
    known = (frame.topics[0], *frame.before)
    numbers = [word for word in words(left) if word.isdigit() and act == DialogueAct.SOURCE]
    if numbers and (holding := [one for one in known if set(numbers) <= set(words(hearing.narrowed.text(one)))]):
        return (holding[0],)
    chances = hearing.understanding.chances(left)
    best = max(known, key=lambda topic: chances[topic])
    return (best,) if best != frame.topics[0] and chances[best] >= _NAMED else frame.topics


def _named_apart(text: str, act: DialogueAct, hearing: Hearing) -> tuple[str, ...]:
    """The entry, talked about or not, that a repair names beside the words that say it: « la frise en cinq lignes »."""
    ways = _ways(act, hearing)
    left = _without(" ".join(piece.text for piece in pieces(text) if _says(piece.text, ways)), ways)
    chances = hearing.understanding.chances(left)
    best = max(hearing.replies.content.topics, key=lambda topic: chances[topic])
    least = _NAMED_ANEW if hearing.narrowed.asks_something(left) else SURE
    return (best,) if chances[best] >= least else ()


def of_named(text: str, act: DialogueAct, frame: Frame, hearing: Hearing) -> Frame:
    """« La frise en plus court » : as if the entry that it names were the last one; any, where lines are asked for."""
    if act not in (DialogueAct.SHORTER, DialogueAct.SIMPLER):
        return frame
    frame = hearing.authorities.meant(text, frame)
    named = _named_apart(text, act, hearing) if hearing.narrowed.lines_wanted(text) else ()
    named = named or named_before(text, act, frame, hearing)
    return frame if named == frame.topics else replace(frame, topics=named, point="", told=0)


def without_courtesy(frame: Frame, hearing: Hearing) -> Frame:
    """What was talked about before thanks, which nobody asks to be told shorter."""
    topics = hearing.replies.content.topics
    if not frame.topics or not topics[frame.topics[0]].courtesy:
        return frame
    return replace(frame, topics=frame.before[:1], before=frame.before[1:], point="", told=0)


def without_act(text: str, act: DialogueAct, hearing: Hearing) -> str:
    """The words of a repair that do not only say it."""
    return _without(text, _ways(act, hearing))


def _ways(act: DialogueAct, hearing: Hearing) -> Expressions[list[str]]:
    """The words that say the act."""
    said = hearing.narrowed.words
    groups = said.acts[act].words or (f"{act}-words",)
    return left_out(way.split() for group in groups for way in said.groups.get(group, ()))


def _says(text: str, ways: Expressions[list[str]]) -> bool:
    return len(replaced(words(text), ways)) < len(words(text))


def _without(text: str, ways: Expressions[list[str]]) -> str:
    return " ".join(replaced(words(text), ways))


def _is_sure(left: str, hearing: Hearing) -> bool:
    if len(words(left)) < 2:
        return False
    reading: Reading = hearing.read(left)
    return reading.kind == "answer" and reading.confidence >= SURE and not hearing.is_courtesy(reading)
