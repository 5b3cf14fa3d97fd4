"""The twelve weeks as they are asked: week by week, role by role, and who leads a session."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.effort import Block
from core.exercises import catalogue
from core.model import Exercise, Role
from core.program.blocks import asked, block_of, deload, efforts, ends_block, first_week, roles, week_of
from core.program.values import PlannedLift, PlannedSession

EXERCISES = {one.id: one for one in catalogue()}

WEEKS = """
1   foundation 15 6
2   foundation 14 6.5
3   foundation 13 7
4   foundation 12 7
5   build      12 7
6   build      10 7.5
7   build       9 8
8   build       8 8
9   challenge  10 8
10  challenge   8 8.5
11  challenge   7 9
12  challenge   6 9
""".strip().splitlines()


@pytest.mark.parametrize("row", WEEKS)
def test_each_week_has_its_block_its_reps_and_its_effort(row: str) -> None:
    week, block, reps, rpe = row.split()
    assert (block_of(int(week)), week_of(int(week))) == (Block(block), (int(reps), float(rpe)))


@pytest.mark.parametrize("week", [-1, 0, 13])
def test_there_are_no_other_weeks(week: int) -> None:
    for rule in (block_of, week_of):
        with pytest.raises(ValueError, match="no week"):
            rule(week)


def test_blocks_end_every_fourth_week_and_experienced_lifters_start_at_the_third() -> None:
    assert [week for week in range(1, 13) if ends_block(week)] == [4, 8, 12]
    assert (first_week(experienced=False), first_week(experienced=True)) == (1, 3)


# role, week: sets, fewest and most reps, RPE of each set, cap and cap of the last, rest, rest before an AMRAP
ASKED = """
anchor    1  15-15  6 6 6       8.5 9    180 240
anchor    2  14-14  6 6 6.5     8.5 9    180 240
anchor    4  12-12  6 6.5 7     8.5 9    180 240
anchor    6  10-10  6.5 7 7.5   8.5 9    180 240
anchor    8  8-8    7 7.5 8     8.5 9    180 240
anchor    9  10-10  7 7.5 8     8.5 9    180 240
anchor    10 8-8    7.5 8 8.5   8.5 9    180 240
anchor    12 6-6    8 8.5 9     8.5 9    180 240
secondary 1  15-15  6 6 6       8 8      150 150
secondary 3  13-13  6 6 6.5     8 8      150 150
secondary 8  8-8    6.5 7 7.5   8 8      150 150
secondary 10 8-8    7 7.5 8     8 8      150 150
secondary 12 6-6    7 7.5 8     8 8      150 150
accessory 1  12-15  6 6 7       10 10    90 90
accessory 6  10-15  7 7 7       10 10    90 90
accessory 12 8-12   7 7 8       10 10    90 90
isolation 4  12-15  6 7         10 10    75 75
isolation 8  10-15  7 9         10 10    75 75
isolation 9  10-15  9 10        10 10    75 75
""".strip().splitlines()


@pytest.mark.parametrize("row", ASKED)
def test_each_role_is_asked_for_its_own(row: str) -> None:
    role, week, reps, *numbers = row.split()
    *rpes, cap, last_cap, rest, before = map(float, numbers)
    found = asked(Role(role), int(week))
    assert f"{found.reps_low}-{found.reps_high}" == reps
    assert (found.efforts, found.sets) == (tuple(rpes), len(rpes))
    assert (found.cap_of(1), found.cap_of(found.sets)) == (cap, last_cap)
    assert (found.rest_s, found.rest_before_amrap_s) == (rest, before)


def test_what_the_plan_says_stands_before_the_week_and_the_caps() -> None:
    found = asked(Role.ANCHOR, 12, PlannedLift("squat", sets=4, reps=(3, 5), rpe=9.5, rest_s=300))
    assert (found.sets, found.reps_low, found.reps_high, found.rest_s) == (4, 3, 5, 300)
    assert list(found.efforts) == [8, 8.5, 9, 9.5]
    assert found.rest_before_amrap_s == 300
    assert asked(Role.ISOLATION, 12, PlannedLift("curl", sets=3, rpe=8)).efforts == (8, 8, 8)


@pytest.mark.parametrize(
    ("last", "sets", "each"),
    [
        (9, 5, (7, 7.5, 8, 8.5, 9)),
        (7, 4, (6, 6, 6.5, 7)),
        (6, 2, (6, 6)),
        (5, 2, (5, 5)),
        (8, 1, (8,)),
    ],
)
def test_earlier_sets_are_half_a_point_easier_each_but_not_under_six(
    last: float, sets: int, each: tuple[float, ...]
) -> None:
    assert efforts(last, sets) == each


@pytest.mark.parametrize(("sets", "left"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_a_deload_has_half_the_sets_rounded_up_the_same_reps_and_rpe_6(sets: int, left: int) -> None:
    week = asked(Role.ANCHOR, 12, PlannedLift("squat", sets=sets))
    easy = deload(week)
    assert easy.efforts == (6.0,) * left
    assert (easy.reps_low, easy.reps_high) == (6, 6)


@given(
    st.sampled_from(list(Role)),
    st.integers(1, 12),
    st.none() | st.integers(1, 10),
    st.none() | st.integers(2, 20).map(lambda half: half / 2),
)
def test_effort_only_rises_through_a_lift_and_a_deload_is_never_harder(
    role: Role, week: int, sets: int | None, rpe: float | None
) -> None:
    found = asked(role, week, PlannedLift("squat", sets=sets, rpe=rpe))
    assert list(found.efforts) == sorted(found.efforts)
    assert found.efforts[-1] == rpe or rpe is None
    easy = deload(found)
    assert easy.sets <= found.sets
    assert all(now <= then for now, then in zip(easy.efforts, found.efforts, strict=False))


# Who leads -------------------------------------------------------------------------------------------------------

LEADING = """
squat bench-press barbell-row biceps-curl                          | anchor anchor secondary isolation
deadlift overhead-press pull-up lateral-raise                      | anchor anchor secondary isolation
*squat bench-press barbell-row                                     | anchor secondary secondary
bench-press *barbell-row *squat                                    | secondary anchor anchor
squat bench-press barbell-row overhead-press romanian-deadlift     | anchor anchor secondary secondary accessory
face-pull bench-press overhead-press lat-pulldown                  | accessory anchor anchor secondary
leg-press chest-press machine-row leg-curl                         | anchor anchor secondary isolation
chest-press squat bench-press                                      | secondary anchor anchor
lat-pulldown pull-up                                               | secondary secondary
biceps-curl lateral-raise plank farmers-walk                       | isolation isolation isolation accessory
*biceps-curl squat                                                 | anchor secondary
no-such-lift squat                                                 | accessory anchor
""".strip().splitlines()


@pytest.mark.parametrize("row", LEADING)
def test_starred_lifts_lead_else_the_first_two_large_ones(row: str) -> None:
    lifts, wanted = (part.split() for part in row.split("|"))
    session = PlannedSession(
        "A", tuple(PlannedLift(one.lstrip("*"), anchor=one.startswith("*")) for one in lifts)
    )
    assert [role.value for role in roles(session, EXERCISES)] == wanted


@given(st.lists(st.sampled_from(sorted(EXERCISES)), max_size=12))
def test_no_session_has_more_than_two_anchors_and_two_secondary_lifts_unstarred(ids: list[str]) -> None:
    found = roles(PlannedSession("A", tuple(map(PlannedLift, ids))), EXERCISES)
    assert len(found) == len(ids)
    assert found.count(Role.ANCHOR) <= 2
    assert found.count(Role.SECONDARY) <= 2
    leaders = [EXERCISES[one] for one, role in zip(ids, found, strict=True) if role is Role.ANCHOR]
    assert all(_is_compound(one) for one in leaders)


def _is_compound(one: Exercise) -> bool:
    return one.compound and not one.timed
