"""The journal that /undo reads: what was done, and what was there before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.store.connection import Connection, Row
from core.store.serial import (
    read_instant,
    read_instant_or_none,
    read_json,
    write_instant,
    write_instant_or_none,
    write_json,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change to an athlete's data by `author_id`. `what` is a code; `before` (JSON) is enough to take it back."""

    id: str
    athlete_id: str
    author_id: str
    message_id: str | None
    at: datetime
    what: str
    before: Any
    undone_at: datetime | None = None


async def record(conn: Connection, change: Change) -> None:
    """Stores a change, in the transaction that makes it."""
    await conn.run(
        "INSERT INTO changes (id, athlete_id, author_id, message_id, at, what, before, undone_at)"
        " VALUES (:id, :athlete_id, :author_id, :message_id, :at, :what, :before, :undone_at)",
        {
            "id": change.id,
            "athlete_id": change.athlete_id,
            "author_id": change.author_id,
            "message_id": change.message_id,
            "at": write_instant(change.at),
            "what": change.what,
            "before": write_json(change.before),
            "undone_at": write_instant_or_none(change.undone_at),
        },
    )


async def last_undoable(conn: Connection, athlete_id: str) -> Change | None:
    """The newest change that has not been undone."""
    rows = await conn.execute(
        "SELECT id, athlete_id, author_id, message_id, at, what, before, undone_at FROM changes"
        " WHERE athlete_id = :id AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
        {"id": athlete_id},
    )
    return _change(rows[0]) if rows else None


async def mark_undone(conn: Connection, id: str, at: datetime) -> None:  # noqa: A002 - the column's name
    """The change has been taken back."""
    await conn.run("UPDATE changes SET undone_at = :at WHERE id = :id", {"id": id, "at": write_instant(at)})


def _change(row: Row) -> Change:
    return Change(
        id=row[0],
        athlete_id=row[1],
        author_id=row[2],
        message_id=row[3],
        at=read_instant(row[4]),
        what=row[5],
        before=read_json(row[6]),
        undone_at=read_instant_or_none(row[7]),
    )
