"""Athletes and what is known of them: accounts, preferences, body weight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.model import Athlete, Unit
from core.store import strengths
from core.store.connection import Connection, Params, Row
from core.store.serial import (
    read_instant,
    read_instant_or_none,
    write_instant,
    write_instant_or_none,
)


@dataclass(frozen=True, slots=True)
class BodyWeight:
    """A weighing: `load` in `unit` as typed."""

    id: str
    day: date
    load: float
    unit: Unit
    weight_kg: float
    at: datetime


_COLUMNS = "a.id, a.name, a.unit, a.unit_chosen, a.zone, a.language, a.created_at, a.greeted, a.hold_since"
_ATHLETE = f"SELECT {_COLUMNS} FROM athletes a"  # noqa: S608 - names of columns
_WRITER = (
    f"SELECT {_COLUMNS}, EXISTS (SELECT 1 FROM chats c WHERE c.platform = i.platform"  # noqa: S608 - as above
    " AND c.chat IN (:account, :chat) AND c.blocked_since IS NOT NULL)"
    " FROM athletes a JOIN identities i ON i.athlete_id = a.id"
    " WHERE i.platform = :platform AND i.account = :account"
)


async def writer(conn: Connection, platform: str, account: str, chat: str) -> tuple[Athlete, bool] | None:
    """The athlete who writes from this account in this chat, and whether one or the other takes nothing from us."""
    rows = await conn.execute(_WRITER, {"platform": platform, "account": account, "chat": chat})
    return (_athlete(rows[0][:-1]), bool(rows[0][-1])) if rows else None


async def get(conn: Connection, athlete_id: str) -> Athlete | None:
    """The athlete with this id."""
    rows = await conn.execute(_ATHLETE + " WHERE a.id = :id", {"id": athlete_id})
    return _athlete(rows[0]) if rows else None


async def everybody(conn: Connection) -> list[str]:
    """The ids of all athletes."""
    return [row[0] for row in await conn.execute("SELECT id FROM athletes ORDER BY id")]


async def add(conn: Connection, athlete: Athlete, platform: str, account: str, name: str) -> None:
    """A new athlete with a first account, under the `name` it has there.

    StoreConflict if the account is somebody's already: on PostgreSQL, another process may have been first.
    """
    await conn.run(
        "INSERT INTO athletes"
        " (id, name, unit, unit_chosen, zone, language, created_at, greeted, hold_since) VALUES"
        " (:id, :name, :unit, :unit_chosen, :zone, :language, :created_at, :greeted, :hold_since)",
        _columns(athlete),
    )
    await conn.run(
        "INSERT INTO identities (platform, account, athlete_id, name, linked_at)"
        " VALUES (:platform, :account, :athlete_id, :name, :linked_at)",
        {
            "platform": platform,
            "account": account,
            "athlete_id": athlete.id,
            "name": name,
            "linked_at": write_instant(athlete.created_at),
        },
    )


async def save(conn: Connection, athlete: Athlete) -> None:
    """What may change of an athlete."""
    await conn.run(
        "UPDATE athletes SET name = :name, unit = :unit, unit_chosen = :unit_chosen, zone = :zone,"
        " language = :language, greeted = :greeted, hold_since = :hold_since WHERE id = :id",
        _columns(athlete),
    )


async def lock(conn: Connection, athlete_id: str) -> None:
    """Keeps other processes from writing for this athlete until the transaction ends. On SQLite it is alone anyway."""
    if conn.row_locks:
        # NO KEY: rows of others that only refer to the athlete (a reply, say) need not wait.
        await conn.execute("SELECT id FROM athletes WHERE id = :id FOR NO KEY UPDATE", {"id": athlete_id})


async def preferences(conn: Connection, athlete_id: str) -> dict[str, str]:
    """All that was remembered for an athlete."""
    rows = await conn.execute("SELECT key, value FROM preferences WHERE athlete_id = :id", {"id": athlete_id})
    return dict(rows)


async def remember(conn: Connection, athlete_id: str, key: str, value: str | None) -> None:
    """Sets a preference; None forgets it."""
    params: Params = {"id": athlete_id, "key": key, "value": value}
    if value is None:
        await conn.run("DELETE FROM preferences WHERE athlete_id = :id AND key = :key", params)
        return
    await conn.run(
        "INSERT INTO preferences (athlete_id, key, value) VALUES (:id, :key, :value)"
        " ON CONFLICT (athlete_id, key) DO UPDATE SET value = excluded.value",
        params,
    )


async def weigh(
    conn: Connection,
    id: str,  # noqa: A002 - it is the column's name, and callers name it
    athlete_id: str,
    day: date,
    load: float,
    unit: Unit,
    weight_kg: float,
    message_id: str | None,
    at: datetime,
) -> None:
    """A weighing. The latest of a day counts."""
    await _unlearn(conn, athlete_id, day)
    await conn.run(
        "INSERT INTO body_weights (id, athlete_id, day, load, unit, weight_kg, message_id, at)"
        " VALUES (:id, :athlete_id, :day, :load, :unit, :weight_kg, :message_id, :at)",
        {
            "id": id,
            "athlete_id": athlete_id,
            "day": day.isoformat(),
            "load": load,
            "unit": unit,
            "weight_kg": weight_kg,
            "message_id": message_id,
            "at": write_instant(at),
        },
    )


async def unweigh(conn: Connection, id: str) -> None:  # noqa: A002 - as above
    """Takes a weighing back."""
    rows = await conn.execute("SELECT athlete_id, day FROM body_weights WHERE id = :id", {"id": id})
    await conn.run("DELETE FROM body_weights WHERE id = :id", {"id": id})
    for athlete_id, day in rows:
        await _unlearn(conn, athlete_id, date.fromisoformat(day))


async def _unlearn(conn: Connection, athlete_id: str, day: date) -> None:
    """A weighing counts from its day on, and the first one also for the days before it."""
    earlier = await conn.execute(
        "SELECT 1 FROM body_weights WHERE athlete_id = :id AND day <= :day LIMIT 1",
        {"id": athlete_id, "day": day.isoformat()},
    )
    await strengths.unlearn(conn, athlete_id, day if earlier else date.min)


async def body_weight(conn: Connection, athlete_id: str, on: date) -> float | None:
    """Kilograms on that day: the latest weighing up to it, else the earliest after it."""
    rows = await conn.execute(
        "SELECT COALESCE("
        "(SELECT weight_kg FROM body_weights WHERE athlete_id = :id AND day <= :day"
        " ORDER BY day DESC, at DESC, id DESC LIMIT 1),"
        "(SELECT weight_kg FROM body_weights WHERE athlete_id = :id AND day > :day"
        " ORDER BY day, at DESC, id DESC LIMIT 1))",
        {"id": athlete_id, "day": on.isoformat()},
    )
    weight_kg: float | None = rows[0][0]
    return weight_kg


async def body_weights(conn: Connection, athlete_id: str, limit: int) -> list[BodyWeight]:
    """The last weighings, newest first."""
    rows = await conn.execute(
        "SELECT id, day, load, unit, weight_kg, at FROM body_weights WHERE athlete_id = :id"
        " ORDER BY day DESC, at DESC, id DESC LIMIT :limit",
        {"id": athlete_id, "limit": limit},
    )
    return [_body_weight(row) for row in rows]


def _athlete(row: Row) -> Athlete:
    return Athlete(
        id=row[0],
        name=row[1],
        unit=row[2],
        unit_chosen=bool(row[3]),
        zone=row[4],
        language=row[5],
        created_at=read_instant(row[6]),
        greeted=bool(row[7]),
        hold_since=read_instant_or_none(row[8]),
    )


def _body_weight(row: Row) -> BodyWeight:
    return BodyWeight(
        id=row[0],
        day=date.fromisoformat(row[1]),
        load=row[2],
        unit=row[3],
        weight_kg=row[4],
        at=read_instant(row[5]),
    )


def _columns(athlete: Athlete) -> Params:
    return {
        "id": athlete.id,
        "name": athlete.name,
        "unit": athlete.unit,
        "unit_chosen": int(athlete.unit_chosen),
        "zone": athlete.zone,
        "language": athlete.language,
        "created_at": write_instant(athlete.created_at),
        "greeted": int(athlete.greeted),
        "hold_since": write_instant_or_none(athlete.hold_since),
    }
