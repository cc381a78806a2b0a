"""What must hold between the files of a content package: names that exist, no phrase twice, dates in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.checks.calendar import check_dates
from knowledge.checks.copies import Copies
from knowledge.checks.files import Package
from knowledge.checks.geography import check_geography
from knowledge.checks.marks import lone_braces
from knowledge.checks.open_call import check_calls
from knowledge.checks.questionnaire import called_options, check_form
from knowledge.checks.repeated import repeated_ids, repeated_labels, repeated_phrases
from knowledge.checks.situation import check_situation
from knowledge.checks.typed_commands import check_commands
from knowledge.checks.writing import check_writing
from knowledge.content.models import OFF_TOPIC, Topic
from knowledge.content.questionnaire import COUNTRIES
from knowledge.content.situation import SituationTexts
from knowledge.words.content_files import CALENDAR, DATES, FACTS, FORM, GLOSSARY, MESSAGES, SITUATION
from knowledge.words.errors import Problem, explain, word_list
from knowledge.words.markup import PLACEHOLDER
from knowledge.words.meant import Called, nearest, unknown, unknown_names
from knowledge.words.yaml_file import KeyPath, YamlFile

_BRACE = re.compile(r"\{[\s\w:…-]*\}")
_DOUBLE = re.compile(r"\{\{[^{}]*\}\}")
"""What is left of a placeholder with a slip: {Contact}"""
_NUMBER = re.compile(r"\d+")

_MOST_IN_A_BUTTON = 57
"""Characters of an entry's and a point's ids together: a Telegram button carries 64 bytes."""
_LABELS = ("title", "button")
_ARGUED = word_list("argued_words")
_PLAIN = frozenset({"contact", "site", "call", "timeline", "acronyms", "processing"})

BRIEF_CALL = "{call:brief}"
"""Whether a call is open, without the story of the last ones."""


@dataclass(frozen=True)
class _Known:
    """What may be named, by id, with what people call it."""

    topics: Called
    sources: Called
    facts: Called
    dates: Called
    applicants: Called
    """Those who apply, as the questionnaire tells them apart; none without one."""


def check(package: Package) -> Iterator[Problem]:
    """Every mistake that only shows when the files are read together."""
    yield from check_writing(package)
    known = _Known(
        topics=package.called,
        sources={source.id: (source.name,) for source in package.sources.sources}
        | dict.fromkeys(package.calls.by_source, ()),
        facts={fact.id: (fact.label,) for fact in package.facts.facts},
        dates=dict.fromkeys((milestone.id for milestone in package.all_dates.all_milestones), ()),
        applicants=called_options(package.form.questions[0]) if package.form else {},
    )
    copies = Copies(package)
    yield from copies.problems(package)
    yield from repeated_ids(package, copies)
    for file, place, topic in package.topics():
        yield from _topic(file, place, topic, known)
    yield from _to_write(package)
    yield from lone_braces(package)
    for file, place, text in _filled(package):
        yield from _text(file, place, text, known, package)
    yield from repeated_phrases(package, copies)
    yield from repeated_labels(package, copies)
    yield from _facts(package, known)
    yield from _date_sources(package, known)
    yield from check_dates(package.dates, package.files[DATES])
    yield from _audiences(package)
    yield from _pointers(package, known)
    yield from check_calls(package)
    yield from check_geography(package)
    yield from check_commands(package)
    if package.calendar is not None:
        screen, file = package.calendar.screen, package.files[CALENDAR]
        yield from unknown_names(file, ("screen", "topic"), "unknown_topic", [screen.topic], known.topics)
        yield from unknown_names(file, ("screen", "offered_with"), "unknown_topic", screen.offered_with, known.topics)
    if package.form is not None:
        form = package.form.model_copy(update={"examples": ()}) if package.calls.by_source else package.form
        yield from check_form(form, package.files[FORM], known.topics, known.sources)
    if package.situation is not None:
        topics = {topic.id: topic for _, _, topic in package.topics()}
        yield from check_situation(package.situation, package.files[SITUATION], topics, package.form)
        yield from _criteria_named(package.situation, package)


def _criteria_named(texts: SituationTexts, package: Package) -> Iterator[Problem]:
    """The criteria whose points are told as left to confirm exist: in the questionnaire, or in a call."""
    known = {criterion.id for criterion in package.form.criteria} if package.form else set()
    known |= {criterion.id for call in package.calls.by_source.values() for criterion in call.criteria}
    for name in texts.case.points if package.form else ():
        yield from unknown_names(package.files[SITUATION], ("case", "points", name), "unknown_criterion", [name], known)


def _topic(file: YamlFile, place: KeyPath, topic: Topic, known: _Known) -> Iterator[Problem]:
    if not topic.phrasings:
        yield file.problem((*place, "id"), "no_questions", id=topic.id)
    if topic.id == OFF_TOPIC:
        yield file.problem((*place, "id"), "reserved_id", id=topic.id)
    yield from unknown_names(file, (*place, "related"), "unknown_topic", topic.related, known.topics)
    for n, name in enumerate(topic.related):
        if name == topic.id or name in topic.related[:n]:
            yield file.problem((*place, "related", n), "related_odd", name=name)
    yield from unknown_names(file, (*place, "sources"), "unknown_source", topic.sources, known.sources)
    if known.applicants:
        yield from unknown_names(file, (*place, "asked_by"), "unknown_applicant", topic.asked_by, known.applicants)
    yield from _points(file, place, topic, known)
    for key, text in (("title", topic.title), ("button", topic.button)):
        if "\n" in text:
            yield file.problem((*place, key), "several_lines", key=key)
    if topic.split_from:
        yield from unknown_names(file, (*place, "split_from"), "unknown_topic", [topic.split_from], known.topics)


def _to_write(package: Package) -> Iterator[Problem]:
    """Texts of an entry that were begun, and are not finished."""
    labels = ((file, (*place, key), getattr(one, key)) for file, place, one in package.topics() for key in _LABELS)
    texts = ((file, place, text) for file, place, _, text in package.texts())
    mark = re.compile(rf"{explain('to_write_mark')}|\b(?:{'|'.join(word_list('to_write_words'))})\b")
    for file, place, text in (*labels, *texts):
        if found := mark.search(text):
            yield file.problem(place, "to_write", key=place[-1], mark=found[0])


def _points(file: YamlFile, place: KeyPath, topic: Topic, known: _Known) -> Iterator[Problem]:
    applicants = known.applicants
    for n, point in enumerate(topic.points):
        here: KeyPath = (*place, "points", n)
        if applicants:
            yield from unknown_names(file, (*here, "asked_by"), "unknown_applicant", point.asked_by, applicants)
        yield from unknown_names(file, (*here, "sources"), "unknown_source", point.sources, known.sources)
        if point.id in [other.id for other in topic.points[:n]]:
            yield file.problem((*here, "id"), "duplicate_point", id=point.id, topic=topic.id)
        if point.button and point.button in [other.button for other in topic.points[:n]]:
            yield file.problem((*here, "button"), "duplicate_button", button=point.button, topic=topic.id)
        if len(topic.id) + len(point.id) > _MOST_IN_A_BUTTON:
            yield file.problem((*here, "id"), "long_point", id=point.id, topic=topic.id, limit=_MOST_IN_A_BUTTON)
        if point.ages and any(topic.point_at(age) is not point for age in point.ages):
            yield file.problem((*here, "ages"), "ages_odd", youngest=point.ages[0], oldest=point.ages[1])


def _filled(package: Package) -> Iterator[tuple[YamlFile, KeyPath, str]]:
    """The texts whose placeholders are filled when they are said."""
    yield from ((file, place, text) for file, place, _, text in package.texts())
    file = package.files[GLOSSARY]
    yield from ((file, ("near_misses", n, "reply"), near.reply) for n, near in enumerate(package.glossary.near_misses))
    if package.situation is not None:
        file = package.files[SITUATION]
        for n, precise in enumerate(package.situation.precise):
            yield file, ("precise", n, "says"), precise.says
        for n, premise in enumerate(package.situation.premises):
            yield file, ("premises", n, "says"), premise.says
    if package.form is not None:
        yield from (
            (package.files[FORM], ("endings", n, "text"), end.text) for n, end in enumerate(package.form.endings)
        )
        for n, criterion in enumerate(package.form.criteria):
            yield from (
                (package.files[FORM], ("criteria", n, "rules", m, "text"), _without_countries(rule.text))
                for m, rule in enumerate(criterion.rules)
            )


def _without_countries(text: str) -> str:
    """Those a rule may name are filled in by the questionnaire."""
    return re.sub(rf"{{(?:{'|'.join(COUNTRIES)})}}", "", text)


def _text(file: YamlFile, here: KeyPath, text: str, known: _Known, package: Package) -> Iterator[Problem]:
    """A text that an entry shows: its placeholders are known."""
    for match in PLACEHOLDER.finditer(text):
        name, argument = match.groups()
        other = {"date": ("fact", known.facts), "fact": ("date", known.dates)}.get(name)
        own = known.dates if name == "date" else known.facts
        if argument and other and argument in other[1] and argument not in own:
            yield _bad_placeholder(file, here, match[0], f"{{{other[0]}:{argument}}}")
        elif name == "date" and argument:
            yield from _unknown_date(file, here, argument, package)
        elif name == "fact" and argument:
            yield from unknown_names(file, here, "unknown_fact", [argument], known.facts)
        elif (
            match[0] != BRIEF_CALL
            and not (name == "call" and argument in package.programme.names)
            and (name not in _PLAIN or argument is not None)
        ):
            yield _bad_placeholder(file, here, match[0])
    if odd := _DOUBLE.search(text) or _BRACE.search(PLACEHOLDER.sub("", text)):
        yield _bad_placeholder(file, here, odd[0])


def _unknown_date(file: YamlFile, here: KeyPath, name: str, package: Package) -> Iterator[Problem]:
    """One that has but another number than known ones is rather still to be added."""
    known = {one.id: one for one in package.all_dates.all_milestones}
    alike = [one for one in known if _NUMBER.sub("", one) == _NUMBER.sub("", name)]
    if name not in known and alike:
        like = known[alike[-1]]
        told = {"name": name, "known": ", ".join(alike), "step": like.kind, "label": like.label}
        yield replace(file.problem(here, "new_date", **told), kind="unknown_date")  # told by many, it was renamed
    else:
        yield from unknown_names(file, here, "unknown_date", [name], list(known))


def _bad_placeholder(file: YamlFile, here: KeyPath, name: str, meant: str = "") -> Problem:
    """One that is not known: what was meant; its argument, where it has one, stays."""
    listed = explain("answer_placeholders")
    known = [one.strip("{}") for one in listed.split(", ")]
    word, _, argument = name.strip("{} ").replace(" ", "").partition(":")
    plain = nearest(word, _ARGUED) if argument else nearest(name, known)
    meant = meant or (f"{{{plain}:{argument}}}" if plain and argument else f"{{{plain}}}" if plain else "")
    told = explain("suggestion", name=meant) if meant else ""
    line = file.mended(here, name, meant) if meant else explain("bad_placeholder_where")
    return file.problem(here, "bad_placeholder", name=name, known=listed, suggestion=told, line=line)


def _facts(package: Package, known: _Known) -> Iterator[Problem]:
    file = package.files[FACTS]
    for n, fact in enumerate(package.facts.facts):
        place: KeyPath = ("facts", n)
        sources = [version.source for version in fact.versions]
        yield from unknown_names(file, (*place, "versions"), "unknown_source", sources, known.sources)
        if fact.contested and not (fact.follows and fact.because):
            lacks = "because" if fact.follows else "follows" if fact.because else "choice"
            here = (*place, "follows") if fact.follows else place
            told = {"id": fact.id, "source": fact.follows or sources[0], "others": ", ".join(sources)}
            yield file.problem(here, f"contested_without_{lacks}", **told)
        if fact.follows and fact.follows not in sources:
            yield unknown(file, (*place, "follows"), "follows_unknown_version", fact.follows, sources)


def _date_sources(package: Package, known: _Known) -> Iterator[Problem]:
    file = package.files[DATES]
    places: list[tuple[KeyPath, str]] = []
    for n, call in enumerate(package.dates.calls):
        places += [(("calls", n, "milestones", m, "source"), x.source) for m, x in enumerate(call.milestones)]
    places += [(("milestones", n, "source"), x.source) for n, x in enumerate(package.dates.milestones)]
    for place, source in places:
        yield from unknown_names(file, place, "unknown_source", [source], known.sources)


def _audiences(package: Package) -> Iterator[Problem]:
    """Calls are for those whom the programme names."""
    known = frozenset(audience.id for audience in package.programme.audiences)
    file = package.files[DATES]
    for n, call in enumerate(package.dates.calls):
        yield from unknown_names(file, ("calls", n, "audience"), "unknown_audience", [call.audience], known)
    for n, part in enumerate(package.form.calendar if package.form else ()):
        here = ("calendar", n, "audience")
        yield from unknown_names(package.files[FORM], here, "unknown_audience", [part.audience], known)


def _pointers(package: Package, known: _Known) -> Iterator[Problem]:
    """The topics that buttons, commands and acronyms lead to exist."""
    file = package.files[MESSAGES]
    pointers: list[tuple[YamlFile, KeyPath, str | None]] = [
        *((file, ("start", "menu", n), item.topic) for n, item in enumerate(package.messages.start.menu)),
        *((file, ("commands", n), command.topic) for n, command in enumerate(package.messages.commands)),
        *(
            (package.files[GLOSSARY], ("acronyms", n), acronym.topic)
            for n, acronym in enumerate(package.glossary.acronyms)
        ),
    ]
    for where, place, topic in pointers:
        if topic is not None:
            yield from unknown_names(where, (*place, "topic"), "unknown_topic", [topic], known.topics)
