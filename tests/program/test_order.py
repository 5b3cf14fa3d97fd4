"""The order of lifts: a compound to failure before isolation of the same muscle."""

from __future__ import annotations

import pytest

from core.exercises import catalogue
from core.model import Exercise, Failure, Kind, SetEntry
from core.program.order import as_done, order_notes
from tests.rules.samples import a_set


def lift(key: str) -> Exercise:
    found = catalogue().get(key)
    assert found is not None
    return found


PRESS, EXTENSION, CURL, SQUAT, BENCH = map(lift, ["leg-press", "leg-extension", "leg-curl", "squat", "bench-press"])  # fmt: skip


@pytest.mark.parametrize(
    ("session", "said"),
    [
        ([(PRESS, True), (EXTENSION, True)], [("leg-press", "leg-extension", "quads")]),
        ([(PRESS, True), (EXTENSION, False)], [("leg-press", "leg-extension", "quads")]),
        ([(PRESS, False), (EXTENSION, True)], []),
        ([(EXTENSION, True), (PRESS, True)], []),
        ([(PRESS, True), (CURL, True)], []),
        ([(PRESS, True), (SQUAT, True)], []),
        ([(BENCH, True), (EXTENSION, True)], []),
        ([(SQUAT, True), (PRESS, True), (EXTENSION, True)], [("squat", "leg-extension", "quads")]),
        ([(SQUAT, False), (PRESS, True), (EXTENSION, True)], [("leg-press", "leg-extension", "quads")]),
        ([], []),
    ],
)
def test_a_compound_to_failure_costs_the_isolation_after_it_reps(
    session: list[tuple[Exercise, bool]], said: list[tuple[str, str, str]]
) -> None:
    assert [(one.first.id, one.later.id, one.muscle) for one in order_notes(session)] == said


def test_each_later_lift_is_named_once() -> None:
    session = [(PRESS, True), (EXTENSION, True), (SQUAT, True), (EXTENSION, True)]
    assert len(order_notes(session)) == 1


@pytest.mark.parametrize(
    ("done", "fails"),
    [
        (a_set(100, 8, 9), False),
        (a_set(100, 8, 10), True),
        (a_set(100, 8, failure=Failure.TECHNICAL), True),
        (a_set(100, 8, kind=Kind.AMRAP), True),
        (a_set(100, 8), False),
    ],
)
def test_a_lift_goes_to_failure_when_any_of_its_sets_did(done: SetEntry, fails: bool) -> None:
    warm, plain = a_set(60, 8, kind=Kind.WARMUP), a_set(100, 8, 8)
    sets = [(PRESS, warm), (EXTENSION, warm), (PRESS, done), (PRESS, plain), (EXTENSION, plain)]
    assert as_done(sets) == ((PRESS, fails), (EXTENSION, False))
