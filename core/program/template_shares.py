"""The sets of a ready plan, moved until its effort divides near 50/30/20 (BLOCKS), the week's volume lies in its band and no
session is too long.

The share is reckoned from what the weeks ask, as if it came: in the simulator shares come within some points of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple

from core.effort import HARD_RIR, INTENDED_SPLIT, EffortSplit
from core.model import Exercise, Role
from core.program.blocks import CYCLE, asked, roles
from core.program.values import Plan, PlannedLift, PlannedSession
from core.program.volume import DIRECT, INDIRECT

LEAST_LIFTS: Final = 5
"""A session keeps so many lifts where it has them (own choice)."""

LEAST_SETS: Final = 2
MOST_SETS: Final = 5
MOST_MORE: Final = 1
"""Sets of a lift, and how many more than usual for its role (own choice)."""

LONGEST: Final = 18
"""Work sets of a session at most (own choice): with their rests about an hour."""

AIM: Final = EffortSplit(0.48, 0.29, 0.23)
"""What the sets are settled for (own choice): in the simulator accessories and isolation come some points under what is asked,
for their loads go up only when all reps are made, and light ones in coarse steps."""

VOLUME: Final = 3.0
LENGTH: Final = 3.0
SHARE: Final = 15.0
UNUSUAL: Final = 0.02
VARIETY: Final = 0.12
"""What is paid for a weekly set outside the band, for a set too many in a session, for the square of a part's distance from
its share, for the square of a lift's distance from its usual sets, and what a lift more is worth (own choice, by trying all
ready plans: volume and length first, then the share, and nobody likes a plan without curls)."""

_CAN_GO: Final = frozenset({Role.ACCESSORY, Role.ISOLATION})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sets are settled by: the fewest weekly sets of the `large` muscles, the most of any, and the usual sets of a
    lift of each role."""

    low: float
    high: float
    large: tuple[str, ...]
    usual: Mapping[Role, int]


def settled(plan: Plan, wanted: Wanted, lifts: Mapping[str, Exercise]) -> Plan:
    """The plan, one change after another for as long as one brings it nearer to what is wanted: a set more or less of a lift
    or of two in a session, or one accessory or isolation lift less."""
    search = _Search(plan, wanted, lifts)
    while search.step():
        pass
    return search.plan


def planned_split(plan: Plan, lifts: Mapping[str, Exercise]) -> EffortSplit:
    """How the effort of the twelve weeks divides where every set is done as asked."""
    return _split([(often, _summed(session, lifts)) for session, often in _often(plan)])


def off_by(split: EffortSplit) -> float:
    """How far the part furthest from its intended share is off, as a share."""
    return max(abs(one) for one in _differences(split, INTENDED_SPLIT))


def _differences(split: EffortSplit, meant: EffortSplit) -> tuple[float, float, float]:
    return split.anchor - meant.anchor, split.secondary - meant.secondary, split.rest - meant.rest


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


# Sums ------------------------------------------------------------------------------------------------------------


class _Sums(NamedTuple):
    """A session once: effort by role, sets by muscle, sets, and sets by lift with their roles."""

    effort: Mapping[Role, float]
    muscles: Mapping[str, float]
    sets: int
    by_role: tuple[tuple[Role, int], ...]


def _summed(session: PlannedSession, lifts: Mapping[str, Exercise]) -> _Sums:
    effort, muscles = dict.fromkeys(Role, 0.0), defaultdict[str, float](float)
    by_role = []
    for lift, role in zip(session.lifts, roles(session, lifts), strict=True):
        one, sets = lifts[lift.exercise], lift.sets or 0
        by_role.append((role, sets))
        effort[role] += 0.0 if one.timed else _effort(role, sets)
        for muscle in one.direct:
            muscles[muscle] += DIRECT * sets
        for muscle in one.indirect:
            muscles[muscle] += INDIRECT * sets
    return _Sums(effort, muscles, sum(sets for _, sets in by_role), tuple(by_role))


def _split(week: list[tuple[float, _Sums]]) -> EffortSplit:
    totals = {role: sum(often * one.effort[role] for often, one in week) for role in Role}
    whole = sum(totals.values())
    rest = totals[Role.ACCESSORY] + totals[Role.ISOLATION]
    return EffortSplit(totals[Role.ANCHOR] / whole, totals[Role.SECONDARY] / whole, rest / whole)


# Search ----------------------------------------------------------------------------------------------------------


class _Search:
    """A plan on its way to what is wanted. Sessions are summed once each: most changes leave the others alone."""

    def __init__(self, plan: Plan, wanted: Wanted, lifts: Mapping[str, Exercise]) -> None:
        self.plan = plan
        self._wanted, self._lifts = wanted, lifts
        self._sums: dict[PlannedSession, _Sums] = {}
        self._cost = self._of(plan)

    def step(self) -> bool:
        """The best change, taken if it brings the plan nearer; False where none does."""
        tried = [(self._of(one), at, one) for at, one in enumerate(self._changed())]
        least, _, best = min(tried, key=lambda each: each[:2])
        if least >= self._cost - 1e-9:
            return False
        self.plan, self._cost = best, least
        return True

    def _summed(self, session: PlannedSession) -> _Sums:
        found = self._sums.get(session)
        if found is None:
            found = self._sums[session] = _summed(session, self._lifts)
        return found

    def _of(self, plan: Plan) -> float:
        """What is paid for a plan: the less, the nearer."""
        week = [(often, self._summed(session)) for session, often in _often(plan)]
        share = sum(part**2 for part in _differences(_split(week), AIM))
        long = sum(max(0, one.sets - LONGEST) for _, one in week)
        small = sum(self._small(one) for _, one in week) / len(week)
        return VOLUME * self._outside(week) + LENGTH * long + SHARE * share + small

    def _outside(self, week: list[tuple[float, _Sums]]) -> float:
        """The weekly sets outside the band: too few of the large muscles, too many of any."""
        muscles: dict[str, float] = defaultdict(float)
        for often, one in week:
            for muscle, sets in one.muscles.items():
                muscles[muscle] += often * sets
        few = sum(max(0.0, self._wanted.low - muscles[one]) for one in self._wanted.large)
        return few + sum(max(0.0, sets - self._wanted.high) for sets in muscles.values())

    def _small(self, one: _Sums) -> float:
        unusual = sum((sets - self._wanted.usual[role]) ** 2 for role, sets in one.by_role)
        return UNUSUAL * unusual - VARIETY * len(one.by_role)

    def _changed(self) -> Iterator[Plan]:
        sessions = self.plan.sessions
        for at, session in enumerate(sessions):
            for made in self._session_changed(session):
                yield replace(self.plan, sessions=(*sessions[:at], made, *sessions[at + 1 :]))

    def _session_changed(self, session: PlannedSession) -> Iterator[PlannedSession]:
        row = self._summed(session).by_role
        for by in self._steps(row):
            after = [(role, sets + by.get(at, 0)) for at, (role, sets) in enumerate(row)]
            if _anchors_lead(after):
                new = (replace(one, sets=sets) for one, (_, sets) in zip(session.lifts, after, strict=True))
                yield replace(session, lifts=tuple(new))
        if len(row) > LEAST_LIFTS:
            for at in reversed([at for at, (role, _) in enumerate(row) if role in _CAN_GO]):
                yield replace(session, lifts=(*session.lifts[:at], *session.lifts[at + 1 :]))

    def _steps(self, row: tuple[tuple[Role, int], ...]) -> Iterator[Mapping[int, int]]:
        """By how many sets which lifts of a session can change: one of them by one, or two of them."""
        usual = self._wanted.usual
        able = [
            (at, step)
            for at, (role, sets) in enumerate(row)
            for step in (1, -1)
            if LEAST_SETS <= sets + step <= min(MOST_SETS, usual[role] + MOST_MORE)
        ]
        yield from ({at: step} for at, step in able)
        yield from (dict(pair) for pair in combinations(able, 2) if pair[0][0] != pair[1][0])


def _anchors_lead(row: list[tuple[Role, int]]) -> bool:
    """Whether no lift has more sets than an anchor of its session."""
    fewest = min((sets for role, sets in row if role is Role.ANCHOR), default=0)
    return all(role is Role.ANCHOR or sets <= fewest for role, sets in row)
