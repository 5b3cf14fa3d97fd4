"""A lift's sessions: a session is a day, and stands for the run that most of its sets are in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from core.care import by_day
from core.model import Kind, LoggedSet
from core.runs import Run, WorkSet, base_load, runs_of
from core.situation import EPSILON, HEAVY_REPS, Lift, Situation


@dataclass(frozen=True)
class Day:
    """A session of the lift: its sets as logged, those of the session before, and its work, read when first asked."""

    situation: Situation
    logged: tuple[LoggedSet, ...]
    before: tuple[LoggedSet, ...] = ()

    @property
    def day(self) -> date:
        """The day it was done on."""
        return self.logged[0].day

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Its work as runs in order; none if there was no work."""
        tried = (one.done for one in self.before if one.done.kind is not Kind.WARMUP)
        return _read_runs(self.situation.lift, self.logged, tuple(map(self.situation.load_of, tried)))

    @cached_property
    def work(self) -> tuple[WorkSet, ...]:
        """The work sets in order."""
        return tuple(one for run in self.runs for one in run)

    @property
    def form(self) -> bool:
        """Whether form broke in any of its sets."""
        return any(one.done.form_from is not None for one in self.logged)


# Every answer asks for the days before today's, which do not change while the athlete trains. Sets as the store gives
# them are the same objects each time, so that looking up costs next to nothing.
@lru_cache(maxsize=8192)
def _read_runs(lift: Lift, logged: tuple[LoggedSet, ...], told: tuple[float | None, ...]) -> tuple[Run, ...]:
    return runs_of(lift, logged, told)


_read: list[tuple[Situation, object, tuple[Day, ...]]] = []
"""What was read last: the rules of one target ask for the same days several times, and each day keeps its runs."""


def read_days(s: Situation, sets: Iterable[LoggedSet]) -> tuple[Day, ...]:
    """The sessions in these sets, the oldest first."""
    for situation, before, found in _read:
        if situation is s and before is sets:
            return found
    days = by_day(sets)
    found = tuple(Day(s, day, days[at - 1] if at else ()) for at, day in enumerate(days))
    _read[:] = [(s, sets, found)]
    return found


# What a session stands for ---------------------------------------------------------------------------------------


def main_run(day: Day) -> Run:
    """The run that most of the day's sets are in, which the next session builds on; the day has work.

    AMRAPs and what a later, heavier set outdid rep for rep do not count. Of two, the one that is not heavy singles to
    triples, then the heavier.
    """
    return max(day.runs, key=lambda run: (_standing(day, run), not _is_heavy(run), max(map(_weight, run))))


def _standing(day: Day, run: Run) -> int:
    work = [one for one in day.work if not one.amrap]
    ours = {one.logged.id for one in run}
    return sum(
        one.logged.id in ours and not any(_outdoes(later, one) for later in work[at + 1 :])
        for at, one in enumerate(work)
    )


def _outdoes(later: WorkSet, one: WorkSet) -> bool:
    return later.reps >= one.reps and _weight(later) > _weight(one) + EPSILON


def _is_heavy(run: Run) -> bool:
    return run[0].target_reps <= HEAVY_REPS


def _weight(one: WorkSet) -> float:
    return 0.0 if one.load is None else one.load


def session_before(before: Sequence[Day], load: float | None) -> tuple[WorkSet, ...]:
    """The straight sets of the last session, where it was at the same load and clean; else none."""
    day = next((one for one in reversed(before) if one.runs), None)
    if day is None or day.form:
        return ()
    run = main_run(day)
    return tuple(one for one in run if not one.amrap) if base_load(run) == load else ()
