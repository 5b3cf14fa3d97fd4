"""What can be set from outside: environment variables, and the same keys in a file `.env` in the working directory.

Build `Settings` in `main()` through `load`, never at import.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.transcript import is_name

LONGEST_DAYS = 36500
"""A hundred years: what is longer is a slip."""


class SettingsInvalid(Exception):  # noqa: N818 - named for what happened, as in core.errors
    """A setting has a value that cannot be; the text is a sentence that does not repeat the value."""


def data_folder() -> Path:
    """Where this user's data is kept: the database unless another is set, and what was typed in the terminal."""
    return Path(platformdirs.user_data_dir("spotter", appauthor=False))


def _default_database() -> str:
    return f"sqlite:///{data_folder() / 'spotter.db'}"


class Settings(BaseSettings):
    """All settings; `.env.example` explains them. An empty value is the same as none."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    # Never shown: a password may stand in it.
    database_url: str = Field(default_factory=_default_database, repr=False)
    # A token never stands in a message or a log line.
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None
    discord_token: SecretStr | None = None
    discord_api: str = "https://discord.com/api"
    spotter_debug: bool = False
    backup_days: int = Field(default=14, ge=0)
    backup_folder: Path | None = None
    keep_text_days: int | None = Field(default=None, ge=1)

    @field_validator("backup_days", "keep_text_days", mode="wrap")
    @classmethod
    def _days(cls, days: Any, whole: ValidatorFunctionWrapHandler, about: ValidationInfo) -> int | None:
        try:
            found: int | None = whole(days)
        except ValueError:
            least = "0 or more days, 0 for none" if about.field_name == "backup_days" else "1 or more days"
            raise ValueError(f"must be a whole number: {least}") from None
        if found is not None and found > LONGEST_DAYS:
            raise ValueError(f"must be {LONGEST_DAYS} days at the most")
        return found

    @field_validator("telegram_api", "discord_api", "telegram_webhook_url")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        if not url.startswith(("https://", "http://")):
            raise ValueError("must begin with https:// or http://")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_kind(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url


def load() -> Settings:
    """The settings of this process. Raises SettingsInvalid."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "A setting"
        wrong = first["msg"].removeprefix("Value error, ")
        raise SettingsInvalid(f"{name} {wrong if wrong.startswith('must') else 'cannot be read'}.") from None
    except (OSError, UnicodeError):
        raise SettingsInvalid(
            "The file .env in this folder cannot be read; it must be text in UTF-8."
        ) from None


def backups_of(chosen: Settings, database: Path) -> Path:
    """Where the backups of a database lie: where it is set, else in a folder beside it."""
    folder = chosen.backup_folder
    return database.parent / "backups" if folder is None else folder.expanduser()


def account_name() -> str:
    """The name of whoever is logged in on this machine, "lifter" where it has none that a transcript can hold."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "lifter"
    return name if is_name(name) else "lifter"


def machine_zone(environ: Mapping[str, str] = os.environ, link: Path = Path("/etc/localtime")) -> str:
    """The IANA name of this machine's time zone: from TZ, else from the link to its zone file, else "UTC"."""
    name = environ.get("TZ", "").removeprefix(":")
    if not name:
        try:
            name = os.fspath(link.resolve())
        except OSError:
            return "UTC"
    name = name.rpartition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
    return name if name != "Etc/UTC" and _is_zone(name) else "UTC"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError is one
        return False
    return True
