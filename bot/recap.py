"""The recap of a dossier as a PDF: tagged for screen readers (PDF/UA-1), drawn by Typst from `recap.typ`."""

import json
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_suffix(".typ")


def draw(recap: dict[str, Any]) -> bytes:
    """The PDF. `recap`: what `handlers.form_screens.FormScreens.recap_fields` gives."""
    import typst  # noqa: PLC0415  (a compiler of 80 MB: loaded by whoever first asks for a recap)

    drawn = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(recap, ensure_ascii=False)},
        pdf_standards="ua-1",
    )
    assert isinstance(drawn, bytes)  # one document, one file
    return drawn
