"""Any text at all gives sets within the bounds, problems, questions or silence; never an exception."""

from __future__ import annotations

import json
from collections.abc import Hashable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exercises import catalogue
from core.model import SetEntry, Unit, to_kg
from core.notation import Parsed, Setting, parse
from core.notation.data import as_data
from core.notation.printer import print_sets
from tests.notation.corpus import TODAY
from tests.notation.hostile import FRAGMENTS, messages

_AFTER: tuple[tuple[Unit, str | None], ...] = (
    ("kg", None), ("lb", "squat"), ("kg", "pull-up"), ("lb", "plank"), ("kg", "farmers-walk"),
)  # fmt: skip
SETTINGS = tuple(
    Setting(unit=unit, today=TODAY, carried=None if carried is None else catalogue().get(carried))
    for unit, carried in _AFTER
)
"""What a message may be read against: a new athlete, and those who have just logged a lift of each sort."""


def check(text: str, setting: Setting) -> None:
    """Reads a message and says where the reading breaks a bound."""
    parsed = parse(text, setting)
    for entry in parsed.sets:
        _check_set(entry, setting.unit)
    if len(parsed.sets) > 20:
        assert all(len(parse(line, setting).sets) <= 20 for line in text.split("\n"))
    for question in parsed.questions:
        assert question.text and question.ask
        _check_readings([offered.sets for offered in question.readings])
        _check_readings([offered.label for offered in question.readings])
        for offered in question.readings:
            assert len(offered.sets) <= 20
            for entry in offered.sets:
                _check_set(entry, setting.unit)
    for problem in parsed.problems:
        assert problem.text and problem.reason
    if parsed.corrects is not None:
        _check_values(parsed.corrects, setting.unit)
    json.dumps(as_data(parsed, setting.unit), allow_nan=False)
    print_sets(parsed.sets)


def _check_readings(offered: list[Hashable]) -> None:
    """Nobody is asked to choose between two answers that are the same."""
    assert len(set(offered)) == len(offered), offered


def _check_set(entry: SetEntry, unit: Unit) -> None:
    """A set that is to be stored says how much was done, within the bounds."""
    done = (entry.reps, entry.seconds, entry.distance_m, entry.ref)
    assert any(part is not None for part in done), entry
    _check_values(entry, unit)


def _check_values(entry: SetEntry, unit: Unit) -> None:
    counts = (entry.reps, entry.partials, *(part.reps for part in entry.segments))
    assert all(type(count) is int and 1 <= count <= 200 for count in counts if count is not None), entry
    loads = (entry.load, *(part.load for part in entry.segments))
    for load in loads:
        assert load is None or -200 <= to_kg(load, entry.unit or unit) <= 1000, entry
    assert entry.load is None or entry.load >= 0 or entry.bodyweight, entry
    assert entry.seconds is None or 1 <= entry.seconds <= 7200, entry
    assert entry.rest_s is None or 1 <= entry.rest_s <= 7200, entry
    assert entry.rpe is None or 1 <= entry.rpe <= 10, entry
    assert entry.pain is None or entry.pain.level is None or 0 <= entry.pain.level <= 10, entry
    assert entry.exercise is None or catalogue().get(entry.exercise) is not None, entry
    assert not isinstance(entry.day, int) or entry.day == -1, entry
    assert entry.day is None or isinstance(entry.day, int) or entry.day <= TODAY, entry
    for rep in (entry.slow_from, entry.form_from):
        assert rep is None or 0 <= rep <= 200, entry


pieces = st.one_of(st.sampled_from(FRAGMENTS), st.integers(0, 3000).map(str), st.text(max_size=6))
ties = st.sampled_from(("", " ", " ", ",", "x", "\n"))
mixed = st.lists(st.tuples(pieces, ties).map("".join), max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(), max_size=120), st.sampled_from(SETTINGS))
def test_any_text_can_be_read(text: str, setting: Setting) -> None:
    check(text, setting)


@settings(max_examples=600, deadline=None)
@given(mixed, st.sampled_from(SETTINGS))
def test_the_words_of_the_notation_in_any_order_can_be_read(text: str, setting: Setting) -> None:
    check(text, setting)


def _check_many(count: int, seed: int) -> None:
    for number, text in enumerate(messages(count, seed)):
        try:
            check(text, SETTINGS[number % len(SETTINGS)])
        except Exception as error:
            raise AssertionError(f"message {number} of seed {seed}: {text[:200]!r}: {error}") from error


def test_ten_thousand_hostile_messages() -> None:
    _check_many(10_000, seed=2)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_million_hostile_messages(seed: int) -> None:
    _check_many(50_000, seed=seed)


def test_a_message_that_is_too_long_is_refused_with_its_length() -> None:
    parsed = parse("squat 100x8 " * 400, Setting(today=TODAY))
    assert [problem.facts for problem in parsed.problems] == [{"number": 4800, "most": 4096}]
    assert parsed.sets == ()


def test_the_longest_message_is_read() -> None:
    text = "squat 100x8 # " + "a" * (4096 - 14)
    parsed: Parsed = parse(text, Setting(today=TODAY))
    assert len(text) == 4096
    assert [entry.reps for entry in parsed.sets] == [8]


@pytest.mark.parametrize(
    "text",
    [
        "\u7ee5\u3099\U000a3761 5",  # an accent alone, which is no word
        "@0",
        "pull up  \u202e,of ,\n\r\n pain 14/10bw 100",
        "43 +@55 ,-.1 5-342:51:8",
        "miss 9 0x0 sqaut",
        "x7\u2460 24:30  a1 3x8",
    ],
)
def test_what_the_million_found(text: str) -> None:
    for setting in SETTINGS:
        check(text, setting)
