"""Every problem of a text and every change of a plan has its sentence, filled in, in a message that is short."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.replies.plans import CHANGES, MOST_LINES, PROBLEMS, changes, problems
from core.exercises import catalogue
from core.program.difference import difference
from core.program.grammar_days import PROBLEMS as OF_DAYS
from core.program.grammar_pieces import NOT_PLANNED
from core.program.grammar_problems import PlanProblem
from core.program.values import Plan
from tests.program.plan_strategies import plans
from tests.program.plan_texts import Case, cases, plan
from tests.program.plan_texts import problems as found_in

PROGRAM = Path(__file__).parents[2] / "core" / "program"
RAW = re.compile(r"[{}]|None|nan|\b\w+_\w+\b|  ")


def strings(call: ast.Call) -> set[str]:
    return {arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}


def codes(files: str, *called: str) -> set[str]:
    """The codes that are given as they stand to some functions, in some files."""
    found: set[str] = set()
    for file in PROGRAM.glob(files):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                found |= strings(node) if name in called else set()
            if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "code" for one in node.targets):
                constants = (one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant))
                found |= {value for value in constants if isinstance(value, str) and value}
    return found


def problem_codes() -> set[str]:
    return codes("grammar*.py", "add", "wrong", "_once", "Named") | OF_DAYS | NOT_PLANNED


def test_every_problem_has_its_sentence_and_no_sentence_waits_for_one() -> None:
    assert problem_codes() == set(PROBLEMS)


def test_every_change_has_its_words() -> None:
    given_by = codes("difference.py", "Change")
    dictionary = {"days_changed", "a_week_changed", "time_changed", "style_changed"}
    assert given_by | dictionary == set(CHANGES)


def test_nearly_every_problem_stands_in_the_corpus() -> None:
    seen = {one.code for case in cases("refused") for one in found_in(case.text)}
    bounds = {
        "text_too_long", "too_many_sessions", "too_many_lifts", "note_too_long", "name_too_long", "session_unused", "schedule_word",
        "turns_and_days", "styles_differ", "style_unclear", "not_understood", "sets_without_lift",
    }  # fmt: skip
    assert set(PROBLEMS) - seen <= bounds


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("text_too_long", "squat 3\n" * 600),
        ("too_many_sessions", "3x week\n" + "\n".join(f"Day {n}: squat 3" for n in range(1, 17))),
        ("too_many_lifts", "3x week\nA: " + ", ".join(one.name for one in list(catalogue())[:16])),
        ("note_too_long", f"3x week\nA: squat 3 ({'deep ' * 40})"),
        ("name_too_long", f"3x week\n{'My very own ' * 5}day: squat 3"),
        ("session_unused", "Mon Thu, A\nA: squat 3\nB: bench 3"),
        ("schedule_word", "Mon Thu whenever\nA: squat 3"),
        ("turns_and_days", "Mon A, Thu B\nalternating\nA: squat 3\nB: bench 3"),
        ("styles_differ", "Mon Thu, style hit\nstyle failure\nA: squat"),
        ("style_unclear", "Mon Thu\nA: squat, bench, hit"),
        ("not_understood", "Mon Thu\nA: squat 3 $"),
        ("sets_without_lift", "Mon Thu\nA: 3x8, squat 3"),
    ],
)
def test_the_other_problems_are_said_too(code: str, text: str) -> None:
    found = found_in(text)
    assert code in {one.code for one in found}
    assert_clean(problems(found))


def assert_clean(lines: list[str]) -> None:
    assert 0 < len(lines) <= MOST_LINES
    bad = [line for line in lines if line != line.strip() or RAW.search(line) or len(line) > 220]
    assert bad == []


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: case.name)
def test_a_refusal_is_words(case: Case) -> None:
    assert_clean(problems(found_in(case.text)))


def test_the_first_problems_are_said_and_how_many_more_there_are() -> None:
    many = tuple(
        PlanProblem("day_unknown", f"day{n}", n, 1, {"possible": [f"Monday{n}"]}) for n in range(1, 13)
    )
    said = problems(many)
    assert len(said) == MOST_LINES
    assert said[0] == "Not a plan yet: 12 things to mend."
    assert said[1].startswith("Line 1: ")
    assert said[-1] == "and 6 more"
    assert len(problems(many[:7])) == MOST_LINES
    assert problems(many[:7])[-1].startswith("Line 7")


def test_what_is_mended_in_one_way_is_said_once() -> None:
    lines = problems(found_in("Mon Thu, style hit\nA: squat 3, bench 3\nB: row 3x8, curl 2"))
    assert lines == [
        "Not a plan yet: 1 thing to mend.",
        "Lines 2, 3: “squat”, “bench”, “row …”: in HIT a lift has one set. Write squat 1, or leave the number out.",
    ]


def test_a_lift_that_comes_is_said_with_its_note() -> None:
    old, new = (plan(f"Mon Thu\nA: squat 3{more}") for more in ("", ", bench 5x5 80%"))
    assert changes(difference(old, new)) == ["A: + Bench press 5x5 (80%)"]


def test_changes_are_said_in_short() -> None:
    old = plan("Mon Wed Fri 18:00, A B alternating\nA: squat 3, bench 3, row 3, curl 2\nB: deadlift 2, ohp 3")
    new = plan(
        "Tue Thu Sat, A B alternating\nA: front squat 3, bench 4x6-8, row 3\nB: deadlift 2, ohp 3, curl 2 + pushdown 2"
    )
    assert changes(difference(old, new)) == [
        "Days: Monday Wednesday Friday → Tuesday Thursday Saturday",
        "Time: 18:00 → no fixed time",
        "A: Squat → Front squat",
        "A: Bench press 3 sets → 4x6-8",
        "B: Biceps curl 2 sets comes here from A",
        "B: + Triceps pushdown 2 sets with Biceps curl",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(plans(), plans())
def test_any_change_is_words(one: Plan, other: Plan) -> None:
    said = changes(difference(one, other))
    assert len(said) < MOST_LINES
    assert all(line.strip() == line and line for line in said)
