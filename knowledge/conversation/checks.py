"""What must hold in `conversation.yaml`: groups that exist, examples read as they should be."""

from collections.abc import Collection, Iterator, Mapping

from knowledge.content.conversation import ConversationWords, Recognised, StockReply
from knowledge.content.conversation_examples import ConversationExamples
from knowledge.content.defaults import default_data
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.understanding.situation.areas import area_names
from knowledge.words.content_files import CONVERSATION
from knowledge.words.errors import Problem
from knowledge.words.meant import unknown
from knowledge.words.templates import TemplateError, Templates
from knowledge.words.yaml_file import KeyPath, YamlFile


def check_conversation(
    texts: ConversationWords, file: YamlFile, shorthand: Mapping[str, str], topics: Collection[str]
) -> Iterator[Problem]:
    """Every mistake that only shows when the lists are read together."""
    yield from _unknown_groups(texts, file)
    yield from _unused_groups(texts, file)
    for name in texts.follow_ups.here.entries:
        if name not in area_names():
            yield unknown(file, ("follow_ups", "here", "entries", name), "unknown_place", name, area_names())
    for here, topic in _topics(texts):
        if topic not in topics:
            yield unknown(file, here, "unknown_topic", topic, topics)
    reader = DialogueReader(texts, shorthand)
    yield from _templates(texts, file, Templates(texts.slots, reader.words))
    for where, name, said in _recognised(texts):
        after = said.after[:1] if isinstance(said, StockReply) else ()
        for n, phrase in enumerate(said.examples if said.when else ()):
            if (found := reader.does(phrase, after)) != name:
                place: KeyPath = (where, name, "examples", n)
                yield file.problem(place, "conversation_example", phrase=phrase, found=found or "–", act=name)
        for n, phrase in enumerate(said.other if said.when else ()):
            if reader.does(phrase, after) == name:
                yield file.problem((where, name, "other", n), "conversation_other", phrase=phrase, act=name)


def check_dialogue_examples(
    said: ConversationExamples, texts: ConversationWords, file: YamlFile, topics: Collection[str]
) -> Iterator[Problem]:
    """Messages of nothing that is known."""
    for topic in said.follow_ups:
        if topic not in topics:
            yield unknown(file, ("follow_ups", topic), "unknown_topic", topic, topics)
    known = [*texts.acts, *texts.told]
    for name in said.acts:
        if name not in known:
            yield unknown(file, ("acts", name), "conversation_unknown_act", name, known)


def _recognised(texts: ConversationWords) -> Iterator[tuple[str, str, Recognised]]:
    """Everything that is recognised: in which part, under which name."""
    yield from (("acts", name, said) for name, said in texts.acts.items())
    yield from (("told", name, said) for name, said in texts.told.items())


def _topics(texts: ConversationWords) -> Iterator[tuple[KeyPath, str]]:
    """The entries that are named, with where."""
    yield from ((("acts", act, "topic"), said.topic) for act, said in texts.acts.items() if said.topic)
    yield from ((("near_acts", n), topic) for n, topic in enumerate(texts.near_acts))
    yield from (
        (("told", name, "topics", n), one) for name, told in texts.told.items() for n, one in enumerate(told.topics)
    )
    follow = texts.follow_ups
    yield from ((("follow_ups", "applying", n), topic) for n, topic in enumerate(follow.applying))
    yield from ((("follow_ups", "abroad", n), topic) for n, topic in enumerate(follow.abroad))
    yield from ((("follow_ups", "examples", n), topic) for n, topic in enumerate(follow.examples))
    alone: list[tuple[KeyPath, str | None]] = [
        (("follow_ups", "thanks", "topic"), follow.thanks.topic),
        (("follow_ups", "countries"), follow.countries),
        (("follow_ups", "project", "ages"), follow.project.ages),
        (("follow_ups", "project", "countries"), follow.project.countries),
        *((("follow_ups", "project", "ways", name, "topic"), way.topic) for name, way in follow.project.ways.items()),
        *((("follow_ups", "project", "facts", n, "topic"), fact.topic) for n, fact in enumerate(follow.project.facts)),
    ]
    yield from ((place, topic) for place, topic in alone if topic)


def _unknown_groups(texts: ConversationWords, file: YamlFile) -> Iterator[Problem]:
    for place, name in _groups_named(texts):
        if name not in texts.groups:
            yield unknown(file, place, "conversation_unknown_group", name, [*texts.groups])


def _unused_groups(texts: ConversationWords, file: YamlFile) -> Iterator[Problem]:
    """Lists of the package's own that nothing names: they were to add to one of the engine's."""
    default = default_data(CONVERSATION)
    engine = default["groups"] if isinstance(default, dict) else {}
    used = {name for _, name in _groups_named(texts)}
    for name in texts.groups:
        if name not in engine and name not in used:
            yield unknown(file, ("groups", name), "conversation_unused_group", name, [*engine])


def _groups_named(texts: ConversationWords) -> Iterator[tuple[KeyPath, str]]:
    """The groups that conditions and acts name, with where."""
    for where, act, said in _recognised(texts):
        for n, condition in enumerate(said.when):
            parts = (part.lstrip("!") for part in condition.split())
            names = (name for part in parts if part[0] not in "<@" for name in part.split("~"))
            yield from (((where, act, "when", n), name) for name in names)
        yield from (((where, act, "but", n), name) for n, name in enumerate(said.but))
    for act, words in texts.acts.items():
        yield from ((("acts", act, "words", n), name) for n, name in enumerate(words.words))


def _templates(texts: ConversationWords, file: YamlFile, templates: Templates) -> Iterator[Problem]:
    """Phrases with variants that cannot be read: nothing could be learnt from them."""
    written: list[tuple[KeyPath, str]] = [
        (("slots", name, n), one) for name, ways in texts.slots.items() for n, one in enumerate(ways)
    ]
    written += [
        ((where, act, "phrases", n), one)
        for where, act, said in _recognised(texts)
        for n, one in enumerate(said.phrases)
    ]
    for place, template in written:
        try:
            templates.read(template)
        except TemplateError as error:
            yield file.problem(place, "bad_template", part=str(error))
