"""What is rather a slip, and may be meant: told as advice, with its line and its remedy, and hinders nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.checks.contradictions import contradictions
from knowledge.checks.files import Package
from knowledge.checks.plain_language import plain_language
from knowledge.checks.questionnaire import unplayed
from knowledge.checks.renamed import names_used
from knowledge.content.defaults import MORE, default_data, has_default
from knowledge.words.content_files import FACTS, FORM, GLOSSARY, SOURCES
from knowledge.words.errors import Problem, explain
from knowledge.words.languages import foreign_language
from knowledge.words.markup import PLACEHOLDER
from knowledge.words.text import normalise, words
from knowledge.words.yaml_file import KeyPath, YamlFile, read_yaml

_TELLING = ("label", "title", "button", "name", "url")
"""Keys whose value tells an element of a list from the others."""
_ALSO = {"points": "says", "menu": "topic"}
"""What else does so, in lists of these names."""
_FEWEST = 5
"""Ways to ask, under which an entry is rarely reached."""
_COPIED = 5
"""Words of a message, from which nobody else writes the very same."""
_FACT = re.compile(r"\{fact:([a-z0-9-]+)\}")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def advised(package: Package, folder: Path) -> Iterator[Problem]:
    """All of it, but what is about distress."""
    yield from plain_language(package)
    for file in package.files.values():
        for place, elements in _lists(file):
            yield from _repeated(file, place, elements)
        yield from lists_lost(file)
    yield from _synonyms(package)
    yield from _not_named(package)
    yield from _of_topics(package)
    yield from _of_texts(package)
    yield from _copied(package, folder)
    yield from contradictions(package)
    if package.form:
        yield from unplayed(package.form, package.files[FORM])


def _lists(file: YamlFile) -> Iterator[tuple[KeyPath, list[object]]]:
    """Every list of a file, with its place."""
    waiting: list[tuple[KeyPath, object]] = [((), file.data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, list):
            yield place, value
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting += [((*place, step), part) for step, part in parts if isinstance(part, dict | list)]


def _repeated(file: YamlFile, place: KeyPath, elements: list[object]) -> Iterator[Problem]:
    """The same text twice in a list, or the same label of two elements: where the package has written both."""
    keys = (*_TELLING, _ALSO.get(str(place[-1]) if place else "", ""))
    seen: dict[tuple[str, str], int] = {}
    for n, element in enumerate(elements):
        if file.lines.get((*place, n)) is None:
            continue  # the engine's own
        told = {"": element} if isinstance(element, str) else {}
        if isinstance(element, dict):
            told = {key: element[key] for key in keys if isinstance(element.get(key), str)}
        for key, value in told.items():
            first = seen.setdefault((key, value.strip().casefold()), n)
            if first != n and value.strip() not in ("", MORE):
                here, kind = ((*place, n, key), "same") if key else ((*place, n), "again")
                line = file.line((*place, first))
                yield file.problem(here, f"advice_{kind}", value=value[:60], key=key, line=line)


def lists_lost(file: YamlFile) -> Iterator[Problem]:
    """A list of words that takes the place of a longer one of the engine's: its « + » was rather forgotten."""
    waiting: list[tuple[KeyPath, Any, Any]] = []
    if has_default(file.name) and file.raw:
        waiting.append(((), default_data(file.name), file.data))
    while waiting:
        place, default, own = waiting.pop()
        if isinstance(default, dict) and isinstance(own, dict):
            waiting += [((*place, key), part, own.get(key)) for key, part in default.items()]
        elif _is_of_words(default) and _is_of_words(own) and len(own) < len(default):
            yield file.problem(place, "advice_replaced", key=place[-1], n=len(own), most=len(default))


def _is_of_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _synonyms(package: Package) -> Iterator[Problem]:
    """A word of two groups: it would be read as the name of one, by chance."""
    file, seen = package.files[GLOSSARY], dict[str, int]()
    for n, group in enumerate(package.glossary.synonyms):
        for m, word in enumerate(group):
            first = seen.setdefault(normalise(word), n)
            if first != n:
                line = file.line(("synonyms", first))
                yield file.problem(("synonyms", n, m), "advice_synonym", word=word, line=line, name=group[0])


def _not_named(package: Package) -> Iterator[Problem]:
    """Facts and sources that nothing shows."""
    texts = (file.raw.decode("utf-8", "ignore") for file in package.files.values())
    told, cited = {one for text in texts for one in _FACT.findall(text)}, names_used(package)
    for n, fact in enumerate(package.facts.facts):
        if fact.id not in told:
            yield package.files[FACTS].problem(("facts", n), "advice_facts_unnamed", id=fact.id)
    for n, source in enumerate(package.sources.sources):
        if not cited[source.id]:
            yield package.files[SOURCES].problem(("sources", n), "advice_sources_unnamed", id=source.id)


def _of_topics(package: Package) -> Iterator[Problem]:
    seen: dict[tuple[str, str], tuple[str, str, int]] = {}
    for file, place, topic in package.topics():
        if len(topic.phrasings) < _FEWEST:
            yield file.problem(place, "advice_few_questions", id=topic.id, n=len(topic.phrasings))
        for key, text in (("title", topic.title), ("answer", topic.answer)):
            at = (topic.id, file.name, file.line((*place, key)))
            first = seen.setdefault((key, normalise(text)), at)
            if first != at:
                yield file.problem(
                    (*place, key), "advice_same_text", key=key, id=first[0], file=first[1], line=first[2]
                )
        asked: list[KeyPath] = [(*place, "questions")]
        asked += [(*place, "points", n, "questions") for n, point in enumerate(topic.points) if point.questions]
        for here in asked if topic.questions else asked[1:]:
            for n, phrase in enumerate(file.at(here)):
                if "**" in phrase:
                    yield file.problem((*here, n), "advice_marked_question", phrase=phrase[:60])


def _of_texts(package: Package) -> Iterator[Problem]:
    """Sentences of a text that are a way to ask, or not in French."""
    phrases = {normalise(phrase): topic.id for _, _, topic in package.topics() for phrase in topic.questions}
    delay = re.compile(explain("promised_delay_words"), re.IGNORECASE)
    for file, place, _, text in package.texts():
        for sentence in _SENTENCE.split(PLACEHOLDER.sub("", text)):
            if promised := delay.search(sentence):
                yield file.problem(place, "advice_delay", said=promised[0])
            asked = phrases.get(normalise(sentence)) if sentence.endswith("?") else None
            if asked:
                yield file.problem(place, "advice_asked", said=sentence, id=asked)
            if foreign_language(sentence) == "english":
                yield file.problem(place, "advice_english", said=sentence)


def _copied(package: Package, folder: Path) -> Iterator[Problem]:
    """Messages of `examples/` that an entry learns from: they would measure themselves."""
    phrases: dict[str, tuple[YamlFile, KeyPath, str]] = {}
    for file, place, topic in package.topics():
        for n, phrase in enumerate(topic.questions):
            if len(words(phrase)) >= _COPIED:
                phrases[normalise(phrase)] = (file, (*place, "questions", n), phrase)
    for path in sorted(folder.glob("examples/**/*.yaml")):
        examples = read_yaml(path, path.relative_to(folder).as_posix())
        items = examples.data
        for n, item in enumerate(items if isinstance(items, list) else ()):
            said = str(item.get("q", "")) if isinstance(item, dict) else ""
            if found := phrases.get(normalise(said)):
                file, here, phrase = found
                told = {"phrase": phrase, "file": file.name, "line": file.line(here)}
                yield examples.problem((n, "q"), "advice_copied", **told)
