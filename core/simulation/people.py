"""Who trains in the simulator: people drawn from published spread, the gyms they train in, and the luck they have.

Every number is in `PARAMETERS`, with where it comes from; what has no source is called our own choice, and a figure that
was read elsewhere than in its paper second-hand. Nothing here is taken from the strength model, and nothing was set by
looking at what a rule scores.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from core.exercises import catalogue
from core.loads import Gear
from core.model import Exercise, Role, Unit


class Parameter(NamedTuple):
    """A number of the simulated lifter: its middle, its spread (SD between people, unless `source` says otherwise)."""

    value: float
    spread: float
    source: str


_NUZZO: Final = "Nuzzo 2024, 10.1007/s40279-023-01937-7, figures second-hand"
_HALPERIN: Final = "Halperin 2022, 10.1007/s40279-021-01559-x"
_REFALO_RIR: Final = "Refalo 2024, 10.1519/JSC.0000000000004653"
_REFALO_FATIGUE: Final = "Refalo 2023, 10.1186/s40798-023-00554-y"
_LOGS: Final = "94 lifters' logs, strength-model.md"
_OWN: Final = "own choice"

PARAMETERS: Final[Mapping[str, Parameter]] = MappingProxyType(
    {
        "reps_at_80.bench": Parameter(8.8, 2.5, _NUZZO),
        "reps_at_80.leg_press": Parameter(13.1, 2.5, _NUZZO),
        "reps_at_80.other": Parameter(10.0, 2.5, f"{_OWN}: between the two, nearer to the bench; spread {_NUZZO}"),
        "reps_at_80.shared": Parameter(0.5, 0.0, f"{_OWN}: part of the spread's variance that all a person's lifts share"),
        "curve.floor": Parameter(0.476, 0.0, "Wathen 1994, second-hand (48.8 + 53.8 exp(-0.075 reps) % of the maximum): 48.8 of the 102.6 at no reps"),
        "rating.bias": Parameter(0.95, 0.0, f"{_HALPERIN}: reps in reserve that are not seen"),
        "rating.bias_per_rep": Parameter(0.47, 0.0, f"{_HALPERIN}: more for each rep to failure above 12"),
        "rating.noise": Parameter(1.0, 0.0, f"{_REFALO_RIR}: SD of the error over people, sets and days, asked at 1 and 3 in reserve"),
        "rating.lasting": Parameter(0.5, 0.0, f"{_OWN}: part of that variance that stays with the person"),
        "strength.day": Parameter(0.03, 0.0, "strength-model.md: day to day; retests of a maximum differ by 4.2%, Grgic 2020, 10.1186/s40798-020-00260-z"),
        "strength.day_shared": Parameter(0.5, 0.0, f"{_OWN}: part of the day's variance that all lifts of the day share"),
        "strength.set": Parameter(0.01, 0.0, f"{_OWN}: set to set; the SD of 2-3% in {_LOGS} holds two ratings' noise"),
        "fatigue.set": Parameter(0.025, 0.003, f"{_LOGS}: 2-3% a set, at two reps in reserve"),
        "fatigue.at_failure": Parameter(25.0, 0.0, f"{_REFALO_FATIGUE}: % of velocity lost four minutes after six such sets (only the ratios are used)"),
        "fatigue.at_1": Parameter(13.0, 0.0, f"{_REFALO_FATIGUE}, one in reserve"),
        "fatigue.at_3": Parameter(8.0, 0.0, f"{_REFALO_FATIGUE}, three in reserve"),
        "gain.week": Parameter(0.0075, 0.0075, "strength-model.md: 0-1.5% a week, evenly spread"),
        "gain.halves": Parameter(26.0, 0.0, f"{_OWN}: weeks after which gains are half"),
        "gain.reserve": Parameter(4.0, 8.0, f"{_OWN} after Robinson 2024, 10.1007/s40279-024-02069-2, second-hand (strength is gained at any reserve): full up to 4, half at 4 + 8"),
        "week.bad": Parameter(0.08, 0.05, f"{_OWN}: one week in twelve, at 5% less"),
        "layoff": Parameter(0.3, 0.0, f"{_OWN}: part of the people that stay away once, one to five weeks"),
        "layoff.loss": Parameter(0.01, 0.0, f"{_OWN}: part lost a week, after three without loss (McMaster 2013, 10.1007/s40279-013-0031-3, second-hand: 14.5% in 7 weeks on average)"),
        "rater.eight": Parameter(0.1, 0.0, f"{_OWN}: part of the people that call everything an 8"),
        "rater.whole": Parameter(0.3, 0.0, f"{_OWN}: part of the people that rate in whole points"),
        "log.skip": Parameter(0.2, 0.1, f"{_OWN}: part of the people that leave out sets, and how many of theirs"),
        "log.late": Parameter(0.2, 0.3, f"{_OWN}: part of the people that log after training, and in how many sessions"),
        "gym.lb": Parameter(0.4, 0.0, f"{_OWN}: part of the gyms in pounds, dumbbells in steps of 2 kg and 5 lb"),
        "claim": Parameter(0.92, 0.08, f"{_OWN}: the maximum people state, against the true one"),
    }
)  # fmt: skip
"""The simulated lifter, whole."""


def value(name: str) -> float:
    """The middle of a parameter."""
    return PARAMETERS[name].value


def spread(name: str) -> float:
    """The spread of a parameter."""
    return PARAMETERS[name].spread


Rater = Literal["half", "whole", "eight"]


@dataclass(frozen=True, slots=True)
class Trained:
    """A lift that is trained: its place in the session, its curve, and what a person of strength 1 lifts once (kg)."""

    exercise: Exercise
    role: Role
    curve: str
    one_rm_kg: float


@cache
def trained() -> tuple[Trained, ...]:
    """The lifts of the simulated session, in their order: barbells, coarse dumbbells and a stack (own choice)."""
    known = {one.id: one for one in catalogue()}
    return (
        Trained(known["squat"], Role.ANCHOR, "reps_at_80.other", 110),
        Trained(known["bench-press"], Role.ANCHOR, "reps_at_80.bench", 80),
        Trained(known["dumbbell-shoulder-press"], Role.SECONDARY, "reps_at_80.other", 26),
        Trained(known["leg-press"], Role.ACCESSORY, "reps_at_80.leg_press", 200),
    )


@dataclass(frozen=True, slots=True)
class TrueLift:
    """What nobody sees: the maximum (kg) on the first day, the reps that 80% of it allow; and the maximum that is
    stated (kg)."""

    one_rm_kg: float
    reps_at_80: float
    claim_kg: float


@dataclass(frozen=True, slots=True)
class Person:
    """A simulated lifter. `rating_error` is the lasting error of their ratings, in SDs; `gain` their first weeks'
    progress a week; `layoff` (after which week, how many weeks), if they stay away; `skips`, `late` how often a set
    is not logged, a session only afterwards."""

    lifts: tuple[TrueLift, ...]
    rater: Rater
    rating_error: float
    fatigue: float
    gain: float
    layoff: tuple[int, int] | None
    skips: float
    late: float
    unit: Unit
    gear: Gear


class SetLuck(NamedTuple):
    """A set's chance: strength and rating in SDs, and a number from 0 to 1 that decides whether it is logged."""

    strength: float
    rating: float
    logged: float


class SessionLuck(NamedTuple):
    """A session's chance: the day's form, shared and of each lift, in SDs; when it is logged; the sets of each lift."""

    form: float
    forms: tuple[float, ...]
    late: float
    sets: tuple[tuple[SetLuck, ...], ...]


class Luck(NamedTuple):
    """All chance that a person will meet, the same whichever rule chooses the loads: `bad_weeks` and sessions."""

    bad_weeks: tuple[bool, ...]
    sessions: tuple[SessionLuck, ...]


def draw_person(rng: Random, weeks: int) -> Person:
    """A person, as `PARAMETERS` describes people."""
    stature = math.exp(rng.gauss(0, 0.3))  # own choice: beginners to strong club lifters
    endurance = rng.gauss(0, 1)
    return Person(
        lifts=tuple(_draw_lift(rng, one, stature, endurance) for one in trained()),
        rater=_draw_rater(rng.random()),
        rating_error=rng.gauss(0, 1),
        fatigue=max(0.0, rng.gauss(value("fatigue.set"), spread("fatigue.set"))),
        gain=rng.uniform(value("gain.week") - spread("gain.week"), value("gain.week") + spread("gain.week")),
        layoff=_draw_layoff(rng, weeks),
        skips=spread("log.skip") if rng.random() < value("log.skip") else 0.0,
        late=spread("log.late") if rng.random() < value("log.late") else 0.0,
        unit="lb" if rng.random() < value("gym.lb") else "kg",
        gear=Gear(),
    )


def _draw_lift(rng: Random, of: Trained, stature: float, endurance: float) -> TrueLift:
    shared = value("reps_at_80.shared")
    off = math.sqrt(shared) * endurance + math.sqrt(1 - shared) * rng.gauss(0, 1)
    one_rm = of.one_rm_kg * stature * math.exp(rng.gauss(0, 0.1))
    # A person with fewer than four reps at 80% was never measured; such draws are moved to four.
    reps = max(4.0, value(of.curve) + spread(of.curve) * off)
    return TrueLift(one_rm, reps, one_rm * value("claim") * math.exp(rng.gauss(0, spread("claim"))))


def _draw_rater(chance: float) -> Rater:
    if chance < value("rater.eight"):
        return "eight"
    return "whole" if chance < value("rater.eight") + value("rater.whole") else "half"


def _draw_layoff(rng: Random, weeks: int) -> tuple[int, int] | None:
    stays, after, away = rng.random() < value("layoff"), rng.randint(3, max(3, weeks - 2)), rng.randint(1, 5)
    return (after, away) if stays else None


def draw_luck(rng: Random, weeks: int, sessions: int, sets: int) -> Luck:
    """The luck of `weeks` with so many sessions a week and so many sets a lift."""
    bad = tuple(rng.random() < value("week.bad") for _ in range(weeks))
    return Luck(bad, tuple(_draw_session(rng, sets) for _ in range(weeks * sessions)))


def _draw_session(rng: Random, sets: int) -> SessionLuck:
    count = len(trained())
    return SessionLuck(
        rng.gauss(0, 1),
        tuple(rng.gauss(0, 1) for _ in range(count)),
        rng.random(),
        tuple(
            tuple(SetLuck(rng.gauss(0, 1), rng.gauss(0, 1), rng.random()) for _ in range(sets))
            for _ in range(count)
        ),
    )
