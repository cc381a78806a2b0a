"""What must hold in `dossier.yaml`: the sources that its papers name exist."""

from collections.abc import Container, Iterator

from knowledge.content.dossier import DossierForm
from knowledge.words.errors import Problem
from knowledge.words.yaml_file import KeyPath, YamlFile


def check_dossier(form: DossierForm, file: YamlFile, sources: Container[str]) -> Iterator[Problem]:
    """Every source that no line of `sources.yaml` has."""
    named: list[tuple[KeyPath, str | None]] = [
        (("kit", part, n, "source"), line.source)
        for part, lines in (("note", form.kit.note), ("decision", form.kit.decision))
        for n, line in enumerate(lines)
    ]
    named += [
        (("note", "parts", n, "lines", m, "source"), line.source)
        for n, part in enumerate(form.note.parts)
        for m, line in enumerate(part.lines)
    ]
    for place, name in named:
        if name and name not in sources:
            yield file.problem(place, "unknown_source", name=name, suggestion="")
