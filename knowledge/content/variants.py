"""Texts that say one thing while nothing is known of a call, and another once `appel.yaml` tells it.

{si:amounts}{appel:title} : {appel:amounts}{sinon}Je n'ai trouvé aucun montant.{fin}
Of the call to another audience than the first: {si:organismes:amounts}{appel:organismes:amounts}{fin}
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from knowledge.content.open_call import OpenCalls
from knowledge.words.errors import Problem, explain
from knowledge.words.meant import nearest
from knowledge.words.yaml_file import KeyPath, YamlFile

_INNER = r"((?:(?!\{si:|\{fin\}|\{sinon\}).)*)"
_NAME = r"((?:[a-z0-9-]+:)?[a-z_]+)"
_CHOICE = re.compile(rf"\{{si:{_NAME}\}}{_INNER}(?:\{{sinon\}}{_INNER})?\{{fin\}}", re.DOTALL)
_VALUE = re.compile(rf"\{{appel:{_NAME}\}}")
_LEFT = re.compile(r"\{(?:si:[^}]*|sinon|fin|appel:[^}]*)\}")
_MARKS = ("{sinon}", "{fin}")
_MARK = re.compile(r"\{[^{}:]*\}")
"""These, as they may be typed. With a slip, « {Sinon} », what follows would be left out with what is not chosen."""
_END_SHOWN = 60
_BLANK = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Variants:
    """Chooses, in the files of a package as they are read, what each text says."""

    calls: OpenCalls

    def choose(self, file: YamlFile) -> list[Problem]:
        """Put what each text says in its place; what is wrong is told.

        An entry of which a text tells something of the call cites its source, and is as young as it.
        An item of a list that says nothing any more is left out.
        """
        told, names = self.calls.told, self.calls.names
        problems: list[Problem] = []
        silent: list[KeyPath] = []
        for place, text in _texts(file):
            marks = ((one[0], nearest(one[0], _MARKS)) for one in _MARK.finditer(text))
            if odd := next(((one, meant) for one, meant in marks if meant and one not in _MARKS), None):
                problems.append(file.problem(place, "odd_mark", name=odd[0], meant=odd[1]))
                continue
            unknown = {match[1] for pattern in (_CHOICE, _VALUE) for match in pattern.finditer(text)} - names
            chosen, tells = _chosen(text, told)
            if unknown:
                problems.append(_unknown_name(file, place, min(unknown), names))
            elif left := _LEFT.search(chosen):
                problems.append(_left_open(file, place, text, left[0]))
            elif chosen != text:
                _put(file, place, chosen)
                silent += [_item(place)] if not chosen and _item(place) else []
                if place[0] == "topics":
                    self._sign(file, place, {self.calls.telling(name) for name in tells})
        for place in sorted(silent, reverse=True):
            _leave_out(file, place)
        return problems

    def _sign(self, file: YamlFile, place: KeyPath, sources: Iterable[str]) -> None:
        topic = file.at(place[:2])
        for source in sorted(sources):
            if source in (cited := topic.get("sources") or []):
                continue
            call = self.calls.by_source[source]
            days = [(str(call.source.read_on), str(call.review_by))]
            if any(name in self.calls.by_source for name in cited):  # the oldest of both
                days.append((topic["checked_on"], topic["review_by"]))
            topic["sources"] = [*cited, source]
            topic["checked_on"], topic["review_by"] = map(min, zip(*days, strict=True))
            if topic.get("once_old"):
                topic["once_old"]["after"] = topic["review_by"]


def _chosen(text: str, told: Mapping[str, str]) -> tuple[str, set[str]]:
    """The text, and the names of what it tells of the calls."""
    while (chosen := _CHOICE.sub(lambda choice: (choice[2] if choice[1] in told else choice[3]) or "", text)) != text:
        text = chosen  # the inner choices are made; now those around them
    tells = {match[1] for match in _VALUE.finditer(text) if match[1] in told}
    filled = _VALUE.sub(lambda value: told.get(value[1], value[0]), text)
    return _BLANK.sub("\n\n", filled).strip(), tells


def _unknown_name(file: YamlFile, place: KeyPath, name: str, names: Collection[str]) -> Problem:
    """What was meant, with the line put right; what there is, in short names, where nothing is near."""
    meant = nearest(name, names)
    line = file.mended(place, name, meant) if meant else explain("call_name_where")
    known = ", ".join(sorted(one for one in names if ":" not in one))
    told = explain("suggestion", name=meant) if meant else ""
    return file.problem(place, "call_name", name=name, known=known, suggestion=told, line=line)


def _left_open(file: YamlFile, place: KeyPath, text: str, mark: str) -> Problem:
    """A choice that is not where it can be made: mostly, one that lacks its end."""
    if text.count("{si:") > text.count("{fin}"):
        return file.problem(place, "call_open", mark=mark, line=f"…{text.splitlines()[-1][-_END_SHOWN:]}{{fin}}")
    return file.problem(place, "call_choice", mark=mark)


def _texts(file: YamlFile) -> list[tuple[KeyPath, str]]:
    """The texts that choose, with their places."""
    found: list[tuple[KeyPath, str]] = []
    waiting: list[tuple[KeyPath, object]] = [((), file.data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str):
            found += [(place, value)] if _LEFT.search(value) else []
        elif isinstance(value, dict):
            waiting += [((*place, key), part) for key, part in value.items()]
        elif isinstance(value, list):
            waiting += [((*place, n), part) for n, part in enumerate(value)]
    return found


def _put(file: YamlFile, place: KeyPath, text: str) -> None:
    file.at(place[:-1])[place[-1]] = text


def _item(place: KeyPath) -> KeyPath:
    """The item of a list that a text is, or whose `text` it is; else nothing."""
    if isinstance(place[-1], int):
        return place
    return place[:-1] if place[-1] == "text" and isinstance(place[-2], int) else ()


def _leave_out(file: YamlFile, place: KeyPath) -> None:
    """Take an item out of its list; the lines of those after it stay right."""
    of, n = place[:-1], place[-1]
    assert isinstance(n, int)
    del file.at(of)[n]

    def where(known: KeyPath) -> KeyPath | None:
        at = known[len(of)] if len(known) > len(of) and known[: len(of)] == of else None
        if not isinstance(at, int) or at < n:
            return known
        return (*of, at - 1, *known[len(of) + 1 :]) if at > n else None

    file.lines = file.lines.moved(where)
