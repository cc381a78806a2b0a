"""What an edit makes wrong stops a publication; small moves of what it did not touch are only shown."""

import pytest

from bot.team.evaluation import Evaluated, MessageChange
from bot.team.labelled import Labelled
from bot.team.losses import losses, touched_entries
from knowledge.content.models import OFF_TOPIC, Content, TopicPoint

PRICE = frozenset({"price"})


def change(meant: str, before: tuple[str, ...], after: tuple[str, ...], offered: tuple[str, ...] = ()) -> MessageChange:
    item = Labelled(f"{meant} {before} {after}", (meant,))
    told = [
        Evaluated(item, "answer" if got else "choice" if offered else "unknown", got, ()) for got in (before, after)
    ]
    return MessageChange(told[0], Evaluated(item, told[1].kind, after, offered))


def stops(one: MessageChange, touched: frozenset[str] | None) -> bool:
    found = losses([one], touched)
    assert one in found.stopping + found.slight
    return one in found.stopping


@pytest.mark.parametrize(
    ("meant", "before", "after", "offered"),
    [
        ("price", ("price",), ("contact",), ()),  # the touched entry loses a message
        ("contact", ("contact",), ("price",), ()),  # it takes one of another entry
        ("price", ("price",), (), ()),  # nothing is answered any more
        ("price", ("price",), ("contact",), ("price",)),  # what is right is only a button under what is wrong
        (OFF_TOPIC, (), ("price",), ()),  # it answers what is not ours
    ],
)
def test_what_becomes_wrong_by_the_edit_stops(
    meant: str, before: tuple[str, ...], after: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    assert stops(change(meant, before, after, offered), PRICE)


def test_what_becomes_wrong_between_entries_that_were_not_touched_is_shown() -> None:
    one = change("contact", ("contact",), ("dates",))

    assert not stops(one, PRICE)
    assert stops(one, None), "all may come from what is common to all questions"


def test_what_is_not_ours_any_more_is_by_the_messages_that_are_not_ours() -> None:
    one = change("contact", ("contact",), ())

    assert stops(one, frozenset({OFF_TOPIC}))
    assert not stops(one, PRICE)


def test_an_answer_that_becomes_a_choice_with_it_is_shown() -> None:
    assert not stops(change("price", ("price",), (), ("price", "contact")), PRICE)


def test_a_choice_that_loses_a_button_is_shown() -> None:
    one = change("price", (), (), ("contact",))
    before = Evaluated(one.before.item, "choice", (), ("contact", "price"))

    assert not stops(MessageChange(before, one.after), PRICE)


def test_many_small_losses_that_nothing_makes_up_for_stop() -> None:
    worse = [change("contact", ("contact",), (f"other-{n}",)) for n in range(20)]
    better = [change("contact", (f"other-{n}",), ("contact",)) for n in range(15)]

    assert losses(worse, PRICE).stopping == worse
    assert losses([*worse, *better], PRICE).stopping == []


def test_an_entry_is_touched_by_how_it_is_asked_not_by_what_it_answers(minimal: Content) -> None:
    price = minimal.topics["price"]

    def with_price(**changes: object) -> Content:
        return minimal.model_copy(update={"topics": {**minimal.topics, "price": price.model_copy(update=changes)}})

    assert touched_entries(minimal, minimal) == frozenset()
    assert touched_entries(minimal, with_price(answer="Autre chose.")) == frozenset()
    assert touched_entries(minimal, with_price(questions=("combien",))) == PRICE
    assert touched_entries(minimal, minimal.model_copy(update={"off_topic": ("la météo",)})) == frozenset({OFF_TOPIC})
    point = TopicPoint(id="young", says="Non.", questions=("un enfant ?",))
    told = with_price(points=(point,))
    assert touched_entries(told, with_price(points=(point.model_copy(update={"says": "Oui."}),))) == frozenset()
    assert touched_entries(minimal, told) == PRICE
    glossary = minimal.glossary.model_copy(update={"synonyms": (("prix", "tarif"),)})
    assert touched_entries(minimal, minimal.model_copy(update={"glossary": glossary})) is None
