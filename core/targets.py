"""What to lift next: the rules in their order, and the first that speaks gives the first reason.

Red flag, pain, broken form, the athlete's own choice, caps, layoff, within-session, progression. Everything here is
a pure function of a `Situation`. A target without reps and seconds prescribes nothing, and says why.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from core import helped, open_sets
from core.autoregulation import (
    Proposal,
    clamped_reps,
    forecast,
    heard,
    next_in_run,
    next_of_ramp,
    ramp_length,
    ramp_percent,
)
from core.care import PainAction, by_day
from core.effort import FAILURE_RPE
from core.expectation import with_today
from core.limits import (
    ceilings_today,
    consistent,
    form_broken,
    pain_ceiling,
    pain_in_last,
    pain_today,
    return_load,
    under,
    watched,
)
from core.loads import loadable
from core.model import Kind, LoggedSet, Reason, Role, SetEntry, Target
from core.prescription import care_reason, is_serious, planned, planned_today
from core.progression import amrap_reason
from core.runs import EASY_RPE, RUN_BAND, Asked, Run, WorkSet, runs_of, told_with, unpaired_side
from core.sessions import is_day_one, read_days
from core.situation import EPSILON, HEAVY_REPS, Situation, fitted, lightest, with_own_gear
from core.strength import LOWER_BOUND_RIR, WORK_SHARE
from core.timed import first_hold, last_timed_day, next_hold, next_holds, timed_work

ROOM_REPS: Final = 3
"""How many reps short of the plan a light set may forecast: so much it is off by itself (own choice)."""

CLOSE_REPS: Final = 2
"""How many reps over the planned ones such a set may have (own choice)."""

MOST_EXTRA_SETS: Final = 2
"""Sets more, where an unloaded bodyweight lift allows only few reps."""

When = Literal["set", "session"]
_NONE: Final[Mapping[str, Asked]] = MappingProxyType({})

__all__ = ["Situation", "next_planned", "next_session", "next_target", "prescribes", "sets_planned"]


def prescribes(target: Target) -> bool:
    """Whether there is anything to lift in a target."""
    return target.reps is not None or target.seconds is not None


def next_target(s: Situation) -> Target | None:
    """What to lift after the newest set; with an empty session the first work set of today.

    After the last work set of the lift, or an AMRAP, it is what `next_session` gives. None where there is nothing to
    go by: a timed lift that was logged with a distance alone.
    """
    s = with_own_gear(s)
    stop = _stopped(s, "set")
    if stop is not None:
        return stop
    if s.exercise.timed:
        return _next_timed(s)
    if not s.session:
        return _next_lifted(s, _NONE, planned_today(s))
    return _answer(s, planned(s, s.history, starts_today=True)).target


def next_session(s: Situation) -> Target | None:
    """What to lift in the session after today's; where today has no work, in the next there is."""
    s = with_own_gear(s)
    stop = _stopped(s, "session")
    if stop is not None:
        return stop
    if s.exercise.timed:
        return _finished(s, _timed_plan(_later(s), (*s.history, *s.session)), "session")
    return _after_today(s, ())


def next_planned(s: Situation) -> Target | None:
    """What the plan has the lift begin with in the session after today's, whether or not it was done today."""
    if s.hold or s.in_plan is None or s.in_plan.next is None:
        return None
    s = with_today(with_own_gear(s))
    return _finished(s, planned(s, (*s.history, *s.session), starts_today=False), "session")


def sets_planned(s: Situation, work: Sequence[WorkSet]) -> int:
    """How many work sets the lift asks for today: its role's, and up to two more of few reps at body weight."""
    if not s.exercise.bodyweight or s.is_added() or not work or s.in_plan is not None:
        return s.rule.sets
    extra = math.ceil(s.rule.reps_low / work[0].reps) - 1
    return s.rule.sets + max(0, min(MOST_EXTRA_SETS, extra))


# Nothing to lift -------------------------------------------------------------------------------------------------


def _stopped(s: Situation, when: When) -> Target | None:
    """The target that prescribes nothing: open red-flag symptoms, or pain today that stops the exercise."""
    if s.hold:
        return _nothing(s, when, Reason("red_flag"))
    pain = pain_today(s)
    if pain is None or pain.action is not PainAction.STOP:
        return None
    facts: dict[str, object] = {"level": pain.level, "return_load": return_load(s, pain)}
    return _nothing(s, when, Reason("pain_stop", facts))


def _nothing(s: Situation, when: When, reason: Reason) -> Target:
    return Target(s.exercise.id, when, None, s.unit, None, None, None, (reason,))


# The next set ----------------------------------------------------------------------------------------------------


Told = Mapping[str, Asked]
"""What had been asked for before each set of today, by the set's id."""


class _Answer(NamedTuple):
    """What had been told in a session, the plan that it began with, and the target that comes next."""

    told: Told
    plan: Proposal
    target: Target | None


_remembered: dict[Situation, _Answer] = {}
"""The newest answers in sessions that are going on: each needs what the one before it told."""
MOST_REMEMBERED: Final = 4096


def _answer(s: Situation, plan: Proposal) -> _Answer:
    """The answer to today's newest set. What was told before it is told again only where it is not known any more."""
    known = _remembered.get(s)
    told = _told(s, plan) if known is None else known.told
    answer = _Answer(told, plan, _next_lifted(s, told, plan))
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[s] = answer
    return answer


def _told(s: Situation, plan: Proposal) -> Told:
    """Today told again, message by message: sets of one message got no answer in between, those of an import none."""
    newest, at = told_with(s.session[-1]), len(s.session) - 1
    while at > 0 and told_with(s.session[at - 1]) == newest:
        at -= 1
    told, asked = _asked_before(s, plan) if at == 0 else _asked_within(s.before(at), plan)
    if asked is None:
        return told
    return {**told, **{one.id: asked for one in s.session[at:] if one.import_id is None}}


def _asked_before(s: Situation, plan: Proposal) -> tuple[Told, Asked | None]:
    """What had been asked for before today's first set: what was planned, if it was more than to find out."""
    if any(reason.code == "ramp_start" for reason in plan.reasons):
        return _NONE, None
    return _NONE, _asked(_next_lifted(s.before(0), _NONE, plan), None, planned=True)


def _asked_within(s: Situation, plan: Proposal) -> tuple[Told, Asked | None]:
    """What had been told up to a set of today, and what was asked for in the answer to it."""
    told, _, target = _answered(s, plan)
    return told, _asked(target, told.get(s.session[-1].id), planned=False)


def _answered(s: Situation, plan: Proposal) -> _Answer:
    """The answer that was given to a set of today, if it was given from that plan."""
    known = _remembered.get(s)
    return _answer(s, plan) if known is None or known.plan != plan else known


def _asked(target: Target | None, before: Asked | None, *, planned: bool) -> Asked | None:
    """What a target asks for: of the other side, what had been asked of the first."""
    if target is None or target.when != "set" or target.reps is None:
        return None
    codes = {reason.code for reason in target.reasons}
    if "other_side" in codes:
        return before
    if not codes.isdisjoint(("ramp_start", "amrap_now", "open_set")):
        return None
    repeats = not codes.isdisjoint(("effort_assumed", "flat_rating")) and (before is None or before.repeats)
    planned = planned or bool(codes & {"on_the_way", "after_top_set"})
    return Asked(target.load or 0.0, target.reps, target.rpe, planned, repeats)


def _next_lifted(s: Situation, told: Told, plan: Proposal) -> Target | None:
    new = is_day_one(s) or _is_unfound(s)
    ramp = ramp_length(s, s.session) if new else 0
    if new and s.in_plan is not None and _tried(s) >= s.rule.sets:
        return _after_today(s, _closing_unfound(s))  # the sets are done, whether or not they found the load
    if new and _is_found_for_amrap(s, ramp):
        tried = tuple(one for run in runs_of(s, s.session, told=told) for one in run)
        return _finished(s, _held(s, _amrap(s, tried), tried, None, told), "set")
    if new and ramp == len(s.session):
        climbed = _climb(s, plan, told)
        return None if climbed is None else _finished(s, _held(s, climbed, (), None, told), "set")
    runs = runs_of(s, s.session[ramp:], told=told, after=s.session[ramp - 1] if ramp else None)
    work = tuple(one for run in runs for one in run)
    load = None if new else plan.load
    if not work:
        return _finished(s, _held(s, plan, work, load, told), "set")
    if unpaired_side(s) is None and (_ends(s, work) or len(work) >= sets_planned(s, work)):
        return _after_today(s, _closing(s, work))
    proposal = _within(s, runs, work, None if new else plan)
    if len(work) >= s.rule.sets and unpaired_side(s) is None:
        extra = Reason("extra_sets", {"sets": sets_planned(s, work) - s.rule.sets})
        proposal = replace(proposal, reasons=(*proposal.reasons, extra))
    return _finished(s, _held(s, proposal, work, load, told), "set")


def _ends(s: Situation, work: Sequence[WorkSet]) -> bool:
    """Whether a lift is over with its newest set: an AMRAP, or an open one with none behind it."""
    return work[-1].amrap or (work[-1].done.open_ended and not is_amrap_next(s, work))


def _is_unfound(s: Situation) -> bool:
    """Whether day one goes on: all sets of the last session were easy."""
    return s.in_plan is not None and s.in_plan.finding and not s.easy


def _is_found_for_amrap(s: Situation, ramp: int) -> bool:
    """Whether the plan's AMRAP is next on a day that began with a ramp, and its sets have found the load."""
    if ramp == len(s.session) or _tried(s) != s.rule.sets - 1 or not is_amrap_due(s):
        return False
    return all(one.done.failure is None and one.done.rpe != FAILURE_RPE for one in s.session)


def _closing_unfound(s: Situation) -> tuple[tuple[Reason, ...], ...]:
    amrap = any(one.done.kind is Kind.AMRAP for one in s.session)
    if amrap or not is_amrap_due(s) or s.in_plan is None or s.in_plan.last_call:
        return ()
    return (Reason("amrap_later"),), ()


def _tried(s: Situation) -> int:
    return sum(one.done.kind is not Kind.WARMUP for one in s.session)


def _climb(s: Situation, start: Proposal, told: Told) -> Proposal | None:
    """The next set of a lift that is being found out; None after warm-ups with a load, which say where to begin."""
    climbed = [one for run in runs_of(s, s.session, told=told) for one in run]
    if climbed:
        return _other_side(s, climbed[-1]) or next_of_ramp(s, climbed[-1], ramp_percent(climbed[-1]))
    warm = max((load for load in map(s.load_of, _dones(s.session)) if load is not None), default=None)
    return None if warm is not None and start.load is not None and warm > start.load else start


def _dones(sets: Sequence[LoggedSet]) -> list[SetEntry]:
    return [one.done for one in sets]


def _within(
    s: Situation, runs: tuple[Run, ...], work: tuple[WorkSet, ...], plan: Proposal | None
) -> Proposal:
    last = work[-1]
    other = _other_side(s, last)
    if other is not None:
        return other
    if is_amrap_next(s, work):
        return _amrap(s, work)
    if open_sets.is_next(s, work):
        return open_sets.proposed(s, last)
    if s.in_plan is not None and s.in_plan.failing is not None and work[-1].load is not None:
        return _again_to_failure(s, work, s.in_plan.failing)
    if plan is not None and _is_on_the_way(s, work, plan):
        return replace(plan, reasons=(Reason("on_the_way", {"load": last.load}), *plan.reasons))
    if plan is not None and _is_top_set(s, work, plan):
        return replace(plan, reasons=(Reason("after_top_set", {"load": last.load}), *plan.reasons))
    return next_in_run(s, runs[-1], work)


def is_amrap_next(s: Situation, work: Sequence[WorkSet]) -> bool:
    """Whether the plan's AMRAP is next: not after a set that had nothing left."""
    is_last = len(work) == s.rule.sets - 1 or work[-1].done.open_ended
    return is_last and is_amrap_due(s) and all(one.effort.rpe < 10 for one in work)


def is_amrap_due(s: Situation) -> bool:
    """Whether the plan's last set of today is an AMRAP: once, never on a lift that hurts or hurt lately, nor where form broke
    today."""
    if s.in_plan is None or s.in_plan.amrap is None or s.easy:
        return False
    if any(one.done.kind is Kind.AMRAP for one in s.session):
        return False
    return pain_today(s) is None and watched(s, s.history) is None and form_broken(s) is None


def _amrap(s: Situation, work: Sequence[WorkSet]) -> Proposal:
    """As many clean reps as there are, stopped one short, at the AMRAP's load."""
    assert s.in_plan is not None and s.in_plan.amrap is not None
    wanted, done = s.in_plan.amrap, work[-1].load
    load = fitted(
        s, wanted, -s.body() if s.exercise.bodyweight else lightest(s), math.inf, open_sets.NEAREST_RPE
    )
    if s.exercise.bodyweight and not s.is_added():
        load = 0.0  # body weight alone, as in all other sets
    why = Reason("amrap_now", {"short": s.in_plan.short, "rest": s.rule.rest_before_amrap_s // 60})
    return Proposal(done if load is None else load, work[-1].target_reps, None, (why,))


def _again_to_failure(s: Situation, work: Sequence[WorkSet], lost: float) -> Proposal:
    """The same load to failure again, and the reps that are to be expected of it (EQUAL)."""
    last, rpe = work[-1], s.rule.rpe_of(len(work) + 1)
    reps = clamped_reps(last.n - lost - (10 - rpe))
    return Proposal(last.load, reps, rpe, (Reason("to_failure_again", {"lost": lost}),))


def _other_side(s: Situation, last: WorkSet) -> Proposal | None:
    """The same on the other side, where only one has been done."""
    side = unpaired_side(s)
    if side is None:
        return None
    return Proposal(last.load, last.reps, last.target_rpe, (Reason("other_side", {"side": str(side)}),))


def _is_on_the_way(s: Situation, work: tuple[WorkSet, ...], plan: Proposal) -> bool:
    """Whether all of today was light beside the planned load, and not hard."""
    if plan.load is None or plan.reps is None or s.by_reps:
        return False
    light, rises = WORK_SHARE * s.system(plan.load), _rises(work)
    return all(
        one.load is not None
        and one.load <= plan.load
        and (
            (
                s.system(one.load) < light
                and one.reps <= plan.reps + CLOSE_REPS
                and (not one.known or _leaves_room(s, one, plan))
            )
            or (rises and _is_first_taste(one, plan))
        )
        for one in work
    )


def _rises(work: Sequence[WorkSet]) -> bool:
    """Whether each set was heavier than the one before it."""
    loads = [one.load for one in work if one.load is not None]
    return all(later > earlier + EPSILON for earlier, later in pairwise(loads))


def _is_first_taste(one: WorkSet, plan: Proposal) -> bool:
    """Whether a set near the planned load was easy by its few reps: half of those planned, or fewer and lighter."""
    if one.known:
        return one.reps <= HEAVY_REPS and one.effort.rpe <= EASY_RPE and one.reps < (plan.reps or 0)
    return 2 * one.reps <= (plan.reps or 0) or (one.load != plan.load and one.reps < (plan.reps or 0))


def _leaves_room(s: Situation, one: WorkSet, plan: Proposal) -> bool:
    """Whether a rated set was easy, and does not itself say that the planned load is too much."""
    if one.effort.rpe > EASY_RPE or one.load is None or plan.load is None:
        return False
    wanted = (plan.reps or 0) + 10 - (s.rule.rpe if plan.rpe is None else plan.rpe)
    easy = one.effort.rir > LOWER_BOUND_RIR
    return easy or forecast(s, one.n, one.load, plan.load) >= wanted - ROOM_REPS


def _is_top_set(s: Situation, work: tuple[WorkSet, ...], plan: Proposal) -> bool:
    """Whether all of today was heavy singles to triples above the planned sets, which are still to come."""
    if plan.load is None or plan.reps is None or plan.reps <= HEAVY_REPS or s.by_reps:
        return False
    heavy = (1 + RUN_BAND) * s.system(plan.load)
    return all(
        one.load is not None and s.system(one.load) > heavy and one.reps <= HEAVY_REPS and not one.amrap
        for one in work
    )


def _held(
    s: Situation, proposal: Proposal, work: tuple[WorkSet, ...], planned: float | None, told: Told = _NONE
) -> Proposal:
    """A proposal for today, held to what care allows in a session that has begun."""
    if not s.session:
        return proposal
    for ceiling in reversed(ceilings_today(s, work, planned, told)):
        proposal = under(s, proposal, ceiling)
    return proposal


def _closing(s: Situation, work: tuple[WorkSet, ...]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What the last set of a lift's session adds: before the reasons of the next session, and after them."""
    first = tuple(one for one in heard(s, work) if one.code != "missed_reps")
    newest = next(
        (one for one in reversed(work) if one.amrap and one.message == told_with(s.session[-1])), None
    )
    if s.in_plan is not None and newest is not None:
        first = (*first, amrap_reason(s, newest))
    elif is_amrap_due(s) and s.in_plan is not None and not s.in_plan.last_call:
        first = (*first, Reason("amrap_later"))
    asked = s.exercise.role is Role.ANCHOR and len(work) == sets_planned(s, work)
    if asked and s.asks and not any(one.known for one in work):
        return first, (Reason("effort_asked"),)
    return first, ()


# The next session ------------------------------------------------------------------------------------------------


def _after_today(s: Situation, closing: tuple[tuple[Reason, ...], ...]) -> Target | None:
    s = with_today(s)
    sets = (*s.history, *s.session)
    plan = planned(_later(s), sets, starts_today=False) if s.session else planned_today(s)
    if any(closing):
        before, after = closing
        plan = replace(plan, reasons=(*before, *plan.reasons, *after))
    return _finished(s, plan, "session")


def _later(s: Situation) -> Situation:
    """The situation with what the next session of the plan asks of the lift, today being over."""
    if s.easy or s.in_deload:
        s = replace(s, easy_days=s.easy_days | {s.today})
    asked = s.in_plan
    if asked is None or asked.later is None or (asked.later, asked.deload_next) == (asked.rule, asked.deload):
        return s
    return replace(s, in_plan=asked._replace(rule=asked.later, deload=asked.deload_next))


# Timed -----------------------------------------------------------------------------------------------------------


def _next_timed(s: Situation) -> Target | None:
    work = timed_work(s.session)
    if not work and s.session and not last_timed_day(s.history):
        return None
    if len(work) >= s.rule.sets:
        return _finished(s, _timed_plan(_later(s), (*s.history, *s.session)), "session")
    proposal = next_hold(s, work) if work else _timed_plan(s, s.history)
    return _finished(s, _held(s, proposal, (), proposal.load), "set")


def _timed_plan(s: Situation, sets: tuple[LoggedSet, ...]) -> Proposal:
    day = last_timed_day([one for one in sets if one.day not in s.easy_days]) or last_timed_day(sets)
    if not day:
        return first_hold(s)
    pain = pain_in_last(sets)
    careful = care_reason(s, sets, read_days(s, sets))
    plan = next_holds(s, timed_work(day), careful is None and pain is None and not s.in_deload)
    if careful is not None:
        plan = replace(plan, reasons=(careful, *plan.reasons))
    if pain is None or not is_serious(pain):
        return plan
    return under(s, plan, pain_ceiling(s, pain, by_day(sets)[-1]))


# The target ------------------------------------------------------------------------------------------------------


def _finished(s: Situation, proposal: Proposal, when: When) -> Target:
    """The target: its load one that can be put together, its reasons in agreement with each other."""
    load: float | None = proposal.load
    reps = None if proposal.reps is None else clamped_reps(proposal.reps)
    extra = (Reason("body_weight_unknown"),) if s.by_reps else ()
    unloaded = load == 0 and (s.exercise.bodyweight or s.exercise.timed)
    if unloaded and (s.by_reps or s.exercise.timed):
        load = None
    elif load is not None and not unloaded:
        load = _put_together(s, load, reps, proposal.seconds)
        if load != proposal.load and proposal.load in s.loads_own_unit():
            extra = (Reason("rounded", {"load": load, "from_load": proposal.load}), *extra)
    said = consistent(_with_flat_rating(s, (*proposal.reasons, *extra)))
    rpe = proposal.rpe
    if rpe is not None and helped.is_all_there_is(s, reps):
        said, rpe = helped.said(s, said), None
    return Target(s.exercise.id, when, load, s.unit, reps, proposal.seconds, rpe, said)


def _with_flat_rating(s: Situation, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons where every set is rated alike: that an effort is missing would be wrong to say."""
    if s.flat_rpe is None:
        return reasons
    said: list[Reason] = []
    for one in reasons:
        facts = {**one.facts, "rpe": s.flat_rpe}
        if one.code == "effort_assumed":
            said.append(Reason("flat_rating", facts))
        elif one.code == "hold_unrated":
            said.append(Reason("hold_flat", facts))
        elif one.code != "effort_asked":
            said.append(one)
    return tuple(said)


def _put_together(s: Situation, load: float, reps: int | None, seconds: int | None) -> float:
    """The load as it can be loaded, rounded down. As typed where just that was done before, where the gear is the
    athlete's own, or where the rack has nothing near below it and so cannot be the athlete's."""
    if load in s.loads_known() or s.was_done(load, reps, seconds):
        return load
    made = loadable(load, s.unit, s.exercise, s.gear, "down")
    near = load - RUN_BAND * s.system(load) - EPSILON <= made <= load + EPSILON
    return made if near or load not in s.loads_own_unit() else load
