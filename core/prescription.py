"""The first work set of a session, from the sessions before it: care, layoff and progression in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.autoregulation import Proposal
from core.care import PainAction, PainRule
from core.limits import easy_ceiling, form_reason, pain_ceiling, pain_in_last, pain_reason, under, watched
from core.model import LoggedSet, Reason
from core.progression import after_layoff, from_stated_max, layoff, progressed, ramp_start, repeated
from core.sessions import Day, read_days
from core.situation import Situation


def planned(s: Situation, sets: tuple[LoggedSet, ...], starts_today: bool) -> Proposal:
    """The first work set of a session that follows these sets; of today's, if it starts today."""
    return _cared_for(s, sets, _base(s, sets, starts_today))


def planned_today(s: Situation) -> Proposal:
    """The first work set of today, made lighter on a bad day."""
    plan = _base(s, s.history, starts_today=True)
    if s.easy:
        plan = under(s, plan, easy_ceiling(s, (), plan.load))
    return _cared_for(s, s.history, plan)


def _base(s: Situation, sets: tuple[LoggedSet, ...], starts_today: bool) -> Proposal:
    days = read_days(s, sets)
    counted = [day for day in days if day.day not in s.easy_days]
    while counted and not counted[-1].runs:
        counted.pop()
    return _follow(s, sets, days, counted, starts_today) if counted else _first_ever(s)


def _cared_for(s: Situation, sets: tuple[LoggedSet, ...], plan: Proposal) -> Proposal:
    """The plan, lower where the last session hurt."""
    pain = pain_in_last(sets)
    return under(s, plan, pain_ceiling(s, pain)) if pain is not None and is_serious(pain) else plan


def _first_ever(s: Situation) -> Proposal:
    stated = from_stated_max(s)
    return ramp_start(s) if stated is None else stated


def _follow(
    s: Situation, sets: tuple[LoggedSet, ...], days: Sequence[Day], counted: Sequence[Day], starts_today: bool
) -> Proposal:
    """What follows the last session: no more than it after pain, broken form or a layoff, else progression."""
    away = layoff((s.today - days[-1].day).days) if starts_today else None
    careful = care_reason(s, sets, days)
    if away is not None:
        plan = after_layoff(s, counted[-1], away)
        return plan if careful is None else replace(plan, reasons=(careful, *plan.reasons))
    if careful is not None:
        return repeated(s, counted[-1], careful)
    if is_serious(pain_in_last(sets)):
        return repeated(s, counted[-1])
    return progressed(s, counted[-1], counted[:-1])


def is_serious(pain: PainRule | None) -> bool:
    """Whether pain changes the load."""
    return pain is not None and pain.action is not PainAction.LOG


def care_reason(s: Situation, sets: tuple[LoggedSet, ...], days: Sequence[Day]) -> Reason | None:
    """Why the next session may not be harder than the last, but for pain that makes it lighter."""
    pain = pain_in_last(sets)
    if pain is not None:
        return pain_reason(pain) if pain.action is PainAction.LOG else None
    watch = watched(s, sets)
    if watch is not None:
        return watch
    broke = [one for one in days[-1].logged if one.done.form_from is not None]
    return form_reason(broke[-1]) if broke else None
