"""What must hold in `dossier.yaml`: the sources that its papers name exist."""

from collections.abc import Iterator, Mapping

from knowledge.content.dossier import DossierForm
from knowledge.content.sources import Source
from knowledge.words.errors import Problem
from knowledge.words.meant import unknown
from knowledge.words.yaml_file import KeyPath, YamlFile


def check_dossier(form: DossierForm, file: YamlFile, sources: Mapping[str, Source]) -> Iterator[Problem]:
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
    called = {source.id: (source.name,) for source in sources.values()}
    for place, name in named:
        if name and name not in sources:
            yield unknown(file, place, "unknown_source", name, called)
