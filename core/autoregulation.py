"""The next set of this session, from how the last one went (Helms 2018, 10.3389/fphys.2018.00247: 2% a half point)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf
from typing import Final

from core.effort import ASSUMED_WEIGHT, EffortReading
from core.loads import loadable, next_down, next_up, rounding
from core.model import Kind, LoggedSet, Reason, Role
from core.runs import MAX_REPS, RUN_BAND, Run, WorkSet, runs_of
from core.sessions import is_day_one
from core.situation import EPSILON, HEAVY_REPS, Situation, fitted

PERCENT_A_REP: Final = 4.0
FREE_REPS: Final = 0.5
"""A gap moves the load by so many percent a rep, after the first half rep (own choice, after Helms)."""

RAMP: Final = ((5.0, 10.0), (6.5, 5.0))
"""Percent that a ramp climbs after a set of at most that RPE; above the last of them it has arrived."""

SLOW_REPS: Final = 1
"""Reps that are allowed once the bar of a compound lift has slowed visibly (BLOCKS, FORM)."""

RAMP_SLACK: Final = 1
"""By how many reps a step of the ramp may look too heavy: from very light loads the formula sees too much (own choice)."""

RAMP_SETS: Final = 6
RAMP_REPS: Final = 8
RAMP_END_RPE: Final = 7.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A target before care and caps have had their say. Load in the target's unit; `reasons` in order."""

    load: float | None
    reps: int | None
    rpe: float | None
    reasons: tuple[Reason, ...] = ()
    seconds: int | None = None


def next_in_run(s: Situation, run: Run, work: Sequence[WorkSet]) -> Proposal:
    """The set after the last of `run`, which is also the last of the day's `work` so far."""
    rpe = s.rule.rpe_of(len(work) + 1)
    last = _with_effort(s, run, rpe)
    if not last.known:
        return Proposal(last.load, last.reps, rpe, (Reason("effort_assumed", {"target_rpe": rpe}),))
    reps = last.target_reps
    gap = reps + (10 - rpe) - last.n
    said = heard(s, work)
    if last.load is None or s.by_reps or s.system(last.load) <= 0 or abs(gap) <= FREE_REPS:
        return _by_reps(s, last, reps, gap, rpe, said)
    return _by_load(s, (*run[:-1], last), reps, gap, rpe, said)


def _with_effort(s: Situation, run: Run, rpe: float) -> WorkSet:
    """The last set of a run; where no effort was typed, with that of the run's last set that has one.

    At another load it is what that set forecasts for this one, and nothing easier than the next target's `rpe`: what
    was not said raises nothing.
    """
    last = run[-1]
    told = next((one for one in reversed(run) if one.rated and not one.amrap), None)
    if last.known or told is None:
        return last
    effort = told.effort.rpe
    if last.load is not None and told.load is not None and last.load != told.load and s.system(last.load) > 0:
        spare = round(2 * (forecast(s, told.n, told.load, last.load) - last.reps)) / 2
        effort = min(10.0, max(rpe, 10 - spare))
    return last._replace(effort=EffortReading(effort, ASSUMED_WEIGHT, "carried"))


def heard(s: Situation, work: Sequence[WorkSet]) -> tuple[Reason, ...]:
    """What is to be said of the newest set itself: too hard, once a session, and reps that did not come."""
    last, position = work[-1], len(work)
    reasons = []
    if _is_too_hard(s, last, position) and not _was_said(s, work):
        role = s.exercise.role
        if position == 1 and role is Role.ANCHOR and last.effort.rpe >= 10 and not _ends_a_ramp(s):
            reasons.append(Reason("first_set_failure", {"role": str(role)}))
        else:
            cap = s.rule.cap_of(position)
            facts: dict[str, object] = {"rpe": last.effort.rpe, "cap": cap, "role": str(role)}
            reasons.append(Reason("over_cap", facts))
    slow = last.done.slow_from
    if slow and s.exercise.compound and not s.exercise.fixed_path and last.reps > slow + SLOW_REPS:
        reasons.append(Reason("slow_stop", {"rep": slow}))
    if last.missed and (not last.rated or last.effort.rpe >= last.target_rpe):  # else fewer by choice
        reasons.append(Reason("missed_reps", {"reps": last.reps, "target_reps": last.target_reps}))
    return tuple(reasons)


def _ends_a_ramp(s: Situation) -> bool:
    """Whether the day's first work set came at the end of a ramp: it is no first set."""
    return is_day_one(s) and sum(one.done.kind is not Kind.WARMUP for one in s.session) > 1


def _was_said(s: Situation, work: Sequence[WorkSet]) -> bool:
    """Whether an earlier answer of the session has told of a set that it was too hard."""
    answered = ((one, at) for at, one in enumerate(work, 1) if one.message != work[-1].message)
    return any(_is_too_hard(s, one, position) for one, position in answered)


def _is_too_hard(s: Situation, one: WorkSet, position: int) -> bool:
    deliberate = one.amrap or one.effort.source in ("short", "form")
    return one.effort.rpe > s.rule.cap_of(position) and not deliberate


def _by_reps(
    s: Situation, last: WorkSet, reps: int, gap: float, rpe: float, said: tuple[Reason, ...]
) -> Proposal:
    """The gap taken from, or added to, the reps; heavy sets get no more of them."""
    wanted = clamped_reps(reps - int(gap))
    if gap < 0 and (not s.exercise.bodyweight or s.is_added()):
        wanted = max(reps, min(wanted, max(s.rule.reps_high, reps)))
    if s.is_heavy(reps):
        wanted = min(reps, wanted)
    reason = reps_reason(reps, wanted, last, rpe)
    if reason.code == "top_of_range" and s.in_plan is not None and s.in_plan.next is not None:
        reason = Reason("easy_same", {"reps": reps})  # what comes next time is the plan's to say
    return Proposal(last.load, wanted, rpe, (*said, reason))


def clamped_reps(reps: float) -> int:
    """Reps that a person can be asked for: whole, 1 to 30."""
    return max(1, min(MAX_REPS, floor(reps + EPSILON)))


def _was_on_target(last: WorkSet, rpe: float) -> bool:
    """Whether a set was no easier than it should be, and the next one is only to be harder."""
    return rpe > last.target_rpe and last.made and last.gap >= -FREE_REPS


def reps_reason(reps: int, wanted: int, last: WorkSet, rpe: float) -> Reason:
    """Why the reps are as they are, the load being the same."""
    facts: dict[str, object] = {"rpe": last.effort.rpe, "target_rpe": rpe}
    gap = reps + (10 - rpe) - last.n
    if wanted > reps and _was_on_target(last, rpe):
        return Reason("harder_now", {"target_rpe": rpe})
    if wanted == reps and gap >= 1:
        return Reason("hold_hard", facts)
    if wanted == reps == MAX_REPS and gap <= -1:
        return Reason("hold_top", {"reps": reps, "from_reps": last.reps, "top": MAX_REPS})
    if wanted == reps and gap <= -1:
        return Reason("heavy_same" if reps <= HEAVY_REPS else "top_of_range", {"reps": reps})
    if wanted == reps:
        return Reason("on_target", facts)
    more = wanted - last.reps
    if (more > 0) != (wanted > reps) or not more:  # asked for ten, twelve came: eleven from here
        return Reason("reps_from_here", {"reps": wanted})
    return Reason("reps_fewer" if wanted < reps else "reps_more", {**facts, "by": abs(more)})


def _by_load(s: Situation, run: Run, reps: int, gap: float, rpe: float, said: tuple[Reason, ...]) -> Proposal:
    last, first = run[-1], run[0]
    assert last.load is not None and first.load is not None
    percent = PERCENT_A_REP * (abs(gap) - FREE_REPS)
    sign = -1 if gap > 0 else 1
    band = RUN_BAND * s.system(first.load)
    low, high = first.load - band, first.load + band
    moved = last.load + sign * s.system(last.load) * percent / 100
    wanted = min(last.load, max(low, moved)) if sign < 0 else max(last.load, min(high, moved))
    load = _moved(s, last.load, wanted, (low, high), rpe) or _one_step(s, first, last, sign * percent)
    if load is None:
        return _by_reps(s, last, reps, gap, rpe, said)
    taken = abs(load - last.load) / s.system(last.load) * 100 / PERCENT_A_REP + FREE_REPS
    # What the band keeps the load from taking, the reps take: a set far over target must not come back as hard.
    fewer = max(0, round(gap - taken)) if gap > 0 else 0
    facts: dict[str, object] = {
        "gap": abs(gap),
        "percent": round(abs(load - last.load) / s.system(last.load) * 100, 1),
        "rpe": last.effort.rpe,
        "target_rpe": rpe,
    }
    reason = Reason("load_lower" if load < last.load else "load_higher", facts)
    if load > last.load and _was_on_target(last, rpe):
        reason = Reason("harder_now", {"target_rpe": rpe})
    return Proposal(load, clamped_reps(reps - fewer), rpe, (*said, reason))


def _moved(s: Situation, load: float, wanted: float, band: tuple[float, float], rpe: float) -> float | None:
    """The load to move to, None where the move is under half a step, or not to be had within the band.

    Where loads are rounded down, a lighter one may lie below the band by what the rounding takes: the rule is never
    made harder by the plates.
    """
    step = (
        next_up(load, s.unit, s.exercise, s.gear)
        if wanted > load
        else next_down(load, s.unit, s.exercise, s.gear)
    )
    if step is None or abs(wanted - load) < abs(step - load) / 2 - EPSILON:
        return None
    if s.exercise.bodyweight and not _may_weigh(s, wanted):
        return None
    found = lighter(s, wanted, rpe) if wanted < load else None
    if found is None:
        found = fitted(s, wanted, *band, rpe)
    if found is None or abs(found - load) <= EPSILON or (found > load) != (wanted > load):
        return None
    return found


def _one_step(s: Situation, first: WorkSet, last: WorkSet, percent: float) -> float | None:
    """One step from the first load, where it is more than the band but the gap asks for all of it: light bars and
    dumbbells."""
    if last.load is None or last.load != first.load or s.exercise.bodyweight:
        return None
    move = next_up if percent > 0 else next_down
    step = move(last.load, s.unit, s.exercise, s.gear)
    if step is None or abs(step - last.load) <= RUN_BAND * s.system(last.load) + EPSILON:
        return None
    return step if abs(step - last.load) <= last.load * abs(percent) / 100 + EPSILON else None


def lighter(s: Situation, wanted: float, rpe: float) -> float | None:
    """A lighter load for a set of that RPE, rounded down; None where that RPE is not rounded so."""
    if rounding(rpe) != "down" or wanted in s.loads_known():
        return None
    return loadable(wanted, s.unit, s.exercise, s.gear, "down")


def _may_weigh(s: Situation, wanted: float) -> bool:
    """Whether a bodyweight lift may be given that load: assistance and plates only to those who use them."""
    return s.may_assist(wanted) if wanted < -EPSILON else s.is_added()


# Day one ---------------------------------------------------------------------------------------------------------


def ramp_length(s: Situation, sets: Sequence[LoggedSet]) -> int:
    """How many of the first sets of a lift are its ramp: those before the first that was no longer easy, six at most."""
    tried = 0
    for at, one in enumerate(sets):
        run = [read for runs in runs_of(s, [one]) for read in runs]
        tried += len(run)
        if any(_ends_ramp(s, each) for each in run) or tried >= RAMP_SETS:
            return at
    return len(sets)


def ramp_percent(last: WorkSet) -> float:
    """How far a ramp climbs after that set (own choice)."""
    return next(percent for limit, percent in RAMP if last.effort.rpe <= limit)


def _ends_ramp(s: Situation, one: WorkSet) -> bool:
    """Whether a load has been found: a set was no longer easy, or as hard as a plan asks for its first."""
    enough = one.effort.rpe > RAMP[-1][0] or (s.in_plan is not None and one.effort.rpe >= s.rule.rpe)
    return one.form or one.amrap or not one.known or enough


def next_of_ramp(s: Situation, last: WorkSet, percent: float) -> Proposal:
    """The next set of a ramp: at least a step heavier, or two reps more where a step is not to be had."""
    reps, step = clamped_reps(last.reps), None
    if last.load is not None and not s.by_reps and (s.is_added() or not s.exercise.bodyweight):
        step = next_up(last.load, s.unit, s.exercise, s.gear)
    if last.load is None or step is None or forecast(s, last.n, last.load, step) < reps - RAMP_SLACK:
        more = reps if s.is_heavy(reps) else clamped_reps(reps + 2)
        return Proposal(last.load, more, RAMP_END_RPE, (reps_reason(reps, more, last, RAMP_END_RPE),))
    wanted = last.load + s.system(last.load) * percent / 100
    found = fitted(s, wanted, step, inf, RAMP_END_RPE)
    reason = Reason("ramp_up", {"percent": percent, "rpe": last.effort.rpe})
    return Proposal(step if found is None else found, reps, RAMP_END_RPE, (reason,))


def forecast(s: Situation, n: float, load: float, heavier: float) -> float:
    """The reps that `n` at one load are worth at a heavier one, to failure: 30/k ((1 + k n/30) load/heavier - 1).

    k is the athlete's own rep curve on the lift, as far as it is known; 1, the curve of Epley, where it is not. From no
    load at all, where there is no ratio, `n` itself.
    """
    system = s.system(load)
    if system <= 0:
        return n
    reps = 30 / s.curve
    return reps * ((1 + n / reps) * system / s.system(heavier) - 1)
