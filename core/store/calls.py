"""What athletes called: how many reps are left, said at a rep of a set that then went on to failure.

A call stands beside its set, and goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.model import Call, LoggedSet
from core.store import strengths
from core.store.connection import Connection, Row

_INSERT = (
    "INSERT INTO calls (set_id, athlete_id, at_rep, called_left) VALUES (:set_id, :athlete_id, :at_rep, :left)"
    " ON CONFLICT (set_id) DO UPDATE SET at_rep = excluded.at_rep, called_left = excluded.called_left"
)


async def put(conn: Connection, logged: LoggedSet, call: Call) -> None:
    """Stores what was called in a set that is in the log; what was stored before for it goes."""
    await strengths.unlearn(conn, logged.athlete_id, logged.day)
    await conn.run(_INSERT, _columns(logged, call))


async def put_back(conn: Connection, logged: Sequence[LoggedSet], calls: Mapping[str, Call]) -> None:
    """The calls of sets as they were before: those among `calls`, by the set's id, and no others.

    For sets that were just stored themselves, with which their days are learned anew.
    """
    ids = tuple(one.id for one in logged)
    if ids:
        await conn.run("DELETE FROM calls WHERE set_id IN (:ids)", {"ids": ids})
    await conn.run_each(_INSERT, [_columns(one, calls[one.id]) for one in logged if one.id in calls])


async def of_sets(conn: Connection, ids: Sequence[str]) -> dict[str, Call]:
    """What was called in some sets, by their ids; without those in which nothing was."""
    if not ids:
        return {}
    rows = await conn.execute(
        "SELECT set_id, at_rep, called_left FROM calls WHERE set_id IN (:ids)", {"ids": tuple(ids)}
    )
    return _by_set(rows)


async def of_days(conn: Connection, athlete_id: str, after: date | None, before: date) -> dict[str, Call]:
    """What an athlete called on the days between two, by the ids of the sets."""
    rows = await conn.execute(
        "SELECT c.set_id, c.at_rep, c.called_left FROM calls c JOIN sets s ON s.id = c.set_id"
        " WHERE c.athlete_id = :athlete_id AND s.day > :after AND s.day < :before",
        {
            "athlete_id": athlete_id,
            "after": "" if after is None else after.isoformat(),
            "before": before.isoformat(),
        },
    )
    return _by_set(rows)


async def newest(conn: Connection, athlete_id: str, limit: int) -> list[tuple[str, Call]]:
    """The last sets in which an athlete called, by their ids, the newest first."""
    rows = await conn.execute(
        "SELECT c.set_id, c.at_rep, c.called_left FROM calls c JOIN sets s ON s.id = c.set_id"
        " WHERE c.athlete_id = :athlete_id ORDER BY s.performed_at DESC, s.position DESC, s.id DESC LIMIT :limit",
        {"athlete_id": athlete_id, "limit": limit},
    )
    return list(_by_set(rows).items())


def _by_set(rows: Sequence[Row]) -> dict[str, Call]:
    return {row[0]: Call(row[1], row[2]) for row in rows}


def _columns(logged: LoggedSet, call: Call) -> dict[str, str | float | int | None]:
    return {
        "set_id": logged.id,
        "athlete_id": logged.athlete_id,
        "at_rep": call.at_rep,
        "left": call.left,
    }
