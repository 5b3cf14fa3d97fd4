"""A load ten times too high, a wrong unit, another machine: what is believed, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning import Done, estimate, prescribe, update
from tests.learning.logs import fold, steady


@pytest.mark.parametrize("factor", [10, 100, 2.2046, 1 / 2.2046, 0.1])
@pytest.mark.parametrize("sets", [1, 3])
def test_a_load_mistyped_on_one_day_moves_no_target(factor: float, sets: int) -> None:
    log = steady()
    wrong = [*log, *[(24, Done(100 * factor, 5, 8))] * sets]
    told, right = prescribe(*fold(wrong), 5, 8, 28), prescribe(*fold(log), 5, 8, 28)
    assert told is not None and right is not None
    assert told.value == pytest.approx(right.value, rel=0.01)


@given(at=st.integers(1, 9), factor=st.sampled_from([10.0, 2.2046, 0.1]))
def test_sets_after_the_error_are_learned_as_ever(at: int, factor: float) -> None:
    log = steady(sessions=10)
    wrong = list(log)
    wrong[at] = (log[at][0], Done(100 * factor, 5, 8))
    told, right = prescribe(*fold(wrong), 5, 8, 40), prescribe(*fold(log), 5, 8, 40)
    assert told is not None and right is not None
    assert told.value == pytest.approx(right.value, rel=0.03)


def test_a_rebuild_without_it_is_as_if_it_had_never_been() -> None:
    log = steady()
    wrong = [*log[:3], (9, Done(1000, 5, 8)), *log[3:]]
    assert fold(wrong) != fold(log)
    assert fold([one for one in wrong if one[1].load < 1000]) == fold(log)


def test_of_two_first_days_that_disagree_the_lower_is_believed() -> None:
    habits, lift = fold([(0, Done(1000, 5, 8)), (4, Done(100, 5, 8))])
    told = prescribe(habits, lift, 5, 8, 8)
    assert told is not None and told.value == pytest.approx(100, rel=0.02)


def test_another_machine_is_believed_on_its_second_day() -> None:
    habits, lift = fold(steady(40, 10, 8))
    values = []
    for day in (24, 28, 32):
        for _ in range(3):
            habits, lift = update(habits, lift, Done(100, 10, 8), day)
        told = prescribe(habits, lift, 10, 8, day + 4)
        assert told is not None
        values.append(told.value)
    assert values[0] == pytest.approx(40, rel=0.02)
    assert values[1] == pytest.approx(100, rel=0.05)
    assert values[2] == pytest.approx(100, rel=0.05)


def test_an_impossible_load_does_not_hide_the_rest_of_its_day() -> None:
    log = steady()
    mixed = [*log, (24, Done(1000, 5, 8)), (24, Done(107.5, 5, 8)), (24, Done(107.5, 5, 8))]
    told, before = estimate(fold(mixed)[1], 24), estimate(fold(log)[1], 24)
    assert told is not None and before is not None
    assert told.value > 1.01 * before.value
    assert len(fold(mixed)[1].past) == len(fold(log)[1].past) + 1
