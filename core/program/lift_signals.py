"""The signals of a lift that is done for today, and which of a session's is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.effort import Block
from core.expectation import LEAST_DAYS, is_refuted
from core.learning import Habits, Lift, forecast_amrap
from core.model import Exercise
from core.program.exposures import Exposure, Tried
from core.program.signals import (
    EASY_BY,
    EASY_RPE,
    OVER_RPE,
    SORE_DAYS,
    Sign,
    Signal,
    Verdict,
    beat_forecast,
    easy_sets,
    fell_short,
    harder_twice,
    sweet_spot,
    unsaid,
)

FIRST: Final = (Verdict.TOO_HARD, Verdict.TOO_EARLY, Verdict.SWEET_SPOT)
"""What is said where there are several signals: what can do harm comes first (own choice)."""

MOST_A_BLOCK: Final = 2
"""Signals of too much or too little that are said in a block (own choice): three in four weeks are mostly chance."""

LAST_TIME: Final = timedelta(days=14)
"""A session that lies further back is not the one before (own choice)."""


@dataclass(frozen=True, slots=True)
class LiftDone:
    """A lift of today: its exposures before today, the oldest first, and today's; its rated sets, RPE and target; whether
    its last set beat the forecast; the block it is trained in, None without one. `capped`: its role has an effort above
    which sets are harder than they should be."""

    past: Sequence[Exposure]
    now: Exposure
    rated: Sequence[tuple[float, float]]
    beaten: Signal | None = None
    block: Block | None = None
    capped: bool = True

    @property
    def before(self) -> Exposure | None:
        """The session before today's; None where it lies too far back."""
        last = self.past[-1] if self.past else None
        return None if last is None or self.now.at - last.at > LAST_TIME else last


def beaten(
    lift: Exercise, habits: Habits, known: Lift, sets: Sequence[Tried], day: date, *, told: bool = False
) -> Signal | None:
    """Whether the last of a lift's sets, where it was taken to as many reps as there were, beat its forecast; `told`: the reply
    to it has said so."""
    if not sets or not sets[-1].all_out or known.belief.days < LEAST_DAYS:
        return None
    done = sets[-1].done
    expected = forecast_amrap(habits, known, done.load, day.toordinal(), len(sets))
    if expected is None or done.clean is not None or done.pain:
        return None
    kept_back = 0.0 if done.failed or done.rpe is None else 10 - done.rpe
    forecast = expected.value - kept_back
    if is_refuted(forecast, done.load, [(one.done.load, one.done.reps) for one in sets[:-1]]):
        return None
    return beat_forecast(lift, done.reps, forecast, told=told)


def signals(lift: LiftDone, poor: Collection[date] = ()) -> Iterator[Signal]:
    """The signals of a lift; `poor` are the days on which poor recovery was told."""
    before, now = lift.before, lift.now
    found: list[Signal | None] = []
    if before is not None and _was_easy(before):  # of one such session the next load is the answer
        found.append(easy_sets(now.lift, lift.rated, lift.block))
    if before is None or before.rpe != 10:  # who goes to failure anyway stops no set early
        found.append(lift.beaten)
    if before is not None:
        sore = any(before.at.date() < day <= now.at.date() for day in poor)
        found += [
            harder_twice((before, now)) if lift.capped else None,
            fell_short(before, now),
        ]
        if not _was_too_hard(before):
            found.append(sweet_spot(before, now, sore_days=SORE_DAYS + 1 if sore else 0))
    yield from (one for one in found if one is not None)


def _was_easy(one: Exposure) -> bool:
    """Whether a session was under RPE 7, and a point easier than was asked for."""
    return one.rpe is not None and one.over is not None and one.rpe < EASY_RPE and one.over <= -EASY_BY


def _was_too_hard(one: Exposure) -> bool:
    """Whether a session was a point over what was asked: that is no right dose, whatever followed."""
    return one.over is not None and one.over >= OVER_RPE


def fitting(found: Iterable[Signal], raised: Collection[str]) -> list[Signal]:
    """The signals that stand beside what was said of the next session: no lift that goes up, by all that is known of it, was
    pushed too hard; `raised` are the ids of those."""
    return [
        one
        for one in found
        if one.verdict is not Verdict.TOO_HARD or one.lift is None or one.lift.id not in raised
    ]


def to_say(found: Iterable[Signal], told: Collection[str]) -> Signal | None:
    """The one signal that is said of a session, with the keys of those that were `told` in this block."""
    enough = sum(key.startswith(tuple(f"{sign}:" for sign in _OF_DOSE)) for key in told) >= MOST_A_BLOCK
    fresh = [
        one
        for one in unsaid(found, told)
        if (not _spoils(one, told) if one.sign is Sign.REPEATED else not enough)
    ]
    return min(fresh, key=lambda one: FIRST.index(one.verdict), default=None)


_OF_DOSE: Final = (Sign.FELL_SHORT, Sign.HARDER_TWICE, Sign.BEAT_FORECAST, Sign.EASY_SETS)


def _spoils(praise: Signal, told: Collection[str]) -> bool:
    """Whether praise was given in this block, or the lift was said to be pushed too hard in it."""
    about = "" if praise.lift is None else praise.lift.id
    too_hard = {f"{sign}:{about}" for sign in (Sign.FELL_SHORT, Sign.HARDER_TWICE)}
    return any(key in too_hard or key.startswith(f"{Sign.REPEATED}:") for key in told)
