"""The list that somebody ticks, sentence by sentence, stays complete."""

from pathlib import Path

from knowledge.checks.review import statements, written
from knowledge.content.models import Content

KEPT = Path("docs/relecture.md")


def test_the_list_in_the_documentation_is_complete(packaged: Content) -> None:
    kept = KEPT.read_text("utf-8")

    assert written(packaged, kept) == kept, "tevo check --sources docs/relecture.md"


def test_every_fact_date_and_criterion_is_in_it_with_its_source(packaged: Content) -> None:
    listed = {statement.where: statement for statement in statements(packaged)}

    assert packaged.form is not None
    expected = {*packaged.facts, *packaged.milestones, *(criterion.id for criterion in packaged.form.criteria)}
    assert expected <= set(listed)
    assert {topic.id for topic in packaged.topics.values() if topic.sources} <= set(listed)
    assert all(statement.sources for statement in listed.values())


def test_what_was_ticked_stays_so_until_it_says_something_else(minimal: Content) -> None:
    first = written(minimal)
    line = next(line for line in first.splitlines() if line.startswith("- [ ] Cela coûte"))
    ticked = first.replace(line, line.replace("[ ]", "[x]"))

    assert written(minimal, ticked) == ticked
    price = minimal.topics["price"].model_copy(update={"answer": "Cela coûte cher."})
    changed = minimal.model_copy(update={"topics": {**minimal.topics, "price": price}})
    assert "- [x]" not in written(changed, ticked)
