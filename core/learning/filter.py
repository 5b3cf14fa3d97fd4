"""The Kalman filter on what a lifter can do: one step for each work set.

    ln load = m + t - fatigue x earlier sets - ln(1 + k n / 30)

m is strength, t the day's offset, k the rep curve (1 is Epley's) and n the reps the set could have held: reps + RIR + the
athlete's rating bias. Weak evidence weighs little by its variance: many reps, much in reserve, no RPE, pain; what is
long ago counts less because strength wanders meanwhile, so that a layoff widens the estimate and does not lower it.
"""

from __future__ import annotations

from math import exp, log, log1p
from typing import Final, NamedTuple

from core.learning.reserve import BIAS_HALF, able, rates_nothing, tells_nothing, unsaid, with_rating
from core.learning.state import CURVE, UNSEEN, Belief, Done, Habits

DAY_VAR: Final = 0.03**2
"""Strength from day to day: SD 3%."""

SHARED_VAR: Final = 0.5 * DAY_VAR
"""The part of it that all of a day's lifts share: the first tell what the others will be. In 43 lifters' logs the lifts
of a day miss what is expected of them together, with a covariance of SD 3.7%; half of the day is cautious."""

GAIN: Final = 0.0005
GAIN_DAYS: Final = 7
"""What a day of training adds to strength (ln) for each day since the last, a week at most: half of the middle of 0-1.5%
a week. Without it loads lag behind. Rest alone adds nothing."""

DRIFT_VAR: Final = 0.012**2
DRIFT_CEILING: Final = 0.3**2
"""What strength wanders a day, and where that ends: after about a year nothing is forgotten any more (own choice)."""

SET_VAR: Final = 0.015**2
"""From set to set, beside what is rated or counted wrongly."""

CURVE_TRUST: Final = 0.5
CURVE_REACH: Final = 0.8
"""The part of its step that the curve takes from a rated set short of failure: the slope of rated sets is partly habit; one
whose effort nobody told says nothing of it. And how far the curve may move from the prior, in ln."""

BIAS_SHARE: Final = 0.5
BIAS_MOST: Final = 2.0
BIAS_MEMORY: Final = 20.0
"""What of a surprise at failure is rating bias (the rest is strength), its bound, and the tests it remembers."""

CALL_REACH: Final = 3.0
"""One call teaches no more than if it had been so many reps off: beyond lies a slip of the thumb (own choice)."""

USUAL_REPS: Final = 8
USUAL_RIR: Final = 2.0
"""The set whose load stays what it is when more is known of rating bias (own choice)."""

FATIGUE_RATE: Final = 0.01
FATIGUE_MIDDLE: Final = 1.5
FATIGUE_MOST: Final = 0.06

PROBE: Final = 0.01
PROBE_REACH: Final = 0.03
"""What a day adds to the strength (ln) of a lifter whose ratings rate nothing and who made the reps: only by trying more
is it found out. And how far it runs ahead of what is lifted (own choice)."""

DOUBTED: Final = 9.0
"""Errors beyond three standard deviations (squared: nine) count the less the larger they are."""

STRAY: Final = log(1.4)
"""Two fifths more than was believed, or as much less, is no change of strength: a typing error, another unit or another
machine. It moves nothing until a second day says the same (own choice; at twice as much, a machine half as heavy got
loads 1.3-2.1 times too high for three to five sessions)."""


def measured(habits: Habits, belief: Belief, done: Done, day: int, position: int) -> tuple[Habits, Belief]:
    """One step of the filter: habits (bias, fatigue) and belief after a work set, the `position`th of its day.

    What is too far off to be believed changes nothing but `Belief.stray`.
    """
    habits = with_rating(habits, done)
    told = able(habits, done)
    if told is None:
        return habits, belief
    n, variance = told
    k = exp(belief.k)
    seen = log(done.load) + log1p(k * n / 30) + habits.fatigue * (position - 1)
    if not belief.sets and belief.day == UNSEEN:
        return habits, _begun(belief, seen, n, variance, day)._replace(bias=habits.bias)
    first_today = belief.day != day
    gain = GAIN * max(0, min(GAIN_DAYS, day - belief.day)) if belief.sets else 0.0
    belief = on(belief, day, habits)
    error = seen - belief.m - belief.t
    if tells_nothing(habits, done, error - unsaid(done) * k / (30 + k * n)):
        probes = first_today and error > -PROBE_REACH and rates_nothing(habits, done) and not done.pain
        return habits, belief._replace(m=belief.m + PROBE) if probes else belief
    if abs(error) > STRAY:
        if _is_believed(belief, error, day):
            return habits, _begun(belief, seen, n, variance, day)._replace(bias=habits.bias)
        return habits, belief._replace(stray=day + 1 if error > 0 else -day - 1)
    # The curve's sensitivity at the reps expected, not at those seen: else the noise in the reps flattens the curve.
    a = min(2.0, max(0.03, exp(seen - error - habits.fatigue * (position - 1)) / done.load - 1))
    share = k / 30 / (1 + a)
    noise = share * share * variance + SET_VAR
    learned = (
        _with_surprise(habits, done, error / share) if done.failed else _with_fatigue(habits, error, position)
    )
    gains = _gains(belief, error, -a / (1 + a), noise)
    trust = 1.0 if done.failed else 0.0 if done.rpe is None else CURVE_TRUST
    corrected = _corrected(belief, error, gains, trust)
    return _with_form(learned, gains, error, day, first_today), corrected._replace(
        m=corrected.m + gain, bias=learned.bias
    )


def _is_believed(belief: Belief, error: float, day: int) -> bool:
    """Whether the far-off is believed after all: there is hardly anything against it, or a second day says the same.

    Where only one day, or this one, speaks against it, the lower is believed.
    """
    if not belief.sets or (belief.days <= 2 and error < 0):
        return True
    return belief.stray != 0 and abs(belief.stray) - 1 != day and (belief.stray > 0) == (error > 0)


def _begun(belief: Belief, seen: float, n: float, variance: float, day: int) -> Belief:
    """The belief after its first set. What is wrong with the curve is wrong with the strength read off it."""
    a = exp(belief.k) * n / 30
    h = a / (1 + a)
    share = h / n
    v_m = DAY_VAR + SET_VAR + share * share * variance + h * h * belief.v_k
    return Belief(m=seen, k=belief.k, v_m=v_m, v_k=belief.v_k, c_mk=h * belief.v_k, day=day, sets=1, days=1)


def on(belief: Belief, day: int, habits: Habits | None) -> Belief:
    """The belief as of a day, and as the athlete's ratings are known to be meant by now (where there are habits). On a
    new day strength has wandered, and of today's offset only that is known which the day's other lifts tell."""
    if habits is not None and belief.bias != habits.bias:
        belief = _read_again(belief, habits.bias)
    if day == belief.day:
        return belief
    m, k, _, v_m, v_k, _, c_mk, _, _, then, sets, days, stray, bias = belief
    wider = max(v_m, min(DRIFT_CEILING, v_m + DRIFT_VAR * max(0, day - then)))
    form, unsure = _form(habits, day) if habits is not None else (0.0, SHARED_VAR)
    v_t = DAY_VAR - SHARED_VAR + unsure
    return Belief(m, k, form, wider, v_k, v_t, c_mk, 0.0, 0.0, day, sets, days + 1, stray, bias)


def _read_again(belief: Belief, bias: float) -> Belief:
    """The belief had its sets been read with this rating bias: with more reps left than was thought, strength is higher.

    Ratings and targets are on the same scale: by as much as a target's reps become more, strength does, so that the
    load stays. A maximum that was stated or borrowed is none that ratings have told.
    """
    if not belief.sets:
        return belief
    k, left = exp(belief.k) / 30, USUAL_RIR / (USUAL_RIR + BIAS_HALF)
    before, now = (USUAL_REPS + USUAL_RIR + one * left for one in (belief.bias, bias))
    return belief._replace(m=belief.m + log1p(k * now) - log1p(k * before), bias=bias)


def _form(habits: Habits, day: int) -> tuple[float, float]:
    """The part of today's offset that lifts share, and its variance."""
    then, mean, variance, _ = habits.form
    return (mean, variance) if then == day else (0.0, SHARED_VAR)


class _Gains(NamedTuple):
    """Covariances of strength, curve and offset with what was seen, and the variance of that."""

    m: float
    k: float
    t: float
    seen: float


def _gains(belief: Belief, error: float, h: float, noise: float) -> _Gains:
    """`h` is the curve's sensitivity. An error beyond belief makes what was seen unsure."""
    m = belief.v_m + h * belief.c_mk + belief.c_mt
    k = belief.c_mk + h * belief.v_k + belief.c_kt
    t = belief.c_mt + h * belief.c_kt + belief.v_t
    s = m + h * k + t + noise
    if error * error > DOUBTED * s:
        s += noise * (error * error / (DOUBTED * s) - 1)
    return _Gains(m, k, t, s)


def _corrected(belief: Belief, error: float, gains: _Gains, trust: float) -> Belief:
    """The Kalman step. With `trust` below 1 the curve takes a part of its own (Schmidt's partial update): the covariance
    is the one that such gains leave."""
    m, k, t, v_m, v_k, v_t, c_mk, c_mt, c_kt, day, sets, days, *_ = belief
    p_m, p_k, p_t, s = gains
    g_m, g_k, g_t = p_m / s, trust * p_k / s, p_t / s
    return Belief(
        m + g_m * error,
        max(CURVE - CURVE_REACH, min(CURVE + CURVE_REACH, k + g_k * error)),
        t + g_t * error,
        v_m - g_m * p_m,
        v_k - 2 * g_k * p_k + g_k * g_k * s,
        v_t - g_t * p_t,
        c_mk - g_m * p_k,
        c_mt - g_m * p_t,
        c_kt - g_t * p_k,
        day,
        sets + 1,
        days,
    )


def _with_form(habits: Habits, gains: _Gains, error: float, day: int, first_today: bool) -> Habits:
    """What a set tells of the offset that today's lifts share: the lift's own filter, seen from there."""
    mean, variance = _form(habits, day)
    cross = variance if first_today else habits.form[3]
    gain = cross / gains.seen
    left = max(1e-9, variance - gain * cross)
    return habits._replace(form=(day, mean + gain * error, left, cross - gain * gains.t))


def with_call(habits: Habits, done: Done) -> Habits:
    """How many reps were left was called, and then they were done: rating bias, seen directly.

    b = (N b + done - called) / (N + 1) where all of the bias shows. Near failure less of it does (`reserve`), and so a
    call of few reps counts for less (least squares). Who goes on has one more at the least, whatever they called.
    """
    if done.called is None:
        return habits
    left = max(1.0, done.called)
    shown = left / (left + BIAS_HALF)
    off = max(-CALL_REACH, min(CALL_REACH, done.came - done.called - shown * habits.bias))
    tests = habits.bias_sets + shown * shown
    bias = max(0.0, min(BIAS_MOST, habits.bias + shown * off / tests))
    return habits._replace(bias=bias, bias_sets=min(BIAS_MEMORY, tests))


def _with_surprise(habits: Habits, done: Done, reps: float) -> Habits:
    """A set to failure gave `reps` more than believed: part of that is rating bias, where none was called in it."""
    if done.called is not None:
        return habits
    tests = habits.bias_sets + 1
    bias = habits.bias + BIAS_SHARE * max(-2.0, min(2.0, reps / tests))
    return habits._replace(bias=max(0.0, min(BIAS_MOST, bias)), bias_sets=min(BIAS_MEMORY, tests))


def _with_fatigue(habits: Habits, error: float, position: int) -> Habits:
    """Later sets that are better than expected beside first sets that are worse: less fatigue. By the contrast, for
    strength takes up what all sets have in common."""
    fatigue = habits.fatigue - FATIGUE_RATE * max(-0.1, min(0.1, error)) * (position - FATIGUE_MIDDLE)
    return habits._replace(fatigue=max(0.0, min(FATIGUE_MOST, fatigue)))
