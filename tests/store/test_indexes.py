"""What is asked at every message is answered from an index, and costs the same however long the log is."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.store import Connection, Store, calls, lifts, messages, people, plans, questions, sets
from core.store.changes import last_undoable
from core.store.connection import Bound, Row
from core.store.imports import find
from tests.store.gym import Gym

LONG = 20_000
TODAY = date(2026, 11, 20)


class Explaining(Connection):
    """Passes queries on, and keeps how the database says that it answers them."""

    row_locks = False

    def __init__(self, store: Store, inner: Connection, how: str) -> None:
        super().__init__(store)
        self._inner = inner
        self._how = how
        self.plan: list[str] = []

    async def _rows(self, sql: str, params: Bound) -> list[Row]:
        told = await self._inner.execute(f"{self._how} {sql}", params)
        self.plan.extend(str(row[-1]) for row in told)
        return await self._inner.execute(sql, params)

    async def _run(self, sql: str, params: Bound) -> int:
        raise AssertionError("queries only")

    async def _run_each(self, sql: str, rows: Sequence[Bound]) -> None:
        raise AssertionError("queries only")


Query = Callable[[Connection, Gym], Awaitable[object]]

HOT: dict[str, tuple[Query, str]] = {
    "find an athlete": (
        lambda conn, gym: people.writer(conn, "console", "lifter", "1"),
        "SEARCH i USING PRIMARY KEY",
    ),
    "body weight": (lambda conn, gym: people.body_weight(conn, gym.lifter.id, TODAY), "body_weights_by_day"),
    "preferences": (lambda conn, gym: people.preferences(conn, gym.lifter.id), "preferences"),
    "names": (lambda conn, gym: lifts.names(conn, gym.lifter.id), "names"),
    "own exercises": (lambda conn, gym: lifts.own_exercises(conn, gym.lifter.id), "own_exercises"),
    "stated maximum": (
        lambda conn, gym: lifts.stated_max(conn, gym.lifter.id, "squat"),
        "stated_maxes_newest",
    ),
    "find a message": (lambda conn, gym: messages.find(conn, "console", "1", "17"), "messages"),
    "replies to a message": (lambda conn, gym: messages.replies_to(conn, "x"), "replies_to_message"),
    "unsent replies": (lambda conn, gym: messages.unsent(conn, "console", 20), "replies_unsent"),
    "sets of a message": (lambda conn, gym: sets.of_message(conn, "x"), "sets_of_message"),
    "last set": (lambda conn, gym: sets.last(conn, gym.lifter.id), "sets_by_time"),
    "last set before": (lambda conn, gym: sets.last(conn, gym.lifter.id, place(gym)), "sets_by_time"),
    "last set of a lift": (
        lambda conn, gym: sets.last_of(conn, gym.lifter.id, "squat"),
        "sets_of_exercise_by_time",
    ),
    "last set of a lift before": (
        lambda conn, gym: sets.last_of(conn, gym.lifter.id, "squat", place(gym)),
        "sets_of_exercise_by_time",
    ),
    "lift used last": (
        lambda conn, gym: sets.last_used(conn, gym.lifter.id, ["squat", "curl"]),
        "sets_of_exercise_by_time",
    ),
    "sets of a day": (lambda conn, gym: sets.on_day(conn, gym.lifter.id, TODAY), "sets_by_day"),
    "recent sets": (
        lambda conn, gym: sets.recent(conn, gym.lifter.id, "squat", date(2000, 1, 1), 50),
        "sets_of_exercise_by_day",
    ),
    "best estimate": (lambda conn, gym: sets.best_e1rm(conn, gym.lifter.id, "squat", "x"), "sets_best"),
    "training days": (
        lambda conn, gym: sets.session_days(conn, gym.lifter.id, "squat", 12),
        "sets_of_exercise_by_day",
    ),
    "history": (lambda conn, gym: sets.history(conn, gym.lifter.id, 5), "sets_by_day"),
    "first day": (lambda conn, gym: sets.first_day(conn, gym.lifter.id), "sets_by_day"),
    "calls of sets": (lambda conn, gym: calls.of_sets(conn, ["x", "y"]), "PRIMARY KEY"),
    "calls of days": (lambda conn, gym: calls.of_days(conn, gym.lifter.id, None, TODAY), "calls_of_athlete"),
    "last calls": (lambda conn, gym: calls.newest(conn, gym.lifter.id, 5), "calls_of_athlete"),
    "leaning sets": (lambda conn, gym: sets.leaning_on(conn, ["x", "y"]), "sets_leaning"),
    "open questions": (lambda conn, gym: questions.all_open(conn, gym.lifter.id, "1"), "questions_open"),
    "questions of a message": (lambda conn, gym: questions.of_message(conn, "x"), "questions_of_message"),
    "last change": (lambda conn, gym: last_undoable(conn, gym.lifter.id), "changes_undoable"),
    "plan": (lambda conn, gym: plans.versions(conn, gym.lifter.id), "plan_versions_active"),
    "import": (lambda conn, gym: find(conn, gym.lifter.id, "abc"), "imports"),
}


def place(gym: Gym) -> sets.Key:
    return gym.now, "x", 0, ""


hot = pytest.mark.parametrize(("query", "index"), HOT.values(), ids=HOT.keys())


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@hot
async def test_sqlite_answers_from_the_index(gym: Gym, query: Query, index: str) -> None:
    async with gym.store.read() as conn:
        explaining = Explaining(gym.store, conn, "EXPLAIN QUERY PLAN")
        await query(explaining, gym)
    told = "\n".join(explaining.plan)
    assert index in told
    # The days of a recursive query, a few, are the one thing that may be gone through.
    scanned = [line for line in explaining.plan if line.startswith("SCAN") and "days" not in line]
    assert [line for line in scanned if line != "SCAN CONSTANT ROW"] == [], told


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_the_best_estimate_needs_the_index_alone(gym: Gym) -> None:
    async with gym.store.read() as conn:
        explaining = Explaining(gym.store, conn, "EXPLAIN QUERY PLAN")
        await sets.best_e1rm(explaining, gym.lifter.id, "squat", "x")
    assert [line.partition(" (")[0] for line in explaining.plan] == [
        "SEARCH sets USING COVERING INDEX sets_best"
    ]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_postgresql_answers_from_the_index(gym: Gym) -> None:
    await fill(gym, 400)
    read_whole = {}
    async with gym.store.write() as conn:
        await conn.run("ANALYZE")
        # A table of few rows is read whole, rightly: so it is made dear, and done only where no index would serve.
        await conn.run("SET LOCAL enable_seqscan = off")
        for name, (query, _) in HOT.items():
            explaining = Explaining(gym.store, conn, "EXPLAIN")
            await query(explaining, gym)
            read_whole[name] = [line for line in explaining.plan if "Seq Scan" in line]
    assert {name: lines for name, lines in read_whole.items() if lines} == {}


class Stepping(Connection):
    """Runs queries on a SQLite file and counts the instructions of its machine: work, whatever the clock says."""

    row_locks = False

    def __init__(self, store: Store, raw: sqlite3.Connection) -> None:
        super().__init__(store)
        self._raw = raw
        self.steps = 0
        raw.set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self.steps += 1
        return 0

    async def _rows(self, sql: str, params: Bound) -> list[Row]:
        return self._raw.execute(sql, params).fetchall()

    async def _run(self, sql: str, params: Bound) -> int:
        raise AssertionError("queries only")

    async def _run_each(self, sql: str, rows: Sequence[Bound]) -> None:
        raise AssertionError("queries only")


async def fill(gym: Gym, count: int) -> None:
    """A log of 20 sets a day up to now, of one lift."""
    [message] = await gym.said("17")
    base = gym.logged(message, e1rm_kg=126.5)
    logged = []
    for number in range(count):
        at = gym.now - timedelta(days=number // 20, minutes=number % 20)
        logged.append(replace(base, id=f"{number:026}", performed_at=at, day=at.date(), position=number))
    async with gym.store.write() as conn:
        await sets.add(conn, logged)


@pytest.mark.parametrize("analyzed", [False, True])
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_long_log_costs_no_more_work_than_a_short_one(gym: Gym, url: str, analyzed: bool) -> None:
    await fill(gym, 400)
    short = await steps(gym, url)
    async with gym.store.write() as conn:
        await conn.run("DELETE FROM sets")
        await conn.run("DELETE FROM messages")
    await fill(gym, LONG)
    if analyzed:
        async with gym.store.write() as conn:
            await conn.run("ANALYZE")
    long = await steps(gym, url)
    dear = {name: (short[name], long[name]) for name in HOT if long[name] > short[name] * 1.2 + 10}
    assert dear == {}


async def steps(gym: Gym, url: str) -> dict[str, int]:
    counted = {}
    with closing(sqlite3.connect(Path(url.removeprefix("sqlite://")))) as raw:
        for name, (query, _) in HOT.items():
            stepping = Stepping(gym.store, raw)
            await query(stepping, gym)
            counted[name] = stepping.steps
    return counted
