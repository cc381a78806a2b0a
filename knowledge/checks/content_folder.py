"""A folder of YAML files → Content, or every mistake in it at once, said in French to its editor."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.checks.advice import advised, lists_lost
from knowledge.checks.days import check_days
from knowledge.checks.dossier import check_dossier
from knowledge.checks.examples import check_examples
from knowledge.checks.file_names import unread, visible_files, wrongly_named
from knowledge.checks.files import Package
from knowledge.checks.folder import FolderReader
from knowledge.checks.package import check
from knowledge.checks.renamed import told_once
from knowledge.content.calendar_texts import CalendarTexts
from knowledge.content.conversation import ConversationWords
from knowledge.content.conversation_examples import ConversationExamples
from knowledge.content.dossier import DossierForm
from knowledge.content.messages import Messages
from knowledge.content.models import Content, Dates, Glossary, OffTopic, Theme
from knowledge.content.open_call import OpenCall, OpenCalls
from knowledge.content.programme import Programme
from knowledge.content.questionnaire import AidList, Form, with_aid_list
from knowledge.content.situation import SituationTexts
from knowledge.content.sources import Facts, Source, Sources
from knowledge.content.variants import Variants
from knowledge.conversation.checks import check_conversation
from knowledge.conversation.checks import check_dialogue_examples as check_said
from knowledge.distress.checks import check_distress, check_ordinary
from knowledge.distress.word_lists import Distress, DistressExamples, DistressPhrases, DistressTexts
from knowledge.words import content_files as named
from knowledge.words.errors import ContentError, Problem, problem_at
from knowledge.words.meant import Called
from knowledge.words.yaml_file import read_yaml


@dataclass(frozen=True)
class _Parts:
    """What was read, each file right by itself."""

    package: Package
    dossier: DossierForm | None
    distress: Distress
    conversation: ConversationWords
    said: ConversationExamples


def read_folder(folder: Path, version: str, today: date | None = None, advice: list[Problem] | None = None) -> Content:
    """Read and check a content package, whose version is that; `today`, `advice`: see `knowledge.loading.load`.

    Raises ContentError with every mistake found, by file and line.
    """
    if not folder.is_dir():
        raise ContentError([problem_at(str(folder), 1, "missing_folder", name=str(folder))])
    reader = FolderReader(folder)
    parts = _parts(reader)
    if problems := list(told_once(_problems(reader, parts, today), parts.package)):
        raise ContentError(problems)
    if advice is not None:
        advice += sorted(set(_advice(reader, parts)))
    return _content(parts, version)


def _advice(reader: FolderReader, parts: _Parts) -> Iterator[Problem]:
    yield from advised(parts.package, reader.root)
    if reader.has(named.DISTRESS_EXAMPLES):
        yield from check_ordinary(
            parts.distress, reader.files[named.DISTRESS_EXAMPLES], parts.package.glossary.shorthand
        )


def _parts(reader: FolderReader) -> _Parts:
    """Raises ContentError with what is wrong in one file or another."""
    names = _names(reader)
    programme = reader.read(named.PROGRAMME, Programme)
    reader.told = programme.told if programme else {}
    reader.variants = Variants(calls := _calls(reader, programme))
    themes = {name: theme for name in names if (theme := reader.read(name, Theme))}
    sources = reader.read(named.SOURCES, Sources)
    facts = reader.read(named.FACTS, Facts)
    dates = reader.read(named.DATES, Dates)
    glossary = reader.known(named.GLOSSARY, Glossary)
    off_topic = reader.read(named.OFF_TOPIC_MESSAGES, OffTopic)
    messages = reader.read(named.MESSAGES, Messages)
    form = reader.optional(named.FORM, Form)
    dossier = reader.optional(named.DOSSIER, DossierForm)
    situation = reader.optional(named.SITUATION, SituationTexts)
    calendar = reader.optional(named.CALENDAR, CalendarTexts)
    distress = _distress(reader)
    conversation = reader.known(named.CONVERSATION, ConversationWords)
    said = reader.known(named.CONVERSATION_EXAMPLES, ConversationExamples)
    if form and (dated := reader.optional(named.AID, AidList)):
        form = with_aid_list(form, dated)
    if reader.problems or not (
        (sources and facts and dates and glossary and off_topic and messages)
        and (programme and distress and conversation and said)
    ):
        raise ContentError(_own_problems(reader, programme))
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
        calls,
    )
    return _Parts(package, dossier, distress, conversation, said)


def _names(reader: FolderReader) -> list[str]:
    """Of the files of entries."""
    paths = sorted(reader.root.glob("topics/[!.]*.yaml"))
    names = [f"topics/{path.name}" for path in paths if path.name not in named.FILES]
    for path in paths:
        if path.name in named.FILES and (reader.root / path.name).is_file():  # else it is told as the file that lacks
            reader.problems.append(problem_at(f"topics/{path.name}", 1, "misplaced_file", name=path.name))
    for stray in visible_files(reader.root):
        if name := wrongly_named(reader.root, stray):
            reader.problems.append(problem_at(str(stray), 1, "wrong_suffix", name=name))
    if not names and not reader.problems:
        reader.problems.append(problem_at("topics", 1, "no_topics"))
    return names


def _problems(reader: FolderReader, parts: _Parts, today: date | None) -> Iterator[Problem]:
    """What only shows when the parts are read together."""
    package, shorthand = parts.package, parts.package.glossary.shorthand
    topics = package.called
    strays = list(unread(reader.root, reader.files.keys())) if today else []
    yield from strays
    if any(stray.kind in ("topics_outside", "misnamed_file") for stray in strays):
        return  # what names its entries, or is in its place, would be told as wrong
    yield from check(package)
    if reader.has(*named.OF_DISTRESS):  # the engine's own are checked by its tests
        yield from check_distress(parts.distress, reader.files, shorthand)
    if parts.dossier:
        yield from check_dossier(parts.dossier, reader.files[named.DOSSIER], _cited(package))
    if reader.has(named.CONVERSATION):
        file = reader.files[named.CONVERSATION]
        wrong = list(check_conversation(parts.conversation, file, shorthand, topics))
        lost = [*lists_lost(file)] if any(one.kind == "conversation_example" for one in wrong) else []
        yield from (replace(one, kind="replaced") for one in lost)  # why the examples are read otherwise
        yield from (one for one in wrong if not (lost and one.kind == "conversation_example"))
    if reader.has(named.CONVERSATION_EXAMPLES):
        yield from check_said(parts.said, parts.conversation, reader.files[named.CONVERSATION_EXAMPLES], topics)
    yield from check_days(package, today)
    if today:
        yield from _examples(reader.root, topics, parts.distress.texts)


def _content(parts: _Parts, version: str) -> Content:
    package = parts.package
    calls, form, known = package.calls, package.form, package.all_dates
    return Content(
        version=version[:12],
        themes=tuple(package.themes.values()),
        topics={topic.id: topic for _, _, topic in package.topics()},
        sources=_cited(package),
        facts={fact.id: fact for fact in package.facts.facts},
        calls=known.calls,
        milestones={milestone.id: milestone for milestone in known.all_milestones},
        glossary=package.glossary,
        off_topic=package.off_topic.off_topic,
        messages=package.messages,
        form=calls.with_criteria(form) if form else None,
        programme=package.programme,
        rules={one: call.rules for one in calls.audiences if (call := calls.of(one)) and call.rules},
        calendar=package.calendar,
        situation=package.situation,
        dossier=parts.dossier if form else None,  # what is sent is what the questionnaire says
        distress=parts.distress,
        conversation=parts.conversation,
        conversation_examples=parts.said,
    )


def _cited(package: Package) -> dict[str, Source]:
    return package.sources.by_id | package.calls.sources


def _calls(reader: FolderReader, programme: Programme | None) -> OpenCalls:
    names = sorted(path.name for path in reader.root.glob(named.OPEN_CALLS))
    told = {name.removesuffix(".yaml"): call for name in names if (call := reader.read(name, OpenCall))}
    return OpenCalls(tuple(one.id for one in programme.audiences), told) if programme else OpenCalls()


def _distress(reader: FolderReader) -> Distress | None:
    texts = reader.known(named.DISTRESS, DistressTexts)
    phrases = reader.known(named.DISTRESS_PHRASES, DistressPhrases)
    examples = reader.known(named.DISTRESS_EXAMPLES, DistressExamples)
    return Distress(texts=texts, phrases=phrases, examples=examples) if texts and phrases and examples else None


def _examples(folder: Path, topics: Called, distress: DistressTexts) -> Iterator[Problem]:
    families = [family.id for family in distress.families]
    for path in sorted(folder.glob("examples/**/*.yaml")):
        try:
            yield from check_examples(read_yaml(path, str(path.relative_to(folder))), topics, families)
        except ContentError as error:
            yield from error.problems


_OF_PROGRAMME = {
    "bad_placeholder", "lost_placeholder", "call_name", "call_choice",
    "bad_markup", "bad_link", "bad_bold", "bad_bullet", "not_among",
}  # fmt: skip


def _own_problems(reader: FolderReader, programme: Programme | None) -> list[Problem]:
    """Without those that only come from a programme.yaml that cannot be read: it fills the sentences of the others."""
    return [problem for problem in reader.problems if programme or problem.kind not in _OF_PROGRAMME]
