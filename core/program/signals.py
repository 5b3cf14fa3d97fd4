"""What shows that somebody stops too early, pushes too hard, or trains just right.

Each is a value with its evidence and one action, and is said once. The numbers are our own choice; the sweet spot is
BLOCKS'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.effort import Block
from core.model import Exercise
from core.program.exposures import Exposure, hours_between, repeated

BEATS_BY: Final = 3.0
"""An AMRAP or a set to failure that beats its forecast by so many reps shows that sets stop too early (own choice)."""

EASY_RPE: Final = 7.0
"""Work sets under it, outside Foundation and deload, are too easy (own choice; most training belongs in 7-9, BLOCKS)."""

EASY_BY: Final = 1.0
"""So far under what was asked for: half a point is a rating's luck (own choice)."""

EASY_SETS: Final = 2
"""One set alone shows nothing (own choice)."""

OVER_RPE: Final = 1.0
"""So far over target, at equal load, in two exposures running, is too hard (own choice)."""

SORE_DAYS: Final = 2
"""Soreness beyond so many days is too much (own choice)."""

SOON_HOURS: Final = 120
"""A lift that is repeated so many hours later at the most had been recovered from in time (own choice; BLOCKS: within two
days, and repeated next time)."""

TWICE: Final = 2
"""Exposures running in which it shows (own choice)."""


class Sign(StrEnum):
    """What was seen."""

    BEAT_FORECAST = "beat_forecast"
    EASY_SETS = "easy_sets"
    FELL_SHORT = "fell_short"
    HARDER_TWICE = "harder_twice"
    SORE = "sore"
    REPEATED = "repeated"


class Verdict(StrEnum):
    """What it means."""

    TOO_EARLY = "too_early"
    TOO_HARD = "too_hard"
    SWEET_SPOT = "sweet_spot"


class Action(StrEnum):
    """The one thing to do about it."""

    GO_CLOSER = "go_closer"
    MORE_LOAD = "more_load"
    LEAVE_ONE_MORE = "leave_one_more"
    WAIT_A_DAY = "wait_a_day"
    GO_ON = "go_on"


MEANING: Final[Mapping[Sign, tuple[Verdict, Action]]] = MappingProxyType(
    {
        Sign.BEAT_FORECAST: (Verdict.TOO_EARLY, Action.GO_CLOSER),
        Sign.EASY_SETS: (Verdict.TOO_EARLY, Action.MORE_LOAD),
        Sign.FELL_SHORT: (Verdict.TOO_HARD, Action.LEAVE_ONE_MORE),
        Sign.HARDER_TWICE: (Verdict.TOO_HARD, Action.LEAVE_ONE_MORE),
        Sign.SORE: (Verdict.TOO_HARD, Action.WAIT_A_DAY),
        Sign.REPEATED: (Verdict.SWEET_SPOT, Action.GO_ON),
    }
)
"""What each sign means, and what to do."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign, the lift it was seen on (None: a muscle, among the facts), and its evidence as the facts of a sentence."""

    sign: Sign
    lift: Exercise | None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """What it means."""
        return MEANING[self.sign][0]

    @property
    def action(self) -> Action:
        """What to do about it."""
        return MEANING[self.sign][1]

    @property
    def key(self) -> str:
        """What it is remembered by once it was said: the sign and what it is about."""
        about = self.facts.get("muscle") if self.lift is None else self.lift.id
        return f"{self.sign}:{about}"


# Stopped too early -----------------------------------------------------------------------------------------------


def beat_forecast(lift: Exercise, reps: int, expected: float, *, told: bool = False) -> Signal | None:
    """An AMRAP, or a set to failure, against the reps that were forecast for it; `told`: its reply has given both numbers."""
    if reps - expected < BEATS_BY:
        return None
    facts: dict[str, object] = {"reps": reps, "expected": expected}
    return Signal(Sign.BEAT_FORECAST, lift, {**facts, "told": True} if told else facts)


def easy_sets(
    lift: Exercise,
    rated: Sequence[tuple[float, float]],
    block: Block | None = None,
    *,
    deload: bool = False,
) -> Signal | None:
    """A session's rated work sets (RPE and target), all of them under 7 and a point easier than was asked for.

    What the plan itself asks for under 7, in its early sets, is not held against anybody. Never in Foundation or deload.
    """
    if block is Block.FOUNDATION or deload or len(rated) < EASY_SETS:
        return None
    if any(rpe >= EASY_RPE or target - rpe < EASY_BY for rpe, target in rated):
        return None
    return Signal(Sign.EASY_SETS, lift, {"rpe": max(rpe for rpe, _ in rated), "sets": len(rated)})


# Pushed too hard -------------------------------------------------------------------------------------------------


def fell_short(before: Exposure, now: Exposure) -> Signal | None:
    """A session that fell short of its forecast by more than its noise; `before` it stands one that was not easy."""
    if before.rpe is not None and not before.hard:
        return None
    if now.missing is None or now.noise is None or now.missing <= now.noise + 1e-9:
        return None
    return Signal(Sign.FELL_SHORT, now.lift, {"percent": 100 * now.missing})


def harder_twice(past: Sequence[Exposure]) -> Signal | None:
    """The last two exposures of a lift, at one load, both a point or more over their target."""
    recent = past[-TWICE:]
    if len(recent) < TWICE or recent[0].load is None or recent[0].load != recent[-1].load:
        return None
    over = [one.over for one in recent if one.over is not None]
    if len(over) < TWICE or min(over) < OVER_RPE:
        return None
    return Signal(Sign.HARDER_TWICE, recent[-1].lift, {"load": recent[-1].load, "over": min(over)})


def sore(muscle: str, days: float) -> Signal | None:
    """A muscle that is still sore so many days after it was trained."""
    return Signal(Sign.SORE, None, {"muscle": muscle, "days": days}) if days > SORE_DAYS else None


# The sweet spot --------------------------------------------------------------------------------------------------


def sweet_spot(before: Exposure, now: Exposure, *, sore_days: float = 0.0) -> Signal | None:
    """Hard, recovered within two days as far as was told (`sore_days`), and repeated next time (BLOCKS)."""
    late = hours_between(before, now) > SOON_HOURS  # what lies a week back says nothing of recovery
    if late or not before.hard or sore_days > SORE_DAYS or not repeated(before, now):
        return None
    return Signal(Sign.REPEATED, now.lift, {"hours": hours_between(before, now), "rpe": before.rpe})


def unsaid(found: Iterable[Signal], said: Collection[str]) -> tuple[Signal, ...]:
    """The signals that were not said yet, each once; `said` are keys, forgotten when a block begins."""
    once = {one.key: one for one in found}
    return tuple(one for key, one in once.items() if key not in said)
