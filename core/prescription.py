"""The first work set of a session, from the sessions before it: care, layoff and progression in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, inf
from typing import Final

from core.autoregulation import Proposal, clamped_reps, forecast
from core.care import PainAction, PainRule, by_day
from core.double_progression import MOST_BODYWEIGHT_REPS, harder_variant
from core.effort import counted_reps
from core.expectation import as_expected
from core.limits import (
    Ceiling,
    easy_ceiling,
    form_reason,
    healing_ceiling,
    pain_ceiling,
    pain_in_last,
    pain_reason,
    under,
    watched,
)
from core.loads import loadable, next_down
from core.model import Kind, LoggedSet, Reason
from core.progression import (
    after_layoff,
    from_related,
    from_stated_max,
    layoff,
    progressed,
    ramp_start,
    repeated,
)
from core.runs import base_load
from core.sessions import Day, is_heavy, read_days, telling
from core.situation import EPSILON, Planned, Situation, fitted, lightest
from core.strength import epley, load_for

TOO_COARSE: Final = 0.03
"""A load so much above the one that was wanted is made up for in reps (own choice)."""


FAR_FEWER: Final = 3
"""So many reps fewer, because nothing lighter can be loaded, are told (own choice)."""

LEAST_REPS: Final = 3
LEAST_SHARE: Final = 0.5
"""Where nothing lighter can be loaded, no fewer reps are asked for, nor less than this part of what was done with it last
(own choice): a single of what came eight times is no training."""

DELOAD_HARD_RPE: Final = 7.0
"""A deload's load lies a step below that of a last session that was so hard (own choice)."""


def planned(s: Situation, sets: tuple[LoggedSet, ...], starts_today: bool) -> Proposal:
    """The first work set of a session that follows these sets; of today's, if it starts today."""
    plan = _base(s, sets, starts_today)
    return _cared_for(s, sets, _as_promised(s, plan) if starts_today else plan)


def planned_today(s: Situation) -> Proposal:
    """The first work set of today, made lighter on a bad day."""
    plan = _as_promised(s, _base(s, s.history, starts_today=True))
    if s.easy:
        plan = under(s, plan, easy_ceiling(s, (), plan.load))
    return _cared_for(s, s.history, plan)


def _as_promised(s: Situation, plan: Proposal) -> Proposal:
    """The plan as it was told when the lift was last done; after days away it is made anew."""
    told = s.promise
    if told is None or any(why.code == "layoff" for why in plan.reasons):
        return plan
    if (told.load or 0.0, told.reps) == (plan.load or 0.0, plan.reps):
        return plan
    return replace(plan, load=told.load, reps=told.reps, rpe=told.rpe, reasons=told.reasons)


def _base(s: Situation, sets: tuple[LoggedSet, ...], starts_today: bool) -> Proposal:
    asked = None if s.in_plan is None else (s.in_plan.first if starts_today else s.in_plan.next)
    if asked is not None and asked.load is not None:
        return _from_plan(s, sets, asked)
    days = read_days(s, sets)
    counted = telling(days, s.easy_days)
    while counted and not counted[-1].runs:
        counted.pop()
    if len(counted) > 1 and _is_interlude(counted[-1], counted[-2]):
        counted.pop()
    return _follow(s, sets, days, counted, starts_today) if counted else _first_ever(s)


def _from_plan(s: Situation, sets: tuple[LoggedSet, ...], asked: Planned) -> Proposal:
    """What a plan asks for, with a load that can be put together; no heavier than last time where form broke then."""
    assert asked.load is not None
    if asked.load > EPSILON and s.exercise.bodyweight and not s.may_add():
        asked = _unloaded(s, sets, asked)
    assert asked.load is not None
    least = -s.body() if s.is_assisted() else lightest(s)
    typed = asked.load in s.loads_own_unit()  # what was lifted can be lifted again
    found = asked.load if typed else fitted(s, asked.load, least, inf, asked.last_rpe)
    load = least if found is None else found
    if s.system(load) > (1 + TOO_COARSE) * s.system(asked.load) > 0:
        load = _lighter_one(s, asked.load, least, load)
    reps, why = asked.reps, asked.reasons
    if s.system(load) > (1 + TOO_COARSE) * s.system(asked.load) > 0:  # nothing so light is to be had
        reps = _with_heavier(s, sets, asked, load)
        if asked.reps - reps >= FAR_FEWER and _is_news(s, sets, load, reps):
            why = (Reason("nothing_lighter", {"reps": asked.reps}), *why)
    plan = Proposal(load, reps, asked.rpe, why)
    if any(one.code == "plan_deload" for one in asked.reasons):
        plan = _no_heavier(s, sets, plan)
    broke = [one for one in by_day(sets)[-1] if one.done.form_from is not None] if sets else []
    if not broke:
        return plan
    heaviest = max(
        (load for load in (s.load_of(one.done) for one in broke) if load is not None), default=None
    )
    return under(s, plan, Ceiling(form_reason(broke[-1]), heaviest))


def _unloaded(s: Situation, sets: tuple[LoggedSet, ...], asked: Planned) -> Planned:
    """What a plan asks for with nothing added, where the athlete adds nothing: as many more reps, up to those beyond which
    a harder variant does more."""
    assert asked.load is not None
    spare = 10 - asked.last_rpe
    worth = forecast(s, asked.reps + spare, asked.load, 0.0) - spare
    worth = clamped_reps(max(worth, _shown(s, sets, asked, 0.0)))
    why = [one for one in asked.reasons if one.code != "still_light"]  # it says that the load goes up
    if worth > max(asked.reps, MOST_BODYWEIGHT_REPS):
        why.insert(0, harder_variant())
    reps = max(asked.reps, min(worth, MOST_BODYWEIGHT_REPS))
    return asked._replace(load=0.0, reps=reps, reasons=tuple(why))


def _with_heavier(s: Situation, sets: tuple[LoggedSet, ...], asked: Planned, load: float) -> int:
    """The reps at a load above the one that a plan asks for: what they are worth, or what the last day's sets with it
    showed."""
    assert asked.load is not None
    spare = 10 - asked.last_rpe
    worth = forecast(s, asked.reps + spare, asked.load, load) - spare
    return clamped_reps(min(asked.reps, max(worth, _shown(s, sets, asked, load))))


def _shown(s: Situation, sets: tuple[LoggedSet, ...], asked: Planned, load: float) -> float:
    """The fewest reps that the last day's sets with a load leave to ask for: half of what was done, and, but after days
    away, what its first set had at the effort that is asked of a first."""
    last = [one.done for one in _of_last_day(s, sets) if s.load_of(one.done) == load]
    most = max((counted_reps(one) for one in last), default=LEAST_REPS)
    least = min(most, max(LEAST_REPS, ceil(LEAST_SHARE * most)))
    if not last or last[0].rpe is None or any(why.code == "layoff" for why in asked.reasons):
        return least
    first = last[0].rpe if last[0].failure is None else 10.0
    return max(least, min(most, counted_reps(last[0]) + asked.rpe - first))


def _is_news(s: Situation, sets: tuple[LoggedSet, ...], load: float, reps: int) -> bool:
    """Whether fewer reps are asked for than the last day had, and no day before it had that load."""
    most = max((one.done.reps or 0 for one in _of_last_day(s, sets)), default=reps + 1)
    return reps < most and len({one.day for one in sets if s.load_of(one.done) == load}) <= 1


def _of_last_day(s: Situation, sets: tuple[LoggedSet, ...]) -> list[LoggedSet]:
    """The sets of the last day that no other rule made light, without warm-ups."""
    days = [day for day in by_day(sets) if day[-1].day not in s.easy_days] if sets else []
    return [one for one in days[-1] if one.done.kind is not Kind.WARMUP] if days else []


def _no_heavier(s: Situation, sets: tuple[LoggedSet, ...], plan: Proposal) -> Proposal:
    """A deload's sets: with no more load than the last usual session, a step less where that was hard, and no more than its
    sets show by Epley's curve: many reps after weeks of few are no test."""
    days = [day for day in telling(read_days(s, sets), s.easy_days) if day.runs]
    run = days[-1].main_run if days else ()
    last = base_load(run) if run else None
    if plan.load is None or plan.reps is None or last is None:
        return plan
    hard = any(one.known and not one.amrap and one.effort.rpe >= DELOAD_HARD_RPE for one in run)
    step = next_down(last, s.unit, s.exercise, s.gear) if hard else None
    most = [plan.load, last if step is None else step]
    if not s.by_reps:
        shown = max(epley(s.system(one.load), one.n) for one in run if one.load is not None)
        n = plan.reps + 10 - (s.rule.rpe if plan.rpe is None else plan.rpe)
        most.append(loadable(load_for(shown, n) - s.body(), s.unit, s.exercise, s.gear, "down"))
    return replace(plan, load=max(min(most), min(plan.load, 0.0 if s.exercise.bodyweight else lightest(s))))


def _lighter_one(s: Situation, wanted: float, least: float, load: float) -> float:
    """The load below the one that was wanted, where the nearest is clearly above it and there is one."""
    below = loadable(wanted, s.unit, s.exercise, s.gear, "down")
    return below if least - EPSILON <= below < load and s.may_assist(below) else load


def _is_interlude(day: Day, before: Day) -> bool:
    """Whether a day was nothing but heavy singles to triples, between sessions of more reps."""
    heavy = is_heavy(day.main_run) and not any(one.amrap for one in day.work)
    return heavy and bool(before.runs) and not is_heavy(before.main_run)


def _cared_for(s: Situation, sets: tuple[LoggedSet, ...], plan: Proposal) -> Proposal:
    """The plan, lower where the last session hurt, and no higher until two have been done without pain."""
    pain = pain_in_last(sets)
    if pain is not None and is_serious(pain):
        return under(s, plan, pain_ceiling(s, pain, by_day(sets)[-1]))
    watch = watched(s, sets)
    healing = None if watch is None else healing_ceiling(s, sets)
    return plan if healing is None or watch is None else under(s, plan, replace(healing, reason=watch))


def _first_ever(s: Situation) -> Proposal:
    plan = from_stated_max(s)
    if plan is None:
        plan = from_related(s)
    return ramp_start(s) if plan is None else plan


def _follow(
    s: Situation, sets: tuple[LoggedSet, ...], days: Sequence[Day], counted: Sequence[Day], starts_today: bool
) -> Proposal:
    """What follows the last session: no more than it after pain, broken form or a layoff, else progression."""
    away = layoff((s.today - days[-1].day).days, s.in_plan) if starts_today else None
    careful = care_reason(s, sets, days)
    if away is not None:
        plan = after_layoff(s, counted[-1], away)
        return plan if careful is None else replace(plan, reasons=(careful, *plan.reasons))
    if careful is not None:
        same = repeated(s, counted[-1], careful)
        return _as_planned(s, sets, counted, same) if careful.code == "form_broke" else same
    if is_serious(pain_in_last(sets)):
        return repeated(s, counted[-1])
    plan = progressed(s, counted[-1], counted[:-1])
    newest = s.session or s.history
    run = counted[-1].main_run
    if (
        sets is s.history or sets[-1] is newest[-1]
    ):  # what had been known before a session of the past is not known any more
        plan = as_expected(s, plan, (base_load(run), run[0].target_reps))
    return _light(s, plan, base_load(run)) if s.in_deload else plan


def _light(s: Situation, plan: Proposal, last: float | None) -> Proposal:
    """What a deload leaves of a plan that the rules of progression made: nothing is raised, and why is plain."""
    why = (Reason("plan_deload"),)
    if plan.load is None or last is None or plan.load <= last + EPSILON:
        return replace(plan, reasons=why)
    return replace(plan, load=last, reasons=why)


def _as_planned(
    s: Situation, sets: tuple[LoggedSet, ...], counted: Sequence[Day], same: Proposal
) -> Proposal:
    """Broken form raises nothing: no heavier than its lightest set, nor than what had been planned before it, and no
    more reps than were clean."""
    broken = [one for one in counted[-1].logged if one.done.form_from is not None]
    loads = [load for load in (s.load_of(one.done) for one in broken) if load is not None]
    if len(counted) > 1:
        before = planned(s, tuple(one for one in sets if one.day < counted[-1].day), starts_today=False)
        loads += [] if before.load is None else [before.load]
    load = same.load if same.load is None else min([same.load, *loads])
    most = _most_clean(s, counted[-1], load)
    reps = same.reps if same.reps is None or most is None else max(1, min(same.reps, most))
    return replace(same, reps=reps, load=load)


def _most_clean(s: Situation, day: Day, load: float | None) -> int | None:
    """The reps that were clean at a load in a session; of a set without a named rep all of them."""
    at_load = [one.done for one in day.logged if s.load_of(one.done) == load]
    return max((counted_reps(done) for done in at_load), default=None)


def is_serious(pain: PainRule | None) -> bool:
    """Whether pain changes the load."""
    return pain is not None and pain.action is not PainAction.LOG


def care_reason(s: Situation, sets: tuple[LoggedSet, ...], days: Sequence[Day]) -> Reason | None:
    """Why the next session may not be harder than the last, but for pain that makes it lighter."""
    pain = pain_in_last(sets)
    if is_serious(pain):
        return None
    watch = watched(s, sets)
    if watch is not None:
        return watch
    broke = [one for one in days[-1].logged if one.done.form_from is not None]
    if broke:
        return form_reason(broke[-1])
    return None if pain is None else pain_reason(s, pain)
