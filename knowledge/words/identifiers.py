"""The identifiers of the content: short enough for a Telegram button, safe in a deep link."""

from typing import Annotated

from pydantic import StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,32}$")]
"""Telegram allows 64 bytes of callback data and 64 characters in a deep link."""
