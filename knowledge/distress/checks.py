"""What must hold in the two files about distress: phrases that can be read, numbers that are given."""

from collections.abc import Iterator, Mapping

from knowledge.distress.frames import frame_templates, plain_words
from knowledge.distress.phrases import BOTH, SHORTEST
from knowledge.distress.spelling import Spelling
from knowledge.distress.word_lists import Distress, DistressPhrases, ReplyWording
from knowledge.words.content_files import DISTRESS, DISTRESS_EXAMPLES, DISTRESS_PHRASES
from knowledge.words.errors import Problem
from knowledge.words.templates import TemplateError, Templates
from knowledge.words.yaml_file import KeyPath, YamlFile


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
    yield from _templates(distress.phrases, files[DISTRESS_PHRASES], shorthand)
    yield from _numbers(distress, files[DISTRESS])


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
