"""What must hold in `situation.yaml`: names that exist, no expression that means two things."""

import re
from collections.abc import Iterator, Mapping

from knowledge.checks.questionnaire import called_options
from knowledge.content.models import Topic
from knowledge.content.questionnaire import UNKNOWN, Bounds, Form
from knowledge.content.situation import SituationTexts
from knowledge.questionnaire.condition import tests
from knowledge.words.errors import Problem
from knowledge.words.meant import unknown
from knowledge.words.text import unaccented
from knowledge.words.yaml_file import KeyPath, YamlFile


def check_situation(
    texts: SituationTexts, file: YamlFile, topics: Mapping[str, Topic], form: Form | None
) -> Iterator[Problem]:
    """Every mistake that only shows beside the entries and the questionnaire."""
    called = {topic.id: (topic.title, topic.button) for topic in topics.values()}
    for place, topic in _topics(texts):
        if topic not in topics:
            yield unknown(file, place, "unknown_topic", topic, called)
    yield from _points(texts, file, topics)
    kinds = {actor.id for actor in texts.actors}
    for n, role in enumerate(texts.roles):
        if role.actor not in kinds:
            yield unknown(file, ("roles", n, "actor"), "situation_unknown_actor", role.actor, kinds)
    yield from _twice(texts, file)
    if form:
        yield from _conditions(texts, file, form)
    options = {question.id: called_options(question) for question in form.questions} if form else {}
    for n, actor in enumerate(texts.actors):
        for question, option in actor.answers.items():
            if question not in options:
                yield unknown(file, ("actors", n, "answers"), "form_unknown_question", question, options)
            elif option not in options[question]:
                known = options[question]
                yield unknown(file, ("actors", n, "answers"), "form_unknown_option", option, known, question=question)
    statuses = set(form.words.country_statuses) if form else set()
    said = (texts.countries.says, *texts.countries.says_when.values())
    for status in (status for one in said for status in one):
        if status not in statuses:
            question = texts.countries.question
            yield unknown(file, ("countries", "says"), "form_unknown_option", status, statuses, question=question)


def _conditions(texts: SituationTexts, file: YamlFile, form: Form) -> Iterator[Problem]:
    """The questions, the actors and the answers that a condition names exist."""
    known = {question.id: called_options(question) for question in form.questions}
    known |= {"actor": {actor.id: (actor.said,) for actor in texts.actors}, "speaks": {"yes": ()}}
    placed = [(("act_rules", n, "if"), rule.when) for n, rule in enumerate(texts.act_rules)]
    placed += [(("openings", n, "if"), opening.when) for n, opening in enumerate(texts.openings)]
    for place, condition in placed:
        for name, test in tests(condition):
            options = known.get(name, {})
            if name.partition(".")[0] not in known:
                yield unknown(file, place, "form_unknown_question", name, [*known])
            for option in test if options and not isinstance(test, Bounds) else ():
                if option not in options and option != UNKNOWN:
                    yield unknown(file, place, "form_unknown_option", option, options, question=name)


def _points(texts: SituationTexts, file: YamlFile, topics: Mapping[str, Topic]) -> Iterator[Problem]:
    for n, opening in enumerate(texts.openings):
        for topic in opening.topics:
            if opening.point and topic in topics and topics[topic].point(opening.point) is None:
                points = {point.id: (point.button or "",) for point in topics[topic].points}
                yield unknown(file, ("openings", n, "point"), "unknown_point", opening.point, points, topic=topic)


def _topics(texts: SituationTexts) -> Iterator[tuple[KeyPath, str]]:
    for n, rule in enumerate(texts.act_rules):
        yield from ((("act_rules", n), topic) for topic in (rule.topic, *rule.unless))
    for n, opening in enumerate(texts.openings):
        yield from ((("openings", n), topic) for topic in opening.topics)
    yield from ((("precise", n), precise.topic) for n, precise in enumerate(texts.precise))
    yield from ((("premises", n), premise.topic) for n, premise in enumerate(texts.premises))
    yield from ((("countries",), topic) for topic in (texts.countries.topic, *texts.countries.beside))
    offered = (*texts.acknowledgement.topics, *texts.acknowledgement.denied_topics)
    yield from ((("acknowledgement",), topic) for topic in offered)


def _twice(texts: SituationTexts, file: YamlFile) -> Iterator[Problem]:
    """An expression that two kinds of bodies claim would be read by chance."""
    seen: dict[str, str] = {}
    for n, actor in enumerate(texts.actors):
        if "," in actor.words or ";" in actor.words:
            words = "|".join(_as_read(said.strip()) for said in re.split(r"[|,;]", actor.words))
            yield file.problem(("actors", n, "words"), "situation_commas", words=words)
            continue
        for key in ("words", "small", "acronyms"):
            for said in (one.strip() for one in (getattr(actor, key) or "").split("|")):
                if (right := _as_read(said)) != said:
                    place: KeyPath = ("actors", n, key)
                    yield file.problem(place, "situation_accents", said=said, line=file.mended(place, said, right))
        for said in actor.words.split("|"):
            other = seen.setdefault(unaccented(said.strip()), actor.id)
            if other != actor.id:
                yield file.problem(("actors", n, "words"), "situation_twice", said=said.strip(), other=other)


def _as_read(said: str) -> str:
    """An expression as messages are compared with it: without accents, capitals or signs."""
    return re.sub(r"['’-]", " ", unaccented(said))
