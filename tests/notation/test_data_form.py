"""The data form that `spotter parse` prints: keys, their types, and that a key stands only where something was typed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.model import Unit
from core.notation import Setting, parse
from core.notation.data import as_data
from tests.notation.corpus import TODAY, read, reading, valid

ALWAYS = {
    "exercise": (str, type(None)),
    "load": (float, type(None)),
    "unit": (str,),
    "reps": (int, type(None)),
    "kind": (str,),
}
TYPED = {
    "bodyweight": (bool,), "rpe": (float,), "rir_at_least": (bool,), "failure": (str,), "seconds": (int,), "partials": (int,),
    "segments": (list,), "slow_from": (int,), "form_from": (int,), "pain": (int, type(None)), "tempo": (str,), "side": (str,),
    "rest_s": (int,), "superset": (int,), "note": (str,), "day": (str, int), "distance_m": (float,), "typed": (str,), "ref": (dict,),
}  # fmt: skip
WORDS: dict[str, set[object]] = {
    "unit": {"kg", "lb"},
    "kind": {"work", "warmup", "amrap", "drop", "rest_pause"},
    "failure": {"technical", "absolute"},
    "side": {"left", "right", "each"},
    "bodyweight": {True},
    "rir_at_least": {True},
}


def data(text: str, unit: Unit = "kg") -> dict[str, Any]:
    """The data form of a message."""
    return as_data(parse(text, Setting(unit=unit, today=TODAY)), unit)


def only(text: str, unit: Unit = "kg") -> dict[str, Any]:
    """The one set of a message, without what a plain set has besides."""
    (entry,) = data(text, unit)["sets"]
    assert isinstance(entry, dict)
    return {
        key: value
        for key, value in entry.items()
        if key not in ("exercise", "load", "unit", "reps", "kind", "typed")
    }


def test_the_example_of_the_design() -> None:
    assert data("squat 100x8 rpe9") == {
        "sets": [{"exercise": "squat", "load": 100.0, "unit": "kg", "reps": 8, "rpe": 9.0, "kind": "work"}],
        "problems": [],
    }


@pytest.mark.parametrize(
    "name", ["valid.en.txt", "valid.de.txt", "valid.zh.txt", "asked.txt", "refused.txt", "talk.txt"]
)
def test_every_message_has_the_keys_and_types_of_the_contract(name: str) -> None:
    for line in read(name):
        made = reading(line)
        assert json.loads(json.dumps(made, allow_nan=False)) == made
        assert {"sets", "problems"} <= made.keys() <= {"sets", "problems", "questions", "corrects"}, line
        offered = [
            entry for question in made.get("questions", []) for sets in question["readings"] for entry in sets
        ]
        for entry in [*made["sets"], *offered]:
            _check_set(entry)
        for problem in made["problems"]:
            assert isinstance(problem["text"], str) and isinstance(problem["reason"], str)
        for question in made.get("questions", []):
            assert {"text", "ask", "readings"} <= question.keys() <= {"text", "ask", "readings", "typed"}


def _check_set(entry: dict[str, Any]) -> None:
    assert ALWAYS.keys() <= entry.keys() <= ALWAYS.keys() | TYPED.keys(), entry
    for key, value in entry.items():
        assert type(value) in (ALWAYS | TYPED)[key], (key, entry)
        assert key not in WORDS or value in WORDS[key], (key, entry)
    for segment in entry.get("segments", []):
        assert segment.keys() == {"load", "reps"} and type(segment["reps"]) is int
    assert {"drop": "segments", "rest_pause": "segments"}.get(entry["kind"], "kind") in entry


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("squat 100x8", {}),
        ("squat 100x8 @9", {"rpe": 9.0}),
        ("squat 100x8 rir2", {"rpe": 8.0}),
        ("squat 100x8 rir 6", {"rpe": 4.0, "rir_at_least": True}),
        ("squat 100x8 rir 4", {"rpe": 6.0}),
        ("squat 100x8 f", {"failure": "technical", "rpe": 10.0}),
        ("squat 100x8 (miss 9)", {"failure": "absolute", "rpe": 10.0}),
        ("squat 100x8 slow6", {"slow_from": 6}),
        ("squat 100x8 form6", {"form_from": 6}),
        ("squat 100x8 form broke", {"form_from": 0}),
        ("squat 100x8 pain", {"pain": None}),
        ("squat 100x8 pain 4/10", {"pain": 4}),
        ("squat 100x8 no pain", {"note": "no pain"}),
        ("squat 100x8 +4p", {"partials": 4}),
        ("squat 100x8 tempo 3-1-x-0", {"tempo": "31x0"}),
        ("squat 100x8 t31X0", {"tempo": "31x0"}),
        ("squat 100x8 rest 2:30", {"rest_s": 150}),
        ("squat 100x8 after 3 min", {"rest_s": 180}),
        ("squat 100x8 # felt light", {"note": "felt light"}),
        ("lunge 20x8 L", {"side": "left"}),
        ("lunge 20x8 right", {"side": "right"}),
        ("lunge 20x8/side", {"side": "each"}),
        ("pull up 8", {"bodyweight": True}),
        ("plank 60s", {"bodyweight": True, "seconds": 60}),
        ("farmers walk 40kg x 30m", {"distance_m": 30.0}),
        ("yesterday squat 100x8", {"day": -1}),
        ("2026-11-20 squat 100x8", {"day": "2026-11-20"}),
        ("squat 100x8+3+2", {"segments": [{"load": 100.0, "reps": 3}, {"load": 100.0, "reps": 2}]}),
        ("lateral raise 20x10 > 15x8", {"segments": [{"load": 15.0, "reps": 8}]}),
        ("same", {"ref": {"last": True}}),
        ("+2.5", {"ref": {"last": True, "load_delta": 2.5}}),
        ("x7 @9", {"ref": {"last": True, "reps": 7}, "rpe": 9.0}),
    ],
)  # fmt: skip
def test_a_key_stands_where_something_was_typed(text: str, more: dict[str, object]) -> None:
    assert only(text) == more


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("squat 60x5 w", "warmup"),
        ("squat 100x12+", "amrap"),
        ("lateral raise 20x10 > 15x8", "drop"),
        ("squat 100x8 rp 3 2", "rest_pause"),
        ("squat 100x8", "work"),
    ],
)
def test_the_kind_of_a_set(text: str, kind: str) -> None:
    assert data(text)["sets"][0]["kind"] == kind


@pytest.mark.parametrize(
    ("text", "unit", "load", "shown"),
    [
        ("squat 100x8", "kg", 100.0, "kg"),
        ("squat 225x5", "lb", 225.0, "lb"),
        ("squat 225 lb x 5", "kg", 225.0, "lb"),
        ("squat 225# x 5", "kg", 225.0, "lb"),
        ("squat 100kg x 8", "lb", 100.0, "kg"),
        ("pull up +20x5", "kg", 20.0, "kg"),
        ("pull up -15x8", "kg", -15.0, "kg"),
        ("pull up 10", "kg", 0.0, "kg"),
        ("8", "kg", None, "kg"),
    ],
)
def test_load_and_unit(text: str, unit: Unit, load: float | None, shown: str) -> None:
    (entry,) = data(text, unit)["sets"]
    assert (entry["load"], entry["unit"]) == (load, shown)


def test_a_name_as_written_stands_where_it_is_not_the_id() -> None:
    assert "typed" not in data("squat 100x8")["sets"][0]
    assert "typed" not in data("front squat 100x8")["sets"][0]
    assert data("ohp 50x5")["sets"][0]["typed"] == "ohp"
    assert data("sqaut 100x8")["sets"][0]["typed"] == "sqaut"


def test_no_name_is_null() -> None:
    assert data("100x8")["sets"][0]["exercise"] is None


def test_several_sets_stand_as_several_objects() -> None:
    entries = data("squat 100x8x3")["sets"]
    assert len(entries) == 3 and all(entry == entries[0] for entry in entries)


def test_the_sets_of_a_superset_share_a_number() -> None:
    numbers = [entry["superset"] for entry in data("ss bench 80x8x2 / lat pulldown 70x10x2")["sets"]]
    assert len(numbers) == 4 and len(set(numbers)) == 1


def test_two_supersets_of_a_message_have_two_numbers() -> None:
    entries = data("a1 bench 80x8\na2 lat pulldown 70x10\nb1 curl 30x12\nb2 pushdown 25x15")["sets"]
    numbers = [entry["superset"] for entry in entries]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_question_has_its_readings_and_no_set() -> None:
    made = data("squat 100x8 9")
    assert made["sets"] == [] and made["problems"] == []
    (question,) = made["questions"]
    assert question["text"] == "squat 100x8 9"
    assert [[(entry["reps"], entry.get("rpe")) for entry in sets] for sets in question["readings"]][:2] == [
        [(8, None), (9, None)],
        [(8, 9.0)],
    ]


def test_a_question_leaves_the_other_lines_as_sets() -> None:
    made = data("squat 100x5\nbench 80x8 9")
    assert [entry["exercise"] for entry in made["sets"]] == ["squat"]
    assert [question["text"] for question in made["questions"]] == ["bench 80x8 9"]


def test_an_unknown_or_doubtful_name_is_a_question_with_the_name_as_written() -> None:
    for text, typed in (("gronkle machine 40x10", "gronkle machine"), ("row 70x10", "row")):
        made = data(text)
        assert made["sets"] == []
        assert made["questions"][0]["typed"] == typed


def test_a_correction_stands_at_the_top() -> None:
    assert data("actually 95") == {"sets": [], "problems": [], "corrects": {"load": 95.0, "unit": "kg"}}
    assert data("actually it was 95kg", "lb")["corrects"] == {"load": 95.0, "unit": "kg"}


def test_what_is_refused_names_its_text_and_reason_and_leaves_the_other_lines() -> None:
    made = data("squat 100x5\nbench 1500x5")
    assert [entry["exercise"] for entry in made["sets"]] == ["squat"]
    (problem,) = made["problems"]
    assert problem["text"] == "bench 1500x5"
    assert problem["reason"] and problem["number"] == 1500.0 and problem["most"] == 1000


def test_talk_has_nothing() -> None:
    assert data("nice work everyone") == {"sets": [], "problems": []}


def test_readings_of_questions_keep_the_bounds() -> None:
    for line in read("asked.txt"):
        for question in reading(line).get("questions", []):
            for sets in question["readings"]:
                assert 1 <= len(sets) <= 20, (line, question)


def test_every_valid_line_has_a_set_or_a_correction() -> None:
    assert [line for line in valid() if not ((made := reading(line))["sets"] or "corrects" in made)] == []
