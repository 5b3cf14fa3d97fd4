"""The transcript form: what each line means, and that printing is the inverse of reading."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import transcript
from bot.transcript import Line, format_line, is_name, read_transcript

AT = datetime(2026, 11, 20, 18, 3, tzinfo=UTC)

ONE_LINE = [
    ("[2026-11-20 18:03] lifter #17: squat 100x8", Line("squat 100x8", AT, "lifter", None, "17")),
    (
        "[2026-11-20 18:03:09] lifter #17: squat 100x8",
        Line("squat 100x8", AT.replace(second=9), "lifter", None, "17"),
    ),
    ("[2026-11-20 18:03] lifter: squat 100x8", Line("squat 100x8", AT, "lifter")),
    ("[2026-11-20 18:03] ann @barbell #5: hello", Line("hello", AT, "ann", "barbell", "5")),
    ("[2026-11-20 18:03] ann @barbell #5 (reply): 2", Line("2", AT, "ann", "barbell", "5", "reply")),
    ("[2026-11-20 18:03] Łukasz-7 #5: przysiad 100x5", Line("przysiad 100x5", AT, "Łukasz-7", None, "5")),
    (
        "[2026-11-20 18:03] lifter #17 (edit): squat 95x8",
        Line("squat 95x8", AT, "lifter", None, "17", "edit"),
    ),
    ("[2026-11-20 18:03] lifter #17 (delete)", Line("", AT, "lifter", None, "17", "delete")),
    ("[2026-11-20 18:03] lifter #17:", Line("", AT, "lifter", None, "17")),
    ("#17: squat 100x8", Line("squat 100x8", message_id="17")),
    ("#17 (edit): squat 95x8", Line("squat 95x8", message_id="17", action="edit")),
    ("#17 (delete)", Line("", message_id="17", action="delete")),
    ("squat 100x8 # felt good", Line("squat 100x8 # felt good")),
    ("squat: 100x8", Line("squat: 100x8")),
    ("/edit 17 squat 95x8", Line("/edit 17 squat 95x8")),
]


@pytest.mark.parametrize(("text", "line"), ONE_LINE, ids=[text for text, _ in ONE_LINE])
def test_a_line_says_who_when_where_and_which_and_is_printed_as_it_was(text: str, line: Line) -> None:
    assert read_transcript(text) == [line]
    assert format_line(line) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  squat 100x8\r", Line("squat 100x8")),
        ("\ufeffsquat 100x8", Line("squat 100x8")),
        ("[2026-11-20 18:03]  lifter\t#17 :squat 100x8 ", Line("squat 100x8", AT, "lifter", None, "17")),
        ("#017(edit): squat 95x8", Line("squat 95x8", message_id="17", action="edit")),
        ("#17 (delete):", Line("", message_id="17", action="delete")),
        ("[2026-11-20 18:03] lifter #17: a: b: c", Line("a: b: c", AT, "lifter", None, "17")),
    ],
)
def test_blanks_do_not_matter(text: str, line: Line) -> None:
    assert read_transcript(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "[2026-13-20 18:03] lifter #17: squat 100x8",
        "[2026-11-20 25:03] lifter #17: squat 100x8",
        "[0001-01-01 00:00] lifter #17: squat 100x8",
        "[2026-11-20] lifter #17: squat 100x8",
        "[2026-11-20 18:03] squat 100x8",
        "[2026-11-20 18:03] lifter (edit): squat 95x8",
        "[2026-11-20 18:03] lifter #17",
        "#17 (edit) squat 95x8",
        "#17 (delete): the last one",
        "#legs: squat 100x8",
        "#1234567890: squat 100x8",
        "(delete)",
    ],
)
def test_what_has_no_other_meaning_is_a_plain_line(text: str) -> None:
    assert read_transcript(text) == [Line(text)]


def test_indented_lines_belong_to_the_message_above() -> None:
    text = "[2026-11-20 18:03] lifter #17: bench 80x8\n  row 70x10\n\n\t; curl 20x10\nsquat 100x8\n  dip 10"
    assert read_transcript(text) == [
        Line("bench 80x8\nrow 70x10\n; curl 20x10", AT, "lifter", None, "17"),
        Line("squat 100x8"),
        Line("dip 10"),
    ]


def test_a_deletion_takes_no_further_lines() -> None:
    assert read_transcript("#17 (delete)\n  squat 100x8") == [
        Line("", message_id="17", action="delete"),
        Line("squat 100x8"),
    ]


def test_blank_lines_and_comments_are_left_out() -> None:
    assert read_transcript("\n; warm-up first\n \t\nsquat 60x5\n\n; done") == [Line("squat 60x5")]


def test_the_example_in_the_documentation_is_a_transcript() -> None:
    block = (transcript.__doc__ or "").split("\n\n")[1]
    example = "\n".join(line.removeprefix("    ") for line in block.splitlines())
    read = read_transcript(example)
    assert [line.action for line in read] == [
        "message", "message", "reply", "edit", "delete", "message", "message",
    ]  # fmt: skip
    assert [line.text.split()[:2] for line in read][-2:] == [["squat", "95x8"], ["bench", "80x8"]]
    assert "\nrow 70x10" in read[-1].text


@pytest.mark.parametrize(("name", "holds"), [
    ("lifter", True), ("Łukasz", True), ("j.doe-2", True), ("", False), ("two words", False), ("a#b", False),
    ("@room", False), ("a:", False), ("(x)", False), ("tab\t", False),
])  # fmt: skip
def test_a_name_is_one_word_that_a_line_can_hold(name: str, holds: bool) -> None:
    assert is_name(name) is holds


_SHARDS = st.sampled_from([
    "[2026-11-20 18:03] ", "[2026-02-30 99:99] ", "lifter", "ann ", "@barbell ", "#17", "#5 ", " (edit)", " (delete)", "(reply)",
    ": ", ":", "squat 100x8", "\n", "\n  ", "\n\t", "  ", ";", "\r", "\ufeff", "\x00", "\x0b", "\u2028", "\u202e", "#", "[", "]",
])  # fmt: skip
_NEARLY = st.lists(_SHARDS, max_size=20).map("".join)


@given(st.one_of(st.text(), _NEARLY, st.lists(st.one_of(st.text(max_size=5), _SHARDS)).map("".join)))
def test_any_text_is_read_and_what_is_printed_reads_back_the_same(text: str) -> None:
    lines = read_transcript(text)
    printed = [format_line(line) for line in lines]
    assert [read_transcript(each) for each in printed] == [[line] for line in lines]
    assert read_transcript("\n".join(printed)) == lines


@given(
    st.lists(
        st.builds(
            Line,
            text=st.sampled_from(["squat 100x8", "bench 80x8\nrow 70x10", "; no comment", "#5: no id", ""]),
            at=st.integers(-2_000_000_000, 4_000_000_000).map(
                lambda second: datetime.fromtimestamp(second, UTC)
            ),
            person=st.from_regex(r"\w{1,9}", fullmatch=True),
            room=st.none() | st.from_regex(r"\w{1,9}", fullmatch=True),
            message_id=st.integers(0, 10**9 - 1).map(str),
            action=st.sampled_from(["message", "reply", "edit"]),
        ),
        max_size=5,
    )
)
def test_any_conversation_can_be_written_down(lines: list[Line]) -> None:
    assert read_transcript("\n".join(format_line(line) for line in lines)) == lines


def test_the_form_is_pure() -> None:
    source = Path(transcript.__file__).read_text(encoding="utf-8")
    assert "now(" not in source and "open(" not in source
