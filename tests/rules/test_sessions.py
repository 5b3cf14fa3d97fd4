"""What a session stands for, and what follows from it: usual reps, top sets and back-offs, what had been asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.model import Exercise, Kind, LoggedSet, SetEntry
from core.situation import Situation
from core.targets import next_session, next_target
from tests.rules.samples import (
    BENCH,
    CURL,
    LUNGE,
    PRESS,
    PULL_UP,
    PUSH_UP,
    ROW,
    SQUAT,
    TODAY,
    Told,
    a_set,
    after,
    codes,
    on,
    situation,
    told,
)


def in_one_message(s: Situation) -> Situation:
    return replace(s, session=tuple(replace(one, message_id="m") for one in s.session))


def reps_of(*reps: int, load: float = 100, rpe: float | None = None) -> tuple[SetEntry, ...]:
    return tuple(a_set(load, one, rpe) for one in reps)


def pounds(load: float, reps: int, rpe: float | None = None, **marks: object) -> SetEntry:
    return a_set(load, reps, rpe, unit="lb", **marks)


# The reps that were mostly done ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sets", "expected", "code"),
    [
        (reps_of(5, 8, 8), (100, 8), "hold_top"),
        (reps_of(5, 8, 8, rpe=8), (100, 8), "hold_top"),
        (reps_of(6, 7, 8), (100, 8), "hold_top"),
        (reps_of(8, 8, 12), (100, 9), "reps_up"),
        (reps_of(9, 8, 8), (100, 9), "hold_top"),
        (reps_of(12, 8, 8, 8), (100, 9), "reps_up"),
        (reps_of(8, 8, 8), (100, 9), "reps_up"),
    ],
)
def test_a_session_stands_for_the_reps_of_most_of_its_sets(
    sets: tuple[SetEntry, ...], expected: Told, code: str
) -> None:
    target = after(in_one_message(situation(*sets)))
    assert (target.when, told(target)) == ("session", expected)
    assert codes(target)[0] == code


def test_a_short_first_set_does_not_make_the_range_after_nine_sets_of_eight() -> None:
    eights = on(14, *reps_of(8, 8, 8)) + on(9, *reps_of(8, 8, 8)) + on(7, *reps_of(8, 8, 8))
    today = situation(*reps_of(5, 8, 8), history=eights)
    assert told(after(today)) == (100, 8)
    assert told(after(replace(today, session=today.session[:2]))) == (100, 8)


def test_a_clear_change_of_reps_begins_a_new_range() -> None:
    fives = on(7, *reps_of(5, 5, 5, rpe=8))
    assert told(after(situation(*reps_of(8, 8, 8, rpe=8), history=fives))) == (100, 9)
    assert told(after(situation(*reps_of(6, 6, 6, rpe=8), history=fives))) == (100, 7)


# Top sets and back-offs ------------------------------------------------------------------------------------------

TOP_SINGLE = pounds(275, 1, 8)
BACK_OFFS = (pounds(235, 5, 7.5),) * 4


def test_after_a_top_single_and_back_offs_the_back_offs_are_next() -> None:
    target = after(situation(TOP_SINGLE, *BACK_OFFS, exercise=BENCH, unit="lb"))
    assert (target.when, target.load, target.reps) == ("session", 235, 6)


def test_a_top_single_is_repeated_as_a_single_and_leads_on_to_the_planned_sets() -> None:
    first = after(situation(TOP_SINGLE, exercise=BENCH, unit="lb"))
    assert (first.when, told(first)) == ("set", (275, 1))
    history = on(7, TOP_SINGLE, *BACK_OFFS, exercise=BENCH)
    again = after(situation(TOP_SINGLE, exercise=BENCH, unit="lb", history=history))
    assert (again.when, told(again), codes(again)[0]) == ("set", (235, 6), "after_top_set")


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        # What a later set outdid rep for rep was on the way up to it.
        ((*reps_of(5, 5, load=86), a_set(100, 5, 8)), (100, 6)),
        # A single at the end of the day, or beside one set of work, is not what the lift is trained with.
        ((*reps_of(5, 5, rpe=8), a_set(110, 1, 9)), (100, 6)),
        ((a_set(170, 5, 8), a_set(182.5, 1, 9.5)), (170, 6)),
        # One set of each: the heavier.
        ((a_set(100, 6, 8), a_set(90, 8, 8)), (100, 7)),
    ],
)
def test_which_sets_the_next_session_builds_on(sets: tuple[SetEntry, ...], expected: Told) -> None:
    target = next_session(situation(*sets))
    assert target is not None
    assert told(target) == expected


@pytest.mark.parametrize("rpe", [5, 6, 7, 7.5, 8, 9, 10, None])
@pytest.mark.parametrize("reps", [1, 2, 3])
def test_heavy_sets_get_no_more_reps(reps: int, rpe: float | None) -> None:
    for exercise in (SQUAT, CURL):
        for count in (1, 2, 3):
            s = situation(*reps_of(*[reps] * count, load=50, rpe=rpe), exercise=exercise)
            for target in (next_target(s), next_session(s)):
                assert target is not None
                assert target.reps is not None
                assert target.reps <= reps


def test_a_first_heavy_triple_is_repeated_and_then_gets_load() -> None:
    triples = reps_of(3, 3, 3, load=140, rpe=8)
    first = after(situation(*triples))
    assert (told(first), codes(first)) == ((140, 3), ["heavy_same"])
    assert told(after(situation(*triples, history=on(7, *triples)))) == (142.5, 3)


def test_few_pull_ups_are_not_heavy_singles() -> None:
    three = (a_set(0, 3, 7.5),) * 5
    assert told(after(situation(*three, exercise=PULL_UP))) == (0, 4)


# AMRAPs ----------------------------------------------------------------------------------------------------------


def test_an_amrap_is_spoken_of_once() -> None:
    amrap = pounds(345, 14, kind=Kind.AMRAP)
    assert "amrap" in codes(after(situation(amrap, unit="lb")))
    for later in (
        [amrap, a_set(170, 5, 8)],
        [amrap, a_set(170, 5, 8), a_set(182.5, 1, 9)],
        [*[pounds(345, 8, 8)] * 2, amrap, pounds(345, 8, 8)],
    ):
        assert "amrap" not in codes(after(situation(*later, unit="lb")))


def test_a_session_from_an_amrap_alone_says_so_on_the_day_it_comes() -> None:
    target = after(situation(history=on(7, a_set(100, 12, kind=Kind.AMRAP))))
    assert (told(target), codes(target)) == ((95, 8), ["from_amrap"])


def test_after_an_amrap_back_off_sets_are_answered_as_sets() -> None:
    target = after(situation(a_set(100, 10, kind=Kind.AMRAP), a_set(90, 8, 8)))
    assert (target.when, told(target)) == ("set", (90, 8))


def test_a_light_burn_out_after_the_work_says_nothing_of_its_load() -> None:
    target = after(situation(*reps_of(5, 5, 5, rpe=8), a_set(60, 25, kind=Kind.AMRAP)))
    assert told(target) == (100, 6)


# Falling reps ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("message", [True, False])
def test_falling_reps_of_a_first_session_missed_nothing(message: bool) -> None:
    s = situation(*reps_of(20, 18, 15, load=0), exercise=PUSH_UP)
    target = after(in_one_message(s) if message else s)
    assert (target.when, told(target), codes(target)) == ("session", (0, 20), ["hold_top"])
    second = replace(s, session=s.session[:2])
    between = after(in_one_message(second) if message else second)
    assert (between.when, told(between), codes(between)) == ("set", (0, 18), ["effort_assumed"])


def test_reps_that_had_been_asked_for_were_missed() -> None:
    before = on(7, *reps_of(20, 18, 15, load=0), exercise=PUSH_UP)
    target = after(in_one_message(situation(*reps_of(20, 19, 16, load=0), exercise=PUSH_UP, history=before)))
    assert (told(target), codes(target)) == ((0, 20), ["hold_missed"])
    between = after(situation(a_set(100, 8, 8), a_set(100, 7)))
    assert "missed_reps" in codes(between)


def test_two_sessions_far_short_and_without_a_gain_ask_for_less() -> None:
    fell = reps_of(20, 18, 15, load=0)
    target = after(situation(*fell, exercise=PUSH_UP, history=on(7, *fell, exercise=PUSH_UP)))
    assert (told(target), codes(target)) == ((0, 16), ["back_off_reps"])


def test_imported_sets_were_never_asked_for() -> None:
    imported = [replace(one, import_id="i") for one in on(14, *reps_of(8, 8, 8)) + on(7, *reps_of(8, 7, 6))]
    assert codes(after(situation(history=imported))) == ["hold_top"]


@pytest.mark.parametrize("body", [None, 80])
def test_a_last_set_over_its_effort_brings_no_rep_more(body: float | None) -> None:
    sets = (a_set(None, 8), a_set(None, 7), a_set(None, 6, 9))
    s = situation(*sets, exercise=PULL_UP, body_weight_kg=body)
    for one in (s, in_one_message(s)):
        target = next_session(one)
        assert target is not None
        assert target.reps == 8
        assert codes(target)[0] == "hold_hard"


def test_a_first_session_far_too_hard_is_eased_and_not_called_short_of_a_plan() -> None:
    hard = in_one_message(situation(*reps_of(8, 8, 8, rpe=10)))
    assert (told(after(hard)), codes(after(hard))) == ((95, 8), ["over_cap", "ease_off"])
    assert codes(after(in_one_message(situation(*reps_of(8, 8, 8, rpe=9))))) == ["hold_hard"]
    assert codes(after(situation(*reps_of(8, 8, 8, rpe=9)))) == ["hold_over"]


# Effort not typed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        ((a_set(95, 8, 9), a_set(95, 8)), ((92.5, 8), ["load_lower"])),
        ((a_set(95, 8, 8), a_set(95, 8)), ((95, 8), ["on_target"])),
        # At another load: what the earlier set forecasts for it, and never a raise.
        ((a_set(100, 8, 9), a_set(97.5, 8)), ((97.5, 8), ["on_target"])),
        ((a_set(100, 8, 10), a_set(92.5, 8)), ((92.5, 8), ["on_target"])),
        ((a_set(95, 8), a_set(95, 8)), ((95, 8), ["effort_assumed"])),
    ],
)
def test_an_effort_typed_earlier_today_holds_for_the_same_work(
    sets: tuple[SetEntry, ...], expected: tuple[Told, list[str]]
) -> None:
    target = after(situation(*sets))
    assert (told(target), codes(target)) == expected


def _sessions(exercise: Exercise, load: float, reps: int, days: int) -> list[tuple[Told, list[str]]]:
    """What three weeks bring to somebody who does what is asked and types no effort."""
    history: tuple[LoggedSet, ...] = ()
    came = []
    sets = 2 if exercise is CURL else 3
    for ago in range(days, 0, -2):
        history += on(ago, *reps_of(*[reps] * sets, load=load), exercise=exercise)
        target = after(situation(exercise=exercise, history=history, today=TODAY - timedelta(days=ago - 2)))
        came.append((told(target), codes(target)))
        assert target.load is not None
        assert target.reps is not None
        load, reps = target.load, target.reps
    return came


@pytest.mark.parametrize("exercise", [SQUAT, BENCH, PRESS, ROW, CURL, LUNGE])
def test_three_weeks_without_a_typed_effort_rise_slowly_and_never_stand_still_for_long(
    exercise: Exercise,
) -> None:
    came = _sessions(exercise, 40, 10, 22)
    loads = [load for (load, _), _ in came if load is not None]
    assert loads == sorted(loads)
    assert 40 < loads[-1] <= 45
    same = [one == two == three for one, two, three in zip(came, came[1:], came[2:], strict=False)]
    assert not any(same)


# What can be loaded ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "load", "reps", "expected"),
    [
        (SQUAT, 101, 8, 100),
        (SQUAT, 100.5, 8, 100),
        (LUNGE, 21, 10, 20),
        (CURL, 7.5, 12, 7.5),  # nothing in the rack is near: the athlete has other dumbbells
        (ROW, 52, 12, 52),  # a stack's steps are the athlete's own
        (PULL_UP, 6, 8, 6),
    ],
)
def test_what_changes_must_be_loadable_and_what_is_repeated_stays(
    exercise: Exercise, load: float, reps: int, expected: float
) -> None:
    done = a_set(load, reps, 7 if exercise in (ROW, CURL) else 7.5)
    same = after(situation(a_set(load, reps), exercise=exercise))
    assert told(same) == (load, reps)
    changed = next_session(situation(*[done] * 3, exercise=exercise))
    assert changed is not None
    assert told(changed) == (expected, reps + 1)
    rounded = [reason.facts for reason in changed.reasons if reason.code == "rounded"]
    assert rounded == ([] if expected == load else [{"load": expected, "from_load": load}])


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        (a_set(110, 6, 10), 102.5),
        (a_set(100, 8, 10), 92.5),
        (a_set(110, 6, 9), 107.5),
        (a_set(100, 8, 9), 97.5),
    ],
)
def test_plates_never_make_the_rule_harder(done: SetEntry, expected: float) -> None:
    assert after(situation(done)).load == expected
