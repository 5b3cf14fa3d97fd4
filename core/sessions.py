"""Reading a lift's session: which sets were work, which loads belong together, and how hard they were.

A session is a day. Work begins at 85% of the day's heaviest load; what lies below it is the way up. Within the work,
sets that follow one another at about one load make a run; a clear change of load or reps is the athlete's own choice
and begins another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from core.care import by_day
from core.effort import (
    EffortReading,
    counted_reps,
    effective_rpe,
    reps_possible,
)
from core.model import Kind, LoggedSet, SetEntry, Side
from core.situation import EPSILON, Situation
from core.strength import system_kg, weaker_sides

WORK_SHARE: Final = 0.85
"""Work begins at this share of the day's heaviest load (the protocol of the strength model)."""

RUN_BAND: Final = 0.06
"""A load further than this from the first of its run is the athlete's own choice, and the most a target moves."""

CHOSEN_REPS: Final = 3
"""So many more reps at a lighter load are a back-off set and no target made (own choice)."""

MAX_REPS: Final = 30
"""Nobody is asked for more reps than these."""


@dataclass(frozen=True, slots=True)
class WorkSet:
    """A work set as its run reads it: load in the target's unit, reps that count, effort read and asked."""

    done: SetEntry
    load: float | None
    reps: int
    target_reps: int
    target_rpe: float
    effort: EffortReading

    @property
    def amrap(self) -> bool:
        """Whether it was taken to as many reps as possible."""
        return self.done.kind is Kind.AMRAP

    @property
    def form(self) -> bool:
        """Whether form broke in it."""
        return self.done.form_from is not None

    @property
    def known(self) -> bool:
        """Whether its effort was said or shown, and not assumed."""
        return self.effort.source != "assumed"

    @property
    def n(self) -> float:
        """The reps it could have held."""
        return reps_possible(self.reps, self.effort.rir)

    @property
    def target_n(self) -> float:
        """The reps it would have held at just the target."""
        return reps_possible(self.target_reps, 10 - self.target_rpe)

    @property
    def gap(self) -> float:
        """How many reps it fell short of the target; negative where it had more to give. Missed reps count."""
        return self.target_n - self.n

    @property
    def made(self) -> bool:
        """Whether all the reps came."""
        return self.reps >= self.target_reps


Run = tuple[WorkSet, ...]


@dataclass(frozen=True)
class Day:
    """A session of the lift: its sets as logged, and its work, read when it is first asked for."""

    situation: Situation
    logged: tuple[LoggedSet, ...]

    @property
    def day(self) -> date:
        """The day it was done on."""
        return self.logged[0].day

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Its work as runs in order; none if there was no work."""
        return runs_of(self.situation, self.logged)

    @property
    def work(self) -> tuple[WorkSet, ...]:
        """The work sets in order."""
        return tuple(one for run in self.runs for one in run)

    @property
    def form(self) -> bool:
        """Whether form broke in any of its sets."""
        return any(one.done.form_from is not None for one in self.logged)


def read_days(s: Situation, sets: Iterable[LoggedSet]) -> tuple[Day, ...]:
    """The sessions in these sets, the oldest first."""
    return tuple(Day(s, day) for day in by_day(sets))


def top_run(day: Day) -> Run:
    """The run with the heaviest load of a day that has work: what the next session builds on."""
    return max(day.runs, key=lambda run: max(_weight(one) for one in run))


def base_load(run: Run) -> float | None:
    """The load that most sets of a run were done with; of two, the later."""
    loads = [one.load for one in run]
    return max(reversed(loads), key=loads.count)


def _weight(one: WorkSet) -> float:
    return 0.0 if one.load is None else one.load


# Which sets are work ---------------------------------------------------------------------------------------------


def work_sets(s: Situation, sets: Sequence[LoggedSet]) -> tuple[SetEntry, ...]:
    """The work of a day, left and right of one load as one set: no warm-ups, nothing lighter on the way to it."""
    tried = weaker_sides([one.done for one in sets if one.done.kind is not Kind.WARMUP])
    counted = [done for done in tried if counted_reps(done) > 0]
    weights = [_system_weight(s, done) for done in counted]
    top = max(weights, default=0.0)
    first = next((at for at, weight in enumerate(weights) if weight >= WORK_SHARE * top), 0)
    return tuple(counted[first:])


def _system_weight(s: Situation, done: SetEntry) -> float:
    system = system_kg(s.exercise, done.load, done.unit or s.unit, s.body_weight_kg)
    return 0.0 if system is None else system


def runs_of(
    s: Situation, sets: Sequence[LoggedSet], planned: tuple[float | None, int] | None = None
) -> tuple[Run, ...]:
    """The work of a day, read in runs. `planned` is the load and the reps that were asked for, if any were."""
    runs: list[list[WorkSet]] = []
    for position, done in enumerate(work_sets(s, sets), 1):
        if runs and _stays(s, runs[-1], done):
            reps = runs[-1][0].target_reps
        else:
            runs.append([])
            reps = min(MAX_REPS, _reps_asked(s, done, planned))
        runs[-1].append(_read(s, done, reps, s.rule.rpe_of(position)))
    return tuple(tuple(run) for run in runs)


def _reps_asked(s: Situation, done: SetEntry, planned: tuple[float | None, int] | None) -> int:
    """The reps of the athlete's own choice, but those planned where a hard set at the planned load fell short."""
    reps = counted_reps(done)
    if planned is None or planned[0] != s.load_of(done) or not _was_hard(done):
        return reps
    return max(reps, planned[1])


def _read(s: Situation, done: SetEntry, target_reps: int, target_rpe: float) -> WorkSet:
    effort = effective_rpe(done, 10 - target_rpe, target_reps)
    return WorkSet(done, s.load_of(done), counted_reps(done), target_reps, target_rpe, effort)


def _stays(s: Situation, run: Sequence[WorkSet], done: SetEntry) -> bool:
    """Whether a set goes on with its run, or is a load and rep scheme of the athlete's own choice."""
    load, first = s.load_of(done), run[0].load
    if load is None or first is None:
        return True
    start = s.system(first)
    if start <= 0 or abs(load - first) > RUN_BAND * start + EPSILON:
        return False
    reps, target = counted_reps(done), run[0].target_reps
    heavier = load > max(_weight(one) for one in run) + EPSILON
    if heavier and reps < target and not _was_hard(done):
        return False
    return not (load < first - EPSILON and reps >= target + CHOSEN_REPS)


def _was_hard(done: SetEntry) -> bool:
    """Whether reps short of the run's were missed rather than left out."""
    return done.failure is not None or (done.rpe is not None and done.rpe >= 9.5)


def unpaired_side(s: Situation) -> Side | None:
    """The side still to be done, where the newest set was one side alone and its load has no other side yet."""
    sets = [one.done for one in s.session if one.done.kind is not Kind.WARMUP]
    sides: dict[Side | None, Side] = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    if not sets or sets[-1].side not in sides:
        return None
    done, before = weaker_sides(sets), weaker_sides(sets[:-1])
    one_side_only = bool(before) and before[-1].side is sets[-1].side
    return None if len(done) == len(before) or one_side_only else sides[sets[-1].side]
