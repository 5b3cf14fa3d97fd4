"""The working max M: how far one session may move a lift's loads.

M and E are kilograms of all that is lifted, the body's share included, on one rep curve: `load x (1 + curve x n / 30)` of
a set that could have held `n` reps (Epley at a curve of 1). E is what the lift's sets speak for now; M follows it in
small steps, FORM's one small step. All numbers are our own choice.

E is best read off what `learning.prescribe` finds: the strength model chooses, and M bounds what one session may do to
it. In the simulator (60 lifters, 24 weeks; anchors' distance from the target RPE, sets missed, progress in load) the
model alone came to 1.29, 1.9% and 7.6%; held by M, which begins at 0.90 of a stated max, to 1.34, 1.6% and 7.1%; M from
the mean of the sets' Epley maxima to 1.90, 1.1% and 4.0%.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from core.double_progression import LOWER_AT_MOST, RAISE_LOWER_BODY, RAISE_UPPER_BODY
from core.learning.state import BIAS
from core.progression import LAYOFFS, TOO_LIGHT_PERCENT
from core.strength import AMRAP_TOO_LIGHT, FATIGUE_PER_SET, OWN_SHARE, STATED_SHARE

FIRST_SHARE: Final = {
    "own": OWN_SHARE,
    "at_least": OWN_SHARE,
    "stated": STATED_SHARE,
    "related": STATED_SHARE,
}
"""The first M as a share of E, by what speaks for it: own sets, a stated max, a related lift."""

RISE_LOWER: Final = RAISE_LOWER_BODY
RISE_UPPER: Final = RAISE_UPPER_BODY
"""The most that M rises after a session: lower body, upper body. One loadable step is allowed where it is more."""

EASY_TIMES: Final = 2.0
"""How many times that where every set was easy. Up by the whole of it whatever E says missed 3.8% of the sets instead of
1.6%, and came no nearer to the target."""

FALL: Final = LOWER_AT_MOST
"""The most that M falls after a session."""

OVER: Final = 0.5
"""Points of RPE above the target, of any set, up to which a session was as asked."""

UNDER: Final = 1.0
"""Points below the target, of every set, from which a session was easy."""

UNRATED: Final = 2
UNRATED_SHARE: Final = 0.5
"""Sessions as asked that a rise takes where no RPE was told, and what part of the most it then is: E knows nothing of
such sets. Without it loads fell by 9% in 24 simulated weeks of lifters who never rate; with nearly all of the most, 6%
of their sets were missed; so they rose by 7%, with 4%."""

BLOCK_RISE: Final = 0.075
BLOCK_FALL: Final = 0.10
UNRATED_BLOCK_RISE: Final = 0.25
"""The most that M moves at a block's end. `UNRATED_BLOCK_RISE` where no set was rated: then the
AMRAP is all that tells. Lifters who say nothing came to 3.6 off the target RPE with 0.40, instead of 4.5 (simulator, seed
77); a quarter more from one week to the next is what we ask of nobody to exceed."""

MANY_REPS: Final = 14
LIGHT_RISE: Final = 0.15
"""AMRAPs of so many reps were on a light load (BLOCKS' table: lower Build, and too light to measure by): the most that M
then rises (own choice; by 7.5% a beginner who had begun far too light was so for three blocks)."""


# Loads -----------------------------------------------------------------------------------------------------------


def load_at(m_kg: float, n: float, curve: float = 1.0) -> float:
    """The load that could be held for `n` reps: `M / (1 + curve n / 30)`."""
    return m_kg / (1 + curve * n / 30)


def held_at(load_kg: float, n: float, curve: float = 1.0) -> float:
    """The M of a load that could be held for `n` reps: the inverse of `load_at`."""
    return load_kg * (1 + curve * n / 30)


def reps_at(m_kg: float, load_kg: float, curve: float = 1.0) -> float:
    """The reps for which a load could be held, by M; the load above zero."""
    return (m_kg / load_kg - 1) * 30 / curve


def asked_n(reps: int, rpe: float, sets: int, bias: float = BIAS) -> float:
    """The reps that a fresh set must be able to hold, for the last of so many to be `reps` at `rpe`.

    `reps + RIR + b + 0.5 (sets - 1)`; people have `bias` reps more than they say, but none at failure.
    """
    hidden = bias if rpe < 10 else 0.0
    return reps + (10 - rpe) + hidden + FATIGUE_PER_SET * (sets - 1)


def load_for_session(
    m_kg: float, reps: int, rpe: float, sets: int, bias: float = BIAS, curve: float = 1.0
) -> float:
    """The one load (kg) of a session's sets, the last of which is `reps` at `rpe`."""
    return load_at(m_kg, asked_n(reps, rpe, sets, bias), curve)


def first(e_kg: float, source: str) -> float:
    """The first M from E and what speaks for it: `own`, `at_least`, `stated` or `related`; KeyError for others."""
    return e_kg * FIRST_SHARE[source]


# After a session -------------------------------------------------------------------------------------------------


class SetWent(NamedTuple):
    """A work set beside what was asked: whether its reps were made, and the RPE said less the target; None unsaid."""

    made: bool
    over: float | None


class Verdict(StrEnum):
    """The row of the table that a session falls under."""

    AS_ASKED = "as_asked"
    EASY = "easy"
    HELD = "held"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class WorkingMax:
    """M in kilograms, and how many sessions without RPE have gone as asked since it last moved."""

    m_kg: float
    unrated: int = 0


@dataclass(frozen=True, slots=True)
class SessionWent:
    """A session of a lift: its sets, whether form broke in one, whether one hurt. `easy_day` is the bad-day switch."""

    sets: tuple[SetWent, ...]
    form_broke: bool = False
    hurt: bool = False
    easy_day: bool = False

    @property
    def rated(self) -> bool:
        """Whether an RPE was told with any set."""
        return any(one.over is not None for one in self.sets)


def verdict(went: SessionWent) -> Verdict:
    """What a session says of M. Pain and broken form come first."""
    if went.form_broke or went.hurt:
        return Verdict.HELD
    told = [one.over for one in went.sets if one.over is not None]
    if not all(one.made for one in went.sets) or any(over > OVER for over in told):
        return Verdict.HARD
    every = len(told) == len(went.sets)
    return Verdict.EASY if every and all(over <= -UNDER for over in told) else Verdict.AS_ASKED


def after_session(
    m: WorkingMax, e_kg: float, went: SessionWent, lower_body: bool, step_kg: float = 0.0
) -> WorkingMax:
    """M after a session of the lift; E on the same curve. `step_kg` is what one loadable step is worth in M.

    As asked: up to E, as far as `most_after` lets it. Broken form, pain, missed reps or too much effort: down to E, at
    most 6%, and never up. A bad day and a day without sets tell nothing, and a session without RPE nothing until the second
    as asked.
    """
    found = verdict(went)
    if went.easy_day or not went.sets or not math.isfinite(e_kg) or e_kg <= 0:
        return m
    if found is Verdict.HELD or found is Verdict.HARD:
        return WorkingMax(max(min(m.m_kg, e_kg), m.m_kg * (1 - FALL)))
    if not went.rated:
        return _unrated(m, lower_body)
    most = most_after(m.m_kg, lower_body, step_kg, found)
    return WorkingMax(max(m.m_kg, min(e_kg, most)))


def _unrated(m: WorkingMax, lower_body: bool) -> WorkingMax:
    if m.unrated + 1 < UNRATED:
        return replace(m, unrated=m.unrated + 1)
    return WorkingMax(m.m_kg * (1 + UNRATED_SHARE * _rise(lower_body)))


def _rise(lower_body: bool) -> float:
    return RISE_LOWER if lower_body else RISE_UPPER


def most_after(
    m_kg: float, lower_body: bool, step_kg: float = 0.0, found: Verdict = Verdict.AS_ASKED
) -> float:
    """The highest that one session can bring M to: 5% or 2.5% more, or one loadable step; twice that where it was easy."""
    times = {Verdict.AS_ASKED: 1.0, Verdict.EASY: EASY_TIMES}.get(found, 0.0)
    return m_kg + times * max(m_kg * _rise(lower_body), step_kg)


# After a block, after a layoff -----------------------------------------------------------------------------------


def after_block(m_kg: float, e_kg: float, amrap_e_kg: float | None = None, amrap_reps: int = 0) -> float:
    """M at a block's end: E, at most 10% less or 7.5% more; no less where the AMRAP showed M or more.

    Up to 15% more where the AMRAP's reps were many, and at least 10% where they were too many to measure by (20).
    """
    rise = BLOCK_RISE if amrap_reps < MANY_REPS else LIGHT_RISE
    moved = min(m_kg * (1 + rise), max(m_kg * (1 - BLOCK_FALL), e_kg))
    if amrap_reps >= AMRAP_TOO_LIGHT:
        moved = max(moved, m_kg * (1 + TOO_LIGHT_PERCENT / 100))
    return max(m_kg, moved) if amrap_e_kg is not None and amrap_e_kg >= m_kg else moved


class Layoff(NamedTuple):
    """What a layoff asks for: percent off M, and fewer reps in the first session back."""

    percent: int
    fewer_reps: int

    def of(self, m_kg: float) -> float:
        """M after it."""
        return m_kg * (1 - self.percent / 100)


def layoff(days_since: int, interval: int) -> Layoff | None:
    """What is asked for after so many days without the lift, `interval` of which were planned; None for nothing."""
    beyond = days_since - interval
    rows = [Layoff(percent, fewer) for least, percent, fewer in LAYOFFS if beyond >= least]
    return rows[-1] if rows else None
