"""Ready plans for two to six days: sound for most, and a text to change from there.

The lifts are picked by equipment, their sets by the week's volume (10 to 20 hard sets for a large muscle, EQUAL; fewer for
somebody new), by how the effort divides and by how long a session is. All of it is our own choice within what `training.md`
says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from core.exercises import Catalogue, catalogue
from core.model import Exercise, Role
from core.program.blocks import roles
from core.program.template_shares import Wanted, settled
from core.program.template_tables import (
    EQUIPMENT,
    EXPERIENCE,
    LEAST_DAYS,
    MOST_DAYS,
    lifts,
    skeleton,
)
from core.program.values import Plan, PlannedLift, PlannedSession, Schedule
from core.program.volume import DIRECT, GROWS_FROM, INDIRECT, STRENGTH_FLAT, USUAL_BAND

__all__ = [
    "EQUIPMENT",
    "EXPERIENCE",
    "LARGE",
    "LEAST_DAYS",
    "MOST_DAYS",
    "band",
    "template",
    "weekly_sets",
]

LARGE: Final = ("chest", "lats", "upper-back", "quads", "hamstrings", "glutes")
"""Muscles whose weekly sets a ready plan keeps in the band (own choice)."""

_BANDS: Final = {
    "new": ((GROWS_FROM, 15.0), (6.0, 15.0), (6.0, USUAL_BAND[1])),
    "some": ((STRENGTH_FLAT, USUAL_BAND[1]), USUAL_BAND, USUAL_BAND),
    "experienced": ((STRENGTH_FLAT, USUAL_BAND[1]), USUAL_BAND, USUAL_BAND),
}
"""Weekly hard sets of a large muscle on two days a week, on three or four, and on more: the usual band (EQUAL), and less for
somebody new; two days have room for what growth or strength needs at least (own choice)."""

_SETS: Final = {
    "new": ((3, 2, 2, 2), (3, 2, 2, 2), (3, 2, 2, 2)),
    "some": ((4, 3, 2, 2), (4, 3, 2, 2), (3, 3, 2, 2)),
    "experienced": ((5, 3, 2, 2), (5, 3, 2, 2), (4, 3, 2, 2)),
}
"""Usual sets of an anchor, a secondary lift, an accessory and an isolation lift, on as many days (own choice)."""

_MANY_DAYS: Final = 5

_RANK: Final = {role: at for at, role in enumerate(Role)}
_ANCHORS: Final = 2
"""The first lifts of a session, on which it is built."""


def band(days: int, experience: str) -> tuple[float, float]:
    """The least and the most hard sets a week that a ready plan for so many days gives a large muscle."""
    return _BANDS[experience][_column(days)]


def _column(days: int) -> int:
    """The place of so many days in the tables above."""
    return (days > LEAST_DAYS) + (days >= _MANY_DAYS)


@cache
def template(days: int, equipment: str, experience: str) -> Plan:
    """A plan for 2 to 6 days a week, one of `EQUIPMENT` and one of `EXPERIENCE`; a ValueError for anything else."""
    if not LEAST_DAYS <= days <= MOST_DAYS or equipment not in EQUIPMENT or experience not in EXPERIENCE:
        raise ValueError(f"no ready plan for {days} days, {equipment}, {experience}")
    new = experience == "new"
    weekdays, listed = skeleton(days, equipment, new=new)
    known = {one.id: one for one in catalogue()}
    usual = dict(zip(Role, _SETS[experience][_column(days)], strict=True))
    able = lifts(equipment, new=new)
    sessions = tuple(_session(name, _chosen(jobs, able), usual, known) for name, jobs in listed)
    order = tuple(one.name for one in sessions)
    plan = Plan(Schedule(weekdays, None, order, len(order) < days, days), sessions)
    return settled(plan, Wanted(*band(days, experience), LARGE, usual), known)


def weekly_sets(plan: Plan, names: Catalogue) -> dict[str, float]:
    """The sets that a plan gives each muscle in an average week, direct ones in full and indirect ones by half.

    A lift without a number of sets counts none: its role settles them, week by week.
    """
    found: dict[str, float] = defaultdict(float)
    order = plan.schedule.order
    for session in plan.sessions:
        often = plan.schedule.a_week * order.count(session.name) / len(order) if order else 0.0
        for lift in session.lifts:
            one = names.get(lift.exercise)
            for muscle, credit in _credits(one) if one is not None else ():
                found[muscle] += often * credit * (lift.sets or 0)
    return dict(found)


def _credits(one: Exercise) -> list[tuple[str, float]]:
    return [(muscle, DIRECT) for muscle in one.direct] + [(muscle, INDIRECT) for muscle in one.indirect]


# --- lifts ------------------------------------------------------------------------------------------------------------


def _chosen(jobs: str, able: Mapping[str, str]) -> list[str]:
    """The lifts of a session, its anchors first. Jobs that nothing can do are left out, and no lift stands twice."""
    either = ([job for job in one.split("|") if job in able] for one in jobs.split())
    return list(dict.fromkeys(able[one[0]] for one in either if one))


def _session(
    name: str, ids: list[str], usual: Mapping[Role, int], known: Mapping[str, Exercise]
) -> PlannedSession:
    """A session, its lifts in the order of their roles; the first two are starred where their kind alone would not make them
    its anchors."""
    bare = PlannedSession(name, tuple(PlannedLift(one) for one in ids))
    by_kind = roles(bare, known)
    if any((role is Role.ANCHOR) != (at < _ANCHORS) for at, role in enumerate(by_kind)):
        bare = replace(
            bare, lifts=tuple(replace(one, anchor=at < _ANCHORS) for at, one in enumerate(bare.lifts))
        )
    row = roles(bare, known)
    order = sorted(range(len(ids)), key=lambda at: _RANK[row[at]])
    return replace(bare, lifts=tuple(replace(bare.lifts[at], sets=usual[row[at]]) for at in order))
