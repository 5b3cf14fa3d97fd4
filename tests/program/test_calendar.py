"""Where someone stands: completed weeks count and not dates, nothing is doubled, and a deload stands between cycles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.program.calendar import (
    DeloadAsked,
    DeloadDeclined,
    Event,
    Position,
    Replanned,
    SessionDone,
    SessionMoved,
    SessionSkipped,
    WeekChosen,
    advanced,
    as_json,
    as_of,
    block_number,
    cycle_of,
    from_json,
    goes_on,
    started,
)
from core.program.coming import next_day, next_session
from core.program.values import Schedule

MONDAY = date(2026, 1, 5)


def on(day: int) -> date:
    """A day of the test's calendar; 0 is a Monday."""
    return MONDAY + timedelta(days=day)


def event(word: str) -> Event:
    """`0` a session done on day 0; `s2` skipped; `d3` deload asked; `n3` declined; `w3=7` week chosen; `p3=2` replanned;
    `m3=5` moved."""
    kind = word[0] if word[0].isalpha() else ""
    at, _, more = word[len(kind) :].partition("=")
    when = on(int(at))
    match kind:
        case "":
            return SessionDone(when)
        case "s":
            return SessionSkipped(when)
        case "d":
            return DeloadAsked(when)
        case "n":
            return DeloadDeclined(when)
        case "w":
            return WeekChosen(when, int(more))
        case "p":
            return Replanned(when, int(more))
    return SessionMoved(when, on(int(more)))


def after(words: str, start: Position | None = None) -> Position:
    position = started(3) if start is None else start
    for word in words.split():
        position = advanced(position, event(word))
    return position


# What happened, the day that is looked at, and the week with the sessions done in it. Three sessions make a week.
WEEKS = """
-               0   week 1, 0 done
0               1   week 1, 1 done
0 2             6   week 1, 2 done
0 2 4           4   week 2, 0 done
0 1 2           2   week 2, 0 done
0 2             7   week 2, 0 done
0               7   week 1, 0 done
0               6   week 1, 1 done
0 2             90  week 1, 0 done
0 2 7           7   week 2, 1 done
0 7             7   week 1, 1 done
0 0 0           0   week 1, 1 done
0 2 s4          4   week 2, 0 done
0 s2 s4         4   week 1, 0 done
s0 s2 s4        4   week 1, 0 done
s0 9            10  week 1, 1 done
s0 9 10         10  week 2, 0 done
0 m2=3 3        3   week 1, 2 done
0 2 m4=8        8   week 1, 2 done
0 2 m4=8 8      8   week 2, 0 done
0 2 m4=8        9   week 2, 0 done
0 m4=8 8        8   week 2, 0 done
0 m4=8 8        9   week 2, 0 done
0 m4=8          9   week 1, 0 done
0 2 m4=6        7   week 2, 0 done
0 w1=7          1   week 7, 0 done
0 w1=7 1        1   week 7, 1 done
0 p1=2          1   week 1, 1 done
0 p1=1          1   week 2, 0 done
0 p1=6 1 2      7   week 1, 0 done
0 p1=6 1 2 3    7   week 2, 0 done
0 n1            1   week 1, 1 done
""".strip().splitlines()


@pytest.mark.parametrize("row", WEEKS)
def test_a_week_ends_with_its_sessions_or_seven_days_after_its_first(row: str) -> None:
    happened, wanted = row.split("week")
    *words, day = happened.replace("-", "").split()
    position = as_of(after(" ".join(words)), on(int(day)))
    assert f"{position.week}, {position.done} done" == wanted.strip()


@pytest.mark.parametrize(
    ("a_week", "done", "on_it_goes"),
    [
        (1, 0, False),
        (1, 1, True),
        (2, 1, False),
        (2, 2, True),
        (3, 1, False),
        (3, 2, True),
        (4, 2, False),
        (4, 3, True),
    ],
)
def test_more_than_half_of_its_sessions_complete_a_week(a_week: int, done: int, on_it_goes: bool) -> None:
    assert goes_on(Position(a_week=a_week, done=done)) is on_it_goes


@pytest.mark.parametrize(("words", "week"), [("0 2 m4=8", 5), ("0 2 m4=6", 7), ("0 m2=8", 9), ("d0 m5=9", 8)])
def test_what_was_moved_stands_on_its_day_whatever_ends_before(words: str, week: int) -> None:
    moved = after(words).moved_to
    assert moved is not None
    assert as_of(after(words), on(week)).moved_to == moved


# Week 12 of a cycle, as in `WEEKS`: the day looked at, cycle, week, and the first day of a deload that runs
DELOADS = """
0 2 4            4   2 1 5
0 2 4            5   2 1 5
0 2 4            11  2 1 5
0 2 4            12  2 1 -
0 2 4 7 9        11  2 1 5
0 2 4 7 9 12     12  2 1 -
0 2              7   2 1 7
0 2              13  2 1 7
0 2              14  2 1 -
0 2              99  2 1 -
0                7   1 12 -
0 2 4 n6         6   2 1 -
0 2 4 w6=3       6   2 3 -
0 d1             1   1 12 1
0 d1 d3          7   1 12 1
0 d1             8   1 12 -
0 2 d3           3   2 1 3
""".strip().splitlines()


@pytest.mark.parametrize("row", DELOADS)
def test_seven_days_of_deload_stand_before_the_next_cycle(row: str) -> None:
    *words, day, cycle, week, begins = row.split()
    position = as_of(after(" ".join(words), started(3, week=12)), on(int(day)))
    deload = None if begins == "-" else on(int(begins))
    assert (position.cycle, position.week, position.deload) == (int(cycle), int(week), deload)


def test_sessions_of_a_deload_are_of_no_program_week() -> None:
    resting = after("0 2 4 7 s8 9", started(3, week=12))
    assert (resting.week, resting.begun, resting.turn) == (1, None, 6)
    assert (resting.done, resting.skipped) == (0, 0)


def test_two_months_away_begin_with_foundation_again() -> None:
    away = after("0 2 4 7", started(3, week=6))
    assert as_of(away, on(7 + 63)).week == 7
    assert as_of(away, on(7 + 64)).week == 1
    chosen = advanced(away, WeekChosen(on(80), 5))
    assert as_of(chosen, on(82)).week == 5


def test_who_goes_back_in_the_weeks_begins_other_blocks() -> None:
    at = after("0 2 4 7", started(3, week=6))  # in week 7
    block = block_number(at)
    for week, more in ((8, 0), (7, 0), (6, 3), (1, 2), (9, 1)):
        assert block_number(advanced(at, WeekChosen(on(8), week))) == block + more
    away = as_of(at, on(7 + 64))
    assert (away.week, block_number(away)) == (1, block + 2)
    assert as_of(away, on(100)) == away == as_of(at, on(100))  # once, whenever it is looked at
    assert cycle_of(block_number(away)) == cycle_of(block) + 1


def test_who_had_done_nothing_has_nothing_to_do_again() -> None:
    new = advanced(started(3), WeekChosen(on(0), 1))
    assert as_of(new, on(200)) == new


def test_a_deload_asked_for_within_the_cycle_moves_no_week_by_itself() -> None:
    assert after("0 d1", started(3, week=6)).week == 6
    assert after("0 2 d3", started(3, week=6)).week == 7
    assert after("d0", started(3, week=6)).week == 6


def test_twelve_weeks_and_a_deload_make_a_cycle() -> None:
    position, seen = started(3), []
    for day in (7 * week + weekday for week in range(14) for weekday in (0, 2, 4)):
        position = as_of(position, on(day))
        seen.append(position.week if position.deload is None else 0)
        position = advanced(position, SessionDone(on(day)))
    # The deload begins on the day after week 12 and takes the three sessions of the seven days that follow.
    assert seen == [week for week in range(1, 13) for _ in range(3)] + [0, 0, 0, 1, 1, 1]
    assert (position.cycle, position.week, position.done) == (2, 2, 0)


@pytest.mark.parametrize(
    ("experienced", "week", "starts"), [(False, None, 1), (True, None, 3), (False, 9, 9), (True, 1, 1)]
)
def test_experienced_lifters_start_at_week_three_and_anyone_where_they_say(
    experienced: bool, week: int | None, starts: int
) -> None:
    assert started(3, experienced, week).week == starts


def test_what_is_not_there_is_refused() -> None:
    for a_week, week in ((0, 1), (8, 1), (3, 13), (3, 0)):
        with pytest.raises(ValueError, match="week"):
            started(a_week, week=week)
    with pytest.raises(ValueError, match="week"):
        after("w0=13")
    with pytest.raises(ValueError, match="before"):
        advanced(after("3"), SessionDone(on(2)))


# What is next ----------------------------------------------------------------------------------------------------

AB = Schedule(days=(0, 2, 4), order=("A", "B"), rotates=True, a_week=3)
FIXED = Schedule(days=(0, 2, 4), order=("push", "pull", "legs"), rotates=False, a_week=3)


@pytest.mark.parametrize(
    ("words", "rotating", "fixed"),
    [
        ("", "A", "push"),
        ("0", "B", "pull"),
        ("0 0", "B", "pull"),
        ("0 s1", "A", "legs"),
        ("0 2 4", "B", "push"),
        ("0 2 7", "B", "pull"),
        ("0 2 4 7", "A", "pull"),
    ],
)
def test_sessions_rotate_on_or_have_their_place_in_the_week(words: str, rotating: str, fixed: str) -> None:
    position = after(words)
    assert next_session(position, AB, on(0)) == rotating
    assert next_session(position, Schedule(), on(0)) is None


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("", 0, 0),
        ("", 1, 2),
        ("", 5, 7),
        ("0", 0, 2),
        ("0", 2, 2),
        ("0 m2=3", 2, 3),
        ("0 m2=3", 4, 4),
        ("0 m2=3 3", 3, 4),
        ("0 m2=3 s3", 3, 4),
    ],
)
def test_the_next_day_is_the_next_planned_one_or_the_one_it_was_moved_to(
    words: str, today: int, day: int
) -> None:
    assert next_day(after(words), AB, on(today)) == on(day)


# Whatever happens ------------------------------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    day, found = 0, []
    for _ in range(draw(st.integers(0, 60))):
        day += draw(st.sampled_from([0, 0, 1, 1, 2, 3, 5, 9, 40]))
        word = draw(st.sampled_from(["", "", "", "", "s", "m", "w", "d", "n", "p"]))
        more = {
            "m": day + draw(st.integers(0, 5)),
            "w": draw(st.integers(1, 12)),
            "p": draw(st.integers(1, 7)),
        }
        found.append(event(f"{word}{day}" + (f"={more[word]}" if word in more else "")))
    return found


@given(histories(), st.integers(1, 7), st.integers(0, 400))
def test_nobody_leaves_the_plan_whatever_happens(events: list[Event], a_week: int, later: int) -> None:
    position = started(a_week)
    for one in events:
        position = advanced(position, one)
        assert 1 <= position.week <= 12
        assert 0 <= position.done + position.skipped < position.a_week
        assert from_json(as_json(position)) == position
    then = as_of(
        position, on(0) + timedelta(days=later + (0 if not events else (events[-1].day - on(0)).days))
    )
    assert 1 <= then.week <= 12
    assert as_of(then, on(10_000)) == as_of(as_of(then, on(10_000)), on(10_000))


@given(histories(), st.integers(1, 7))
def test_no_session_completes_more_than_one_week_and_none_counts_twice(
    events: list[Event], a_week: int
) -> None:
    position = started(a_week)
    for one in events:
        before = as_of(position, one.day)
        position = advanced(position, one)
        if isinstance(one, SessionDone):
            steps = 12 * (position.cycle - before.cycle) + position.week - before.week
            assert steps in (0, 1)
            assert advanced(position, one) == position


@given(st.lists(st.integers(1, 3), max_size=80), st.integers(1, 3))
def test_who_trains_at_least_every_third_day_repeats_no_week(gaps: list[int], a_week: int) -> None:
    position, day, counted = started(a_week), 0, 0
    for gap in gaps:
        day += gap
        position = as_of(position, on(day))
        counted += position.deload is None
        position = advanced(position, SessionDone(on(day)))
        assert 12 * (position.cycle - 1) + position.week - 1 == counted // a_week


NO_DAYS = "[null,null,null,null,null,null]"


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "5", "[]", "null", "{}"),
        f"[1,[1,13,3,0,0,0],{NO_DAYS}]",
        f"[1,[1,1,9,0,0,0],{NO_DAYS}]",
        f"[2,[1,1,3,0,0,0],{NO_DAYS}]",
        f"[1,[1,1,3,0,0],{NO_DAYS}]",
        '[1,[1,1,3,0,0,0],["x",null,null,null,null,null]]',
    ],
)
def test_what_was_not_kept_by_us_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(text)


def test_the_kept_text_is_small() -> None:
    assert len(as_json(after("0 2 4 7 s8 9 m9=12", started(3, week=12)))) < 200
