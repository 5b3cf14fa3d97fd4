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

from core.effort import effective_rpe
from core.learning import Habits, prescribe
from core.learning import Lift as Known
from core.model import Kind, LoggedSet, SetEntry
from core.program.amraps import aimed_n, amrap_load
from core.program.blocks import Asked, block_of
from core.program.calendar import SessionDone, advanced, as_of
from core.program.course import Course, LiftCourse
from core.program.places import Exercises, Place, places, session_now
from core.program.review import Amrap, amrap_e_kg
from core.program.values import Plan, PlannedSession, Style
from core.program.working_max import (
    SessionWent,
    SetWent,
    Verdict,
    WorkingMax,
    after_block,
    after_session,
    asked_n,
    first,
    held_at,
    layoff,
    load_at,
    planned_interval,
    verdict,
)
from core.runs import WORK_SHARE
from core.strength import system_kg, weaker_sides

LEAST_OF_SESSION: Final = 0.5
"""A session counts as trained when so much of its lifts was done (own choice)."""

State = tuple[Habits, Known]


# Loads -----------------------------------------------------------------------------------------------------------


class Loads(NamedTuple):
    """A load (kg, the body's share included, before rounding), and that of an AMRAP; days and percent of a layoff where
    there was one, and the reps that it takes off."""

    load_kg: float
    amrap_kg: float
    days_away: int = 0
    percent: int = 0
    fewer_reps: int = 0


def load_of(
    place: Place, known: LiftCourse | None, state: State | None, day: date, times_a_week: int
) -> Loads | None:
    """What a lift is loaded with; None where nothing is known of it yet: then it is found out."""
    curve = 1.0 if state is None else exp(state[1].belief.k)
    if known is None:
        e_kg = None if state is None else _max_of(state, place.asked, day, curve)
        return None if e_kg is None else _loads(place, first(e_kg, "own"), curve)
    m_kg = held_at(known.load_kg, known.n, curve)
    days = (day - known.last).days
    away = layoff(days, planned_interval(times_a_week))
    if away is None:
        return _loads(place, m_kg, curve)
    less = _loads(place, away.of(m_kg), curve)
    return less._replace(days_away=days, percent=away.percent, fewer_reps=away.fewer_reps)


def _loads(place: Place, m_kg: float, curve: float) -> Loads:
    load = load_at(m_kg, _n_of(place.asked), curve)
    aimed = load_at(m_kg, aimed_n(place.asked.sets), curve)
    return Loads(load, amrap_load(block_of(place.week), load, aimed))


def _n_of(of: Asked) -> float:
    """The reps that a fresh set must be able to hold for the last of the sets to be as asked."""
    return asked_n(of.reps_low, of.efforts[-1], of.sets)


def _max_of(state: State, of: Asked, day: date, curve: float) -> float | None:
    """E: the maximum by which the lift's load, as the model prescribes it for the last set, is read."""
    habits, known = state
    if not known.belief.sets:
        return None
    wanted = prescribe(habits, known, of.reps_low, of.efforts[-1], day.toordinal() + 1, of.sets)
    return None if wanted is None else held_at(wanted.value, _n_of(of), curve)


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
    lifts = dict(course.lifts)
    for place in _places_of(course, plan, session, day, exercises, done):
        name = place.exercise.id
        sets, state, known = done.get(name, ()), states.get(name), lifts.get(name)
        if not sets or place.style is Style.HIT:
            continue
        if easy or place.deload:
            now = None if known is None else known._replace(last=day)  # it was done, if lightly
        else:
            now = None if state is None else _after(place, known, sets, state, day, body_weight_kg)
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


def _after(
    place: Place,
    known: LiftCourse | None,
    sets: Sequence[LoggedSet],
    state: State,
    day: date,
    body_weight_kg: float | None,
) -> LiftCourse | None:
    n, curve = _n_of(place.asked), exp(state[1].belief.k)
    e_kg, top = _max_of(state, place.asked, day, curve), _top(place, sets, body_weight_kg)
    went = _went(place, sets, body_weight_kg)
    if e_kg is None or (known is None and top is None):
        return known
    if known is None and top is not None:
        # What was lifted stands for what it was asked for, but where that was too much.
        start = top if verdict(went) is not Verdict.HARD else min(top, load_at(first(e_kg, "own"), n, curve))
        known = LiftCourse(start, n, 0, day)
    assert known is not None
    m = WorkingMax(held_at(known.load_kg, known.n, curve), known.unrated)
    if place.amrap:
        m_kg = _after_amrap(place, known, m, e_kg, sets, went, curve, body_weight_kg)
        if m_kg is None:
            return known._replace(last=day, again=True)
        return LiftCourse(load_at(m_kg, n, curve), n, 0, day)
    step = held_at(place.exercise.step_kg, n, curve)
    now = after_session(m, e_kg, went, place.exercise.lower_body, step)
    m_kg = now.m_kg
    if top is not None and went.rated and verdict(went) in (Verdict.AS_ASKED, Verdict.EASY):
        m_kg = max(
            m_kg, held_at(top, n, curve)
        )  # heavier by the athlete's own choice, and no harder than asked
    return LiftCourse(load_at(m_kg, n, curve), n, now.unrated, day)


def _after_amrap(
    place: Place,
    known: LiftCourse,
    m: WorkingMax,
    e_kg: float,
    sets: Sequence[LoggedSet],
    went: SessionWent,
    curve: float,
    body_weight_kg: float | None,
) -> float | None:
    """M after a session that had an AMRAP: it follows that. None where it did not come, and is offered once more; then
    the model's own estimate stands."""
    measured = [one.done for one in sets if one.done.kind is Kind.AMRAP]
    if not measured and not known.again:
        return None
    shown = None
    if measured and not went.hurt:
        done = measured[-1]
        load = system_kg(place.exercise, done.load, done.unit or "kg", body_weight_kg)
        short = done.rpe is not None and done.rpe < 10
        if load is not None:
            shown = amrap_e_kg(Amrap(load, done.reps or 0, place.asked.sets, None, short), curve)
    # Where nothing was measured and nothing rated there is nothing to move by.
    return after_block(m.m_kg, e_kg, shown) if shown is not None or went.rated else m.m_kg


def _went(place: Place, sets: Sequence[LoggedSet], body_weight_kg: float | None) -> SessionWent:
    """A lift's sets beside what was asked of them: those at 85% of the day's heaviest load and above."""
    done = _straight(sets)
    weights = [system_kg(place.exercise, one.load, one.unit or "kg", body_weight_kg) or 0.0 for one in done]
    top = max(weights, default=0.0)
    work = [one for one, weight in zip(done, weights, strict=True) if one.reps and weight >= WORK_SHARE * top]
    judged = [_judged(place.asked, at, one) for at, one in enumerate(work, 1)]
    return SessionWent(
        tuple(judged),
        any(one.done.form_from is not None for one in sets),
        any(_hurts(one.done) for one in sets),
    )


def _straight(sets: Sequence[LoggedSet]) -> list[SetEntry]:
    """The sets without warm-ups; AMRAPs are measured apart."""
    paired = weaker_sides([one.done for one in sets])
    return [one for one in paired if one.kind not in (Kind.WARMUP, Kind.AMRAP)]


def _hurts(done: SetEntry) -> bool:
    return done.pain is not None and (done.pain.level is None or done.pain.level > 0)


def _top(place: Place, sets: Sequence[LoggedSet], body_weight_kg: float | None) -> float | None:
    """The load (kg, the body's share included) that most of the day's work was done with."""
    loads = [system_kg(place.exercise, one.load, one.unit or "kg", body_weight_kg) for one in _straight(sets)]
    known = [load for load in loads if load is not None]
    heaviest = [load for load in known if load >= WORK_SHARE * max(known)]
    return max(heaviest, key=heaviest.count, default=None)


def _judged(of: Asked, position: int, done: SetEntry) -> SetWent:
    told = effective_rpe(done, 10 - of.rpe_of(position), None)
    over = None if told.source == "assumed" else told.rpe - of.rpe_of(position)
    return SetWent((done.reps or 0) >= of.reps_low, over)
