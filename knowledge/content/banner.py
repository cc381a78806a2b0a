"""What the team says for a while at the head of replies: « clôture ce soir à 18 h », « réponses suspendues »."""

import re
from datetime import date, datetime, time
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from knowledge.content.calendar import PARIS, PartialDate, moment
from knowledge.words.markup import MarkedText

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?")


def _end(written: object) -> datetime:
    """« 2027-03-01T18:00 », in Paris; without an hour, the end of that day."""
    if isinstance(written, datetime):
        return moment(written)
    match = _MOMENT.fullmatch(str(written))
    try:
        if match and match[2]:
            return datetime.combine(date.fromisoformat(match[1]), time.fromisoformat(match[2]), PARIS)
        if match:
            return moment(PartialDate.parse(match[1]).next_day)
    except ValueError:
        pass
    raise PydanticCustomError("bad_moment", "not a moment: {value}", {"value": str(written)})


class Banner(BaseModel):
    """`bandeau.yaml`, in the data folder: a sentence, and when it stops being said."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    text: Annotated[MarkedText, Field(min_length=1, max_length=200)]
    until: Annotated[datetime, BeforeValidator(_end)]
