"""Plans as people type them: read as they are meant, or refused with the word, its place and what is possible."""

from __future__ import annotations

from datetime import time
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exercises import catalogue
from core.model import Exercise, Role
from core.program.grammar import read_plan
from core.program.grammar_problems import LONGEST_TEXT
from core.program.printer import written
from core.program.values import Plan, PlannedLift, Style
from tests.program.plan_texts import Case, as_lines, cases, plan, problems

DAYS = "Mon Thu\n"


@pytest.mark.parametrize("case", cases("read"), ids=lambda case: case.name)
def test_a_plan_in_the_manner_of_a_forum_is_read(case: Case) -> None:
    assert written(plan(case.text), catalogue()) == case.expected.rstrip("\n")


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: case.name)
def test_what_is_no_plan_is_refused_with_all_its_problems(case: Case) -> None:
    assert as_lines(problems(case.text)) == case.expected


@pytest.mark.parametrize("case", cases("refused"), ids=lambda case: case.name)
def test_a_problem_stands_where_its_word_stands(case: Case) -> None:
    lines = [" ".join(line.split()) for line in case.text.splitlines()] or [""]
    for one in problems(case.text):
        if one.code == "session_unused":
            continue  # it is about a word that is missing there
        assert one.text.split("\n")[0] in lines[one.line - 1], one
        typed = case.text.splitlines()[one.line - 1] if case.text.strip() else ""
        assert one.column <= max(len(typed), 1)


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(cases("read")) >= 40
    assert len(cases("refused")) >= 30


def lift(text: str) -> PlannedLift:
    (session,) = plan(f"{DAYS}A: {text}").sessions
    return session.lifts[0]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("squat", PlannedLift("squat")),
        ("squat 3", PlannedLift("squat", sets=3)),
        ("squat 3 sets", PlannedLift("squat", sets=3)),
        ("3 sets of squats", PlannedLift("squat", sets=3)),
        ("squat 3x8", PlannedLift("squat", sets=3, reps=(8, 8))),
        ("squat 3×8–12", PlannedLift("squat", sets=3, reps=(8, 12))),
        ("squat 3 x 8 to 12", PlannedLift("squat", sets=3, reps=(8, 12))),
        ("squat 3 sets, 8-12 reps", PlannedLift("squat", sets=3, reps=(8, 12))),
        ("squat 8-12", PlannedLift("squat", reps=(8, 12))),
        ("squat 4x6-8 @8", PlannedLift("squat", sets=4, reps=(6, 8), rpe=8)),
        ("squat 3 rpe 8.5", PlannedLift("squat", sets=3, rpe=8.5)),
        ("squat 3 @8,5", PlannedLift("squat", sets=3, rpe=8.5)),
        ("squat 3 rpe 8-9", PlannedLift("squat", sets=3, rpe=8.5)),
        ("squat 3 rir 2", PlannedLift("squat", sets=3, rpe=8)),
        ("squat 3, 2 rir", PlannedLift("squat", sets=3, rpe=8)),
        ("squat 3 1-2 reps in reserve", PlannedLift("squat", sets=3, rpe=8.5)),
        ("squat 3 rest 3:00", PlannedLift("squat", sets=3, rest_s=180)),
        ("squat 3 rest 90s", PlannedLift("squat", sets=3, rest_s=90)),
        ("squat 3 rest 90", PlannedLift("squat", sets=3, rest_s=90)),
        ("squat 3 rest 3", PlannedLift("squat", sets=3, rest_s=180)),
        ("squat 3, 3 min rest", PlannedLift("squat", sets=3, rest_s=180)),
        ("squat 3, rest 2-3 minutes", PlannedLift("squat", sets=3, rest_s=150)),
        ("squat 3 rest 2 min 30 s", PlannedLift("squat", sets=3, rest_s=150)),
        ("*squat 3", PlannedLift("squat", sets=3, anchor=True)),
        ("squat* 3", PlannedLift("squat", sets=3, anchor=True)),
        ("squat 3 *", PlannedLift("squat", sets=3, anchor=True)),
        ("squat 1 hit", PlannedLift("squat", sets=1, style=Style.HIT)),
        ("squat 3 style failure", PlannedLift("squat", sets=3, style=Style.FAILURE)),
        ("squat 3 to failure", PlannedLift("squat", sets=3, style=Style.FAILURE)),
        ("squat 3 (go deep (really))", PlannedLift("squat", sets=3, note="go deep [really]")),
        ("squat 3 # go, deep", PlannedLift("squat", sets=3, note="go, deep")),
        ("squat (3x5)", PlannedLift("squat", sets=3, reps=(5, 5))),
        ("squat 3 (# 3x5)", PlannedLift("squat", sets=3, note="3x5")),
        ("Bench Press (Dumbbell) 3", PlannedLift("dumbbell-bench-press", sets=3)),
        ("row 3", PlannedLift("barbell-row", sets=3)),
        ("plank 3x60", PlannedLift("plank", sets=3, seconds=(60, 60))),
        ("plank 3x1:30", PlannedLift("plank", sets=3, seconds=(90, 90))),
        ("plank 3x30-60s", PlannedLift("plank", sets=3, seconds=(30, 60))),
        ("45 degree leg press 3x10", PlannedLift("leg-press", sets=3, reps=(10, 10))),
        ("lunges 3x10 each leg", PlannedLift("lunge", sets=3, reps=(10, 10), note="each side")),
    ],
)  # fmt: skip
def test_what_is_said_of_a_lift(typed: str, expected: PlannedLift) -> None:
    assert lift(typed) == expected


@pytest.mark.parametrize(
    ("typed", "days", "at", "a_week"),
    [
        ("Monday Wednesday Friday", (0, 2, 4), None, 3),
        ("Mon/Wed/Fri", (0, 2, 4), None, 3),
        ("mo, we & fr 18:00", (0, 2, 4), time(18), 3),
        ("MWF 6:30pm", (0, 2, 4), time(18, 30), 3),
        ("M/W/F", (0, 2, 4), None, 3),
        ("T/Th at 7", (1, 3), time(7), 2),
        ("Fri, Mon", (0, 4), None, 2),
        ("Mondays and Thursdays at 6 am", (0, 3), time(6), 2),
        ("Mon-Fri", (0, 1, 2, 3, 4), None, 5),
        ("Tue to Thu", (1, 2, 3), None, 3),
        ("weekdays 12 pm", (0, 1, 2, 3, 4), time(12), 5),
        ("daily 00:15", (0, 1, 2, 3, 4, 5, 6), time(0, 15), 7),
        ("3 days a week", (), None, 3),
        ("3x week", (), None, 3),
        ("4x/week at 18h", (), time(18), 4),
        ("twice a week", (), None, 2),
        ("five sessions per week", (), None, 5),
        ("3 days a week, Mon Wed Fri", (0, 2, 4), None, 3),
    ],
)
def test_when_is_trained(typed: str, days: tuple[int, ...], at: time | None, a_week: int) -> None:
    when = plan(f"{typed}\nA: squat 3").schedule
    assert (when.days, when.at, when.a_week) == (days, at, a_week)


A_B = "\nA: squat 3\nB: bench 3"


@pytest.mark.parametrize(
    ("typed", "order", "rotates"),
    [
        ("Mon Wed Fri" + A_B, ("A", "B"), True),
        ("Mon Wed Fri, A B alternating" + A_B, ("A", "B"), True),
        ("Mon Wed Fri, A B A" + A_B, ("A", "B", "A"), False),
        ("Mon Wed Fri, ABA BAB" + A_B, ("A", "B"), True),
        ("Mon Thu" + A_B, ("A", "B"), False),
        ("Mon Thu, A B alternating" + A_B, ("A", "B"), True),
        ("Mon B, Thu A" + A_B, ("B", "A"), False),
        ("A Monday, B Thursday" + A_B, ("A", "B"), False),
        ("Mon/Thu: A\nTue/Fri: B" + A_B, ("A", "B", "A", "B"), False),
        ("3 days a week" + A_B, ("A", "B"), True),
        ("Monday:\nsquat 3\nThursday:\nbench 3", ("Monday", "Thursday"), False),
        ("Mon Wed Fri\nsquat 3", ("A",), True),
    ],
)
def test_which_session_comes_on_which_day(typed: str, order: tuple[str, ...], rotates: bool) -> None:
    when = plan(typed).schedule
    assert (when.order, when.rotates) == (order, rotates)


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("bench 3 + row 3, curl 3", [1, 1, None]),
        ("curl 3, bench 3+row 3, dips 3 + chins 3", [None, 1, 1, 2, 2]),
        ("ss bench 3 / row 3", [1, 1]),
        ("superset: bench 3, row 3", [1, 1]),
        ("bench 3x8 superset with row 3x8", [1, 1]),
        ("A1 bench 3, A2 row 3, B1 squat 3", [1, 1, None]),
        ("squat 3, 1a. bench 3, 1b. row 3", [None, 1, 1]),
    ],
)
def test_lifts_that_stand_together(typed: str, pairs: list[int | None]) -> None:
    (session,) = plan(f"{DAYS}Full body: {typed}").sessions
    assert [one.superset for one in session.lifts] == pairs


def test_notes_stay_where_they_were_written() -> None:
    made = plan("# from my coach\nMon Thu\nA (heavy): squat 3 (deep), bench 3 # pause")
    assert (made.note, made.sessions[0].note) == ("from my coach", "heavy")
    assert [one.note for one in made.sessions[0].lifts] == ["deep", "pause"]


def test_near_lifts_and_weekdays_are_offered() -> None:
    day, flurb, press = problems("Mon Wensday\nA: squat curls 3, press 3")
    assert (day.code, day.facts["possible"]) == ("day_unknown", ("Wednesday",))
    assert flurb.code == "comma_missing"
    assert (press.code, press.facts["possible"]) == (
        "lift_doubtful",
        ("bench-press", "overhead-press", "leg-press"),
    )


def test_an_own_lift_is_read_by_its_name() -> None:
    own = Exercise(
        "own-yoke-walk", "Yoke walk", Role.ACCESSORY, True, "other", "other", 2.5, 5.0, (), own=True
    )
    read = read_plan(f"{DAYS}A: yoke walk 3", catalogue().extended([(own, ("yoke",))]))
    assert isinstance(read, Plan)
    assert read.sessions[0].lifts[0].exercise == "own-yoke-walk"


# Any text


WORDS = (
    "Monday", "mon", "Fri", "A", "B:", "Push", "Day 1", "squat", "bench", "row", "press", "sqat", "3", "3x8", "x", "8-12", "@8", "@",
    "rpe", "rir 2", "rest", "90s", "3:00", "18:00", "6pm", "alternating", "hit", "style", "to failure", "+", "/", ",", ";", ":", "*",
    "(", ")", "#", "//", "-", "•", "1.", "A1", "ss", "or", "and", "%", "80%", "kg", "100kg", "5/3/1", "3x week", "off", "**", "##",
    "\n", "\n", "\t", "0", "99999999999999999999", "½", "²", "🏋️", "é", "\u2028", "\x00",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(("", " ")))
def test_any_words_are_a_plan_or_problems_with_places(words: list[str], between: str) -> None:
    text = between.join(words)
    read = read_plan(text, catalogue())
    if isinstance(read, Plan):
        assert all(session.lifts for session in read.sessions)
        return
    assert read
    assert all(1 <= one.line <= max(1, len(text.splitlines())) and one.column >= 1 for one in read)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_plan_or_problems(text: str) -> None:
    read = read_plan(text, catalogue())
    assert isinstance(read, Plan) or len(read) > 0


@pytest.mark.parametrize(
    "piece", ["9", "(", ")", "squat ", "a ", "Monday ", "1,", "1-", "3x", "# ", "A: ", "\n", "- ", "x" * 50 + " ", "A B ", "🏋️"]
)  # fmt: skip
def test_the_longest_texts_take_no_time(piece: str) -> None:
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    begun = perf_counter()
    read_plan(text, catalogue())
    assert perf_counter() - begun < 3.0


def test_a_text_longer_than_a_message_is_refused_unread() -> None:
    (one,) = problems("squat 3, " * 1000)
    assert (one.code, one.facts) == ("text_too_long", {"number": 9000, "most": LONGEST_TEXT})
