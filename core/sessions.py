"""A lift's sessions: a session is a day, and stands for the run that most of its sets are in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from core.care import by_day
from core.effort import counted_reps
from core.model import Kind, LoggedSet, Side
from core.runs import Asked, Run, WorkSet, base_load, runs_of
from core.situation import EPSILON, HEAVY_REPS, Lift, Situation
from core.strength import VOLUME_SHARE, epley


@dataclass(frozen=True)
class Day:
    """A session of the lift: its sets as logged, those of the session before, and its work, read when first asked."""

    lift: Lift
    logged: tuple[LoggedSet, ...]
    before: tuple[LoggedSet, ...] = ()

    def __hash__(self) -> int:
        # Equal days have equal newest sets, and all the sets take many times as long.
        return hash((self.lift.exercise.id, self.logged[-1], self.before[-1] if self.before else None))

    @property
    def day(self) -> date:
        """The day it was done on."""
        return self.logged[0].day

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Its work as runs in order; none if there was no work."""
        return runs_of(self.lift, self.logged, _done_at(self.lift, self.before))

    @cached_property
    def work(self) -> tuple[WorkSet, ...]:
        """The work sets in order."""
        return tuple([one for run in self.runs for one in run])

    @cached_property
    def main_run(self) -> Run:
        """The run that most of the day's sets are in, which the next session builds on; the day has work.

        AMRAPs, what a later set outdid and what was volume beside far heavier sets do not count. Of two, the one that
        is not heavy singles to triples, then the heavier.
        """
        if len(self.runs) == 1:
            return self.runs[0]
        runs = _without_volume(self)
        return max(runs, key=lambda run: (len(self.standing(run)), not is_heavy(run), max(map(_weight, run))))

    def standing(self, run: Run) -> tuple[WorkSet, ...]:
        """The sets of a run that no later set of the day outdid, AMRAPs aside."""
        if len(self.runs) == 1:
            return self._not_outdone
        ours = {one.logged.id for one in run}
        return tuple(one for one in self._not_outdone if one.logged.id in ours)

    @cached_property
    def _not_outdone(self) -> tuple[WorkSet, ...]:
        work = self.work
        places = enumerate(work, 1)
        return tuple([one for at, one in places if not one.amrap and not _is_outdone(one, work[at:])])

    def was_elsewhere(self, load: float | None) -> bool:
        """Whether there was work and none of it at that load, as far as can be told before it is read as runs."""
        tried = [one.done for one in self.logged if one.done.kind is not Kind.WARMUP]
        if any(self.lift.load_of(done) == load for done in tried):
            return False
        return any(counted_reps(done) > 0 and done.side in (None, Side.EACH) for done in tried)

    @property
    def form(self) -> bool:
        """Whether form broke in any of its sets."""
        return any(one.done.form_from is not None for one in self.logged)


def _done_at(lift: Lift, before: tuple[LoggedSet, ...]) -> tuple[Asked, ...]:
    """The reps that all sets at a load of a session had: what comes next is asked for from there."""
    fewest: dict[float | None, int] = {}
    for one in before:
        if one.done.kind is not Kind.WARMUP:
            load, reps = lift.load_of(one.done), counted_reps(one.done)
            if load not in fewest or reps < fewest[load]:
                fewest[load] = reps
    return tuple([Asked(load, reps) for load, reps in fewest.items()])


# Every answer asks for the days before today's, which do not change while the athlete trains. Sets as the store gives
# them are the same objects each time, so that looking a day up costs next to nothing.
@lru_cache(maxsize=8192)
def _day(day: Day) -> Day:
    """The day as it was read before, if it was."""
    return day


_read: list[tuple[Lift, object, tuple[Day, ...]]] = []
"""What was read last: the rules of one target ask for the same days several times."""


def read_days(s: Situation, sets: Iterable[LoggedSet]) -> tuple[Day, ...]:
    """The sessions in these sets, the oldest first."""
    for read, before, found in _read:
        if before is sets and read.is_of(s):
            return found
    lift, days = s.lift, by_day(sets)
    found = tuple([_day(Day(lift, day, days[at - 1] if at else ())) for at, day in enumerate(days)])
    _read[:] = [(lift, sets, found)]
    return found


def telling(days: Sequence[Day], light: Collection[date]) -> list[Day]:
    """The sessions that the next can follow from: none that was `light` on purpose, where there are others."""
    found = [day for day in days if day.day not in light] if light else list(days)
    return found if any(day.runs for day in reversed(found)) else list(days)


# What a session stands for ---------------------------------------------------------------------------------------

CLEARLY_MORE, MORE_REPS = 1.5, 4
"""More reps than so many times those of a set, and so many more, outdo it at the same load (own choice)."""


def _without_volume(day: Day) -> list[Run]:
    shown = {id(run): max(_shown(day, one) for one in run) for run in day.runs}
    best = max((shown[id(run)] for run in day.runs if not is_heavy(run)), default=0.0)
    return [run for run in day.runs if best <= 0 or shown[id(run)] >= VOLUME_SHARE * best]


def _shown(day: Day, one: WorkSet) -> float:
    """The maximum that a set speaks for, in the unit of the target; nothing by which to compare without a load."""
    return 0.0 if one.load is None else epley(day.lift.system(one.load), one.n)


def _is_outdone(one: WorkSet, later: Sequence[WorkSet]) -> bool:
    return any(_outdoes(other, one) for other in later if other.reps >= one.reps)


def _outdoes(later: WorkSet, one: WorkSet) -> bool:
    if _weight(later) > _weight(one) + EPSILON:
        return later.reps >= one.reps
    clearly = later.reps > CLEARLY_MORE * one.reps and later.reps >= one.reps + MORE_REPS
    return clearly and not later.amrap and _weight(later) == _weight(one)


def is_heavy(run: Run) -> bool:
    """Whether a run is one of heavy singles to triples."""
    return run[0].target_reps <= HEAVY_REPS


def _weight(one: WorkSet) -> float:
    return 0.0 if one.load is None else one.load


def session_before(before: Sequence[Day], load: float | None) -> tuple[WorkSet, ...]:
    """The straight sets of the last session, where it was at the same load and clean; else none."""
    day = next((one for one in reversed(before) if one.runs), None)
    if day is None or day.form:
        return ()
    run = day.main_run
    return tuple(one for one in run if not one.amrap) if base_load(run) == load else ()


def is_day_one(s: Situation) -> bool:
    """Whether nothing speaks for a lift's load before today: it is found out by a ramp."""
    known = s.stated_max_kg is not None or s.related is not None
    return not known and not any(day.runs for day in reversed(read_days(s, s.history)))
