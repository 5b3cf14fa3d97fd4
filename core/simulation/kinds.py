"""Kinds of lifters that rules of plans must be good for, one by one: each is the drawn person of `people`, changed in one way.

What is changed is our own choice throughout; the numbers are SDs, reps or shares of `people.PARAMETERS`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from core.loads import KG_RACK, LB_RACK, Gear, rungs
from core.model import Exercise, Unit
from core.simulation.people import Person, Rater, TrueLift, draw_person, spread, value

BODY_KG: Final = 80.0
"""What a person of strength 1 weighs (own choice)."""

_KG_BY_PATTERN: Final = {
    "squat": 110, "hinge": 130, "press": 80, "row": 80, "pull": 80, "lunge": 60, "curl": 40, "extension": 50, "raise": 25,
    "calf": 120,
}  # fmt: skip
_OTHER_KG: Final = 60.0
_OVERHEAD: Final = 0.65
_PER_HAND: Final = 0.36
_LEG_PRESS_KG: Final = 200.0
_LEAST_OF_BODY: Final = 1.25
_LEAST_OF_GEAR: Final = 1.7
"""What a person of strength 1 lifts once (own choice): by kind of lift, overhead, with one dumbbell; on lifts of the body
at least so many times the body's share; on all so many times the lightest load there is, for others would train another lift."""

_COARSE: Final = Gear(
    kg=replace(KG_RACK, plates=((20, None), (10, None), (5, None)), dumbbell_step=5, stack_step=10),
    lb=replace(LB_RACK, plates=((45, None), (25, None), (10, None)), dumbbell_step=10, stack_step=20),
)
"""A gym whose loads lie 10 kg apart."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to differ from the drawn person; None leaves as drawn.

    `reps` more at 80% of the maximum; `strength` and `claim` as shares of the drawn one and of the true maximum, a claim
    of 0 for none; `finds` begins each lift with a load that feels right, and not with the lightest; `silent` tells no RPE; `fails` takes AMRAPs to failure; `constant` neither gains nor loses strength
    and has no bad weeks; `away` are weeks without training after each `trains` weeks.
    """

    name: str
    rater: Rater | None = None
    rating_error: float | None = None
    reps: float = 0.0
    strength: float = 1.0
    gain: float | None = None
    claim: float | None = None
    unit: Unit | None = None
    gear: Gear | None = None
    skips: float = 0.0
    finds: bool = False
    silent: bool = False
    fails: bool = False
    constant: bool = False
    trains: int = 0
    away: int = 0


KINDS: Final = (
    Kind("as drawn"),
    Kind("honest", rater="half", rating_error=0.0),
    Kind("rates too hard", rater="half", rating_error=-1.5),
    Kind("rates too easy", rater="half", rating_error=1.5),
    Kind("whole points", rater="whole"),
    Kind("always 8", rater="eight"),
    Kind("silent", silent=True),
    Kind("silent, many reps", silent=True, reps=4.0),
    Kind("silent, few reps", silent=True, reps=-3.0),
    Kind("many reps", reps=4.0),
    Kind("few reps", reps=-3.0),
    Kind("novice", gain=0.015, claim=0.0, strength=0.7, finds=True),
    Kind("from the empty bar", gain=0.015, claim=0.0, strength=0.7),
    Kind("trained", gain=0.001, strength=1.4),
    Kind("claims too much", claim=1.15),
    Kind("claims too little", claim=0.75),
    Kind("light loads", strength=0.5),
    Kind("coarse loads", gear=_COARSE),
    Kind("to failure", fails=True),
    Kind("logs half", skips=0.5),
    Kind("travels", trains=3, away=2),
    Kind("twice a year", trains=1, away=25, constant=True),
    Kind("constant", constant=True, gain=0.0),
)
"""All of them, the drawn people first."""


@dataclass(frozen=True, slots=True)
class Lifter:
    """A person of a kind: what they are, what they weigh (kg), and their lifts by id."""

    kind: Kind
    person: Person
    body_kg: float
    lifts: dict[str, TrueLift]


def lifter(kind: Kind, seed: int, number: int, exercises: Iterable[Exercise]) -> Lifter:
    """Person `number` of a seed, as that kind; the same people whatever the kind."""
    rng = Random(f"{seed}/{number}")
    drawn = draw_person(rng, 1)
    stature, endurance = math.exp(rng.gauss(0, 0.3)), rng.gauss(0, 1)
    body = BODY_KG * stature**0.3
    person = replace(
        drawn,
        rater=drawn.rater if kind.rater is None else kind.rater,
        rating_error=drawn.rating_error if kind.rating_error is None else kind.rating_error,
        gain=drawn.gain if kind.gain is None else kind.gain,
        unit=drawn.unit if kind.unit is None else kind.unit,
        gear=drawn.gear if kind.gear is None else kind.gear,
        skips=kind.skips,
        layoff=None,
    )
    lifts = {
        one.id: _lift(kind, Random(f"{seed}/{number}/{one.id}"), one, stature, endurance, body)
        for one in exercises
    }
    return Lifter(kind, person, body, lifts)


def _lift(kind: Kind, rng: Random, one: Exercise, stature: float, endurance: float, body: float) -> TrueLift:
    shared = value("reps_at_80.shared")
    curve = _curve(one)
    off = math.sqrt(shared) * endurance + math.sqrt(1 - shared) * rng.gauss(0, 1)
    one_rm = _typical(one) * stature * kind.strength * math.exp(rng.gauss(0, 0.1))
    one_rm = max(one_rm, _LEAST_OF_BODY * one.share * body, _LEAST_OF_GEAR * rungs(one, "kg", Gear())[0])
    reps = max(4.0, value(curve) + spread(curve) * off + kind.reps)
    drawn = value("claim") * math.exp(rng.gauss(0, spread("claim")))
    return TrueLift(one_rm, reps, one_rm * (drawn if kind.claim is None else kind.claim))


def _curve(one: Exercise) -> str:
    if one.pattern == "press" and not one.lower_body:
        return "reps_at_80.bench"
    return "reps_at_80.leg_press" if one.lower_body and one.fixed_path else "reps_at_80.other"


def _typical(one: Exercise) -> float:
    kg = float(_KG_BY_PATTERN.get(one.pattern, _OTHER_KG))
    if one.pattern == "press" and one.direct[:1] == ("front-delts",):
        kg *= _OVERHEAD
    if one.lower_body and one.fixed_path and one.pattern == "squat":
        kg = _LEG_PRESS_KG
    return kg * _PER_HAND if one.per_hand else kg
