"""A person does a set: what could have been done, what was done, how hard it was, and what is said of it.

The rep curve has Wathen's form (1994, second-hand), an exponential that nears a floor, drawn through two points: one rep
at the maximum, and the published number at 80% of it. It shares no equation with the strength model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from core.effort import SHORT_RPE
from core.simulation.people import Person, Rater, SessionLuck, SetLuck, TrueLift, spread, value

MOST_REPS: Final = 60.0
"""Nobody does more in a set, however light the load (own choice)."""

LOWEST_RPE: Final = 5.0
"""People do not tell easier efforts apart, and say this (own choice)."""


def share(lift: TrueLift, reps: float) -> float:
    """The share of the maximum that can be lifted for so many reps."""
    floor = value("curve.floor")
    return floor + (1 - floor) * math.exp(-_rate(lift) * (reps - 1))


def reps_to_failure(lift: TrueLift, part: float) -> float:
    """The reps that this part of the maximum allows, 0 above the maximum: the inverse of `share`."""
    floor = value("curve.floor")
    if part > 1:
        return max(0.0, 1 - (part - 1) / (_rate(lift) * (1 - floor)))
    if part <= floor:
        return MOST_REPS
    return min(MOST_REPS, 1 - math.log((part - floor) / (1 - floor)) / _rate(lift))


def _rate(lift: TrueLift) -> float:
    floor = value("curve.floor")
    return math.log((1 - floor) / (0.8 - floor)) / (lift.reps_at_80 - 1)


def form_today(luck: SessionLuck, lift: int, bad_week: bool) -> float:
    """Today's strength in a lift as a share of the usual."""
    shared = value("strength.day_shared")
    z = math.sqrt(shared) * luck.form + math.sqrt(1 - shared) * luck.forms[lift]
    return (1 - spread("week.bad") if bad_week else 1.0) * math.exp(value("strength.day") * z)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A set as it was. `able`: the reps it could have held (fractions: nearness to one more); `rpe`: its true
    effort, 10 less the reps left; `felt`: the effort by this person's own scale, without chance or rounding;
    `said`: the RPE they tell; `limit_kg`: what could have been lifted for one rep less than asked."""

    reps: int
    able: float
    rpe: float
    felt: float
    said: float
    failed: bool
    limit_kg: float


def perform(
    person: Person,
    lift: TrueLift,
    fresh_kg: float,
    load_kg: float,
    reps: int,
    to_failure: bool,
    luck: SetLuck,
) -> Outcome:
    """The person does `reps` at `load_kg`, or fewer where that fails, or all there are; `fresh_kg` is the maximum
    they have in them for this set, by the day and by the sets before."""
    strength = fresh_kg * math.exp(value("strength.set") * luck.strength)
    able = reps_to_failure(lift, load_kg / strength)
    most = math.floor(able + 0.5)
    done = most if to_failure else min(reps, most)
    failed = to_failure or most < reps
    left = 0.0 if failed else max(0.0, able - done)
    felt = felt_reserve(person, left, able)
    return Outcome(
        reps=done,
        able=able,
        rpe=10 - min(9.0, left),
        felt=10 - min(9.0, felt),
        said=10.0 if failed else _said(person.rater, felt + _passing(left) * luck.rating),
        failed=failed,
        limit_kg=strength * share(lift, reps - 1),
    )


def felt_reserve(person: Person, left: float, able: float) -> float:
    """The reps that a person believes to have left, with `left` of `able` really there.

    Part of them goes unseen: `e` far from failure, more in long sets, never more than there are. What lasts of the
    person's own error is added.
    """
    if left <= 0:
        return 0.0
    e = value("rating.bias") + value("rating.bias_per_rep") * max(0.0, able - 12)
    unseen = e * left / (e + left)
    return max(0.0, left - unseen + _lasting(left) * person.rating_error)


def reserve_for(person: Person, reps: int, rpe: float) -> float:
    """The reps really left when a set of so many reps feels like this RPE to this person: `felt_reserve` inverted."""
    low, high = 0.0, 20.0
    for _ in range(24):
        middle = (low + high) / 2
        if felt_reserve(person, middle, reps + middle) < 10 - rpe:
            low = middle
        else:
            high = middle
    return low


def stops_at(
    person: Person, lift: TrueLift, fresh_kg: float, load_kg: float, luck: SetLuck, rpe: float = SHORT_RPE
) -> int:
    """The reps after which this person stops a set because they feel as many left as an RPE says; at least 1, though it may
    fail."""
    able = reps_to_failure(lift, load_kg / (fresh_kg * math.exp(value("strength.set") * luck.strength)))
    left = reserve_for(person, max(1, math.floor(able)), rpe) - _passing(10 - rpe) * luck.rating
    return max(1, math.floor(able - max(0.0, left) + 0.5))


def load_share(person: Person, lift: int, reps: int, rpe: float) -> float:
    """The share of the maximum at which so many reps feel like this RPE to this person."""
    return share(person.lifts[lift], reps + reserve_for(person, reps, rpe))


def _error(left: float) -> float:
    """How far off ratings are, in reps: the published SD at two in reserve, less near failure, at most double.

    In squat and bench the absolute error was 0.7-0.8 at one in reserve and 1.0-1.4 at four (a thesis at Florida Atlantic
    University, 12 trained men).
    """
    return value("rating.noise") * 2 * left / (left + 2)


def _lasting(left: float) -> float:
    return math.sqrt(value("rating.lasting")) * _error(left)


def _passing(left: float) -> float:
    return math.sqrt(1 - value("rating.lasting")) * _error(left)


def _said(rater: Rater, reserve: float) -> float:
    if rater == "eight":
        return 8.0
    grid = 1 if rater == "whole" else 2
    return min(10.0, max(LOWEST_RPE, math.floor((10 - reserve) * grid + 0.5) / grid))


def tired(person: Person, outcome: Outcome) -> float:
    """The part of the strength that a set costs the next: the nearer to failure, the more."""
    left = max(0.0, 10 - outcome.rpe)
    return person.fatigue * _velocity_loss(left) / _velocity_loss(2)


def _velocity_loss(left: float) -> float:
    """Between the reserves that were measured in a straight line, and so on beyond them down to half of the last."""
    at_0, at_1, at_3 = value("fatigue.at_failure"), value("fatigue.at_1"), value("fatigue.at_3")
    if left < 1:
        return at_0 + (at_1 - at_0) * left
    return max(at_3 / 2, at_1 + (at_3 - at_1) * (left - 1) / 2)


def stimulus(outcome: Outcome) -> float:
    """What a set does for strength, 1 near failure and less the more was left."""
    left = 10 - outcome.rpe if outcome.failed else max(0.0, outcome.able - outcome.reps)
    full, further = value("gain.reserve"), spread("gain.reserve")
    return max(0.0, 1 - max(0.0, left - full) / (2 * further))
