"""A folder of YAML files → Content, or every mistake in it at once, said in French to its editor."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from knowledge.checks.examples import check_examples
from knowledge.checks.files import Package
from knowledge.checks.folder import FolderReader
from knowledge.checks.package import check
from knowledge.checks.writing import check_days
from knowledge.content.calendar_texts import CALENDAR, CalendarTexts
from knowledge.content.conversation import (
    CONVERSATION,
    CONVERSATION_EXAMPLES,
    ConversationExamples,
    ConversationWords,
)
from knowledge.content.dossier import DOSSIER, DossierForm
from knowledge.content.messages import Messages
from knowledge.content.models import Content, Dates, Facts, Glossary, OffTopic, Sources, Theme
from knowledge.content.open_call import OPEN_CALLS, OpenCall, OpenCalls
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
from knowledge.words.yaml_file import problem_at, read_yaml


def read_folder(folder: Path, version: str, today: date | None = None) -> Content:
    """Read and check a content package, whose version is that; `today`: see `knowledge.loading.load`.

    Raises ContentError with every mistake found, by file and line.
    """
    if not folder.is_dir():
        raise ContentError([problem_at(str(folder), 1, "missing_folder", name=str(folder))])
    reader = FolderReader(folder)
    names = sorted(f"topics/{path.name}" for path in folder.glob("topics/[!.]*.yaml"))
    if not names:
        reader.problems.append(problem_at("topics", 1, "no_topics"))
    for path in sorted(folder.glob("**/*.yml")):
        reader.problems.append(problem_at(str(path.relative_to(folder)), 1, "wrong_suffix", name=path.stem))
    programme = reader.read(PROGRAMME, Programme)
    reader.told = programme.told if programme else {}
    reader.variants = Variants(calls := _calls(reader, programme))
    themes = {name: theme for name in names if (theme := reader.read(name, Theme))}
    sources = reader.read("sources.yaml", Sources)
    facts = reader.read("facts.yaml", Facts)
    dates = reader.read("dates.yaml", Dates)
    glossary = reader.known("glossary.yaml", Glossary)
    off_topic = reader.read("hors-sujet.yaml", OffTopic)
    messages = reader.read("messages.yaml", Messages)
    form = reader.optional(FORM, Form)
    dossier = reader.optional(DOSSIER, DossierForm)
    situation = reader.optional(SITUATION, SituationTexts)
    calendar = reader.optional(CALENDAR, CalendarTexts)
    distress = _distress(reader)
    conversation = reader.known(CONVERSATION, ConversationWords)
    said = reader.known(CONVERSATION_EXAMPLES, ConversationExamples)
    if form and (dated := reader.optional(AID, AidList)):
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
    cited = sources.by_id | calls.sources
    problems = list(check(package))
    if reader.has(DISTRESS, PHRASES, EXAMPLES):  # the engine's own are checked by its tests
        from knowledge.distress.checks import check_distress  # noqa: PLC0415  (a start does not check again)

        problems += check_distress(distress, reader.files, glossary.shorthand)
    if dossier:
        from knowledge.checks.dossier import check_dossier  # noqa: PLC0415  (the same)

        problems += check_dossier(dossier, reader.files[DOSSIER], cited)
    problems += _of_conversation(reader, conversation, said, glossary.shorthand, _ids(themes.values()))
    if today:
        problems += _unread(folder, reader.files.keys())
        problems += [*check_days(package, today), *_examples(folder, _ids(themes.values()))]
    if problems:
        raise ContentError(problems)
    return Content(
        version=version[:12],
        themes=tuple(themes.values()),
        topics={topic.id: topic for theme in themes.values() for topic in theme.topics},
        sources=cited,
        facts={fact.id: fact for fact in facts.facts},
        calls=(known := package.all_dates).calls,
        milestones={milestone.id: milestone for milestone in known.all_milestones},
        glossary=glossary,
        off_topic=off_topic.off_topic,
        messages=messages,
        form=calls.with_criteria(form) if form else None,
        programme=programme,
        rules={one: call.rules for one in calls.audiences if (call := calls.of(one)) and call.rules},
        calendar=calendar,
        situation=situation,
        dossier=dossier if form else None,  # what is sent is what the questionnaire says
        distress=distress,
        conversation=conversation,
        conversation_examples=said,
    )


def _calls(reader: FolderReader, programme: Programme | None) -> OpenCalls:
    names = sorted(path.name for path in reader.root.glob(OPEN_CALLS))
    told = {name.removesuffix(".yaml"): call for name in names if (call := reader.read(name, OpenCall))}
    return OpenCalls(tuple(one.id for one in programme.audiences), told) if programme else OpenCalls()


def _distress(reader: FolderReader) -> Distress | None:
    texts, phrases = reader.known(DISTRESS, DistressTexts), reader.known(PHRASES, DistressPhrases)
    examples = reader.known(EXAMPLES, DistressExamples)
    return Distress(texts=texts, phrases=phrases, examples=examples) if texts and phrases and examples else None


def _of_conversation(
    reader: FolderReader,
    texts: ConversationWords,
    said: ConversationExamples,
    shorthand: Mapping[str, str],
    topics: frozenset[str],
) -> Iterator[Problem]:
    from knowledge.conversation.checks import check_conversation, check_examples  # noqa: PLC0415  (the same)

    if reader.has(CONVERSATION):
        yield from check_conversation(texts, reader.files[CONVERSATION], shorthand, topics)
    if reader.has(CONVERSATION_EXAMPLES):
        yield from check_examples(said, texts, reader.files[CONVERSATION_EXAMPLES])


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


_OF_PROGRAMME = {"bad_placeholder", "lost_placeholder", "call_name", "call_choice"}


def _own_problems(reader: FolderReader, programme: Programme | None) -> list[Problem]:
    """Without those that only come from a programme.yaml that cannot be read: it fills the sentences of the others."""
    return [problem for problem in reader.problems if programme or problem.kind not in _OF_PROGRAMME]
