"""What is printed reads back as the same sets, whoever made them: hypothesis, or people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import SetEntry
from core.notation import Setting, parse
from core.notation.printer import print_sets
from tests.notation.corpus import LANGUAGES, TODAY, Line, demand, read
from tests.notation.strategies import bodyweight, days, entries, leaning, loaded, timed


def read_back(sets: list[SetEntry]) -> list[SetEntry]:
    """The sets in a printed text. How a name was written is not part of a set."""
    text = print_sets(sets)
    parsed = parse(text, Setting(today=TODAY))
    assert not parsed.problems, (text, parsed.problems)
    assert not parsed.questions, (text, [question.ask for question in parsed.questions])
    return [replace(entry, typed=None) for entry in parsed.sets]


@pytest.mark.parametrize(
    "kind", [loaded(), bodyweight(), timed(), leaning()], ids=["loaded", "bodyweight", "timed", "leaning"]
)
def test_a_set_of_any_kind_reads_back_as_itself(kind: st.SearchStrategy[SetEntry]) -> None:
    @settings(max_examples=150, deadline=None)
    @given(kind)
    def reads_back(entry: SetEntry) -> None:
        assert read_back([entry]) == [entry], print_sets([entry])

    reads_back()


@settings(max_examples=100, deadline=None)
@given(loaded(), st.integers(1, 20))
def test_equal_sets_read_back_in_their_number(entry: SetEntry, count: int) -> None:
    assert read_back([entry] * count) == [entry] * count, print_sets([entry] * count)


@settings(max_examples=100, deadline=None)
@given(st.lists(entries, min_size=2, max_size=6), days)
def test_the_sets_of_a_day_read_back_as_themselves(done: list[SetEntry], day: date | int | None) -> None:
    together = [replace(entry, day=day) for entry in done]
    assert read_back(together) == together, print_sets(together)


def _changed(line: Line) -> str | None:
    once = list(parse(line.message, Setting(unit=line.unit, today=TODAY)).sets)
    text = print_sets(once)
    again = parse(text, Setting(unit=line.unit, today=TODAY)).sets
    same = [replace(entry, typed=None) for entry in again] == [replace(entry, typed=None) for entry in once]
    return None if same else f"{text!r} reads as {again}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_the_corpus_reads_the_same_after_printing(language: str) -> None:
    demand(read(f"valid.{language}.txt"), _changed)
