"""Failure or reserve at equal volume: the matched twin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercises import catalogue
from core.program.twin import expected_to_failure, hardest_rpe, in_reserve, to_failure


@pytest.mark.parametrize(
    ("logged", "twin", "matched"),
    [
        ((10, 8, 7), (8, 8, 8), True),
        ((10,), (8,), False),
        ((12, 10, 9), (10, 10, 10), True),
        ((12, 12, 12), (9, 9, 9, 9), True),  # 3 x 10 and 4 x 10 are both more than a tenth off 36
        ((12, 12), (8, 8, 8), True),
        ((8, 7, 6, 6), (6, 6, 5, 5, 5), True),  # 4 x 6 is 24 and 5 x 6 is 30 for 27: over one set more
        ((5, 5, 5, 5, 5), (3,) * 8, True),
        ((3, 3), (1,) * 6, True),
        ((2, 1), (1, 1, 1), True),
        ((1,), (1,), False),
    ],
)
def test_the_twin_in_reserve_has_about_as_many_reps(
    logged: tuple[int, ...], twin: tuple[int, ...], matched: bool
) -> None:
    found = in_reserve(logged)
    assert (found.reps, found.matched, found.rpe, found.matched_to) == (twin, matched, 8, sum(logged))


@pytest.mark.parametrize(
    ("first", "sets", "reps"),
    [(10, 1, (10,)), (10, 3, (10, 8.5, 7)), (12, 4, (12, 10.5, 9, 7.5)), (2, 3, (2, 1, 1)), (8, 0, (8,))],
)
def test_each_further_set_to_failure_is_expected_to_lose_a_rep_and_a_half(
    first: int, sets: int, reps: tuple[float, ...]
) -> None:
    assert expected_to_failure(first, sets) == reps


def test_without_a_log_the_twin_is_matched_to_what_is_expected() -> None:
    found = in_reserve(expected_to_failure(10, 3))
    assert (found.reps, found.matched_to) == ((8, 8, 8), 25.5)


@pytest.mark.parametrize(
    ("logged", "twin", "matched"),
    [
        ((8, 8, 8), (10, 8, 7), True),
        ((8,), (10,), False),
        ((10, 10, 10), (12, 10, 9), True),
        ((6, 6), (8, 6), False),
        ((5, 5, 5), (7, 5, 4), True),
    ],
)
def test_the_twin_to_failure_gives_what_was_left_besides(
    logged: tuple[int, ...], twin: tuple[int, ...], matched: bool
) -> None:
    found = to_failure(logged)
    assert (found.reps, found.matched, found.rpe) == (twin, matched, 10)


def test_nobody_is_asked_for_more_than_twelve_sets_to_failure() -> None:
    found = to_failure((5,) * 20)
    assert len(found.reps) == 12 and not found.matched


FALLING = st.lists(st.integers(1, 30), min_size=2, max_size=6).map(lambda reps: sorted(reps, reverse=True))


@given(FALLING)
def test_a_matched_twin_is_within_a_tenth_or_exact_and_no_set_reaches_failure(reps: list[int]) -> None:
    found = in_reserve(reps)
    total = sum(reps)
    assert found.matched
    assert all(one >= 1 for one in found.reps)
    assert max(found.reps) <= max(1, reps[0] - 1)
    assert abs(found.total - total) <= 0.1 * total + 1e-9


@given(FALLING)
def test_there_is_no_twin_of_fewer_equal_sets(reps: list[int]) -> None:
    each, total = max(1, reps[0] - 2), sum(reps)
    found = in_reserve(reps)
    if set(found.reps) == {each}:
        assert all(abs(k * each - total) > 0.1 * total for k in range(1, len(found.reps)))


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_a_twin_to_failure_that_says_it_is_matched_is(reps: list[int]) -> None:
    found = to_failure(reps)
    if found.matched:
        assert abs(found.total - found.matched_to) <= 0.1 * found.matched_to + len(found.reps) / 2


@pytest.mark.parametrize(
    ("lift", "safe", "rpe"),
    [
        ("leg-press", False, 10),
        ("leg-extension", False, 10),
        ("dumbbell-curl", False, 10),
        ("squat", True, 10),
        ("squat", False, 9),
        ("bench-press", False, 9),
    ],
)
def test_machines_and_isolation_go_to_ten_and_free_compounds_stop_for_safety(
    lift: str, safe: bool, rpe: float
) -> None:
    exercise = catalogue().get(lift)
    assert exercise is not None
    assert hardest_rpe(exercise, safe=safe) == rpe
