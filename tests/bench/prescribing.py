"""The next target from a full history, against one indexed read of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from core.exercises import catalogue
from core.learning import Done, Habits, Lift, close, prescribe, update
from core.loads import Gear
from core.model import LoggedSet, SetEntry
from core.situation import Situation
from core.targets import next_target
from tests.bench.lines import Line
from tests.bench.logs import LIFTS, START
from tests.bench.timing import seconds_each

HISTORY: Final = 120
SETS_A_DAY: Final = 4
DAYS: Final = 30


def prescribing(folder: Path) -> list[Line]:
    """The ratios: a target from history, from a session begun after it, and from nothing."""
    with closing(sqlite3.connect(folder / "read.db")) as raw:
        raw.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, body TEXT)")
        raw.executemany("INSERT INTO rows VALUES (?, ?)", ((f"{n:08}", "x" * 300) for n in range(10_000)))
        raw.commit()
        squat = catalogue().get("squat")
        assert squat is not None
        bare = Situation(exercise=squat, unit="kg", gear=Gear(), body_weight_kg=None, today=START.date())
        full = replace(bare, history=tuple(map(_logged, range(HISTORY))))
        begun = replace(full, session=(_logged(HISTORY),))
        first = replace(bare, session=begun.session)
        found = seconds_each(
            {
                "read": lambda: raw.execute("SELECT * FROM rows WHERE id = ?", ("00005000",)).fetchall(),
                "full": lambda: next_target(full),
                "begun": lambda: next_target(begun),
                "first": lambda: next_target(first),
                "learned": _learned(),
                "lookup": lambda: _BY_ID["squat"],
            },
            rounds=40,
            batch=20,
        )
    read = f"next target, {HISTORY} sets of history"
    return [
        Line(f"{read} / one indexed read of SQLite", found["full"] / found["read"]),
        Line(f"{read} and one today / one indexed read", found["begun"] / found["read"]),
        Line(f"{read} and one today / the same without history", found["begun"] / found["first"]),
        Line(f"{_LEARNING} / the 50 µs allowed", found["learned"] / ALLOWED_S, 1),
        Line(f"{_LEARNING} / one indexed read", found["learned"] / found["read"]),
        Line(f"{_LEARNING} / a look into a dictionary", found["learned"] / found["lookup"]),
    ]


_LEARNING: Final = "learning a set and prescribing the next"
ALLOWED_S: Final = 50e-6
"""What the two may take together (issue 4)."""
_BY_ID: Final = {lift: lift for lift in LIFTS}


def _learned() -> Callable[[], object]:
    """A set inside a day that has begun, and the load for the next, after `DAYS` rated days."""
    habits, lift = Habits(), Lift()
    for day in range(0, 3 * DAYS, 3):
        for number in range(SETS_A_DAY):
            done = Done(100 + 2.5 * (day % 4), 6 + number % 3, 7.5 + number % 4 / 2)
            habits, lift = update(habits, lift, done, day)
        habits, lift = close(habits, lift)
    habits, lift = update(habits, lift, Done(105, 8, 8.0), 3 * DAYS)

    def one() -> object:
        after, known = update(habits, lift, Done(105, 7, 8.5), 3 * DAYS)
        return prescribe(after, known, 8, 8.0, 3 * DAYS, 3)

    return one


def _logged(number: int) -> LoggedSet:
    """The sets of a lift trained twice a week, a little heavier every month; the one after the last is today's."""
    days_ago = -(-(HISTORY - number) // SETS_A_DAY) * 3
    at = START - timedelta(days=days_ago)
    load = 100 - 2.5 * (days_ago // 30)
    done = SetEntry(exercise="squat", load=load, unit="kg", reps=6 + number % 3, rpe=7.5 + number % 4 / 2)
    return LoggedSet(
        id=f"s{number:03}",
        athlete_id="lifter",
        author_id="lifter",
        message_id=f"m{number:03}",
        import_id=None,
        position=0,
        exercise_id="squat",
        performed_at=at,
        day=at.date(),
        zone="UTC",
        entry=done,
        done=done,
    )
