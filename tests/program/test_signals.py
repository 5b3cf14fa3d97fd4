"""Stopped too early, pushed too hard, just right, and when a deload is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.effort import Block
from core.learning import Done, Habits, Lift, close, forecast_amrap, stated, update
from core.model import Exercise
from core.program.deload import DeloadOffer, DeloadSign, deload_offer
from core.program.exposures import Exposure, Tried, exposure, hours_repeated, repeated
from core.program.signals import (
    Action,
    Sign,
    Signal,
    Verdict,
    beat_forecast,
    easy_sets,
    fell_short,
    harder_twice,
    sore,
    sweet_spot,
    unsaid,
)
from core.simulation import loop, people, rules
from core.simulation.plan import Aim
from tests.rules.samples import BENCH, SQUAT

MONDAY = datetime(2026, 11, 16, 18, tzinfo=UTC)


def came(hours: float = 0, lift: Exercise = SQUAT, load: float = 100, **told: float | None) -> Exposure:
    return Exposure(lift, MONDAY + timedelta(hours=hours), load, **told)


def off(*percents: float, lift: Exercise = SQUAT, **told: float) -> list[Exposure]:
    """Exposures two days apart that lacked so many percent of a forecast of 100 kg, the newest on Monday."""
    start = -48 * (len(percents) - 1)
    return [
        came(start + 48 * at, lift, shown_kg=100 - percent, expected_kg=100, **told)
        for at, percent in enumerate(percents)
    ]


# Stopped too early


@pytest.mark.parametrize(("reps", "expected", "early"), [(13, 10, True), (12, 9.1, False), (12, 10, False), (14, 10.5, True), (5, 9, False)])  # fmt: skip
def test_an_amrap_three_reps_over_its_forecast_says_that_sets_stop_early(
    reps: int, expected: float, early: bool
) -> None:
    found = beat_forecast(SQUAT, reps, expected)
    assert (found is not None) is early
    if found is not None:
        assert (found.verdict, found.action) == (Verdict.TOO_EARLY, Action.GO_CLOSER)
        assert found.facts == {"reps": reps, "expected": expected}


@pytest.mark.parametrize(
    ("rated", "block", "deload", "early"),
    [
        ([(6.5, 8), (6, 8)], Block.BUILD, False, True),
        ([(6.5, 8), (6, 8)], Block.CHALLENGE, False, True),
        ([(6.5, 8), (6, 8)], None, False, True),
        ([(6.5, 8), (6, 8)], Block.FOUNDATION, False, False),
        ([(6.5, 8), (6, 8)], Block.BUILD, True, False),
        ([(6.5, 8), (7, 8)], Block.BUILD, False, False),
        ([(6, 6), (6.5, 6.5)], Block.BUILD, False, False),  # the week asks for no more
        ([(6.5, 8)], Block.BUILD, False, False),
        ([], Block.BUILD, False, False),
    ],
)
def test_work_sets_under_seven_are_too_easy_where_more_was_asked(
    rated: list[tuple[float, float]], block: Block | None, deload: bool, early: bool
) -> None:
    found = easy_sets(SQUAT, rated, block, deload=deload)
    assert (found is not None) is early
    if found is not None:
        assert (found.verdict, found.action) == (Verdict.TOO_EARLY, Action.MORE_LOAD)


# Pushed too hard


@pytest.mark.parametrize(
    ("rpe", "shown", "noise", "hard"),
    [
        (9, 94, 0.05, True),
        (9, 95, 0.05, False),
        (9, 106, 0.05, False),
        (None, 94, 0.05, True),
        (7.5, 94, 0.05, False),  # an easy session before it did not push
    ],
)
def test_a_session_beyond_its_noise_below_its_forecast_was_pushed_too_hard_before(
    rpe: float | None, shown: float, noise: float, hard: bool
) -> None:
    found = fell_short(came(rpe=rpe), came(48, shown_kg=shown, expected_kg=100, noise=noise))
    assert (found is not None) is hard
    if found is not None:
        assert (found.verdict, found.action) == (Verdict.TOO_HARD, Action.LEAVE_ONE_MORE)


def test_what_was_not_forecast_did_not_fall_short() -> None:
    assert fell_short(came(rpe=9), came(48, shown_kg=50)) is None
    assert fell_short(came(rpe=9), came(48, shown_kg=50, expected_kg=0, noise=0)) is None


@pytest.mark.parametrize(
    ("past", "hard"),
    [
        ([came(over=1), came(48, over=1)], True),
        ([came(over=1), came(48, over=0.5)], False),
        ([came(over=2), came(48, over=0.9)], False),
        ([came(over=1), came(48, load=102.5, over=1)], False),
        ([came(over=1), came(48, over=None)], False),
        ([came(over=1), came(24, over=0), came(48, over=1)], False),
        ([came(over=1)], False),
        ([], False),
    ],
)
def test_a_point_over_target_at_equal_load_twice_running_is_too_hard(
    past: list[Exposure], hard: bool
) -> None:
    found = harder_twice(past)
    assert (found is not None) is hard
    if found is not None:
        assert (found.verdict, found.action) == (Verdict.TOO_HARD, Action.LEAVE_ONE_MORE)


def test_soreness_beyond_two_days_is_too_hard() -> None:
    assert sore("quads", 2) is None
    found = sore("quads", 2.5)
    assert found is not None
    assert (found.verdict, found.action) == (Verdict.TOO_HARD, Action.WAIT_A_DAY)


# The sweet spot


@pytest.mark.parametrize(
    ("rpe", "shown", "sore_days", "just_right"),
    [(8, 100, 0, True), (8, 97, 2, True), (8, 96.9, 0, False), (7.5, 100, 0, False), (9, 100, 2.5, False), (None, 100, 0, False)],
)  # fmt: skip
def test_hard_recovered_and_repeated_is_the_sweet_spot(
    rpe: float | None, shown: float, sore_days: float, just_right: bool
) -> None:
    before, now = came(rpe=rpe, shown_kg=100), came(48, shown_kg=shown)
    found = sweet_spot(before, now, sore_days=sore_days)
    assert (found is not None) is just_right
    if found is not None:
        assert (found.verdict, found.action) == (Verdict.SWEET_SPOT, Action.GO_ON)
        assert found.facts == {"hours": 48, "rpe": rpe}


def test_the_fewest_hours_after_which_a_hard_session_was_repeated_are_kept() -> None:
    past = [came(0, rpe=9, shown_kg=100), came(72, rpe=9, shown_kg=100), came(102, rpe=9, shown_kg=99)]
    assert hours_repeated(past) == 30
    assert hours_repeated([*past, came(114, rpe=7, shown_kg=90), came(120, shown_kg=90)]) == 30
    assert hours_repeated(past[:1]) is None
    assert not repeated(came(), came(48, shown_kg=100))


# Said once


def test_each_signal_is_said_once_for_a_lift() -> None:
    squat, bench = Signal(Sign.EASY_SETS, SQUAT, {"rpe": 6}), Signal(Sign.EASY_SETS, BENCH, {"rpe": 6})
    again = replace(squat, facts={"rpe": 6.5})
    quads, lats = Signal(Sign.SORE, None, {"muscle": "quads"}), Signal(Sign.SORE, None, {"muscle": "lats"})
    assert unsaid([squat, bench, again, quads, lats], ()) == (again, bench, quads, lats)
    assert unsaid([again, bench, quads], {squat.key, quads.key}) == (bench,)


# What was expected


def taught(days: int, rpe: float = 8) -> tuple[Habits, Lift]:
    """A squat of five at 100 kg, so many days apart by two, the last two days before Monday."""
    habits, lift, last = Habits(), Lift(), MONDAY.date().toordinal()
    for day in range(last - 2 * days, last, 2):
        for _ in range(3):
            habits, lift = update(habits, lift, Done(100, 5, rpe + 0.5 * (day % 4 == 0)), day)
        habits, lift = close(habits, lift)
    return habits, lift


def held(habits: Habits, lift: Lift, sets: list[Tried]) -> Exposure:
    """Monday's squats beside what was known."""
    return exposure(SQUAT, MONDAY, 100, habits, lift, sets, on=MONDAY.date())


def tried(*sets: Done) -> list[Tried]:
    return [Tried(one, 8) for one in sets]


def test_a_session_is_held_against_the_forecast_at_its_own_load_and_reps() -> None:
    habits, lift = taught(6)
    same, fewer = (held(habits, lift, tried(*[Done(100, *done)] * 3)) for done in [(5, 8), (4, 7)])
    assert same.missing == pytest.approx(0, abs=0.02)
    assert fewer.missing == pytest.approx(same.missing or 0, abs=0.02)
    weaker = held(habits, lift, tried(Done(100, 3, 10, failed=True)))
    assert weaker.missing is not None and weaker.missing > 0.05
    assert (weaker.rpe, weaker.over) == (10, 2)
    foreseen = forecast_amrap(habits, lift, 100, MONDAY.date().toordinal())
    assert foreseen is not None and same.noise is not None and 0 < same.noise < 0.2


@pytest.mark.parametrize(
    ("known", "done"),
    [
        ((Habits(), Lift()), Done(100, 5, 8)),
        ((Habits(), stated(120, 1)), Done(100, 5, 8)),
        (taught(2), Done(100, 5, 8)),
        (taught(6), Done(100, 5)),
    ],
)
def test_nothing_is_missed_where_too_little_was_known_or_told(known: tuple[Habits, Lift], done: Done) -> None:
    assert held(*known, tried(done)).missing is None


def test_three_days_are_enough_to_expect_something() -> None:
    assert held(*taught(3), tried(Done(100, 5, 8))).missing is not None


def test_ratings_that_are_always_the_same_rate_nothing() -> None:
    habits, lift = taught(6)
    flat = habits._replace(same=(8.0, 20.0))
    found = held(flat, lift, [Tried(Done(100, 5, 8.0), 6.5)])
    assert (found.rpe, found.over, found.missing) == (None, None, None)
    assert held(habits, lift, [Tried(Done(100, 5, 8.0), 6.5)]).over == 1.5


# Deload


def offer(*anchors: list[Exposure], **known: object) -> tuple[DeloadSign, ...]:
    found = deload_offer(anchors, MONDAY, **known)  # type: ignore[arg-type]
    return () if found is None else found.signs


SHORT, HARDER, POOR, ASKED = DeloadSign


@pytest.mark.parametrize(
    ("squat", "bench", "poor", "asked", "signs"),
    [
        (off(3, 3), off(3, 3), 0, True, (SHORT, ASKED)),
        (off(3, 3), off(3, 3), 0, False, ()),
        (off(3, 3), off(3, 2.9), 0, True, ()),
        (off(3, 2.9), off(3, 3), 0, True, ()),
        (off(3, 0, 3), off(3, 3), 0, True, ()),
        (off(3), off(3, 3), 0, True, ()),
        (off(3, 3), off(3, 3), 2, False, (SHORT, POOR)),
        (off(3, 3), off(3, 3), 1, False, ()),
        (off(0, 0, over=1), off(0, 0), 2, False, (HARDER, POOR)),
        (off(0, 0, over=1), off(0, 0), 0, True, (HARDER, ASKED)),
        (off(0, 0, over=1), off(0, 0, over=1), 0, False, ()),
        (off(0, 0, over=0.9), off(0, 0), 2, False, ()),
        (off(3, 3, over=1), off(3, 3), 0, False, (SHORT, HARDER)),
        (off(3, 3, over=1), off(3, 3), 2, True, (SHORT, HARDER, POOR, ASKED)),
        ([], [], 2, True, (POOR, ASKED)),
        ([], [], 2, False, ()),
        ([], [], 0, True, ()),
    ],
)
def test_a_deload_is_offered_on_two_signs(
    squat: list[Exposure], bench: list[Exposure], poor: int, asked: bool, signs: tuple[DeloadSign, ...]
) -> None:
    named = [replace(one, lift=BENCH) for one in bench]
    days = [MONDAY.date() - timedelta(days=at) for at in range(poor)]
    assert offer(squat, named, poor_recovery=days, asked=asked) == signs


def test_signs_of_more_than_two_weeks_ago_or_before_the_last_deload_are_over() -> None:
    poor = [date(2026, 11, 2), date(2026, 11, 10)]
    assert offer(poor_recovery=poor, asked=True) == (POOR, ASKED)
    assert offer(poor_recovery=[date(2026, 11, 1), poor[1]], asked=True) == ()
    assert offer(poor_recovery=poor, asked=True, since=date(2026, 11, 1)) == (POOR, ASKED)
    assert offer(poor_recovery=poor, asked=True, since=date(2026, 11, 2)) == ()


def test_the_lifts_behind_the_signs_are_named_once() -> None:
    bench = [replace(one, lift=BENCH) for one in off(4, 4)]
    assert deload_offer([off(4, 4, over=1), bench], MONDAY) == DeloadOffer((SHORT, HARDER), (SQUAT, BENCH))


@given(st.lists(st.floats(-20, 2.9), max_size=6), st.lists(st.floats(-20, 30), max_size=6))
def test_one_anchor_alone_never_brings_a_deload(squat: list[float], bench: list[float]) -> None:
    lacking = [replace(one, lift=BENCH) for one in off(*bench)]
    assert offer(off(*squat), lacking, asked=True) == ()


def _course(number: int) -> list[list[Exposure]]:
    """The squats and bench presses of a simulated person whose strength stays as it is, over two cycles."""
    person, luck = loop.cast(3, number)
    person = replace(person, gain=0.0, skips=0.0, late=0.0, layoff=None)
    before: dict[tuple[int, int], rules.Known] = {}
    spotter = rules.RULES["spotter"]

    def ask(known: rules.Known, aim: Aim, gym: rules.Gym) -> rules.Offer:
        before.setdefault((aim.day, aim.lift), known)
        return spotter.ask(known, aim, gym)

    rule = rules.Rule(spotter.begin, ask, spotter.learn)
    calm = luck._replace(bad_weeks=(False,) * len(luck.bad_weeks))
    done = loop.train(person, calm, rule).sets
    return [[_exposed(day, at, before, done) for day, at_ in before if at_ == at] for at in (0, 1)]


def _exposed(
    day: int, lift: int, before: dict[tuple[int, int], rules.Known], done: tuple[loop.Done, ...]
) -> Exposure:
    known = before[day, lift]
    sets = [one for one in done if (one.aim.day, one.aim.lift) == (day, lift) and one.outcome.reps > 0]
    read = [
        Tried(
            Done(one.load_kg, one.outcome.reps, one.outcome.said, one.outcome.failed),
            10 if one.aim.amrap else one.aim.rpe,
        )
        for one in sets
    ]
    first = MONDAY.date().toordinal()
    of = known.lifts[lift]
    moved = of._replace(belief=of.belief._replace(day=of.belief.day + first))
    habits = known.habits._replace(form=(known.habits.form[0] + first, *known.habits.form[1:]))
    exercise = people.trained()[lift].exercise
    at, load = MONDAY + timedelta(days=day), round(sets[0].load_kg, 3)
    return exposure(exercise, at, load, habits, moved, read, on=at.date())


def test_the_rules_alone_offer_nobody_of_constant_strength_a_deload() -> None:
    for number in range(6):
        squat, bench = _course(number)
        for at, one in enumerate(squat, 1):
            assert deload_offer([squat[:at], bench[:at]], one.at) is None
