"""What may circulate, as PDF tagged for screen readers (PDF/UA-1), drawn by Typst from the templates beside."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.papers.glyphs import FONTS, drawable, latin
from knowledge.content.dossier import DossierForm
from knowledge.content.papers import ANSWERED, KitLine, KitWords
from knowledge.submission import Note, Recap

_HERE = Path(__file__).parent


def draw(paper: str, recap: Recap, form: DossierForm, reference: str, contact: str) -> bytes:
    """`recap`: one or two pages that sum a dossier up. `kit`: a note of two minutes and an outline of a decision."""
    told = asdict(recap.for_team()) | {"reference": reference, "contact": contact}
    if paper == "kit":
        return drawn(paper, told | {"words": _filled(form.kit, recap), "who": _applicant(form.kit, recap)})
    words, who = form.recap, recap.who or form.recap.no_authority
    disclaimer = words.disclaimer_rules.format(rules=recap.rules) if recap.rules else words.disclaimer
    said = words.model_dump() | {"disclaimer": disclaimer}
    return drawn(paper, told | {"words": said, "who": who})


def _applicant(kit: KitWords, recap: Recap) -> str:
    """Who applies, as a council calls itself; empty when that is not known. La Réunion is a région, and a commune."""
    name, kind = recap.said.get("name", ""), recap.said.get("kind", "")
    name = name[:1].upper() + name[1:]
    return kit.applicant.format(name=name, kind=kind) if name and kind else name


def _filled(kit: KitWords, recap: Recap) -> dict[str, Any]:
    """The kit's words, its sentences filled with the answers: what is not known stays blank."""
    known = {name: recap.said.get(name, kit.blank) for name in ANSWERED}

    def filled(line: KitLine) -> dict[str, str | None]:
        # A source of a kit drawn from a dossier of before is not there to be named.
        return {"text": line.text.format(**known), "source": line.source if line.source in recap.sources else None}

    lines = {"note": [filled(line) for line in kit.note], "decision": [filled(line) for line in kit.decision]}
    return kit.model_dump(exclude={"note", "decision"}) | lines


def draw_note(form: DossierForm, note: Note) -> bytes:
    """One page on the programme, for whoever has not answered anything."""
    parts = [
        {"title": title, "lines": [{"text": text, "source": source} for text, source in lines]}
        for title, lines in note.parts
    ]
    words = form.note.model_dump(exclude={"parts"})
    data = {"words": words, "parts": parts, "questions": form.note.to_ask}
    return drawn("note", asdict(note) | data)


def drawn(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template of this folder, whatever signs are in its data."""
    import typst  # noqa: PLC0415  (a compiler of 80 MB: loaded by whoever first asks for a PDF)

    text = drawable(json.dumps(data, ensure_ascii=False))
    try:
        return _compiled(template, text)
    except typst.TypstError:  # signs that the font has, and cannot join: the paper matters more than they do
        return _compiled(template, latin(text))


def _compiled(template: str, data: str) -> bytes:
    import typst  # noqa: PLC0415

    pdf = typst.compile(
        str(_HERE / f"{template}.typ"),
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,  # the same paper on every machine
    )
    assert isinstance(pdf, bytes)  # one document, one file
    return pdf
