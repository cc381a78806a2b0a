"""What the models of files have in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class ContentPart(BaseModel):
    """A part of a file: unknown keys are mistakes."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class TolerantPart(ContentPart):
    """The same; a number where a text is meant is a text."""

    model_config = ConfigDict(coerce_numbers_to_str=True)


class TextPart(ContentPart):
    """The same; one that has nothing but its `text` may be written as that alone."""

    @model_validator(mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value
