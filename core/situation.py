"""All that a target depends on, and the loads that this athlete can put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import exp
from typing import Final, NamedTuple

from core import learning
from core.effort import WITHOUT_PLAN, RoleRule
from core.learning import Habits
from core.loads import Gear, loadable, rounding, rungs
from core.model import Exercise, LoggedSet, Reason, SetEntry, Unit, from_kg, to_kg

EPSILON: Final = 1e-6
"""Loads and efforts nearer than this are the same."""

HEAVY_REPS: Final = 3
"""Sets of so few reps are heavy: they move by load, never by reps (own choice)."""

BUILT: Final = frozenset({"barbell", "ez-bar", "trap-bar", "dumbbell"})
"""Gear whose loads we know; of a stack, a belt or a kettlebell only the athlete knows the steps."""


@dataclass(frozen=True, slots=True)
class Lift:
    """An exercise as one athlete's body loads it; all that reading past sets of it depends on."""

    exercise: Exercise
    unit: Unit
    body_weight_kg: float | None

    @property
    def rule(self) -> RoleRule:
        """What the lift's role asks for."""
        return WITHOUT_PLAN[self.exercise.role]

    def is_of(self, other: Lift) -> bool:
        """Whether it is the same lift of the same body, and asked for the same."""
        same = self.exercise == other.exercise and self.unit == other.unit
        return same and self.body_weight_kg == other.body_weight_kg and self.rule == other.rule

    @property
    def by_reps(self) -> bool:
        """Whether only reps can guide: the body's share counts and its weight is unknown."""
        return self.exercise.share > 0 and self.body_weight_kg is None

    def load_of(self, done: SetEntry) -> float | None:
        """The load of a set in the unit of the target, exactly as typed where that is its own unit."""
        if done.load is None:
            return 0.0 if self.exercise.bodyweight else None
        unit = done.unit or self.unit
        return done.load if unit == self.unit else from_kg(to_kg(done.load, unit), self.unit)

    def body(self) -> float:
        """The body's share of the load, in the unit of the target; 0 where unknown."""
        if self.body_weight_kg is None:
            return 0.0
        return from_kg(self.exercise.share * self.body_weight_kg, self.unit)

    def system(self, load: float) -> float:
        """What is lifted at `load`, the body's share included, in the unit of the target."""
        return load + self.body()


@dataclass(frozen=True, slots=True)
class RuledLift(Lift):
    """A lift of which a plan asks something of its own: past sets are held against that, too."""

    asked: RoleRule

    @property
    def rule(self) -> RoleRule:
        """What the plan asks for."""
        return self.asked


KNOWN_CURVE: Final = 0.8
"""A lift's rep curve is known when sets have taken this part of the doubt about it away, and more (own choice)."""


class Learned(NamedTuple):
    """What the days before today have taught of the athlete and of the lift, and today's sets of it as they were told."""

    habits: Habits
    lift: learning.Lift
    today: tuple[LoggedSet, ...] = ()


class Related(NamedTuple):
    """What a related lift tells of one that was never done: its maximum (kg, the body's share included), how unsure that
    is (SD of ln), and the name of the lift that tells."""

    e1rm_kg: float
    sd: float
    name: str


class Planned(NamedTuple):
    """What a plan asks for: a load before rounding (in the unit of the target, added load on bodyweight lifts; None where
    it is still to be found out), reps, the RPE of the first set and of the last, and why."""

    load: float | None
    reps: int
    rpe: float
    last_rpe: float
    reasons: tuple[Reason, ...] = ()


class Promise(NamedTuple):
    """What the sets of `day` were answered with for the next session: the load (in the unit of the target; added load on bodyweight
    lifts), reps, the RPE asked for and why. `basis` is all that it followed from, `planned` the plan's load before rounding,
    None without one (`core.promise`)."""

    day: date
    basis: str
    planned: float | None
    load: float | None
    reps: int
    rpe: float | None
    reasons: tuple[Reason, ...] = ()


class InPlan(NamedTuple):
    """A lift in today's session of a plan: what its sets are asked for, what it begins with, and with what the session
    after today's in which the plan has it. Where the plan leaves the loads to the rules of progression, these are None.
    `deload` says that today's session is one of a deload, `deload_next` that the next is. `amrap` is the last set of today where that is one: its load (in the unit of the target, before rounding); `short`: it
    stops one clean rep short of failure; `last_call`: it is offered for the second time. `failing` says that all sets go to failure, and how many reps each further one is expected to lose; `later` is what the
    next session asks for, where the rules of progression give its load; `anew` that the lift was
    last trained in another style; `interval` the most days from one session of the lift to its next, as planned; `finding` that its load is not found yet, and day one goes on;
    `open_more` that a set is left open today (`core.open_sets`), and how many times the day's load it has."""

    rule: RoleRule
    first: Planned | None = None
    next: Planned | None = None
    amrap: float | None = None
    short: bool = True
    last_call: bool = False
    failing: float | None = None
    later: RoleRule | None = None
    anew: bool = False
    interval: int = 7
    finding: bool = False
    open_more: float | None = None
    deload: bool = False
    deload_next: bool = False


@dataclass(frozen=True, slots=True)
class Situation(Lift):
    """All that a target depends on.

    `session` holds today's sets of the lift in order, warm-ups included; `history` those of earlier days, the oldest
    first. `stated_max_kg` is added load on bodyweight lifts. `easy` is today's bad-day switch and `easy_days` the
    earlier days it was on, and those of deloads: light on purpose, no later session follows from them; `hold` says that red-flag symptoms are open, `cleared_on` the day they were last cleared.
    `learned` is None where nothing is known. `flat_rpe` is the RPE that the athlete says to every set: it is left out of
    the sets (`without_rating`), for it rates nothing. `related` speaks for a lift that has no sets of its own.
    `asks` says whether the effort of its last set may be asked for. `in_plan` is None where today's session of the athlete's plan does not have the lift. `promise` is what was told for
    today when the lift was last done, where it stands.
    """

    gear: Gear
    today: date
    session: tuple[LoggedSet, ...] = ()
    history: tuple[LoggedSet, ...] = ()
    stated_max_kg: float | None = None
    easy: bool = False
    hold: bool = False
    easy_days: frozenset[date] = frozenset()
    cleared_on: date | None = None
    learned: Learned | None = None
    flat_rpe: float | None = None
    related: Related | None = None
    in_plan: InPlan | None = None
    promise: Promise | None = None
    asks: bool = True

    @property
    def in_deload(self) -> bool:
        """Whether today's session of the plan is one of a deload."""
        return self.in_plan is not None and self.in_plan.deload

    @property
    def rule(self) -> RoleRule:
        """What is asked of the lift: by the plan, else by its role."""
        return WITHOUT_PLAN[self.exercise.role] if self.in_plan is None else self.in_plan.rule

    def __hash__(self) -> int:
        # Equal situations have equal newest sets, and all the sets of a log take many times as long.
        newest = self.session[-1] if self.session else None
        return hash((self.exercise.id, self.today, newest, len(self.session), len(self.history)))

    @property
    def lift(self) -> Lift:
        """The lift alone, without today and without what was done."""
        if self.in_plan is None:
            return Lift(self.exercise, self.unit, self.body_weight_kg)
        return RuledLift(self.exercise, self.unit, self.body_weight_kg, self.in_plan.rule)

    @property
    def curve(self) -> float:
        """The rep curve of this athlete's lift (`core.learning`), 1 (Epley's) where too little is known of it."""
        if self.learned is None:
            return 1.0
        belief = self.learned.lift.belief
        return exp(belief.k) if belief.v_k < KNOWN_CURVE * learning.CURVE_VAR else 1.0

    def before(self, place: int) -> Situation:
        """The situation as it was before the set of today's at that place."""
        # Every answer asks for it, and `dataclasses.replace` takes three times as long.
        return Situation(
            self.exercise,
            self.unit,
            self.body_weight_kg,
            self.gear,
            self.today,
            self.session[:place],
            self.history,
            self.stated_max_kg,
            self.easy,
            self.hold,
            self.easy_days,
            self.cleared_on,
            None if self.learned is None else self.learned._replace(today=self.learned.today[:place]),
            self.flat_rpe,
            self.related,
            self.in_plan,
            self.promise,
            self.asks,
        )

    def loads_seen(self) -> tuple[float, ...]:
        """The loads this lift was done with, in the unit of the target."""
        loads = [self.load_of(one.done) for sets in (self.history, self.session) for one in sets]
        return tuple([load for load in loads if load is not None])

    def loads_own_unit(self) -> frozenset[float]:
        """The loads typed in the unit of the target, and nothing at all."""
        typed = [one.done for sets in (self.history, self.session) for one in sets]
        own = (None, self.unit)
        return frozenset(
            [one.load for one in typed if one.load is not None and (one.load == 0 or one.unit in own)]
        )

    def loads_known(self) -> frozenset[float]:
        """The loads that are there besides those of the rack, because they were lifted: not of bars and dumbbells."""
        return frozenset() if self.exercise.equipment in BUILT else self.loads_own_unit()

    def was_done(self, load: float, reps: int | None, seconds: int | None) -> bool:
        """Whether exactly that was done before: it can be asked for again, whatever plates it took."""
        done = [one.done for sets in (self.session, self.history) for one in sets]
        as_many = [one for one in done if one.reps == reps and one.seconds == seconds]
        same = next((one for one in as_many if self.load_of(one) == load), None)
        if same is None:
            return False
        return (same.load == load and same.unit == self.unit) or load in self.loads_own_unit()

    def is_heavy(self, reps: int) -> bool:
        """Whether a set of so many reps is a heavy single, double or triple; few reps at body weight are not."""
        by_load = not self.by_reps and (not self.exercise.bodyweight or self.is_added())
        return by_load and reps <= HEAVY_REPS

    def is_added(self) -> bool:
        """Whether this athlete adds load to, or takes it off, a bodyweight lift."""
        return any(abs(load) > EPSILON for load in self.loads_seen())

    def may_assist(self, load: float) -> bool:
        """Whether that load may be asked for: assistance only of those who have used it."""
        return not self.exercise.bodyweight or load >= -EPSILON or self.is_assisted()

    def may_add(self) -> bool:
        """Whether load can be added: not where body weight is unknown, nor to push-ups and their like out of nothing."""
        if self.by_reps:
            return False
        return not self.exercise.bodyweight or self.is_added() or self.exercise.share >= 1

    def is_assisted(self) -> bool:
        """Whether this athlete has used assistance on a bodyweight lift."""
        return any(load < -EPSILON for load in self.loads_seen())


def without_rating(sets: Sequence[LoggedSet], rpe: float) -> tuple[LoggedSet, ...]:
    """The sets as if that RPE had not been said with them. Failure that was told stands, and what was asked of an open set."""
    return tuple([_unrated(one) if one.done.rpe == rpe and not one.done.open_ended else one for one in sets])


@lru_cache(maxsize=4096)
def _unrated(one: LoggedSet) -> LoggedSet:
    """The same value each time: days that were read before are looked up by it."""
    return replace(one, done=replace(one.done, rpe=None, rir_at_least=False))


def with_own_gear(s: Situation) -> Situation:
    """The situation with gear as light, and dumbbells as heavy, as the athlete has shown to have."""
    if s.exercise.bodyweight:
        return s
    loads = [load for load in s.loads_seen() if load > 0]
    if not loads:
        return s
    rack = s.gear.rack(s.unit)
    lighter, heaviest = _lighter(s, min(loads)), rack.dumbbell_max
    if s.exercise.equipment == "dumbbell":
        heaviest = max(heaviest, *loads)
    if lighter == rack.lighter and heaviest == rack.dumbbell_max:
        return s
    rack = replace(rack, lighter=lighter, dumbbell_max=heaviest)
    return replace(s, gear=replace(s.gear, kg=rack) if s.unit == "kg" else replace(s.gear, lb=rack))


def _lighter(s: Situation, lightest_seen: float) -> tuple[float, ...]:
    """The loads from the lightest seen up to the usual bar, dumbbell or stack, in the steps of the lift."""
    step = max(0.25, s.exercise.step_kg if s.unit == "kg" else s.exercise.step_lb)
    below = rungs(s.exercise, s.unit, s.gear)[0] - lightest_seen
    count = 0 if below <= EPSILON else math.ceil(below / step - EPSILON)
    return tuple(lightest_seen + step * index for index in range(count))


def fitted(s: Situation, wanted: float, low: float, high: float, rpe: float) -> float | None:
    """The load next to `wanted` that can be put together, rounded as its RPE asks, from `low` to `high`; else None."""
    if wanted in s.loads_known() and low - EPSILON <= wanted <= high + EPSILON:
        return wanted
    load = loadable(wanted, s.unit, s.exercise, s.gear, rounding(rpe))
    if load < low - EPSILON:
        load = loadable(low, s.unit, s.exercise, s.gear, "up")
    if load > high + EPSILON:
        load = loadable(high, s.unit, s.exercise, s.gear, "down")
    return load if low - EPSILON <= load <= high + EPSILON else None


def lightest(s: Situation) -> float:
    """The lightest load there is; nothing added for bodyweight lifts without assistance."""
    return 0.0 if s.exercise.bodyweight else rungs(s.exercise, s.unit, s.gear)[0]
