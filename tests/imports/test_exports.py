"""Exports of Strong, Hevy and FitNotes, in the variants that people have."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports import NotAnExport, Row, Unreadable, read, text_of
from core.imports.cells import CellUnreadable, moment, number, seconds
from core.model import Kind

EXPORTS = Path(__file__).parent.parent / "corpus" / "exports"


def _entries(text: str | bytes) -> Sequence[Row | Unreadable]:
    data = text.encode() if isinstance(text, str) else text
    return list(read(text_of(io.BytesIO(data))).entries)


def _row(heading: str, line: str) -> Row:
    (found,) = _entries(f"{heading}\n{line}\n")
    assert isinstance(found, Row)
    return found


@pytest.mark.parametrize(
    ("name", "app", "rows", "first", "unit"),
    [
        ("fitnotes-lb", "FitNotes", 399, ("2022-09-14", "Barbell Overhead Press", 45.0, 10), "lb"),
        ("hevy-kg", "Hevy", 393, ("2026-01-13", "Hip Adduction (Machine)", 90.0, 5), "kg"),
        ("strong-kg", "Strong", 399, ("2021-02-10", "Bench Press (Barbell)", 75.0, 8), None),
        ("strong-no-notes", "Strong", 399, ("2026-04-24", "Bench Press (Barbell)", 40.0, 10), None),
        ("strong-semicolon", "Strong", 266, ("2025-03-09", "Bench Press (Barbell)", 61.23492, 5), "kg"),
    ],
)
def test_real_exports_are_read_whole(
    name: str, app: str, rows: int, first: tuple[str, str, float, int], unit: str | None
) -> None:
    with (EXPORTS / f"{name}.csv").open("rb") as file:
        reading = read(text_of(file))
        found = list(reading.entries)
    assert reading.app == app
    assert len(found) == rows
    assert all(isinstance(entry, Row) for entry in found)
    one = found[0]
    assert isinstance(one, Row)
    assert (one.day.isoformat(), one.exercise, one.load, one.reps) == first
    assert one.unit == unit
    assert one.line == 2


STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
HEVY = "title,start_time,end_time,exercise_title,exercise_notes,set_index,set_type,weight_kg,reps,duration_seconds,rpe"


@pytest.mark.parametrize(
    ("order", "kind", "failed"),
    [("1", Kind.WORK, False), ("W", Kind.WARMUP, False), ("D", Kind.DROP, False), ("F", Kind.WORK, True)],
)
def test_strongs_letters_are_kinds_of_set(order: str, kind: Kind, failed: bool) -> None:
    found = _row(STRONG, f'2026-01-02 18:00:00,"A",1h,"Squat",{order},100,5,0,0,"tired","",8.5')
    assert (found.kind, found.failed, found.rpe, found.notes) == (kind, failed, 8.5, "tired")
    assert found.at == datetime(2026, 1, 2, 18)  # noqa: DTZ001 - the file's own local time


@pytest.mark.parametrize(
    ("kind", "read_as", "failed"),
    [
        ("normal", Kind.WORK, False), ("warmup", Kind.WARMUP, False),
        ("dropset", Kind.DROP, False), ("failure", Kind.WORK, True),
    ],
)  # fmt: skip
def test_hevys_types_are_kinds_of_set(kind: str, read_as: Kind, failed: bool) -> None:
    found = _row(HEVY, f'A,"13 Jan 2026, 18:43",,Squat,,0,{kind},100,5,,9')
    assert (found.kind, found.failed, found.rpe, found.unit) == (read_as, failed, 9, "kg")


@pytest.mark.parametrize(
    ("heading", "line", "load", "unit"),
    [
        (HEVY.replace("weight_kg", "weight_lbs"), 'A,"13 Jan 2026, 18:43",,Squat,,0,normal,225,5,,', 225, "lb"),
        (STRONG.replace("Weight", "Weight (lbs)"), "2026-01-02,A,1h,Squat,1,225,5,0,0,,,", 225, "lb"),
        (STRONG.replace("Reps", "Weight Unit,Reps"), "2026-01-02,A,1h,Squat,1,100,kg,5,0,0,,,", 100, "kg"),
        (STRONG.replace(",", ";"), '2026-01-02;A;1h;Squat;1;"82,5";5;0;0;;;', 82.5, None),
        (STRONG.replace("Reps", "Weight Unit,Reps"), "2026-01-02,A,1h,Squat,1,225.5,lbs,5,0,0,,,", 225.5, "lb"),
        (STRONG, "2026-01-02,A,1h,Chin Up,1,0,8,0,0,,,", 0, None),
        ("\ufeff" + STRONG, "2026-01-02,A,1h,Squat,1,100,5,0,0,,,", 100, None),
        (STRONG.replace(",", "\t"), "2026-01-02\tA\t1h\tSquat\t1\t100\t5\t0\t0\t\t\t", 100, None),
    ],
    ids=["Hevy lb", "unit in heading", "unit column", "semicolons", "unit column lb", "body alone", "mark", "tabs"],
)  # fmt: skip
def test_loads_are_read_in_every_variant(heading: str, line: str, load: float, unit: str | None) -> None:
    found = _row(heading, line)
    assert (found.load, found.unit) == (load, unit)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_survive_the_files_encoding(encoding: str) -> None:
    text = f"{STRONG}\r\n2026-01-02,A,1h,Bankdrücken,1,100,5,0,0,,,\r\n"
    (found,) = _entries(text.encode(encoding))
    assert isinstance(found, Row) and found.exercise == "Bankdrücken"


def test_timers_and_empty_lines_are_no_sets() -> None:
    lines = [
        "2026-01-02,A,1h,Squat,Rest Timer,0,0,0,90,,,",
        "2026-01-02,A,1h,Squat,Note,,,,,,,",
        "",
        "2026-01-02,A,1h,Squat,1,100,0,0,0,,,",
        "2026-01-02,A,1h,Plank,1,0,0,0,60,,,",
    ]
    (plank,) = _entries("\n".join([STRONG, *lines]))
    assert isinstance(plank, Row)
    assert (plank.reps, plank.seconds, plank.line) == (None, 60, 6)


def test_lines_that_cannot_be_read_are_named_by_line_and_reason() -> None:
    lines = [
        '2026-01-02,A,1h,Squat,1,100,5,0,0,"a note',
        'of two lines",,',
        "someday,A,1h,Squat,1,100,5,0,0,,,",
        "2026-01-02,A,1h,,1,100,5,0,0,,,",
        "2026-01-02,A,1h,Squat,1,heavy,5,0,0,,,",
        "2026-01-02,A,1h,Squat,1,100,1e999,0,0,,,",
        "2026-01-02,A,1h,Squat,1,100,5,0,0,,,",
    ]
    first, *bad, last = _entries("\n".join([STRONG, *lines]))
    assert isinstance(first, Row) and isinstance(last, Row)
    assert bad == [
        Unreadable(4, "date"),
        Unreadable(5, "exercise"),
        Unreadable(6, "number"),
        Unreadable(7, "number"),
    ]
    assert last.line == 8


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2021-02-10 16:46:13", (2021, 2, 10), (16, 46, 13)),
        ("2021-02-10T16:46:13+02:00", (2021, 2, 10), (16, 46, 13)),
        ("2022-09-14", (2022, 9, 14), None),
        ("13 Jan 2026, 18:43", (2026, 1, 13), (18, 43, 0)),
        ("Jan 13, 2026, 6:43 PM", (2026, 1, 13), (18, 43, 0)),
        ("13 Dez. 2025, 12:05", (2025, 12, 13), (12, 5, 0)),
        ("3 März 2026, 08:00", (2026, 3, 3), (8, 0, 0)),
        ("13 de mai. de 2026, 18:43", (2026, 5, 13), (18, 43, 0)),
        ("1 ene 2026, 18:43", (2026, 1, 1), (18, 43, 0)),
        ("5 févr. 2026, 18:43", (2026, 2, 5), (18, 43, 0)),
        ("9 août 2026, 18:43", (2026, 8, 9), (18, 43, 0)),
        ("9 juil. 2026, 18:43", (2026, 7, 9), (18, 43, 0)),
        ("13 янв. 2026 г., 18:43", (2026, 1, 13), (18, 43, 0)),
        ("9 мая 2026 г., 18:43", (2026, 5, 9), (18, 43, 0)),
        ("10.02.2021 16:46", (2021, 2, 10), (16, 46, 0)),
    ],
)
def test_dates_are_read_in_every_language(
    text: str, day: tuple[int, int, int], clock: tuple[int, int, int] | None
) -> None:
    found, at = moment(text)
    assert found == date(*day)
    assert at == (None if clock is None else datetime(*day, *clock))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["", "someday", "32 Jan 2026", "2026-13-01", "13 Foo 2026", "99.99.2026"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(CellUnreadable):
        moment(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("82.5", 82.5), ("82,5", 82.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("-15", -15.0), ("", None)],
)
def test_numbers_have_points_or_commas(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("90", 90), ("1:30", 90), ("0:01:30", 90), ("2:00:00", 7200), ("0", None), ("", None)]
)
def test_spans_are_seconds(text: str, value: float | None) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2", "PK\x03\x04", "\x00" * 100, '"' * 200_000])
def test_what_is_no_export_is_refused(text: str) -> None:
    with pytest.raises(NotAnExport):
        read(text_of(io.BytesIO(text.encode())))


@given(st.lists(st.lists(st.text(max_size=12), max_size=13), max_size=8), st.sampled_from([STRONG, HEVY]))
def test_whatever_stands_in_the_lines_each_is_read_or_named(cells: list[list[str]], heading: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    text = f"{heading}\n{out.getvalue()}".encode(errors="replace")
    assert all(isinstance(entry, Row | Unreadable) for entry in _entries(text))
