"""The ledger: hard sets per muscle and week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercises import MUSCLES
from core.model import Exercise, Failure, Kind, LoggedSet, Role, Segment, SetEntry, Side
from core.program.volume import Further, MuscleVolume, Standing, is_hard, ledger, standing, week_volume
from tests.rules.samples import PLANK, TODAY, a_set, logged

BENCH = Exercise(
    "bench-press", "Bench press", Role.ANCHOR, True, "barbell", "press", 2.5, 5, ("chest",), ("triceps", "front-delts")
)  # fmt: skip
DIP = Exercise("dip", "Dip", Role.SECONDARY, True, "bodyweight", "press", 1.25, 2.5, ("triceps",), ("chest",))
CURL = Exercise("curl", "Curl", Role.ISOLATION, False, "dumbbell", "curl", 2, 5, ("biceps",), per_hand=True)


def did(exercise: Exercise, *sets: SetEntry, days_ago: int = 0) -> list[tuple[Exercise, LoggedSet]]:
    return [(exercise, logged(done, exercise, TODAY - timedelta(days=days_ago))) for done in sets]


def sets_of(done: list[tuple[Exercise, LoggedSet]]) -> dict[str, float]:
    return {one.muscle: one.sets for one in ledger(done)}


@pytest.mark.parametrize(
    ("done", "hard"),
    [
        (a_set(80, 8, 6), True),
        (a_set(80, 8, 5.5), False),
        (a_set(80, 8, 10), True),
        (a_set(80, 8), True),
        (a_set(80, 8, kind=Kind.WARMUP), False),
        (a_set(80, 8, 10, kind=Kind.WARMUP), False),
        (a_set(80, 0, 10), False),
        (a_set(None, None, 8, seconds=40), True),
        (a_set(None, None, 5, seconds=40), False),
        (a_set(40, None, 8, distance_m=40.0), True),
        (a_set(80, 15, kind=Kind.AMRAP), True),
        (a_set(80, 8, 5, failure=Failure.TECHNICAL), True),
    ],
)
def test_a_set_is_hard_at_four_in_reserve_or_less(done: SetEntry, hard: bool) -> None:
    assert is_hard(Role.ANCHOR, done) is hard


def test_stopping_short_is_never_counted_as_less() -> None:
    to_failure, short = did(BENCH, a_set(80, 8, 10)), did(BENCH, a_set(80, 8, 6.5))
    assert sets_of(to_failure) == sets_of(short)


def test_direct_sets_count_in_full_and_indirect_ones_by_half() -> None:
    done = did(BENCH, *[a_set(80, 8, 8)] * 3) + did(DIP, *[a_set(0, 8, 8)] * 2)
    assert sets_of(done) == {"chest": 3 + 0.5 * 2, "front-delts": 1.5, "triceps": 2 + 0.5 * 3}
    chest = next(one for one in ledger(done) if one.muscle == "chest")
    assert (chest.direct, chest.indirect) == (3, 2)


def test_drops_and_partials_count_as_their_credit_in_both() -> None:
    drop = a_set(80, 8, 10, kind=Kind.DROP, segments=(Segment(60, 6), Segment(40, 6)))
    assert sets_of(did(BENCH, drop, a_set(80, 8, 10, partials=3))) == {
        "chest": 3.5, "front-delts": 1.75, "triceps": 1.75,
    }  # fmt: skip


def test_left_and_right_are_one_set() -> None:
    left, right = a_set(20, 10, 9, side=Side.LEFT), a_set(20, 9, 9, side=Side.RIGHT)
    assert sets_of(did(CURL, left, right, left, right)) == {"biceps": 2}
    assert sets_of(did(CURL, left, days_ago=1) + did(CURL, right)) == {"biceps": 2}


@pytest.mark.parametrize(
    ("sets", "hit", "place"),
    [
        (0.5, False, Standing.LOW),
        (3.5, False, Standing.LOW),
        (4, False, Standing.BELOW),
        (9.5, False, Standing.BELOW),
        (10, False, Standing.IN_BAND),
        (20, False, Standing.IN_BAND),
        (20.5, False, Standing.ABOVE),
        (1.75, True, Standing.LOW),
        (2, True, Standing.IN_BAND),
        (6, True, Standing.IN_BAND),
        (6.5, True, Standing.ABOVE),
    ],
)
def test_where_so_many_sets_a_week_stand(sets: float, hit: bool, place: Standing) -> None:
    assert standing(sets, hit=hit) is place


def test_the_week_is_the_last_seven_days_whatever_day_it_is() -> None:
    old, first, now = (did(BENCH, a_set(80, 8, 8), days_ago=ago) for ago in (7, 6, 0))
    week = week_volume(old + first + now, TODAY)
    assert (week.last - week.first).days == 6
    assert next((one.muscle, one.direct) for one in week.muscles) == ("chest", 2)


@pytest.mark.parametrize(
    ("sets", "hit", "whole", "low"),
    [
        (3, False, True, ("chest",)),
        (4, False, True, ()),
        (3, False, False, ()),
        (3, True, True, ()),
        (1, True, True, ("chest",)),
    ],
)
def test_only_too_few_sets_of_what_is_trained_directly_are_warned_of(
    sets: int, hit: bool, whole: bool, low: tuple[str, ...]
) -> None:
    done = did(BENCH, *[a_set(80, 8, 8)] * sets)
    assert week_volume(done, TODAY, hit=hit, whole=whole).low == low


def test_too_many_sets_are_shown_and_never_warned_of() -> None:
    week = week_volume(did(BENCH, *[a_set(80, 8, 8)] * 40), TODAY)
    assert week.standing(week.muscles[0]) is Standing.ABOVE
    assert week.low == ()


def test_sets_that_went_on_say_what_they_count_for_beside_strength() -> None:
    plain, dropped = (
        a_set(80, 8, 10),
        a_set(80, 8, 10, kind=Kind.DROP, segments=(Segment(60, 6), Segment(50, 6))),
    )
    assert week_volume(did(BENCH, plain), TODAY).further is None
    assert week_volume(did(BENCH, plain, dropped, dropped), TODAY).further == Further(2, 4, 2)
    easy = replace(dropped, rpe=4)
    assert week_volume(did(BENCH, easy), TODAY).further is None


SOME = st.lists(
    st.tuples(st.sampled_from([BENCH, DIP, CURL, PLANK]), st.integers(0, 20), st.none() | st.floats(1, 10), st.integers(0, 9)),
    max_size=12,
)  # fmt: skip


@given(SOME)
def test_what_is_counted_is_the_sum_of_its_days(sets: list[tuple[Exercise, int, float | None, int]]) -> None:
    done = [
        one for exercise, reps, rpe, ago in sets for one in did(exercise, a_set(50, reps, rpe), days_ago=ago)
    ]
    whole = sets_of(done)
    parts = [sets_of([one for one in done if (TODAY - one[1].day).days == ago]) for ago in range(10)]
    assert whole == pytest.approx({key: sum(part.get(key, 0) for part in parts) for key in whole})
    assert list(whole) == [muscle for muscle in MUSCLES if muscle in whole]
    counts = [one.sets for one in week_volume(done, TODAY).muscles]
    assert counts == sorted(counts, reverse=True)


def test_a_set_more_never_takes_any_away() -> None:
    before = MuscleVolume("chest", 3, 2)
    assert before.sets < replace(before, indirect=3).sets < replace(before, direct=4).sets
