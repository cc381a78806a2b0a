"""What must hold in the two files about distress: phrases that can be read, numbers that are given."""

import re
from collections.abc import Iterator, Mapping

from knowledge.distress.frames import frame_templates, plain_words
from knowledge.distress.phrases import BOTH, SHORTEST, PhrasePart, excuses_in, phrase_parts, phrases_in
from knowledge.distress.spelling import Spelling
from knowledge.distress.word_lists import Distress, DistressExamples, DistressPhrases, ReplyWording
from knowledge.words.content_files import DISTRESS, DISTRESS_EXAMPLES, DISTRESS_PHRASES
from knowledge.words.errors import Problem
from knowledge.words.templates import EDGE, STOP, Automaton, PhraseSpan, TemplateError, Templates
from knowledge.words.yaml_file import KeyPath, YamlFile

_QUOTED = re.compile(r"«[^«»]*»")
_BUSINESS = "business"
_OF_ONE, _OF_SEVERAL = 0.7, 0.35
"""Of the words of a message, the share that its phrases must be: of 2,480 ordinary ones, none is told so."""


def check_distress(
    distress: Distress, files: Mapping[str, YamlFile], shorthand: Mapping[str, str]
) -> Iterator[Problem]:
    """Every mistake that only shows when the files are read together."""
    known = sorted(family.id for family in distress.texts.families)
    for name, part in ((DISTRESS_PHRASES, distress.phrases), (DISTRESS_EXAMPLES, distress.examples)):
        for family in part.families:
            if family not in known:
                place = ("families", family)
                yield files[name].problem(place, "distress_unknown_family", name=family, known=", ".join(known))
    yield from _of_two_kinds(distress.examples, files[DISTRESS_EXAMPLES])
    yield from _templates(distress.phrases, files[DISTRESS_PHRASES], shorthand)
    yield from _numbers(distress, files[DISTRESS])


def check_ordinary(distress: Distress, file: YamlFile, shorthand: Mapping[str, str]) -> Iterator[Problem]:
    """Messages of people who are said to be well, and that rather say a distress: advice."""
    phrases = distress.phrases
    spelling = Spelling(phrases, shorthand)
    templates = Templates(phrases.lists, spelling.template)
    found, excuses = Automaton[PhrasePart](), Automaton[str]()
    for template, part in phrase_parts(phrases):
        if not part.alone:
            found.add(templates.read(template), part)
    for template, family in (*excuses_in(phrases), *((template, _BUSINESS) for template in phrases.business)):
        excuses.add(templates.read(template), family)
    found.all_added()
    excuses.all_added()
    spelling.learn(frozenset(found.words | excuses.words))
    for n, message in enumerate(distress.examples.ordinary):
        if file.lines.get(("ordinary", n)) is None:
            continue  # the engine's own
        said = spelling.message(_QUOTED.sub(" ", message))
        if (spans := list(found.spans(said))) and (family := _told(said, spans, list(excuses.spans(said)))):
            yield file.problem(("ordinary", n), "advice_distress_ordinary", phrase=message, family=family)


def _told(said: list[str], spans: list[PhraseSpan[PhrasePart]], excuses: list[PhraseSpan[str]]) -> str:
    """The kind of distress that a message tells by a phrase that is enough, or little else than such phrases."""
    _, left = phrases_in(spans, excuses, is_business=False)
    kept = [one for one in spans if set(left).intersection(one.labels)]
    at = {n for one in kept for n in range(one.start, one.end)}
    words = [n for n, word in enumerate(said) if word not in (STOP, EDGE)]
    share = len(at.intersection(words)) / max(len(words), 1)
    is_business = any(_BUSINESS in one.labels for one in excuses)
    first_end, last_start = min((one.end for one in kept), default=0), max((one.start for one in kept), default=0)
    are_several = last_start >= first_end and not is_business  # one after the other
    # Parts that stand apart meet by chance: « à la piscine, je ne sais pas nager ».
    is_told = any(part.sure and part.parts == 1 for part in left) or share >= (_OF_SEVERAL if are_several else _OF_ONE)
    return min(part.family for part in left) if left and is_told else ""


def _of_two_kinds(examples: DistressExamples, file: YamlFile) -> Iterator[Problem]:
    """A message of distress that stands among the ordinary ones too teaches nothing, and may hide one."""
    ordinary = {message.casefold(): n for n, message in enumerate(examples.ordinary)}
    for name, messages in examples.families.items():
        for n, message in enumerate(messages):
            if (other := ordinary.get(message.casefold())) is not None:
                family, well = ("families", name, n), ("ordinary", other)
                place = family if file.lines.get(family) else well  # the one that the package has written
                yield file.problem(place, "distress_two_kinds", phrase=message, family=name)


def _numbers(distress: Distress, file: YamlFile) -> Iterator[Problem]:
    """A number that a reply no longer gives would be a grave slip of the editor."""
    for n, family in enumerate(distress.texts.families):
        wordings: dict[str, ReplyWording] = {"french": family.french, "english": family.english}
        for language, wording in wordings.items():
            for number in family.numbers:
                if number not in _digits(wording.reply):
                    place: KeyPath = ("families", n, language, "reply")
                    yield file.problem(place, "distress_number_missing", family=family.id, number=number)


def _digits(text: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in text).split()


def _templates(phrases: DistressPhrases, file: YamlFile, shorthand: Mapping[str, str]) -> Iterator[Problem]:
    templates = Templates(phrases.lists, Spelling(phrases, shorthand).template)
    for place, template in _written(phrases):
        try:
            shortest = sum(templates.read(part).shortest for part in template.split(BOTH))
        except TemplateError as error:
            yield file.problem(place, "bad_template", part=str(error))
            continue
        if shortest < SHORTEST and place[0] != "lists" and "alone" not in place and place[0] != "business":
            yield file.problem(place, "distress_too_short", phrase=template[:60], least=SHORTEST)
    framing = Templates(phrases.frame_lists, plain_words)
    for name, part, n, template in frame_templates(phrases):
        try:
            framing.read(template)
        except TemplateError as error:
            yield file.problem(("frames", name, part, n), "bad_template", part=str(error))


def _written(phrases: DistressPhrases) -> Iterator[tuple[KeyPath, str]]:
    """Every template, with where it is written."""
    for name, listed in phrases.lists.items():
        yield from ((("lists", name, n), template) for n, template in enumerate(listed))
    for name, family in phrases.families.items():
        for key in ("french", "english", "sure", "sure_english", "alone", "idioms"):
            written: tuple[str, ...] = getattr(family, key)
            yield from ((("families", name, key, n), template) for n, template in enumerate(written))
    yield from ((("business", n), template) for n, template in enumerate(phrases.business))
    yield from ((("idioms", n), template) for n, template in enumerate(phrases.idioms))
    yield from ((("denials", n), template) for n, template in enumerate(phrases.denials))
