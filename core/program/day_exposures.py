"""A day's sets of a lift as one exposure, and the last exposures of each lift as they are kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from core.effort import FAILURE_RPE, WITHOUT_PLAN
from core.learning import Habits, Lift
from core.learning.reading import evidence
from core.model import Exercise, Kind, LoggedSet, SetEntry
from core.program.course import Course
from core.program.exposures import Exposure, Tried, exposure
from core.program.lowered import hurt_on, was_away
from core.program.places import Exercises, Place, places, session_now
from core.program.values import Plan
from core.strength import WORK_SHARE, system_kg

KEPT: Final = 3
KEPT_DAYS: Final = 28
"""So many exposures of a lift are kept, and for so long (own choice): no rule looks further back."""


# A day's sets ----------------------------------------------------------------------------------------------------


def tried(
    exercise: Exercise, place: Place | None, done: Sequence[LoggedSet], body_weight_kg: float | None
) -> list[Tried]:
    """A day's work sets of a lift with the RPE that was asked of each: by its `place` in the plan, else by its role.

    An AMRAP, or a set that was left open, is as hard as it comes, and stands last.
    """
    work = [one.done for one in worked(exercise, done, body_weight_kg)]
    amraps = [one for one in work if _is_open(one)]
    straight = evidence(exercise, [one for one in work if not _is_open(one)], body_weight_kg)
    found = [Tried(one, rpe_asked(exercise, place, at), one.failed) for at, one in enumerate(straight, 1)]
    for one in evidence(exercise, amraps, body_weight_kg):
        found.append(Tried(one, FAILURE_RPE if one.failed or one.rpe is None else one.rpe, all_out=True))
    return found


def rpe_asked(exercise: Exercise, place: Place | None, position: int) -> float:
    """The RPE asked of a day's work set number `position`: by the lift's place in the plan, else by its role."""
    return WITHOUT_PLAN[exercise.role].rpe_of(position) if place is None else place.asked.rpe_of(position)


def _is_open(one: SetEntry) -> bool:
    return one.kind is Kind.AMRAP or one.open_ended


def worked(exercise: Exercise, done: Sequence[LoggedSet], body_weight_kg: float | None) -> list[LoggedSet]:
    """The sets at 85% of the day's heaviest load and above; warm-ups are none, and AMRAPs and open sets give no load to go by."""
    sets = [one for one in done if one.done.kind is not Kind.WARMUP and one.done.reps]
    weights = [
        system_kg(exercise, one.done.load, one.done.unit or "kg", body_weight_kg) or 0.0 for one in sets
    ]
    pairs = list(zip(sets, weights, strict=True))
    straight = [weight for one, weight in pairs if not _is_open(one.done)]
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
    """An exposure as it is kept: all of it but its lift; and the last day on which the lift hurt so that its load was lowered,
    as long as that counts: such an exposure is compared with nothing."""

    at: datetime
    load: float | None
    rpe: float | None
    over: float | None
    shown_kg: float | None
    expected_kg: float | None
    noise: float | None
    hurt_on: date | None = None


Past = Mapping[str, tuple[Seen, ...]]
"""The last exposures of each lift by its id, the oldest first."""


def seen(one: Exposure) -> Seen:
    """The exposure as it is kept: finer than thousandths tells nothing."""
    numbers = (one.rpe, one.over, one.shown_kg, one.expected_kg, one.noise)
    rpe, over, shown, expected, noise = (None if value is None else round(value, 4) for value in numbers)
    return Seen(one.at, one.load, rpe, over, shown, expected, noise)


class LiftOfDay(NamedTuple):
    """A lift's sets of a day, what was known before it, and what the athlete weighed where it asks for that."""

    exercise: Exercise
    sets: Sequence[LoggedSet]
    before: tuple[Habits, Lift]
    body_weight_kg: float | None


def seen_of(
    lifts: Sequence[LiftOfDay],
    asked: Mapping[str, Place],
    less: Collection[str],
    past: Past,
    *,
    easy: bool = False,
) -> dict[str, Seen]:
    """A day's exposures by lift, with what the plan `asked` of those that it has. Of a day that was `easy` and of lifts that
    were asked for `less` there are none, but what is to be known of pain."""
    found = {}
    for one in lifts:
        name, day = one.exercise.id, one.sets[0].day
        shown = exposed(one.exercise, asked.get(name), one.sets, one.before, one.body_weight_kg)
        hurt = hurt_on(last_hurt(past, name), one.sets, day)
        by_plan = name in asked and asked[name].style.has_weeks
        light = easy or name in less or (not by_plan and was_away(one.before[1], day))
        if shown is not None and (hurt is not None or not light):
            found[name] = seen(shown)._replace(hurt_on=hurt)
    return found


def last_hurt(past: Past, exercise_id: str) -> date | None:
    """The last day on which a lift hurt so that its load was lowered, as far as it is kept."""
    rows = past.get(exercise_id, ())
    return rows[-1].hurt_on if rows else None


def past_of(past: Past, lift: Exercise) -> tuple[Exposure, ...]:
    """The exposures of a lift that are kept, the oldest first; none of those that pain had lowered."""
    return tuple([Exposure(lift, *one[:-1]) for one in past.get(lift.id, ()) if one.hurt_on is None])


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


_FORMAT: Final = 2
"""Goes up with any change of what is kept: it is then learned anew from the log."""


def as_json(past: Past) -> str:
    """The exposures as text, to be kept."""
    rows = {lift: [_row(one) for one in each] for lift, each in sorted(past.items())}
    return json.dumps([_FORMAT, rows], separators=(",", ":"))


def _row(one: Seen) -> list[object]:
    hurt = None if one.hurt_on is None else one.hurt_on.isoformat()
    return [one.at.isoformat(), *one[1:-1], hurt]


def from_json(text: str) -> Past:
    """The exposures that were kept; ValueError for anything else."""
    try:
        found, rows = json.loads(text)
        past = {lift: tuple([_seen(*one) for one in each]) for lift, each in rows.items()}
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError("no exposures") from error
    if found != _FORMAT:
        raise ValueError("no exposures")
    return past


def _seen(at: str, *rest: Any) -> Seen:
    load, rpe, over, shown, expected, noise, hurt = rest
    since = None if hurt is None else date.fromisoformat(hurt)
    return Seen(datetime.fromisoformat(at), load, rpe, over, shown, expected, noise, since)
