"""Sessions of a lift beside what was expected of them: what signals, recovery and deloads look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from math import exp
from statistics import fmean
from typing import Final, NamedTuple

from core.expectation import LEAST_DAYS
from core.learning import Done, Habits, Lift, estimate, forecast_amrap
from core.learning.reserve import able, rates_nothing
from core.model import Exercise

REPEATS_WITHIN: Final = 0.03
"""A performance is repeated when no more than this was lost: what strength differs by from day to day (own choice)."""

NOISE: Final = 1.8
"""So many times the band in which a forecast lies eight times in ten: what a session falls short by hardly ever by chance,
one time in a hundred (own choice)."""

HARD_RPE: Final = 8.0
"""From this effort on a session was hard: the table's word for RPE 8 (BLOCKS)."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A session of a lift beside what was expected of it before it began.

    `load` is the usual one of its work sets in the athlete's unit; `over` by how much their RPE was over target on
    average, `rpe` the hardest of them (both None where nothing was rated). `shown_kg` and `expected_kg` are the maximum
    that it spoke for and the one that was forecast, `noise` the part of it that a session may miss by chance; None
    where nothing was known.
    """

    lift: Exercise
    at: datetime
    load: float | None
    rpe: float | None = None
    over: float | None = None
    shown_kg: float | None = None
    expected_kg: float | None = None
    noise: float | None = None

    @property
    def hard(self) -> bool:
        """Whether one of its sets was rated as hard."""
        return self.rpe is not None and self.rpe >= HARD_RPE

    @property
    def missing(self) -> float | None:
        """The part of the forecast that was lacking; below zero where there was more."""
        if self.shown_kg is None or self.expected_kg is None or self.expected_kg <= 0:
            return None
        return 1 - self.shown_kg / self.expected_kg


class Tried(NamedTuple):
    """A work set as the model takes it, and the RPE that was asked of it; `all_out`: it was an AMRAP or went to failure."""

    done: Done
    target_rpe: float
    all_out: bool = False


def exposure(
    exercise: Exercise,
    at: datetime,
    load: float | None,
    habits: Habits,
    lift: Lift,
    sets: Sequence[Tried],
    *,
    on: date,
) -> Exposure:
    """A session's work sets in their order beside what was known before its day, `on` (`habits`, `lift`)."""
    rated = ratings(habits, sets)
    found = _measured(habits, lift, [one.done for one in sets], on.toordinal())
    return Exposure(
        exercise,
        at,
        load,
        rpe=max((rpe for rpe, _ in rated), default=None),
        over=fmean(rpe - target for rpe, target in rated) if rated else None,
        shown_kg=None if found is None else found.shown_kg,
        expected_kg=None if found is None else found.expected_kg,
        noise=None if found is None else found.noise,
    )


def ratings(habits: Habits, sets: Sequence[Tried]) -> list[tuple[float, float]]:
    """The RPE of the sets that were rated, each with its target.

    Whoever says one RPE to every set rates none: only what failed is then taken for effort.
    """
    efforts = [
        (10.0 if one.done.failed else one.done.rpe, one.target_rpe)
        for one in sets
        if one.done.failed or not rates_nothing(habits, one.done)
    ]
    return [(rpe, target) for rpe, target in efforts if rpe is not None]


class _Measured(NamedTuple):
    shown_kg: float
    expected_kg: float
    noise: float


def _measured(habits: Habits, lift: Lift, sets: Sequence[Done], day: int) -> _Measured | None:
    """What a session's sets speak for beside the forecast for each of them, at its load and place.

    So fewer reps in another block are neither a loss nor a gain. None where too little was known, or told.
    """
    known = estimate(lift, day)
    if known is None or lift.belief.days < LEAST_DAYS:
        return None
    curve, ratios, noises = exp(lift.belief.k) / 30, [], []
    for position, done in enumerate(sets, 1):
        reps = able(habits, done)
        expected = forecast_amrap(habits, lift, done.load, day, position)
        if reps is None or expected is None or not _tells(habits, done):
            continue
        ratios.append((1 + curve * reps[0]) / (1 + curve * expected.value))
        noises.append(NOISE * (1 - (1 + curve * expected.low) / (1 + curve * expected.value)))
    return _Measured(known.value * fmean(ratios), known.value, fmean(noises)) if ratios else None


def _tells(habits: Habits, done: Done) -> bool:
    """Whether it was said or shown what was left. A set that hurt tells of no strength."""
    if done.pain:
        return False
    if done.failed or done.clean is not None:
        return True
    return done.rpe is not None and not rates_nothing(habits, done)


def repeated(before: Exposure, now: Exposure) -> bool:
    """Whether a performance was repeated: as much was shown as the session before, within what a day differs by."""
    if before.shown_kg is None or now.shown_kg is None:
        return False
    return now.shown_kg >= (1 - REPEATS_WITHIN) * before.shown_kg


def hours_repeated(past: Sequence[Exposure]) -> float | None:
    """The fewest hours after a hard session in which a lift has repeated its performance; None where it never has."""
    return min(
        (hours_between(*pair) for pair in pairwise(past) if pair[0].hard and repeated(*pair)), default=None
    )


def hours_between(before: Exposure, now: Exposure) -> float:
    """The hours from one exposure to the next."""
    return (now.at - before.at).total_seconds() / 3600
