"""The review at a block's end: what an AMRAP says, what it changes, and what the next block begins with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.effort import Block
from core.program.blocks import Asked
from core.program.review import (
    Amrap,
    Known,
    amrap_e_kg,
    block_review,
    is_lighter,
    joined,
    lift_review,
    next_week,
)
from core.program.working_max import load_for_session

KNOWN = Known(e_kg=100.0, weight=1.0, m_kg=95.0)

WORDS = """
1  too_heavy
3  too_heavy
4  challenge
6  challenge
7  build_upper
9  build_upper
10 build_middle
13 build_middle
14 build_lower
19 build_lower
20 too_light
35 too_light
""".strip().splitlines()


@pytest.mark.parametrize("row", WORDS)
def test_each_count_of_reps_has_its_word(row: str) -> None:
    reps, word = row.split()
    review = lift_review("squat", 4, KNOWN, Amrap(70.0, int(reps), 1))
    assert review.word == word
    assert (review.measured_kg is None) == (word in ("too_heavy", "too_light"))


@pytest.mark.parametrize(
    ("amrap", "e_kg"),
    [
        (Amrap(75, 10, 1), 100.0),
        (Amrap(75, 9, 3), 100.0),
        (Amrap(75, 8, 3, stopped_short=True), 100.0),
        (Amrap(75, 3, 1), None),
        (Amrap(75, 0, 1), None),
        (Amrap(75, 20, 1), None),
    ],
)
def test_it_measures_by_its_reps_its_place_and_what_was_spared(amrap: Amrap, e_kg: float | None) -> None:
    found = amrap_e_kg(amrap)
    assert found is None if e_kg is None else found == pytest.approx(e_kg)


@pytest.mark.parametrize(("weight", "e_kg"), [(0.0, 110.0), (1.0, 105.0), (3.0, 102.5)])
def test_it_weighs_one_beside_what_was_known(weight: float, e_kg: float) -> None:
    assert joined(Known(100.0, weight, 95.0), 110.0) == pytest.approx(e_kg)
    assert joined(Known(100.0, weight, 95.0), None) == 100.0


def test_the_next_block_begins_with_what_came() -> None:
    amrap = Amrap(75.0, 11, 3, expected=9.5)
    review = lift_review("squat", 8, KNOWN, amrap)
    assert review.measured_kg == pytest.approx(105.0)
    assert [review.e_before_kg, review.e_after_kg] == pytest.approx([100.0, 102.5])
    assert [review.m_before_kg, review.m_after_kg] == pytest.approx([95.0, 102.125])
    assert review.load_now_kg == pytest.approx(load_for_session(95.0, 8, 8, 3))
    asked = [(10, 8), (8, 8.5), (7, 9), (6, 9)]
    assert review.loads_kg == pytest.approx([load_for_session(102.125, reps, rpe, 3) for reps, rpe in asked])


def test_without_an_amrap_what_was_known_stands() -> None:
    for amrap in (None, Amrap(75.0, 0, 3)):
        review = lift_review("squat", 4, KNOWN, amrap)
        assert (review.word, review.measured_kg, review.e_after_kg) == (None, None, 100.0)
        assert review.m_after_kg == pytest.approx(100.0)


def test_one_that_was_too_light_asks_for_a_tenth_more() -> None:
    review = lift_review("squat", 4, KNOWN, Amrap(60.0, 22, 3))
    assert review.raise_percent == 10
    assert review.m_after_kg == pytest.approx(104.5)
    assert lift_review("squat", 4, KNOWN, Amrap(60.0, 19, 3)).raise_percent is None


def test_who_learns_from_it_and_chooses_loads_otherwise_is_asked() -> None:
    def loads(m_kg: float, each: Asked) -> float:
        return m_kg - each.reps_low

    review = lift_review("squat", 12, KNOWN, Amrap(75.0, 9, 3), loads=loads, e_after_kg=98.0)
    assert (review.e_after_kg, review.m_after_kg) == (98.0, 98.0)
    assert review.load_now_kg == 89.0
    assert review.loads_kg == (83.0, 84.0, 85.0, 86.0)


@pytest.mark.parametrize(
    ("week", "block", "then", "lighter", "rest"),
    [
        (4, Block.FOUNDATION, 5, False, False),
        (8, Block.BUILD, 9, True, False),
        (12, Block.CHALLENGE, 1, True, True),
    ],
)
def test_the_review_says_beforehand_what_is_lighter_and_when_a_deload_comes(
    week: int, block: Block, then: int, lighter: bool, rest: bool
) -> None:
    review = block_review(week, ())
    assert (review.block, review.next_week) == (block, then)
    assert (review.lighter_next, review.deload_next) == (lighter, rest)


def test_only_week_nine_and_a_new_cycle_are_lighter_than_the_week_before() -> None:
    assert [week for week in range(1, 13) if is_lighter(week, next_week(week))] == [8, 12]


@pytest.mark.parametrize("week", [1, 7, 11, 0, 16])
def test_no_review_stands_within_a_block(week: int) -> None:
    with pytest.raises(ValueError, match="week"):
        block_review(week, ())
    with pytest.raises(ValueError, match="week"):
        lift_review("squat", week, KNOWN, None)


@given(
    st.sampled_from([4, 8, 12]),
    st.floats(20, 400),
    st.floats(0, 5),
    st.floats(20, 400),
    st.integers(0, 60),
    st.floats(10, 300),
)
def test_no_amrap_moves_the_working_max_beyond_its_bounds(
    week: int, e_kg: float, weight: float, m_kg: float, reps: int, load_kg: float
) -> None:
    review = lift_review("squat", week, Known(e_kg, weight, m_kg), Amrap(load_kg, reps, 3))
    most = 1.10 if review.word == "too_light" else 1.075
    assert 0.9 * m_kg - 1e-9 <= review.m_after_kg <= most * m_kg + 1e-9
    assert all(0 < load < review.m_after_kg for load in review.loads_kg)
