"""`spotter backup`: a copy of the log, made while Spotter serves or stands still."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

USAGE: Final = """\
spotter backup [FILE]

Copies the database, whole or not at all, and looks through the copy. Spotter may be serving meanwhile. Without
FILE the copy lies where those of every night lie, named by its time, and is dropped with them; FILE may be a folder.
A file that exists is not replaced. On PostgreSQL backups are the server's: use pg_dump."""


class UsageWrong(Exception):  # noqa: N818 - named for what happened
    """The command line cannot be understood; the text says why."""


def run(arguments: Sequence[str]) -> int:
    """Copies it; the exit status. Raises UsageWrong."""
    if len(arguments) > 1 or any(word.startswith("--") for word in arguments):
        raise UsageWrong("spotter backup takes the name of a file, or nothing.")
    return told(lambda: _copied(*map(Path, arguments)))


def told(work: Callable[[], str]) -> int:
    """Prints the sentences that something ends with, or with which it fails; the exit status: 2 where a setting is wrong
    or leaves nothing to do, 1 where it did not work."""
    from bot.settings import SettingsInvalid
    from core.errors import SpotterError

    try:
        print(work())
    except SettingsInvalid as invalid:
        print(invalid, file=sys.stderr)
        return 2
    except SpotterError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def database_of(url: str, instead: str) -> Path:
    """The file that the log is kept in. SettingsInvalid, which says what to do `instead`, where it is a server."""
    from bot.settings import SettingsInvalid
    from core.store import file_of

    file = file_of(url)
    if file is None:
        raise SettingsInvalid(f"This log is on a PostgreSQL server, whose own tools {instead}.")
    return file


def _copied(wanted: Path | None = None) -> str:
    from bot import settings
    from core.errors import StoreUnreachable
    from core.store.backup import back_up, named, revision_of

    chosen, now = settings.load(), datetime.now(UTC)
    database = database_of(chosen.database_url, "make its backups: pg_dump, for one")
    if not database.is_file():
        raise StoreUnreachable(f"There is no log at {database} yet.")
    try:
        revision_of(database)
    except OSError as error:
        raise StoreUnreachable(f"{database} cannot be read: {error.strerror}.") from error
    folder = settings.backups_of(chosen, database) if wanted is None else wanted
    is_folder = wanted is None or wanted.is_dir()
    target = folder / named(database, now) if is_folder else folder
    if target.exists():
        raise StoreUnreachable(f"{target} is there already. Name another file.")
    back_up(database, target, checked=True)
    return (
        f"Backed up to {target.absolute()}: {target.stat().st_size / 1e6:,.1f} MB, looked through and well."
    )
