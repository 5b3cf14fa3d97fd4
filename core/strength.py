"""How strong: one-repetition maximum estimated from reps and reps in reserve, as a band and never as a promise."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final, Literal, NamedTuple

from core.effort import WITHOUT_PLAN, EffortReading, counted_reps, effective_rpe, reps_possible
from core.model import Exercise, Kind, LoggedSet, SetEntry, Side, Unit, to_kg

MAX_N: Final = 30.0
"""Beyond this `n` Epley says nothing at all."""

AMRAP_TOO_LIGHT: Final = 20
"""An AMRAP of this many reps gives no maximum: the load was too light to measure by (BLOCKS)."""

LOWER_BOUND_RIR: Final = 4.0
"""A set with more than this in reserve only shows that the maximum is at least so high."""

FATIGUE_PER_SET: Final = 0.5
"""Reps that each earlier work set of the day costs (own choice; RPE drifts +0.47 a set in real logs)."""

WORK_SHARE: Final = 0.85
"""Work begins at this share of the day's heaviest load; what lies below it is the way up (own choice; the strength
model is scored by it)."""

SESSION_DECAY: Final = 0.5
"""What a session weighs against the one after it (own choice: the latest tells most)."""

VOLUME_SHARE: Final = 0.85
"""Sets that speak for less than this share of what the day's best speaks for are volume (own choice): unrated, they
tell nothing of the maximum, and no session stands for them."""

SUPERSET_WEIGHT: Final = 0.5
"""What a superset's sets tell of the maximum beside others: the partner exercise tires the athlete (own choice)."""

OWN_SHARE: Final = 0.95
STATED_SHARE: Final = 0.90
"""The first working max as a share of an estimate from own sets, and of a stated max (own choice)."""

BANDS: Final = ((5.0, 0.05), (10.0, 0.09), (MAX_N, 0.15))
"""Half-width of the estimate of a single set, for `n` up to the first number (own choice)."""

_LIMITS, _WIDTHS = zip(*BANDS, strict=True)

RETEST_ERROR: Final = 0.042
"""No band is narrower: a true maximum itself repeats only this well (Grgic 2020, 10.1186/s40798-020-00260-z)."""

STATED_SPREAD: Final = 0.10
"""How far off a stated max may be: half-width of its band, and what the strength model begins with (SD of its logarithm;
own choice)."""

STALE_AFTER_DAYS: Final = 14
STALE_DOUBLES_DAYS: Final = 90
"""The estimate does not decay, its band grows: from the first number of days on, to double after the second more
(own choice)."""

Source = Literal["own", "at_least", "stated"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated one-repetition maximum with its band, in kilograms, the body's share included.

    `sets` is how many sets it rests on; `source` is `own` for own sets,
    `at_least` where all of them were too easy to say more, `stated` for a max the athlete named.
    """

    e1rm_kg: float
    low_kg: float
    high_kg: float
    sets: int
    source: Source


def epley(load_kg: float, n: float) -> float:
    """The e1RM of a set that could have held `n` reps: load x (1 + n/30), the load itself for one rep (Epley 1985).

    Its error for a person is 9-11% (Mayhew 2008, 10.1519/JSC.0b013e31817b02ad) and explodes beyond n = 10.
    """
    return load_kg if n <= 1 else load_kg * (1 + n / 30)


def load_for(e1rm_kg: float, n: float) -> float:
    """The load that could be held for `n` reps: the inverse of `epley`."""
    return e1rm_kg if n <= 1 else e1rm_kg / (1 + n / 30)


def reps_at(e1rm_kg: float, load_kg: float) -> float:
    """The `n` that a load can be held for, at least 0; infinite for a load of nothing."""
    return math.inf if load_kg <= 0 else max(0.0, 30 * (e1rm_kg / load_kg - 1))


def evidence_weight(n: float, rir: float) -> float:
    """How much a set tells of the maximum, 1 to near 0: less the more reps and the more in reserve (own choice)."""
    return 1 / (1 + max(0.0, (n - 5) / 5) ** 2 + (rir / 2) ** 2)


def system_kg(
    exercise: Exercise, load: float | None, unit: Unit, body_weight_kg: float | None
) -> float | None:
    """What is really lifted, in kilograms: the body's share and what was added or taken off.

    None where it cannot be known (no load, or body weight unknown where it counts) or is not above zero.
    """
    if load is None and not exercise.bodyweight:
        return None
    body = 0.0
    if exercise.share > 0:
        if body_weight_kg is None:
            return None
        body = exercise.share * body_weight_kg
    system = body + to_kg(0.0 if load is None else load, unit)
    return system if math.isfinite(system) and system > 0 else None


def set_e1rm(exercise: Exercise, done: SetEntry, body_weight_kg: float | None) -> float | None:
    """The e1RM of one set, in kilograms, the body's share included; with no effort typed, at its role's target RIR.

    None for what says nothing of it: timed sets, warm-ups, an unknown load or body weight, `n` beyond 30, an AMRAP
    of 20 or more. Of drops and rest-pause the first segment counts.
    """
    measured = _measured(exercise, done, body_weight_kg, 1)
    return None if measured is None else epley(measured.lifted, measured.n)


class _Measured(NamedTuple):
    """What was lifted in a set (kg), the reps it could have held, and the effort that this was read from."""

    lifted: float
    n: float
    effort: EffortReading


def _measured(
    exercise: Exercise, done: SetEntry, body_weight_kg: float | None, position: int
) -> _Measured | None:
    """What a set at that place of its day measures; None for what says nothing of the maximum."""
    if exercise.timed or done.kind is Kind.WARMUP:
        return None
    load = system_kg(exercise, done.load, done.unit or "kg", body_weight_kg)
    reps = counted_reps(done)
    if load is None or reps < 1:
        return None
    if reps >= AMRAP_TOO_LIGHT and done.kind is Kind.AMRAP:
        return None
    effort = effective_rpe(done, 10 - WITHOUT_PLAN[exercise.role].rpe, None)
    n = reps_possible(reps, effort.rir) + FATIGUE_PER_SET * (position - 1)
    return None if n > MAX_N else _Measured(load, n, effort)


class _Sample(NamedTuple):
    e1rm: float
    weight: float
    band: float
    at_least: bool
    lifted: float
    assumed: bool


def _sample(
    exercise: Exercise, done: SetEntry, body_weight_kg: float | None, position: int
) -> _Sample | None:
    measured = _measured(exercise, done, body_weight_kg, position)
    if measured is None:
        return None
    load, n, effort = measured
    at_least = effort.rir > LOWER_BOUND_RIR or (done.rir_at_least and effort.source == "typed")
    assumed = effort.source == "assumed"
    return _Sample(epley(load, n), _weight(done, effort, n), _band(n), at_least, load, assumed)


def _weight(done: SetEntry, effort: EffortReading, n: float) -> float:
    if done.kind is Kind.AMRAP:
        return 1.0
    shared = SUPERSET_WEIGHT if done.superset is not None else 1.0
    return evidence_weight(n, effort.rir) * effort.weight * shared


def _band(n: float) -> float:
    return _WIDTHS[bisect_left(_LIMITS, n)]


def weaker_sides(sets: Sequence[SetEntry]) -> tuple[SetEntry, ...]:
    """The sets of a day with each left and right of one load taken as one: the side with fewer reps counts."""
    return tuple(done for _, done in paired_sides(sets))


def paired_sides(sets: Sequence[SetEntry]) -> tuple[tuple[int, SetEntry], ...]:
    """The sets as in `weaker_sides`, each with its place among `sets`; of a pair, the later place."""
    merged: list[tuple[int, SetEntry]] = []
    open_pair = False
    for at, done in enumerate(sets):
        if open_pair and _are_pair(merged[-1][1], done):
            merged[-1] = at, replace(min(merged[-1][1], done, key=_strength_shown), side=Side.EACH)
            open_pair = False
        else:
            merged.append((at, done))
            open_pair = done.side is not None and done.side is not Side.EACH
    return tuple(merged)


def _are_pair(one: SetEntry, other: SetEntry) -> bool:
    same_work = (one.load, one.unit, one.kind) == (other.load, other.unit, other.kind)
    return {one.side, other.side} == {Side.LEFT, Side.RIGHT} and same_work


def _strength_shown(done: SetEntry) -> tuple[int, float]:
    return counted_reps(done), 0.0 if done.rpe is None else -done.rpe


class _Session(NamedTuple):
    day: date
    samples: tuple[_Sample, ...]


def _sessions(exercise: Exercise, sets: Sequence[LoggedSet], body_weight_kg: float | None) -> list[_Session]:
    """The days that tell anything, the newest first."""
    found = []
    for day, logged in groupby(sorted(sets, key=lambda one: one.day), key=lambda one: one.day):
        work = weaker_sides([one.done for one in logged if one.done.kind is not Kind.WARMUP])
        samples = (_sample(exercise, done, body_weight_kg, k) for k, done in enumerate(work, 1))
        found.append(_Session(day, _telling([one for one in samples if one is not None])))
    return [session for session in reversed(found) if session.samples]


def _telling(samples: Sequence[_Sample]) -> tuple[_Sample, ...]:
    """The sets of a day that tell of the maximum: of those without effort not the light ones beside heavy ones."""
    best = max([one.e1rm for one in samples], default=0.0)
    return tuple([one for one in samples if not one.assumed or one.e1rm >= VOLUME_SHARE * best])


def estimate(
    exercise: Exercise,
    sets: Sequence[LoggedSet],
    body_weight_kg: float | None,
    today: date,
    stated_max_kg: float | None = None,
) -> Estimate | None:
    """The e1RM that the sets of one exercise speak for; else the stated max; else None.

    A mean of the sets' e1RMs, each weighed by `evidence_weight` and by half for every later session. Sets with more
    than four reps in reserve count only where they raise it. `stated_max_kg` is added load on bodyweight lifts.
    """
    sessions = _sessions(exercise, sets, body_weight_kg)
    stated = _stated(exercise, stated_max_kg, body_weight_kg)
    own = _from_sessions(sessions, today)
    if own is None:
        return stated
    if own.source == "at_least" and stated is not None and stated.e1rm_kg > own.e1rm_kg:
        return stated
    return own


def _stated(exercise: Exercise, max_kg: float | None, body_kg: float | None) -> Estimate | None:
    system = None if max_kg is None else system_kg(exercise, max_kg, "kg", body_kg)
    if system is None:
        return None
    return Estimate(system, system * (1 - STATED_SPREAD), system * (1 + STATED_SPREAD), 0, "stated")


def _from_sessions(sessions: Sequence[_Session], today: date) -> Estimate | None:
    if not sessions:
        return None
    weighed = [
        (age, sample, sample.weight * SESSION_DECAY**age)
        for age, session in enumerate(sessions)
        for sample in session.samples
    ]
    firm = [one for one in weighed if not one[1].at_least]
    floors = [one for one in weighed if one[1].at_least]
    counted = _raised(firm, floors) if firm else [max(floors, key=lambda one: one[1].e1rm)]
    lifted = max(
        sample.lifted for _, sample, _ in weighed
    )  # what was lifted once is no more than the maximum
    e1rm = max(lifted, _mean((sample.e1rm, weight) for _, sample, weight in counted))
    last = sessions[min(age for age, _, _ in counted)].day
    half = e1rm * _half_width(counted) * _staleness((today - last).days)
    return Estimate(e1rm, e1rm - half, e1rm + half, len(counted), "own" if firm else "at_least")


_Weighed = tuple[int, _Sample, float]


def _raised(firm: list[_Weighed], floors: list[_Weighed]) -> list[_Weighed]:
    """The firm sets, and of the lower bounds those that raise what the firm sets say."""
    level = _mean((sample.e1rm, weight) for _, sample, weight in firm)
    return firm + [one for one in floors if one[1].e1rm > level]


def _mean(values: Iterable[tuple[float, float]]) -> float:
    pairs = list(values)
    return sum([value * weight for value, weight in pairs]) / sum([weight for _, weight in pairs])


def _half_width(counted: Sequence[_Weighed]) -> float:
    """The mean band, narrowed by independent evidence: sets of one day share their day, so days count (own choice)."""
    band = _mean((sample.band, weight) for _, sample, weight in counted)
    by_day: dict[int, float] = {}
    for age, _, weight in counted:
        by_day[age] = by_day.get(age, 0.0) + weight
    independent = sum(by_day.values()) ** 2 / sum(weight**2 for weight in by_day.values())
    return max(RETEST_ERROR, band / math.sqrt(independent))


def _staleness(days: int) -> float:
    return 1 + min(1.0, max(0, days - STALE_AFTER_DAYS) / STALE_DOUBLES_DAYS)


def working_max_kg(found: Estimate) -> float:
    """The working max M that loads come from: below the estimate, and more so where it was only stated."""
    return found.e1rm_kg * (STATED_SHARE if found.source == "stated" else OWN_SHARE)
