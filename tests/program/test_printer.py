"""A plan's text reads back as the same plan, whoever made it, and is short."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from core.exercises import catalogue, fold, unassisted
from core.model import Exercise, Role
from core.program.grammar import read_plan
from core.program.printer import lift_text, short_name, written
from core.program.values import ASSISTED, Plan, PlannedLift, PlannedSession, Schedule
from tests.program.plan_strategies import IDS, plans
from tests.program.plan_texts import Case, cases, plan


@settings(max_examples=120, deadline=None)
@given(plans())
def test_any_plan_reads_back_as_itself(made: Plan) -> None:
    text = written(made, catalogue())
    assert read_plan(text, catalogue()) == made, text


@pytest.mark.parametrize("case", cases("read"), ids=lambda case: case.name)
def test_what_was_read_is_written_the_same_from_then_on(case: Case) -> None:
    once = plan(case.text)
    text = written(once, catalogue())
    assert plan(text) == once
    assert written(plan(text), catalogue()) == text


def test_every_lift_of_the_catalogue_has_a_name_that_means_it() -> None:
    lost = []
    for id_ in IDS:
        read = read_plan(f"Mon Thu\nA: {lift_text(PlannedLift(id_, sets=3), catalogue())}", catalogue())
        lift = PlannedLift(unassisted(id_), sets=3, note=None if unassisted(id_) == id_ else ASSISTED)
        if not isinstance(read, Plan) or read.sessions[0].lifts != (lift,):
            lost.append((id_, read))
    assert lost == []


@pytest.mark.parametrize(
    ("exercise", "name"),
    [("bench-press", "bench"), ("overhead-press", "ohp"), ("pull-up", "pull up"), ("lateral-raise", "lateral raise"), ("biceps-curl", "curl")],
)  # fmt: skip
def test_lifts_have_the_names_that_lifters_write(exercise: str, name: str) -> None:
    assert short_name(exercise, catalogue()) == name


def own(name: str) -> Exercise:
    return Exercise(
        f"own-{fold(name).replace(' ', '-')}", name, Role.ACCESSORY, True, "other", "other", 2.5, 5.0, (), own=True
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Yoke walk", "Bench", "3 way raise", "Lift, heavy", "Thing (odd)", "Monday press"]
)
def test_own_lifts_read_back_and_take_no_others_name(name: str) -> None:
    names = catalogue().extended([(own(name), (name,))])
    mine = own(name).id
    made = Plan(
        Schedule((0, 3), None, ("A",), True, 2),
        (PlannedSession("A", (PlannedLift(mine, sets=3), PlannedLift("bench-press", sets=3))),),
    )
    text = written(made, names)
    assert read_plan(text, names) == made, text
