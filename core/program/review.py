"""The review at a block's end: what was expected of each AMRAP, what came, and what follows from it for the next block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from core.effort import Block
from core.model import Role
from core.program.amraps import SPARED_REPS
from core.program.blocks import BLOCK_WEEKS, CYCLE, Asked, asked, block_of, ends_block, week_of
from core.program.working_max import after_block, load_for_session
from core.progression import TOO_LIGHT_PERCENT, amrap_word
from core.strength import FATIGUE_PER_SET

AMRAP_WEIGHT: Final = 1.0
"""What an AMRAP weighs beside other sets' `evidence_weight` (own choice)."""


Loads = Callable[[float, Asked], float]
"""The load (kg) of a lift by an M and by what is asked: the one that its sessions use."""


def by_formula(m_kg: float, each: Asked) -> float:
    """`load_for_session` for the last set of what is asked, on Epley's curve."""
    return load_for_session(m_kg, each.reps_low, each.efforts[-1], each.sets)


@dataclass(frozen=True, slots=True)
class Amrap:
    """An AMRAP as it came: the day's set number `position`, the reps that were forecast (None where nothing was known),
    and whether it stopped one clean rep short. Loads in kilograms, the body's share included."""

    load_kg: float
    reps: int
    position: int
    expected: float | None = None
    stopped_short: bool = False

    @property
    def able(self) -> float:
        """The reps that a fresh set of it could have held."""
        spared = SPARED_REPS if self.stopped_short else 0
        return self.reps + spared + FATIGUE_PER_SET * (self.position - 1)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a lift before its AMRAP: E with the weight of the sets behind it, and M; in kilograms."""

    e_kg: float
    weight: float
    m_kg: float


@dataclass(frozen=True, slots=True)
class LiftReview:
    """A lift's part of the review. `word` is the row of the AMRAP table, None without an AMRAP; `measured_kg` what it
    alone speaks for, None where it measures nothing; `load_now_kg` is the load of the week that ends, `loads_kg` those
    of the coming weeks, before rounding."""

    exercise: str
    amrap: Amrap | None
    word: str | None
    measured_kg: float | None
    e_before_kg: float
    e_after_kg: float
    m_before_kg: float
    m_after_kg: float
    load_now_kg: float
    loads_kg: tuple[float, ...]
    raise_percent: int | None = None


@dataclass(frozen=True, slots=True)
class BlockReview:
    """The review of the block that ended with `week`. `lighter_next` says that the next week is lighter at equal
    strength, and so should be said beforehand; `deload_next` that a deload comes first."""

    week: int
    block: Block
    next_week: int
    lighter_next: bool
    deload_next: bool
    lifts: tuple[LiftReview, ...]


def amrap_e_kg(amrap: Amrap, curve: float = 1.0) -> float | None:
    """What an AMRAP speaks for as E: none where it was too heavy (1-3 reps) or too light (20 and more) to measure."""
    if amrap.reps < 1 or amrap_word(amrap.reps) in ("too_heavy", "too_light"):
        return None
    return amrap.load_kg * (1 + curve * amrap.able / 30)


def joined(known: Known, measured_kg: float | None) -> float:
    """E with an AMRAP in it: the mean by weight of what was known and of what it showed."""
    if measured_kg is None:
        return known.e_kg
    whole = known.weight + AMRAP_WEIGHT
    return (known.weight * known.e_kg + AMRAP_WEIGHT * measured_kg) / whole


def next_week(week: int) -> int:
    """The program week after that one; after the last the first of the next cycle."""
    return week % CYCLE + 1


def is_lighter(week: int, then: int) -> bool:
    """Whether anchors are lighter in week `then` than in `week` at equal strength."""
    return by_formula(1.0, asked(Role.ANCHOR, then)) < by_formula(1.0, asked(Role.ANCHOR, week))


def lift_review(
    exercise: str,
    week: int,
    known: Known,
    amrap: Amrap | None,
    curve: float = 1.0,
    loads: Loads = by_formula,
    e_after_kg: float | None = None,
) -> LiftReview:
    """What an anchor's block came to; without an AMRAP what was known stands. ValueError for weeks within a block.

    `e_after_kg` is E where something else has joined the AMRAP with what was known already, as the strength model does.
    """
    if not ends_block(week):
        raise ValueError(f"no block ends with week {week}")
    measured = None if amrap is None else amrap_e_kg(amrap, curve)
    word = None if amrap is None or amrap.reps < 1 else amrap_word(amrap.reps)
    e_after = joined(known, measured) if e_after_kg is None else e_after_kg
    m_after = _m_after(known.m_kg, e_after, measured, word)
    ahead = range(next_week(week), next_week(week) + BLOCK_WEEKS)
    return LiftReview(
        exercise=exercise,
        amrap=amrap,
        word=word,
        measured_kg=measured,
        e_before_kg=known.e_kg,
        e_after_kg=e_after,
        m_before_kg=known.m_kg,
        m_after_kg=m_after,
        load_now_kg=loads(known.m_kg, asked(Role.ANCHOR, week)),
        loads_kg=tuple(loads(m_after, asked(Role.ANCHOR, one)) for one in ahead),
        raise_percent=TOO_LIGHT_PERCENT if word == "too_light" else None,
    )


def _m_after(m_kg: float, e_kg: float, measured_kg: float | None, word: str | None) -> float:
    """M for the next block; a load that was too light to measure by becomes a tenth more (BLOCKS)."""
    moved = after_block(m_kg, e_kg, measured_kg)
    return max(moved, m_kg * (1 + TOO_LIGHT_PERCENT / 100)) if word == "too_light" else moved


def block_review(week: int, lifts: Sequence[LiftReview]) -> BlockReview:
    """The whole review of the block that ended with `week`; ValueError for weeks within a block."""
    if not ends_block(week):
        raise ValueError(f"no block ends with week {week}")
    week_of(week)
    then = next_week(week)
    return BlockReview(week, block_of(week), then, is_lighter(week, then), week == CYCLE, tuple(lifts))
