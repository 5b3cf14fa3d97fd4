"""How well somebody lifts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Exercise, Failure, Kind, Role, SetEntry
from core.program.blocks import asked
from core.program.form import FormScore, form_score, weak_links, with_asked
from core.program.places import Place
from core.program.values import PlannedLift, PlannedSession
from tests.rules.samples import BENCH, PLANK, SQUAT, a_set, logged


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


def place(week: int) -> Place:
    lift = PlannedLift("squat")
    session = PlannedSession("A", (lift,))
    return Place(session, lift, SQUAT, Role.ANCHOR, asked(Role.ANCHOR, week), week)


@pytest.mark.parametrize(("week", "efforts"), [(1, [6, 6, 6]), (8, [7, 7.5, 8]), (11, [8, 8.5, 9])])
def test_each_set_is_judged_by_what_its_week_asked_of_it(week: int, efforts: list[float]) -> None:
    sets = [logged(a_set(100, 8, 7)) for _ in efforts]
    assert [rpe for _, rpe in with_asked(SQUAT, place(week), sets)] == efforts
    assert form_score(with_asked(SQUAT, place(week), sets)) == FormScore(
        sum(abs(rpe - 7) <= 1 for rpe in efforts), 3
    )


def test_sets_on_the_way_up_are_no_work_and_an_amrap_is_as_hard_as_it_comes() -> None:
    sets = [logged(a_set(60, 8, 5)), *[logged(a_set(100, 8, 8))] * 2, logged(a_set(110, 9, kind=Kind.AMRAP))]
    assert [(done.load, rpe) for done, rpe in with_asked(SQUAT, place(8), sets)] == [
        (100, 7),
        (100, 7.5),
        (110, 10),
    ]
    assert form_score(with_asked(SQUAT, place(8), sets)) == FormScore(3, 3)


def test_on_an_easy_day_nothing_was_too_easy() -> None:
    sets = [logged(a_set(90, 8, 5)), logged(a_set(90, 8, 9))]
    assert form_score(with_asked(SQUAT, place(8), sets)) == FormScore(0, 2)
    assert form_score(with_asked(SQUAT, place(8), sets, easy=True)) == FormScore(1, 2)


def test_without_a_plan_the_role_asks_and_holds_count() -> None:
    held = logged(a_set(None, None, 8, seconds=40))
    assert [done for done, _ in with_asked(PLANK, None, [held])] == [held.done]


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
