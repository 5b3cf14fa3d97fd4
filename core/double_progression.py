"""Double progression: reps rise within a range, and from its top the load rises by one step.

The range is the role's where the athlete trains in it, and else their own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from core.autoregulation import Proposal, clamped_reps, forecast, lighter
from core.loads import next_down, next_up
from core.model import Reason
from core.runs import FALLING_REPS, Run, WorkSet, base_load
from core.sessions import Day, session_before
from core.situation import EPSILON, Situation, fitted
from core.strength import FATIGUE_PER_SET, WORK_SHARE, load_for

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

SHORT_FOR_LESS: Final = 0.75
SHORT_TWICE: Final = 0.5
"""The mean gap, in reps, above which the next session is lighter: at once, and when it comes twice (own choice)."""

STEP_REPS: Final = 1
"""What a step may cost below the range: of a heavy set, whose range is a single number of reps, and where every set
was easy (own choice)."""

LATE_REPS: Final = 3
LATE_COST: Final = 4
"""So many reps above the range a step may cost so many below it (own choice): where loads lie far apart, reps would else
rise for ever."""

MOST_BODYWEIGHT_REPS: Final = 20
"""Beyond these reps a bodyweight lift wants a harder variant."""


class Basis:
    """What double progression looks at: the sets that the session stands for, and the rep range they stand in."""

    def __init__(self, s: Situation, day: Day, before: Sequence[Day]) -> None:
        run = day.main_run
        self.load = base_load(run)
        standing = day.standing(run) or tuple(one for one in run if not one.amrap)
        self.sets = [one for one in standing if one.load == self.load] or list(standing)
        self.judged = [*standing, *_later_and_lighter(day, run)]
        self.amraps = [one for one in day.work if one.amrap]
        self.least = min(one.reps for one in self.sets)
        self.reps = self.sets[0].target_reps
        rose = self.sets[0].reps == self.least >= self.reps - FALLING_REPS
        if rose and all(one.rated for one in self.sets):
            self.reps = self.least
        self.rpe = s.rule.rpe
        self.before = before
        self.low, self.high = rep_range(s, run, before)
        self.heavy = s.is_heavy(self.reps)
        self.may_add = s.may_add()
        self._s = s
        self._work = day.work
        self.shown = self._shown()
        self.gaps = [self.gap(one) for one in self.judged]

    @property
    def known(self) -> bool:
        """Whether any effort was said or shown."""
        return any(one.known for one in (*self.judged, *self.amraps))

    @property
    def asked(self) -> bool:
        """Whether a target had been told for any of the sets."""
        return any(one.asked for one in self.sets)

    def _shown(self) -> list[float]:
        """The reps to spare that AMRAPs at this load have shown."""
        return [one.n - self.reps - (10 - self.rpe) for one in self.amraps if one.load == self.load]

    def n_at(self, one: WorkSet, load: float | None) -> float:
        """The reps that a set could have held, were it done with `load`."""
        if one.load is None or load is None or one.load == load or self._s.system(load) <= 0:
            return one.n
        return forecast(self._s, one.n, one.load, load)

    def gap(self, one: WorkSet) -> float:
        """How many reps a set fell short of the session's own reps at its target; of an unrated one the missed reps."""
        if not one.rated:
            if self._stuck and not one.made:  # twice short of its reps: there was nothing left
                return self.reps + 10 - one.target_rpe - one.reps
            return float(self.reps - one.reps) if one.load == self.load else 0.0
        chosen = one.reps > self.reps if one.load != self.load else one.reps < self.reps and not one.missed
        if chosen and one.effort.rpe < 10:  # a back-off or a shorter set of the athlete's own
            return one.effort.rpe - one.target_rpe
        return self.reps + 10 - one.target_rpe - self.n_at(one, self.load)

    @property
    def shortfall(self) -> float:
        """The mean gap in reps; an AMRAP knows better than what was said before it."""
        return -min(self.shown) if self.shown else sum(self._rested()) / len(self.judged)

    def _rested(self) -> list[float]:
        """The gaps of all that was done, what earlier sets of the day cost allowed for."""
        return [gap - FATIGUE_PER_SET * at for at, gap in enumerate(self.gaps)]

    @property
    def falls_short(self) -> bool:
        """Whether it was too much: by what was rated, by half as much twice, or, with nothing rated, by two sessions
        without a gain."""
        rated = bool(self.shown) or any(one.rated for one in self.judged)
        if self.shortfall <= SHORT_FOR_LESS:
            return rated and self.shortfall > SHORT_TWICE and self._was_hard_before
        return rated or self._stuck

    @property
    def _was_hard_before(self) -> bool:
        earlier = session_before(self.before, self.load)
        over = [one.effort.rpe - one.target_rpe - FATIGUE_PER_SET * at for at, one in enumerate(earlier)]
        return all(one.rated for one in earlier) and bool(over) and sum(over) / len(over) > SHORT_TWICE

    @cached_property
    def _stuck(self) -> bool:
        earlier = session_before(self.before, self.load)
        missed = any(not one.made for one in earlier)
        return missed and sum(one.reps for one in self.sets) <= sum(one.reps for one in earlier)

    @cached_property
    def over(self) -> float:
        """The most that a set was over its target, in reps; an AMRAP knows better than what was said before it."""
        if self.shown:
            return -min(self.shown)
        cap_of = self._s.rule.cap_of
        places = enumerate(zip(self.judged, self.gaps, self._rested(), strict=True), 1)
        over = [
            gap if one.effort.rpe > cap_of(place) else rested
            for place, (one, gap, rested) in places
            if one.rated
        ]
        return max(over, default=0.0)

    @property
    def over_target(self) -> dict[str, object]:
        """The facts of a session over its target: by how much, the target of the newest set that was harder than its own, and
        which of the day's sets that was where it was not the last."""
        facts: dict[str, object] = {"over": self.over, "target_rpe": self.rpe, "set": None}
        harder = [
            one
            for one in self.judged
            if one.rated and one.effort.rpe > one.target_rpe + OVER_ALLOWED + EPSILON
        ]
        if self.shown or not harder:
            return facts
        one = harder[-1]
        at = None if one is self.judged[-1] else self._work.index(one) + 1
        return {**facts, "target_rpe": one.target_rpe, "set": at}

    @property
    def under(self) -> float:
        """How far under target even the hardest set was, as far as efforts are known."""
        if not self.made:
            return 0.0
        spare = self.shown or [-gap for one, gap in zip(self.judged, self.gaps, strict=True) if one.known]
        return min(spare, default=0.0)

    @property
    def made(self) -> bool:
        """Whether every set made its reps."""
        return all(one.reps >= self.reps for one in self.sets)

    def within_reach(self, load: float | None) -> float | None:
        """The reps, to failure, that a rep more than the best of the session would be at a load; None if all of it
        is assumed."""
        rated = [one for one in self._work if one.rated]
        if not rated:
            return None
        known = max((one.load for one in rated if one.load is not None), default=None)
        best = 0.0
        for at, one in enumerate(self._work):
            # Heavier than anything that was rated, an effort that was not typed can be no assumption to build on.
            blind = (
                not one.rated and one.load is not None and known is not None and one.load > known + EPSILON
            )
            done = float(one.reps) if blind else self.n_at(one, load)
            best = max(best, done + FATIGUE_PER_SET * at)
        return best + 1

    @property
    def at_top(self) -> bool:
        """Whether every set was at the top of the range, at or under target."""
        return self.made and self.least >= self.high and self.over <= EPSILON

    @property
    def hardest(self) -> dict[str, object]:
        """The facts of a session that was harder than its target."""
        return {"rpe": min(10.0, self.rpe + max(0.0, self.over)), "target_rpe": self.rpe}


def _later_and_lighter(day: Day, run: Run) -> list[WorkSet]:
    """Rated sets after a run that were lighter than it, and no volume: they tell how the session went on."""
    ids = [one.logged.id for one in day.work]
    after = day.work[ids.index(run[-1].logged.id) + 1 :]
    least = min((one.load for one in run if one.load is not None), default=None)
    if least is None:
        return []
    light = (one for one in after if one.load is not None and one.load < least)
    return [
        one
        for one in light
        if one.rated
        and not one.amrap
        and day.lift.system(one.load or 0.0) >= WORK_SHARE * day.lift.system(least)
    ]


def rep_range(s: Situation, run: Run, before: Sequence[Day]) -> tuple[int, int]:
    """The reps between which a lift progresses: the role's where its load was begun in it, else from there two up.

    Heavy singles to triples stay at their reps. A jump of more than the own range, or from heavy sets to others, is
    the athlete's own choice and a new beginning.
    """
    load, begun = base_load(run), run[0].target_reps
    for day in reversed(before[-RANGE_LOOKBACK:]):
        if day.was_elsewhere(load):
            break
        if not day.runs:
            continue
        earlier = day.main_run
        reps = earlier[0].target_reps
        same = base_load(earlier) == load and not all(one.amrap for one in earlier)
        if not same or abs(begun - reps) > OWN_RANGE or s.is_heavy(reps) != s.is_heavy(begun):
            break
        begun = reps
    if s.rule.reps_low <= begun <= s.rule.reps_high:
        return s.rule.reps_low, s.rule.reps_high
    if s.is_heavy(begun):
        return begun, begun
    return min(begun, s.rule.reps_low), min(30, begun + OWN_RANGE)


def double_progression(s: Situation, basis: Basis) -> Proposal:
    """The next session after these sets, no further than a rep more than they showed."""
    found = _followed(s, basis)
    most = basis.within_reach(found.load)
    if most is None or found.reps is None or found.rpe is None or basis.heavy:
        return found
    reps = clamped_reps(most - (10 - found.rpe))
    if reps >= found.reps:
        return found
    return Proposal(found.load, reps, found.rpe, _why_fewer(basis, found, reps))


def in_range(s: Situation, found: Proposal) -> Proposal:
    """A lift of a plan whose reps have sunk far under its range goes a step down, to the reps that it is worth there; where that
    is no lower than the newest set, a step up is not made."""
    low, high = s.rule.reps_low, s.rule.reps_high
    if (
        s.in_plan is None
        or found.load is None
        or found.reps is None
        or found.reps >= low - LATE_COST
        or s.by_reps
    ):
        return found
    step, rpe = (
        next_down(found.load, s.unit, s.exercise, s.gear),
        s.rule.rpe if found.rpe is None else found.rpe,
    )
    if step is None or s.system(step) <= 0 or not s.may_assist(step):
        return found
    reps = clamped_reps(min(high, forecast(s, found.reps + 10 - rpe, found.load, step) - (10 - rpe)))
    if reps <= found.reps:
        return found
    newest = next(iter(reversed((*s.history, *s.session))), None)
    done = None if newest is None else s.load_of(newest.done)
    if done is not None and step >= done - EPSILON:
        percent = round((s.system(found.load) / s.system(step) - 1) * 100)
        facts: dict[str, object] = {"step_percent": percent, "step_load": found.load, "low": low}
        return Proposal(step, reps, rpe, (Reason("step_too_big", facts),))
    return Proposal(step, reps, rpe, (Reason("below_range", {"low": low}),))


def _why_fewer(basis: Basis, found: Proposal, reps: int) -> tuple[Reason, ...]:
    """The reasons of a proposal that was cut to what is within reach."""
    if found.load != basis.load:
        return found.reasons
    if reps < basis.least:
        return (Reason("ease_off_reps", basis.hardest),)
    if reps == basis.least:
        return (Reason("hold_hard", basis.hardest),)
    return (_reps_up(basis, reps),)


def _reps_up(basis: Basis, reps: int) -> Reason:
    """More reps: up to the top of the range, past which nothing is promised."""
    top = basis.high if reps <= basis.high and basis.may_add else None
    return Reason("reps_up", {"reps": reps, "from_reps": basis.least, "top": top})


def _followed(s: Situation, basis: Basis) -> Proposal:
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
    if any(one.failed for one in basis.sets):
        return _held(basis, "hold_missed", {"reps": basis.least, "target_reps": basis.reps})
    if basis.over > OVER_ALLOWED + EPSILON:
        return _held(basis, "hold_hard", basis.hardest)
    facts: dict[str, object] = {"reps": basis.reps, "from_reps": basis.least, "top": basis.reps}
    return _held(basis, "hold_top", facts)


def _too_hard(basis: Basis) -> Proposal:
    """The same again: over what was asked for, or, with nothing asked, over what the role asks."""
    if basis.asked:
        return _held(basis, "hold_over", basis.over_target)
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
    missed = any(one.failed for one in basis.sets)
    eased = not missed and not basis.shown
    why = Reason("ease_off", basis.hardest) if eased else Reason("back_off", facts)
    if basis.load is not None and not s.by_reps:
        system = s.system(basis.load)
        shown = max(system * (1 - LOWER_AT_MOST), load_for(system * (1 + n / 30), n + basis.shortfall))
        load = lighter(s, shown - s.body(), basis.rpe)
        if load is None:
            load = fitted(s, shown - s.body(), basis.load - LOWER_AT_MOST * system, basis.load, basis.rpe)
        if load is not None and load < basis.load - EPSILON and s.may_assist(load):
            return Proposal(load, clamped_reps(basis.reps), basis.rpe, (why,))
    why = Reason("ease_off_reps", basis.hardest) if eased else Reason("back_off_reps", facts)
    return Proposal(basis.load, fewer, basis.rpe, (why,))


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
    cost = STEP_REPS if basis.heavy or spare >= UNDER_FOR_MORE else 0
    if basis.least >= basis.high + LATE_REPS:
        cost = LATE_COST
    if worth < basis.low - cost - EPSILON and s.system(basis.load) > 0:
        facts: dict[str, object] = {
            "step_percent": round((s.system(step) / s.system(basis.load) - 1) * 100),
            "step_load": step,
            "low": basis.low,
        }
        return _more_reps(s, basis, (Reason("step_too_big", facts),))
    reps = basis.low if basis.low < s.rule.reps_low else min(basis.high, math.floor(worth + EPSILON))
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
    reason = _reps_up(basis, reps) if reps > basis.least else Reason("hold_top", facts)
    return Proposal(basis.load, reps, basis.rpe, (*first, reason))


def harder_variant() -> Reason:
    return Reason("harder_variant", {"reps": MOST_BODYWEIGHT_REPS})
