"""Forecasts of RPE by habit: "as last time" and what the athlete's own log adds to it.

The first set of a session: the last RPE plus a regression on five features, learned per athlete about a prior, on the
athlete's own grid (whole or half points), and used only while it beats "as last time" for them. The second set: a
weighted median of how earlier second sets went after such a first. The constants are fits on other lifters, rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, floor, log
from operator import mul
from typing import Final

from core.learning.habit import NEW
from core.learning.intervals import RPE_FIRST, RPE_SECOND, followed, local_spread
from core.learning.medians import ranked, weighted_median
from core.learning.regression import learned
from core.learning.state import RATED, REMEMBERED, Done, Forecast, Habits, Lift, Past, Rating

NEAR_LOAD: Final = 0.15
NEAR_REPS: Final = 0.2
NEAR_MORE_REPS: Final = 2.5
NEAR_RPE: Final = 1.5
"""Widths within which sets are alike: ln load, ln reps; between first and second sets the change of reps, and RPE."""

AGES: Final = tuple(0.5 ** (age / 3.0) for age in range(REMEMBERED))
"""What an earlier second set weighs: half-life three sessions."""

DRIFT_VOTE: Final = 0.3
DRIFT_RATE: Final = 0.03
"""What the athlete's mean change from set 1 to 2 weighs beside remembered second sets, and how fast it is learned."""

STEP_SHARE: Final = 0.5
"""How far a second set follows a first that was rated otherwise than then."""

RPE_SPREAD: Final = 1.2
LEAST_SPREAD: Final = 0.3
"""The spread of RPE of an unknown lift, and what is added to any."""

HEAD_START: Final = 1.5
LOSS_MEMORY: Final = 0.99
"""RPE points by which the regression must have been better than "as last time" before it speaks; how long that counts."""

LARGEST_STEP: Final = 0.15
"""Beyond this change of ln load nothing is added."""

NEWS_DAYS: Final = 7.0
NEWS_RESERVE: Final = 0.3
RPE_PER_STEP: Final = 0.3
RPE_PER_REP: Final = 0.1
"""Surprises of late: days in which they fade, how many are needed; what 1% of load and a rep change the RPE by."""

LEVEL_RATE: Final = 0.08
HALF_POINTS: Final = 0.08
GRID_MEMORY: Final = 0.98
"""How fast the usual RPE follows; the share of half points from which on the athlete rates in them."""

_LN: Final = (0.0, *(log(reps) for reps in range(1, 31)))


def forecast_rpe(habits: Habits, lift: Lift, load: float, reps: int, day: int) -> Forecast | None:
    """RPE of the first work set of a session on `day` at this load (kg) and these reps; None without an RPE before."""
    rated = _rated(lift.past)
    if not rated:
        return None
    features, last, spread = _features(habits.rating, rated, round(log(load), 4), _counted(reps), day)
    value, _ = _first(habits.rating, features, last)
    return _around(value, spread * exp(habits.scales[RPE_FIRST]))


def forecast_rpe_next(habits: Habits, lift: Lift, first: Done, load: float, reps: int) -> Forecast | None:
    """RPE of the second work set of a day, given the first; None where the first was not rated."""
    if first.rpe is None:
        return None
    x = log(first.load)
    told = Past(0, x, first.reps, first.rpe, RATED, log(load) - x, reps - first.reps)
    value, spread = _second(habits.rating, lift.past, told)
    value = value if habits.rating.loss[3] <= habits.rating.loss[2] else first.rpe
    return _around(value, spread * exp(habits.scales[RPE_SECOND]))


def learn_rating(habits: Habits, lift: Lift, told: Past) -> Habits:
    """The habits after a rated session."""
    rating, scales = habits.rating, habits.scales
    rated = _rated(lift.past)
    if rated:
        rating, scales = _learned_first(rating, scales, rated, told)
    if told.rpe2 is not None:
        # Both forecasts are judged as they stood before the session: its ratings teach the grid only afterwards.
        rating, scales = _learned_second(rating, scales, habits.rating, lift.past, told)
    return habits._replace(rating=_with_usual(rating, told), scales=scales)


def _rated(past: tuple[Past, ...]) -> list[Past]:
    return [one for one in past if one.rpe is not None]


def _counted(reps: int) -> int:
    return max(1, min(30, reps))


def _around(value: float, half: float) -> Forecast:
    return Forecast(value, max(1.0, value - half), min(10.0, value + half))


def _on_grid(rating: Rating, value: float) -> float:
    """The nearest RPE that this athlete gives, 5 to 10."""
    grid = 2 if rating.half > HALF_POINTS * rating.rated else 1
    return min(10.0, max(5.0, floor(value * grid + 0.5) / grid))


def _features(
    rating: Rating, rated: list[Past], x: float, reps: int, day: int
) -> tuple[list[float], float, float]:
    """What the change of RPE is read from, the last RPE, and the local spread.

    Load up 10%; the median near this load and these reps, against the last RPE; the athlete's recent surprises; load
    and reps as last time (people rate a repeat lower); the athlete's usual RPE, against the last.
    """
    _, xs, counts, values, *_ = zip(*rated, strict=True)
    many = _LN[reps]
    weights = [
        exp(-abs(other - x) / NEAR_LOAD - abs(_LN[count] - many) / NEAR_REPS) * age
        for other, count, age in zip(xs, counts, NEW, strict=False)
    ]
    total = sum(weights)
    local = weighted_median(ranked(values), values, weights, total)
    last = values[0]
    features = [
        10 * max(-LARGEST_STEP, min(LARGEST_STEP, x - xs[0])),
        local - last,
        _news(rating, day),
        1.0 if x == xs[0] and reps == counts[0] else 0.0,
        0.0 if rating.level is None else rating.level - last,
    ]
    return features, last, LEAST_SPREAD + local_spread(values, weights, total, local, RPE_SPREAD)


def _news(rating: Rating, day: int) -> float:
    """How much harder than expected the athlete's last days were, in RPE, faded to `day`."""
    then, weight, total = rating.news
    if not weight:
        return 0.0
    fade = max(1e-9, exp(min(0.0, then - day) / NEWS_DAYS))
    return max(-1.0, min(1.0, total / (weight + NEWS_RESERVE / fade)))


def _first(rating: Rating, features: Sequence[float], last: float) -> tuple[float, float]:
    """What is forecast, and what the regression says: it speaks only where it has been the better one."""
    said = _on_grid(rating, last + sum(map(mul, rating.beta, features)))
    return (said if rating.loss[1] + HEAD_START <= rating.loss[0] else last), said


def _second(rating: Rating, past: tuple[Past, ...], told: Past) -> tuple[float, float]:
    """The median of how second sets went after a first one like this; and the local spread."""
    rpe, dx, dreps = told.rpe or 0.0, told.dx or 0.0, told.dreps or 0
    values = [rpe + rating.drift]
    weights = [DRIFT_VOTE]
    for (_, _, _, then, _, other_dx, other_dreps, second), age in zip(past, AGES, strict=False):
        if second is None or then is None or other_dx is None or other_dreps is None:
            continue
        step = rpe - then
        unlike = abs(other_dx - dx) / NEAR_LOAD + abs(other_dreps - dreps) / NEAR_MORE_REPS
        weights.append(age * exp(-unlike - abs(step) / NEAR_RPE))
        # Half a step can fall between two points of the grid: then the step is taken.
        values.append(second + STEP_SHARE * step + (0.01 if step > 0 else -0.01))
    total = sum(weights)
    value = _on_grid(rating, weighted_median(ranked(values), values, weights, total))
    return value, LEAST_SPREAD + local_spread(values, weights, total, value, RPE_SPREAD)


_Learned = tuple[Rating, tuple[float, ...]]


def _learned_first(rating: Rating, scales: tuple[float, ...], rated: list[Past], told: Past) -> _Learned:
    rpe = told.rpe or 0.0
    features, last, spread = _features(rating, rated, told.x, told.reps, told.day)
    value, said = _first(rating, features, last)
    beta, cov = learned(rating.beta, rating.cov, features, rpe - last)
    as_last, regression, *second = rating.loss
    losses = (LOSS_MEMORY * as_last + abs(last - rpe), LOSS_MEMORY * regression + abs(said - rpe), *second)
    more = max(-5, min(5, told.reps - rated[0].reps))
    surprise = rpe - last - RPE_PER_STEP * features[0] - RPE_PER_REP * more
    then, weight, total = rating.news
    fade = exp((then - told.day) / NEWS_DAYS)
    news = (told.day, weight * fade + 1, total * fade + surprise)
    _, _, _, level, drift, half, seen, _ = rating
    told_rating = Rating(beta, cov, losses, level, drift, half, seen, news)
    return told_rating, followed(scales, RPE_FIRST, abs(value - rpe) / spread)


def _learned_second(
    rating: Rating, scales: tuple[float, ...], before: Rating, past: tuple[Past, ...], told: Past
) -> _Learned:
    first, second = told.rpe or 0.0, told.rpe2 or 0.0
    said, spread = _second(before, past, told)
    *firsts, as_first, median = rating.loss
    value = said if median <= as_first else first
    losses = (
        *firsts,
        LOSS_MEMORY * as_first + abs(first - second),
        LOSS_MEMORY * median + abs(said - second),
    )
    drift = rating.drift + DRIFT_RATE * (second - first - rating.drift)
    beta, cov, _, level, _, half, seen, news = rating
    told_rating = Rating(beta, cov, losses, level, drift, half, seen, news)
    return told_rating, followed(scales, RPE_SECOND, abs(value - second) / spread)


def _with_usual(rating: Rating, told: Past) -> Rating:
    """The usual RPE and the grid after the session's ratings."""
    rpe = told.rpe or 0.0
    beta, cov, losses, level, drift, half, rated, news = rating
    half, rated = GRID_MEMORY * half + (rpe % 1 != 0), GRID_MEMORY * rated + 1
    if told.rpe2 is not None:
        half, rated = half + (told.rpe2 % 1 != 0), rated + 1
    level = rpe if level is None else level + LEVEL_RATE * (rpe - level)
    return Rating(beta, cov, losses, level, drift, half, rated, news)
