"""The store: the only SQL in the house.

`open_store` gives a `Store`; inside `async with store.write() as conn` (or `store.read()`), the functions of `people`,
`lifts`, `messages`, `sets`, `questions`, `changes`, `plans` and `imports` take that connection first.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from core.errors import StoreAddressInvalid
from core.store.connection import Connection, Store
from core.store.migrate import SHIPPED, Revisions

__all__ = ["Connection", "Store", "file_of", "open_store"]

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


async def open_store(url: str, *, now: datetime, revisions: Revisions = SHIPPED) -> Store:
    """Opens the database at `url`: `sqlite:///` and an absolute path, or `postgresql://...`.

    Makes what is missing and upgrades the schema if it is older than the program; before that, a SQLite file is
    copied beside itself, with its revision and `now` in the name. Raises StoreAddressInvalid, StoreUnreachable,
    StoreForeign, StoreTooNew, StoreLocked.
    """
    # Each driver is imported only by those who use it.
    if url.startswith(_SQLITE):
        from core.store.sqlite import open_sqlite

        return await open_sqlite(_path(url), now=now, revisions=revisions)
    if url.startswith(_POSTGRES):
        from core.store.postgres import open_postgres

        return await open_postgres(url, revisions=revisions)
    # The address is not repeated: a password may stand in it.
    raise StoreAddressInvalid("DATABASE_URL must begin with sqlite:/// or postgresql://.")


def file_of(url: str) -> Path | None:
    """The file that the database at `url` is, None on a server. Raises StoreAddressInvalid."""
    return _path(url) if url.startswith(_SQLITE) else None


def _path(url: str) -> Path:
    """The path behind `sqlite:///`; with or without a slash of its own, it is absolute."""
    rest = url.removeprefix(_SQLITE).lstrip("/")
    if not rest or rest == ":memory:":
        raise StoreAddressInvalid("DATABASE_URL must name a file: sqlite:///home/me/spotter.db.")
    return Path(rest if re.match(r"[A-Za-z]:[/\\]", rest) else f"/{rest}")
