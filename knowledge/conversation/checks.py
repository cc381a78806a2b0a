"""What must hold in `conversation.yaml`: groups that exist, examples read as they should be."""

from collections.abc import Collection, Iterator, Mapping

from rapidfuzz import process

from knowledge.content.conversation import ConversationWords
from knowledge.conversation.reader import Reader
from knowledge.words.errors import Problem, explain
from knowledge.words.templates import TemplateError, Templates
from knowledge.words.yaml_file import Place, YamlFile


def check_conversation(
    texts: ConversationWords, file: YamlFile, shorthand: Mapping[str, str], topics: Collection[str]
) -> Iterator[Problem]:
    """Every mistake that only shows when the lists are read together."""
    yield from _unknown_groups(texts, file)
    for here, topic in _topics(texts):
        if topic not in topics:
            yield file.problem(here, "unknown_topic", name=topic, suggestion="")
    reader = Reader(texts, shorthand)
    yield from _templates(texts, file, Templates(texts.slots, reader.words))
    for act, said in ((act, said) for act, said in texts.acts.items() if said.when):
        for n, phrase in enumerate(said.examples):
            if (found := reader.read(phrase, said.after)) != act:
                place: Place = ("acts", act, "examples", n)
                yield file.problem(place, "conversation_example", phrase=phrase, found=found or "–", act=act)
        for n, phrase in enumerate(said.other):
            if reader.read(phrase) == act:
                yield file.problem(("acts", act, "other", n), "conversation_other", phrase=phrase, act=act)


def _topics(texts: ConversationWords) -> Iterator[tuple[Place, str]]:
    """The entries that are named, with where."""
    yield from ((("acts", act, "topic"), said.topic) for act, said in texts.acts.items() if said.topic)
    yield from ((("near_acts", n), topic) for n, topic in enumerate(texts.near_acts))
    follow = texts.follow_ups
    yield from ((("follow_ups", "applying", n), topic) for n, topic in enumerate(follow.applying))
    alone: list[tuple[Place, str | None]] = [
        (("follow_ups", "thanks", "topic"), follow.thanks.topic),
        (("follow_ups", "countries"), follow.countries),
    ]
    yield from ((place, topic) for place, topic in alone if topic)
    for act, leads in follow.leads.items():
        for after, topic in leads.items():
            yield from ((("follow_ups", "leads", act, after), name) for name in (after, topic))


def _unknown_groups(texts: ConversationWords, file: YamlFile) -> Iterator[Problem]:
    for act, said in texts.acts.items():
        for n, condition in enumerate(said.when):
            for name in (part.lstrip("!") for part in condition.split() if part[0] not in "<@"):
                if name not in texts.groups:
                    near = process.extractOne(name, list(texts.groups), score_cutoff=70)
                    hint = explain("suggestion", name=near[0]) if near else ""
                    yield file.problem(
                        ("acts", act, "when", n), "conversation_unknown_group", name=name, suggestion=hint
                    )


def _templates(texts: ConversationWords, file: YamlFile, templates: Templates) -> Iterator[Problem]:
    """Phrases with variants that cannot be read: nothing could be learnt from them."""
    written: list[tuple[Place, str]] = [
        (("slots", name, n), one) for name, ways in texts.slots.items() for n, one in enumerate(ways)
    ]
    written += [
        (("acts", act, "phrases", n), one) for act, said in texts.acts.items() for n, one in enumerate(said.phrases)
    ]
    for place, template in written:
        try:
            templates.read(template)
        except TemplateError as error:
            yield file.problem(place, "bad_template", part=str(error))
