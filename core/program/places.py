"""The lifts of a plan's sessions, with what they are asked for when their turn comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from core.effort import RoleRule
from core.model import Exercise, Role
from core.program import hit
from core.program.amraps import candidates, placed
from core.program.blocks import Asked, asked, deload, roles
from core.program.calendar import Position, SessionDone, advanced, as_of, next_session
from core.program.course import Course
from core.program.values import Plan, PlannedLift, PlannedSession, Style

Exercises = Mapping[str, Exercise]


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
