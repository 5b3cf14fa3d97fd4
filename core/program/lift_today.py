"""A lift in today's session of a plan, as the rules of targets take it: what the plan asks of it now, and when it comes
next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from core.effort import RoleRule
from core.expectation import with_today
from core.learning import close
from core.model import Exercise, Kind, LoggedSet, Reason, Role, Unit, from_kg
from core.program.after_day import amrap_of, load_of, trained
from core.program.after_lift import State
from core.program.amraps import stops_short
from core.program.blocks import block_of
from core.program.calendar import SessionDone, advanced
from core.program.course import Course
from core.program.hit import Move, next_exposure
from core.program.places import Exercises, Place, next_place, rule_of, times_a_week
from core.program.style_change import first_of_style
from core.program.twin import LOST_A_SET, how_it_ends
from core.program.values import Plan, Style
from core.progression import layoff
from core.situation import InPlan, Planned, Situation
from core.strength import system_kg

BY_LOAD: Final = (Role.ANCHOR, Role.SECONDARY)
"""The roles whose loads the plan gives; the others progress within their range of reps."""


@dataclass(frozen=True, slots=True)
class PlanToday:
    """A plan on a day, where its athlete stands in it, the lifts in it, whether the day is an easy one, and whether
    safeties or a spotter catch the bar."""

    plan: Plan
    course: Course
    day: date
    exercises: Exercises
    easy: bool = False
    safe: bool = False


@dataclass(frozen=True, slots=True)
class LiftToday:
    """What is known of a lift that the plan asks something of: its state before today and with today's sets, and whether it
    was last done in another style (`anew`)."""

    before: State
    now: State
    sets: Sequence[LoggedSet]
    unit: Unit
    body_weight_kg: float | None
    anew: bool = False

    @property
    def closed(self) -> State:
        """The state as the day will leave it: so what is said of the next session is what comes."""
        return close(*self.now) if self.sets else self.now

    def added(self, load_kg: float, exercise: Exercise) -> float:
        """A load without what the body weighs in it, in the athlete's unit."""
        return from_kg(load_kg - exercise.share * (self.body_weight_kg or 0.0), self.unit)


class Ahead(NamedTuple):
    """The next session that has a lift: the course then, with today's sets in it, and the lift's place."""

    course: Course
    place: Place


def asked_of(today: PlanToday, place: Place, lift: LiftToday) -> InPlan:
    """What the plan asks of a lift: first today, then in the session after it that has it."""
    rule = rule_of(place)
    if place.style in (Style.HIT, Style.FAILURE):  # its steps follow from the sets: `by_style`
        return InPlan(_stopped(rule, today, place), failing=LOST_A_SET, anew=lift.anew)
    ahead = _ahead(today, place, lift)
    if not place.style.has_weeks or place.role not in BY_LOAD or place.exercise.timed:
        return InPlan(rule, anew=lift.anew, later=None if ahead is None else rule_of(ahead.place))
    first = _planned(today, today.course, place, lift.before, lift)
    amrap = _amrap(place, first, lift, today.day) if place.amrap else None
    short = stops_short(block_of(place.week), today.safe or place.exercise.fixed_path)
    known = today.course.lifts.get(place.exercise.id)
    again = known is not None and known.again
    return InPlan(rule, first, _next(today, ahead, lift), amrap, short, again)


def _amrap(place: Place, first: Planned, lift: LiftToday, day: date) -> float | None:
    """The load of today's AMRAP beside that of the newest set, or of the plan before there is one."""
    work = [one.done for one in lift.sets if one.done.kind is not Kind.WARMUP]
    load, unit = (work[-1].load, work[-1].unit or lift.unit) if work else (first.load, lift.unit)
    if first.load is None:
        return None
    done = system_kg(place.exercise, load, unit, lift.body_weight_kg)
    return None if done is None else lift.added(amrap_of(place, done, lift.now, day), place.exercise)


def _stopped(rule: RoleRule, today: PlanToday, place: Place) -> RoleRule:
    """The sets of the style `failure` where they end: one clean rep short where nothing would catch the bar."""
    if place.style is Style.HIT:
        return rule
    rpe = how_it_ends(place.exercise, safe=today.safe).rpe
    return replace(rule, rpe=rpe, last_rpe=rpe, efforts=(rpe,) * rule.sets)


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


def by_style(s: Situation) -> Situation:
    """A lift with what its last exposures ask for, before today's sets and after them, where its style goes to failure or
    is another than that in which it was last done; others as they are."""
    if s.in_plan is None or s.in_plan.first is not None or not (s.in_plan.anew or s.in_plan.failing):
        return s
    before = replace(s, session=())
    first = _after_layoff(s, first_of_style(before) if s.in_plan.anew else _next_to_failure(before))
    after = _next_to_failure(with_today(s)) if s.in_plan.failing is not None else None
    return replace(s, in_plan=s.in_plan._replace(first=first, next=after if s.session else first))


def _after_layoff(s: Situation, first: Planned | None) -> Planned | None:
    """What a first session back asks for: less load or fewer reps."""
    away = layoff((s.today - s.history[-1].day).days) if s.history else None
    if first is None or away is None:
        return first
    days, percent, fewer = away
    load = None if first.load is None else first.load - s.system(first.load) * percent / 100
    why = Reason("layoff", {"days": days, "percent": percent, "reps": fewer})
    return first._replace(load=load, reps=max(1, first.reps - fewer), reasons=(why, *first.reasons))


def _next_to_failure(s: Situation) -> Planned | None:
    step = next_exposure(s)
    if step is None:
        return None
    why = replace(_HIT[step.move], facts={"made": step.made, "reps": step.reps})
    load = 0.0 if step.load is None else step.load
    return Planned(load, step.reps, s.rule.rpe_of(1), s.rule.rpe_of(s.rule.sets), (why,))


def _ahead(today: PlanToday, place: Place, lift: LiftToday) -> Ahead | None:
    """When the lift comes next, as if the rest of today's session were done."""
    done: Mapping[str, Sequence[LoggedSet]] = {place.exercise.id: lift.sets}
    states = {place.exercise.id: lift.closed}
    weight = lift.body_weight_kg
    after = trained(
        today.course, today.plan, today.day, done, states, today.exercises, weight, easy=today.easy
    )
    if after.position.last != today.day:  # the rest of the session is still to come
        after = replace(after, position=advanced(after.position, SessionDone(today.day)))
    found = next_place(after, today.plan, place.exercise.id, today.day, today.exercises)
    return None if found is None else Ahead(replace(after, position=found.position), found.place)


def _next(today: PlanToday, ahead: Ahead | None, lift: LiftToday) -> Planned | None:
    if ahead is None or ahead.place.role not in BY_LOAD:
        return None
    return _planned(today, ahead.course, ahead.place, lift.closed, lift)


def _planned(today: PlanToday, course: Course, place: Place, state: State, lift: LiftToday) -> Planned:
    """The plan's own numbers for a lift, the load in the athlete's unit without what the body weighs."""
    of = place.asked
    found = load_of(
        place,
        course.lifts.get(place.exercise.id),
        state,
        today.day,
        times_a_week(today.plan, place.exercise.id),
    )
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
    return Planned(load, reps, of.efforts[0], of.efforts[-1], tuple(reasons))
