"""The charts that Spotter is measured against."""

from __future__ import annotations

import pytest

from core.backtest.rules import CHARTS, load_for, nearest, possible
from core.learning import Done


@pytest.mark.parametrize(
    ("chart", "n", "percent"),
    [
        ("epley", 10, 75), ("epley", 5, 85.71), ("brzycki", 10, 75), ("brzycki", 1, 100),
        ("rts", 1, 100), ("rts", 5, 86.3), ("rts", 8, 78.6), ("rts", 5.25, 85.65), ("rts", 16, 57.4), ("rts", 20, 52.4),
    ],
)  # fmt: skip
def test_charts_say_what_share_is_held(chart: str, n: float, percent: float) -> None:
    assert 100 * CHARTS[chart].share(n) == pytest.approx(percent, abs=0.01)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("n", [1, 1.5, 2, 4.25, 7, 9.9, 15, 16, 22])
def test_charts_read_the_same_both_ways(chart: str, n: float) -> None:
    assert CHARTS[chart].reps(CHARTS[chart].share(n)) == pytest.approx(n)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_repeats_what_it_was_shown(chart: str) -> None:
    shown = Done(100, 5, 8)
    assert possible(CHARTS[chart], shown, 100) == pytest.approx(7)
    assert load_for(CHARTS[chart], shown, 7) == pytest.approx(100)
    assert possible(CHARTS[chart], shown, 110) < 7 < possible(CHARTS[chart], shown, 90)


def test_the_nearest_set_is_near_in_load_and_then_in_reps_and_the_latest_of_equals() -> None:
    sets = [Done(100, 5, 7), Done(120, 5, 8), Done(100, 5, 9), Done(100, 12, 6)]
    assert nearest(sets, 101) == sets[3]
    assert nearest(sets, 101, 5) == sets[2]
    assert nearest(sets, 119, 5) == sets[1]
