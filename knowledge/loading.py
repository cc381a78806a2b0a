"""A folder of YAML files → Content, or every mistake in it at once, said in French to its editor."""

import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from knowledge import PACKAGED
from knowledge.checks.examples import check_examples
from knowledge.checks.files import Package
from knowledge.checks.package import check, suggestion
from knowledge.checks.writing import check_days
from knowledge.content.calendar_texts import CALENDAR, CalendarTexts
from knowledge.content.conversation import CONVERSATION, ConversationWords
from knowledge.content.defaults import FOLDER as DEFAULTS
from knowledge.content.defaults import over_default
from knowledge.content.dossier import DOSSIER, DossierForm
from knowledge.content.messages import Messages
from knowledge.content.models import Content, Dates, Facts, Glossary, OffTopic, Sources, Theme
from knowledge.content.open_call import CALL_SOURCE, OPEN_CALL, OpenCall, with_criteria
from knowledge.content.programme import PROGRAMME, Programme
from knowledge.content.questionnaire import AID, FORM, AidList, Form, with_aid_list
from knowledge.content.situation import SITUATION, SituationTexts
from knowledge.content.variants import Variants
from knowledge.distress.word_lists import (
    DISTRESS,
    EXAMPLES,
    PHRASES,
    Distress,
    DistressExamples,
    DistressPhrases,
    DistressTexts,
)
from knowledge.words.errors import ContentError, Problem
from knowledge.words.yaml_file import Place, YamlFile, problem_at, read_yaml

_MARKS = 20  # contents known to be right: an editor goes back and forth between a few

# pydantic's error types → sentences of editor.yaml; any other is `wrong_value`.
_SENTENCES = {
    "missing": "missing_key",
    "extra_forbidden": "unknown_key",
    "string_type": "not_text",
    "string_too_short": "empty_text",
    "string_too_long": "text_too_long",
    "string_pattern_mismatch": "bad_pattern",
    "too_short": "too_few",
    "too_long": "too_many",
    "tuple_type": "not_list",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "literal_error": "not_among",
    "enum": "not_among",
    "bool_parsing": "not_bool",
    "int_parsing": "not_number",
    "int_parsing_size": "not_number",
    "int_type": "not_number",
    "bad_date": "bad_date",
    "bad_time": "bad_time",
    "bad_markup": "bad_markup",
    "bad_placeholder": "bad_placeholder",
    "lost_placeholder": "lost_placeholder",
    "one_line": "one_line",
    "no_email_question": "no_email_question",
    "quote_or_says": "quote_or_says",
}

Model = TypeVar("Model", bound=BaseModel)


class _Reader:
    """Reads the files of a folder, keeping what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.variants = Variants(None)
        self.told: dict[str, str] = {}
        self.files: dict[str, YamlFile] = {}
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()

    def read(self, name: str, model: type[Model]) -> Model | None:
        """One file as its model; None, and its problems noted, when it is missing or wrong."""
        path = self.root / name
        if not path.is_file():
            self.problems.append(problem_at(name, 1, "missing_file", name=name))
            return None
        try:
            file = self.files[name] = read_yaml(path, name)
            self.digest.update(path.read_bytes())
            file.data = over_default(name, file.data, self.told)
            self.problems += self.variants.choose(file)
            return model.model_validate(file.data)
        except ContentError as error:
            self.problems += error.problems
        except ValidationError as error:
            self.problems += _explained(file, model, error)
        return None

    def optional(self, name: str, model: type[Model]) -> Model | None:
        """The same, where the package has that file."""
        return self.read(name, model) if (self.root / name).is_file() else None


def load(folder: Path = PACKAGED, *, today: date | None = None, marks: Path | None = None) -> Content:
    """Read and check a content package; `today` asks for what only its editor must mend, too.

    That is: days of reading that are still to come, labels of `examples/` that name no entry.
    `marks`: a folder where it is noted that this very content was found right by this very code: a start then
    does not check again what holds between the files, which takes longer than reading them.
    Raises ContentError with every mistake found, by file and line.
    """
    if not folder.is_dir():
        raise ContentError([problem_at(str(folder), 1, "missing_folder", name=str(folder))])
    reader = _Reader(folder)
    names = sorted(f"topics/{path.name}" for path in folder.glob("topics/*.yaml"))
    if not names:
        reader.problems.append(problem_at("topics", 1, "no_topics"))
    for path in sorted(folder.glob("**/*.yml")):
        reader.problems.append(problem_at(str(path.relative_to(folder)), 1, "wrong_suffix", name=path.stem))
    programme = reader.read(PROGRAMME, Programme)
    reader.told = programme.told if programme else {}
    reader.variants = Variants(call := reader.optional(OPEN_CALL, OpenCall))
    themes = {name: theme for name in names if (theme := reader.read(name, Theme))}
    sources = reader.read("sources.yaml", Sources)
    facts = reader.read("facts.yaml", Facts)
    dates = reader.read("dates.yaml", Dates)
    glossary = reader.read("glossary.yaml", Glossary)
    off_topic = reader.read("hors-sujet.yaml", OffTopic)
    messages = reader.read("messages.yaml", Messages)
    form = reader.optional(FORM, Form)
    dossier = reader.optional(DOSSIER, DossierForm)
    situation = reader.optional(SITUATION, SituationTexts)
    calendar = reader.optional(CALENDAR, CalendarTexts)
    distress = _distress(reader, folder)
    conversation = reader.optional(CONVERSATION, ConversationWords)
    if form and (dated := reader.optional(AID, AidList)):
        form = with_aid_list(form, dated)
    if reader.problems or not (sources and facts and dates and glossary and off_topic and messages and programme):
        raise ContentError(reader.problems)
    package = Package(
        reader.files,
        themes,
        sources,
        facts,
        dates,
        glossary,
        off_topic,
        messages,
        programme,
        form,
        calendar,
        situation,
        call,
    )
    cited = sources.by_id | ({CALL_SOURCE: call.as_source()} if call else {})
    mark = marks / f"{reader.digest.hexdigest()[:24]}-{_code()}.checked" if marks else None
    if not (mark and mark.is_file()):
        problems = list(check(package))
        if distress:
            from knowledge.distress.checks import check_distress  # noqa: PLC0415  (a start does not check again)

            problems += check_distress(distress, reader.files, glossary.shorthand)
        if dossier:
            from knowledge.checks.dossier import check_dossier  # noqa: PLC0415  (the same)

            problems += check_dossier(dossier, reader.files[DOSSIER], cited)
        if conversation:
            from knowledge.conversation.checks import check_conversation  # noqa: PLC0415  (the same)

            file, topics = reader.files[CONVERSATION], _ids(themes.values())
            problems += check_conversation(conversation, file, glossary.shorthand, topics)
        if today:
            problems += _unread(folder, reader.files.keys())
            problems += [*check_days(package, today), *_examples(folder, _ids(themes.values()))]
        if problems:
            raise ContentError(problems)
        _note(mark)
    return Content(
        version=reader.digest.hexdigest()[:12],
        themes=tuple(themes.values()),
        topics={topic.id: topic for theme in themes.values() for topic in theme.topics},
        sources=cited,
        facts={fact.id: fact for fact in facts.facts},
        calls=(known := package.all_dates).calls,
        milestones={milestone.id: milestone for milestone in known.all_milestones},
        glossary=glossary,
        off_topic=off_topic.off_topic,
        messages=messages,
        form=with_criteria(form, call) if form and call else form,
        programme=programme,
        calendar=calendar,
        situation=situation,
        dossier=dossier if form else None,  # what is sent is what the questionnaire says
        distress=distress,
        conversation=conversation,
    )


def _note(mark: Path | None) -> None:
    """Note that a content was found right, where that can be written."""
    if mark:
        with contextlib.suppress(OSError):
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
            marks = sorted(mark.parent.glob("*.checked"), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in marks[_MARKS:]:
                old.unlink(missing_ok=True)


@cache
def _code() -> str:
    """Changes with the code that reads and checks."""
    digest = hashlib.sha256()
    for path in sorted((*Path(__file__).parent.rglob("*.py"), *DEFAULTS.glob("*.yaml"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _distress(reader: _Reader, folder: Path) -> Distress | None:
    """The files about distress where the package has one of them: a part of it would be worse than nothing."""
    if not any((folder / name).is_file() for name in (DISTRESS, PHRASES, EXAMPLES)):
        return None
    texts, phrases = reader.read(DISTRESS, DistressTexts), reader.read(PHRASES, DistressPhrases)
    examples = reader.read(EXAMPLES, DistressExamples)
    return Distress(texts=texts, phrases=phrases, examples=examples) if texts and phrases and examples else None


def _unread(folder: Path, read: Iterable[str]) -> Iterator[Problem]:
    """Files that an editor may think are read: « 3-argent.yaml.txt », an entry beside `topics/`."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_ours = path.is_dir() or path.suffix in (".md", ".yml") or name.parts[0] == "examples"
        if not is_ours and not any(part.startswith(".") for part in name.parts) and name.as_posix() not in read:
            yield problem_at(str(name), 1, "unread_file")


def _examples(folder: Path, topics: frozenset[str]) -> Iterator[Problem]:
    for path in sorted(folder.glob("examples/**/*.yaml")):
        try:
            yield from check_examples(read_yaml(path, str(path.relative_to(folder))), topics)
        except ContentError as error:
            yield from error.problems


def _ids(themes: Iterable[Theme]) -> frozenset[str]:
    return frozenset(topic.id for theme in themes for topic in theme.topics)


def _explained(file: YamlFile, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    """pydantic's errors, with the sentence, the value and the nearest known key."""
    for detail in error.errors(include_url=False):
        place: Place = detail["loc"]
        if place and str(place[-1]).startswith("literal["):
            continue  # « a date, or unknown »: the wrong date is told already
        given = detail["input"]
        key = _SENTENCES.get(detail["type"], "wrong_value") if place else "not_a_content_file"
        if isinstance(given, str) and key == "too_many":  # pydantic counts characters of a checked text so
            key = "text_too_long"
        context: dict[str, object] = detail.get("ctx", {})
        values = {
            "name": next((step for step in reversed(place) if isinstance(step, str)), ""),
            "value": _shortened(given),
            "length": len(given) if isinstance(given, str | list | tuple) else "",
            "limit": context.get("max_length", context.get("min_length", "")),
            **context,
            "expected": " · ".join(re.findall("'([^']*)'", str(context.get("expected", "")))),
        }
        if key == "unknown_key":
            keys = _keys(model, place)
            values |= {"suggestion": suggestion(str(place[-1]), keys), "keys": ", ".join(keys)}
        yield file.problem(place, key, **values)


def _shortened(value: object) -> str:
    """As the editor wrote it, or nearly."""
    text = {"None": "rien", "True": "true", "False": "false"}.get(str(value), str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


def _keys(model: type[BaseModel], place: Place) -> Iterable[str]:
    """The keys allowed where `place` stands, found by walking down the model's fields."""
    current: type[BaseModel] | None = model
    for step in place[:-1]:
        if current and isinstance(step, str) and step in current.model_fields:
            current = _model_in(current.model_fields[step].annotation)
    return [field.alias or name for name, field in current.model_fields.items()] if current else ()


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that a field's type contains, however it is wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)
