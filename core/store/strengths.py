"""What has been learned of athletes' strength, day by day from their sets. Nothing here is more than the log says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.store.connection import Connection
from core.store.serial import read_json, write_json


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned up to and with the day `upto`, in the learning model's own text; `course` is where the athlete
    then stood in their plan, None where there was none; `exposures` the last sessions of each lift, None where they were
    not kept yet."""

    upto: date
    habits: str
    course: str | None = None
    exposures: str | None = None


async def learned(conn: Connection, athlete_id: str) -> Learned | None:
    """How far the athlete's log has been learned from; None where nothing has."""
    rows = await conn.execute(
        "SELECT upto, habits, course, exposures FROM strength_athletes WHERE athlete_id = :id",
        {"id": athlete_id},
    )
    return Learned(date.fromisoformat(rows[0][0]), *rows[0][1:]) if rows else None


async def with_lifts(
    conn: Connection, athlete_id: str, exercise_ids: Sequence[str]
) -> tuple[Learned | None, dict[str, str]]:
    """How far the athlete's log has been learned from, and the states of those lifts that have one."""
    rows = await conn.execute(
        "SELECT a.upto, a.habits, a.course, a.exposures, l.exercise_id, l.state"
        " FROM strength_athletes AS a LEFT JOIN strength_lifts AS l"
        " ON l.athlete_id = a.athlete_id AND l.exercise_id IN (:exercise_ids) WHERE a.athlete_id = :athlete_id",
        {"athlete_id": athlete_id, "exercise_ids": tuple(exercise_ids)},
    )
    if not rows:
        return None, {}
    upto, *held = rows[0][:4]
    states = {row[4]: row[5] for row in rows if row[4] is not None}
    return Learned(date.fromisoformat(upto), *held), states


async def lifts(conn: Connection, athlete_id: str, exercise_ids: Sequence[str]) -> dict[str, str]:
    """The states of some lifts, without those that have none."""
    rows = await conn.execute(
        "SELECT exercise_id, state FROM strength_lifts"
        " WHERE athlete_id = :athlete_id AND exercise_id IN (:exercise_ids)",
        {"athlete_id": athlete_id, "exercise_ids": tuple(exercise_ids)},
    )
    return {row[0]: row[1] for row in rows}


async def all_lifts(conn: Connection, athlete_id: str) -> dict[str, str]:
    """The states of all lifts that have one."""
    rows = await conn.execute(
        "SELECT exercise_id, state FROM strength_lifts WHERE athlete_id = :id", {"id": athlete_id}
    )
    return {row[0]: row[1] for row in rows}


async def save(conn: Connection, athlete_id: str, now: Learned, changed: Mapping[str, str]) -> None:
    """What is known after a day, with the lifts that were done since it was saved last."""
    await conn.run(
        "INSERT INTO strength_athletes (athlete_id, upto, habits, course, exposures)"
        " VALUES (:athlete_id, :upto, :habits, :course, :exposures) ON CONFLICT (athlete_id)"
        " DO UPDATE SET upto = excluded.upto, habits = excluded.habits, course = excluded.course,"
        " exposures = excluded.exposures",
        {
            "athlete_id": athlete_id,
            "upto": now.upto.isoformat(),
            "habits": now.habits,
            "course": now.course,
            "exposures": now.exposures,
        },
    )
    await conn.run_each(
        "INSERT INTO strength_lifts (athlete_id, exercise_id, state) VALUES (:athlete_id, :exercise_id, :state)"
        " ON CONFLICT (athlete_id, exercise_id) DO UPDATE SET state = excluded.state",
        [{"athlete_id": athlete_id, "exercise_id": id_, "state": state} for id_, state in changed.items()],
    )


async def last_mark(conn: Connection, athlete_id: str) -> date | None:
    """The day after which all of it was kept last."""
    rows = await conn.execute(
        "SELECT MAX(upto) FROM strength_marks WHERE athlete_id = :id", {"id": athlete_id}
    )
    return None if rows[0][0] is None else date.fromisoformat(rows[0][0])


async def mark(conn: Connection, athlete_id: str, now: Learned) -> None:
    """Keeps all of it as it is after a day, to go back to."""
    await conn.run(
        "INSERT INTO strength_marks (athlete_id, upto, habits, lifts, course, exposures)"
        " VALUES (:athlete_id, :upto, :habits, :lifts, :course, :exposures) ON CONFLICT (athlete_id, upto)"
        " DO UPDATE SET habits = excluded.habits, lifts = excluded.lifts, course = excluded.course,"
        " exposures = excluded.exposures",
        {
            "athlete_id": athlete_id,
            "upto": now.upto.isoformat(),
            "habits": now.habits,
            "lifts": write_json(await all_lifts(conn, athlete_id)),
            "course": now.course,
            "exposures": now.exposures,
        },
    )


async def mark_before(conn: Connection, athlete_id: str, day: date) -> tuple[date, str | None] | None:
    """The last day before that one after which all of it was kept, and where the athlete then stood in their plan."""
    rows = await conn.execute(
        "SELECT upto, course FROM strength_marks WHERE athlete_id = :id AND upto < :day ORDER BY upto DESC LIMIT 1",
        {"id": athlete_id, "day": day.isoformat()},
    )
    return (date.fromisoformat(rows[0][0]), rows[0][1]) if rows else None


async def thin_marks(conn: Connection, athlete_id: str, before: date, apart: timedelta) -> None:
    """Of the marks before a day those stay that lie so far apart."""
    rows = await conn.execute(
        "SELECT upto FROM strength_marks WHERE athlete_id = :id AND upto < :before ORDER BY upto",
        {"id": athlete_id, "before": before.isoformat()},
    )
    kept: date | None = None
    for (upto,) in rows:
        day = date.fromisoformat(upto)
        if kept is None or day - kept >= apart:
            kept = day
        else:
            await conn.run(
                "DELETE FROM strength_marks WHERE athlete_id = :id AND upto = :upto",
                {"id": athlete_id, "upto": upto},
            )


async def unlearn(conn: Connection, athlete_id: str, since: date) -> None:
    """The sets of a day, or of days from it on, are not as they were: what was learned from them is forgotten.

    Goes back to the last mark before that day, or to nothing. Does nothing where that day has not been learned from.
    """
    params = {"athlete_id": athlete_id, "since": since.isoformat()}
    found = await conn.execute(
        "SELECT 1 FROM strength_athletes WHERE athlete_id = :athlete_id AND upto >= :since", params
    )
    if not found:
        return
    await conn.run("DELETE FROM strength_athletes WHERE athlete_id = :athlete_id", params)
    await conn.run("DELETE FROM strength_lifts WHERE athlete_id = :athlete_id", params)
    await conn.run("DELETE FROM strength_marks WHERE athlete_id = :athlete_id AND upto >= :since", params)
    rows = await conn.execute(
        "SELECT upto, habits, lifts, course, exposures FROM strength_marks WHERE athlete_id = :id"
        " ORDER BY upto DESC LIMIT 1",
        {"id": athlete_id},
    )
    if rows:
        upto, habits, held, *rest = rows[0]
        await save(conn, athlete_id, Learned(date.fromisoformat(upto), habits, *rest), read_json(held))


async def unlearn_lift(conn: Connection, athlete_id: str, exercise_id: str) -> None:
    """A lift is not what it was: what was learned from its sets is forgotten, and all that stands on it."""
    if await lifts(conn, athlete_id, [exercise_id]):
        await unlearn(conn, athlete_id, date.min)
