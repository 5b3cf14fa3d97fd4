"""What a lift of a plan is loaded with, and how a day of training moves that: a fold over days.

It runs beside the fold of `core.learning` and is fed by it: the model says what a lift can take, and the working max M
follows in the small steps that the rules allow (`working_max`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import exp
from typing import Final, NamedTuple

from core.effort import SHORT_RPE, SPARED_REPS
from core.learning import flat_rating, prescribe
from core.learning.reserve import EASIEST_RPE
from core.model import Kind, LoggedSet
from core.program.after_lift import LiftDay, State, after, max_of, n_of
from core.program.amraps import AIMED_REPS, Told, amrap_load, by_open_set, early_most
from core.program.blocks import block_of
from core.program.calendar import SessionDone, advanced, as_of, block_number
from core.program.coming import of_due, of_other
from core.program.course import Course, LiftCourse
from core.program.places import Exercises, Place, places, planned_interval, session_now
from core.program.values import Plan, PlannedSession
from core.program.working_max import first, held_at, layoff, load_at
from core.situation import without_rating

LEAST_OF_SESSION: Final = 0.5
"""A session counts as trained when so much of its lifts was done (own choice)."""

MOST_DELOADS: Final = 16
"""So many days of deloads are kept: those of a year, and more than sets are read back (own choice)."""

# Loads -----------------------------------------------------------------------------------------------------------


class Loads(NamedTuple):
    """A load (kg, the body's share included, before rounding); days and percent of a layoff where there was one, and the
    reps that it takes off."""

    load_kg: float
    days_away: int = 0
    percent: int = 0
    fewer_reps: int = 0


def load_of(
    place: Place, known: LiftCourse | None, state: State | None, day: date, interval: int
) -> Loads | None:
    """What a lift is loaded with that is planned every `interval` days; None where nothing is known of it yet: then it is
    found out."""
    curve = 1.0 if state is None else exp(state[1].belief.k)
    if known is None:
        e_kg = None if state is None else max_of(state, place.asked, day, curve)
        return None if e_kg is None else _loads(place, first(e_kg, "own"), curve)
    m_kg = held_at(known.load_kg, known.n, curve)
    days = (day - known.last).days
    away = layoff(days, interval)
    if away is None:
        return _loads(place, m_kg, curve)
    less = _loads(place, away.of(m_kg), curve)
    return less._replace(days_away=days, percent=away.percent, fewer_reps=away.fewer_reps)


def _loads(place: Place, m_kg: float, curve: float) -> Loads:
    return Loads(load_at(m_kg, n_of(place.asked), curve))


class Before(NamedTuple):
    """What an AMRAP's load is chosen beside: the load (kg, the body's share included) of the set before it, its reps where
    it was left open, and the reps that it could have held where they are known."""

    load_kg: float
    opened: int | None = None
    held: int | None = None


def amrap_of(place: Place, before: Before, state: State, day: date) -> float:
    """The load (kg, the body's share included) of a lift's AMRAP, beside the day's own; `state` with today's sets."""
    habits, known = state
    aimed = prescribe(habits, known, AIMED_REPS - SPARED_REPS, SHORT_RPE, day.toordinal(), place.asked.sets)
    if aimed is None:
        return before.load_kg
    if before.opened is not None:
        aimed_kg, told = by_open_set(before.load_kg, before.opened, aimed.value), Told.TELLING
    else:
        aimed_kg, told = aimed.value, _told(state)
    load_kg = amrap_load(before.load_kg, aimed_kg, told, block_of(place.week), before.held)
    lifted_kg = max([before.load_kg, *(exp(one.x) for one in known.past), *(one.load for one in known.open)])
    return early_most(load_kg, lifted_kg, known.belief.days)


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
    `easy` day moves no load; a lift that was never done before begins with it all the same."""
    done = {name: sets for name, sets in done.items() if has_work(sets)}
    session = session_of(course, plan, day, done)
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
        if place.deload or (easy and known is not None):
            now = None if known is None else _lightly(known, place, day)
        else:
            now = (
                None
                if state is None
                else after(LiftDay(place, sets, state, day, body_weight_kg, block), known)
            )
        if now is not None:
            lifts[name] = now
    deloads = course.deloads
    if plan.style.has_weeks and as_of(course.position, day).deload is not None and done:
        deloads = (*deloads, day)[-MOST_DELOADS:]
    return replace(with_session(course, plan, day, done), lifts=lifts, deloads=deloads)


def _lightly(known: LiftCourse, place: Place, day: date) -> LiftCourse:
    """A lift that was done, if lightly. What an AMRAP was due for on a bad day is offered once more; a deload ends that."""
    again = not place.deload and (known.again or place.amrap)
    return known._replace(last=day, again=again)


def with_session(course: Course, plan: Plan, day: date, done: Collection[str]) -> Course:
    """Where a day leaves somebody on which those lifts were done: a session further, where enough of it was."""
    session = session_of(course, plan, day, done)
    if session is not None and is_trained(session, done):
        return over(course, plan, day, session)
    return replace(course, position=as_of(course.position, day))


def over(course: Course, plan: Plan, day: date, session: PlannedSession) -> Course:
    """Where somebody stands when a session of the plan is done on a day: the one that is next, or another."""
    position, due = as_of(course.position, day), session_now(course, plan, day)
    other = due is not None and due.name != session.name
    of = (
        of_other(position, plan.schedule, session.name, day)
        if other
        else of_due(position, plan.schedule, day)
    )
    return replace(course, position=advanced(position, SessionDone(day, of, other)))


def session_of(course: Course, plan: Plan, day: date, done: Collection[str]) -> PlannedSession | None:
    """The session that a day's lifts are of: the one that is next where it was trained, or where nothing speaks for another;
    else the one that was trained in its place, or begun."""
    due, ids = session_now(course, plan, day), set(done)
    if due is None or is_trained(due, ids):
        return due
    ours = _lifts_of(due)
    own = {one.name: _lifts_of(one) - ours for one in plan.sessions}
    others = sorted(plan.sessions, key=lambda one: -len(own[one.name] & ids))
    for one in others:
        if own[one.name] & ids and is_trained(one, ids) and _is_enough(own[one.name], ids):
            return one
    return others[0] if not ours & ids and own[others[0].name] & ids else due


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


def is_trained(session: PlannedSession, done: Collection[str]) -> bool:
    """Whether enough of a session's lifts were done for it to count."""
    return _is_enough(_lifts_of(session), set(done))


def is_too_little(plan: Plan, done: Collection[str]) -> bool:
    """Whether a session of a plan was begun, and of none enough done for it to count."""
    begun = any(_lifts_of(one) & set(done) for one in plan.sessions)
    return begun and not any(is_trained(one, done) for one in plan.sessions)


def has_work(sets: Sequence[LoggedSet]) -> bool:
    """Whether sets are more than warm-ups."""
    return any(one.done.kind is not Kind.WARMUP for one in sets)


def _lifts_of(session: PlannedSession) -> set[str]:
    return {lift.exercise for lift in session.lifts}


def _is_enough(lifts: Collection[str], done: Collection[str]) -> bool:
    return len(set(lifts) & set(done)) >= max(1, LEAST_OF_SESSION * len(lifts))


def _back(known: LiftCourse | None, plan: Plan, exercise_id: str, day: date) -> LiftCourse | None:
    """A lift as it comes back after a layoff: its M is as much less as its loads were."""
    if known is None:
        return None
    away = layoff((day - known.last).days, planned_interval(plan, exercise_id))
    return known if away is None else known._replace(load_kg=away.of(known.load_kg))
