"""What comes of the rules of plans, kind by kind of lifter; and how the effort of the ready plans divides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product
from statistics import fmean, median
from typing import Final, NamedTuple

from core.effort import EffortSplit, session_effort
from core.exercises import catalogue
from core.model import Exercise, Role
from core.program.blocks import roles
from core.program.effort_share import furthest_off, percents
from core.program.templates import EQUIPMENT, EXPERIENCE, LEAST_DAYS, MOST_DAYS, template
from core.program.values import Plan
from core.simulation.kinds import KINDS, Kind, lifter
from core.simulation.planned import DoneSet, Trained, train

PLAN_WEEKS: Final = 13
"""The twelve weeks and their deload."""

FEWEST: Final = 4
MOST: Final = 13
"""An AMRAP of so many reps measures (the table of BLOCKS: Challenge to middle Build)."""

KIND_DAYS: Final = (2, 3, 4)
"""The days a week that kinds train by turns."""

TOO_HEAVY: Final = 1.05
"""A set this much above what could be done for one rep less than asked is an overshoot."""

FROM_EXPOSURE: Final = 3
"""Distances count from this session of a lift on: the first two are for finding the loads."""

MAIN: Final = frozenset({Role.ANCHOR, Role.SECONDARY})


class KindScores(NamedTuple):
    """How the rules of plans did with a kind of lifter. Shares are of 1, None of nothing.

    `amraps` so many, `in_range` the share of 4-13 reps, `low` and `high` of fewer and of more. `missed`, `overshoot`:
    shares of the other sets. `rpe_distance`: mean distance from the target on the lifter's own scale. `deloads`: so many
    were offered. `lowered`: the most that a load fell by nothing but a learned rating bias, as a share of it.
    """

    amraps: int
    in_range: float | None
    low: float | None
    high: float | None
    median_reps: float | None
    missed: float | None
    overshoot: float | None
    rpe_distance: float | None
    deloads: int
    lowered: float


class PlanShare(NamedTuple):
    """How the effort of a ready plan divided over its weeks, in percent, and by how many points the part furthest from
    50/30/20 was off, where that is more than ten."""

    days: int
    equipment: str
    experience: str
    split: tuple[int, int, int]
    off: int | None


# Kinds -----------------------------------------------------------------------------------------------------------


def of_kinds(
    seed: int, lifters: int, kinds: Sequence[Kind] = KINDS, watch: Callable[[str], None] = lambda _: None
) -> dict[str, KindScores]:
    """The scores of so many lifters of each kind; `watch` is told which kind begins."""
    found = {}
    for kind in kinds:
        watch(kind.name)
        found[kind.name] = kind_scores([_kind_trained(kind, seed, number) for number in range(lifters)])
    return found


def _kind_trained(kind: Kind, seed: int, number: int) -> Trained:
    """A lifter's weeks by a ready plan for the gym, of its main lifts alone: no other has an AMRAP."""
    days = KIND_DAYS[number % len(KIND_DAYS)]
    plan = main_lifts(template(days, "gym", "some" if kind.claim != 0 else "new"))
    return train(lifter(kind, seed, number, lifts_of(plan)), plan, PLAN_WEEKS, f"{seed}/{number}")


def main_lifts(plan: Plan) -> Plan:
    """The plan with nothing but its anchors and secondary lifts."""
    names = {one.id: one for one in lifts_of(plan)}
    sessions = (
        replace(
            one,
            lifts=tuple(
                lift for lift, role in zip(one.lifts, roles(one, names), strict=True) if role in MAIN
            ),
        )
        for one in plan.sessions
    )
    return replace(plan, sessions=tuple(sessions))


def lifts_of(plan: Plan) -> list[Exercise]:
    """The exercises of a plan."""
    ids = {lift.exercise for session in plan.sessions for lift in session.lifts}
    return [one for one in catalogue() if one.id in ids]


def kind_scores(courses: Sequence[Trained]) -> KindScores:
    """The scores over all sets of all lifters of a kind."""
    sets = [one for course in courses for one in course.sets]
    amraps = [one.outcome.reps for one in sets if one.amrap]
    asked = [one for one in sets if not one.amrap]
    settled = [one for one in asked if one.exposure >= FROM_EXPOSURE and not one.place.deload]
    return KindScores(
        amraps=len(amraps),
        in_range=_mean(FEWEST <= reps <= MOST for reps in amraps),
        low=_mean(reps < FEWEST for reps in amraps),
        high=_mean(reps > MOST for reps in amraps),
        median_reps=median(amraps) if amraps else None,
        missed=_mean(one.outcome.reps < one.reps for one in asked),
        overshoot=_mean(one.load_kg > TOO_HEAVY * one.outcome.limit_kg for one in asked),
        rpe_distance=_mean(abs(one.outcome.felt - one.rpe) for one in settled),
        deloads=sum(len(course.offers) for course in courses),
        lowered=max((course.lowered for course in courses), default=0.0),
    )


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return fmean(listed) if listed else None


# Ready plans -----------------------------------------------------------------------------------------------------

READY: Final = tuple(product(range(LEAST_DAYS, MOST_DAYS + 1), EQUIPMENT, EXPERIENCE))
"""All ready plans: days, equipment, experience."""

_HONEST: Final = Kind("honest", rater="half", rating_error=0.0, claim=0.92, constant=True)
"""Who trains by them: a typical rater, for the share is of what is said."""


def of_plans(
    seed: int,
    ready: Iterable[tuple[int, str, str]] = READY,
    weeks: int = PLAN_WEEKS,
    watch: Callable[[str], None] = lambda _: None,
) -> list[PlanShare]:
    """How the effort of ready plans divides when somebody trains by them; their deload does not count."""
    found = []
    for days, equipment, experience in ready:
        watch(f"{days} {equipment}")
        plan = template(days, equipment, experience)
        came = train(lifter(_HONEST, seed, 0, lifts_of(plan)), plan, weeks, f"{seed}/0")
        split = effort_of(came.sets)
        off = furthest_off(split)
        points = None if off is None else off.points
        found.append(PlanShare(days, equipment, experience, percents(split), points))
    return found


def effort_of(sets: Iterable[DoneSet]) -> EffortSplit:
    """How the effort of sets divides among their roles; ValueError where there was none."""
    split = session_effort((one.place.role, one.said) for one in sets if not one.place.deload)
    if split is None:
        raise ValueError("no effort")
    return split
