"""Which session is next, and on which day: by turns, or each on its own day; nothing is doubled, nothing is lost unsaid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.program.calendar import (
    DeloadAsked,
    Ended,
    Position,
    Replanned,
    SessionDone,
    SessionMoved,
    SessionSkipped,
    advanced,
    as_json,
    as_of,
    from_json,
    started,
)
from core.program.coming import (
    coming,
    due,
    missed,
    next_day,
    next_session,
    of_due,
    of_other,
    of_the_week,
    skipped,
)
from core.program.values import Schedule

MONDAY = date(2026, 1, 5)
ABC = Schedule(days=(0, 2, 4), order=("A", "B", "C"), rotates=False, a_week=3)
TURNS = Schedule(days=(0, 2, 4), order=("A", "B"), rotates=True, a_week=3)


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def after(words: str, schedule: Schedule = ABC, begun: int = 0) -> Position:
    """`0` the session that is next done on day 0, `0C` that of C; `s2` skipped; `m2=4` moved."""
    position = started(schedule.a_week, since=on(begun))
    for word in words.split():
        at = on(int(word.strip("smABC").partition("=")[0]))
        now = as_of(position, at)
        if word[0] == "s":
            position = advanced(position, SessionSkipped(at, skipped(now, schedule, at)))
        elif word[0] == "m":
            planned = of_due(now, schedule, at)
            to = on(int(word.partition("=")[2]))
            position = advanced(position, SessionMoved(at, to, planned.on if planned else None))
        elif word[-1].isalpha():
            position = advanced(position, SessionDone(at, of_other(now, schedule, word[-1], at), other=True))
        else:
            position = advanced(position, SessionDone(at, of_due(now, schedule, at)))
    return position


# What was done, the day that is looked at: the session then, and what is said to come next: its name, its day
OWN_DAYS = """
-            0   A   A 0
-            2   B   B 2
-            3   B   C 4
-            4   C   C 4
0            0   B   B 2
0            2   B   B 2
0            3   B   C 4
0            4   C   C 4
0 4          4   A   A 7
0 4          5   A   A 7
0 3          3   C   C 4
0 2C         2   B   B 4
0 2C         4   B   B 4
0 2C 4       5   A   A 7
0 4B         4   C   A 7
0 4B         5   C   A 7
0 4B 5       5   A   A 7
0 4B         7   A   A 7
0 s1         1   C   C 4
0 s2         2   C   C 4
0 m2=3       2   B   B 3
0 m2=3       3   B   B 3
0 m2=5       4   C   C 4
0 m2=5 4     4   B   B 5
0 m2=5 4     5   B   B 5
0 m2=5 4 5   5   A   A 7
0 m1=1 1     1   C   C 4
0 2 4        7   A   A 7
0 2 4        8   A   B 9
0 4C         5   B   A 7
0 7C         7   A   B 9
0 7C 8       9   B   B 9
0 2 7C 9     9   C   C 11
0            40  C   A 42
""".strip().splitlines()


@pytest.mark.parametrize("row", OWN_DAYS)
def test_a_session_that_is_named_with_its_day_belongs_to_that_day(row: str) -> None:
    *words, day, now, name, then = row.replace("-", "").split()
    position = after(" ".join(words))
    today = on(int(day))
    trained = position.last == today  # then it is the next day that counts
    first = today + timedelta(days=trained)
    found = coming(position, ABC, today)
    assert found is not None
    assert (next_session(as_of(position, first), ABC, first), found.name, found.day) == (
        now,
        name,
        on(int(then)),
    )


def test_who_begins_on_a_wednesday_begins_with_the_session_of_that_day() -> None:
    names = []
    position, day = started(3, since=on(2)), on(2)
    for _ in range(4):
        found = coming(position, ABC, day)
        assert found is not None and found.of is not None
        names.append((found.name, (found.day - MONDAY).days))
        position = advanced(position, SessionDone(found.day, found.of))
        day = found.day
    assert names == [("B", 2), ("C", 4), ("A", 7), ("B", 9)]


@pytest.mark.parametrize(
    ("words", "day", "names"),
    [
        ("0", 2, ""),
        ("0", 3, ""),
        ("0", 4, "B"),
        ("", 4, "A B"),
        ("0 4", 5, ""),
        ("0 2C", 4, ""),
        ("0", 7, "B C"),
    ],
)
def test_what_is_passed_over_is_known(words: str, day: int, names: str) -> None:
    assert [name for name, _ in missed(after(words), ABC, on(day))] == names.split()


def test_sessions_that_rotate_are_never_missed() -> None:
    assert missed(after("0", TURNS), TURNS, on(20)) == ()


@pytest.mark.parametrize(
    ("words", "today", "name", "day"),
    [
        ("", 0, "A", 0),
        ("0", 0, "B", 2),
        ("0", 3, "B", 4),
        ("0 2B", 2, "B", 4),  # the other one was done: what was due stays due
        ("s0", 0, "B", 2),
        ("s1", 1, "B", 4),
        ("0 s0", 0, "A", 4),
    ],
)
def test_sessions_rotate_whenever_they_are_done(words: str, today: int, name: str, day: int) -> None:
    found = coming(after(words, TURNS), TURNS, on(today))
    assert found is not None
    assert (found.name, found.day) == (name, on(day))


@pytest.mark.parametrize(("a_week", "apart"), [(1, 7), (2, 3), (3, 2), (4, 1), (6, 1)])
def test_without_weekdays_sessions_lie_apart(a_week: int, apart: int) -> None:
    anytime = Schedule(order=("A", "B"), a_week=a_week)
    assert next_day(started(a_week), anytime, on(0)) == on(0)
    position = advanced(started(a_week), SessionDone(on(0)))
    assert next_day(position, anytime, on(0)) == on(apart)
    assert next_day(position, anytime, on(20)) == on(20)


def test_nothing_comes_where_the_plan_has_no_session() -> None:
    assert coming(started(3), Schedule(), on(0)) is None


def test_another_schedule_begins_anew() -> None:
    position = advanced(after("0"), Replanned(on(1), 3, anew=True))
    tuesdays = Schedule(days=(1, 3), order=("A", "B"), rotates=False, a_week=2)
    assert (due(position, tuesdays, on(1)), missed(position, tuesdays, on(1))) == (on(1), ())
    trained = advanced(after("0"), Replanned(on(0), 3, anew=True))
    assert due(trained, Schedule(days=(0, 1), order=("A", "B"), rotates=False, a_week=2), on(1)) == on(1)


@pytest.mark.parametrize(
    ("words", "begun", "day", "names"),
    [
        ("", 0, 0, "A B C"),
        ("0", 0, 2, "A B C"),
        ("0 2", 0, 4, "A B C"),
        ("", 2, 2, "B C A"),
        ("0", 0, 4, "B C"),
    ],
)
def test_the_week_has_what_still_comes_in_it(words: str, begun: int, day: int, names: str) -> None:
    assert of_the_week(after(words, begun=begun), ABC, on(day)) == tuple(names.split())


# Weeks that end short --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day", "ended", "week"),
    [
        ("0", 7, Ended(1, 1, 3), 1),
        ("0 2", 7, Ended(1, 2, 3), 2),
        ("0 2 4", 7, None, 2),
        ("0 2", 6, None, 1),
        ("0 7", 8, None, 1),
        ("0 s2 s4", 4, Ended(1, 1, 3), 1),
        ("0 2 4 7", 80, Ended(2, 0, 0), 1),
        ("", 80, None, 1),
    ],
)
def test_a_week_that_ends_short_is_known_until_the_next_begins(
    words: str, day: int, ended: Ended | None, week: int
) -> None:
    position = as_of(after(words, TURNS), on(day))
    assert (position.ended, position.week) == (ended, week)
    assert as_of(position, on(day)) == position


def test_a_deload_before_anything_was_done_ends_no_week() -> None:
    assert advanced(started(3), DeloadAsked(on(0))).ended is None


# Whatever happens ------------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["done", "A", "B", "C", "skip", "move"])), max_size=40
    )
)
def test_no_planned_day_is_done_twice_and_what_is_said_comes(happened: list[tuple[int, str]]) -> None:
    position, day = started(3, since=on(0)), on(0)
    for gap, what in happened:
        day += timedelta(days=gap)
        now = as_of(position, day)
        before = now.over
        match what:
            case "skip":
                position = advanced(position, SessionSkipped(day, skipped(now, ABC, day)))
            case "move":
                planned = of_due(now, ABC, day)
                assert planned is not None
                position = advanced(position, SessionMoved(day, day + timedelta(days=gap), planned.on))
            case _:
                of = of_due(now, ABC, day) if what == "done" else of_other(now, ABC, what, day)
                position = advanced(position, SessionDone(day, of, other=what != "done"))
        assert len(set(position.over)) == len(position.over) <= 20
        assert set(position.over) - set(before) == set() or len(set(position.over) - set(before)) == 1
        assert from_json(as_json(position)) == position
        found = coming(position, ABC, day)
        assert found is not None and found.of is not None and found.of.on not in position.over
        then = as_of(position, found.day)
        assert next_session(then, ABC, found.day) == found.name


@pytest.mark.parametrize(
    ("at", "next_at"),
    [
        (2, 4),  # on its day
        (3, 4),  # the day after it was missed: that one is left out, Friday's is still to come
        (1, 4),  # before its day
        (4, 7),  # Friday's own day, whatever was missed before
    ],
)
def test_a_rotating_session_that_is_left_out_late_takes_no_day_with_it(at: int, next_at: int) -> None:
    after_monday = after("0", TURNS)
    position = advanced(
        after_monday, SessionSkipped(on(at), skipped(as_of(after_monday, on(at)), TURNS, on(at)))
    )
    found = coming(as_of(position, on(at)), TURNS, on(at))
    assert found is not None
    assert found.day == on(next_at)
    again = advanced(position, SessionSkipped(on(at), skipped(position, TURNS, on(at))))
    later = coming(again, TURNS, on(at))
    assert later is not None
    assert later.day > found.day, "said twice, two are left out"
