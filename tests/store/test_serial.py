"""What is written is read back, exactly."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Failure, Kind, Pain, Ref, Segment, SetEntry, Side
from core.store.serial import read_entry, read_instant, write_entry, write_instant

numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**6), 10**6)
counts = st.integers(0, 10**6)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


entries = st.builds(
    SetEntry,
    exercise=maybe(st.text()),
    typed=maybe(st.text()),
    load=maybe(numbers),
    unit=st.sampled_from([None, "kg", "lb"]),
    bodyweight=st.booleans(),
    reps=maybe(counts),
    seconds=maybe(counts),
    distance_m=maybe(numbers),
    kind=st.sampled_from(Kind),
    rpe=maybe(numbers),
    rir_at_least=st.booleans(),
    failure=maybe(st.sampled_from(Failure)),
    segments=st.lists(st.builds(Segment, maybe(numbers), counts), max_size=4).map(tuple),
    partials=maybe(counts),
    slow_from=maybe(counts),
    form_from=maybe(counts),
    pain=maybe(st.builds(Pain, maybe(st.integers(0, 10)))),
    tempo=maybe(st.text()),
    side=maybe(st.sampled_from(Side)),
    rest_s=maybe(counts),
    superset=maybe(counts),
    note=maybe(st.text()),
    day=maybe(st.dates() | st.integers(-30, 0)),
    ref=maybe(st.builds(Ref, maybe(numbers), maybe(counts))),
)


@given(entries)
def test_any_set_is_read_as_it_was_written(entry: SetEntry) -> None:
    read = read_entry(write_entry(entry))
    assert read == entry
    # Equality is blind to these: 8 == 8.0 and Kind.WORK == "work".
    for name in SetEntry.__dataclass_fields__:
        assert type(getattr(read, name)) is type(getattr(entry, name))


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (SetEntry(), {}),
        (SetEntry(exercise="squat", load=100, reps=8), {"exercise": "squat", "load": 100, "reps": 8}),
        (SetEntry(reps=0, load=0), {"reps": 0, "load": 0}),
        (SetEntry(pain=Pain()), {"pain": [None]}),
        (SetEntry(day=-1), {"day": -1}),
        (SetEntry(day=date(2026, 11, 20)), {"day": "2026-11-20"}),
        (SetEntry(ref=Ref(load_delta=2.5)), {"ref": [2.5, None]}),
        (SetEntry(segments=(Segment(80, 6), Segment(None, 3))), {"segments": [[80, 6], [None, 3]]}),
    ],
)
def test_only_what_was_said_is_written(entry: SetEntry, written: dict[str, object]) -> None:
    assert json.loads(write_entry(entry)) == written


def test_text_that_no_database_holds_is_written_in_ascii() -> None:
    entry = SetEntry(note="a\x00b \ud83d مرحبا 💪")
    assert write_entry(entry).isascii()
    assert "\x00" not in write_entry(entry)
    assert read_entry(write_entry(entry)) == entry


@pytest.mark.parametrize("load", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(load: float) -> None:
    with pytest.raises(ValueError):
        write_entry(SetEntry(load=load))


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-12 * 60, 14 * 60))
def test_any_instant_is_read_as_it_was_written(at: datetime, offset: int) -> None:
    if 2 <= at.year <= 9998:
        elsewhere = at.astimezone(timezone(timedelta(minutes=offset)))
        assert write_instant(elsewhere) == write_instant(at)
    assert read_instant(write_instant(at)) == at


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_instants_sort_as_text(one: datetime, other: datetime) -> None:
    assert (write_instant(one) < write_instant(other)) == (one < other)


def test_an_instant_has_one_form() -> None:
    assert write_instant(datetime(2026, 11, 20, 18, 3, tzinfo=UTC)) == "2026-11-20T18:03:00.000000Z"
    with pytest.raises(ValueError, match="offset"):
        write_instant(datetime(2026, 11, 20))  # noqa: DTZ001
