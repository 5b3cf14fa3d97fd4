"""How well somebody lifts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Exercise, Failure, Kind, SetEntry
from core.program.form import FormScore, form_score, weak_links
from tests.rules.samples import BENCH, SQUAT, a_set


@pytest.mark.parametrize(
    ("done", "target", "good"),
    [
        (a_set(100, 8, 8), 8, True),
        (a_set(100, 8, 9), 8, True),
        (a_set(100, 8, 7), 8, True),
        (a_set(100, 8, 9.1), 8, False),
        (a_set(100, 8, 6.5), 8, False),
        (a_set(100, 8, 8, form_from=6), 8, False),
        (a_set(100, 8, 8, form_from=0), 8, False),
        (a_set(100, 8, form_from=0), 8, False),
        (a_set(100, 8, failure=Failure.TECHNICAL), 8, False),
        (a_set(100, 8, failure=Failure.TECHNICAL), 9, True),
        (a_set(100, 14, kind=Kind.AMRAP), 10, True),
    ],
)
def test_a_set_is_good_when_it_is_clean_and_within_a_point(done: SetEntry, target: float, good: bool) -> None:
    assert form_score([(done, target)]) == FormScore(int(good), 1)


@pytest.mark.parametrize("done", [a_set(100, 8), a_set(60, 8, 8, kind=Kind.WARMUP)])
def test_what_says_nothing_is_neither_praise_nor_blame(done: SetEntry) -> None:
    assert form_score([(done, 8)]) is None
    assert form_score([(done, 8), (a_set(100, 8, 8), 8)]) == FormScore(1, 1)


def test_the_score_is_a_share_and_knows_no_load() -> None:
    sets = [
        (a_set(100, 8, 8), 8.0),
        (a_set(100, 8, 8), 8.0),
        (a_set(100, 8, 8), 8.0),
        (a_set(100, 8, 10), 8.0),
    ]
    heavier = [(a_set(200, 8, one.rpe), target) for one, target in sets]
    assert form_score(sets) == form_score(heavier)
    found = form_score(sets)
    assert found is not None and found.share == 0.75


CLEAN, BROKEN = a_set(100, 8, 8), a_set(100, 8, 8, form_from=7)


@pytest.mark.parametrize(
    ("sets", "weak"),
    [
        ([(SQUAT, BROKEN)], []),
        ([(SQUAT, BROKEN)] * 2, [("squat", 2, 2)]),
        ([(SQUAT, BROKEN)] * 2 + [(SQUAT, CLEAN)] * 6, [("squat", 2, 8)]),
        ([(SQUAT, BROKEN)] * 2 + [(SQUAT, CLEAN)] * 7, []),
        ([(SQUAT, BROKEN)] * 2 + [(SQUAT, CLEAN)] * 2 + [(BENCH, BROKEN)] * 2, [("bench-press", 2, 2), ("squat", 2, 4)]),
    ],
)  # fmt: skip
def test_weak_links_are_lifts_whose_form_ends_sets(
    sets: list[tuple[Exercise, SetEntry]], weak: list[tuple[str, int, int]]
) -> None:
    assert [(one.lift.id, one.ended, one.sets) for one in weak_links(sets)] == weak


def test_warm_ups_make_no_weak_link() -> None:
    assert weak_links([(SQUAT, a_set(60, 8, form_from=2, kind=Kind.WARMUP))] * 5) == ()


@given(st.lists(st.tuples(st.none() | st.floats(1, 10), st.none() | st.integers(0, 8), st.floats(6, 10))))
def test_a_share_is_a_share_and_broken_form_never_raises_it(
    sets: list[tuple[float | None, int | None, float]],
) -> None:
    done = [(a_set(100, 8, rpe, form_from=form), target) for rpe, form, target in sets]
    found, worse = form_score(done), form_score([*done, (BROKEN, 8.0)])
    assert worse is not None and 0 <= worse.share < 1
    if found is not None:
        assert worse.share <= found.share <= 1
