"""Lifts and logs for the tests of the rules: a lift as a value, a set as one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from core.care import by_day
from core.learning import Habits, Lift, close, flat_rating, update
from core.learning.reading import evidence
from core.loads import Gear
from core.model import Exercise, Kind, LoggedSet, Role, SetEntry, Target
from core.situation import Learned, without_rating
from core.targets import Situation, next_target

TODAY = date(2026, 11, 20)

SQUAT = Exercise("squat", "Squat", Role.ANCHOR, True, "barbell", "squat", 2.5, 5, ("quads",), lower_body=True)
BENCH = Exercise("bench-press", "Bench press", Role.ANCHOR, True, "barbell", "press", 2.5, 5, ("chest",))
PRESS = Exercise(
    "overhead-press", "Press", Role.SECONDARY, True, "barbell", "press", 2.5, 5, ("front-delts",)
)
ROW = Exercise(
    "cable-row", "Cable row", Role.ACCESSORY, True, "cable", "row", 5, 10, ("lats",), fixed_path=True
)
CURL = Exercise(
    "dumbbell-curl", "Curl", Role.ISOLATION, False, "dumbbell", "curl", 2, 5, ("biceps",), per_hand=True
)
LUNGE = Exercise(
    "lunge",
    "Lunge",
    Role.SECONDARY,
    True,
    "dumbbell",
    "lunge",
    2,
    5,
    ("quads",),
    per_hand=True,
    lower_body=True,
)
PULL_UP = Exercise(
    "pull-up",
    "Pull-up",
    Role.SECONDARY,
    True,
    "bodyweight",
    "pull",
    1.25,
    2.5,
    ("lats",),
    share=1.0,
    bodyweight=True,
)
PUSH_UP = Exercise(
    "push-up",
    "Push-up",
    Role.SECONDARY,
    True,
    "bodyweight",
    "press",
    1.25,
    2.5,
    ("chest",),
    share=0.64,
    bodyweight=True,
)
PLANK = Exercise(
    "plank",
    "Plank",
    Role.ACCESSORY,
    False,
    "bodyweight",
    "core",
    1.25,
    2.5,
    ("abs",),
    bodyweight=True,
    timed=True,
)

_ids = count()


def logged(done: SetEntry, exercise: Exercise = SQUAT, day: date = TODAY) -> LoggedSet:
    """A set as the log holds it."""
    number = next(_ids)
    at = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    return LoggedSet(f"s{number}", "a", "a", None, None, 1, exercise.id, at, day, "UTC", done, done)


def a_set(load: float | None, reps: int | None, rpe: float | None = None, **marks: object) -> SetEntry:
    """A work set in kilograms; `marks` are the other fields of a `SetEntry`."""
    return SetEntry(**({"load": load, "unit": "kg", "reps": reps, "rpe": rpe, "kind": Kind.WORK} | marks))  # type: ignore[arg-type]


def on(days_ago: int, *sets: SetEntry, exercise: Exercise = SQUAT) -> tuple[LoggedSet, ...]:
    """A session so many days before today."""
    return tuple(logged(done, exercise, TODAY - timedelta(days=days_ago)) for done in sets)


def situation(
    *today: SetEntry,
    exercise: Exercise = SQUAT,
    history: Iterable[LoggedSet] = (),
    **known: object,
) -> Situation:
    """A situation with these sets today; kilograms, the usual gear and 80 kg of body weight unless told."""
    values: dict[str, object] = {"unit": "kg", "gear": Gear(), "body_weight_kg": 80.0, "today": TODAY}
    session = tuple(logged(done, exercise) for done in today)
    return Situation(exercise, session=session, history=tuple(history), **(values | known))  # type: ignore[arg-type]


def learned(s: Situation) -> Learned:
    """What the days before today have taught, as the coach keeps it."""
    habits, lift = Habits(), Lift()
    for day in by_day(s.history):
        for done in evidence(s.exercise, [one.done for one in day], s.body_weight_kg):
            habits, lift = update(habits, lift, done, day[0].day.toordinal())
        habits, lift = close(habits, lift)
    return Learned(habits, lift, s.session)


def known(*today: SetEntry, **others: object) -> Situation:
    """A `situation` with what its history has taught."""
    s = situation(*today, **others)  # type: ignore[arg-type]
    taught = learned(s)
    flat = flat_rating(taught.habits)
    if flat is not None:
        seen = without_rating(s.session, flat), without_rating(s.history, flat)
        s = replace(s, session=seen[0], history=seen[1], flat_rpe=flat)
    return replace(s, learned=taught)


Told = tuple[float | None, int | None]
"""Load and reps of a target."""


def after(s: Situation) -> Target:
    """The target that follows; there is one."""
    target = next_target(s)
    assert target is not None
    return target


def told(target: Target) -> Told:
    """What a target asks for."""
    return target.load, target.reps


def codes(target: Target) -> list[str]:
    """Why, as the codes of its reasons in their order."""
    return [reason.code for reason in target.reasons]
