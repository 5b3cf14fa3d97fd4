"""Ready plans for two to six days: sound for most, and a text to change from there.

The lifts are picked by equipment, their sets by the week's volume: 10 to 20 hard sets for a large muscle (EQUAL), fewer
for somebody new. All of it is our own choice within what `training.md` says.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import Final

from core.exercises import Catalogue, catalogue
from core.model import Exercise, Role
from core.program.blocks import roles
from core.program.template_shares import near_the_share
from core.program.template_tables import (
    EQUIPMENT,
    EXPERIENCE,
    LEAST_DAYS,
    MOST_DAYS,
    MOST_LIFTS,
    NOT_FOR_NEW,
    SKELETONS,
    TURNS_FOR_NEW,
    Skeleton,
    lifts,
)
from core.program.values import Plan, PlannedLift, PlannedSession, Schedule
from core.program.volume import DIRECT, INDIRECT

__all__ = [
    "EQUIPMENT",
    "EXPERIENCE",
    "LARGE",
    "LEAST_DAYS",
    "MOST_DAYS",
    "MOST_LIFTS",
    "band",
    "template",
    "weekly_sets",
]

LARGE: Final = ("chest", "lats", "upper-back", "quads", "hamstrings", "glutes")
"""Muscles whose weekly sets a ready plan keeps in the band (own choice)."""

_BANDS: Final = {"new": (6.0, 12.0), "some": (10.0, 20.0), "experienced": (10.0, 20.0)}
"""Weekly hard sets of a large muscle: the usual band (EQUAL), and less for somebody new (own choice)."""

_SETS: Final = {"new": (2, 2), "some": (3, 2), "experienced": (3, 3)}
"""Sets of a compound and of an isolation lift to begin with (own choice); the week's volume then settles them."""

MOST_SETS: Final = 5
LEAST_SETS: Final = 2
"""Sets of a lift in a ready plan (own choice)."""

_RANK: Final = {Role.ANCHOR: 0, Role.SECONDARY: 1, Role.ACCESSORY: 2, Role.ISOLATION: 3}
_ANCHORS: Final = 2
"""The first lifts of a session, on which it is built."""


def band(experience: str) -> tuple[float, float]:
    """The least and the most hard sets a week that a ready plan gives a large muscle."""
    return _BANDS[experience]


@cache
def template(days: int, equipment: str, experience: str) -> Plan:
    """A plan for 2 to 6 days a week, one of `EQUIPMENT` and one of `EXPERIENCE`; a ValueError for anything else."""
    if not LEAST_DAYS <= days <= MOST_DAYS or equipment not in EQUIPMENT or experience not in EXPERIENCE:
        raise ValueError(f"no ready plan for {days} days, {equipment}, {experience}")
    new = experience == "new"
    skeleton = TURNS_FOR_NEW if new and days == TURNS_FOR_NEW_DAYS else SKELETONS[days]
    sessions = _chosen(skeleton, lifts(equipment, new=new), new=new)
    weekdays, named = skeleton
    a_week = len(weekdays) / len(sessions)
    sets = _settled(sessions, a_week, experience)
    plan = Plan(
        Schedule(weekdays, None, tuple(name for name, _ in named), len(named) < len(weekdays), len(weekdays)),
        tuple(
            _session(name, *pair)
            for (name, _), pair in zip(named, zip(sessions, sets, strict=True), strict=True)
        ),
    )
    return near_the_share(plan, band(experience), LARGE, {one.id: one for each in sessions for one in each})


TURNS_FOR_NEW_DAYS: Final = len(TURNS_FOR_NEW[0])


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


def _chosen(skeleton: Skeleton, for_jobs: dict[str, str], *, new: bool) -> list[list[Exercise]]:
    """The lifts of each session: the anchors first, the others by role. Jobs that nothing can do are left out."""
    names, made = catalogue(), []
    for _, listed in skeleton[1]:
        done = {job for job in for_jobs if not (new and job in NOT_FOR_NEW)}
        able = [[job for job in jobs.split("|") if job in done] for jobs in listed.split()]
        jobs = [either[0] for either in able if either]
        ids = dict.fromkeys(for_jobs[job] for job in jobs)
        found = [one for id_ in ids if (one := names.get(id_)) is not None][:MOST_LIFTS]
        found[_ANCHORS:] = sorted(found[_ANCHORS:], key=lambda one: _RANK[one.role])
        settled = roles(_session("", found, [LEAST_SETS] * len(found)), {one.id: one for one in found})
        order = sorted(range(len(found)), key=lambda k: _RANK[settled[k]])
        made.append([found[k] for k in order])
    return made


def _session(name: str, found: list[Exercise], sets: list[int]) -> PlannedSession:
    """A session; its first two lifts are starred where their kind alone would not make them its anchors."""
    planned = [PlannedLift(one.id, sets=count) for one, count in zip(found, sets, strict=True)]
    bare = PlannedSession(name, tuple(planned))
    by_kind = roles(bare, {one.id: one for one in found})
    if all((role is Role.ANCHOR) == (k < _ANCHORS) for k, role in enumerate(by_kind)):
        return bare
    starred = (replace(one, anchor=k < _ANCHORS) for k, one in enumerate(planned))
    return PlannedSession(name, tuple(starred))


# --- sets -------------------------------------------------------------------------------------------------------------


def _settled(sessions: list[list[Exercise]], a_week: float, experience: str) -> list[list[int]]:
    """The sets of each lift, so that large muscles come into their band: from the usual sets on, else from the fewest."""
    counts = _Counts(sessions, a_week, band(experience), *_SETS[experience])
    if not counts.settle():
        counts = _Counts(sessions, a_week, band(experience), LEAST_SETS, LEAST_SETS)
        counts.settle()
    return counts.sets


class _Counts:
    """The sets of all lifts of a plan, and what they come to for each muscle in a week."""

    def __init__(
        self,
        sessions: list[list[Exercise]],
        a_week: float,
        band: tuple[float, float],
        compound: int,
        isolation: int,
    ) -> None:
        """`a_week` is how often a session comes in an average week; `compound` and `isolation` sets to begin with."""
        self.sets = [[compound if one.compound else isolation for one in session] for session in sessions]
        self.low, self.high = band
        self._a_week = a_week
        self._lifts = [
            (i, j, dict(_credits(one))) for i, session in enumerate(sessions) for j, one in enumerate(session)
        ]

    def settle(self) -> bool:
        """Change sets one by one until every large muscle is in its band; False where one cannot be brought there."""
        while self._step():
            pass
        over, under = self._outside()
        return not over and not under

    def _step(self) -> bool:
        """Take a set from a muscle with too many, or give one to a muscle with too few, those furthest off first;
        False where nothing is left to do. Neither drives another muscle out of its band, so this comes to an end."""
        over, under = self._outside()
        return any(self._change(one, -1) for one in over) or any(self._change(one, 1) for one in under)

    def _week(self) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for i, j, given in self._lifts:
            for muscle, credit in given.items():
                found[muscle] += credit * self.sets[i][j] * self._a_week
        return found

    def _outside(self) -> tuple[list[str], list[str]]:
        """The muscles with too many sets and the large ones with too few, those furthest off first."""
        week = self._week()
        over = sorted((one for one in week if week[one] > self.high), key=lambda one: -week[one])
        return over, sorted((one for one in LARGE if week[one] < self.low), key=lambda one: week[one])

    def _change(self, muscle: str, step: int) -> bool:
        """Change the sets of the lift that does most for a muscle, of equals the one with the fewest to be given or
        the most to be taken from; False where no lift can."""
        week = self._week()
        able = [
            (given[muscle], -step * self.sets[i][j], -i, -j)
            for i, j, given in self._lifts
            if muscle in given and self._fits(i, j, given, step, week)
        ]
        if able:
            _, _, i, j = max(able)
            self.sets[-i][-j] += step
        return bool(able)

    def _fits(self, i: int, j: int, given: dict[str, float], step: int, week: dict[str, float]) -> bool:
        after = {one: week[one] + step * credit * self._a_week for one, credit in given.items()}
        if not LEAST_SETS <= self.sets[i][j] + step <= MOST_SETS:
            return False
        if step > 0:
            return all(sets <= self.high for sets in after.values())
        return all(sets >= self.low for one, sets in after.items() if one in LARGE)
