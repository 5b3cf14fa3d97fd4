"""Chores: what one process does for the whole database, once from one time of the day to the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.store.connection import Connection
from core.store.leases import Lease
from core.store.serial import write_instant

AHEAD: Final = timedelta(days=1)
"""What was done so much later than now was not: the clock stood wrong then."""

_OPEN: Final = "(chores.done_at IS NULL OR chores.done_at < :due OR chores.done_at > :ahead)"


async def claim(conn: Connection, name: str, lease: Lease, due: datetime, now: datetime) -> str | None:
    """Takes a chore on that was last begun before `due`, or was never done, and that nobody is at; renews one's own. Who
    is at it then: None where it is done."""
    values = {
        "name": name,
        "holder": lease.holder,
        "until": write_instant(lease.until),
        "due": write_instant(due),
        "ahead": write_instant(now + AHEAD),
        "now": write_instant(now),
    }
    await conn.run(
        "INSERT INTO chores (name, holder, until) VALUES (:name, :holder, :until) ON CONFLICT (name) DO UPDATE"  # noqa: S608 - as below
        f" SET holder = excluded.holder, until = excluded.until WHERE {_OPEN}"
        " AND (chores.until IS NULL OR chores.until <= :now OR chores.holder = excluded.holder)",
        values,
    )
    rows = await conn.execute(
        f"SELECT holder FROM chores WHERE name = :name AND {_OPEN}",  # noqa: S608 - no value in it
        {name: values[name] for name in ("name", "due", "ahead")},
    )
    return str(rows[0][0]) if rows else None


async def leave(conn: Connection, name: str, holder: str) -> None:
    """It was not done: the holder is gone, or tries it again later."""
    await conn.run(
        "UPDATE chores SET holder = NULL, until = NULL WHERE name = :name AND holder = :holder",
        {"name": name, "holder": holder},
    )


async def done(conn: Connection, name: str, holder: str, began: datetime) -> None:
    """The holder has done it."""
    await conn.run(
        "UPDATE chores SET done_at = :began, holder = NULL, until = NULL WHERE name = :name AND holder = :holder",
        {"name": name, "holder": holder, "began": write_instant(began)},
    )
