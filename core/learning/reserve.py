"""What a set tells of the reps that it could have held, and how sure that is."""

from __future__ import annotations

from math import sqrt
from typing import Final

from core.learning.state import Done, Habits
from core.strength import MAX_N

RATING_SD: Final = 0.7
RATING_SLOPE: Final = 0.05
MANY_REPS: Final = 0.05
FEW_REPS: Final = 8
"""How wrong a rating is, in reps (SD): near failure, more with the square of the reps in reserve, and for each of `n`
beyond eight (own choice, after Halperin 2022, 10.1007/s40279-021-01559-x)."""

UNRATED_RIR: Final = 2.0
UNRATED_SD: Final = 3.0
"""What is taken to be left where no RPE was told, and how unsure that is, in reps (own choice)."""

BROKEN_SD: Final = 1.5
PAIN_WEIGHT: Final = 0.25
"""How unsure the rep is at which form broke, in reps, and what a painful set weighs (own choice)."""

LOWER_BOUND_RPE: Final = 6.0
"""A set under this RPE only shows that the strength is at least so high."""

EASIEST_RPE: Final = 5.0
EASIEST_RIR: Final = 6.5
"""Whoever says this RPE or less has more in reserve than it says: people do not count so far. What that is on average
(own choice)."""

SAME_RATINGS: Final = 10
MOST_SAME: Final = 20
"""So many ratings alike in a row rate nothing (own choice): from then on sets that were made are lower bounds, until
others say more. At most so many are counted, and another rating halves the count: one alone ends no habit."""

LEAST_FLAT: Final = 7.0
"""Easier ratings are believed however often they are said: the loads were light (own choice)."""

FLAT_REACH: Final = 0.08
"""How far below what is believed (ln) such a rating misleads, about three reps; loads further down are meant so."""

BIAS_HALF: Final = 1.0
"""The reps in reserve at which half of the rating bias is left: at failure nobody is wrong about it."""


def able(habits: Habits, done: Done) -> tuple[float, float] | None:
    """The reps a set could have held, and how unsure that is (variance); None where it tells nothing."""
    if done.clean is not None:
        n, sd = float(min(done.clean, done.reps)), BROKEN_SD  # technical failure
    elif done.failed:
        n, sd = float(done.reps), RATING_SD
    elif done.rpe is not None and not rates_nothing(habits, done):
        rir = 10 - done.rpe
        n, sd = done.reps + reserve(habits, done.rpe), RATING_SD + RATING_SLOPE * rir * rir
    else:
        n, sd = done.reps + UNRATED_RIR + habits.bias, UNRATED_SD
    if not 1 <= n <= MAX_N:
        return None
    many = MANY_REPS * max(0.0, n - FEW_REPS)
    return n, (sd * sd + many * many) / (done.weight * PAIN_WEIGHT if done.pain else done.weight)


def reserve(habits: Habits, rpe: float) -> float:
    """The reps really left at an RPE that the athlete says: what they mean, and what of their bias is left there."""
    rir = EASIEST_RIR if rpe <= EASIEST_RPE else 10 - rpe
    return max(rir, 10 - rpe) + habits.bias * rir / (rir + BIAS_HALF)


def said(habits: Habits, left: float) -> float:
    """The RPE that an athlete would say with so many reps really left: `reserve` inverted, above `EASIEST_RPE`.

    Beyond 10 it counts the reps that would be missed.
    """
    if left <= 0:
        return 10 - left
    half = (left - BIAS_HALF - habits.bias) / 2
    return 10 - half - sqrt(half * half + BIAS_HALF * left)


def unsaid(done: Done) -> float:
    """The reps that we add to what an athlete says is left in an easy set: they alone never raise."""
    is_easy = done.rpe is not None and done.rpe <= EASIEST_RPE and not done.failed
    return max(0.0, EASIEST_RIR - (10 - done.rpe)) if is_easy and done.rpe is not None else 0.0


def flat_rating(habits: Habits) -> float | None:
    """The RPE that this athlete says to every set, and that so rates none; None where ratings differ."""
    rating, times = habits.same
    return rating if times >= SAME_RATINGS and rating >= LEAST_FLAT else None


def rates_nothing(habits: Habits, done: Done) -> bool:
    """Whether a set was rated as this athlete rates every set."""
    return done.rpe is not None and not done.asked and done.rpe == flat_rating(habits)


def tells_nothing(habits: Habits, done: Done, error: float) -> bool:
    """An easy set is a lower bound, and so is one whose rating says nothing; pain and broken form never raise (FORM)."""
    if error > 0:
        return done.pain or done.clean is not None
    if done.failed or done.rpe is None:
        return False
    return done.rpe < LOWER_BOUND_RPE or (rates_nothing(habits, done) and error > -FLAT_REACH)


def with_rating(habits: Habits, done: Done) -> Habits:
    """Counts ratings alike in a row; sets to failure are no ratings, nor is an effort that was asked for."""
    if done.rpe is None or done.failed or done.asked:
        return habits
    rating, times = habits.same
    if done.rpe == rating:
        return habits if times >= MOST_SAME else habits._replace(same=(rating, times + 1))
    return habits._replace(same=(rating, times // 2) if times >= SAME_RATINGS else (done.rpe, 1))
