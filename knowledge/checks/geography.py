"""What must hold of places and countries that the content names: they exist, written as they are looked up."""

from collections.abc import Iterator
from functools import cache

from knowledge.checks.files import Package
from knowledge.checks.slips import country_line
from knowledge.questionnaire.countries import usual_names
from knowledge.understanding.situation.areas import area_names, zones
from knowledge.words.content_files import AID, FORM, SITUATION
from knowledge.words.errors import Problem, explain
from knowledge.words.meant import Called, unknown
from knowledge.words.text import unaccented
from knowledge.words.yaml_file import KeyPath, YamlFile


def check_geography(package: Package) -> Iterator[Problem]:
    """Every département, région, territory, zone and country that there is not."""
    for file, place, topic in package.topics():
        for n, point in enumerate(topic.points):
            for m, name in enumerate(point.places):
                if name not in _places():
                    yield unknown(file, (*place, "points", n, "places", m), "unknown_place", name, _places())
    if package.situation is not None:
        for name in package.situation.countries.towns:
            if unaccented(name) not in _countries():
                here: KeyPath = ("countries", "towns", name)
                yield unknown(package.files[SITUATION], here, "unknown_country_name", name, _countries())
    for n, question in enumerate(package.form.questions if package.form else ()):
        for m, code in enumerate(question.aid.union if question.aid else ()):
            if question.aid and code in {*question.aid.destinations, *question.aid.origins}:
                yield package.files[FORM].problem(("questions", n, "aid", "union", m), "country_twice", name=code)
    for file, place, code in _codes(package):
        if code not in usual_names():
            line = country_line(file, place, code) or explain("bad_code_where")
            yield file.problem(place, "unknown_country", name=code, line=line)


@cache
def _places() -> Called:
    """By the name that they are looked up by, how else they are called."""
    return area_names() | dict.fromkeys(zones(), ())


@cache
def _countries() -> Called:
    """By name, without accents or capitals, how else each country is written."""
    return {unaccented(ways[0]): ways for ways in usual_names().values()}


def _codes(package: Package) -> Iterator[tuple[YamlFile, KeyPath, str]]:
    """The codes of countries in lists on development aid."""
    for n, question in enumerate(package.form.questions if package.form else ()):
        if question.aid is None:
            continue
        for key in ("destinations", "origins", "union"):
            for m, code in enumerate(getattr(question.aid, key)):
                yield package.files[FORM], ("questions", n, "aid", key, m), code
        if question.aid.dated:
            yield from ((package.files[AID], ("countries", code), code) for code in question.aid.dated.countries)
