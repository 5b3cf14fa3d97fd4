"""How effort divides, beside 50/30/20."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.effort import INTENDED_SPLIT, EffortSplit
from core.model import Role, SetEntry
from core.program.effort_share import OffShare, Part, effort_share, furthest_off, percents
from tests.rules.samples import a_set

A, S, X, I = Role.ANCHOR, Role.SECONDARY, Role.ACCESSORY, Role.ISOLATION  # noqa: E741


def test_session_and_week_are_each_divided_by_the_roles_of_their_sets() -> None:
    session: list[tuple[Role, SetEntry]] = [(A, a_set(100, 8, 8)), (S, a_set(60, 8, 8))]
    week = [*session, (X, a_set(30, 12, 8)), (I, a_set(10, 12, 8))]
    share = effort_share(session, week)
    assert share.session == EffortSplit(0.5, 0.5, 0)
    assert share.week == EffortSplit(0.25, 0.25, 0.5)
    assert share.divided


def test_nothing_hard_is_nothing_to_divide() -> None:
    share = effort_share([], [(A, a_set(100, 8, 4))])
    assert (share.session, share.week) == (None, None)


def test_hit_divides_nothing() -> None:
    assert not effort_share([], [], divided=False).divided


def test_what_is_meant_is_fifty_thirty_twenty() -> None:
    assert percents(INTENDED_SPLIT) == (50, 30, 20)


@pytest.mark.parametrize(
    ("split", "shown"),
    [
        ((1 / 3, 1 / 3, 1 / 3), (34, 33, 33)),
        ((0.505, 0.295, 0.2), (51, 29, 20)),
        ((0.666, 0.334, 0), (67, 33, 0)),
        ((1, 0, 0), (100, 0, 0)),
    ],
)
def test_shares_are_shown_in_whole_percent(split: tuple[float, ...], shown: tuple[int, ...]) -> None:
    assert percents(EffortSplit(*split)) == shown


@pytest.mark.parametrize(
    ("split", "off"),
    [
        ((0.5, 0.3, 0.2), None),
        ((0.6, 0.2, 0.2), None),
        ((0.4, 0.3, 0.3), None),
        ((0.61, 0.20, 0.19), OffShare(Part.ANCHOR, 11)),
        ((0.45, 0.19, 0.36), OffShare(Part.REST, 16)),
        ((0.55, 0.15, 0.30), OffShare(Part.SECONDARY, -15)),
    ],
)
def test_beyond_ten_points_the_furthest_is_named(split: tuple[float, ...], off: OffShare | None) -> None:
    assert furthest_off(EffortSplit(*split)) == off


@given(st.floats(0, 1), st.floats(0, 1))
def test_percents_make_a_hundred_and_none_is_a_point_off(one: float, other: float) -> None:
    low, high = sorted((one, other))
    split = EffortSplit(low, high - low, 1 - high)
    found = percents(split)
    assert sum(found) == 100
    for shown, share in zip(found, (split.anchor, split.secondary, split.rest), strict=True):
        assert abs(shown - 100 * share) < 1 + 1e-6
