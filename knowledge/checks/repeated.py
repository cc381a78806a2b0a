"""What stands twice in a content package and may not: ids, phrases, the labels of buttons."""

from collections.abc import Iterator

from knowledge.checks.copies import Copies
from knowledge.checks.files import Package
from knowledge.content.models import OFF_TOPIC, Topic
from knowledge.words.content_files import DATES, FACTS, GLOSSARY, MESSAGES, OFF_TOPIC_MESSAGES, SOURCES
from knowledge.words.errors import Problem, problem_at
from knowledge.words.text import normalise
from knowledge.words.yaml_file import KeyPath, YamlFile


def _ids(package: Package) -> Iterator[tuple[str, YamlFile, KeyPath, str]]:
    """What is named, where, and in which family its name must be the only one."""
    for file, place, topic in package.topics():
        yield "topic", file, (*place, "id"), topic.id
        yield from (("topic", file, (*place, "formerly", n), old) for n, old in enumerate(topic.formerly))
    file = package.files[SOURCES]
    yield from (("source", file, ("sources", n, "id"), x.id) for n, x in enumerate(package.sources.sources))
    file = package.files[FACTS]
    yield from (("fact", file, ("facts", n, "id"), x.id) for n, x in enumerate(package.facts.facts))
    file = package.files[DATES]
    for n, call in enumerate(package.dates.calls):
        yield "call", file, ("calls", n, "id"), call.id
        for m, milestone in enumerate(call.milestones):
            yield "date", file, ("calls", n, "milestones", m, "id"), milestone.id
    for n, milestone in enumerate(package.dates.milestones):
        yield "date", file, ("milestones", n, "id"), milestone.id
    file = package.files[MESSAGES]
    yield from (("command", file, ("commands", n, "name"), x.name) for n, x in enumerate(package.messages.commands))


def repeated_ids(package: Package, copies: Copies) -> Iterator[Problem]:
    """A name that two things of one family bear."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for family, file, place, name in _ids(package):
        if family == "topic" and copies.has(file, place):
            continue
        first = seen.setdefault((family, name), (file.name, file.line(place)))
        if first != (file.name, file.line(place)):
            yield file.problem(place, "duplicate_id", id=name, file=first[0], line=first[1])


def repeated_phrases(package: Package, copies: Copies) -> Iterator[Problem]:
    """A way to ask that leads to two entries, or to one and to what is not ours."""
    off_topic = package.files[OFF_TOPIC_MESSAGES]
    seen: dict[str, tuple[str, str, int]] = {
        normalise(phrase): (OFF_TOPIC, off_topic.name, off_topic.line(("off_topic", n)))
        for n, phrase in enumerate(package.off_topic.off_topic)
    }
    glossary = package.files[GLOSSARY]
    for k, miss in enumerate(package.glossary.near_misses):
        for n, phrase in enumerate(miss.phrases):
            line = glossary.line(("near_misses", k, "phrases", n))
            seen.setdefault(normalise(phrase), (miss.id, glossary.name, line))
    for file, place, topic in package.topics():
        if copies.has(file, place):
            continue
        for here, phrase in _phrasings(place, topic):
            line = file.line(here)
            other, name, first = seen.setdefault(normalise(phrase), (topic.id, file.name, line))
            if name in (off_topic.name, glossary.name):
                told = {"phrase": phrase, "topic": topic.id, "file": file.name, "line": line, "where": name}
                yield problem_at(name, first, "off_topic_ours", **told)
            elif (name, first) != (file.name, line):
                yield file.problem(here, "duplicate_phrase", phrase=phrase, topic=other, file=name, line=first)


def _phrasings(place: KeyPath, topic: Topic) -> Iterator[tuple[KeyPath, str]]:
    """The ways to ask for an entry and for its points, each with its place."""
    yield from (((*place, "questions", n), phrase) for n, phrase in enumerate(topic.questions))
    for p, point in enumerate(topic.points):
        for key, phrases in (("questions", point.questions), ("after", point.after)):
            yield from (((*place, "points", p, key, n), phrase) for n, phrase in enumerate(phrases))


def repeated_labels(package: Package, copies: Copies) -> Iterator[Problem]:
    """A label is a phrase; it may be typed: it tells one entry."""
    seen: dict[str, str] = {}
    for file, place, topic in package.topics():
        for name, text in (("title", topic.title), ("button", topic.button)):
            if text.isdigit():
                yield file.problem((*place, name), "no_word", name=name, value=text)
        other = seen.setdefault(normalise(topic.button), topic.id)
        if other != topic.id and not copies.has(file, place):
            yield file.problem((*place, "button"), "same_button", button=topic.button, topic=other)
