"""A block's end: what an AMRAP says and measures, what it changes, and which week is lighter than the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.program.review import Amrap, amrap_e_kg, is_lighter
from core.program.working_max import after_block
from core.progression import amrap_word

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
def test_each_count_of_reps_has_its_word_and_the_outermost_measure_nothing(row: str) -> None:
    reps, word = row.split()
    assert amrap_word(int(reps)) == word
    assert (amrap_e_kg(Amrap(70.0, int(reps), 1)) is None) == (word in ("too_heavy", "too_light"))


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


def test_it_measures_on_the_lifts_own_rep_curve() -> None:
    assert amrap_e_kg(Amrap(75, 10, 1), curve=1.2) == pytest.approx(75 * (1 + 1.2 * 10 / 30))


def test_only_week_nine_and_a_new_cycle_are_lighter_than_the_week_before() -> None:
    assert [week for week in range(1, 13) if is_lighter(week, week % 12 + 1)] == [8, 12]


@given(st.floats(20, 400), st.floats(20, 400), st.integers(0, 60), st.floats(10, 300))
def test_no_amrap_moves_the_working_max_beyond_its_bounds(
    e_kg: float, m_kg: float, reps: int, load_kg: float
) -> None:
    after = after_block(m_kg, e_kg, amrap_e_kg(Amrap(load_kg, reps, 3)), reps)
    assert 0.9 * m_kg - 1e-9 <= after <= (1.15 if reps >= 14 else 1.075) * m_kg + 1e-9
