"""The sets of a ready plan, moved until its effort divides near 50/30/20 (BLOCKS) with the week's volume still in its band.

The share is reckoned from what the weeks ask, as if it came: in the simulator shares come within some points of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from core.effort import HARD_RIR, INTENDED_SPLIT, EffortSplit
from core.model import Exercise, Role
from core.program.blocks import CYCLE, asked, roles
from core.program.values import Plan, PlannedLift, PlannedSession

NEAR: Final = 0.08
"""So far from the intended share a part of a ready plan may lie (own choice): two points less than is shown as near."""

LEAST_LIFTS: Final = 4
LEAST_SETS: Final = 2
MOST_SETS: Final = 5
"""Lifts of a session, sets of a lift (own choice)."""

VOLUME_FIRST: Final = 0.6
"""What a set too many or too few in a week weighs beside the share: the volume comes first (own choice)."""

VARIETY: Final = 0.02
"""What a lift more in each session is worth beside the share, a small one twice that (own choice): nobody likes a plan
without curls."""

Band = tuple[float, float]


def near_the_share(plan: Plan, band: Band, large: tuple[str, ...], lifts: Mapping[str, Exercise]) -> Plan:
    """The plan, one change after another for as long as one brings it nearer: a set more or less of a lift, or one lift less
    that is no anchor."""
    cost = _cost(plan, band, large, lifts)
    while True:
        tried = [(_cost(one, band, large, lifts), at, one) for at, one in enumerate(_changed(plan, lifts))]
        least, _, best = min(tried, key=lambda each: each[:2])
        if least >= cost - 1e-9:
            return plan
        plan, cost = best, least


def planned_split(plan: Plan, lifts: Mapping[str, Exercise]) -> EffortSplit:
    """How the effort of the twelve weeks divides where every set is done as asked."""
    totals = dict.fromkeys(Role, 0.0)
    for session, often in _often(plan):
        for lift, role in zip(session.lifts, roles(session, lifts), strict=True):
            if not lifts[lift.exercise].timed:
                totals[role] += often * _effort(role, lift.sets or 0)
    whole = sum(totals.values())
    rest = totals[Role.ACCESSORY] + totals[Role.ISOLATION]
    return EffortSplit(totals[Role.ANCHOR] / whole, totals[Role.SECONDARY] / whole, rest / whole)


def off_by(split: EffortSplit) -> float:
    """How far the part furthest from its intended share is off, as a share."""
    meant = INTENDED_SPLIT
    pairs = ((split.anchor, meant.anchor), (split.secondary, meant.secondary), (split.rest, meant.rest))
    return max(abs(is_ - was) for is_, was in pairs)


@cache
def _effort(role: Role, sets: int) -> float:
    """The effort that so many sets of a lift take in an average week of the twelve (`core.effort.set_effort`)."""
    weeks = (asked(role, week, PlannedLift("", sets=sets)) for week in range(1, CYCLE + 1))
    reps = (min(of.reps_low, max(0.0, HARD_RIR + 1 - (10 - effort))) for of in weeks for effort in of.efforts)
    return sum(reps) / CYCLE


def _often(plan: Plan) -> Iterator[tuple[PlannedSession, float]]:
    order = plan.schedule.order
    for session in plan.sessions:
        yield session, plan.schedule.a_week * order.count(session.name) / len(order)


def _cost(plan: Plan, band: Band, large: tuple[str, ...], lifts: Mapping[str, Exercise]) -> float:
    low, high = band
    week: dict[str, float] = defaultdict(float)
    for session, often in _often(plan):
        for lift in session.lifts:
            one = lifts[lift.exercise]
            for muscle in one.direct:
                week[muscle] += often * (lift.sets or 0)
            for muscle in one.indirect:
                week[muscle] += often * (lift.sets or 0) / 2
    outside = sum(max(0.0, low - week[one]) for one in large)
    outside += sum(max(0.0, sets - high) for sets in week.values())
    off = max(0.0, off_by(planned_split(plan, lifts)) - NEAR)
    return VOLUME_FIRST * outside + off - VARIETY * _variety(plan, lifts) / len(plan.sessions)


def _variety(plan: Plan, lifts: Mapping[str, Exercise]) -> int:
    found = [lift for session in plan.sessions for lift in session.lifts]
    return len(found) + sum(lifts[one.exercise].role is Role.ISOLATION for one in found)


def _changed(plan: Plan, lifts: Mapping[str, Exercise]) -> Iterator[Plan]:
    for at, session in enumerate(plan.sessions):
        for made in _session_changed(session, lifts):
            yield replace(plan, sessions=(*plan.sessions[:at], made, *plan.sessions[at + 1 :]))


def _session_changed(session: PlannedSession, lifts: Mapping[str, Exercise]) -> Iterator[PlannedSession]:
    for at, (lift, role) in enumerate(zip(session.lifts, roles(session, lifts), strict=True)):
        before, after = session.lifts[:at], session.lifts[at + 1 :]
        for sets in ((lift.sets or 0) + 1, (lift.sets or 0) - 1):
            if LEAST_SETS <= sets <= MOST_SETS:
                yield replace(session, lifts=(*before, replace(lift, sets=sets), *after))
        if role is not Role.ANCHOR and len(session.lifts) > LEAST_LIFTS:
            yield replace(session, lifts=(*before, *after))
