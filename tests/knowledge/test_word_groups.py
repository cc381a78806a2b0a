"""Groups of words: found the longest first, wherever and however often they are said."""

from knowledge.content.models import Content, NearMiss
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.understanding.near_misses import NearMisses
from knowledge.words.word_groups import Expressions, left_out, replaced


def test_each_group_becomes_what_it_stands_for_the_longest_first() -> None:
    known = Expressions([(["a"], ["x"]), (["a", "b"], ["y", "z"]), (["c"], [])])

    assert replaced(["a", "b", "a", "c", "d"], known) == ["y", "z", "x", "d"]


def test_what_is_left_out_is_so_as_often_as_it_is_said() -> None:
    known = left_out([["well"], ["you", "know"]])

    assert replaced(["well", "well", "you", "know", "you", "know", "well", "tell", "me"], known) == ["tell", "me"]


def test_a_filler_said_twice_is_left_out_twice(minimal: Content) -> None:
    reader = DialogueReader(minimal.conversation, {})
    filler = minimal.conversation.fillers[0]

    assert reader.words(f"{filler} {filler} combien") == ["combien"]


def test_another_scheme_named_twice_does_not_name_ours() -> None:
    other = NearMiss(id="fire", phrases=("fire volunteers",), reply="no")
    misses = NearMisses([other], ours=["volunteers"])

    assert not misses.names_ours("fire volunteers, fire volunteers?")
    assert misses.names_ours("fire volunteers and volunteers")
