"""Lifts whose load is not found yet: what their sets do to the working max.

Two ways to be without a load that fits: every set so far was easy, and day one goes on; or nothing was said of any, and a set
that was left open tells (`core.open_sets`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.learning.reserve import EASIEST_RPE
from core.model import SetEntry
from core.program.working_max import (
    BLOCK_RISE,
    FALL,
    UNRATED_BLOCK_RISE,
    SessionWent,
    Verdict,
    asked_n,
    first,
    held_at,
    verdict,
)
from core.strength import AMRAP_TOO_LIGHT

EASY_RISE: Final = BLOCK_RISE
"""How far the next session's load lies above the heaviest of one whose sets were all easy: more than a session may bring
where the load was found once, less than a ramp's step, for a plan's sets have more reps (own choice). With 10% the anchors
came no nearer, and lifters who rate too easy missed 4.3% of their sets instead of 3.8% (simulator, seed 1)."""


def is_easy(sets: Sequence[SetEntry]) -> bool:
    """Whether all sets were said to be easy (RPE 5 or less), so that they tell no more than that the load is too light."""
    return bool(sets) and all(one.rpe is not None and one.rpe <= EASIEST_RPE for one in sets)


def after_easy(sets: Sequence[tuple[float, SetEntry]], n: float, curve: float) -> float:
    """M after sets all of which were easy, each with its load (kg): the heaviest and a little more for the `n` reps that a
    fresh set must be able to hold, or what the reps of one show, where no heavier load was to be had."""
    heaviest = max(load for load, _ in sets)
    shown = (
        held_at(load, asked_n(one.reps or 0, 10.0 if one.rpe is None else one.rpe, at), curve)
        for at, (load, one) in enumerate(sets, 1)
    )
    return max(held_at((1 + EASY_RISE) * heaviest, n, curve), *shown)


def once_found(heaviest_kg: float, e_kg: float, went: SessionWent, n: float, curve: float) -> float:
    """M after the session in which the load was found: its heaviest load, or less where that was too much; at most 6% less
    where all reps came."""
    m_kg = held_at(heaviest_kg, n, curve)
    if verdict(went) is not Verdict.HARD:
        return m_kg
    least = (1 - FALL) * m_kg if all(one.made for one in went.sets) else 0.0
    return max(least, min(m_kg, first(e_kg, "own")))


def after_open(m_kg: float, e_kg: float, found: Verdict, load_kg: float, reps: int, curve: float) -> float:
    """M after a session with a set that was left open, of so many reps: E, at most a quarter more and 6% less. Where the load
    was too light to measure by, as much as its reps show at least; no more than it was where other sets were missed."""
    if reps >= AMRAP_TOO_LIGHT:
        e_kg = max(e_kg, held_at(load_kg, reps, curve))
    most = m_kg if found in (Verdict.HELD, Verdict.HARD) else (1 + UNRATED_BLOCK_RISE) * m_kg
    return min(most, max(e_kg, (1 - FALL) * m_kg))
