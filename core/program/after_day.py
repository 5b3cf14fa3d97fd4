"""What a lift of a plan is loaded with, and how a day of training moves that: a fold over days.

It runs beside the fold of `core.learning` and is fed by it: the model says what a lift can take, and the working max M
follows in the small steps that the rules allow (`working_max`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import exp
from typing import Final, NamedTuple

from core.learning import flat_rating, prescribe
from core.learning.reserve import EASIEST_RPE
from core.model import LoggedSet
from core.program.after_lift import LiftDay, State, after, max_of, n_of
from core.program.amraps import AIMED_REPS, SPARED_REPS, Told, amrap_load
from core.program.blocks import block_of
from core.program.calendar import SessionDone, advanced, as_of, block_number
from core.program.course import Course, LiftCourse
from core.program.places import Exercises, Place, places, session_now, times_a_week
from core.program.values import Plan, PlannedSession
from core.program.working_max import first, held_at, layoff, load_at, planned_interval
from core.situation import without_rating

LEAST_OF_SESSION: Final = 0.5
"""A session counts as trained when so much of its lifts was done (own choice)."""

# Loads -----------------------------------------------------------------------------------------------------------


class Loads(NamedTuple):
    """A load (kg, the body's share included, before rounding); days and percent of a layoff where there was one, and the
    reps that it takes off."""

    load_kg: float
    days_away: int = 0
    percent: int = 0
    fewer_reps: int = 0


def load_of(
    place: Place, known: LiftCourse | None, state: State | None, day: date, times_a_week: int
) -> Loads | None:
    """What a lift is loaded with; None where nothing is known of it yet: then it is found out."""
    curve = 1.0 if state is None else exp(state[1].belief.k)
    if known is None:
        e_kg = None if state is None else max_of(state, place.asked, day, curve)
        return None if e_kg is None else _loads(place, first(e_kg, "own"), curve)
    m_kg = held_at(known.load_kg, known.n, curve)
    days = (day - known.last).days
    away = layoff(days, planned_interval(times_a_week))
    if away is None:
        return _loads(place, m_kg, curve)
    less = _loads(place, away.of(m_kg), curve)
    return less._replace(days_away=days, percent=away.percent, fewer_reps=away.fewer_reps)


def _loads(place: Place, m_kg: float, curve: float) -> Loads:
    return Loads(load_at(m_kg, n_of(place.asked), curve))


def amrap_of(place: Place, working_kg: float, state: State, day: date) -> float:
    """The load (kg, the body's share included) of a lift's AMRAP, beside the day's own load; `state` with today's sets."""
    habits, known = state
    reps, rpe = AIMED_REPS - SPARED_REPS, 10.0 - SPARED_REPS
    aimed = prescribe(habits, known, reps, rpe, day.toordinal(), place.asked.sets)
    if aimed is None:
        return working_kg
    return amrap_load(working_kg, aimed.value, _told(state), block_of(place.week))


def _told(state: State) -> Told:
    """What today's sets of a lift told, or the last day's, where there are none yet."""
    habits, known = state
    flat = flat_rating(habits)
    said = [one.rpe for one in known.open or known.past[:1] if one.rpe is not None and one.rpe != flat]
    if not said:
        return Told.NOTHING
    return Told.EASY if max(said) <= EASIEST_RPE else Told.TELLING


# After a day -----------------------------------------------------------------------------------------------------


def trained(
    course: Course,
    plan: Plan,
    day: date,
    done: Mapping[str, Sequence[LoggedSet]],
    states: Mapping[str, State],
    exercises: Exercises,
    body_weight_kg: float | None,
    *,
    easy: bool = False,
) -> Course:
    """The course after a day's sets, by lift; `states` hold what has been learned of the lifts, the day included. An
    `easy` day moves no load."""
    session = session_now(course, plan, day)
    if session is None:
        return course
    lifts, block = dict(course.lifts), block_number(as_of(course.position, day))
    for place in _places_of(course, plan, session, day, exercises, done):
        name = place.exercise.id
        sets, state, known = done.get(name, ()), states.get(name), _back(lifts.get(name), plan, name, day)
        if not sets:
            continue
        flat = None if state is None else flat_rating(state[0])
        sets = sets if flat is None else without_rating(sets, flat)
        if not place.style.has_weeks:
            lifts.pop(
                name, None
            )  # its loads follow from its sets; the weeks begin anew from what is known then
            continue
        if easy or place.deload:
            now = None if known is None else known._replace(last=day)  # it was done, if lightly
        else:
            now = (
                None
                if state is None
                else after(LiftDay(place, sets, state, day, body_weight_kg, block), known)
            )
        if now is not None:
            lifts[name] = now
    position = as_of(course.position, day)
    if is_trained(session, done):
        position = advanced(position, SessionDone(day))
    return replace(course, position=position, lifts=lifts)


def _places_of(
    course: Course,
    plan: Plan,
    session: PlannedSession,
    day: date,
    exercises: Exercises,
    done: Mapping[str, object],
) -> list[Place]:
    """The places of the day's lifts: in the session that is next, else in another of the plan."""
    found = list(places(course, plan, session, day, exercises))
    known = {one.exercise.id for one in found}
    for other in plan.sessions:
        new = set(done) - set(course.lifts)  # of what is known, sets apart from its session say nothing
        more = [one for one in places(course, plan, other, day, exercises) if one.exercise.id in new]
        found += [one._replace(amrap=False) for one in more if one.exercise.id not in known]
        known |= {one.exercise.id for one in more}
    return found


def is_trained(session: PlannedSession, done: Mapping[str, Sequence[LoggedSet]]) -> bool:
    """Whether enough of a session's lifts were done for it to count."""
    ours = {lift.exercise for lift in session.lifts}
    return len(ours & set(done)) >= max(1, LEAST_OF_SESSION * len(ours))


def _back(known: LiftCourse | None, plan: Plan, exercise_id: str, day: date) -> LiftCourse | None:
    """A lift as it comes back after a layoff: its M is as much less as its loads were."""
    if known is None:
        return None
    away = layoff((day - known.last).days, planned_interval(times_a_week(plan, exercise_id)))
    return known if away is None else known._replace(load_kg=away.of(known.load_kg))
