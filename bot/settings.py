"""The settings: environment variables TEVO_…, all optional, read once at start.

A secret may be given in a file instead (TEVO_BOT_TOKEN_FILE), which wins over the variable.
"""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.private_files import is_private_folder
from bot.sentences import has, tell
from knowledge import PACKAGED
from knowledge.words.errors import TevoError

if TYPE_CHECKING:
    from knowledge.content.models import Content

PREFIX = "TEVO_"
DOSSIERS_DAYS, DRAFTS_DAYS, QUESTIONS_DAYS = 365, 30, 90
"""How long these are kept at most, as people are told."""
HANDLING = ("controller", "dpo", "legal_basis", "recipients")
"""What people are told of who handles their data: together, or not at all."""
_DOCKER_SECRETS = Path("/run/secrets")
"""Docker mounts them readable by all, but inside the container only."""


class SettingsError(TevoError):
    """A setting is wrong or missing: one line for each, naming the variable to change."""


def _matching(pattern: str) -> AfterValidator:
    """Pydantic's own `pattern` does not apply to secrets."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError
        return secret

    return AfterValidator(check)


def _checked_mail_server(secret: SecretStr) -> SecretStr:
    """smtp or smtps, a host, perhaps a port, nothing after it. Raises ValueError."""
    url = secret.get_secret_value()
    parts = urlsplit(url)
    is_whole = parts.scheme in ("smtp", "smtps") and parts.hostname and not parts.path.strip("/")
    is_plain = not (parts.query or parts.fragment or re.search(r"\s", url))
    if not (is_whole and is_plain) or parts.port == 0:  # a port that is none raises by itself
        raise ValueError
    return secret


class Settings(BaseModel):
    """Everything that an operator may choose. Secrets do not show in its repr."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    content: Path = PACKAGED
    """Folder of the content package."""
    data: Path = Path("data")
    """Folder of what the bot writes: database, heartbeat, key."""
    database_url: Annotated[SecretStr, _matching(r"(sqlite|postgresql)(\+\w+)?://.*")] | None = None
    """Another database than the SQLite file in `data`. Secret: it may hold a password."""
    database_url_new: Annotated[SecretStr, _matching(r"(sqlite|postgresql)(\+\w+)?://.*")] | None = None
    """The database to move to, for `tevo database copy` only."""
    bot_token: Annotated[SecretStr, _matching(r"\d+:[A-Za-z0-9_-]+")] | None = None
    telegram_api: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] = "https://api.telegram.org"
    messages_per_second: Annotated[int, Field(ge=1)] = 30
    """That Telegram takes from us in all chats; more only where it was agreed with it."""
    contact_email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[A-Za-z]+$")] | None = None
    controller: Annotated[str, Field(min_length=3, max_length=300)] | None = None
    """Who decides what becomes of the data that is sent: name and address. With the next three, dossiers may leave."""
    dpo: Annotated[str, Field(min_length=3, max_length=300)] | None = None
    """How to reach the data protection officer."""
    legal_basis: Annotated[str, Field(min_length=3, max_length=300)] | None = None
    recipients: Annotated[str, Field(min_length=3, max_length=300)] | None = None
    smtp_url: Annotated[SecretStr, AfterValidator(_checked_mail_server)] | None = None
    """Mail server for the dossiers. Without it they are kept and not sent. Secret: it may hold a password."""
    mail_from: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[A-Za-z]+$")] | None = None
    mail_doubt: Literal["resend", "hold"] = "resend"
    """What was perhaps sent: sent again under the same number, or left to a person."""
    mails_per_hour: Annotated[int, Field(ge=1)] = 500
    """To the team: beyond, dossiers wait; it is told from a fifth on."""
    team_chat: int | None = None
    """Telegram chat where the team is told what needs a person."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    webhook_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] | None = None
    """Public address that Telegram posts updates to. Without it: long polling."""
    webhook_secret: Annotated[SecretStr, _matching(r"[A-Za-z0-9_-]{16,256}")] | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Where /metrics and /health answer; without it, nothing listens."""
    metrics_host: str = "127.0.0.1"
    data_key: Annotated[SecretStr, _matching(r"(?s).{32,}")] | None = None
    """Seals personal data and makes the pseudonyms; without it, one is drawn once and kept in `data`."""
    data_key_old: Annotated[SecretStr, _matching(r"(?s).{32,}")] | None = None
    """The key before, for `tevo rotate-key` only."""
    # How long data is kept. People are told the longest: a setting can only shorten it.
    keep_dossiers_days: Annotated[int, Field(ge=1, le=DOSSIERS_DAYS)] = DOSSIERS_DAYS
    keep_drafts_days: Annotated[int, Field(ge=1, le=DRAFTS_DAYS)] = DRAFTS_DAYS
    keep_questions_days: Annotated[int, Field(ge=1, le=QUESTIONS_DAYS)] = QUESTIONS_DAYS

    @property
    def database(self) -> str:
        """SQLAlchemy URL, with the asynchronous driver. Holds the password: never log it."""
        url = self.database_url.get_secret_value() if self.database_url else ""
        for short, full in (("postgresql://", "postgresql+asyncpg://"), ("sqlite://", "sqlite+aiosqlite://")):
            if url.startswith(short):
                return full + url.removeprefix(short)
        return url or f"sqlite+aiosqlite:///{self.data / 'tevo.db'}"

    @property
    def says_where(self) -> bool:
        """Whether the operator said where data is: an assistant may be in service there."""
        return bool(self.model_fields_set & {"data", "database_url"})

    @property
    def for_trial(self) -> "Settings":
        """The same for `tevo chat`: in a folder of its own, unless another was given."""
        return self if self.says_where else self.model_copy(update={"data": self.data / "essai"})

    @property
    def processing(self) -> dict[str, str] | None:
        """What people are told before anything is sent, by key of `programme.yaml`; None until all of it is set."""
        told = {name: getattr(self, name) for name in HANDLING}
        return told if all(told.values()) else None

    @property
    def mail_files(self) -> Path:
        """Where messages are written when there is no mail server."""
        return self.data / "courriels"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret in clear, for the logs to hide."""
        values = [getattr(self, name) for name in _SECRETS]
        return tuple(value.get_secret_value() for value in values if value is not None)


_SECRETS = ("database_url", "database_url_new", "bot_token", "webhook_secret", "data_key", "data_key_old", "smtp_url")


def models_folder(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Where what was learnt from the content is kept between two starts: it can be deleted at any time.

    None on an account without a home, or where others could lay a file.
    """
    try:
        folder = Path(environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "tevo"
    except RuntimeError:
        return None
    return folder if is_private_folder(folder) else None


def content_as_set(content: "Content", settings: Settings) -> "Content":
    """The content, which says what the settings say of the team and of personal data."""
    told: dict[str, object] = {"email": settings.contact_email} if settings.contact_email else {}
    if settings.processing:
        from knowledge.content.programme import Processing  # noqa: PLC0415  (its models: where there is a content)

        told["personal_data"] = Processing.model_validate(settings.processing)
    return content.model_copy(update={"programme": content.programme.model_copy(update=told)}) if told else content


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this environment; an empty variable counts as not set.

    Raises SettingsError with one line for each mistake, all at once.
    """
    problems: list[str] = []
    given: dict[str, str] = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or not value.strip():
            continue
        field = name.removeprefix(PREFIX).lower()
        if field in Settings.model_fields:
            given.setdefault(field, value.strip())
        elif field.removesuffix("_file") in _SECRETS:
            given[field.removesuffix("_file")] = _read_secret(name, Path(value.strip()), problems)
        else:
            problems.append(_unknown(name))
    settings = _validated(given, problems)
    if problems or settings is None:
        raise SettingsError("\n".join(sorted(problems)))
    return settings


def _validated(given: dict[str, str], problems: list[str]) -> Settings | None:
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        problems += [_wrong(str(detail["loc"][0]), given) for detail in error.errors(include_input=False)]
        return None
    if settings.smtp_url and settings.mail_from is None:
        problems.append(tell("setting_mail_from_missing"))
    if settings.webhook_url and settings.webhook_secret is None:
        problems.append(tell("setting_webhook_no_secret"))
    return settings


def _read_secret(name: str, path: Path, problems: list[str]) -> str:
    try:
        if path.stat().st_mode & 0o004 and _DOCKER_SECRETS not in path.parents:
            problems.append(tell("setting_file_open", name=name, path=path))
        # Editors end files with a newline, and some begin them with a byte order mark; a token has neither.
        return path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        problems.append(tell("setting_file_missing", name=name, path=path))
        return ""


def _wrong(field: str, given: Mapping[str, str]) -> str:
    name = PREFIX + field.upper()
    key = f"setting_{field}"
    expected = tell(key if has(key) else "setting_expected")
    if field in _SECRETS:
        return tell("setting_wrong_secret", name=name, expected=expected)
    return tell("setting_wrong", name=name, value=given[field], expected=expected)


def _unknown(name: str) -> str:
    known = [PREFIX + field.upper() for field in Settings.model_fields]
    known += [f"{PREFIX}{field.upper()}_FILE" for field in _SECRETS]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return tell("setting_unknown_near", name=name, near=near[0]) if near else tell("setting_unknown", name=name)
