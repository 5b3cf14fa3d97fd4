"""People's messages, as files: what each of them says, and that the files hold what the design speaks of."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from core.exercises import catalogue
from core.notation import Setting, parse
from tests.notation.corpus import (
    LANGUAGES,
    TODAY,
    Line,
    demand,
    not_asked,
    not_refused,
    not_safe,
    not_talk,
    read,
    sets,
    valid,
    wrong,
)

FIXED_IDS = """
squat, front-squat, box-squat, hack-squat, goblet-squat, leg-press, bulgarian-split-squat, lunge, leg-extension, leg-curl,
deadlift, sumo-deadlift, romanian-deadlift, trap-bar-deadlift, good-morning, hip-thrust, back-extension, calf-raise,
bench-press, incline-bench-press, close-grip-bench-press, dumbbell-bench-press, incline-dumbbell-press, chest-press, dip,
push-up, cable-fly, pec-deck, overhead-press, push-press, dumbbell-shoulder-press, lateral-raise, rear-delt-fly, face-pull,
upright-row, shrug, barbell-row, pendlay-row, dumbbell-row, cable-row, t-bar-row, pull-up, chin-up, lat-pulldown, pullover,
biceps-curl, dumbbell-curl, hammer-curl, preacher-curl, triceps-pushdown, skull-crusher, overhead-triceps-extension,
power-clean, snatch, clean-and-jerk, farmers-walk, plank, crunch, hanging-leg-raise, ab-wheel
"""
MARKS = (
    r"rpe ?9", r"rpe 8\.5", r"@8\.5", r"@ 8,5", r"rpe 8-9", r"rir ?2", r"\d ?rir", r"2 in reserve", r"2 left", r" f\b", r" fail\b",
    r" failure", r"to failure", r"absolute failure", r"stuck", r"missed rep", r"\(miss", r"slow6", r"easy", r"hard", r"grind",
    r" w\b", r" wu\b", r"warmup", r"warm-up", r"\d\+(\s|$)", r"^amrap|amrap \d", r"\d amrap", r"x\d+ ?> ?\d", r"->", r"drop \d",
    r"x8\+3\+2", r" rp \d", r"\+4p", r"\+ \d partials", r" form\b", r"form broke", r"form6", r"x\d+ pain", r"knee pain", r"pain 4/10",
    r" t31x0", r"tempo 3-1-x-0", r" L\b", r" R\b", r"\bleft\b", r"\bright\b", r"\beach\b", r"/side", r"rest 2:30", r"after 3 min",
    r"^ss ", r"\ba1 ", r"\ba2 ", r"# ", r"// ", r'"[^"]+"', r"^same", r"^again", r"^\+2\.5", r"^-5", r"^x7", r"^actually \d",
    r"actually it was", r"^bw ", r"bwx", r"\+20x5", r"bw\+20", r"-15x8", r"30s", r"2x30kg", r"plank 60s", r"plank 1:30", r"yesterday",
    r"^2026-", r"225#", r"kgs", r"lbs", r"×", r"\*", r"X", r"\d,5", r" for \d", r"reps of", r"sets of", r"5@100", r"then",
)  # fmt: skip
"""What the tables of the design have in their left column, each as a pattern that some valid line matches."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_valid_messages_are_read(language: str) -> None:
    demand(read(f"valid.{language}.txt"), wrong)


def test_what_can_be_read_in_two_ways_is_asked() -> None:
    demand(read("asked.txt"), not_asked)


def test_what_breaks_a_bound_is_refused() -> None:
    demand(read("refused.txt"), not_refused)


def test_talk_says_nothing() -> None:
    demand(read("talk.txt"), not_talk)


def test_from_what_is_unsure_nothing_wrong_is_stored() -> None:
    demand(read("unsure.txt"), not_safe)


@pytest.mark.parametrize("lift", ["squat", "pull-up", "lateral-raise", "plank", "farmers-walk"])
def test_talk_after_a_set_is_talk(lift: str) -> None:
    def stored(line: Line) -> str | None:
        made = parse(line.message, Setting(unit=line.unit, today=TODAY, carried=catalogue().get(lift)))
        return f"stored {made.sets}" if made.sets else None

    demand(read("talk.txt"), stored)


@pytest.mark.parametrize("lift", ["squat", "pull-up", "plank"])
def test_a_message_that_names_its_lift_reads_the_same_after_any_set(lift: str) -> None:
    def differs(line: Line) -> str | None:
        if not line.expected or "_ " in line.expected or line.expected.startswith("actually"):
            return None
        fresh, after = (
            parse(line.message, Setting(unit=line.unit, today=TODAY, carried=carried))
            for carried in (None, catalogue().get(lift))
        )
        return None if fresh.sets == after.sets else f"{fresh.sets} became {after.sets}"

    demand(valid(), differs)


@pytest.mark.parametrize(
    ("lift", "message", "expected"),
    [
        ("pull-up", "+5", "_ last +5"),
        ("pull-up", "-10", "_ last -10"),
        ("pull-up", "+5 @9", "_ last +5 @9"),
        ("pull-up", "+5x5", "_ bw+5 x 5"),
        ("pull-up", "actually 8", "actually _ _ x 8"),
        ("squat", "actually 8", "actually _ _ x 8"),
        ("squat", "actually 80", "actually _ 80"),
        ("plank", "actually 60", "actually _ 60s"),
        ("dumbbell-curl", "actually 20s", "actually _ 20"),
        ("squat", "doch 95", "actually _ 95"),
        ("farmers-walk", "100 feet", "_ 30.48m"),
    ],
)
def test_what_leans_on_the_last_set_is_read_as_its_lift_demands(
    lift: str, message: str, expected: str
) -> None:
    line = Line("carried", message, "kg", expected)
    assert wrong(line, carried=catalogue().get(lift)) is None


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(valid()) >= 1000
    assert len(list(read("valid.en.txt"))) >= 600
    assert all(len(list(read(f"valid.{language}.txt"))) >= 50 for language in LANGUAGES)
    assert len(list(read("asked.txt"))) + len(list(read("refused.txt"))) >= 200
    assert len(list(read("talk.txt"))) >= 350
    assert len(list(read("unsure.txt"))) >= 100


def test_no_message_stands_twice() -> None:
    names = [
        *(f"valid.{language}.txt" for language in LANGUAGES),
        "asked.txt",
        "refused.txt",
        "talk.txt",
        "unsure.txt",
    ]
    count = Counter((line.message, line.unit) for name in names for line in read(name))
    assert [message for message, times in count.items() if times > 1] == []


def test_every_fixed_exercise_occurs() -> None:
    named = {
        entry["exercise"]
        for line in valid()
        for entry in sets(line.expected.removeprefix("actually "), line.unit)
    }
    assert set(FIXED_IDS.replace("\n", " ").replace(" ", "").split(",")) - named == set()


def test_every_exercise_that_is_expected_is_in_the_catalogue() -> None:
    named = {
        entry["exercise"]
        for line in valid()
        for entry in sets(line.expected.removeprefix("actually "), line.unit)
    }
    assert {name for name in named if name is not None and catalogue().get(name) is None} == set()


def test_every_mark_of_the_design_occurs() -> None:
    messages = [line.message for line in valid()]
    assert [
        mark for mark in MARKS if not any(re.search(mark, message, re.MULTILINE) for message in messages)
    ] == []
