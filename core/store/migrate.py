"""Bringing a database up to the schema of this program.

Alembic and SQLAlchemy are imported only here, only inside functions, and only when there is something to do.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import migrations
from core.errors import StoreError, StoreTooNew
from core.store.backup import back_up, named
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


SHIPPED = Revisions("0011", (_SCRIPTS / "versions",))
"""What this program ships. `head` is written here so that a start needs no Alembic to know that all is well."""


def upgrade_sqlite(path: Path, found: str | None, revisions: Revisions, now: datetime) -> None:
    """Upgrades a file from the revision `found`, None for an empty one; a file with data is backed up first."""
    from sqlalchemy import create_engine, event

    config = _config(revisions)
    _check_known(config, found, revisions, f"The database {path}")
    if found is not None:
        back_up(path, path.with_name(named(path, now, found)))
    engine = create_engine("sqlite://", creator=lambda: _connection(path))
    # IMMEDIATE, so that of two programs that start at once the second one waits.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    _upgrade(engine, config, revisions)


def upgrade_postgres(conninfo: str, found: str | None, revisions: Revisions) -> None:
    """Upgrades a database from the revision `found`, None for an empty one. Backups are the server's."""
    import psycopg
    from sqlalchemy import create_engine

    config = _config(revisions)
    _check_known(config, found, revisions, "The database on PostgreSQL")
    # By a function, so that the password stands in no address that an error message could repeat.
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo))
    _upgrade(engine, config, revisions)


def check_known(found: str, revisions: Revisions, what: str) -> None:
    """StoreTooNew, which begins with `what` it is about, unless the revision `found` leads to ours or is ours."""
    if found != revisions.head:
        _check_known(_config(revisions), found, revisions, what)


def _config(revisions: Revisions) -> Config:
    from alembic.config import Config

    config = Config()
    folders = "\n".join(str(folder) for folder in revisions.folders)
    options = {"script_location": str(_SCRIPTS), "path_separator": "newline", "version_locations": folders}
    for name, value in options.items():
        config.set_main_option(name, value.replace("%", "%%"))
    return config


def _check_known(config: Config, found: str | None, revisions: Revisions, what: str) -> None:
    """StoreTooNew unless `found` is one of the revisions that lead to ours."""
    from alembic.script import ScriptDirectory

    walk = ScriptDirectory.from_config(config).walk_revisions(head=revisions.head)
    if found is not None and found not in {step.revision for step in walk}:
        raise StoreTooNew(
            f"{what} was made by a newer Spotter (its revision is {found}, this program knows up to "
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
