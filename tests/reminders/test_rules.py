"""When what is due, as pure rules: clock changes, quiet hours, plans of all kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.program.calendar import Position
from core.program.values import Schedule
from core.reminders.moments import after_quiet, before_quiet, instant, is_quiet, local
from core.reminders.rules import (
    When,
    digest_at,
    eve_at,
    eve_good_until,
    missed_at,
    missed_good_until,
    next_missed,
    next_session,
    open_at,
    session_at,
    session_good_until,
    tells_the_eve,
)
from core.reminders.settings import USUAL, Reminding, as_json, from_json
from tests.reminders import model

BERLIN, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
ZONES = (BERLIN, NEW_YORK, LORD_HOWE)
MONDAY = date(2026, 11, 2)
LOUD = Reminding(quiet=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def when(
    *days: int,
    plan_at: time | None = time(18),
    zone: ZoneInfo = BERLIN,
    chosen: Reminding = USUAL,
    position: Position | None = None,
) -> When:
    schedule = Schedule(days, plan_at, ("A",), True, len(days) or 3)
    return When(schedule, date(2026, 1, 1), position or Position(), zone, chosen)


# Clock changes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "wall", "found"),
    [
        (BERLIN, "2026-03-29 01:59", "2026-03-29 00:59"),
        (BERLIN, "2026-03-29 02:00", "2026-03-29 01:00"),
        (BERLIN, "2026-03-29 02:30", "2026-03-29 01:00"),
        (BERLIN, "2026-03-29 03:00", "2026-03-29 01:00"),
        (BERLIN, "2026-10-25 02:30", "2026-10-25 00:30"),
        (BERLIN, "2026-10-25 03:00", "2026-10-25 02:00"),
        (NEW_YORK, "2026-03-08 02:30", "2026-03-08 07:00"),
        (NEW_YORK, "2026-11-01 01:30", "2026-11-01 05:30"),
        (LORD_HOWE, "2026-10-04 02:15", "2026-10-03 15:30"),
        (LORD_HOWE, "2026-10-04 02:30", "2026-10-03 15:30"),
        (LORD_HOWE, "2026-04-05 01:45", "2026-04-04 14:45"),
        (LORD_HOWE, "2026-04-05 02:00", "2026-04-04 15:30"),
    ],
)
def test_a_wall_time_is_one_instant(zone: ZoneInfo, wall: str, found: str) -> None:
    then = datetime.fromisoformat(wall)
    assert instant(then.date(), then.time(), zone) == at(found)


def test_lead_zero_in_the_hour_that_is_left_out_comes_once_and_the_next_day_on_time() -> None:
    of = when(*range(7), plan_at=time(2, 30), chosen=Reminding(quiet=None, lead_min=0))
    now, told = at("2026-03-28 00:00"), date.min
    found: list[datetime] = []
    while len(found) < 4:
        following = next_session(of, now, told)
        assert following is not None
        told, now = following
        found.append(now)
    assert found == [at(f"2026-03-{one}") for one in ("28 01:30", "29 01:00", "30 00:30", "31 00:30")]


def test_in_the_doubled_hour_it_comes_once() -> None:
    of = when(*range(7), plan_at=time(2, 30), chosen=Reminding(quiet=None, lead_min=0))
    first = next_session(of, at("2026-10-25 00:00"))
    assert first == (date(2026, 10, 25), at("2026-10-25 00:30"))
    again = next_session(of, at("2026-10-25 00:30"), date(2026, 10, 25))
    assert again == (date(2026, 10, 26), at("2026-10-26 01:30"))


# Quiet hours -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quiet", "before", "after"),
    [
        ((time(22), time(7)), "2026-11-01 20:59", "2026-11-02 06:00"),  # 1:30 in the night, in Berlin
        ((time(0), time(6)), "2026-11-01 22:59", "2026-11-02 05:00"),
        ((time(1, 30), time(1, 31)), "2026-11-02 00:29", "2026-11-02 00:31"),
        ((time(1, 31), time(7)), "2026-11-02 00:30", "2026-11-02 00:30"),
        ((time(22), time(1, 30)), "2026-11-02 00:30", "2026-11-02 00:30"),
        (None, "2026-11-02 00:30", "2026-11-02 00:30"),
    ],
)
def test_around_midnight(quiet: tuple[time, time] | None, before: str, after: str) -> None:
    night = at("2026-11-02 00:30")
    assert before_quiet(night, quiet, BERLIN) == at(before)
    assert after_quiet(night, quiet, BERLIN) == at(after)


def test_quiet_hours_that_hold_the_session_itself() -> None:
    of = when(0, plan_at=time(6), chosen=Reminding(lead_min=60))
    assert session_at(of, MONDAY) == at("2026-11-01 20:59")  # 21:59 in Berlin, the evening before
    assert session_good_until(of, MONDAY) == at("2026-11-02 07:00")
    assert not tells_the_eve(of, MONDAY)
    assert next_session(of, at("2026-11-01 20:59")) == (date(2026, 11, 9), at("2026-11-08 20:59"))


def test_the_eve_is_good_until_the_session_and_without_a_time_until_that_is_told_itself() -> None:
    assert eve_good_until(when(0), MONDAY) == at("2026-11-02 17:00")
    assert eve_good_until(when(0, plan_at=None), MONDAY) == at("2026-11-02 07:00")


def test_the_eve_comes_before_early_quiet_hours_and_the_closing_after_them() -> None:
    early = Reminding(quiet=(time(18, 30), time(9, 30)))
    assert eve_at(when(0, chosen=early), MONDAY) == at("2026-11-01 17:29")
    assert missed_at(when(0, chosen=early), MONDAY) == at("2026-11-03 08:30")
    assert open_at(at("2026-11-02 18:45"), USUAL, BERLIN) == at("2026-11-03 06:00")
    assert open_at(at("2026-11-02 12:00"), USUAL, BERLIN) == at("2026-11-02 16:00")
    assert digest_at(early, BERLIN, at("2026-11-02 00:00")) == (date(2026, 11, 8), at("2026-11-08 17:00"))


# Plans -----------------------------------------------------------------------------------------------------------


def test_lead_zero_is_at_the_time_itself() -> None:
    assert session_at(when(0, chosen=Reminding(lead_min=0)), MONDAY) == at("2026-11-02 17:00")


def test_without_a_time_the_day_begins_at_eight_or_when_quiet_ends() -> None:
    assert session_at(when(0, plan_at=None), MONDAY) == at("2026-11-02 07:00")
    late = Reminding(quiet=(time(23), time(10)))
    assert session_at(when(0, plan_at=None, chosen=late), MONDAY) == at("2026-11-02 09:00")
    assert session_good_until(when(0, plan_at=None), MONDAY) == at("2026-11-02 23:00")


def test_without_weekdays_nothing_is_due() -> None:
    assert next_session(when(), at("2026-11-02 00:00")) is None
    assert next_missed(when(), at("2026-11-02 00:00")) is None


def test_a_moved_session_is_told_and_missed_on_its_new_day_alone() -> None:
    of = when(0, 2, 4, position=Position(moved_to=date(2026, 11, 5)))
    now = at("2026-11-02 08:00")
    assert list(of.training_days(MONDAY))[:2] == [date(2026, 11, 5), date(2026, 11, 6)]
    assert next_session(of, now) == (date(2026, 11, 5), at("2026-11-05 16:00"))
    assert next_missed(of, now) == (date(2026, 11, 5), at("2026-11-06 08:00"))


def test_a_session_left_out_is_not_told_nor_missed() -> None:
    of = when(0, 2, position=Position(over=(MONDAY,)))
    now = at("2026-11-02 08:00")
    assert next_session(of, now) == (date(2026, 11, 4), at("2026-11-04 16:00"))
    assert next_missed(of, now) == (date(2026, 11, 4), at("2026-11-05 08:00"))


def test_what_nobody_served_for_is_told_late_while_it_is_any_good() -> None:
    of, since = when(0, 2, 4), at("2026-11-02 16:00")
    wednesday = (date(2026, 11, 4), at("2026-11-04 16:00"))
    assert next_session(of, at("2026-11-04 18:59"), MONDAY, since) == wednesday
    assert next_session(of, at("2026-11-04 19:00"), MONDAY, since) == (
        date(2026, 11, 6),
        at("2026-11-06 16:00"),
    )
    assert next_session(of, at("2026-11-04 18:59"), MONDAY) == (date(2026, 11, 6), at("2026-11-06 16:00"))
    assert next_missed(of, at("2026-11-05 22:59"), MONDAY, since) == (wednesday[0], at("2026-11-05 08:00"))
    assert next_missed(of, at("2026-11-05 23:00"), MONDAY, since) == (
        date(2026, 11, 6),
        at("2026-11-07 08:00"),
    )


def test_a_review_is_told_once_however_far_somebody_flies() -> None:
    sunday, told = date(2026, 11, 8), at("2026-11-08 17:00")
    assert digest_at(USUAL, BERLIN, told - timedelta(seconds=1)) == (sunday, told)
    later = digest_at(USUAL, NEW_YORK, told, sunday)
    assert later == (date(2026, 11, 15), at("2026-11-15 23:00"))
    assert digest_at(Reminding(digest=None), BERLIN, told) is None


# Whatever is chosen ----------------------------------------------------------------------------------------------

minutes = st.times().map(lambda one: one.replace(second=0, microsecond=0))
# Quiet from 7 to 6 would leave an hour in which all would have to come: nothing is wrong with it.
quiets = st.none() | st.tuples(minutes, minutes).filter(lambda one: one[0] != one[1])
choices = st.builds(
    Reminding,
    lead_min=st.integers(0, 720),
    quiet=quiets,
    digest=st.none() | st.integers(0, 6),
)
moments = st.integers(0, 364 * 24 * 60).map(lambda one: at("2026-01-02") + timedelta(minutes=one))
plans = st.builds(
    lambda days, plan_at, zone, chosen: when(*sorted(days), plan_at=plan_at, zone=zone, chosen=chosen),
    st.sets(st.integers(0, 6), min_size=1),
    st.none() | minutes,
    st.sampled_from(ZONES),
    choices,
)


def is_in_quiet(due: datetime, of: When) -> bool:
    return is_quiet(local(due, of.zone).time(), of.chosen.quiet)


def _lies_by_a_clock_change(due: datetime, zone: ZoneInfo) -> bool:
    near = (due - timedelta(hours=2), due + timedelta(hours=2))
    return len({one.astimezone(zone).utcoffset() for one in near}) > 1


@given(plans, moments)
def test_nothing_is_due_in_quiet_hours_nor_before_now(of: When, now: datetime) -> None:
    found = [next_session(of, now), next_missed(of, now), digest_at(of.chosen, of.zone, now)]
    for day, due in filter(None, found):
        assert due > now
        assert not is_in_quiet(due, of) or _lies_by_a_clock_change(due, of.zone), day
    closes = open_at(now, of.chosen, of.zone)
    assert closes >= now + timedelta(hours=4)
    assert not is_in_quiet(closes, of)


@given(plans, moments)
def test_each_day_is_told_once_in_order(of: When, now: datetime) -> None:
    told, days = date.min, []
    for _ in range(5):
        found = next_session(of, now, told)
        if found is None:
            break
        told, now = found
        days.append(told)
    assert days == sorted(set(days))
    assert {day.weekday() for day in days} <= set(of.schedule.days)


CHANGES = ("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-10-04", "2026-04-05")


@given(st.sampled_from(CHANGES), st.integers(0, 300), st.sampled_from(ZONES))
def test_instants_are_what_the_wall_shows_first(day: str, minute: int, zone: ZoneInfo) -> None:
    wall = datetime.fromisoformat(day) + timedelta(minutes=minute)
    assert instant(wall.date(), wall.time(), zone) == model.instant(wall, zone.key)


@given(plans, st.dates(date(2026, 1, 2), date(2026, 12, 31)))
def test_missed_sessions_are_asked_about_before_the_next_day_ends_or_not_at_all(of: When, day: date) -> None:
    due, until = missed_at(of, day), missed_good_until(day, of.zone)
    assert due >= instant(day + timedelta(days=1), time(9), of.zone)
    quiet = of.chosen.quiet
    assert due < until or (quiet is not None and is_quiet(time(23, 59), quiet))


@given(choices)
def test_what_was_chosen_is_kept(chosen: Reminding) -> None:
    assert from_json(as_json(chosen)) == chosen
