"""A set that is left open: as many clean reps as leave two, where nobody says how hard sets are.

Who tells no effort, or says the same of every set, gives nothing to find a load by: the reps of a set that stops at a named
effort do. It is no AMRAP: it stops short of failure, and is not counted as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Final

from core.autoregulation import Proposal
from core.effort import FAILURE_RPE
from core.limits import form_broken, pain_today, watched
from core.loads import next_up
from core.model import Kind, Reason, SetEntry, Target, to_kg
from core.runs import WorkSet
from core.situation import EPSILON, Situation, fitted

LEFT: Final = 2
OPEN_RPE: Final = FAILURE_RPE - LEFT
MOST_REPS: Final = 25
"""Reps that are left in an open set, its effort then, and the reps at which it ends in any case (own choice)."""

UNMEASURED_MORE: Final = 1.2
WIDEST_STEP: Final = 1.5
"""How far above the day's load it lies where no AMRAP has measured the lift yet, and how far at the most where the next load
that there is lies further up (own choice): its reps are the athlete's, and so it may be heavier than what is asked for."""

NEAR: Final = 0.03
"""So far below the load that was asked for a set is still it (own choice)."""

NEAREST_RPE: Final = 7.0
"""Its load is the nearest that can be put together, as of sets that are not hard."""


def is_next(s: Situation, work: Sequence[WorkSet]) -> bool:
    """Whether the next set is the open one: the last of the day, or the last before its AMRAP, and not the first. Not where
    something was told of today's effort, and never on a lift that hurts or hurt lately, nor where form broke today."""
    if s.in_plan is None or s.in_plan.open_more is None or s.easy or any(one.known for one in work):
        return False
    before = s.rule.sets - 1 - (s.in_plan.amrap is not None)
    if len(work) != before or before < 1:
        return False
    return pain_today(s) is None and watched(s, s.history) is None and form_broken(s) is None


def proposed(s: Situation, last: WorkSet) -> Proposal:
    """The open set after the day's `last` one."""
    more = 1.0 if s.in_plan is None or s.in_plan.open_more is None else s.in_plan.open_more
    why = Reason("open_set", {"left": LEFT, "most": MOST_REPS})
    return Proposal(_heavier(s, last.load, more), last.target_reps, OPEN_RPE, (why,))


def _heavier(s: Situation, load: float | None, more: float) -> float | None:
    """The load so many times as heavy; a step more where none lies near it."""
    if load is None or s.by_reps or more <= 1 or not s.may_add():
        return load
    found = fitted(s, load + (more - 1) * s.system(load), load, inf, NEAREST_RPE)
    if found is not None and found > load + EPSILON:
        return found
    step = next_up(load, s.unit, s.exercise, s.gear)
    return load if step is None or s.system(step) > WIDEST_STEP * s.system(load) else step


def is_answer(done: SetEntry, asked: Target, before: SetEntry) -> bool:
    """Whether a set is the open one that was asked for: at its load or above, and not just the set before it once more."""
    load, wanted = _kg(done), to_kg(asked.load or 0.0, asked.unit)
    if load < wanted - NEAR * abs(wanted):
        return False
    return done.reps != asked.reps or abs(load - _kg(before)) > EPSILON


def _kg(done: SetEntry) -> float:
    return to_kg(done.load or 0.0, done.unit or "kg")


def taken(done: SetEntry, flat_rpe: float | None) -> SetEntry:
    """A set that was asked for as an open one, as it counts: at the effort that was asked, where none was said with it.
    `flat_rpe` is what the athlete says to every set."""
    if done.kind is not Kind.WORK or done.reps is None or done.failure is not None or done.pain is not None:
        return done
    said = None if done.rpe == flat_rpe else done.rpe
    return replace(done, rpe=OPEN_RPE if said is None else said, open_ended=True)
