"""Effort: what a set counts as, and what each role asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.effort import (
    INTENDED_SPLIT,
    ROLE_RULES,
    WITHOUT_PLAN,
    Block,
    EffortSplit,
    counted_reps,
    effective_rpe,
    reps_possible,
    session_effort,
    set_effort,
    to_failure,
)
from core.model import Failure, Kind, Role, SetEntry
from tests.rules.samples import a_set


def test_n_is_reps_and_reps_in_reserve() -> None:
    assert reps_possible(8, 2) == 10
    assert reps_possible(8, 1.5) == 9.5


@pytest.mark.parametrize(
    ("done", "counted"),
    [
        (a_set(100, 8), 8),
        (a_set(100, 8, form_from=6), 6),
        (a_set(100, 8, form_from=0), 8),
        (a_set(100, 8, form_from=12), 8),
        (a_set(100, 8, partials=4), 8),
        (a_set(None, None, seconds=60), 0),
    ],
)
def test_reps_past_broken_form_do_not_exist(done: SetEntry, counted: int) -> None:
    assert counted_reps(done) == counted


@pytest.mark.parametrize(
    ("done", "rpe", "weight", "source"),
    [
        (a_set(100, 8, 8.5), 8.5, 1, "typed"),
        (a_set(100, 8, 7, failure=Failure.TECHNICAL), 10, 1, "failure"),
        (a_set(100, 8, failure=Failure.ABSOLUTE), 10, 1, "failure"),
        (a_set(100, 8, 7, form_from=6), 10, 1, "form"),
        (a_set(100, 8, 7, form_from=0), 7, 1, "typed"),
        (a_set(100, 12, kind=Kind.AMRAP), 10, 1, "amrap"),
        (a_set(100, 6), 10, 1, "short"),
        (a_set(100, 6, 8), 8, 1, "typed"),
        (a_set(100, 8, slow_from=6), 9, 0.25, "slow"),
        (a_set(100, 8, 7, slow_from=6), 7, 1, "typed"),
        (a_set(100, 8), 8, 0.25, "assumed"),
        (a_set(100, 8, 0), 1, 1, "typed"),
    ],
)
def test_how_hard_a_set_of_eight_was(done: SetEntry, rpe: float, weight: float, source: str) -> None:
    read = effective_rpe(done, target_rir=2, target_reps=8)
    assert (read.rpe, read.weight, read.source) == (rpe, weight, source)
    assert read.rir == 10 - rpe


def test_without_reps_asked_no_set_is_short() -> None:
    assert effective_rpe(a_set(100, 6), 2, None).source == "assumed"


def test_failure_is_said_or_rated() -> None:
    assert to_failure(a_set(100, 8, failure=Failure.TECHNICAL))
    assert to_failure(a_set(100, 8, 10))
    assert not to_failure(a_set(100, 8, 9.5))


F, B, C = Block.FOUNDATION, Block.BUILD, Block.CHALLENGE
A, S, X, I = Role.ANCHOR, Role.SECONDARY, Role.ACCESSORY, Role.ISOLATION  # noqa: E741


@pytest.mark.parametrize(
    ("block", "role", "sets", "reps", "rpe", "caps", "rest"),
    [
        (F, A, 3, (12, 15), (6, 7), (8.5, 9), (180, 240)),
        (B, A, 3, (8, 12), (7, 8), (8.5, 9), (180, 240)),
        (C, A, 3, (6, 10), (8, 9), (8.5, 9), (180, 240)),
        (F, S, 3, (12, 15), (6, 6.5), (8, 8), (150, 150)),
        (B, S, 3, (8, 12), (6.5, 7.5), (8, 8), (150, 150)),
        (C, S, 3, (6, 10), (7.5, 8), (8, 8), (150, 150)),
        (F, X, 3, (12, 15), (6, 7), (10, 10), (90, 90)),
        (B, X, 3, (10, 15), (7, 7), (10, 10), (90, 90)),
        (C, X, 3, (8, 12), (7, 8), (10, 10), (90, 90)),
        (F, I, 2, (12, 15), (6, 7), (10, 10), (75, 75)),
        (B, I, 2, (10, 15), (7, 9), (10, 10), (75, 75)),
        (C, I, 2, (10, 15), (9, 10), (10, 10), (75, 75)),
    ],
)
def test_what_a_role_asks_for(
    block: Block,
    role: Role,
    sets: int,
    reps: tuple[int, int],
    rpe: tuple[float, float],
    caps: tuple[float, float],
    rest: tuple[int, int],
) -> None:
    rule = ROLE_RULES[block, role]
    assert rule.sets == sets
    assert (rule.reps_low, rule.reps_high) == reps
    assert (rule.rpe_of(1), rule.rpe_of(sets)) == rpe
    assert (rule.cap_of(1), rule.cap_of(sets)) == caps
    assert (rule.rest_s, rule.rest_before_amrap_s) == rest


@pytest.mark.parametrize(
    ("role", "sets", "rpe", "last"), [(A, 3, 8, 8), (S, 3, 7.5, 7.5), (X, 3, 7, 7), (I, 2, 7, 9)]
)
def test_without_a_plan_the_build_column_counts(role: Role, sets: int, rpe: float, last: float) -> None:
    rule = WITHOUT_PLAN[role]
    assert (rule.sets, rule.rpe, rule.last_rpe) == (sets, rpe, last)
    assert (rule.reps_low, rule.reps_high) == (ROLE_RULES[B, role].reps_low, ROLE_RULES[B, role].reps_high)


@pytest.mark.parametrize(
    ("done", "effort"),
    [
        (a_set(100, 8, 10), 5),
        (a_set(100, 8, 8), 3),
        (a_set(100, 8, 6), 1),
        (a_set(100, 8, 5), 0),
        (a_set(100, 2, 10), 2),
        (a_set(100, 8, 10, kind=Kind.WARMUP), 0),
    ],
)
def test_a_sets_effort_is_its_reps_at_four_in_reserve_or_less(done: SetEntry, effort: float) -> None:
    assert set_effort(A, done) == effort


def test_a_session_of_the_roles_lands_near_fifty_thirty_twenty() -> None:
    session = [
        *[(A, a_set(100, 8, 8))] * 6,
        *[(S, a_set(60, 10, 7.5))] * 4,
        *[(X, a_set(30, 12, 7))] * 2,
        (I, a_set(10, 12, 7)),
    ]
    split = session_effort(session)
    assert split is not None
    assert split.anchor == pytest.approx(INTENDED_SPLIT.anchor, abs=0.05)
    assert split.secondary == pytest.approx(INTENDED_SPLIT.secondary, abs=0.05)
    assert split.rest == pytest.approx(INTENDED_SPLIT.rest, abs=0.05)


def test_the_rule_is_fifty_thirty_twenty() -> None:
    assert EffortSplit(0.5, 0.3, 0.2) == INTENDED_SPLIT
    assert session_effort([]) is None
    assert session_effort([(A, a_set(100, 8, 8, kind=Kind.WARMUP))]) is None


@given(
    st.lists(st.tuples(st.sampled_from(Role), st.integers(1, 30), st.none() | st.floats(1, 10)), min_size=1)
)
def test_shares_are_shares(sets: list[tuple[Role, int, float | None]]) -> None:
    split = session_effort([(role, a_set(50, reps, rpe)) for role, reps, rpe in sets])
    if split is not None:
        assert split.anchor + split.secondary + split.rest == pytest.approx(1)
