"""The backtest on logs small enough to work out by hand."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from math import log
from typing import Any

import pytest

from core.backtest import TASKS, LifterScores, as_data, logs, replay
from core.imports import Row
from core.model import Kind

START = date(2026, 1, 5)


def _row(day: int, load: float, reps: int, rpe: float | None = None, **more: Any) -> Row:
    place = more.pop("place", next(_PLACES))
    exercise = more.pop("exercise", "squat")
    return Row(1, START + timedelta(days=day), None, exercise, load, "kg", reps, rpe, place=place, **more)


_PLACES = itertools.count(1)

RATED = [
    _row(0, 100, 5, 8),
    _row(3, 100, 5, 8),
    _row(6, 105, 5, 9),
    _row(9, 105, 5, 8),
    _row(9, 105, 5, 9),
    _row(12, 100, 6, 8),
]
"""Scored are days 9 and 12 (three days before them), day 9 with a second set."""

UNRATED = [
    _row(0, 60, 10, exercise="row"),
    _row(3, 60, 10, exercise="row"),
    _row(6, 60, 10, exercise="row"),
    _row(9, 50, 12, exercise="row"),
    _row(200, 60, 5, exercise="row"),
]
"""Scored is day 9; day 200 lies more than 90 days after it."""

NOISE = [
    _row(9, 150, 3, 9, kind=Kind.WARMUP, place=-1),
    _row(9, 150, 3, 9, kind=Kind.DROP, place=-1),
    _row(9, 150, 3, 9, bodyweight=True, place=-1),
    _row(9, 150, 31, 9, place=-1),
    _row(9, 0, 8, 9, place=-1),
    _row(9, 60, 10, 6, place=-1),
    _row(9, 105, 9, 4, place=-1),
]
"""Warm-up, drop, body alone, too many reps, no load, under 85% of the day's top load, RPE under 5: none is scored."""


def _scored(*rows: Row) -> dict[str, Any]:
    clock = itertools.count()
    return as_data(
        replay(found, lambda: next(clock), LifterScores(name)) for name, found in logs(rows).items()
    )


@pytest.mark.parametrize("noise", [[], NOISE], ids=["plain", "among other sets"])
@pytest.mark.parametrize(
    ("task", "rows", "expected"),
    [
        # Last: |9-8| and |8-8|. Nearest on day 12 (100 x 6): 100 x 5 at 8. Epley: 10 - (30 (105/100 (1 + 7/30) - 1) - 6).
        ("rpe_first", 2, {"repeat_last": 0.5, "nearest": 0.5, "epley": (1 + 0.85) / 2, "brzycki": (1 + 3 / 7) / 2}),
        # Said to be 8 like the first, 8.47 with drift; it was 9.
        ("rpe_second", 1, {"repeat_last": 1, "drift": 0.53, "epley": 1, "brzycki": 1, "rts": 1}),
        # Only on day 12 the load changed: 6 reps after 5; Epley: 8.85 - 2.
        ("reps_changed_load", 1, {"repeat_last": 1, "nearest": 1, "epley": 0.85, "brzycki": 3 / 7}),
        # 12 reps after 10; Epley 30 (60/50 (1 + 10/30) - 1) = 18, Brzycki 37 - 36 (50/60 x 27/36) = 14.5.
        ("reps_changed_load_no_rpe", 1, {"repeat_last": 2, "nearest": 2, "epley": 6, "brzycki": 2.5}),
        # 105 again, where 105 and 100 were lifted.
        ("load", 2, {"repeat_last": 100 * log(1.05) / 2}),
    ],
)  # fmt: skip
def test_the_rules_score_what_they_score_by_hand(
    noise: list[Row], task: str, rows: int, expected: dict[str, float]
) -> None:
    found = _scored(*RATED, *UNRATED, *noise)["tasks"][task]
    assert found["n"] == rows
    assert {rule: found[rule] for rule in expected} == pytest.approx(expected, abs=2e-4)
    assert 0 <= found["coverage80"] <= 1
    assert found["spotter"] >= 0


def test_sets_to_failure_and_amraps_are_no_unrated_sets() -> None:
    taken = [_row(9, 60, 20, exercise="row", failed=True, place=-1)]
    taken += [_row(9, 60, 20, exercise="row", kind=Kind.AMRAP, place=-1)]
    assert _scored(*UNRATED, *taken)["tasks"] == _scored(*UNRATED)["tasks"]


def test_who_repeats_themselves_is_called_without_error() -> None:
    rows = [
        _row(day, load, reps, rpe)
        for day in range(0, 80, 4)
        for load, reps, rpe in ((100, 5, 8), (100, 5, 9))
    ]
    tasks = _scored(*rows)["tasks"]
    said = [tasks[task]["spotter"] for task in ("rpe_first", "rpe_second", "load")]
    assert said == pytest.approx([0, 0, 0], abs=0.01)


def test_nothing_of_the_future_is_used() -> None:
    """A forecast stays what it was, whatever the set itself and later ones turn out to be."""
    before = _scored(*RATED[:4])["tasks"]["rpe_first"]
    changed = [*RATED[:3], _row(9, 105, 5, 6.5)]
    after = _scored(*changed)["tasks"]["rpe_first"]
    assert before["n"] == after["n"] == 1
    told = {8 + before["spotter"], 8 - before["spotter"]}
    assert told & {6.5 + after["spotter"], 6.5 - after["spotter"]}


def test_means_are_over_lifters_not_rows() -> None:
    one = [_row(day, 60, 10, exercise="row", lifter="A") for day in range(0, 120, 3)]
    one += [_row(120, 50, 10, exercise="row", lifter="A")]
    other = [_row(day, 60 + day % 2 * 5, 10 + day % 2 * 4, exercise="row", lifter="B") for day in range(60)]
    data = _scored(*one, *other)
    assert data["lifters"] == 2
    task, by = data["tasks"]["reps_changed_load_no_rpe"], data["by_lifter"]
    # A has one row, B 57: too few of A's for a mean beside B's.
    assert (task["lifters"], task["n"], task["repeat_last"]) == (1, 57, 4)
    assert (by["A"]["reps_changed_load_no_rpe"]["n"], by["B"]["reps_changed_load_no_rpe"]["n"]) == (1, 57)


def test_effort_is_averaged_over_those_whose_effort_varies() -> None:
    varied = [_row(day, 100, 5, 7 + day % 3, lifter="A") for day in range(60)]
    always = [_row(day, 100, 5, 10, lifter="B") for day in range(60)]
    data = _scored(*varied, *always)
    assert (data["tasks"]["rpe_first"]["lifters"], data["tasks"]["load"]["lifters"]) == (1, 2)
    varies = {name: one["rpe_first"]["varies"] for name, one in data["by_lifter"].items()}
    assert varies == {"A": True, "B": False}
    assert data["by_lifter"]["B"]["rpe_first"]["repeat_last"] == 0


def test_an_empty_log_has_no_scores() -> None:
    data = _scored()
    assert (data["lifters"], data["us_per_set"]) == (0, None)
    assert all(data["tasks"][task] == {"n": 0, "lifters": 0} for task in TASKS)
