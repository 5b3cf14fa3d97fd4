"""What an athlete told us of lifts: maxima, lifts of their own, what they mean by a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.model import Exercise, Role, Unit
from core.store import strengths
from core.store.connection import Connection, Row
from core.store.serial import read_instant, read_json, write_data, write_instant, write_json


@dataclass(frozen=True, slots=True)
class StatedMax:
    """A one-repetition maximum that an athlete told us: `load` in `unit` as typed."""

    id: str
    exercise_id: str
    load: float
    unit: Unit
    load_kg: float
    at: datetime


async def state_max(
    conn: Connection,
    id: str,  # noqa: A002 - it is the column's name, and callers name it
    athlete_id: str,
    exercise_id: str,
    load: float,
    unit: Unit,
    load_kg: float,
    message_id: str | None,
    at: datetime,
) -> None:
    """A maximum that the athlete told us."""
    await conn.run(
        "INSERT INTO stated_maxes (id, athlete_id, exercise_id, load, unit, load_kg, message_id, at)"
        " VALUES (:id, :athlete_id, :exercise_id, :load, :unit, :load_kg, :message_id, :at)",
        {
            "id": id,
            "athlete_id": athlete_id,
            "exercise_id": exercise_id,
            "load": load,
            "unit": unit,
            "load_kg": load_kg,
            "message_id": message_id,
            "at": write_instant(at),
        },
    )


async def unstate_max(conn: Connection, id: str) -> None:  # noqa: A002 - as above
    """Takes a stated maximum back; the one before it counts again."""
    await conn.run("DELETE FROM stated_maxes WHERE id = :id", {"id": id})


async def stated_max(conn: Connection, athlete_id: str, exercise_id: str) -> StatedMax | None:
    """The maximum that was stated last."""
    rows = await conn.execute(
        "SELECT id, exercise_id, load, unit, load_kg, at FROM stated_maxes"
        " WHERE athlete_id = :athlete_id AND exercise_id = :exercise_id ORDER BY at DESC, id DESC LIMIT 1",
        {"athlete_id": athlete_id, "exercise_id": exercise_id},
    )
    return _stated_max(rows[0]) if rows else None


async def own_exercises(conn: Connection, athlete_id: str) -> list[tuple[Exercise, tuple[str, ...]]]:
    """The lifts that an athlete added, each with its aliases, in the order in which they were added."""
    rows = await conn.execute(
        "SELECT data, aliases FROM own_exercises WHERE athlete_id = :id ORDER BY created_at, id",
        {"id": athlete_id},
    )
    return [(_exercise(row[0]), tuple(read_json(row[1]))) for row in rows]


async def add_own(
    conn: Connection, athlete_id: str, exercise: Exercise, aliases: tuple[str, ...], at: datetime
) -> None:
    """Adds a lift of the athlete's own, or replaces the one that has its id."""
    await strengths.unlearn_lift(conn, athlete_id, exercise.id)
    await conn.run(
        "INSERT INTO own_exercises (athlete_id, id, name, aliases, data, created_at)"
        " VALUES (:athlete_id, :id, :name, :aliases, :data, :at)"
        " ON CONFLICT (athlete_id, id) DO UPDATE"
        " SET name = excluded.name, aliases = excluded.aliases, data = excluded.data",
        {
            "athlete_id": athlete_id,
            "id": exercise.id,
            "name": exercise.name,
            "aliases": write_json(aliases),
            "data": write_data(exercise),
            "at": write_instant(at),
        },
    )


async def remove_own(conn: Connection, athlete_id: str, exercise_id: str) -> None:
    """Takes an own lift out. Sets that name it stay."""
    await strengths.unlearn_lift(conn, athlete_id, exercise_id)
    await conn.run(
        "DELETE FROM own_exercises WHERE athlete_id = :athlete_id AND id = :id",
        {"athlete_id": athlete_id, "id": exercise_id},
    )


async def names(conn: Connection, athlete_id: str) -> dict[str, str]:
    """What this athlete meant by a name, as exercise ids."""
    rows = await conn.execute(
        "SELECT name, exercise_id FROM names WHERE athlete_id = :id", {"id": athlete_id}
    )
    return dict(rows)


async def name(conn: Connection, athlete_id: str, name: str, exercise_id: str, at: datetime) -> None:
    """From now on, by this name this athlete means that exercise."""
    await conn.run(
        "INSERT INTO names (athlete_id, name, exercise_id, used_at) VALUES (:athlete_id, :name, :exercise_id, :at)"
        " ON CONFLICT (athlete_id, name) DO UPDATE"
        " SET exercise_id = excluded.exercise_id, used_at = excluded.used_at",
        {"athlete_id": athlete_id, "name": name, "exercise_id": exercise_id, "at": write_instant(at)},
    )


def _stated_max(row: Row) -> StatedMax:
    return StatedMax(
        id=row[0],
        exercise_id=row[1],
        load=row[2],
        unit=row[3],
        load_kg=row[4],
        at=read_instant(row[5]),
    )


def _exercise(text: str) -> Exercise:
    held = read_json(text)
    held["role"] = Role(held["role"])
    held["direct"], held["indirect"] = tuple(held["direct"]), tuple(held["indirect"])
    return Exercise(**held)
