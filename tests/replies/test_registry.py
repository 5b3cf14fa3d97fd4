"""Nothing that the coach can say is without words: every code in the source has its sentence."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from bot.replies.questions import question
from bot.replies.reasons import SENTENCES, sentence, sources
from bot.replies.told import ANSWERS, REFUSALS, refused
from core.evidence import REASONS
from core.exercises import catalogue
from core.facts import Asked, Choice, Refused
from core.model import Reason, SetEntry
from core.notation.bounds import broken
from core.notation.reading import Problem
from tests.replies.codes import Place, keys_with_words, source

REASON = Place("Reason", 0, "code")
TOLD = Place("Told", 0, "code")
ASKED = Place("Asked", 0, "code")
PROBLEM = Place("Problem", 1, "reason")
QUESTIONS = (Place("Question", 1, "ask"), Place("Found", 1, "ask"), Place("Expression", 3, "ask"))
NOT_UNDONE_IN_WORDS = {"undone_sets", "undone_plan", "undone_remind"}
"""Sets that are taken back, and the plan or the choice of reminders that is back, are shown themselves."""

FACTS: dict[str, object] = {
    "word": "build_middle", "role": "anchor", "side": "left", "typed": "press", "exercise": "bench-press",
    "rpe": 9.5, "target_rpe": 8.0, "gap": 1.5, "percent": 2.5, "level": 4,
}  # fmt: skip
RAW = re.compile(r"[{}]|None|nan|\b\w+_\w+\b|  ")


def reason_codes() -> list[str]:
    return sorted({*REASONS, *source("core").codes(REASON)})


def asked_codes() -> dict[str, str]:
    found = source("core/coach").codes(ASKED)
    for place in QUESTIONS:
        found |= source("core/notation", "core/coach").codes(place)
    return found


def clean(lines: list[str]) -> bool:
    """Whether lines are words, all of them filled in."""
    return bool(lines) and all(line.strip() == line and line and not RAW.search(line) for line in lines)


# Reasons


@pytest.mark.parametrize("code", reason_codes())
def test_every_reason_has_a_sentence_with_its_facts(code: str) -> None:
    names = REASONS[code].facts if code in REASONS else ("typed", "exercise")
    facts = {name: FACTS.get(name, 3) for name in names}
    assert clean([sentence(Reason(code, facts))])


OPTIONAL = {
    "pain_stop": ("level", "return_load"),
    "pain_lower": ("level",),
    "pain_return": ("level",),
    "pain_logged": ("level",),
    "form_broke": ("rep",),
}
"""Facts that a rule may leave open."""


@pytest.mark.parametrize("code", sorted(OPTIONAL))
def test_a_reason_without_a_fact_that_may_be_open_still_is_a_sentence(code: str) -> None:
    facts = {name: None if name in OPTIONAL[code] else FACTS.get(name, 3) for name in REASONS[code].facts}
    assert clean([sentence(Reason(code, facts))])


@pytest.mark.parametrize("code", reason_codes())
def test_a_reason_whose_facts_are_all_none_breaks_no_reply(code: str) -> None:
    names = REASONS[code].facts if code in REASONS else ("typed", "exercise")
    said = sentence(Reason(code, dict.fromkeys(names)))
    assert said and not re.search(r"[{}]", said)


def test_every_reason_that_rules_give_is_in_the_evidence() -> None:
    about_reading = {"read_as_before", "read_as_planned", "read_as_last", "name_as_before"}
    assert set(source("core").codes(REASON)) - about_reading <= set(REASONS)
    assert set(SENTENCES) == set(REASONS) | about_reading


def test_every_reason_is_given_by_some_rule() -> None:
    assert set(REASONS) <= set(source("core").codes(REASON))


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_says_where_it_is_from(code: str) -> None:
    said = sources((Reason(code, {}),), whole=True)
    assert clean([said])


# Refusals


def problem_codes() -> dict[str, str]:
    return source("core").codes(PROBLEM)


BROKEN = [
    SetEntry(load=1000.5, reps=5),
    SetEntry(load=2300.0, unit="lb", reps=5),
    SetEntry(load=-200.5, bodyweight=True, reps=5),
    SetEntry(load=20, reps=0),
    SetEntry(load=20, reps=201),
    SetEntry(load=20, reps=5, partials=500),
    SetEntry(seconds=7201),
    SetEntry(distance_m=5000.5),
    SetEntry(load=20, reps=5, rest_s=9000),
    SetEntry(load=20, reps=5, rpe=10.5),
    SetEntry(load=20, reps=5, rpe=-2.0),
    SetEntry(load=20, reps=5, day=date(2026, 11, 21)),
]


@pytest.mark.parametrize("entry", BROKEN)
def test_every_broken_bound_is_refused_in_words_with_the_number(entry: SetEntry) -> None:
    problem = broken("squat ...", [entry], "kg", date(2026, 11, 20))
    assert problem is not None
    lines = refused(Refused(problem, "kg"))
    assert clean(lines)
    number = problem.facts.get("number", problem.facts.get("day"))
    assert (f"{number:g}" if isinstance(number, float) else str(number)) in lines[0]


def test_every_refusal_in_the_source_has_words() -> None:
    assert problem_codes()
    assert {code: at for code, at in problem_codes().items() if code not in REFUSALS} == {}
    assert set(REFUSALS) <= set(problem_codes())


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_can_be_filled_in(code: str) -> None:
    facts: dict[str, object] = {
        "number": 3,
        "most": 2,
        "least": 1,
        "unit": "kg",
        "day": "2026-11-21",
        "lift": "Leg press",
    }
    assert clean(refused(Refused(Problem("squat 100x8", code, facts), "kg")))


# Questions


def test_every_question_in_the_source_has_words() -> None:
    known = keys_with_words("bot/replies/questions.py")
    codes = asked_codes()
    assert len(codes) > 10
    assert {code: at for code, at in codes.items() if code not in known} == {}


@pytest.mark.parametrize("code", sorted(asked_codes()))
@pytest.mark.parametrize(
    "partial", [None, SetEntry(load=100, unit="kg"), SetEntry(load=-15, bodyweight=True)]
)
def test_every_question_can_be_filled_in(code: str, partial: SetEntry | None) -> None:
    squat = catalogue().get("squat")
    facts: dict[str, Any] = {
        "typed": "press", "partial": partial, "exercise": squat, "done": SetEntry(load=200, unit="kg", reps=5),
        "count": 2, "old": "kg", "new": "lb",
    }  # fmt: skip
    choices = (Choice(sets=(SetEntry(load=100, reps=8),)), Choice(exercise=squat), Choice(word="yes"))
    assert clean(question(Asked(code, "squat 100 8 9", choices, facts), "kg"))


def test_every_word_that_can_be_chosen_has_words() -> None:
    words = set(source("core/coach").codes(Place("packed", 99, "word")))
    assert words
    for word in words:
        assert question(Asked("order", "squat", (Choice(word=word),)), "kg")[1] != f"1) {word}"


# Short answers


def told_codes() -> dict[str, str]:
    return {
        code: at for code, at in source("core", "bot").codes(TOLD).items() if code not in NOT_UNDONE_IN_WORDS
    }


def test_every_short_answer_in_the_source_has_words() -> None:
    assert {code: at for code, at in told_codes().items() if code not in ANSWERS} == {}


def test_no_words_wait_for_a_code_that_nobody_gives() -> None:
    assert set(ANSWERS) - set(told_codes()) == set()


@pytest.mark.parametrize("code", ["undone_mended", "undone_hold", "talk_cardio", "talk_set", "talk_measure"])
def test_codes_that_are_put_together_are_followed(code: str) -> None:
    assert code in told_codes()
