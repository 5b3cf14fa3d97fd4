"""What is kept of an athlete and of each of their lifts, as slotted values of plain numbers, and its text form.

Days are whole numbers that grow by one a day (`date.toordinal`), loads are kilograms of what is really lifted (the
body's share and what was added or taken off), `x` is the logarithm of such a load.
"""

from __future__ import annotations

import json
from math import log
from typing import Any, Final, NamedTuple

MODEL_VERSION: Final = 5
"""Goes up with any change of what a fold of the same sets gives: stored states are then built anew from the log."""

REMEMBERED: Final = 12
"""Sessions that a lift remembers (own choice: 10 score 0.01 worse where loads change, 24 no better)."""

OPEN_SETS: Final = 6
"""Work sets of the open day that are kept: the first two are what is learned from."""

PLAIN: Final = 0
RATED: Final = 1
FAILED: Final = 2
"""The kinds of session: no effort told, an RPE told, or taken to failure. People have habits for each."""

UNSEEN: Final = -1
"""The day of what has no day yet."""

CURVE: Final = log(0.72)
CURVE_VAR: Final = 0.28**2
"""The rep curve `ln k` and its variance before anything is known: reps at 80% of the maximum between bench press
(8.8) and leg press (13.1), SD 2.5 between people (Nuzzo 2024, 10.1007/s40279-023-01937-7, the figures second-hand)."""

RPE_PRIOR: Final = (0.20, 0.20, 0.15, 0.0, 0.05)
"""What RPE does before the athlete's own log says otherwise, per feature of `rating`; rounded from other lifters."""

RIDGE: Final = 8.0
"""How firmly `RPE_PRIOR` is held, in sessions' worth of evidence (own choice)."""

_PRIOR_COV: Final = tuple(
    tuple(1 / RIDGE if row == column else 0.0 for column in range(len(RPE_PRIOR)))
    for row in range(len(RPE_PRIOR))
)

EXPERTS: Final = 10
"""Forecasters of reps that run beside each other: nine medians and "as last time"."""

DRIFT: Final = 0.47
"""RPE from a first work set to a second at equal load and reps, in real logs."""

BIAS: Final = 1.0
BIAS_SETS: Final = 2.0
"""Reps that people have left beside those they report, and how many tests that belief is worth (Halperin 2022,
10.1007/s40279-021-01559-x)."""

FATIGUE: Final = 0.02
"""Part of the strength that each earlier work set of the day costs: 2.9% a set at equal load in real logs, less what
people lower their loads by."""


class Done(NamedTuple):
    """A set as it was done: no warm-up, no drop.

    `load` is kilograms really lifted, above zero; `failed` says that it was taken to failure or was an AMRAP. `clean` is
    the number of reps until form broke, None where it held. `weight` is what the set counts for as evidence of
    strength, above 0 to 1 (a superset's 0.5). `called` is the number of reps that the athlete said were left at some rep
    of a set to failure, None where none was said, and `came` the number that came after it. `asked`: its RPE was asked for and not said, as of
    sets that stop a named number of reps short.
    """

    load: float
    reps: int
    rpe: float | None = None
    failed: bool = False
    clean: int | None = None
    pain: bool = False
    weight: float = 1.0
    called: float | None = None
    came: int = 0
    asked: bool = False


class Forecast(NamedTuple):
    """The median and an 80% interval. `borrowed`: it rests on related lifts or a stated max, not on sets of its own."""

    value: float
    low: float
    high: float
    borrowed: bool = False


class Past(NamedTuple):
    """A remembered session: its first work set, and what the second changed, if there was one."""

    day: int
    x: float
    reps: int
    rpe: float | None
    kind: int
    dx: float | None = None
    dreps: int | None = None
    rpe2: float | None = None


class Rating(NamedTuple):
    """How the athlete rates effort.

    `beta`, `cov`: the regression of the change of RPE. `loss`: discounted errors of "as last time", of the regression,
    of "as the first set" and of the median of second sets. `level`: the usual RPE. `drift`: the usual change from set
    1 to 2. `half` of `rated` ratings were half points. `news`: the day, weight and sum of recent surprises.
    """

    beta: tuple[float, ...] = RPE_PRIOR
    cov: tuple[tuple[float, ...], ...] = _PRIOR_COV
    loss: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    level: float | None = None
    drift: float = DRIFT
    half: float = 1.0
    rated: float = 4.0
    news: tuple[float, ...] = (0.0, 0.0, 0.0)


class Habits(NamedTuple):
    """What the athlete's lifts share.

    `loss`: discounted error of each forecaster of reps, in reps; `typical`: sum and count of their middle error.
    `scales`: ln factor of the intervals (`intervals`). `bias`: reps left that are not reported, and `bias_sets`, how
    many tests say so. `fatigue`: part of the strength that a set costs.
    `same`: the last rating, and how many times in a row it was given. `form`: of the day of the last set, the offset of
    strength that its lifts share (ln), its variance, and its covariance with the last lift's own offset.
    """

    loss: tuple[float, ...] = (0.0,) * EXPERTS
    typical: tuple[float, ...] = (1.5, 1.0)
    rating: Rating = Rating()
    scales: tuple[float, ...] = (0.35, 0.35, 0.35, 0.35)
    bias: float = BIAS
    bias_sets: float = BIAS_SETS
    fatigue: float = FATIGUE
    same: tuple[float, ...] = (0.0, 0)
    form: tuple[float, ...] = (UNSEEN, 0.0, 0.0, 0.0)


class Belief(NamedTuple):
    """A Kalman filter's state after the last set of `day`: strength `m` (ln kg), curve `k` (ln), today's offset `t`
    (ln), their variances and covariances; `sets` and `days` measured. `stray` is the day, plus one, of a session that
    lay far off and has not been believed, negative where it lay below; 0 where there is none. `bias` is the rating bias
    with which its sets were read.
    """

    m: float = 0.0
    k: float = CURVE
    t: float = 0.0
    v_m: float = 0.0
    v_k: float = CURVE_VAR
    v_t: float = 0.0
    c_mk: float = 0.0
    c_mt: float = 0.0
    c_kt: float = 0.0
    day: int = UNSEEN
    sets: int = 0
    days: int = 0
    stray: int = 0
    bias: float = BIAS


class Lift(NamedTuple):
    """What is known of one exercise of one athlete.

    `past`: remembered sessions, the newest first. `day`, `top`, `open`: the day that is not closed yet, its heaviest
    load and its work sets.
    """

    past: tuple[Past, ...] = ()
    day: int = UNSEEN
    top: float = 0.0
    open: tuple[Done, ...] = ()
    belief: Belief = Belief()


class StateUnreadable(ValueError):  # noqa: N818 - named for what happened
    """A stored state that another version wrote, or that is broken: build it anew from the log."""


def as_json(state: Habits | Lift) -> str:
    """A state as compact text; a lift's takes at most 1 KB. `habits_from` and `lift_from` read back the same state."""
    if isinstance(state, Lift):
        past = [one if one.dx is not None else one[:5] for one in state.past]
        rest = [state.day, state.top, [one[:4] for one in state.open], state.belief]
        return json.dumps([MODEL_VERSION, past, *rest], separators=(",", ":"))
    return json.dumps([MODEL_VERSION, *state], separators=(",", ":"))


def lift_from(text: str) -> Lift:
    """The lift that `as_json` wrote. Raises StateUnreadable."""
    try:
        past, day, top, opened, belief = _parts(text)
        remembered = tuple(Past(*one) for one in past)
        return Lift(remembered, day, top, tuple(Done(*one) for one in opened), Belief(*belief))
    except (TypeError, ValueError) as broken:
        raise StateUnreadable(str(broken)) from None


def habits_from(text: str) -> Habits:
    """The habits that `as_json` wrote. Raises StateUnreadable."""
    try:
        loss, typical, rating, *rest = _parts(text)
        return Habits(loss, typical, Rating(*rating), *rest)
    except (TypeError, ValueError) as broken:
        raise StateUnreadable(str(broken)) from None


def _parts(text: str) -> tuple[Any, ...]:
    version, *parts = _frozen(json.loads(text))
    if version != MODEL_VERSION:
        raise StateUnreadable(f"written by version {version} of the model, this is {MODEL_VERSION}")
    return tuple(parts)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
