"""The log. Sets have one total order: when they were performed, their message or import, their place in it, their id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby

from core.model import LoggedSet
from core.store import strengths
from core.store.connection import Connection, Params, Row
from core.store.serial import read_entry, read_instant, write_entry, write_instant

Key = tuple[datetime, str, int, str]
"""A place in the order of the log: performed at, id of message or import, position, id ("" for none yet)."""

_BATCH = 500
"""Ids in one list; SQLite takes 32,766 parameters a statement, older ones 999."""

_SELECT = (
    "SELECT id, athlete_id, author_id, message_id, import_id, position, exercise_id, performed_at, day, zone, typed,"
    " done, leans_on, e1rm_kg FROM sets"
)
_NEWEST = " ORDER BY performed_at DESC, COALESCE(message_id, import_id) DESC, position DESC, id DESC LIMIT 1"
_BEFORE = (
    " AND (performed_at, COALESCE(message_id, import_id), position, id) < (:at, :source, :position, :id)"
)
_INSERT = (
    "INSERT INTO sets (id, athlete_id, author_id, message_id, import_id, position, exercise_id, performed_at, day,"
    " zone, typed, done, kind, leans_on, e1rm_kg) VALUES (:id, :athlete_id, :author_id, :message_id, :import_id,"
    " :position, :exercise_id, :performed_at, :day, :zone, :typed, :done, :kind, :leans_on, :e1rm_kg)"
)
_OR_UPDATE = (
    " ON CONFLICT (id) DO UPDATE SET athlete_id = excluded.athlete_id, author_id = excluded.author_id,"
    " message_id = excluded.message_id, import_id = excluded.import_id, position = excluded.position,"
    " exercise_id = excluded.exercise_id, performed_at = excluded.performed_at, day = excluded.day,"
    " zone = excluded.zone, typed = excluded.typed, done = excluded.done, kind = excluded.kind,"
    " leans_on = excluded.leans_on, e1rm_kg = excluded.e1rm_kg"
)
_LAST_DAYS = (
    "WITH RECURSIVE days (day, number) AS ("
    " SELECT MAX(day), 1 FROM sets WHERE athlete_id = :athlete_id AND day < :before"
    " UNION ALL SELECT (SELECT MAX(s.day) FROM sets s WHERE s.athlete_id = :athlete_id AND s.day < days.day),"
    " days.number + 1 FROM days WHERE days.day IS NOT NULL AND days.number < :limit) "
)
_ON_THEM = " WHERE athlete_id = :athlete_id AND day IN (SELECT day FROM days)"
# After everything. There is always a bound: without one, and with statistics of a log that has one athlete only,
# SQLite reads all of it and sorts.
_END: dict[str, str | int] = {
    "at": "9999-12-31T23:59:59.999999Z",
    "source": "~",
    "position": 2**31 - 1,
    "id": "~",
}
_NO_DAY = "9999-99-99"
"""Sorts after every day."""


def key(logged: LoggedSet) -> Key:
    """The place of a set in the order of the log."""
    return logged.performed_at, logged.message_id or logged.import_id or "", logged.position, logged.id


async def add(conn: Connection, sets: Sequence[LoggedSet]) -> None:
    """Stores new sets. One that leans on another of them comes after it.

    For days that may have been learned from, `strengths.unlearn` has to be asked for: not here, where most sets are new.
    """
    await conn.run_each(_INSERT, [_columns(logged) for logged in sets])


async def replace(conn: Connection, message_id: str, sets: Sequence[LoggedSet]) -> None:
    """The sets of an edited message: those not among `sets` go, the others are stored under the ids they have.

    What leaned on a set that goes leans on nothing afterwards: ask `leaning_on` before.
    """
    was = await conn.execute(
        "SELECT athlete_id, day FROM sets WHERE message_id = :message_id", {"message_id": message_id}
    )
    for athlete_id, day in {*was, *((one.athlete_id, one.day.isoformat()) for one in sets)}:
        await strengths.unlearn(conn, athlete_id, date.fromisoformat(day))
    kept = tuple(logged.id for logged in sets)
    if kept:
        await conn.run(
            "DELETE FROM sets WHERE message_id = :message_id AND id NOT IN (:kept)",
            {"message_id": message_id, "kept": kept},
        )
    else:
        await conn.run("DELETE FROM sets WHERE message_id = :message_id", {"message_id": message_id})
    in_order = sorted(sets, key=lambda logged: logged.position)
    await conn.run_each(_INSERT + _OR_UPDATE, [_columns(logged) for logged in in_order])


async def update(conn: Connection, logged: LoggedSet) -> None:
    """Stores what became of a set that is in the log."""
    await strengths.unlearn(conn, logged.athlete_id, logged.day)
    await conn.run(_INSERT + _OR_UPDATE, _columns(logged))


async def get(conn: Connection, id: str) -> LoggedSet | None:  # noqa: A002 - the column's name
    """The set with this id."""
    return _first(await conn.execute(_SELECT + " WHERE id = :id", {"id": id}))


async def of_message(conn: Connection, message_id: str) -> list[LoggedSet]:
    """The sets that a message logged, in their order in it."""
    rows = await conn.execute(_SELECT + " WHERE message_id = :id ORDER BY position, id", {"id": message_id})
    return [_set(row) for row in rows]


async def last(conn: Connection, athlete_id: str, before: Key | None = None) -> LoggedSet | None:
    """The athlete's newest set, or the newest before that place in the log."""
    sql = _SELECT + " WHERE athlete_id = :athlete_id" + _BEFORE + _NEWEST
    return _first(await conn.execute(sql, {"athlete_id": athlete_id, **_place(before)}))


async def last_of(
    conn: Connection, athlete_id: str, exercise_id: str, before: Key | None = None
) -> LoggedSet | None:
    """The athlete's newest set of one exercise, or the newest before that place in the log."""
    sql = _SELECT + " WHERE athlete_id = :athlete_id AND exercise_id = :exercise_id" + _BEFORE + _NEWEST
    params: Params = {"athlete_id": athlete_id, "exercise_id": exercise_id, **_place(before)}
    return _first(await conn.execute(sql, params))


async def on_day(conn: Connection, athlete_id: str, day: date) -> list[LoggedSet]:
    """All sets of a training day."""
    # Sorted here: asked for this order, SQLite would rather go through the whole log in it.
    rows = await conn.execute(
        _SELECT + " WHERE athlete_id = :athlete_id AND day = :day",
        {"athlete_id": athlete_id, "day": day.isoformat()},
    )
    return sorted(map(_set, rows), key=key)


async def of_days(
    conn: Connection, athlete_id: str, after: date | None, before: date, limit: int
) -> tuple[list[tuple[date, list[LoggedSet]]], bool]:
    """The sets of the days between two, the oldest day first: whole days, about `limit` sets in all; whether more follow.

    The day that the limit cuts is left out, unless it is the only one: then it is whole.
    """
    rows = await conn.execute(
        _SELECT
        + " WHERE athlete_id = :athlete_id AND day > :after AND day < :before ORDER BY day LIMIT :limit",
        {
            "athlete_id": athlete_id,
            "after": "" if after is None else after.isoformat(),
            "before": before.isoformat(),
            "limit": limit + 1,
        },
    )
    found = [(day, list(group)) for day, group in groupby(map(_set, rows), key=lambda logged: logged.day)]
    more = len(rows) > limit
    if more:
        cut, _ = found.pop()
        if not found:
            found = [(cut, await on_day(conn, athlete_id, cut))]
    return [(day, sorted(group, key=key)) for day, group in found], more


async def are_more(conn: Connection, athlete_id: str, after: date | None, before: date, most: int) -> bool:
    """Whether the days between two hold more than `most` sets."""
    rows = await conn.execute(
        "SELECT 1 FROM sets WHERE athlete_id = :athlete_id AND day > :after AND day < :before LIMIT 1 OFFSET :most",
        {
            "athlete_id": athlete_id,
            "after": "" if after is None else after.isoformat(),
            "before": before.isoformat(),
            "most": most,
        },
    )
    return bool(rows)


async def first_day(conn: Connection, athlete_id: str) -> date | None:
    """The first day on which anything was logged."""
    rows = await conn.execute("SELECT MIN(day) FROM sets WHERE athlete_id = :id", {"id": athlete_id})
    return None if rows[0][0] is None else date.fromisoformat(rows[0][0])


async def lifts_of_day(conn: Connection, athlete_id: str, day: date) -> list[str]:
    """The exercises of a training day, in the order in which they were begun."""
    rows = await conn.execute(
        "SELECT performed_at, COALESCE(message_id, import_id), position, exercise_id FROM sets"
        " WHERE athlete_id = :athlete_id AND day = :day",
        {"athlete_id": athlete_id, "day": day.isoformat()},
    )
    return list(dict.fromkeys(row[3] for row in sorted(rows)))


async def recent(
    conn: Connection, athlete_id: str, exercise_id: str, since: date, limit: int
) -> list[LoggedSet]:
    """Sets of one exercise from the day `since` on, oldest first; where there are more than `limit`, the latest days.

    Whole days: the day that the limit cuts is left out, unless it is the only one.
    """
    # Ordered as the index is, and no further: what stands at one instant is put in order here.
    rows = await conn.execute(
        _SELECT + " WHERE athlete_id = :athlete_id AND exercise_id = :exercise_id AND day >= :since"
        " ORDER BY day DESC, performed_at DESC LIMIT :limit",
        {
            "athlete_id": athlete_id,
            "exercise_id": exercise_id,
            "since": since.isoformat(),
            "limit": limit + 1,
        },
    )
    found = sorted(map(_set, rows), key=key)
    if len(found) <= limit:
        return found
    cut = found[0].day
    whole = [logged for logged in found if logged.day != cut]
    return whole or found[1:]


async def best_e1rm(
    conn: Connection, athlete_id: str, exercise_id: str, excluding: str | None = None
) -> float | None:
    """The highest estimate (kg) in the log, without the sets of the message `excluding`."""
    rows = await conn.execute(
        "SELECT e1rm_kg FROM sets WHERE athlete_id = :athlete_id AND exercise_id = :exercise_id"
        " AND e1rm_kg IS NOT NULL AND (message_id IS NULL OR message_id <> :excluding)"
        " ORDER BY e1rm_kg DESC LIMIT 1",
        {"athlete_id": athlete_id, "exercise_id": exercise_id, "excluding": excluding or ""},
    )
    return rows[0][0] if rows else None


async def session_days(conn: Connection, athlete_id: str, exercise_id: str, limit: int) -> list[date]:
    """The last training days with this exercise, newest first. Steps from day to day in the index."""
    rows = await conn.execute(
        "WITH RECURSIVE days (day, number) AS ("
        " SELECT MAX(day), 1 FROM sets WHERE athlete_id = :athlete_id AND exercise_id = :exercise_id"
        " UNION ALL SELECT (SELECT MAX(s.day) FROM sets s WHERE s.athlete_id = :athlete_id"
        " AND s.exercise_id = :exercise_id AND s.day < days.day), days.number + 1"
        " FROM days WHERE days.day IS NOT NULL AND days.number < :limit)"
        " SELECT day FROM days WHERE day IS NOT NULL ORDER BY number",
        {"athlete_id": athlete_id, "exercise_id": exercise_id, "limit": limit},
    )
    return [date.fromisoformat(row[0]) for row in rows]


async def leaning_on(conn: Connection, ids: Sequence[str]) -> list[LoggedSet]:
    """Sets that took something from one of these."""
    found: list[LoggedSet] = []
    for start in range(0, len(ids), _BATCH):
        batch = tuple(ids[start : start + _BATCH])
        rows = await conn.execute(_SELECT + " WHERE leans_on IN (:ids)", {"ids": batch})
        found.extend(map(_set, rows))
    return sorted(found, key=key)


async def last_used(conn: Connection, athlete_id: str, exercise_ids: Sequence[str]) -> str | None:
    """Which of a few exercises the athlete did last; None if none of them."""
    newest = [await last_of(conn, athlete_id, exercise_id) for exercise_id in exercise_ids]
    found = [logged for logged in newest if logged is not None]
    return max(found, key=key).exercise_id if found else None


async def history(
    conn: Connection, athlete_id: str, limit_days: int, before: date | None = None
) -> list[tuple[date, list[LoggedSet]]]:
    """The last training days (before the day `before`), newest first, each with its sets in order."""
    rows = await conn.execute(
        _LAST_DAYS + _SELECT + _ON_THEM,
        {
            "athlete_id": athlete_id,
            "limit": limit_days,
            "before": _NO_DAY if before is None else before.isoformat(),
        },
    )
    in_order = sorted(map(_set, rows), key=key)
    by_day = sorted(in_order, key=lambda logged: logged.day, reverse=True)
    return [(day, list(group)) for day, group in groupby(by_day, key=lambda logged: logged.day)]


def _place(before: Key | None) -> dict[str, str | int]:
    if before is None:
        return _END
    at, source, position, set_id = before
    return {"at": write_instant(at), "source": source, "position": position, "id": set_id}


def _columns(logged: LoggedSet) -> Params:
    return {
        "id": logged.id,
        "athlete_id": logged.athlete_id,
        "author_id": logged.author_id,
        "message_id": logged.message_id,
        "import_id": logged.import_id,
        "position": logged.position,
        "exercise_id": logged.exercise_id,
        "performed_at": write_instant(logged.performed_at),
        "day": logged.day.isoformat(),
        "zone": logged.zone,
        "typed": write_entry(logged.entry),
        "done": write_entry(logged.done),
        "kind": logged.done.kind.value,
        "leans_on": logged.leans_on,
        "e1rm_kg": logged.e1rm_kg,
    }


def _first(rows: list[Row]) -> LoggedSet | None:
    return _set(rows[0]) if rows else None


@lru_cache(maxsize=16384)
def _set(row: Row) -> LoggedSet:
    """The set of a row. Equal rows give the same value, and cannot be stale: the whole row is the key."""
    return LoggedSet(
        id=row[0],
        athlete_id=row[1],
        author_id=row[2],
        message_id=row[3],
        import_id=row[4],
        position=row[5],
        exercise_id=row[6],
        performed_at=read_instant(row[7]),
        day=date.fromisoformat(row[8]),
        zone=row[9],
        entry=read_entry(row[10]),
        done=read_entry(row[11]),
        leans_on=row[12],
        e1rm_kg=row[13],
    )
