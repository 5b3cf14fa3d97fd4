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
        ("lunges 3x10/leg", PlannedLift("lunge", sets=3, reps=(10, 10), note="each side")),
        ("squat 8 reps x 3 sets", PlannedLift("squat", sets=3, reps=(8, 8))),
        ("squat x 3 sets x 8 reps", PlannedLift("squat", sets=3, reps=(8, 8))),
        ("Kniebeuge 3 Sätze 8 Wdh", PlannedLift("squat", sets=3, reps=(8, 8))),
        ("squat 8/8/8", PlannedLift("squat", sets=3, reps=(8, 8))),
        ("squat 3x8 – RPE 8 – 3 min", PlannedLift("squat", sets=3, reps=(8, 8), rpe=8, rest_s=180)),
        ("squat 3x10 - 90 sec", PlannedLift("squat", sets=3, reps=(10, 10), rest_s=90)),
        ("pull up 3xAMRAP", PlannedLift("pull-up", sets=3, style=Style.FAILURE)),
        ("pull up 3 sets max reps", PlannedLift("pull-up", sets=3, style=Style.FAILURE)),
    ],
)  # fmt: skip
def test_what_is_said_of_a_lift(typed: str, expected: PlannedLift) -> None:
    assert lift(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("squat 3-4 sets of 8", PlannedLift("squat", sets=3, reps=(8, 8), note="3-4 sets of 8")),
        ("squat 12, 10, 8", PlannedLift("squat", sets=3, reps=(8, 12), note="12, 10, 8")),
        ("squat 3x12/10/8", PlannedLift("squat", sets=3, reps=(8, 12), note="3x12/10/8")),
        ("squat 3x5+", PlannedLift("squat", sets=3, reps=(5, 5), note="3x5+")),
        ("squat 3x5 100kg", PlannedLift("squat", sets=3, reps=(5, 5), note="100kg")),
        ("pull up +20 kg 3x5", PlannedLift("pull-up", sets=3, reps=(5, 5), note="+20 kg")),
        ("squat 3x5 @ 80% of max", PlannedLift("squat", sets=3, reps=(5, 5), note="@ 80% of max")),
        ("squat 3-1-1 tempo 3x5", PlannedLift("squat", sets=3, reps=(5, 5), note="3-1-1 tempo")),
        ("squat 3x5 drop set", PlannedLift("squat", sets=3, reps=(5, 5), note="drop set")),
        ("squat or leg press 3x8", PlannedLift("squat", sets=3, reps=(8, 8), note="or leg press")),
        ("squat 3x5 deep as you can", PlannedLift("squat", sets=3, reps=(5, 5), note="deep as you can")),
        ("T1 squat 3x5", PlannedLift("squat", sets=3, reps=(5, 5), note="T1")),
    ],
)
def test_what_a_plan_does_not_say_stays_as_a_note(typed: str, expected: PlannedLift) -> None:
    assert lift(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("squat 5/3/1", "wave"),
        ("squat 3x8x60", "load"),
        ("squat 8-10-12", "pyramid"),
        ("squat 8, 10, 12", "pyramid"),
        ("squat 4x12, 10, 8", "pyramid"),
        ("squat 3x5+ row 3x5", "plus_unclear"),
        ("squat 3x5 flurb", "lift_unknown"),
        ("squat 3x5 flurb 3x8", "lift_unknown"),
        ("4 rounds of push ups 15", "rounds"),
        ("row 3 or 4 sets", "said_twice"),
    ],
)
def test_what_could_be_meant_otherwise_is_asked(typed: str, code: str) -> None:
    assert code in {one.code for one in problems(f"{DAYS}A: {typed}")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("squat 3\nrow 3\n\nrest 2 min", [(3, None, 120), (3, None, 120)]),
        ("rest 2 min\n\nsquat 3\nrow 3 rest 3:00", [(3, None, 120), (3, None, 180)]),
        ("squat\nrow\n3 sets of 8 on everything", [(3, (8, 8), None)] * 2),
        ("squat\nrow 4x5\n\n3 sets each, 8 reps", [(3, (8, 8), None), (4, (5, 5), None)]),
        ("squat\nrow\n3x8\n", [(None, None, None), (3, (8, 8), None)]),
    ],
)
def test_numbers_that_stand_beside_no_lift_are_of_all(text: str, expected: list[object]) -> None:
    (session,) = plan(f"{DAYS}{text}").sessions
    assert [(one.sets, one.reps, one.rest_s) for one in session.lifts] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Torso\nbench 3x8\n\nPierna\nsquat 3x8", ["Torso", "Pierna"]),
        ("Tag 1 - Oberkörper\nbench 3x8\nTag 2 - Beine\nsquat 3x8", ["Tag 1", "Tag 2"]),
        ("Monday, big bench\nbench 3x8\nThursday, legs\nsquat 3x8", ["Big bench", "Legs"]),
        ("Mo: bench 3\nMi: squat 3", ["Monday", "Wednesday"]),
        ("| Upper | Lower |\n|---|---|\n| bench 3x8 | squat 3x8 |", ["Upper", "Lower"]),
        ("Day\tExercise\tSets\tReps\nMon\tbench\t3\t8\n\tRow\t3\t8\nThu\tsquat\t3\t8", ["Monday", "Thursday"]),
        ("My plan!\n\nTue: bench 3\nSat: squat 3", ["Tuesday", "Saturday"]),
    ],
)  # fmt: skip
def test_what_heads_a_session(text: str, names: list[str]) -> None:
    when = "" if any(day in text for day in ("Mon", "Mo:", "Tue")) else "twice a week\n"
    assert [one.name for one in plan(f"{when}{text}").sessions] == names


def test_a_sentence_around_a_plan_is_its_note() -> None:
    made = plan(
        f"hi coach, here is what we talked about\n{DAYS}Warm up: 5 min bike, leg swings\nA: squat 3\n\nthanks!"
    )
    assert made.note == "hi coach, here is what we talked about; Warm up: 5 min bike, leg swings; thanks!"
    assert [one.exercise for one in made.sessions[0].lifts] == ["squat"]


def test_a_day_without_lifting_is_no_session() -> None:
    made = plan("Mon: run 5k\nTue: squat 3\nWed: swim 30 min\nFri: bench 3")
    assert made.schedule.days == (1, 4)
    assert made.note == "Mon: run 5k; Wed: swim 30 min"


def test_long_notes_are_cut_where_all_can_see_it() -> None:
    made = plan("\n".join(f"# {letter * 90}" for letter in "ab") + f"\n{DAYS}A: squat 3")
    assert made.note is not None
    assert made.note.endswith("b…")
    assert plan(written(made, catalogue())) == made


@pytest.mark.parametrize("weeks", [("Week 1", "Week 2"), ("WEEK 1-4", "WEEK 5-8"), ("Week A", "Week B")])
def test_weeks_are_no_plan_of_ours(weeks: tuple[str, str]) -> None:
    found = problems("".join(f"{week}\nMon: squat 3\n" for week in weeks))
    assert [one.code for one in found if one.code == "weeks"] == ["weeks"] * 2


def test_a_plan_in_200_lines_is_read_at_once() -> None:
    lifts = "bench 3x8\nrow 3x8 @8\nsquat 3x5 rest 3:00\ncurl 3x12\nohp 3\nrdl 3\ndips 3\nleg curl 3\nface pull 3\nlunge 3\n"
    text = f"{DAYS}A B C D E F G alternating\n" + "".join(
        f"{name}:\n{lifts}shrug 3 (slow)\n\n" for name in "ABCDEFGHIJKLMN"
    )
    read_plan(text, catalogue())
    begun = perf_counter()
    read_plan(text.replace("8", "9"), catalogue())
    assert perf_counter() - begun < 0.5


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
        ("superset 1: bench 3 + row 3", [1, 1]),
        ("A1. bench 3 / A2. row 3", [1, 1]),
        ("T1 bench 3, T2 row 3", [None, None]),
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
