"""Plans and their versions: who owns a plan, who assigned which version of it to whom, from which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.store.connection import Connection, Row
from core.store.serial import read_instant, read_json, write_instant, write_json


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, under the name its owner gave it."""

    id: str
    owner_id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version of a plan as assigned to an athlete: it counts from `effective_day` on, unless withdrawn."""

    id: str
    plan_id: str
    athlete_id: str
    assigner_id: str
    version: int
    text: str
    effective_day: date
    created_at: datetime
    active: bool = True


async def add(conn: Connection, plan: Plan) -> None:
    """Stores a new plan, as yet without a version."""
    await conn.run(
        "INSERT INTO plans (id, owner_id, name, created_at) VALUES (:id, :owner_id, :name, :created_at)",
        {
            "id": plan.id,
            "owner_id": plan.owner_id,
            "name": plan.name,
            "created_at": write_instant(plan.created_at),
        },
    )


async def add_version(conn: Connection, version: PlanVersion) -> None:
    """Assigns a version; earlier ones stay, for the days before it and for what is asked about them."""
    await conn.run(
        "INSERT INTO plan_versions (id, plan_id, athlete_id, assigner_id, version, text, effective_day, created_at,"
        " active) VALUES (:id, :plan_id, :athlete_id, :assigner_id, :version, :text, :effective_day, :created_at,"
        " :active)",
        {
            "id": version.id,
            "plan_id": version.plan_id,
            "athlete_id": version.athlete_id,
            "assigner_id": version.assigner_id,
            "version": version.version,
            "text": version.text,
            "effective_day": version.effective_day.isoformat(),
            "created_at": write_instant(version.created_at),
            "active": int(version.active),
        },
    )


async def versions(conn: Connection, athlete_id: str) -> list[PlanVersion]:
    """All versions that an athlete was given and that were not withdrawn, in the order in which they came to count."""
    rows = await conn.execute(
        "SELECT id, plan_id, athlete_id, assigner_id, version, text, effective_day, created_at, active"
        " FROM plan_versions WHERE athlete_id = :id AND active = 1 ORDER BY effective_day, id",
        {"id": athlete_id},
    )
    return [_version(row) for row in rows]


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """What an athlete did with their plan on a day: a session left out, a week chosen. `data` is JSON."""

    id: str
    athlete_id: str
    day: date
    what: str
    data: Any
    message_id: str | None


async def happened(conn: Connection, event: PlanEvent) -> None:
    """Keeps an event."""
    await conn.run(
        "INSERT INTO plan_events (id, athlete_id, day, what, data, message_id)"
        " VALUES (:id, :athlete_id, :day, :what, :data, :message_id)",
        {
            "id": event.id,
            "athlete_id": event.athlete_id,
            "day": event.day.isoformat(),
            "what": event.what,
            "data": write_json(event.data),
            "message_id": event.message_id,
        },
    )


async def forget_event(conn: Connection, id: str) -> None:  # noqa: A002 - the column's name
    """Takes an event back."""
    await conn.run("DELETE FROM plan_events WHERE id = :id", {"id": id})


async def events(conn: Connection, athlete_id: str) -> list[PlanEvent]:
    """All that an athlete did with their plans, in its order."""
    rows = await conn.execute(
        "SELECT id, athlete_id, day, what, data, message_id FROM plan_events WHERE athlete_id = :id"
        " ORDER BY day, id",
        {"id": athlete_id},
    )
    return [
        PlanEvent(row[0], row[1], date.fromisoformat(row[2]), row[3], read_json(row[4]), row[5])
        for row in rows
    ]


async def unassign(conn: Connection, version_id: str) -> None:
    """A version was never given."""
    await conn.run("UPDATE plan_versions SET active = 0 WHERE id = :id", {"id": version_id})


async def assign_again(conn: Connection, version_id: str) -> None:
    """A version that was taken back counts again."""
    await conn.run("UPDATE plan_versions SET active = 1 WHERE id = :id", {"id": version_id})


async def shift(conn: Connection, athlete_id: str, first: date, days: int) -> None:
    """What counts from the day `first` on, or later, and what was done with the plan then, is moved by so many days."""
    for version in await versions(conn, athlete_id):
        if version.effective_day >= first:
            day = version.effective_day + timedelta(days=days)
            await conn.run(
                "UPDATE plan_versions SET effective_day = :day WHERE id = :id",
                {"day": day.isoformat(), "id": version.id},
            )
    for event in await events(conn, athlete_id):
        if event.day >= first:
            day = event.day + timedelta(days=days)
            await conn.run(
                "UPDATE plan_events SET day = :day WHERE id = :id", {"day": day.isoformat(), "id": event.id}
            )


def _version(row: Row) -> PlanVersion:
    return PlanVersion(
        id=row[0],
        plan_id=row[1],
        athlete_id=row[2],
        assigner_id=row[3],
        version=row[4],
        text=row[5],
        effective_day=date.fromisoformat(row[6]),
        created_at=read_instant(row[7]),
        active=bool(row[8]),
    )
