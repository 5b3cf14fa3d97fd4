"""What a change of plan changes, said once each and nothing left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from core.program.difference import difference
from core.program.values import Plan
from tests.program.plan_strategies import plans
from tests.program.plan_texts import plan

BASE = (
    "Mon Wed Fri 18:00, A B alternating\nA: squat 3, bench 3, row 3, curl 2\nB: deadlift 2, ohp 3, pull up 3"
)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("Mon Wed Fri", "Tue Thu Sat", [("days_changed", None, None)]),
        ("Mon Wed Fri", "3 days a week", [("days_changed", None, None)]),
        ("18:00", "19:00", [("time_changed", None, None)]),
        ("A B alternating", "A B A", [("order_changed", None, None)]),
        ("alternating", "alternating\nstyle failure", [("style_changed", None, None)]),
        ("curl 2", "curl 3", [("lift_changed", "A", "biceps-curl")]),
        ("curl 2", "curl 3x8-12 @9 rest 60s", [("lift_changed", "A", "biceps-curl")]),
        ("curl 2", "*curl 2", [("lift_changed", "A", "biceps-curl")]),
        ("curl 2", "curl 2 (slow)", [("lift_changed", "A", "biceps-curl")]),
        ("curl 2", "curl 2, pushdown 2", [("lift_added", "A", "triceps-pushdown")]),
        (", curl 2", "", [("lift_removed", "A", "biceps-curl")]),
        ("squat 3", "front squat 3", [("lift_swapped", "A", "front-squat")]),
        ("squat 3", "front squat 4", [("lift_swapped", "A", "front-squat"), ("lift_changed", "A", "front-squat")]),
        ("squat 3, bench 3, row 3, curl 2", "bench 3, row 3, curl 2, squat 3", [("lift_reordered", "A", "squat")]),
        ("bench 3, row 3", "bench 3 + row 3", [("supersets_changed", "A", None)]),
        (", curl 2\nB: deadlift 2", "\nB: curl 2, deadlift 2", [("lift_moved", "B", "biceps-curl")]),
        ("A:", "A (heavy):", [("note_changed", "A", None)]),
        ("Mon Wed", "# mine\nMon Wed", [("note_changed", None, None)]),
        ("B: deadlift 2, ohp 3, pull up 3", "B: deadlift 2, ohp 3, pull up 3\nC: dips 3", [("order_changed", None, None)]),
    ],
)  # fmt: skip
def test_a_change_is_one_fact(was: str, now: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    if "C: dips" in now:
        text = BASE.replace(was, now).replace("A B alternating", "A B C alternating")
        expected = [("session_added", "C", None)]
    else:
        assert was in BASE
        text = BASE.replace(was, now, 1)
    found = difference(plan(BASE), plan(text))
    assert [(one.code, one.session, one.exercise) for one in found] == expected


def test_a_session_under_another_name_is_the_same_session() -> None:
    renamed = BASE.replace("A B", "Heavy / B").replace("\nA:", "\nHeavy:")
    (one,) = difference(plan(BASE), plan(renamed))
    assert (one.code, one.session, one.facts) == ("session_renamed", "Heavy", {"was": "A"})


def test_facts_say_what_was_and_what_is() -> None:
    (one,) = difference(plan(BASE), plan(BASE.replace("curl 2", "curl 3x12 @9")))
    assert one.facts["what"] == ("sets", "reps", "rpe")
    (moved,) = difference(
        plan(BASE), plan(BASE.replace(", curl 2", "").replace("pull up 3", "pull up 3, curl 2"))
    )
    assert (moved.facts["was"], moved.facts["at"]) == ("A", 4)


@settings(max_examples=60, deadline=None)
@given(plans(), plans())
def test_plans_are_equal_exactly_where_nothing_is_different(one: Plan, other: Plan) -> None:
    assert difference(one, one) == ()
    assert (difference(one, other) == ()) == (one == other)


@settings(max_examples=50, deadline=None)
@given(plans(), plans())
def test_no_more_lines_than_there_are_changes(one: Plan, other: Plan) -> None:
    lifts = sum(len(session.lifts) for made in (one, other) for session in made.sessions)
    found = difference(one, other)
    assert len(found) <= 2 * lifts + 2 * (len(one.sessions) + len(other.sessions)) + 6
    keys = [(c.code, c.session, c.exercise) for c in found]
    assert len(keys) == len(set(keys))
