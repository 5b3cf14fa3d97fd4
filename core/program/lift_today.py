"""A lift in today's session of a plan, as the rules of targets take it: what the plan asks of it now, and when it comes
next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from core.effort import FAILURE_RPE, RoleRule
from core.expectation import with_today
from core.learning import close, flat_rating
from core.learning.reserve import EASIEST_RPE
from core.model import Exercise, Kind, LoggedSet, Reason, Role, SetEntry, Unit, from_kg
from core.open_sets import LEFT, UNMEASURED_MORE
from core.program.after_day import Before, amrap_of, load_of, over, trained
from core.program.after_lift import State
from core.program.amraps import stops_short
from core.program.blocks import block_of
from core.program.course import Course, LiftCourse
from core.program.hit import Move, next_exposure
from core.program.places import (
    Exercises,
    Place,
    comes_again,
    next_place,
    planned_interval,
    rule_of,
    session_now,
)
from core.program.style_change import first_of_style
from core.program.twin import LOST_A_SET, hardest_rpe
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
    return _asked_of(today, place, lift)._replace(interval=planned_interval(today.plan, place.exercise.id))


def _asked_of(today: PlanToday, place: Place, lift: LiftToday) -> InPlan:
    rule = rule_of(place)
    if place.style in (Style.HIT, Style.FAILURE):  # its steps follow from the sets: `by_style`
        return InPlan(_stopped(rule, today, place), failing=LOST_A_SET, anew=lift.anew)
    ahead = _ahead(today, place, lift)
    if not place.style.has_weeks or place.role not in BY_LOAD or place.exercise.timed:
        later = None if ahead is None else rule_of(ahead.place)
        light = ahead is not None and ahead.place.deload
        return InPlan(rule, anew=lift.anew, later=later, deload=place.deload, deload_next=light)
    first = _planned(today, today.course, place, lift.before, lift)
    known = today.course.lifts.get(place.exercise.id)
    amrap = _amrap(place, first, lift, today.day) if place.amrap else None
    short = stops_short(block_of(place.week), today.safe or place.exercise.fixed_path)
    last_call = place.second or (place.amrap and not _comes_again(today, ahead, place))
    return InPlan(
        rule,
        first,
        _next(today, ahead, lift),
        amrap,
        short,
        last_call,
        finding=known is not None and known.easy and not place.deload,
        open_more=_open_more(today, place, known, lift),
    )


def _open_more(today: PlanToday, place: Place, known: LiftCourse | None, lift: LiftToday) -> float | None:
    """How many times the day's load an open set has, where today asks for one: of an anchor whose last session told nothing
    of its effort, as long as today does not, either. None where it does not."""
    if known is None or place.role is not Role.ANCHOR or place.deload or today.easy:
        return None
    if known.unrated < 1 or known.watched > 0 or known.was_kg is not None:
        return None
    flat = flat_rating(lift.before[0])
    if any(_tells(one.done, flat) for one in lift.sets):
        return None
    return UNMEASURED_MORE if known.measured < 0 else 1.0


def _tells(done: SetEntry, flat: float | None) -> bool:
    """Whether a set tells of its effort; of one side alone nothing is asked."""
    told = done.rpe is not None and done.rpe != flat
    return told or done.failure is not None or done.open_ended or done.side is not None


def _comes_again(today: PlanToday, ahead: Ahead | None, place: Place) -> bool:
    """Whether today's AMRAP, were it missed, is offered once more."""
    if ahead is None:
        return False
    # From the day that the sessions before it would have been trained by.
    after = max(today.day, ahead.course.position.seen or today.day)
    return comes_again(ahead.course, today.plan, place.exercise.id, after, today.exercises)


def _amrap(place: Place, first: Planned, lift: LiftToday, day: date) -> float | None:
    """The load of today's AMRAP beside that of the newest set, or of the plan before there is one."""
    if first.load is None:
        return None
    work = [one.done for one in lift.sets if one.done.kind is not Kind.WARMUP]
    last = work[-1] if work else None
    load, unit = (first.load, lift.unit) if last is None else (last.load, last.unit or lift.unit)
    done = system_kg(place.exercise, load, unit, lift.body_weight_kg)
    if done is None:
        return None
    opened = last.reps if last is not None and last.open_ended else None
    held = None if last is None else _held(last, first.reps, flat_rating(lift.now[0]))
    return lift.added(amrap_of(place, Before(done, opened, held), lift.now, day), place.exercise)


def _held(last: SetEntry, asked_reps: int, flat_rpe: float | None) -> int | None:
    """The reps that the set before an AMRAP could have held, as far as it shows: what was left of it was told, or asked for,
    or nothing was, where it fell short. None where it shows nothing."""
    if last.reps is None:
        return None
    if last.open_ended:
        return last.reps + LEFT
    if last.failure is not None:
        return last.reps
    if last.rpe is not None and last.rpe != flat_rpe:
        return last.reps + round(FAILURE_RPE - last.rpe)
    return last.reps if last.reps < asked_reps else None


def _stopped(rule: RoleRule, today: PlanToday, place: Place) -> RoleRule:
    """The sets of the style `failure` where they end: one clean rep short where nothing would catch the bar."""
    if place.style is Style.HIT:
        return rule
    rpe = hardest_rpe(place.exercise, safe=today.safe)
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
    away = layoff((s.today - s.history[-1].day).days, s.in_plan) if s.history else None
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
        session = place.session if lift.sets else session_now(after, today.plan, today.day)
        after = after if session is None else over(after, today.plan, today.day, session)
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
        planned_interval(today.plan, place.exercise.id),
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
    reasons = [*_found_out(course.lifts.get(place.exercise.id), lift, place), *reasons]
    load = None if found is None else lift.added(found.load_kg, place.exercise)
    return Planned(load, reps, of.efforts[0], of.efforts[-1], tuple(reasons))


def _found_out(known: LiftCourse | None, lift: LiftToday, place: Place) -> list[Reason]:
    """Why a load moves further than a session's step: all was easy so far, or a set that was left open told."""
    if place.deload or known is None:
        return []
    if known.easy:
        return [Reason("still_light", {"rpe": EASIEST_RPE})]
    opened = [one.done.reps for one in lift.sets if one.done.open_ended and one.done.reps is not None]
    return [Reason("from_open_set", {"reps": opened[-1], "left": LEFT})] if opened else []
