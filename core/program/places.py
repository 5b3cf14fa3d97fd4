"""The lifts of a plan's sessions, with what they are asked for when their turn comes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from core.effort import FAILURE_RPE, ROLE_RULES, Block, RoleRule
from core.model import Exercise, Role
from core.program import hit
from core.program.amraps import candidates, fits, placed
from core.program.blocks import BLOCK_WEEKS, Asked, asked, deload, held, roles
from core.program.calendar import (
    WEEK_DAYS,
    Position,
    SessionDone,
    advanced,
    as_of,
    block_number,
    cycle_of,
)
from core.program.coming import has_own_days, next_day, next_session, of_due
from core.program.course import Course, LiftCourse
from core.program.twin import RESERVE_REPS
from core.program.values import Plan, PlannedLift, PlannedSession, Style

Exercises = Mapping[str, Exercise]


class Place(NamedTuple):
    """A lift in a session of the plan: which it is, and what it is asked for in that week; `amrap`: its last set is one,
    `second`: the one that did not come when it was due."""

    session: PlannedSession
    lift: PlannedLift
    exercise: Exercise
    role: Role
    asked: Asked
    week: int
    style: Style = Style.BLOCKS
    deload: bool = False
    amrap: bool = False
    second: bool = False


# What a session asks ---------------------------------------------------------------------------------------------


def session_now(course: Course, plan: Plan, day: date) -> PlannedSession | None:
    """The session that is next on a day."""
    name = next_session(as_of(course.position, day), plan.schedule, day)
    return None if name is None else plan.session(name)


def places(
    course: Course, plan: Plan, session: PlannedSession, day: date, exercises: Exercises
) -> tuple[Place, ...]:
    """The lifts of a session with what they are asked for on a day. Lifts that are not known any more are left out."""
    position = as_of(course.position, day)
    due = _amraps(course, position, plan, session, day, exercises)
    found = []
    for lift, role in zip(session.lifts, roles(session, exercises), strict=True):
        exercise = exercises.get(lift.exercise)
        if exercise is None:
            continue
        style = lift.style or plan.style
        deloads = position.deload is not None and style.has_weeks
        wanted = _asked(role, position.week, lift, style)
        if deloads:
            wanted = deload(wanted)
        found.append(
            Place(
                session,
                lift,
                exercise,
                role,
                wanted,
                position.week,
                style,
                deloads,
                lift.exercise in due,
                due.get(lift.exercise, False),
            )
        )
    return tuple(found)


def _amraps(
    course: Course, position: Position, plan: Plan, session: PlannedSession, day: date, exercises: Exercises
) -> dict[str, bool]:
    """The lifts whose last set in a session is an AMRAP: those of the block's end, and (true) what did not come before."""
    if position.deload is not None or not plan.style.has_weeks:
        return {}
    block, lifts = block_number(position), course.lifts
    over = {name for name, one in lifts.items() if one.measured == block or one.was_kg is not None}
    first = sorted(_placed(position, plan, session, day, exercises) - over)
    due = [exercises[name] for name in first]
    anchors = _anchors(session, exercises)
    for lift in session.lifts:  # what did not come before is offered once more, where there is room
        known, exercise = lifts.get(lift.exercise), exercises.get(lift.exercise)
        if known is None or exercise is None or lift.exercise in over:
            continue
        passed_by = exercise in anchors and _is_passed_by(position, known, block)
        if (passed_by or is_again(known, block)) and exercise not in due and fits(exercise, due):
            due.append(exercise)
    return {one.id: one.id not in first for one in due}


def is_again(known: LiftCourse, block: int) -> bool:
    """Whether an AMRAP that did not come is offered once more: in the cycle that it was due in, as soon as there is room."""
    return known.again and cycle_of(known.block) == cycle_of(block)


def _is_passed_by(position: Position, known: LiftCourse, block: int) -> bool:
    """Whether the last week of the block before ended without the session in which this lift was to be taken all out."""
    ended = position.ended
    if ended is None or ended.week % BLOCK_WEEKS or position.week != ended.week + 1:
        return False
    return known.block == block - 1 != known.measured and cycle_of(known.block) == cycle_of(block)


def _placed(
    position: Position, plan: Plan, session: PlannedSession, day: date, exercises: Exercises
) -> frozenset[str]:
    """The lifts whose AMRAP at the block's end is placed in this session."""
    found = candidates(position, plan.schedule, day)
    if found is None:
        return frozenset()
    names, place = found
    if place >= len(names) or names[place] != session.name:
        return frozenset()
    sessions = [_anchors(one, exercises) for name in names if (one := plan.session(name)) is not None]
    return placed(sessions)[place] if len(sessions) == len(names) else frozenset()


def _anchors(session: PlannedSession, exercises: Exercises) -> list[Exercise]:
    pairs = zip(session.lifts, roles(session, exercises), strict=True)
    found = [exercises.get(lift.exercise) for lift, role in pairs if role is Role.ANCHOR]
    return [one for one in found if one is not None]


def _asked(role: Role, week: int, lift: PlannedLift, style: Style) -> Asked:
    if style is Style.HIT:
        return hit_asked(role, lift)
    if style is Style.BLOCKS:
        return asked(role, week, lift)
    return equal_asked(role, lift, style)


RESERVE_RANGE: Final = (hit.REPS_LOW - RESERVE_REPS, hit.REPS_HIGH - RESERVE_REPS)
"""The reps of sets that stop two short of failure, at the loads whose failure lies in 8-12 (FORM's range)."""


def equal_asked(role: Role, lift: PlannedLift, style: Style) -> Asked:
    """What the styles of equal volume ask of a lift: all sets to failure, or all of them short of it (EQUAL); no weeks,
    no caps. Sets, reps and rest are the plan's own where it names some."""
    usual, fails = ROLE_RULES[Block.BUILD, role], style is Style.FAILURE
    low, high = (hit.REPS_LOW, hit.REPS_HIGH) if fails else RESERVE_RANGE
    low, high = (low, high) if lift.reps is None else lift.reps
    rpe = FAILURE_RPE if fails else FAILURE_RPE - RESERVE_REPS
    rpe = rpe if lift.rpe is None or fails else lift.rpe
    rest = usual.rest_s if lift.rest_s is None else lift.rest_s
    efforts = (rpe,) * (usual.sets if lift.sets is None else lift.sets)
    return Asked(role, low, high, efforts, FAILURE_RPE, FAILURE_RPE, rest, rest, held(lift, rpe))


def hit_asked(role: Role, lift: PlannedLift) -> Asked:
    """What HIT asks of a lift: one set to failure, no caps and no weeks; its own reps where the plan names some."""
    low, high = (hit.REPS_LOW, hit.REPS_HIGH) if lift.reps is None else lift.reps
    rest = hit.REST_S if lift.rest_s is None else lift.rest_s
    efforts = (FAILURE_RPE,) * hit.SETS
    return Asked(role, low, high, efforts, FAILURE_RPE, FAILURE_RPE, rest, rest, held(lift, FAILURE_RPE))


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
        of.hold,
    )


def planned_interval(plan: Plan, exercise_id: str) -> int:
    """The most days from one session of a lift to its next, as the schedule has them; a week where the plan has not the lift."""
    when = plan.schedule
    names = {one.name for one in plan.sessions if exercise_id in {lift.exercise for lift in one.lifts}}
    own = [at for at, name in enumerate(when.order) if name in names]
    if not own:
        return WEEK_DAYS
    ends = [*own[1:], own[0] + len(when.order)]
    gaps = zip(own, ends, strict=True)
    if has_own_days(when):
        return max(_day_of(when.days, end) - _day_of(when.days, at) for at, end in gaps)
    gap = max(end - at for at, end in gaps)
    if not when.days:
        return math.ceil(WEEK_DAYS * gap / when.a_week)
    return max(_day_of(when.days, at + gap) - _day_of(when.days, at) for at in range(len(when.days)))


def _day_of(days: Sequence[int], place: int) -> int:
    """The day of a session, counted from the Monday of the first week, that has that place among those that follow."""
    return WEEK_DAYS * (place // len(days)) + days[place % len(days)]


class Ahead(NamedTuple):
    """When a lift comes next: the position then, the session, and the place in it."""

    position: Position
    place: Place


def next_place(
    course: Course, plan: Plan, exercise_id: str, after: date, exercises: Exercises
) -> Ahead | None:
    """The next session that has a lift, as if each one before it were trained on its day; None where the plan has it no
    more."""
    for position, session, day in _sessions_ahead(course, plan, after):
        found = places(Course(position), plan, session, day, exercises)
        place = next((one for one in found if one.exercise.id == exercise_id), None)
        if place is not None:
            return Ahead(position, place)
    return None


def comes_again(course: Course, plan: Plan, exercise_id: str, after: date, exercises: Exercises) -> bool:
    """Whether an AMRAP of a lift that did not come still finds room: before a deload, and as if each session before it were
    trained."""
    for position, session, day in _sessions_ahead(course, plan, after):
        if position.deload is not None:
            return False
        found = places(replace(course, position=position), plan, session, day, exercises)
        if any(one.second for one in found if one.exercise.id == exercise_id):
            return True
    return False


def _sessions_ahead(
    course: Course, plan: Plan, today: date
) -> Iterator[tuple[Position, PlannedSession, date]]:
    """The sessions that come, each with its day and the position then, as if each were trained on its day."""
    position = as_of(course.position, today)
    for _ in range(_far(plan)):
        day = next_day(position, plan.schedule, today)
        position = as_of(position, day)
        name = next_session(position, plan.schedule, day)
        session = None if name is None else plan.session(name)
        if session is None:
            return
        yield position, session, day
        position = advanced(position, SessionDone(day, of_due(position, plan.schedule, day)))
        today = day


def _far(plan: Plan) -> int:
    """So many sessions ahead every lift of a plan has come."""
    return 2 * max(1, len(plan.schedule.order)) + plan.schedule.a_week
