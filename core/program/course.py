"""A plan as it goes: where someone stands, what each lift's loads come from, and how a day of training moves both.

A fold over days, beside the one of `core.learning` and fed by it: the model says what a lift can take, the working max M
follows it in the small steps that the rules allow (`working_max`). M is kept as a load and the reps that a fresh set must
be able to hold at it, so that what is learned of the rep curve later moves no load by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import exp
from typing import Final, NamedTuple

from core.effort import RoleRule, effective_rpe
from core.learning import Habits, prescribe
from core.learning import Lift as Known
from core.model import Exercise, Kind, LoggedSet, Role, SetEntry, to_kg
from core.program import hit
from core.program.amraps import aimed_n, amrap_load, candidates, placed
from core.program.blocks import Asked, asked, block_of, deload, roles
from core.program.calendar import Position, SessionDone, advanced, as_of, next_session
from core.program.calendar import as_json as position_json
from core.program.calendar import from_json as position_from
from core.program.review import Amrap, amrap_e_kg
from core.program.values import Plan, PlannedLift, PlannedSession, Style
from core.program.working_max import (
    SessionWent,
    SetWent,
    Verdict,
    WorkingMax,
    after_block,
    after_session,
    asked_n,
    first,
    layoff,
    load_at,
    planned_interval,
    verdict,
)
from core.strength import system_kg, weaker_sides

Exercises = Mapping[str, Exercise]

WORK_SHARE: Final = 0.85
"""Work begins at this share of the day's heaviest load (the protocol of the strength model)."""

LEAST_OF_SESSION: Final = 0.5
"""A session counts as trained when so much of its lifts was done (own choice)."""


class LiftCourse(NamedTuple):
    """What a lift's loads come from: a load in kilograms, the body's share included, that a fresh set could hold for `n`
    reps; sessions without RPE that went as asked since it moved; the day it was last done; whether an AMRAP that was due
    did not come, and is offered once more."""

    load_kg: float
    n: float
    unrated: int
    last: date
    again: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """Where someone stands in their plan, and their lifts."""

    position: Position
    lifts: Mapping[str, LiftCourse] = field(default_factory=dict)


class Place(NamedTuple):
    """A lift in a session of the plan: which it is, and what it is asked for in that week; `amrap`: its last set is one."""

    session: PlannedSession
    lift: PlannedLift
    exercise: Exercise
    role: Role
    asked: Asked
    week: int
    style: Style = Style.BLOCKS
    deload: bool = False
    amrap: bool = False


# What a session asks ---------------------------------------------------------------------------------------------


def session_now(course: Course, plan: Plan, day: date) -> PlannedSession | None:
    """The session that is next on a day."""
    name = next_session(as_of(course.position, day), plan.schedule)
    return None if name is None else plan.session(name)


def places(
    course: Course, plan: Plan, session: PlannedSession, day: date, exercises: Exercises
) -> tuple[Place, ...]:
    """The lifts of a session with what they are asked for on a day. Lifts that are not known any more are left out."""
    position = as_of(course.position, day)
    due = _amraps(course, position, plan, session, exercises)
    found = []
    for lift, role in zip(session.lifts, roles(session, exercises), strict=True):
        exercise = exercises.get(lift.exercise)
        if exercise is None:
            continue
        style = lift.style or plan.style
        deloads = position.deload is not None and style is not Style.HIT
        wanted = hit_asked(role, lift) if style is Style.HIT else asked(role, position.week, lift)
        if deloads:
            wanted = deload(wanted)
        found.append(
            Place(session, lift, exercise, role, wanted, position.week, style, deloads, lift.exercise in due)
        )
    return tuple(found)


def _amraps(
    course: Course, position: Position, plan: Plan, session: PlannedSession, exercises: Exercises
) -> frozenset[str]:
    """The lifts whose last set in a session is an AMRAP: those of the block's end, and what did not come before."""
    if position.deload is not None or plan.style is Style.HIT:
        return frozenset()
    again = frozenset(name for name, one in course.lifts.items() if one.again)
    ours = again & {lift.exercise for lift in session.lifts}
    found = candidates(position, plan.schedule)
    if found is None:
        return ours
    names, place = found
    if place >= len(names) or names[place] != session.name:
        return ours
    sessions = [_anchors(one, exercises) for name in names if (one := plan.session(name)) is not None]
    return ours | placed(sessions)[place] if len(sessions) == len(names) else ours


def _anchors(session: PlannedSession, exercises: Exercises) -> list[Exercise]:
    pairs = zip(session.lifts, roles(session, exercises), strict=True)
    found = [exercises.get(lift.exercise) for lift, role in pairs if role is Role.ANCHOR]
    return [one for one in found if one is not None]


def hit_asked(role: Role, lift: PlannedLift) -> Asked:
    """What HIT asks of a lift: one set to failure, no caps and no weeks; its own reps where the plan names some."""
    low, high = (hit.REPS_LOW, hit.REPS_HIGH) if lift.reps is None else lift.reps
    rest = hit.REST_S if lift.rest_s is None else lift.rest_s
    efforts = (hit.FAILURE_RPE,) * hit.SETS
    return Asked(role, low, high, efforts, hit.FAILURE_RPE, hit.FAILURE_RPE, rest, rest)


def rule_of(place: Place) -> RoleRule:
    """What a lift is asked for, as the rules of targets take it."""
    of = place.asked
    return RoleRule(
        of.sets,
        of.reps_low,
        of.reps_high,
        of.efforts[0],
        of.efforts[-1],
        of.cap,
        of.last_cap,
        of.rest_s,
        of.rest_before_amrap_s,
        of.efforts,
    )


# Loads -----------------------------------------------------------------------------------------------------------


class Planned(NamedTuple):
    """A load (kg, the body's share included, before rounding), and that of an AMRAP; days and percent of a layoff where
    there was one, and the reps that it takes off."""

    load_kg: float
    amrap_kg: float
    days_away: int = 0
    percent: int = 0
    fewer_reps: int = 0


def load_of(
    place: Place, known: LiftCourse | None, state: tuple[Habits, Known] | None, day: date, times_a_week: int
) -> Planned | None:
    """What a lift is loaded with; None where nothing is known of it yet: then it is found out."""
    of = place.asked
    n = asked_n(of.reps_low, of.efforts[-1], of.sets)
    curve = 1.0 if state is None else exp(state[1].belief.k)
    if known is None:
        m_kg = None if state is None else _max_of(state, of, day, curve)
        return None if m_kg is None else _loads(place, first(m_kg, "own"), curve, n)
    m_kg = known.load_kg * (1 + curve * known.n / 30)
    away = layoff((day - known.last).days, planned_interval(times_a_week))
    if away is None:
        return _loads(place, m_kg, curve, n)
    less = _loads(place, away.of(m_kg), curve, n)
    return less._replace(days_away=(day - known.last).days, percent=away.percent, fewer_reps=away.fewer_reps)


def _loads(place: Place, m_kg: float, curve: float, n: float) -> Planned:
    load = load_at(m_kg, n, curve)
    aimed = load_at(m_kg, aimed_n(place.asked.sets), curve)
    return Planned(load, amrap_load(block_of(place.week), load, aimed))


def _max_of(state: tuple[Habits, Known], of: Asked, day: date, curve: float) -> float | None:
    """E: the maximum by which the lift's load, as the model prescribes it for the last set, is read."""
    habits, known = state
    if not known.belief.sets:
        return None
    wanted = prescribe(habits, known, of.reps_low, of.efforts[-1], day.toordinal() + 1, of.sets)
    n = asked_n(of.reps_low, of.efforts[-1], of.sets)
    return None if wanted is None else wanted.value * (1 + curve * n / 30)


# After a day -----------------------------------------------------------------------------------------------------


def trained(
    course: Course,
    plan: Plan,
    day: date,
    done: Mapping[str, Sequence[LoggedSet]],
    states: Mapping[str, tuple[Habits, Known]],
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
        sets = done.get(place.exercise.id, ())
        state = states.get(place.exercise.id)
        known = lifts.get(place.exercise.id)
        if sets and easy and known is not None:
            lifts[place.exercise.id] = known._replace(last=day)  # it was done, if lightly
        elif sets and state is not None and place.style is not Style.HIT and not easy:
            now = _after(place, lifts.get(place.exercise.id), sets, state, day, body_weight_kg)
            if now is not None:
                lifts[place.exercise.id] = now
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
    state: tuple[Habits, Known],
    day: date,
    body_weight_kg: float | None,
) -> LiftCourse | None:
    of, curve, of_deload = place.asked, exp(state[1].belief.k), place.deload
    e_kg = _max_of(state, of, day, curve)
    if e_kg is None:
        return known
    n = asked_n(of.reps_low, of.efforts[-1], of.sets)
    per_rep = 1 + curve * n / 30
    if of_deload:
        return known
    top, went = _top(place, sets, body_weight_kg), _went(place, sets, body_weight_kg)
    if known is None:
        if top is None:
            return None
        # What was lifted stands for what it was asked for, but where that was too much.
        start = top if verdict(went) is not Verdict.HARD else min(top, first(e_kg, "own") / per_rep)
        known = LiftCourse(start, n, 0, day)
    m = WorkingMax(known.load_kg * (1 + curve * known.n / 30), known.unrated)
    step = to_kg(place.exercise.step_kg, "kg") * per_rep
    if place.amrap:
        return _after_amrap(place, known, m, e_kg, sets, went, LiftCourse(0.0, n, 0, day), curve)
    now = after_session(m, e_kg, went, place.exercise.lower_body, step)
    m_kg = now.m_kg
    if top is not None and went.rated and verdict(went) in (Verdict.AS_ASKED, Verdict.EASY):
        m_kg = max(m_kg, top * per_rep)  # more than was asked, and as hard as asked: the athlete's own choice
    return LiftCourse(m_kg / per_rep, n, now.unrated, day)


def _after_amrap(
    place: Place,
    known: LiftCourse,
    m: WorkingMax,
    e_kg: float,
    sets: Sequence[LoggedSet],
    went: SessionWent,
    now: LiftCourse,
    curve: float,
) -> LiftCourse:
    """After a session that had an AMRAP: M follows it; where it did not come it is offered once more, and then the
    model's own estimate stands."""
    measured = [one.done for one in sets if one.done.kind is Kind.AMRAP]
    if not measured and not known.again:
        return known._replace(last=now.last, again=True)
    shown = None
    if measured and not went.hurt:
        done = measured[-1]
        load = system_kg(place.exercise, done.load, done.unit or "kg", None)
        short = done.rpe is not None and done.rpe < 10
        if load is not None:
            shown = amrap_e_kg(Amrap(load, done.reps or 0, place.asked.sets, None, short), curve)
    # Where nothing was measured and nothing rated there is nothing to move by.
    m_kg = after_block(m.m_kg, e_kg, shown) if shown is not None or went.rated else m.m_kg
    return now._replace(load_kg=load_at(m_kg, now.n, curve))


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


# What comes later ------------------------------------------------------------------------------------------------


class Ahead(NamedTuple):
    """When a lift comes next: the position then, the session, and the place in it."""

    position: Position
    place: Place


def next_place(
    course: Course, plan: Plan, exercise_id: str, after: date, exercises: Exercises
) -> Ahead | None:
    """The next session that has a lift, as if each one before it were trained; None where the plan has it no more."""
    position, day = as_of(course.position, after), after
    for _ in range(2 * max(1, len(plan.schedule.order)) + plan.schedule.a_week):
        name = next_session(position, plan.schedule)
        session = None if name is None else plan.session(name)
        if session is None:
            return None
        found = places(Course(position), plan, session, day, exercises)
        place = next((one for one in found if one.exercise.id == exercise_id), None)
        if place is not None:
            return Ahead(position, place)
        day += timedelta(days=1)
        position = advanced(position, SessionDone(day))
    return None


# As text ---------------------------------------------------------------------------------------------------------


def as_json(course: Course) -> str:
    """The course as text, to be kept."""
    lifts = {
        name: [*one[:3], one.last.isoformat(), int(one.again)] for name, one in sorted(course.lifts.items())
    }
    return json.dumps([position_json(course.position), lifts], separators=(",", ":"))


def from_json(text: str) -> Course:
    """The course that was kept; ValueError for anything else."""
    try:
        position, lifts = json.loads(text)
        held = {
            name: LiftCourse(load, n, unrated, date.fromisoformat(last), bool(again))
            for name, (load, n, unrated, last, again) in lifts.items()
        }
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        raise ValueError("no course") from error
    return Course(position_from(position), held)
