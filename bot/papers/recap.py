"""What may circulate, as PDF tagged for screen readers (PDF/UA-1), drawn by Typst from the templates beside."""

import json
from dataclasses import asdict
from pathlib import Path

from knowledge.content.dossier import DossierForm
from knowledge.dossier import Recap

_HERE = Path(__file__).parent


def draw(paper: str, recap: Recap, form: DossierForm, reference: str, contact: str) -> bytes:
    """`recap`: one or two pages that sum a dossier up. `kit`: a note of two minutes and an outline of a decision."""
    import typst  # noqa: PLC0415  (a compiler of 80 MB: loaded by whoever first asks for a PDF)

    words = (form.kit if paper == "kit" else form.recap).model_dump() | {"no_authority": form.recap.no_authority}
    data = asdict(recap) | {"words": words, "reference": reference, "contact": contact}
    drawn = typst.compile(
        (_HERE / f"{paper}.typ").read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
    )
    assert isinstance(drawn, bytes)  # one document, one file
    return drawn
