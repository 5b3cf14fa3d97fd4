"""A lift in today's session of the athlete's plan: what the plan asks of it now, and when it comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.coach.courses import HAS_PLAN, Programme, programme
from core.coach.learned import Before, before_today
from core.coach.turn import Turn
from core.learning import Habits, Lift
from core.model import Exercise, LoggedSet, Reason, Role, Unit, from_kg
from core.program.after_day import load_of, trained
from core.program.blocks import block_of
from core.program.calendar import SessionDone, advanced
from core.program.course import Course
from core.program.hit import FAILURE_RPE, HitStep, Move, next_exposure
from core.program.places import Place, next_place, places, rule_of, session_now
from core.program.values import Plan, Style
from core.situation import InPlan, Planned, Situation

BY_LOAD = (Role.ANCHOR, Role.SECONDARY)
"""The roles whose loads the plan gives; the others progress within their range of reps."""


@dataclass(frozen=True, slots=True)
class Today:
    """An athlete's plan on a day, and where they stand in it."""

    programme: Programme
    plan: Plan
    course: Course
    day: date

    def of(self, exercise_id: str) -> Place | None:
        """The lift's place in the session that is next; in another of the plan where that one does not have it."""
        first = session_now(self.course, self.plan, self.day)
        others = (one for one in self.plan.sessions if one is not first)
        for session in (*(() if first is None else (first,)), *others):
            for place in places(self.course, self.plan, session, self.day, self.programme.exercises):
                if place.exercise.id == exercise_id:
                    return place
        return None


async def plan_today(turn: Turn, before: Before, today: date) -> Today | None:
    """The athlete's plan today; None where they have none."""
    if HAS_PLAN not in await turn.preferences():
        return None
    if not turn.programme:
        turn.programme = (await programme(turn.conn, turn.athlete.id),)
    found = turn.programme[0]
    if found is None:
        return None
    plan, course = found.plan_on(today), found.course_on(before.course, before.upto, today)
    return None if plan is None or course is None else Today(found, plan, course, today)


async def today_of(turn: Turn) -> Today | None:
    """The athlete's plan today; None where they have none."""
    if HAS_PLAN not in await turn.preferences():
        return None
    day = await turn.training_day()
    before = await before_today(turn.conn, turn.athlete.id, turn.exercise, (), day)
    if before is None:
        turn.behind = day
        return None
    return await plan_today(turn, before, day)


@dataclass(frozen=True, slots=True)
class LiftToday:
    """What is known of a lift that the plan asks something of: its state before today and with today's sets."""

    before: tuple[Habits, Lift]
    now: tuple[Habits, Lift]
    sets: Sequence[LoggedSet]
    unit: Unit
    body_weight_kg: float | None

    def added(self, load_kg: float, exercise: Exercise) -> float:
        """A load without what the body weighs in it, in the athlete's unit."""
        return from_kg(load_kg - exercise.share * (self.body_weight_kg or 0.0), self.unit)


def asked_of(today: Today, place: Place, lift: LiftToday) -> InPlan:
    """What the plan asks of a lift: first today, then in the session after it that has it."""
    rule = rule_of(place)
    if place.style is Style.HIT:
        return InPlan(rule, hit=True)  # its steps follow from the sets: `with_hit`
    if place.role not in BY_LOAD or place.exercise.timed:
        return InPlan(rule)
    first, amrap_kg = _planned(today.course, today.plan, place, lift.before, lift, today.day)
    amrap = None
    if place.amrap and amrap_kg is not None:
        amrap = lift.added(amrap_kg, place.exercise)
    return InPlan(rule, first, _next(today, place, lift), amrap)


_HIT: Final = {
    Move.LOAD_UP: Reason("hit_load_up"),
    Move.REPS_UP: Reason("hit_reps_up"),
    Move.NO_LOAD: Reason("hit_no_load"),
    Move.TO_THE_TOP: Reason("hit_to_the_top"),
    Move.FROM_BELOW: Reason("hit_from_below"),
    Move.LOAD_DOWN: Reason("hit_load_down"),
    Move.LIGHTEST: Reason("hit_lightest"),
    Move.FORM_FIRST: Reason("hit_form_first"),
}


def with_hit(s: Situation) -> Situation:
    """A lift of a HIT plan with what its last exposures ask for, before today's sets and after them; others as they are."""
    if s.in_plan is None or not s.in_plan.hit:
        return s
    before, now = next_exposure(replace(s, session=())), next_exposure(s)
    return replace(s, in_plan=s.in_plan._replace(first=_exposed(before), next=_exposed(now)))


def _exposed(step: HitStep | None) -> Planned | None:
    if step is None:
        return None
    why = replace(_HIT[step.move], facts={"made": step.made, "reps": step.reps})
    return Planned(0.0 if step.load is None else step.load, step.reps, FAILURE_RPE, FAILURE_RPE, (why,))


def _next(today: Today, place: Place, lift: LiftToday) -> Planned | None:
    done: Mapping[str, Sequence[LoggedSet]] = {place.exercise.id: lift.sets}
    states = {place.exercise.id: lift.now}
    easy = today.day in today.programme.easy
    exercises = today.programme.exercises
    weight = lift.body_weight_kg
    after = trained(today.course, today.plan, today.day, done, states, exercises, weight, easy=easy)
    if after.position.last != today.day:  # the rest of the session is still to come
        after = replace(after, position=advanced(after.position, SessionDone(today.day)))
    ahead = next_place(after, today.plan, place.exercise.id, today.day, today.programme.exercises)
    if ahead is None or ahead.place.role not in BY_LOAD:
        return None
    later = replace(after, position=ahead.position)
    return _planned(later, today.plan, ahead.place, lift.now, lift, today.day)[0]


def _planned(
    course: Course, plan: Plan, place: Place, state: tuple[Habits, Lift], lift: LiftToday, day: date
) -> tuple[Planned, float | None]:
    """The plan's own numbers for a lift, the load in the athlete's unit without what the body weighs; and the load (kg)
    of an AMRAP."""
    of = place.asked
    times = sum(place.lift.exercise in {one.exercise for one in each.lifts} for each in plan.sessions)
    a_week = max(1, round(times * plan.schedule.a_week / max(1, len(plan.sessions))))
    known = course.lifts.get(place.exercise.id)
    found = load_of(place, known, state, day, a_week)
    position = course.position
    if position.deload is not None:
        reasons = [Reason("plan_deload", {})]
    else:
        block = str(block_of(position.week))
        reasons = [Reason("plan_week", {"week": position.week, "block": block})]
    reps = of.reps_low
    if found is not None and found.days_away:
        reps = max(1, reps - found.fewer_reps)
        facts: dict[str, object] = {
            "days": found.days_away,
            "percent": found.percent,
            "reps": found.fewer_reps,
        }
        reasons.insert(0, Reason("layoff", facts))
    load = None if found is None else lift.added(found.load_kg, place.exercise)
    planned = Planned(load, reps, of.efforts[0], of.efforts[-1], tuple(reasons))
    return planned, None if found is None else found.amrap_kg
