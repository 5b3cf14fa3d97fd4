"""Drop sets, rest-pause and partials: what counts for what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Failure, Kind, Role, Segment, SetEntry
from core.program.blocks import asked
from core.program.demands import (
    Demand,
    asks_rest_pause,
    changed_demands,
    growth_credit,
    strength_credit,
)
from core.program.places import Place
from core.program.values import PlannedLift, PlannedSession
from core.strength import set_e1rm
from tests.rules.samples import CURL, SQUAT, a_set


def place(note: str | None) -> Place:
    lift = PlannedLift(CURL.id, note=note)
    session = PlannedSession("A", (lift,))
    return Place(session, lift, CURL, Role.ISOLATION, asked(Role.ISOLATION, 5, lift), 5)


def drops(count: int, **marks: object) -> SetEntry:
    parts = tuple(Segment(60 - 10 * at, 6) for at in range(count))
    return a_set(80, 8, 10, kind=Kind.DROP, segments=parts, **marks)


def pauses(count: int) -> SetEntry:
    return a_set(80, 8, 10, kind=Kind.REST_PAUSE, segments=(Segment(None, 3),) * count)


@pytest.mark.parametrize(
    ("done", "credit"),
    [
        (a_set(80, 8, 10), 1),
        (a_set(80, 8, 7), 1),
        (drops(1), 1.5),
        (drops(2), 2),
        (drops(3), 2.5),
        (drops(4), 2.5),
        (drops(9), 2.5),
        (pauses(1), 1.5),
        (pauses(2), 2),
        (a_set(80, 8, 10, partials=4), 1.5),
        (a_set(80, 8, None, failure=Failure.ABSOLUTE, partials=4), 1.5),
        (a_set(80, 8, None, partials=4), 1.5),
        (a_set(80, 8, 8, partials=4), 1),
        (a_set(80, 8, 10, partials=0), 1),
        (drops(1, partials=4), 2),
        (drops(3, partials=4), 2.5),
        (a_set(80, 8, 10, kind=Kind.DROP, segments=(Segment(60, 0),)), 1),
    ],
)
def test_growth_is_credited_by_parts(done: SetEntry, credit: float) -> None:
    assert growth_credit(done) == credit


@pytest.mark.parametrize("done", [a_set(80, 8, 10), drops(3), pauses(2), a_set(80, 8, 10, partials=6)])
def test_strength_is_credited_once_and_estimated_from_the_first_part(done: SetEntry) -> None:
    assert strength_credit(done) == 1
    assert set_e1rm(SQUAT, done, 80) == pytest.approx(80 * (1 + 8 / 30))


def test_a_warm_up_is_no_strength_work() -> None:
    assert strength_credit(a_set(40, 8, kind=Kind.WARMUP)) == 0


@pytest.mark.parametrize(
    ("done", "demands"),
    [
        (a_set(80, 8, 10), ()),
        (drops(2), (Demand.DROP,)),
        (pauses(2), (Demand.REST_PAUSE,)),
        (drops(1, partials=3), (Demand.DROP, Demand.PARTIALS)),
        (a_set(80, 8, 8, partials=3), ()),
    ],
)
def test_how_a_set_went_on(done: SetEntry, demands: tuple[Demand, ...]) -> None:
    assert changed_demands(done) == demands


@pytest.mark.parametrize(
    ("note", "may"),
    [
        (None, False),
        ("", False),
        ("pause at the chest", False),
        ("last set rest-pause", True),
        ("Rest pause x2", True),
        ("myo-reps", True),
        ("RP on the last", True),
        ("no rest-pause", False),
        ("without myo reps", False),
        ("carpet", False),
    ],
)
def test_rest_pause_is_asked_for_only_where_the_plan_says_so(note: str | None, may: bool) -> None:
    assert asks_rest_pause(place(note)) is may


def test_it_is_not_asked_for_in_an_easy_week_on_an_easy_day_or_beside_an_amrap() -> None:
    assert not asks_rest_pause(place("rest-pause")._replace(deload=True))
    assert not asks_rest_pause(place("rest-pause")._replace(amrap=True))
    assert not asks_rest_pause(place("rest-pause"), easy=True)


@given(
    st.lists(st.integers(0, 30), max_size=8),
    st.none() | st.integers(0, 20),
    st.none() | st.sampled_from([6.0, 8.0, 10.0]),
)
def test_credit_never_leaves_its_bounds_and_never_falls_by_a_part_more(
    parts: list[int], partials: int | None, rpe: float | None
) -> None:
    done = a_set(80, 8, rpe, segments=tuple(Segment(60, reps) for reps in parts), partials=partials)
    more = a_set(80, 8, rpe, segments=(*done.segments, Segment(50, 5)), partials=partials)
    assert 1 <= growth_credit(done) <= growth_credit(more) <= 2.5
