"""The next session of a lift where no plan gives it: double progression, with layoffs and AMRAPs.

All sets at the top of the rep range, at or under the target RPE and clean: one step up. The range is the role's where
the athlete trains in it, and else their own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from core.autoregulation import RAMP_END_RPE, RAMP_REPS, Proposal, clamped_reps, forecast
from core.double_progression import MOST_BODYWEIGHT_REPS, Basis, double_progression, harder_variant, in_range
from core.expectation import LEAST_DAYS, is_refuted
from core.learning import BIAS, forecast_amrap
from core.loads import next_up
from core.model import Kind, Reason, from_kg, to_kg
from core.runs import WorkSet, base_load
from core.sessions import Day
from core.situation import EPSILON, InPlan, Situation, fitted, lightest
from core.strength import (
    AMRAP_TOO_LIGHT,
    FATIGUE_PER_SET,
    OWN_SHARE,
    STATED_SHARE,
    epley,
    load_for,
    reps_at,
    system_kg,
)

PLANNED_INTERVAL_DAYS: Final = 7
"""How often a lift is trained where no plan says so (own choice)."""

LAYOFFS: Final = ((8, 0, 1), (15, 5, 0), (29, 10, 0), (57, 15, 0))
"""Days beyond the planned interval, percent less load, fewer reps (own choice)."""

AMRAP_WORDS: Final = (
    (3, "too_heavy"),
    (6, "challenge"),
    (9, "build_upper"),
    (13, "build_middle"),
    (AMRAP_TOO_LIGHT - 1, "build_lower"),
)
"""What an AMRAP of at most so many reps says of its load (BLOCKS)."""

TOO_LIGHT_PERCENT: Final = 10

FAR_MORE: Final = 3
"""Reps more than the sets before it from which on a set to failure speaks alone, where these were not rated (own choice)."""


def progressed(s: Situation, day: Day, before: Sequence[Day]) -> Proposal:
    """What follows after `day`, which has work; `before` are the earlier sessions, the oldest first."""
    run = day.main_run
    base = base_load(run)
    straight = [one for one in run if not one.amrap and one.load == base]
    amraps = [one for one in run if one.amrap]
    if amraps and amraps[-1].reps >= AMRAP_TOO_LIGHT and amraps[-1].load is not None:
        return _after_light_amrap(s, amraps[-1], straight, (amrap_reason(s, amraps[-1]),))
    if not straight:
        return _after_lone_amrap(s, amraps[-1], before, (amrap_reason(s, amraps[-1]),))
    lone = _lone_failure(day)
    if lone is not None:
        reps = clamped_reps(lone.reps - (10 - s.rule.rpe))
        return Proposal(lone.load, reps, s.rule.rpe, (Reason("reps_from_here", {"reps": reps}),))
    proposal = in_range(s, double_progression(s, Basis(s, day, before)))
    said = tuple(amrap_reason(s, one) for one in day.work if one.amrap and _is_newest(s, one))
    return Proposal(proposal.load, proposal.reps, proposal.rpe, (*proposal.reasons, *said))


def _lone_failure(day: Day) -> WorkSet | None:
    """A set to failure that outdid all others at its load by far: it measures as an AMRAP does."""
    left = day.standing(day.main_run)
    failed = [one for one in left if one.effort.rpe >= 10 and not one.missed and not one.form]
    if len(failed) != 1:
        return None
    lone, others = failed[0], [one for one in left if one is not failed[0]]
    if any(one.rated or one.reps > lone.reps - FAR_MORE for one in others):
        return None  # what was not rated and fell far short of it says nothing beside it
    return lone if any(one.load == lone.load for one in day.work if one is not lone) else None


# AMRAP -----------------------------------------------------------------------------------------------------------


def amrap_word(reps: int) -> str:
    """What the reps of an AMRAP say of its load; `too_light` from 20 on."""
    return next((word for most, word in AMRAP_WORDS if reps <= most), "too_light")


def amrap_reason(s: Situation, one: WorkSet) -> Reason:
    """What an AMRAP says, said as news only in the answer to it."""
    most = one.reps if s.may_add() else min(one.reps, AMRAP_TOO_LIGHT - 1)  # nothing is added next time
    facts: dict[str, object] = {"reps": one.reps, "word": amrap_word(most)}
    if not _is_newest(s, one):
        return Reason("from_amrap", facts)
    return Reason("amrap", {**facts, "expected": _expected(s, one)})


def _expected(s: Situation, one: WorkSet) -> float | None:
    """The reps that were expected of an AMRAP before the session began; None where too little was known."""
    known = s.learned
    if (
        known is None
        or not known.today
        or known.lift.belief.days < LEAST_DAYS
        or one.load is None
        or s.by_reps
    ):
        return None
    load = to_kg(s.system(one.load), s.unit)
    position = sum(each.done.kind is not Kind.WARMUP for each in s.session)
    found = (
        forecast_amrap(known.habits, known.lift, load, s.today.toordinal(), position) if load > 0 else None
    )
    if found is None:
        return None
    expected = found.value - one.effort.rir
    earlier = [
        (to_kg(s.system(held), s.unit), each.done.reps or 0)
        for each in s.session[:-1]
        if (held := s.load_of(each.done)) is not None
    ]
    return None if is_refuted(expected, load, earlier) else expected


def _is_newest(s: Situation, one: WorkSet) -> bool:
    return bool(s.session) and s.session[-1].id == one.logged.id


def _after_light_amrap(
    s: Situation, amrap: WorkSet, straight: Sequence[WorkSet], said: tuple[Reason, ...]
) -> Proposal:
    """A tenth more: the load was too light to measure by."""
    assert amrap.load is not None
    reps = (
        straight[0].target_reps if straight and not s.is_heavy(straight[0].target_reps) else s.rule.reps_high
    )
    if s.by_reps or (s.exercise.bodyweight and not s.is_added() and s.exercise.share < 1):
        return Proposal(amrap.load, MOST_BODYWEIGHT_REPS, s.rule.rpe, (*said, harder_variant()))
    wanted = amrap.load + s.system(amrap.load) * TOO_LIGHT_PERCENT / 100
    step = next_up(amrap.load, s.unit, s.exercise, s.gear)
    if step is None or forecast(s, amrap.n, amrap.load, step) < reps:
        return Proposal(amrap.load, clamped_reps(reps), s.rule.rpe, said)
    load = fitted(s, wanted, step, max(step, wanted), s.rule.rpe)
    return Proposal(step if load is None else load, clamped_reps(reps), s.rule.rpe, said)


def _after_lone_amrap(
    s: Situation, amrap: WorkSet, before: Sequence[Day], said: tuple[Reason, ...]
) -> Proposal:
    """The AMRAP's load for what it leaves at target RPE; after one too heavy, what was trained before it."""
    trained = (day for day in reversed(before) if any(not one.amrap for one in day.work))
    earlier = next(trained, None) if amrap_word(amrap.reps) == "too_heavy" else None
    if earlier is not None:
        kept = _repeat(s, earlier)
        return Proposal(kept.load, kept.reps, kept.rpe, said)
    reps = clamped_reps(amrap.reps - (10 - s.rule.rpe))
    load = _for_range(s, amrap)
    if load is not None:
        return Proposal(load, s.rule.reps_low, s.rule.rpe, said)
    return Proposal(amrap.load, reps, s.rule.rpe, said)


def _for_range(s: Situation, amrap: WorkSet) -> float | None:
    """The load for the low end of the role's reps, by what the AMRAP showed; None where it is not to be had."""
    if amrap.load is None or s.by_reps or (s.exercise.bodyweight and not s.is_added()):
        return None
    n = s.rule.reps_low + 10 - s.rule.rpe + BIAS + FATIGUE_PER_SET * (s.rule.sets - 1)
    wanted = load_for(OWN_SHARE * epley(s.system(amrap.load), amrap.n), n) - s.body()
    most = amrap.load + s.system(amrap.load) * TOO_LIGHT_PERCENT / 100
    load = fitted(s, wanted, -s.body(), most, s.rule.rpe)
    return load if load is not None and s.may_assist(load) else None


# Without progression ---------------------------------------------------------------------------------------------


def _repeat(s: Situation, day: Day) -> Proposal:
    """The same again."""
    run = day.main_run
    straight = [one for one in run if not one.amrap] or list(run)
    reps = straight[0].target_reps
    if all(one.amrap for one in run):
        reps = clamped_reps(reps - (10 - s.rule.rpe))
    return Proposal(base_load(run), clamped_reps(reps), s.rule.rpe)


def repeated(s: Situation, day: Day, *reasons: Reason) -> Proposal:
    """The session again, no harder: its load, its reps, and no more than it showed can be done."""
    same = _repeat(s, day)
    run = day.main_run
    if same.load is not None and same.reps is not None:
        fewest = min([one.reps for one in run if not one.form] or [one.reps for one in run])
        same = Proposal(same.load, clamped_reps(min(same.reps, max(1, fewest))), same.rpe)
    return Proposal(same.load, same.reps, same.rpe, reasons)


def lightened(
    s: Situation, load: float | None, reps: int, percent: float, rpe: float = 10.0
) -> tuple[float | None, int]:
    """A load less by a share of all that is lifted, rounded as `rpe` asks; fewer reps where it cannot be lighter.

    What was added to the body goes first: assistance is only for those who have used it.
    """
    if percent <= 0:
        return load, reps
    if load is not None and not s.by_reps:
        wanted = load - s.system(load) * percent / 100
        floor = -s.body() if s.exercise.bodyweight else 0.0
        found = fitted(s, wanted, floor, load, rpe)
        if found is not None and found < load - EPSILON and s.may_assist(found):
            return found, reps
    if load is not None and load > EPSILON and s.exercise.bodyweight:
        taken = 100 * load / s.system(load)
        return 0.0, _fewer(reps, max(0.0, percent - taken))
    return load, _fewer(reps, percent)


def _fewer(reps: int, percent: float) -> int:
    return max(1, math.floor(reps * (1 - percent / 100) + EPSILON))


def layoff(days_since: int, in_plan: InPlan | None = None) -> tuple[int, int, int] | None:
    """Days away, percent less and reps fewer; None where the lift was no longer away than it may be: than its plan has it."""
    beyond = days_since - (PLANNED_INTERVAL_DAYS if in_plan is None else in_plan.interval)
    found = [(percent, fewer) for least, percent, fewer in LAYOFFS if beyond >= least]
    return (days_since, *found[-1]) if found else None


def after_layoff(s: Situation, day: Day, away: tuple[int, int, int]) -> Proposal:
    """The first session after a layoff."""
    days, percent, fewer = away
    same = _repeat(s, day)
    reps = 1 if same.reps is None else same.reps
    rpe = s.rule.rpe if same.rpe is None else same.rpe
    load, reps = lightened(s, same.load, max(1, reps - fewer), percent, rpe)
    facts: dict[str, object] = {"days": days, "percent": percent, "reps": fewer}
    return Proposal(load, reps, same.rpe, (Reason("layoff", facts),))


# The first session -----------------------------------------------------------------------------------------------


def from_stated_max(s: Situation) -> Proposal | None:
    """The first work set from a max the athlete named: M = 0.90 of it, at the low end of the role's reps."""
    if s.stated_max_kg is None or s.by_reps:
        return None
    stated = system_kg(s.exercise, s.stated_max_kg, "kg", s.body_weight_kg)
    reason = Reason("from_stated_max", {"percent": round(STATED_SHARE * 100)})
    return None if stated is None else _from_max(s, from_kg(stated, s.unit), STATED_SHARE, reason)


def from_related(s: Situation) -> Proposal | None:
    """The first work set from what a related lift tells: less the less sure that is, and no more than of a stated max."""
    if s.related is None or s.by_reps:
        return None
    share = min(STATED_SHARE, math.exp(-s.related.sd))
    reason = Reason("from_related", {"lift": s.related.name, "percent": round(share * 100)})
    return _from_max(s, from_kg(s.related.e1rm_kg, s.unit), share, reason)


def _from_max(s: Situation, most: float, share: float, reason: Reason) -> Proposal | None:
    """The first work set from a share of a maximum (in the unit of the target, the body's share included)."""
    reps, rpe = s.rule.reps_low, s.rule.rpe
    spare = 10 - rpe + BIAS + FATIGUE_PER_SET * (s.rule.sets - 1)
    wanted = load_for(share * most, reps + spare) - s.body()
    if s.exercise.bodyweight and wanted < 0 and not s.is_assisted():
        able = reps_at(most, s.body()) - (10 - rpe) - BIAS
        return Proposal(0.0, clamped_reps(min(able, s.rule.reps_high)), rpe, (reason,))
    load = fitted(s, wanted, lightest(s) if not s.exercise.bodyweight else -s.body(), most, rpe)
    return None if load is None else Proposal(load, reps, rpe, (reason,))


def ramp_start(s: Situation) -> Proposal:
    """The first set ever: the lightest load there is, eight reps or what a plan asks for, to find out."""
    reps = RAMP_REPS if s.in_plan is None else s.rule.reps_low
    return Proposal(lightest(s), reps, RAMP_END_RPE, (Reason("ramp_start", {"rpe": RAMP_END_RPE}),))
