"""Double progression: reps rise within a range, and from its top the load rises by one step.

The range is the role's where the athlete trains in it, and else their own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from core.autoregulation import Proposal, clamped_reps, forecast, lighter
from core.loads import next_up
from core.model import Reason
from core.runs import Run, WorkSet, base_load
from core.sessions import Day, main_run, session_before
from core.situation import EPSILON, Situation, fitted
from core.strength import FATIGUE_PER_SET, load_for

OWN_RANGE: Final = 2
"""How far an athlete's own rep range reaches above the reps it began with (own choice)."""

RANGE_LOOKBACK: Final = 8
"""How many sessions back that beginning is looked for (own choice)."""

OVER_ALLOWED: Final = 0.5
"""How much over target RPE a set may be in a session that still brings a rep more (own choice)."""

UNDER_FOR_MORE: Final = 1.0
"""Every set so much under target: the load rises by all of that, whatever the reps (own choice)."""

RAISE_LOWER_BODY: Final = 0.05
RAISE_UPPER_BODY: Final = 0.025
LOWER_AT_MOST: Final = 0.06
"""How far a session may move the load (own choice)."""

SHORT_FOR_LESS: Final = 1.0
"""The mean gap, in reps, above which the next session is lighter (own choice)."""

HEAVY_STEP_REPS: Final = 1
"""What a step may cost a heavy set, whose range is a single number of reps (own choice)."""

MOST_BODYWEIGHT_REPS: Final = 20
"""Beyond these reps a bodyweight lift wants a harder variant."""


class Basis:
    """What double progression looks at: the sets at the session's load, and the rep range they stand in."""

    def __init__(
        self,
        s: Situation,
        run: Run,
        straight: Sequence[WorkSet],
        amraps: Sequence[WorkSet],
        before: Sequence[Day],
    ) -> None:
        self.load = straight[-1].load
        self.sets = straight
        self.amraps = amraps
        self.reps = run[0].target_reps
        self.least = min(one.reps for one in straight)
        self.rpe = s.rule.rpe
        self.before = before
        self.low, self.high = rep_range(s, run, before)
        self.heavy = s.is_heavy(self.reps)

    @property
    def known(self) -> bool:
        """Whether any effort was said or shown."""
        return any(one.known for one in (*self.sets, *self.amraps))

    @property
    def asked(self) -> bool:
        """Whether a target had been told for any of the sets."""
        return any(one.asked for one in self.sets)

    @property
    def shown(self) -> list[float]:
        """The reps to spare that AMRAPs at this load have shown."""
        return [one.n - self.reps - (10 - self.rpe) for one in self.amraps if one.load == self.load]

    @property
    def shortfall(self) -> float:
        """Mean gap in reps, what earlier sets of the day cost allowed for; of unrated sets the missed reps alone."""
        if self.shown:
            return -min(self.shown)
        gaps = (
            (one.gap if one.rated else one.target_reps - one.reps) - FATIGUE_PER_SET * at
            for at, one in enumerate(self.sets)
        )
        return sum(gaps) / len(self.sets)

    @property
    def falls_short(self) -> bool:
        """Whether it was too much: by what was rated, or, with nothing rated, by two sessions without a gain."""
        if self.shortfall <= SHORT_FOR_LESS:
            return False
        return bool(self.shown) or any(one.rated for one in self.sets) or self._stuck

    @property
    def _stuck(self) -> bool:
        earlier = session_before(self.before, self.load)
        missed = any(not one.made for one in earlier)
        return missed and sum(one.reps for one in self.sets) <= sum(one.reps for one in earlier)

    @property
    def over(self) -> float:
        """The most that a set was over its target RPE; an AMRAP knows better than what was said before it."""
        return -min(self.shown) if self.shown else max(one.effort.rpe - one.target_rpe for one in self.sets)

    @property
    def under(self) -> float:
        """How far under target even the hardest set was, as far as efforts are known."""
        spare = self.shown or [one.target_rpe - one.effort.rpe for one in self.sets if one.known]
        return min(spare, default=0.0) if self.made else 0.0

    @property
    def made(self) -> bool:
        """Whether every set made its reps."""
        return all(one.made for one in self.sets)

    @property
    def at_top(self) -> bool:
        """Whether every set was at the top of the range, at or under target."""
        return self.made and self.least >= self.high and self.over <= EPSILON

    @property
    def hardest(self) -> dict[str, object]:
        """The facts of a session that was harder than its target."""
        return {"rpe": min(10.0, self.rpe + max(0.0, self.over)), "target_rpe": self.rpe}


def rep_range(s: Situation, run: Run, before: Sequence[Day]) -> tuple[int, int]:
    """The reps between which a lift progresses: the role's where its load was begun in it, else from there two up.

    Heavy singles to triples stay at their reps. A jump of more than the own range, or from heavy sets to others, is
    the athlete's own choice and a new beginning.
    """
    load, begun = base_load(run), run[0].target_reps
    for day in reversed(before[-RANGE_LOOKBACK:]):
        if not day.runs:
            continue
        earlier = main_run(day)
        reps = earlier[0].target_reps
        same = base_load(earlier) == load and not all(one.amrap for one in earlier)
        if not same or abs(begun - reps) > OWN_RANGE or s.is_heavy(reps) != s.is_heavy(begun):
            break
        begun = reps
    if s.rule.reps_low <= begun <= s.rule.reps_high:
        return s.rule.reps_low, s.rule.reps_high
    return (begun, begun) if s.is_heavy(begun) else (begun, min(30, begun + OWN_RANGE))


def double_progression(s: Situation, basis: Basis) -> Proposal:
    """The next session after these sets."""
    if basis.falls_short:
        return _less(s, basis)
    if not basis.made:
        return _not_made(basis)
    if basis.over > OVER_ALLOWED + EPSILON:
        return _too_hard(basis)
    if basis.under >= UNDER_FOR_MORE:
        return _raised(s, basis)
    if not basis.at_top:
        return _too_hard(basis) if basis.least >= basis.high else _more_reps(s, basis, ())
    if not _was_at_top(basis) and not basis.known:
        return _held(basis, "hold_unrated", {"top": basis.high})
    if not _was_at_top(basis) and basis.heavy:
        return _held(basis, "heavy_same", {"reps": basis.reps})
    return _step_up(s, basis, Reason("load_up", {"from_load": basis.load, "top": basis.high}))


def _held(basis: Basis, code: str, facts: dict[str, object]) -> Proposal:
    return Proposal(basis.load, clamped_reps(basis.reps), basis.rpe, (Reason(code, facts),))


def _not_made(basis: Basis) -> Proposal:
    """The same again: reps that were asked for did not come, or the sets were not yet of one length."""
    if any(one.missed for one in basis.sets):
        return _held(basis, "hold_missed", {"reps": basis.least, "target_reps": basis.reps})
    if basis.over > OVER_ALLOWED + EPSILON:
        return _held(basis, "hold_hard", basis.hardest)
    facts: dict[str, object] = {"reps": basis.reps, "from_reps": basis.least, "top": basis.reps}
    return _held(basis, "hold_top", facts)


def _too_hard(basis: Basis) -> Proposal:
    """The same again: over what was asked for, or, with nothing asked, over what the role asks."""
    if basis.asked:
        return _held(basis, "hold_over", {"over": basis.over, "target_rpe": basis.rpe})
    return _held(basis, "hold_hard", basis.hardest)


def _was_at_top(basis: Basis) -> bool:
    """Whether the session before was at the same load and at the top as well: without RPE a raise needs two."""
    earlier = session_before(basis.before, basis.load)
    return bool(earlier) and min(one.reps for one in earlier) >= basis.high


def _less(s: Situation, basis: Basis) -> Proposal:
    """Down to what the session showed, at most 6% and rounded down; fewer reps where nothing in between can be had."""
    n = basis.reps + 10 - basis.rpe
    facts: dict[str, object] = {"shortfall": round(basis.shortfall, 1)}
    fewer = clamped_reps(basis.reps - max(1, round(basis.shortfall)))
    eased = None if basis.asked or basis.shown else Reason("ease_off", basis.hardest)
    if basis.load is not None and not s.by_reps:
        system = s.system(basis.load)
        shown = max(system * (1 - LOWER_AT_MOST), load_for(system * (1 + n / 30), n + basis.shortfall))
        load = lighter(s, shown - s.body(), basis.rpe)
        if load is None:
            load = fitted(s, shown - s.body(), basis.load - LOWER_AT_MOST * system, basis.load, basis.rpe)
        if load is not None and load < basis.load - EPSILON and s.may_assist(load):
            return Proposal(load, clamped_reps(basis.reps), basis.rpe, (eased or Reason("back_off", facts),))
    return Proposal(basis.load, fewer, basis.rpe, (eased or Reason("back_off_reps", facts),))


def _raised(s: Situation, basis: Basis) -> Proposal:
    """Up by as much as every set was under target: at most 5% or 2.5%, or one step."""
    reason = Reason("load_up_easy", {"from_load": basis.load, "under": basis.under})
    if basis.load is None or not s.may_add():
        return _more_reps(s, basis, (), by=int(basis.under))
    n = basis.reps + 10 - basis.rpe
    cap = RAISE_LOWER_BODY if s.exercise.lower_body else RAISE_UPPER_BODY
    system = s.system(basis.load)
    shown = min(system * (1 + cap), load_for(system * (1 + (n + basis.under) / 30), n))
    load = fitted(s, shown - s.body(), basis.load, basis.load + cap * system, basis.rpe)
    if load is not None and load > basis.load + EPSILON:
        return Proposal(load, clamped_reps(basis.reps), basis.rpe, (reason,))
    return _step_up(s, basis, reason)


def _step_up(s: Situation, basis: Basis, reason: Reason) -> Proposal:
    """One step, at the reps it is worth; a rep more instead where the step would cost too many."""
    step = None if basis.load is None else next_up(basis.load, s.unit, s.exercise, s.gear)
    if basis.load is None or step is None or not s.may_add():
        return _more_reps(s, basis, ())
    spare = max(0.0, basis.under)
    worth = forecast(s, basis.least + 10 - basis.rpe + spare, basis.load, step) - (10 - basis.rpe)
    cost = HEAVY_STEP_REPS if basis.heavy else 0
    if worth < basis.low - cost - EPSILON and s.system(basis.load) > 0:
        facts: dict[str, object] = {
            "step_percent": round((s.system(step) / s.system(basis.load) - 1) * 100),
            "step_load": step,
            "low": basis.low,
        }
        return _more_reps(s, basis, (Reason("step_too_big", facts),))
    own = basis.low < s.rule.reps_low or basis.high > s.rule.reps_high
    reps = basis.low if own else min(basis.high, math.floor(worth + EPSILON))
    return Proposal(step, clamped_reps(reps), basis.rpe, (reason,))


def _more_reps(s: Situation, basis: Basis, first: tuple[Reason, ...], by: int = 1) -> Proposal:
    """More reps at the same load: within the range, or past it where load cannot be added; never of heavy sets."""
    if basis.heavy:
        return _held(basis, "heavy_same", {"reps": basis.reps})
    bound = basis.high if basis.least < basis.high else basis.least + by
    if s.exercise.bodyweight and not s.may_add():
        bound = MOST_BODYWEIGHT_REPS
        if basis.least >= bound:
            return Proposal(basis.load, bound, basis.rpe, (harder_variant(),))
    reps = clamped_reps(min(bound, basis.least + by))
    facts: dict[str, object] = {"reps": reps, "from_reps": basis.least, "top": basis.high}
    reason = Reason("reps_up" if reps > basis.least else "hold_top", facts)
    return Proposal(basis.load, reps, basis.rpe, (*first, reason))


def harder_variant() -> Reason:
    return Reason("harder_variant", {"reps": MOST_BODYWEIGHT_REPS})
