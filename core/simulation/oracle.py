"""Oracles, to see how near any rule could come: they know the person, and the day or not, as no coach can."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from core.simulation.lifter import load_share
from core.simulation.loop import Truth
from core.simulation.people import Person
from core.simulation.plan import Aim
from core.simulation.rules import Gym, Offer, fitted

_share: Final = lru_cache(maxsize=4096)(load_share)


def knows_all(truth: Truth, aim: Aim, gym: Gym) -> Offer:
    """Strength, curve, scale, fatigue and today's form; not the chance of the single set."""
    return _chosen(truth.person, truth.lift, truth.fresh_kg, aim, gym)


def knows_the_person(truth: Truth, aim: Aim, gym: Gym) -> Offer:
    """All but today's form."""
    return _chosen(truth.person, truth.lift, truth.fresh_kg / truth.form, aim, gym)


def learns_the_day(truth: Truth, aim: Aim, gym: Gym) -> Offer:
    """All but today's form before a lift's first set, and all from its second on."""
    return knows_the_person(truth, aim, gym) if aim.position == 1 else knows_all(truth, aim, gym)


def _chosen(person: Person, lift: int, strength_kg: float, aim: Aim, gym: Gym) -> Offer:
    return fitted(lambda reps: strength_kg * _share(person, lift, reps, aim.rpe), aim, gym)
