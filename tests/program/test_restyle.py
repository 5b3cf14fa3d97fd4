"""A plan in another style: as many sets as match the volume, and the first loads and reps there."""

from __future__ import annotations

import pytest

from core.exercises import catalogue
from core.program.grammar import read_plan
from core.program.restyle import Ended, restyled
from core.program.style_change import load_ratio
from core.program.values import Plan, Style


def a_plan(text: str) -> Plan:
    found = read_plan(text, catalogue())
    assert isinstance(found, Plan)
    return found


def to_failure(*reps: int) -> list[Ended]:
    return [Ended(one, one) for one in reps]


def in_reserve(left: float, *reps: int) -> list[Ended]:
    return [Ended(one, one + left) for one in reps]


def sets_of(plan: Plan) -> dict[str, int | None]:
    return {lift.exercise: lift.sets for each in plan.sessions for lift in each.lifts}


FAILING = "Mon Thu, A\nstyle failure\nA: leg press 3, curl 2"
WEEKS = "Mon Thu, A\nA: leg press 3x10 @8, curl 2, leg curl hit"


def test_sets_to_failure_become_as_many_reps_short_of_it() -> None:
    found = restyled(
        a_plan(FAILING), Style.RESERVE, {"leg-press": to_failure(10, 8, 7), "biceps-curl": to_failure(10, 8)}
    )
    assert found.plan.style is Style.RESERVE
    assert sets_of(found.plan) == {"leg-press": 3, "biceps-curl": 3}  # 25 reps: 3 x 8; 18 reps: 3 x 6
    assert {one: twin.reps for one, twin in found.twins.items()} == {
        "leg-press": (8, 8, 8),
        "biceps-curl": (6, 6, 6),
    }


def test_one_set_to_failure_becomes_one_that_is_not_matched() -> None:
    found = restyled(a_plan("Mon, A\nstyle hit\nA: leg press"), Style.RESERVE, {"leg-press": to_failure(10)})
    assert sets_of(found.plan) == {"leg-press": 1}
    assert not found.twins["leg-press"].matched


def test_sets_in_reserve_become_as_many_reps_to_failure() -> None:
    plan = a_plan("Mon, A\nstyle reserve\nA: leg press 3")
    found = restyled(plan, Style.FAILURE, {"leg-press": in_reserve(2, 8, 8, 8)})
    assert found.twins["leg-press"].reps == (10, 8, 7)
    assert sets_of(found.plan) == {"leg-press": 3}


def test_light_sets_are_matched_at_the_heavier_load_that_failure_takes() -> None:
    found = restyled(a_plan(WEEKS), Style.FAILURE, {"leg-press": in_reserve(4, 15, 15, 15)})
    twin = found.twins["leg-press"]  # 15% heavier: 45 reps there are 39 here
    assert twin.matched_to == pytest.approx(45 / 1.15)
    assert twin.reps == (12, 11, 9, 8)


def test_what_was_not_logged_keeps_its_sets() -> None:
    assert sets_of(restyled(a_plan(FAILING), Style.RESERVE, {}).plan) == {"leg-press": 3, "biceps-curl": 2}


def test_between_two_styles_short_of_failure_nothing_is_matched() -> None:
    found = restyled(a_plan(WEEKS), Style.RESERVE, {"leg-press": in_reserve(3, 10, 10, 10)})
    assert not found.twins
    assert sets_of(found.plan)["leg-press"] == 3


def test_hit_names_no_sets_and_the_weeks_take_theirs_again() -> None:
    weeks = a_plan(WEEKS)
    hit = restyled(weeks, Style.HIT, {}).plan
    assert sets_of(hit) == {"leg-press": None, "biceps-curl": None, "leg-curl": None}
    assert restyled(hit, Style.BLOCKS, {}, earlier=weeks).plan == weeks


def test_a_lift_with_a_style_of_its_own_keeps_it() -> None:
    found = restyled(a_plan(WEEKS), Style.FAILURE, {"leg-curl": to_failure(10)})
    lift = found.plan.sessions[0].lifts[2]
    assert (lift.style, lift.sets) == (Style.HIT, None)


@pytest.mark.parametrize(
    ("n", "ratio"),
    [
        (10, 1.0),  # in the range: the same load
        (8, 1.0),
        (12, 1.0),
        (14, (1 + 14 / 30) / (1 + 12 / 30)),
        (20, 1.15),  # sets far from failure say little of it
        (5, (1 + 5 / 30) / (1 + 8 / 30)),
    ],
)
def test_another_style_begins_with_the_load_that_gives_its_reps(n: float, ratio: float) -> None:
    assert load_ratio(n, 8, 12) == pytest.approx(ratio)
