"""A content in which the next call is published: what the team will do one day, in a test."""

from datetime import date
from typing import Any

from knowledge.content.calendar import Call
from knowledge.content.models import Content

OPENING, MEETING, CLOSING = date(2027, 1, 11), date(2027, 1, 26), date(2027, 3, 1)


def with_new_call(
    content: Content, *, closing: date = CLOSING, hour: str = "14:30", until: str | None = None
) -> Content:
    """`content`, its last call dated. `hour`: of the meeting; `until`: of the closing."""
    steps: list[dict[str, Any]] = [
        {"id": "ami-suivant-ouverture", "kind": "opening", "label": "Ouverture", "date": OPENING},
        {"id": "ami-suivant-reunion", "kind": "information", "label": "Webinaire", "date": MEETING, "time": hour},
        {"id": "ami-suivant-cloture", "kind": "closing", "label": "Clôture", "date": closing, "time": until},
    ]
    fields = {"id": "ami-suivant", "title": "5e appel aux collectivités", "audience": "collectivites"}
    milestones = [{**step, "date": str(step["date"]), "source": "centraider"} for step in steps]
    call = Call.model_validate({**fields, "milestones": milestones})
    return content.model_copy(update={"calls": (*content.calls[:-1], call)})
