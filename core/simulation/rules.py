"""The rules that choose loads: Spotter's model, and what others do. Each knows only what was asked and logged.

A rule keeps what it knows of a person in a value of its own, is asked for the load of a set, and is told what was
logged. Loads are kilograms before rounding to what the gym has.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from core import learning
from core.loads import Mode, rounding
from core.simulation.plan import Aim

FIRST_SHARE: Final = 0.90
"""The part of a stated max that first loads are reckoned from (training.md)."""


class Seen(NamedTuple):
    """A logged set: what was asked, the load, and what was done and said."""

    aim: Aim
    load_kg: float
    reps: int
    rpe: float
    failed: bool


class Offer(NamedTuple):
    """What is asked for in the end: a load that the gym has (kg) and reps."""

    load_kg: float
    reps: int


Gym = Callable[[float, Mode], float]
"""The load there is next to a load, in kilograms."""

Ask = Callable[[Any, Aim, Gym], Offer]
Learn = Callable[[Any, Seen], Any]


class Rule(NamedTuple):
    """`begin` from the maxima that are stated; `ask` for a load; `learn` from a set. Knowledge is never changed in
    place."""

    begin: Callable[[Sequence[float]], Any]
    ask: Ask
    learn: Learn


# Charts ----------------------------------------------------------------------------------------------------------

RTS: Final = (
    1.0,
    0.955,
    0.922,
    0.892,
    0.863,
    0.837,
    0.811,
    0.786,
    0.762,
    0.739,
    0.707,
    0.68,
    0.653,
    0.626,
    0.599,
    0.574,
)
"""Reactive Training Systems' chart: the share of the maximum for 1, 2, ... reps to failure, in its own steps beyond
the twelve that are printed."""  # fmt: skip

_RTS_STEP: Final = 0.0125
_RTS_LEAST: Final = 0.2


def rts_share(n: float) -> float:
    """The chart's share of the maximum for `n` reps to failure."""
    if n <= 1:
        return 1.0
    if n >= len(RTS):
        return max(_RTS_LEAST, RTS[-1] - _RTS_STEP * (n - len(RTS)))
    at = int(n)
    return RTS[at - 1] + (RTS[at] - RTS[at - 1]) * (n - at)


def epley_share(n: float) -> float:
    """Epley's share of the maximum for `n` reps to failure."""
    return 1.0 if n <= 1 else 1 / (1 + n / 30)


def _n(reps: int, rpe: float) -> float:
    return reps + 10 - rpe


# What others do --------------------------------------------------------------------------------------------------


class Log(NamedTuple):
    """What a simple rule keeps of a lift: the claim, a training max, and the last sets, the newest first."""

    claim_kg: float
    training_max_kg: float
    sets: tuple[Seen, ...] = ()


_KEPT: Final = 6

Logs = tuple[Log, ...]


def _begin(claims: Sequence[float]) -> Logs:
    return tuple(Log(claim, FIRST_SHARE * claim) for claim in claims)


def _keep(logs: Logs, seen: Seen) -> Logs:
    at = seen.aim.lift
    log = logs[at]
    return (*logs[:at], log._replace(sets=(seen, *log.sets[: _KEPT - 1])), *logs[at + 1 :])


def first_load(claim_kg: float, aim: Aim) -> float:
    """Where every rule begins that has no better idea: Epley from the stated max, cautiously."""
    return FIRST_SHARE * claim_kg * epley_share(_n(aim.reps, aim.rpe))


def _simple(choose: Callable[[Log, Aim], float], learn: Learn = _keep) -> Rule:
    def ask(logs: Logs, aim: Aim, gym: Gym) -> Offer:
        log = logs[aim.lift]
        load = choose(log, aim) if log.sets else first_load(log.claim_kg, aim)
        return Offer(gym(load, "nearest"), aim.reps)

    return Rule(_begin, ask, learn)


def _rts_last(log: Log, aim: Aim) -> float:
    """The chart's maximum of the last set, and the chart's load for this one."""
    last = log.sets[0]
    return last.load_kg / rts_share(_n(last.reps, last.rpe)) * rts_share(_n(aim.reps, aim.rpe))


def _epley_best3(log: Log, aim: Aim) -> float:
    """Epley's load from the best e1RM of the last three sets."""
    best = max(one.load_kg / epley_share(_n(one.reps, one.rpe)) for one in log.sets[:3])
    return best * epley_share(_n(aim.reps, aim.rpe))


GYMCOACH_PER_REP: Final = 0.0275
GYMCOACH_LIMITS: Final = (-0.05, 0.10)


def _gymcoach(log: Log, aim: Aim) -> float:
    """The last load, changed by 2.5-3% for each rep between what was shown and what is asked, within limits."""
    last = log.sets[0]
    low, high = GYMCOACH_LIMITS
    change = GYMCOACH_PER_REP * (_n(last.reps, last.rpe) - _n(aim.reps, aim.rpe))
    return last.load_kg * (1 + min(high, max(low, change)))


HELMS_PER_POINT: Final = 0.04


def _helms(log: Log, aim: Aim) -> float:
    """The last load, 2% less for each half point above what was asked (Helms 2018, 10.3389/fphys.2018.00247,
    second-hand); from one aim to another by the RTS chart."""
    last = log.sets[0]
    missing = max(0, last.aim.reps - last.reps) if not last.aim.amrap else 0
    over = last.rpe - last.aim.rpe + missing if not last.aim.amrap else 0.0
    chart = rts_share(_n(aim.reps, aim.rpe)) / rts_share(_n(last.aim.reps, last.aim.rpe))
    return last.load_kg * chart * (1 - HELMS_PER_POINT * over)


LINEAR_STEP_KG: Final = 2.5


def _linear(log: Log, aim: Aim) -> float:
    """The last session's load; 2.5 kg more when all its reps were made."""
    last = log.sets[0]
    if last.aim.day == aim.day:
        return last.load_kg
    made = all(one.reps >= one.aim.reps for one in log.sets if one.aim.day == last.aim.day)
    return last.load_kg + (LINEAR_STEP_KG if made else 0.0)


AMRAP_TABLE: Final = ((-2.0, -0.05), (0.0, 0.0), (5.0, 0.03))
"""KeyLifts: reps over what was asked, and the change of the training max; in between in proportion."""


def amrap_change(over: float) -> float:
    """The change of the training max after an AMRAP with so many reps more than asked."""
    for (low, less), (high, more) in pairwise(AMRAP_TABLE):
        if over <= high:
            return less + (more - less) * max(0.0, over - low) / (high - low)
    return AMRAP_TABLE[-1][1]


def _keylifts(log: Log, aim: Aim) -> float:
    """The chart's share of a training max that only AMRAPs move."""
    return log.training_max_kg * rts_share(_n(aim.reps, aim.rpe))


def _learn_amrap(logs: Logs, seen: Seen) -> Logs:
    logs = _keep(logs, seen)
    if not seen.aim.amrap:
        return logs
    at = seen.aim.lift
    log = logs[at]
    moved = log.training_max_kg * (1 + amrap_change(seen.reps - seen.aim.reps))
    return (*logs[:at], log._replace(training_max_kg=moved), *logs[at + 1 :])


# What the gym allows -------------------------------------------------------------------------------------------

FIT_REPS: Final = 2
REP_COST: Final = 0.006
"""How many reps more or fewer may be asked so that the load the gym has fits the effort; and what a rep's change costs
beside the distance in ln load (a quarter of what the rep is worth; own choice)."""


def fitted(load_for: Callable[[int], float], aim: Aim, gym: Gym) -> Offer:
    """Of the loads that the gym has next to what is wanted, with up to two reps more or fewer, the pair that comes
    nearest to the effort aimed at; hard sets never above it. `load_for` gives the load wanted for some reps."""
    best, least = Offer(gym(load_for(aim.reps), "down"), aim.reps), math.inf
    for change in range(-FIT_REPS, FIT_REPS + 1):
        wanted = load_for(aim.reps + change)
        for mode in NEXT_TO[: 1 if rounding(aim.rpe) == "down" else 2]:
            load = gym(wanted, mode)
            cost = abs(math.log(load / wanted)) + REP_COST * abs(change)
            if cost < least:
                best, least = Offer(load, aim.reps + change), cost
    return best


NEXT_TO: Final[tuple[Mode, Mode]] = ("down", "up")


# Spotter ---------------------------------------------------------------------------------------------------------

CLAIM_SD: Final = 0.12
"""How sure a stated max is, in ln load (own choice)."""


class Known(NamedTuple):
    """Spotter's states of a person."""

    habits: learning.Habits
    lifts: tuple[learning.Lift, ...]


def _begin_spotter(claims: Sequence[float]) -> Known:
    return Known(learning.Habits(), tuple(learning.stated(claim, 0, CLAIM_SD) for claim in claims))


def _ask_spotter(known: Known, aim: Aim, gym: Gym) -> Offer:
    def wanted(reps: int) -> float:
        found = learning.prescribe(known.habits, known.lifts[aim.lift], reps, aim.rpe, aim.day, aim.position)
        return 0.0 if found is None else found.value

    return fitted(wanted, aim, gym)


def _learn_spotter(known: Known, seen: Seen) -> Known:
    at = seen.aim.lift
    done = learning.Done(seen.load_kg, seen.reps, seen.rpe, seen.failed)
    habits, lift = learning.update(known.habits, known.lifts[at], done, seen.aim.day)
    return known._replace(habits=habits, lifts=(*known.lifts[:at], lift, *known.lifts[at + 1 :]))


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "spotter": Rule(_begin_spotter, _ask_spotter, _learn_spotter),
        "rts_last": _simple(_rts_last),
        "epley_best3": _simple(_epley_best3),
        "gymcoach": _simple(_gymcoach),
        "helms": _simple(_helms),
        "linear": _simple(_linear),
        "keylifts": _simple(_keylifts, _learn_amrap),
    }
)
"""Spotter first, then the others."""
