"""Ready plans, all of them: sound by the rules of training, and of lifts that the equipment can do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import pytest

from core.effort import session_effort
from core.exercises import catalogue
from core.model import Exercise, Role, SetEntry
from core.program.blocks import ANCHOR_KINDS, asked, roles
from core.program.effort_share import furthest_off
from core.program.grammar import read_plan
from core.program.printer import written
from core.program.templates import EQUIPMENT, EXPERIENCE, template, weekly_sets
from core.program.values import Plan, PlannedSession, Style
from tests.program.plan_texts import plan as planned
from tests.rules.samples import a_set

ALL = list(product(range(2, 7), EQUIPMENT, EXPERIENCE))
LARGE = ("chest", "lats", "upper-back", "quads", "hamstrings", "glutes")
BANDS = {"new": [(4, 15), (6, 15), (6, 20)], "some": [(5, 20), (10, 20), (10, 20)]}
BANDS["experienced"] = BANDS["some"]
"""Weekly hard sets on two days, on three or four, and on more."""

AN_HOUR = 18
"""Work sets of an hour: with their warm-ups and rests three to four minutes each."""

ANYWHERE = {"bodyweight"}
SUITS = {
    "gym": {"barbell", "ez-bar", "dumbbell", "cable", "machine", "plate-machine"} | ANYWHERE,
    "dumbbells": {"dumbbell"} | ANYWHERE,
    "barbell": {"barbell", "ez-bar"} | ANYWHERE,
    "machines": {"machine", "plate-machine", "cable", "landmine"} | ANYWHERE,
    "bodyweight": ANYWHERE,
}
HEAVY_HINGES = {"deadlift", "dumbbell-deadlift", "romanian-deadlift"}
RANK = [Role.ANCHOR, Role.SECONDARY, Role.ACCESSORY, Role.ISOLATION]

each = pytest.mark.parametrize(("days", "equipment", "experience"), ALL)


def lift(exercise: str) -> Exercise:
    one = catalogue().get(exercise)
    assert one is not None, exercise
    return one


def role_row(session: PlannedSession) -> tuple[Role, ...]:
    return roles(session, {one.exercise: lift(one.exercise) for one in session.lifts})


def as_asked(made: Plan) -> Iterator[tuple[Role, SetEntry]]:
    """The sets of the twelve weeks, all done as they are asked; sessions that come by turns as often as the others."""
    for week, session in product(range(1, 13), made.sessions):
        for one, role in zip(session.lifts, role_row(session), strict=True):
            of = asked(role, week, one)
            if not lift(one.exercise).timed:
                yield from ((role, a_set(50, of.reps_low, rpe)) for rpe in of.efforts)


@each
def test_the_effort_lands_within_ten_points_of_50_30_20(days: int, equipment: str, experience: str) -> None:
    split = session_effort(as_asked(template(days, equipment, experience)))
    assert split is not None and furthest_off(split) is None, split


@each
def test_large_muscles_get_their_weekly_sets_and_none_too_many(
    days: int, equipment: str, experience: str
) -> None:
    low, high = BANDS[experience][(days > 2) + (days > 4)]
    week = weekly_sets(template(days, equipment, experience), catalogue())
    assert {muscle: week.get(muscle, 0) for muscle in LARGE if not low <= week.get(muscle, 0) <= high} == {}
    assert {muscle: sets for muscle, sets in week.items() if sets > high} == {}


@each
def test_squat_hinge_press_and_row_come_every_week(days: int, equipment: str, experience: str) -> None:
    made = template(days, equipment, experience)
    order = made.schedule.order
    turns = [
        [order[(first + k) % len(order)] for k in range(days)] for first in range(0, len(order) * days, days)
    ]
    for week in turns:
        done = [lift(one.exercise) for name in week for one in session_of(made, name).lifts]
        assert {one.pattern for one in done if one.compound} >= ANCHOR_KINDS
        overhead = {one.id for one in done if one.pattern == "press" and one.direct[0] == "front-delts"}
        assert overhead


@each
def test_every_lift_suits_the_equipment_and_stands_once_a_session(
    days: int, equipment: str, experience: str
) -> None:
    for session in template(days, equipment, experience).sessions:
        ids = [one.exercise for one in session.lifts]
        assert len(ids) == len(set(ids))
        assert {id_: lift(id_).equipment for id_ in ids if lift(id_).equipment not in SUITS[equipment]} == {}


@each
def test_sessions_end_within_an_hour_and_have_all_their_sets_said(
    days: int, equipment: str, experience: str
) -> None:
    made = template(days, equipment, experience)
    assert made.schedule.a_week == len(made.schedule.days) == days
    assert made.style is Style.BLOCKS
    for session in made.sessions:
        assert 4 <= len(session.lifts) <= 7
        assert all(one.sets is not None and 2 <= one.sets <= 5 for one in session.lifts)
        assert 8 <= sum(one.sets or 0 for one in session.lifts) <= AN_HOUR


@each
def test_two_anchors_come_first_and_the_other_roles_in_order(
    days: int, equipment: str, experience: str
) -> None:
    for session in template(days, equipment, experience).sessions:
        row = role_row(session)
        assert row[:3].count(Role.ANCHOR) == 2
        assert list(row) == sorted(row, key=RANK.index)
        sets = [one.sets or 0 for one in session.lifts]
        assert min(sets[:2]) >= max(sets[2:])
        starred = [one for one in session.lifts if one.anchor]
        kinds = {lift(one.exercise).pattern for one in session.lifts[:2]}
        assert starred == list(session.lifts[:2]) or kinds <= ANCHOR_KINDS


def session_of(made: Plan, name: str) -> PlannedSession:
    found = made.session(name)
    assert found is not None, name
    return found


def full_anchors(session: PlannedSession) -> set[str]:
    return {
        one.exercise
        for one, role in zip(session.lifts, role_row(session), strict=True)
        if role is Role.ANCHOR and (one.sets or 0) >= 3
    }


@each
def test_no_squat_beside_a_day_of_heavy_hinges(days: int, equipment: str, experience: str) -> None:
    made = template(days, equipment, experience)
    order = made.schedule.order
    turns = 2 if made.schedule.rotates else 1
    row = [(week * 7 + day) for week in range(turns + 1) for day in made.schedule.days]
    sessions = [made.session(order[k % len(order)]) for k in range(len(row))]
    for (day, one), (after, other) in pairwise(zip(row, sessions, strict=True)):
        assert one is not None and other is not None
        if after - day > 1:
            continue
        for first, second in ((one, other), (other, one)):
            squats = {id_ for id_ in full_anchors(first) if lift(id_).pattern == "squat"}
            assert not squats or not full_anchors(second) & HEAVY_HINGES


@each
def test_the_text_of_a_ready_plan_is_that_plan(days: int, equipment: str, experience: str) -> None:
    made = template(days, equipment, experience)
    assert read_plan(written(made, catalogue()), catalogue()) == made


@pytest.mark.parametrize(
    "asked", [(1, "gym", "new"), (7, "gym", "new"), (3, "kettlebells", "new"), (3, "gym", "old")]
)
def test_there_is_no_ready_plan_for_anything_else(asked: tuple[int, str, str]) -> None:
    with pytest.raises(ValueError, match="no ready plan"):
        template(*asked)


def test_the_week_counts_direct_sets_in_full_and_indirect_ones_by_half() -> None:
    made: Plan = planned("Mon Wed Fri, A B alternating\nA: bench 4\nB: dips 2, squat")
    week = weekly_sets(made, catalogue())
    assert week["chest"] == 1.5 * (4 + 2)
    assert week["triceps"] == 1.5 * (4 / 2 + 2)
    assert week["quads"] == 0
