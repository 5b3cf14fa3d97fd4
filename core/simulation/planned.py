"""The closed loop under a plan: a lifter trains by the rules of plans, as in the chat, and what came of it is kept.

Sets, reps, effort and loads are the plan's (`core.program`), each answer is the one that the chat would give
(`core.targets`), and the states move as they do when a day is over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from random import Random
from typing import Final, NamedTuple

from core import learning
from core.effort import SHORT_RPE
from core.exercises import catalogue
from core.learning.reading import evidence
from core.loads import loadable
from core.model import Exercise, Failure, Kind, LoggedSet, Role, SetEntry, Target, from_kg, to_kg
from core.open_sets import MOST_REPS, OPEN_RPE, taken
from core.program.after_day import trained
from core.program.after_lift import State
from core.program.calendar import as_of, started
from core.program.course import Course
from core.program.day_exposures import exposed
from core.program.deload import deload_offer
from core.program.exposures import Exposure
from core.program.lift_today import LiftToday, PlanToday, asked_of
from core.program.places import Exercises, Place, places, session_now
from core.program.values import Plan
from core.simulation.kinds import Lifter
from core.simulation.lifter import Outcome, form_today, perform, reserve_for, share, stimulus, stops_at, tired
from core.simulation.people import SessionLuck, SetLuck, value
from core.situation import Learned, Situation, without_rating
from core.targets import next_target

FIRST_DAY: Final = date(2026, 1, 5)

DAYS_READ: Final = 5
"""So many days of a lift are looked at, about as many as in the chat."""

BY_FEEL: Final = 0.1
"""How far a load is off that somebody begins with by feel (SD of ln; own choice)."""

Sets = tuple[LoggedSet, ...]


class DoneSet(NamedTuple):
    """A set as it was asked for and as it came. `exposure` counts the lift's sessions from 1; `rpe` is the target."""

    place: Place
    exposure: int
    position: int
    reps: int
    rpe: float
    load_kg: float
    amrap: bool
    said: SetEntry
    outcome: Outcome


@dataclass(slots=True)
class Trained:
    """What came of a lifter's weeks: sets in order, the days on which a deload would have been offered, and by which part
    a load was lowered by nothing but more known of rating bias, at the most."""

    sets: list[DoneSet] = field(default_factory=list)
    offers: list[date] = field(default_factory=list)
    lowered: float = 0.0


def train(lifter: Lifter, plan: Plan, weeks: int, seed: str, first_week: int = 1) -> Trained:
    """So many weeks of training by a plan; `seed` is the luck. Days without training come on top."""
    going = _Going(lifter, plan, {one.id: one for one in catalogue() if one.id in lifter.lifts}, seed)
    going.course = Course(started(plan.schedule.a_week, week=first_week))
    for number, day in enumerate(_days(lifter, plan, weeks)):
        going.day(number, day)
    return going.came


def _days(lifter: Lifter, plan: Plan, weeks: int) -> Iterator[date]:
    """The days of training: the weekdays of the plan, but for weeks away."""
    kind, start = lifter.kind, FIRST_DAY
    for week in range(weeks):
        if kind.away and week and week % kind.trains == 0:
            start += timedelta(weeks=kind.away)
        for day in plan.schedule.days:
            yield start + timedelta(days=day)
        start += timedelta(weeks=1)


@dataclass(slots=True)
class _Going:
    """A lifter's training as it goes on: what the chat knows, and what nobody does (`strengths`, kg)."""

    lifter: Lifter
    plan: Plan
    exercises: Exercises
    seed: str
    course: Course = field(default_factory=lambda: Course(started(1)))
    habits: learning.Habits = field(default_factory=learning.Habits)
    lifts: dict[str, learning.Lift] = field(default_factory=dict)
    days: dict[str, list[Sets]] = field(default_factory=dict)
    strengths: dict[str, float] = field(default_factory=dict)
    exposures: dict[str, list[Exposure]] = field(default_factory=dict)
    came: Trained = field(default_factory=Trained)

    def day(self, number: int, day: date) -> None:
        """A day's session, and what it teaches."""
        self.course = replace(self.course, position=as_of(self.course.position, day))
        session = session_now(self.course, self.plan, day)
        assert session is not None
        luck = Random(f"{self.seed}/{number}")
        form, bad_week = luck.gauss(0, 1), self._is_bad(day)
        done: dict[str, Sets] = {}
        for place in places(self.course, self.plan, session, day, self.exercises):
            if not place.exercise.timed:
                logged = self._lift(
                    place, day, form, bad_week, Random(f"{self.seed}/{number}/{place.exercise.id}")
                )
                if logged:
                    done[place.exercise.id] = logged
        self._over(day, done)

    def _is_bad(self, day: date) -> bool:
        week = (day - FIRST_DAY).days // 7
        return not self.lifter.kind.constant and Random(f"{self.seed}/week/{week}").random() < value(
            "week.bad"
        )

    # A lift ------------------------------------------------------------------------------------------------------

    def _lift(self, place: Place, day: date, form: float, bad_week: bool, rng: Random) -> Sets:
        """A lift's sets of a day, each as the answer to the one before it asks; those that were logged."""
        name, person = place.exercise.id, self.lifter.person
        today = form_today(SessionLuck(form, (rng.gauss(0, 1),), 0.0, ()), 0, bad_week)
        fresh = self.strengths.setdefault(name, self.lifter.lifts[name].one_rm_kg) * today
        logged: Sets = ()
        tried: list[DoneSet] = []
        for position in range(1, place.asked.sets + 1):
            target = next_target(self._situation(place, day, logged))
            if target is None or target.when != "set" or target.reps is None:
                break
            luck = SetLuck(rng.gauss(0, 1), rng.gauss(0, 1), rng.random())
            if self.lifter.kind.finds and position == 1 and name not in self.days:
                target = replace(target, load=self._felt(place, fresh, luck))
            one = self._set(place, position, target, fresh, luck)
            tried.append(one)
            fresh *= 1 - tired(person, one.outcome)
            if one.outcome.reps < 1:
                break
            if luck.logged >= person.skips:
                logged = (*logged, _logged(place.exercise, day, position, one.said))
        self.came.sets += tried
        self._gained(name, day, tried)
        return logged

    def _felt(self, place: Place, fresh_kg: float, luck: SetLuck) -> float:
        """The load that somebody begins a lift with who chooses it by feel, a tenth more or less."""
        person, of, exercise = self.lifter.person, place.asked, place.exercise
        held = share(
            self.lifter.lifts[exercise.id], of.reps_low + reserve_for(person, of.reps_low, of.efforts[0])
        )
        added = fresh_kg * held * math.exp(BY_FEEL * luck.rating) - exercise.share * self.lifter.body_kg
        wanted = from_kg(max(0.0, added), person.unit)
        return loadable(wanted, person.unit, exercise, person.gear, "nearest")

    def _set(self, place: Place, position: int, target: Target, fresh_kg: float, luck: SetLuck) -> DoneSet:
        lifter, exercise = self.lifter, place.exercise
        assert target.reps is not None
        amrap = any(one.code == "amrap_now" for one in target.reasons)
        load_kg = exercise.share * lifter.body_kg + to_kg(target.load or 0.0, target.unit)
        true, reps = lifter.lifts[exercise.id], target.reps
        stops = amrap and not lifter.kind.fails
        if stops:
            reps = stops_at(lifter.person, true, fresh_kg, load_kg, luck)
        is_open = any(one.code == "open_set" for one in target.reasons)
        if is_open:
            reps = min(MOST_REPS, stops_at(lifter.person, true, fresh_kg, load_kg, luck, OPEN_RPE))
        outcome = perform(lifter.person, true, fresh_kg, load_kg, reps, amrap and not stops, luck)
        said = self._said(target, outcome, amrap)
        if is_open:
            said = taken(said, learning.flat_rating(self.habits))
        rpe = place.asked.rpe_of(position) if target.rpe is None else target.rpe
        exposed = len(self.days.get(exercise.id, ())) + 1
        asked = reps if is_open else target.reps  # of an open set as many as they mean to do, and no number
        return DoneSet(place, exposed, position, asked, rpe, load_kg, amrap, said, outcome)

    def _said(self, target: Target, outcome: Outcome, amrap: bool) -> SetEntry:
        """A set as it is typed, and as the chat takes it: who stops an AMRAP with one rep left says so, or says nothing."""
        silent = self.lifter.kind.silent
        rpe = None if silent else outcome.said
        flat = rpe is not None and rpe == learning.flat_rating(self.habits)
        if amrap and not outcome.failed and (flat or self.lifter.person.rater != "eight"):
            rpe = SHORT_RPE
        is_amrap = amrap and (rpe is None or rpe >= SHORT_RPE)
        failed = outcome.failed and not silent
        return SetEntry(
            exercise=target.exercise_id,
            load=target.load,
            unit=target.unit,
            bodyweight=target.load is None,
            reps=outcome.reps,
            rpe=rpe,
            kind=Kind.AMRAP if is_amrap else Kind.WORK,
            failure=Failure.ABSOLUTE if failed else None,
        )

    def _situation(self, place: Place, day: date, logged: Sets) -> Situation:
        """What the chat knows before the next set of a lift."""
        lifter, name = self.lifter, place.exercise.id
        exercise = replace(place.exercise, role=place.role)
        state = self.habits, self.lifts.get(name, learning.Lift())
        history = tuple(chain.from_iterable(self.days.get(name, [])[-DAYS_READ:]))
        flat = learning.flat_rating(self.habits)
        weight = lifter.body_kg if exercise.share > 0 else None
        now = self._taught(state, exercise, logged, day)
        today = PlanToday(self.plan, self.course, day, self.exercises)
        claim = lifter.lifts[name].claim_kg - exercise.share * lifter.body_kg
        return Situation(
            exercise=exercise,
            unit=lifter.person.unit,
            body_weight_kg=weight,
            gear=lifter.person.gear,
            today=day,
            session=logged if flat is None else without_rating(logged, flat),
            history=history if flat is None else without_rating(history, flat),
            stated_max_kg=claim if claim > 0 else None,
            learned=Learned(*state, logged),
            flat_rpe=flat,
            in_plan=asked_of(today, place, LiftToday(state, now, logged, lifter.person.unit, weight)),
        )

    def _taught(self, state: State, exercise: Exercise, logged: Sets, day: date) -> State:
        habits, lift = state
        weight = self.lifter.body_kg if exercise.share > 0 else None
        for one in evidence(exercise, [each.done for each in logged], weight):
            habits, lift = learning.update(habits, lift, one, day.toordinal())
        return habits, lift

    def _gained(self, name: str, day: date, tried: list[DoneSet]) -> None:
        """Strength after a lift's session: by how often it is trained, less with the weeks and with sets too easy."""
        if self.lifter.kind.constant or not tried:
            return
        before = self.days.get(name, [])
        days = min(7, (day - before[-1][0].day).days) if before else 0
        worth = sum(stimulus(one.outcome) for one in tried) / len(tried)
        fading = 0.5 ** ((day - FIRST_DAY).days / 7 / value("gain.halves"))
        self.strengths[name] *= 1 + self.lifter.person.gain * days / 7 * worth * fading

    # A day is over -----------------------------------------------------------------------------------------------

    def _over(self, day: date, done: dict[str, Sets]) -> None:
        self._expose(day, done)
        for name, logged in done.items():
            state = self.habits, self.lifts.get(name, learning.Lift())
            habits, lift = self._taught(state, self.exercises[name], logged, day)
            self.habits, self.lifts[name] = learning.close(habits, lift)
            self.days.setdefault(name, []).append(logged)
        before, self.course = self.course, self._after(self.course, day, done, self.habits)
        self._probe(before, day, done)

    def _after(self, course: Course, day: date, done: dict[str, Sets], habits: learning.Habits) -> Course:
        states = {name: (habits, self.lifts[name]) for name in done}
        return trained(course, self.plan, day, done, states, self.exercises, self.lifter.body_kg)

    def _probe(self, before: Course, day: date, done: dict[str, Sets]) -> None:
        """How far loads would fall, had a test after this session shown another rating bias and nothing else."""
        for bias in (0.0, learning.BIAS, 2.0):
            other = self._after(before, day, done, self.habits._replace(bias=bias))
            for name, lift in self.course.lifts.items():
                self.came.lowered = max(self.came.lowered, 1 - other.lifts[name].load_kg / lift.load_kg)

    def _expose(self, day: date, done: dict[str, Sets]) -> None:
        """The anchors' exposures of the day, and whether a deload would be offered after them."""
        session = session_now(self.course, self.plan, day)
        assert session is not None
        for place in places(self.course, self.plan, session, day, self.exercises):
            name = place.exercise.id
            if place.role is Role.ANCHOR and name in done and not place.deload:
                weight = self.lifter.body_kg if place.exercise.share > 0 else None
                state = self.habits, self.lifts.get(name, learning.Lift())
                found = exposed(place.exercise, place, done[name], state, weight)
                self.exposures.setdefault(name, []).extend([] if found is None else [found])
        since = self.came.offers[-1] if self.came.offers else None
        if deload_offer(self.exposures.values(), _evening(day), since=since) is not None:
            self.came.offers.append(day)


def _evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def _logged(exercise: Exercise, day: date, position: int, entry: SetEntry) -> LoggedSet:
    key = f"{exercise.id}/{day.toordinal()}/{position}"
    return LoggedSet(
        key, "lifter", "lifter", key, None, 0, exercise.id, _evening(day), day, "UTC", entry, entry
    )
