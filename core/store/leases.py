"""Leases: what one process at a time may do with this database. They end by themselves if they are not renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.store.connection import Connection
from core.store.serial import read_instant, write_instant


@dataclass(frozen=True, slots=True)
class Lease:
    """Who has it, and until when."""

    holder: str
    until: datetime


async def take(conn: Connection, name: str, lease: Lease, now: datetime) -> Lease:
    """Takes a lease that is free, over, or the holder's own already (which renews it); whose it is then."""
    await conn.run(
        "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until)"
        " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
        " WHERE leases.holder = excluded.holder OR leases.until <= :now",
        {
            "name": name,
            "holder": lease.holder,
            "until": write_instant(lease.until),
            "now": write_instant(now),
        },
    )
    rows = await conn.execute("SELECT holder, until FROM leases WHERE name = :name", {"name": name})
    return Lease(rows[0][0], read_instant(rows[0][1]))


async def release(conn: Connection, name: str, holder: str) -> None:
    """The holder is done with it, or is known to be gone."""
    await conn.run(
        "DELETE FROM leases WHERE name = :name AND holder = :holder", {"name": name, "holder": holder}
    )
