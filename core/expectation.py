"""A planned session held against what the log expects of it: not twice as hard as asked, nor far too easy.

The rules of progression look at the last session, and one day's luck is in it: strength differs by 3% from day to day,
and ratings by a rep. What was learned from all sessions knows better; it speaks where it is far from the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import floor, inf
from typing import Final

from core.autoregulation import Proposal, clamped_reps, lighter
from core.double_progression import LOWER_AT_MOST, RAISE_LOWER_BODY, RAISE_UPPER_BODY
from core.learning import PLAIN, close, forecast_effort, prescribe, update
from core.learning import Lift as Known
from core.learning.reading import evidence
from core.loads import next_up
from core.model import Reason, from_kg, to_kg
from core.situation import EPSILON, Learned, Situation, fitted

LEAST_DAYS: Final = 3
"""So many days of a lift have to be known before anything is expected of it: before they speak
against a plan, or reps are forecast (own choice)."""

TOO_HARD: Final = 1.5
TOO_EASY: Final = 1.0
"""How far, in RPE over a session's sets, a plan may lie from what is asked of it (own choice)."""


def is_refuted(reps: float, load_kg: float, earlier: Iterable[tuple[float, int]]) -> bool:
    """Whether a forecast of reps to failure at a load was outdone before its set began: an earlier set of the day, as heavy or
    heavier, had more. Earlier sets are loads (kg) and reps."""
    return any(held >= load_kg - EPSILON and done > reps for held, done in earlier)


def with_today(s: Situation) -> Situation:
    """The situation with what today's sets have taught, as the day will leave it: what the next session is planned with."""
    if s.learned is None or not s.learned.today:
        return s
    habits, known, today = s.learned
    for done in evidence(s.exercise, [one.done for one in today], s.body_weight_kg):
        habits, known = update(habits, known, done, s.today.toordinal())
    return replace(s, learned=Learned(*close(habits, known)))


def as_expected(s: Situation, plan: Proposal, last: tuple[float | None, int]) -> Proposal:
    """The plan; lighter or heavier where what is known expects its sets, all at one load, to be far off their effort.

    `last` is the load of the session before, from which it does not move further than one session may, and its reps.
    """
    off = _off(s, plan)
    hardest = TOO_HARD if s.flat_rpe is None else inf  # whose ratings rate nothing finds out by trying
    if off is None or s.learned is None or -TOO_EASY <= off <= hardest:
        return plan
    habits, known, _ = s.learned
    wanted = prescribe(habits, known, plan.reps or 1, s.rule.rpe, _next_day(known), _middle(s))
    if wanted is None:
        return plan
    load = from_kg(wanted.value, s.unit) - s.body()
    return _easier(s, plan, off, load, last) if off > 0 else _harder(s, plan, off, load, last)


def _next_day(known: Known) -> int:
    """The day that is expected: whenever it comes, so that what was told for the next session stands when it begins."""
    return known.belief.day + 1


def _middle(s: Situation) -> int:
    return (s.rule.sets + 1) // 2


def _off(s: Situation, plan: Proposal) -> float | None:
    """How much harder than asked the sets of a plan would be on average, in RPE; None where too little is known."""
    if s.learned is None or plan.load is None or plan.reps is None or s.by_reps:
        return None
    habits, known, _ = s.learned
    system = to_kg(s.system(plan.load), s.unit)
    if not _is_known(known) or system <= 0 or s.is_heavy(plan.reps):
        return None
    total = 0.0
    for position in range(1, s.rule.sets + 1):
        found = forecast_effort(habits, known, system, plan.reps, _next_day(known), position)
        if found is None:
            return None
        total += found.value - s.rule.rpe_of(position)
    return total / s.rule.sets


def _is_known(known: Known) -> bool:
    """Whether enough days speak, and the last of them by what was said or shown and not by what was assumed."""
    rated = [one for one in known.past[:LEAST_DAYS] if one.kind != PLAIN]
    return known.belief.days >= LEAST_DAYS and len(rated) >= LEAST_DAYS - 1


def _easier(
    s: Situation, plan: Proposal, off: float, wanted: float, last: tuple[float | None, int]
) -> Proposal:
    """Lighter, at most 6%; fewer reps where nothing in between can be had. A step up is not made: the same again."""
    assert plan.load is not None and plan.reps is not None
    if last[0] is not None and plan.load > last[0] + EPSILON:
        why = (Reason("expected_hard", {"off": off, "step": True}),)
        return Proposal(last[0], clamped_reps(max(plan.reps, last[1])), plan.rpe, why)
    rpe = s.rule.rpe if plan.rpe is None else plan.rpe
    least = plan.load - LOWER_AT_MOST * s.system(plan.load)
    load = lighter(s, max(wanted, least), rpe)
    if load is None:
        load = fitted(s, max(wanted, least), least, plan.load, rpe)
    why = (Reason("expected_hard", {"off": off}),)
    if load is not None and load < plan.load - EPSILON and s.may_assist(load):
        return Proposal(load, plan.reps, plan.rpe, why)
    return Proposal(plan.load, clamped_reps(plan.reps - max(1, floor(off))), plan.rpe, why)


def _harder(
    s: Situation, plan: Proposal, off: float, wanted: float, last: tuple[float | None, int]
) -> Proposal:
    """Heavier, by no more than a session may bring; a step, or more reps within the range, where loads are far apart."""
    assert plan.load is not None and plan.reps is not None
    if not s.may_add():
        return plan
    rpe = s.rule.rpe if plan.rpe is None else plan.rpe
    base = plan.load if last[0] is None else last[0]
    cap = RAISE_LOWER_BODY if s.exercise.lower_body else RAISE_UPPER_BODY
    # A session that the rules made lighter comes back to what it was, and no further.
    most = base if plan.load < base - EPSILON else base + cap * s.system(base)
    why = (Reason("expected_easy", {"off": -off}),)
    load = fitted(s, min(wanted, most), plan.load, max(plan.load, most), rpe)
    step = next_up(plan.load, s.unit, s.exercise, s.gear)
    if (
        (load is None or load <= plan.load + EPSILON)
        and step is not None
        and step <= wanted
        and plan.load >= base - EPSILON
    ):
        load = step
    if load is not None and load > plan.load + EPSILON:
        return Proposal(load, min(plan.reps, last[1]), plan.rpe, why)
    reps = min(max(plan.reps, s.rule.reps_high), plan.reps + max(1, floor(-off)))
    return Proposal(plan.load, reps, plan.rpe, why) if reps > plan.reps else plan
