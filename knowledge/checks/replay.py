"""Every phrasing asked again: which do not reach the entry that they stand in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from knowledge.understanding.decision import Reading
from knowledge.words.errors import Problem, explain
from knowledge.words.yaml_file import YamlFile


@dataclass(frozen=True)
class Replay:
    """How many phrasings were asked, how many only have their entry offered, which go astray."""

    asked: int
    offered: int
    astray: tuple[Problem, ...]


def replay(files: Iterable[YamlFile], read: Callable[[str], Reading]) -> Replay:
    """Ask each phrasing of the files of `topics/`, which were checked before."""
    asked, offered, astray = 0, 0, []
    for file in files:
        for n, topic in enumerate(cast(Any, file.data)["topics"]):
            for m, phrase in enumerate(topic["questions"]):
                asked += 1
                reading = read(phrase)
                if topic["id"] in _answered(reading):
                    continue
                if reading.acknowledgement or topic["id"] in _offered(reading):
                    offered += 1  # who speaks is noted, wherever the phrasing stands
                    continue
                found = ", ".join(_answered(reading) or _offered(reading)) or explain("astray_nowhere")
                place = ("topics", n, "questions", m)
                astray.append(file.problem(place, "astray", phrase=phrase, topic=topic["id"], found=found))
    return Replay(asked, offered, tuple(astray))


def _answered(reading: Reading) -> list[str]:
    return [answer.topic for answer in reading.answers]


def _offered(reading: Reading) -> list[str]:
    noted = reading.acknowledgement
    return [*reading.choices, *(noted.topics if noted else ())]
