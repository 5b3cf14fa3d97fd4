"""How well somebody lifts: form before load (FORM). A number to be proud of, in which nobody's load counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.effort import effective_rpe
from core.model import Exercise, Kind, LoggedSet, SetEntry
from core.program.day_exposures import rpe_asked, worked
from core.program.places import Place

WITHIN_RPE: Final = 1.0
"""How near to the target effort a set of good form lies (FORM)."""

FORM_ENDED: Final = 2
FORM_SHARE: Final = 0.25
"""A lift is a weak link when form ended so many of its work sets and so large a part of them (own choice)."""


@dataclass(frozen=True, slots=True)
class FormScore:
    """How many of the work sets that say it were clean and within a point of their target."""

    good: int
    sets: int

    @property
    def share(self) -> float:
        """The share of them, 0 to 1."""
        return self.good / self.sets


@dataclass(frozen=True, slots=True)
class WeakLink:
    """A lift whose form ends its sets: how many of how many."""

    lift: Exercise
    ended: int
    sets: int


def with_asked(
    exercise: Exercise, place: Place | None, done: Sequence[LoggedSet], *, easy: bool = False
) -> list[tuple[SetEntry, float]]:
    """A day's work sets of a lift, each with the RPE that was asked of it: by its `place` in the plan of that day, else by its
    role.

    An AMRAP is as hard as it comes; on an `easy` day, on which less was asked, nothing was too easy.
    """
    work = (
        [one.done for one in done] if exercise.timed else [one.done for one in worked(exercise, done, None)]
    )
    straight = [one for one in work if one.kind not in (Kind.WARMUP, Kind.AMRAP)]
    asked = [(one, rpe_asked(exercise, place, at)) for at, one in enumerate(straight, 1)]
    if easy:
        asked = [(one, min(rpe, effective_rpe(one, 10 - rpe, None).rpe)) for one, rpe in asked]
    amraps = [one for one in work if one.kind is Kind.AMRAP]
    return [*asked, *((one, effective_rpe(one, 0, None).rpe) for one in amraps)]


def form_score(sets: Iterable[tuple[SetEntry, float]]) -> FormScore | None:
    """The score of work sets, each with the RPE that was asked of it; None where no set says anything.

    Clean sets whose effort nobody told are left out: they can be no praise and no blame.
    """
    judged = [found for done, rpe in sets if (found := _is_good(done, rpe)) is not None]
    return FormScore(sum(judged), len(judged)) if judged else None


def _is_good(done: SetEntry, target_rpe: float) -> bool | None:
    if done.kind is Kind.WARMUP:
        return None
    if done.form_from is not None:
        return False
    effort = effective_rpe(done, 10 - target_rpe, None)
    if effort.source == "assumed":
        return None
    return abs(effort.rpe - target_rpe) <= WITHIN_RPE


def weak_links(sets: Iterable[tuple[Exercise, SetEntry]]) -> tuple[WeakLink, ...]:
    """The lifts whose form ends their sets, the weakest first."""
    lifts: dict[str, Exercise] = {}
    ended: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for exercise, one in sets:
        if one.kind is Kind.WARMUP:
            continue
        lifts[exercise.id] = exercise
        done[exercise.id] += 1
        ended[exercise.id] += one.form_from is not None
    weak = [WeakLink(lifts[key], ended[key], done[key]) for key in lifts if _is_weak(ended[key], done[key])]
    return tuple(sorted(weak, key=lambda one: -one.ended / one.sets))


def _is_weak(ended: int, sets: int) -> bool:
    return ended >= FORM_ENDED and ended >= FORM_SHARE * sets
