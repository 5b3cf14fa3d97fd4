"""Bringing a database up to the schema of this program.

Alembic and SQLAlchemy are imported only here, only inside functions, and only when there is something to do.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import migrations
from core.errors import StoreError, StoreTooNew, StoreUnreachable
from core.store.connection import WAIT_SECONDS

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

# Found relative to the package, so that the working directory does not matter.
_SCRIPTS = Path(migrations.__file__).parent


@dataclass(frozen=True, slots=True)
class Revisions:
    """The schema to bring a database up to, and the folders in which the steps to it lie."""

    head: str
    folders: tuple[Path, ...]


SHIPPED = Revisions("0009", (_SCRIPTS / "versions",))
"""What this program ships. `head` is written here so that a start needs no Alembic to know that all is well."""


def upgrade_sqlite(path: Path, found: str | None, revisions: Revisions, now: datetime) -> None:
    """Upgrades a file from the revision `found`, None for an empty one; a file with data is backed up first."""
    from sqlalchemy import create_engine, event

    config = _config(revisions)
    _check_known(config, found, revisions, str(path))
    if found is not None:
        back_up(path, path.with_name(f"{path.name}.{found}.{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"))
    engine = create_engine("sqlite://", creator=lambda: _connection(path))
    # IMMEDIATE, so that of two programs that start at once the second one waits.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    _upgrade(engine, config, revisions)


def upgrade_postgres(conninfo: str, found: str | None, revisions: Revisions) -> None:
    """Upgrades a database from the revision `found`, None for an empty one. Backups are the server's."""
    import psycopg
    from sqlalchemy import create_engine

    config = _config(revisions)
    _check_known(config, found, revisions, "on PostgreSQL")
    # By a function, so that the password stands in no address that an error message could repeat.
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo))
    _upgrade(engine, config, revisions)


def back_up(source: Path, target: Path) -> None:
    """Copies a SQLite file that may be in use, whole or not at all. An existing `target` is replaced.

    Raises StoreUnreachable if it cannot be written.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(partial)) as copy:
            live.backup(copy)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise StoreUnreachable(f"Cannot write the backup {target}: {error}.") from error


def _config(revisions: Revisions) -> Config:
    from alembic.config import Config

    config = Config()
    folders = "\n".join(str(folder) for folder in revisions.folders)
    options = {"script_location": str(_SCRIPTS), "path_separator": "newline", "version_locations": folders}
    for name, value in options.items():
        config.set_main_option(name, value.replace("%", "%%"))
    return config


def _check_known(config: Config, found: str | None, revisions: Revisions, where: str) -> None:
    """StoreTooNew unless `found` is one of the revisions that lead to ours."""
    from alembic.script import ScriptDirectory

    walk = ScriptDirectory.from_config(config).walk_revisions(head=revisions.head)
    if found is not None and found not in {step.revision for step in walk}:
        raise StoreTooNew(
            f"The database {where} was made by a newer Spotter (its revision is {found}, this program knows up to "
            f"{revisions.head}). Use that newer version, or restore the backup made before it upgraded."
        )


def _upgrade(engine: Engine, config: Config, revisions: Revisions) -> None:
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revisions.head)
    except DBAPIError as error:
        raise StoreError(f"The database could not be upgraded, and is as it was: {error.orig}.") from error
    finally:
        engine.dispose()


def _connection(path: Path) -> sqlite3.Connection:
    # No isolation level: the driver's implicit BEGIN comes too late for what is to be undone, ours is in words.
    raw = sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECONDS)
    # Off while tables may be rebuilt: dropping the old one would fire its ON DELETE rules. Inside a transaction
    # this pragma does nothing, so here is the place; the environment checks all keys before the commit.
    raw.execute("PRAGMA foreign_keys = OFF")
    return raw
