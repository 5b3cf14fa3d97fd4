"""A day's sets of a lift as one exposure, and the last exposures of each lift as they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from core.effort import WITHOUT_PLAN
from core.learning import Habits, Lift
from core.learning.reading import evidence
from core.model import Exercise, Kind, LoggedSet
from core.program.course import Course
from core.program.exposures import Exposure, Tried, exposure
from core.program.places import Exercises, Place, places, session_now
from core.program.values import Plan
from core.runs import WORK_SHARE
from core.strength import system_kg

KEPT: Final = 3
KEPT_DAYS: Final = 28
"""So many exposures of a lift are kept, and for so long (own choice): no rule looks further back."""

ALL_OUT_RPE: Final = 10.0
"""What is asked of sets to failure."""


# A day's sets ----------------------------------------------------------------------------------------------------


def tried(
    exercise: Exercise, place: Place | None, done: Sequence[LoggedSet], body_weight_kg: float | None
) -> list[Tried]:
    """A day's work sets of a lift with the RPE that was asked of each: by its `place` in the plan, else by its role.

    An AMRAP is as hard as it comes, and stands last.
    """
    work = [one.done for one in worked(exercise, done, body_weight_kg)]
    amraps = [one for one in work if one.kind is Kind.AMRAP]
    straight = evidence(exercise, [one for one in work if one.kind is not Kind.AMRAP], body_weight_kg)
    found = [Tried(one, _asked(exercise, place, at), one.failed) for at, one in enumerate(straight, 1)]
    for one in evidence(exercise, amraps, body_weight_kg):
        found.append(Tried(one, ALL_OUT_RPE if one.failed or one.rpe is None else one.rpe, all_out=True))
    return found


def _asked(exercise: Exercise, place: Place | None, position: int) -> float:
    return WITHOUT_PLAN[exercise.role].rpe_of(position) if place is None else place.asked.rpe_of(position)


def worked(exercise: Exercise, done: Sequence[LoggedSet], body_weight_kg: float | None) -> list[LoggedSet]:
    """The sets at 85% of the day's heaviest load and above; warm-ups are none, and AMRAPs set no load to go by."""
    sets = [one for one in done if one.done.kind is not Kind.WARMUP and one.done.reps]
    weights = [
        system_kg(exercise, one.done.load, one.done.unit or "kg", body_weight_kg) or 0.0 for one in sets
    ]
    pairs = list(zip(sets, weights, strict=True))
    straight = [weight for one, weight in pairs if one.done.kind is not Kind.AMRAP]
    least = WORK_SHARE * max(straight or weights, default=0.0)
    return [one for one, weight in pairs if weight >= least]


def exposed(
    exercise: Exercise,
    place: Place | None,
    done: Sequence[LoggedSet],
    state: tuple[Habits, Lift],
    body_weight_kg: float | None,
) -> Exposure | None:
    """A day's sets of a lift beside what was known before the day (`state`); None where they tell nothing of strength."""
    sets = tried(exercise, place, done, body_weight_kg)
    if not sets:
        return None
    work = worked(exercise, done, body_weight_kg)
    loads = [one.done.load for one in work]
    usual = max(reversed(loads), key=loads.count)
    at = work[0].performed_at.astimezone(ZoneInfo(work[0].zone))
    return exposure(exercise, at, usual, *state, sets, on=work[0].day)


def places_on(course: Course, plan: Plan, day: date, exercises: Exercises) -> dict[str, Place]:
    """What the plan asks on a day of each lift it has: in the session that is next, else in another."""
    first = session_now(course, plan, day)
    others = [one for one in plan.sessions if one is not first]
    found: dict[str, Place] = {}
    for session in others if first is None else [first, *others]:
        for place in places(course, plan, session, day, exercises):
            found.setdefault(place.exercise.id, place)
    return found


# What is kept ----------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """An exposure as it is kept: all of it but its lift."""

    at: datetime
    load: float | None
    rpe: float | None
    over: float | None
    shown_kg: float | None
    expected_kg: float | None
    noise: float | None


Past = Mapping[str, tuple[Seen, ...]]
"""The last exposures of each lift by its id, the oldest first."""


def seen(one: Exposure) -> Seen:
    """The exposure as it is kept: finer than thousandths tells nothing."""
    numbers = (one.rpe, one.over, one.shown_kg, one.expected_kg, one.noise)
    return Seen(one.at, one.load, *(None if value is None else round(value, 4) for value in numbers))


class LiftOfDay(NamedTuple):
    """A lift's sets of a day, what was known before it, and what the athlete weighed where it asks for that."""

    exercise: Exercise
    sets: Sequence[LoggedSet]
    before: tuple[Habits, Lift]
    body_weight_kg: float | None


def seen_of(lifts: Sequence[LiftOfDay], asked: Mapping[str, Place]) -> dict[str, Seen]:
    """A day's exposures by lift, with what the plan `asked` of those that it has; none of a deload."""
    found = {}
    for one in lifts:
        place = asked.get(one.exercise.id)
        shown = exposed(one.exercise, place, one.sets, one.before, one.body_weight_kg)
        if shown is not None and (place is None or not place.deload):
            found[one.exercise.id] = seen(shown)
    return found


def past_of(past: Past, lift: Exercise) -> tuple[Exposure, ...]:
    """The exposures of a lift that are kept, the oldest first."""
    return tuple([Exposure(lift, *one) for one in past.get(lift.id, ())])


def with_day(past: Past, day: date, today: Mapping[str, Seen]) -> dict[str, tuple[Seen, ...]]:
    """What is kept when a day is over."""
    since = day - timedelta(days=KEPT_DAYS)
    found = {}
    for lift in sorted({*past, *today}):
        rows = (*past.get(lift, ()), *((today[lift],) if lift in today else ()))
        recent = tuple([one for one in rows if one.at.date() >= since][-KEPT:])
        if recent:
            found[lift] = recent
    return found


_FORMAT: Final = 1
"""Goes up with any change of what is kept: it is then learned anew from the log."""


def as_json(past: Past) -> str:
    """The exposures as text, to be kept."""
    rows = {lift: [[one.at.isoformat(), *one[1:]] for one in each] for lift, each in sorted(past.items())}
    return json.dumps([_FORMAT, rows], separators=(",", ":"))


def from_json(text: str) -> Past:
    """The exposures that were kept; ValueError for anything else."""
    try:
        found, rows = json.loads(text)
        past = {
            lift: tuple([Seen(datetime.fromisoformat(at), *rest) for at, *rest in each])
            for lift, each in rows.items()
        }
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError("no exposures") from error
    if found != _FORMAT:
        raise ValueError("no exposures")
    return past
