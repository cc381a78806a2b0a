"""The banner that the team sets without deploying: a small file in the data folder, read again when it changes."""

import logging
from pathlib import Path

import yaml
from pydantic import ValidationError

from bot.private_files import replace_private
from bot.sentences import tell
from knowledge.content.banner import Banner
from knowledge.words.errors import ContentError
from knowledge.words.yaml_file import read_yaml

logger = logging.getLogger(__name__)

BANNER = "bandeau.yaml"


class BannerFile:
    """`bandeau.yaml` in this folder."""

    def __init__(self, data: Path) -> None:
        self.path = data / BANNER
        self._seen = 0
        self._banner: Banner | None = None

    def read(self) -> Banner | None:
        """The banner as it stands; None without one. A file that is wrong is told once in the log, and is none."""
        try:
            changed_at = self.path.stat().st_mtime_ns
        except OSError:
            changed_at = 0
        if changed_at != self._seen:
            self._seen, self._banner = changed_at, self._parsed() if changed_at else None
        return self._banner

    def write(self, banner: Banner) -> None:
        """Say it from now on. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        told = {"text": banner.text, "until": banner.until.strftime("%Y-%m-%dT%H:%M")}
        replace_private(self.path, yaml.safe_dump(told, allow_unicode=True).encode())

    def remove(self) -> None:
        """Say nothing more."""
        self.path.unlink(missing_ok=True)

    def _parsed(self) -> Banner | None:
        try:
            return Banner.model_validate(read_yaml(self.path, BANNER).data)
        except (ContentError, ValidationError, OSError):
            logger.error(tell("banner_wrong", path=self.path))
            return None
