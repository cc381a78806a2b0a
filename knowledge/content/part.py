"""What the models of files have in common."""

from pydantic import BaseModel, ConfigDict


class ContentPart(BaseModel):
    """A part of a file: unknown keys are mistakes."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class TolerantPart(ContentPart):
    """The same; a number where a text is meant is a text."""

    model_config = ConfigDict(coerce_numbers_to_str=True)
