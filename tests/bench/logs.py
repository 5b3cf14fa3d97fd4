"""Logs to measure on: each set a message of its own, with its reply and its line in the journal, as the coach leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from core.ids import Ids
from core.model import Athlete, LoggedSet, SetEntry
from core.store import Connection, Store, open_store, people, sets
from core.store.serial import write_instant
from core.strength import epley

START: Final = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""When the measured messages begin to come in; everything built here is older."""

PLATFORM: Final = "console"
_HABITS: Final = 12
_BATCH: Final = 10_000

LIFTS: Final = {
    "squat": 100.0,
    "bench-press": 80.0,
    "deadlift": 140.0,
    "overhead-press": 50.0,
    "barbell-row": 70.0,
    "romanian-deadlift": 90.0,
    "pull-up": 10.0,
    "dip": 15.0,
    "leg-press": 180.0,
    "biceps-curl": 30.0,
    "lunge": 20.0,
    "incline-bench-press": 65.0,
}
"""What is trained, and a load that is usual on it (kg)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is in a log: how many athletes, sets of each, over how many days, how many a session, on which lifts."""

    name: str
    athletes: int
    sets_each: int
    days: int
    session: int = 48
    lifts: tuple[str, ...] = tuple(LIFTS)


TEN_YEARS: Final = Shape("ten years of one athlete", 1, 100_000, 3650)
ONE_LIFT: Final = Shape("all of one lift", 1, 100_000, 3650, lifts=("squat",))
MANY: Final = Shape(
    "1,000 athletes", 1000, 100, 60, 25, ("squat", "bench-press", "deadlift", "overhead-press")
)
EMPTY: Final = Shape("empty", 1, 0, 0)
SHAPES: Final = (EMPTY, TEN_YEARS, ONE_LIFT, MANY)


async def built(folder: Path, shape: Shape) -> Store:
    """A store with such a log. Every athlete has been greeted; the first is called `lifter0`."""
    path = folder / f"{shape.name.replace(' ', '-')}.db"
    store = await open_store(f"sqlite:///{path}", now=START)
    ids = Ids()
    born = START - timedelta(days=shape.days + 1)
    athletes = [_athlete(ids.new(born), number, born) for number in range(shape.athletes)]
    async with store.write() as conn:
        for number, athlete in enumerate(athletes):
            await people.add(conn, athlete, PLATFORM, f"lifter{number}", athlete.name)
        log = _log(ids, shape, athletes)
        while some := list(islice(log, _BATCH)):
            await _store(conn, ids, some)
    return store


async def emptied(store: Store) -> None:
    """The log as it was before the first measured set; messages and replies stay, as no set depends on them."""
    async with store.write() as conn:
        await conn.run(
            "DELETE FROM sets WHERE id > :first", {"first": Ids().new(START - timedelta(minutes=1))}
        )


def _athlete(id_: str, number: int, born: datetime) -> Athlete:
    return Athlete(id_, f"Lifter {number}", "kg", True, "UTC", "en", born, greeted=True)


def _log(ids: Ids, shape: Shape, athletes: Sequence[Athlete]) -> Iterator[LoggedSet]:
    """All sets in the order of time: each day that is trained, a few lifts, each for some sets."""
    if not shape.sets_each:
        return
    sessions = -(-shape.sets_each // shape.session)
    lifts = cycle(shape.lifts)
    for session in range(sessions):
        day = START - timedelta(days=(sessions - session) * shape.days / sessions)
        todays = list(islice(lifts, min(6, len(shape.lifts))))
        for athlete in athletes:
            for place in range(min(shape.session, shape.sets_each - session * shape.session)):
                lift = todays[place * len(todays) // shape.session]
                at = day.replace(hour=8) + timedelta(minutes=2 * place)
                yield _logged(ids, athlete, lift, at, session, place)


def _logged(ids: Ids, athlete: Athlete, lift: str, at: datetime, session: int, place: int) -> LoggedSet:
    load = LIFTS[lift] - 2.5 * (3 - session // _HABITS % 4)
    typed = SetEntry(exercise=lift, load=load, reps=6 + (session + place) % 3, rpe=7.5 + place % 4 / 2)
    message_id = ids.new(at)
    return LoggedSet(
        id=ids.new(at),
        athlete_id=athlete.id,
        author_id=athlete.id,
        message_id=message_id,
        import_id=None,
        position=0,
        exercise_id=lift,
        performed_at=at,
        day=at.date(),
        zone="UTC",
        entry=typed,
        done=replace(typed, unit="kg"),
        e1rm_kg=epley(load, 10),
    )


_MESSAGE: Final = (
    "INSERT INTO messages (id, platform, chat, message_key, author_id, text, sent_at, received_at)"
    " VALUES (:message, :platform, :chat, :key, :athlete, :text, :at, :at)"
)
_REPLY: Final = (
    "INSERT INTO replies (id, message_id, platform, chat, athlete_id, audience, body, extra, created_at, sent_at)"
    " VALUES (:reply, :message, :platform, :chat, :athlete, 'chat', :body, '{}', :at, :at)"
)
_CHANGE: Final = (
    "INSERT INTO changes (id, athlete_id, author_id, message_id, at, what, before)"
    " VALUES (:change, :athlete, :athlete, :message, :at, 'sets', :before)"
)


async def _store(conn: Connection, ids: Ids, logged: Sequence[LoggedSet]) -> None:
    rows: list[dict[str, str | int | float | None]] = [
        {
            "message": one.message_id,
            "reply": ids.new(one.performed_at),
            "change": ids.new(one.performed_at),
            "platform": PLATFORM,
            "chat": one.athlete_id,
            "key": one.message_id,
            "athlete": one.athlete_id,
            "text": f"{one.exercise_id} {one.done.load:g}x{one.done.reps} @{one.done.rpe:g}",
            "body": f"{one.exercise_id} {one.done.load:g} kg × {one.done.reps} ✓ next: the same. It was at target.",
            "before": '{"message":"","sets":[]}',
            "at": write_instant(one.performed_at),
        }
        for one in logged
    ]
    await conn.run_each(_MESSAGE, rows)
    await sets.add(conn, logged)
    await conn.run_each(_REPLY, rows)
    await conn.run_each(_CHANGE, rows)
