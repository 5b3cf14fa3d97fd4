"""Failure or reps in reserve at equal volume: the volume-matched twin of a lift's sets (EQUAL).

Eight weeks of trained people: quadriceps +0.181 cm to failure, +0.182 at one or two in reserve (Refalo 2024,
10.1080/02640414.2024.2321021); with single sets several measures of size lean modestly to failure (Hermann 2025,
10.1249/MSS.0000000000003728). About equal, then, with a small edge to failure for size possible; never proven equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat
from math import floor
from typing import Final

from core.effort import FAILURE_RPE, SHORT_RPE
from core.model import Exercise

RESERVE_REPS: Final = 2
"""So many reps short of failure the twin in reserve stops (EQUAL: one or two)."""

WITHIN: Final = 0.10
"""How far the twin's reps may lie from those they match (own choice)."""

LOST_A_SET: Final = 1.5
"""Reps that each further set to failure is expected to lose, where none were logged (own choice)."""

MOST_SETS: Final = 12
"""Nobody is asked for more sets to failure of one lift (own choice)."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same work in the other style: the reps of each set, and how hard.

    `matched_to` are the reps that it was matched to; `matched` is False where no number of sets comes near them, as
    for a single set. Its load is `ratio` times that of the sets before it, and `matched_to` their reps over that, so that
    reps times load are equal.
    """

    reps: tuple[int, ...]
    rpe: float
    matched_to: float
    matched: bool
    ratio: float = 1.0

    @property
    def total(self) -> int:
        """All its reps."""
        return sum(self.reps)

    @property
    def was(self) -> float:
        """The reps of the sets before it, as they were done."""
        return self.matched_to * self.ratio


def expected_to_failure(first: float, sets: int) -> tuple[float, ...]:
    """The reps that sets to failure at one load are expected to give, none less than one."""
    falling = accumulate(repeat(LOST_A_SET, max(0, sets - 1)), float.__sub__, initial=float(first))
    return tuple(max(1.0, reps) for reps in falling)


def in_reserve(to_failure: Sequence[float]) -> Twin:
    """The twin that stops short of sets to failure, by their reps in order (logged, else `expected_to_failure`); at
    least one set.

    The fewest sets of (first set - 2) whose reps lie within 10% of all theirs, else those reps over one set more:
    10, 8, 7 becomes 3 x 8. A single set stays one set and is unmatched.
    """
    each, total = max(1, floor(to_failure[0]) - RESERVE_REPS), sum(to_failure)
    rpe = FAILURE_RPE - RESERVE_REPS
    if len(to_failure) == 1:
        return Twin((each,), rpe, total, matched=False)
    sets = next((k for k in range(1, floor(total * (1 + WITHIN)) + 1) if _is_near(k * each, total)), None)
    reps = (each,) * sets if sets is not None else _spread(round(total), len(to_failure) + 1)
    return Twin(reps, rpe, total, matched=True)


def to_failure(in_reserve: Sequence[float], rpe: float = FAILURE_RPE, able: float | None = None) -> Twin:
    """The twin to failure of sets that stopped short, by their reps in order; at least one set.

    Its first set is expected to give `able` reps (None: what the first in reserve had left besides), and each further
    one less. The fewest sets within 10%; where none are, the number that comes nearest, unmatched.
    """
    first, total = in_reserve[0] + RESERVE_REPS if able is None else able, sum(in_reserve)
    if len(in_reserve) == 1:
        return Twin((floor(first),), rpe, total, matched=False)
    tried = [expected_to_failure(first, sets) for sets in range(1, MOST_SETS + 1)]
    near = next((reps for reps in tried if _is_near(sum(reps), total)), None)
    found = near if near is not None else min(tried, key=lambda reps: abs(sum(reps) - total))
    return Twin(tuple(floor(reps + 1e-9) for reps in found), rpe, total, matched=near is not None)


def _is_near(reps: float, total: float) -> bool:
    return abs(reps - total) <= WITHIN * total + 1e-9


def _spread(total: int, sets: int) -> tuple[int, ...]:
    """So many reps over so many sets, the first ones a rep longer; no set without one."""
    each, more = divmod(max(total, sets), sets)
    return (each + 1,) * more + (each,) * (sets - more)


def hardest_rpe(exercise: Exercise, *, safe: bool) -> float:
    """How far the sets of a lift go in the style `failure`: machines and isolation to 10, free-weight compounds to technical
    failure with the stop of AMRAPs: one clean rep short where there are no safeties or spotter (`safe`)."""
    if exercise.fixed_path or not exercise.compound:
        return FAILURE_RPE
    return FAILURE_RPE if safe else SHORT_RPE
