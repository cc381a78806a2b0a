"""What may circulate, as PDF tagged for screen readers (PDF/UA-1), drawn by Typst from the templates beside."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.papers.glyphs import FONTS, drawable, latin
from knowledge.content.dossier import ANSWERED, DossierForm
from knowledge.dossier import Note, Recap

_HERE = Path(__file__).parent


def draw(paper: str, recap: Recap, form: DossierForm, reference: str, contact: str) -> bytes:
    """`recap`: one or two pages that sum a dossier up. `kit`: a note of two minutes and an outline of a decision."""
    words = (form.kit if paper == "kit" else form.recap).model_dump()
    if paper == "kit":
        known = {name: recap.said.get(name, form.kit.blank) for name in ANSWERED}
        words |= {part: [line.format(**known) for line in words[part]] for part in ("note", "decision")}
    who = recap.who or form.recap.no_authority
    return drawn(paper, asdict(recap) | {"words": words, "who": who, "reference": reference, "contact": contact})


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
