"""The signals of a lift that is done for today, and which of a session's is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.effort import Block
from core.learning import Done, Habits, Lift, close, update
from core.model import Exercise, Pain
from core.program.course import LiftCourse
from core.program.day_exposures import LiftOfDay, Seen, exposed, past_of, seen, seen_of, with_day
from core.program.day_exposures import as_json as exposures_json
from core.program.day_exposures import from_json as exposures_from
from core.program.exposures import Exposure, Tried, exposure, ratings
from core.program.lift_signals import LiftDone, beaten, fitting, signals, to_say
from core.program.lowered import hurt_on, is_less, was_away
from core.program.signals import Sign, Signal, Verdict
from core.simulation import loop, people, rules
from core.simulation.plan import BLOCK, CYCLE, SESSIONS_A_WEEK, Aim
from tests.rules.samples import BENCH, SQUAT, a_set, logged

MONDAY = datetime(2026, 11, 16, 18, tzinfo=UTC)


def came(hours: float, **told: float | None) -> Exposure:
    usual: dict[str, float | None] = {"rpe": 8, "over": 0, "shown_kg": 100, "expected_kg": 100, "noise": 0.1}
    return Exposure(SQUAT, MONDAY + timedelta(hours=hours), 100, **{**usual, **told})


def found(
    before: Exposure | None,
    now: Exposure,
    *rated: tuple[float, float],
    best: Signal | None = None,
    block: Block | None = Block.BUILD,
    poor: tuple[date, ...] = (),
) -> list[Sign]:
    past = () if before is None else (before,)
    return [one.sign for one in signals(LiftDone(past, now, rated, best, block), poor)]


HARD, NOW, EASY = came(-72), came(0, rpe=7.5), came(-72, rpe=6, over=-2)
HALF_EASY = came(-72, rpe=6.5, over=-0.5)
BEATEN = Signal(Sign.BEAT_FORECAST, SQUAT, {"reps": 14, "expected": 10})
SIX = ((6.0, 8.0), (6.0, 8.0))


@pytest.mark.parametrize(
    ("before", "now", "rated", "expected"),
    [
        (None, NOW, (), []),
        (HARD, NOW, (), [Sign.REPEATED]),
        (came(-72, rpe=7), NOW, (), []),  # it was not hard
        (came(-72, over=1), NOW, (), []),  # harder than asked is no right dose
        (HARD, came(0, shown_kg=96), (), []),
        (HARD, came(0, shown_kg=89), (), [Sign.FELL_SHORT]),
        (came(-72, over=1), came(0, over=1, shown_kg=96), (), [Sign.HARDER_TWICE]),
        (came(-24 * 15), NOW, (), []),  # too long ago to be the session before
        (came(-24 * 15, over=1), came(0, over=1), (), []),
        (EASY, came(0, rpe=6, over=-2), SIX, [Sign.EASY_SETS]),
        (HALF_EASY, came(0, rpe=6, over=-2), SIX, []),  # once is answered by the next load
        (None, came(0, rpe=6, over=-2), SIX, []),
        (EASY, came(0, rpe=7, over=-1), ((7.0, 8.0), (7.0, 8.0)), []),
    ],
)
def test_a_lift_shows_its_signs_beside_the_session_before(
    before: Exposure | None, now: Exposure, rated: tuple[tuple[float, float], ...], expected: list[Sign]
) -> None:
    assert found(before, now, *rated) == expected


def test_easy_sets_are_as_asked_for_in_foundation() -> None:
    assert found(EASY, came(0, rpe=6, over=-2), *SIX, block=Block.FOUNDATION) == []


def test_small_lifts_may_be_harder_than_asked() -> None:
    harder = LiftDone((came(-72, over=1),), came(0, over=1, shown_kg=96), ())
    assert [one.sign for one in signals(harder)] == [Sign.HARDER_TWICE]
    assert list(signals(replace(harder, capped=False))) == []


@pytest.mark.parametrize(("rpe", "early"), [(9.5, True), (10, False)])
def test_who_goes_to_failure_anyway_stops_no_set_early(rpe: float, early: bool) -> None:
    signs = found(came(-72, rpe=rpe), NOW, best=BEATEN)
    assert (Sign.BEAT_FORECAST in signs) is early


@pytest.mark.parametrize(("days", "praised"), [(3, True), (2, False), (0, False), (-1, True)])
def test_poor_recovery_told_since_the_session_before_is_no_sweet_spot(days: int, praised: bool) -> None:
    poor = ((MONDAY - timedelta(days=days)).date(),)
    assert (Sign.REPEATED in found(HARD, NOW, poor=poor)) is praised


# All out ---------------------------------------------------------------------------------------------------------


def taught(days: int) -> tuple[Habits, Lift]:
    habits, lift, last = Habits(), Lift(), MONDAY.date().toordinal()
    for day in range(last - 2 * days, last, 2):
        for _ in range(3):
            habits, lift = update(habits, lift, Done(100, 8, 8 + 0.5 * (day % 4 == 0)), day)
        habits, lift = close(habits, lift)
    return habits, lift


@pytest.mark.parametrize(
    ("days", "done", "all_out", "beats"),
    [
        (6, Done(100, 16, failed=True), True, True),
        (6, Done(100, 15, 9), True, True),  # an AMRAP that stopped one short
        (6, Done(100, 16, 9), False, False),
        (6, Done(100, 11, failed=True), True, False),
        (6, Done(100, 16, failed=True, clean=9), True, False),
        (6, Done(100, 16, failed=True, pain=True), True, False),
        (2, Done(100, 16, failed=True), True, False),
    ],
)
def test_a_set_that_was_taken_all_out_is_held_against_its_forecast(
    days: int, done: Done, all_out: bool, beats: bool
) -> None:
    sets = [Tried(Done(100, 8, 8), 8), Tried(done, 10, all_out)]
    assert (beaten(SQUAT, *taught(days), sets, MONDAY.date()) is not None) is beats


@pytest.mark.parametrize(
    ("before", "beats"),
    [(Done(105, 12), False), (Done(100, 12), False), (Done(100, 11), True), (Done(95, 14), True)],
)
def test_a_forecast_that_an_earlier_set_as_heavy_has_refuted_is_none_to_beat(
    before: Done, beats: bool
) -> None:
    sets = [Tried(before, 8), Tried(Done(100, 16, failed=True), 10, all_out=True)]
    assert (beaten(SQUAT, *taught(6), sets, MONDAY.date()) is not None) is beats


# Which is said ---------------------------------------------------------------------------------------------------


def sign(what: Sign, lift: Exercise = SQUAT) -> Signal:
    return Signal(what, lift)


@pytest.mark.parametrize(
    ("seen_signs", "told", "said"),
    [
        ([Sign.REPEATED, Sign.EASY_SETS, Sign.FELL_SHORT], [], Sign.FELL_SHORT),
        ([Sign.REPEATED, Sign.BEAT_FORECAST], [], Sign.BEAT_FORECAST),
        ([Sign.REPEATED, Sign.BEAT_FORECAST], ["beat_forecast:squat"], Sign.REPEATED),
        ([Sign.REPEATED], ["repeated:squat"], None),
        ([Sign.REPEATED], ["repeated:bench-press"], None),  # once a block for all lifts
        ([Sign.REPEATED], ["harder_twice:squat"], None),  # what was too hard is not praised
        ([Sign.REPEATED], ["harder_twice:bench-press"], Sign.REPEATED),
        ([Sign.FELL_SHORT], ["fell_short:bench-press"], Sign.FELL_SHORT),
        ([], [], None),
        ([Sign.FELL_SHORT], ["easy_sets:a", "harder_twice:b"], None),  # two a block are enough
        ([Sign.FELL_SHORT], ["easy_sets:a", "repeated:b", "sore:quads"], Sign.FELL_SHORT),
        ([Sign.REPEATED], ["easy_sets:a", "harder_twice:b"], Sign.REPEATED),
    ],
)
def test_one_signal_is_said_and_what_can_do_harm_comes_first(
    seen_signs: list[Sign], told: list[str], said: Sign | None
) -> None:
    first = to_say([sign(one) for one in seen_signs], told)
    assert (None if first is None else first.sign) == said


# Nothing but chance ----------------------------------------------------------------------------------------------


def _played(number: int) -> tuple[dict[tuple[int, int], rules.Known], tuple[loop.Done, ...]]:
    """What was known before each session's lifts, and the sets, of a simulated person whose strength stays as it is."""
    person, luck = loop.cast(3, number)
    person = replace(person, gain=0.0, skips=0.0, late=0.0, layoff=None)
    before: dict[tuple[int, int], rules.Known] = {}
    spotter = rules.RULES["spotter"]

    def ask(known: rules.Known, aim: Aim, gym: rules.Gym) -> rules.Offer:
        before.setdefault((aim.day, aim.lift), known)
        return spotter.ask(known, aim, gym)

    calm = luck._replace(bad_weeks=(False,) * len(luck.bad_weeks))
    return before, loop.train(person, calm, rules.Rule(spotter.begin, ask, spotter.learn)).sets


def _done(
    day: int, lift: int, known: rules.Known, done: tuple[loop.Done, ...], past: list[Exposure], block: Block
) -> LiftDone:
    sets = [one for one in done if (one.aim.day, one.aim.lift) == (day, lift) and one.outcome.reps > 0]
    work = []
    for one in sets:
        out = one.aim.amrap or one.outcome.failed
        told = Done(one.load_kg, one.outcome.reps, one.outcome.said, one.outcome.failed)
        work.append(Tried(told, 10 if one.aim.amrap else one.aim.rpe, out))
    first, of = MONDAY.date().toordinal(), known.lifts[lift]
    state = of._replace(belief=of.belief._replace(day=of.belief.day + first))
    habits = known.habits._replace(form=(known.habits.form[0] + first, *known.habits.form[1:]))
    at, exercise = MONDAY + timedelta(days=day), people.trained()[lift].exercise
    now = exposure(exercise, at, round(sets[0].load_kg, 3), habits, state, work, on=at.date())
    best = beaten(exercise, habits, state, work, at.date())
    return LiftDone(tuple(past[-3:]), now, ratings(habits, work), best, block)


def said_in_blocks(number: int) -> list[int]:
    """How many signals of too much or too little somebody of constant strength is told in each block."""
    before, done = _played(number)
    days, past = sorted({day for day, _ in before}), dict[int, list[Exposure]]()
    told, counts, block = set[str](), list[int](), -1
    for session, day in enumerate(days):
        week = session // SESSIONS_A_WEEK
        if week // BLOCK != block:
            told, block = set(), week // BLOCK
            counts.append(0)
        kind = list(Block)[week % CYCLE // BLOCK]
        lifts = {}
        for lift in [of for at, of in before if at == day]:
            lifts[lift] = _done(day, lift, before[day, lift], done, past.get(lift, []), kind)
            past.setdefault(lift, []).append(lifts[lift].now)
        first = to_say([one for lift in lifts.values() for one in signals(lift)], told)
        if first is not None:
            told.add(first.key)
            counts[-1] += first.verdict is not Verdict.SWEET_SPOT
    return counts


def test_an_honest_lifter_of_constant_strength_is_told_of_little() -> None:
    counts = [count for number in range(12) for count in said_in_blocks(number)]
    assert len(counts) >= 72
    assert max(counts) <= 2
    assert sum(counts) < 0.8 * len(counts)
    assert counts.count(2) < 0.2 * len(counts)  # the bound is seldom met


# A day's sets ----------------------------------------------------------------------------------------------------


def test_warm_ups_and_light_sets_on_the_way_up_are_no_work() -> None:
    up = [a_set(60, 5, 5), a_set(80, 3, 6)]
    work = [a_set(100, 8, 8.5), a_set(100, 8, 8.5)]
    every = [logged(one, SQUAT) for one in (*up, *work)]
    alone = [logged(one, SQUAT) for one in work]
    state = taught(6)
    one, other = exposed(SQUAT, None, every, state, None), exposed(SQUAT, None, alone, state, None)
    assert one is not None and other is not None
    assert (one.load, one.rpe, one.over) == (100, 8.5, 0.5)
    assert replace(one, at=other.at) == other


def test_of_each_lift_the_last_three_exposures_of_four_weeks_are_kept() -> None:
    past: dict[str, tuple[object, ...]] = {}
    kept = with_day({}, MONDAY.date(), {})
    for week in range(8):
        at = MONDAY + timedelta(days=7 * week)
        today = {"squat": seen(replace(came(0), at=at))}
        if week == 0:
            today["bench-press"] = seen(replace(came(0), at=at, lift=BENCH))
        kept = with_day(kept, at.date(), today)
        past = dict(kept)
        assert len(kept["squat"]) == min(3, week + 1)
        assert ("bench-press" in past) is (week <= 4)
    assert [one.at for one in past_of(kept, SQUAT)] == [
        MONDAY + timedelta(days=7 * week) for week in (5, 6, 7)
    ]


def test_a_lift_that_goes_up_next_time_was_not_pushed_too_hard() -> None:
    short, easy = Signal(Sign.FELL_SHORT, SQUAT, {"percent": 9}), Signal(Sign.EASY_SETS, SQUAT, {})
    assert fitting([short, easy], ["squat"]) == [easy]
    assert fitting([short, easy], ["bench-press"]) == [short, easy]
    assert fitting([short, easy], []) == [short, easy]


def rows_of(
    past: dict[str, tuple[Seen, ...]], *days: tuple[int, int | None], **less: bool
) -> tuple[Seen, ...]:
    """What is kept of a bench press done on those days, each with the level of a pain or none."""
    for day, level in days:
        pain = None if level is None else Pain(level)
        on = MONDAY.date() + timedelta(days=day)
        sets = [logged(replace(a_set(80, 8, 8), pain=pain), BENCH, on)]
        lowered = ["bench-press"] if less.get("less") else []
        of = LiftOfDay(BENCH, sets, taught(6), None)
        past = with_day(past, on, seen_of([of], {}, lowered, past, easy=less.get("easy", False)))
    return past.get("bench-press", ())


def test_what_pain_had_lowered_is_compared_with_nothing_for_four_weeks() -> None:
    days = [MONDAY.date() + timedelta(days=one) for one in (0, 28, 29)]
    rows = rows_of({}, (-3, None), (0, 4), (3, None))
    assert [one.hurt_on for one in rows] == [None, days[0], days[0]]
    assert len(past_of({"bench-press": rows}, BENCH)) == 1
    assert hurt_on(days[0], [], days[1]) == days[0]
    assert hurt_on(days[0], [], days[2]) is None
    assert rows_of({}, (0, 3))[0].hurt_on is None  # 1 to 3 is logged, and changes nothing
    assert exposures_from(exposures_json({"bench-press": rows})) == {"bench-press": rows}


def test_of_days_that_were_light_on_purpose_nothing_is_kept_but_pain() -> None:
    assert rows_of({}, (0, None), easy=True) == rows_of({}, (0, None), less=True) == ()
    assert len(rows_of({}, (0, None))) == 1
    assert rows_of({}, (0, 5), easy=True)[0].hurt_on == MONDAY.date()


@pytest.mark.parametrize(
    ("changed", "day", "expected"),
    [
        ({}, 3, False),
        ({}, 11, False),
        ({}, 12, True),  # eight days beyond the four that were planned
        ({"watched": 1}, 3, True),
        ({"was_kg": 120.0}, 3, True),
    ],
)
def test_after_pain_and_days_away_a_lift_is_asked_for_less(
    changed: dict[str, Any], day: int, expected: bool
) -> None:
    known = LiftCourse(100.0, 12.0, 0, MONDAY.date())._replace(**changed)
    assert is_less(known, 4, MONDAY.date() + timedelta(days=day)) is expected


def test_without_a_plan_a_lift_comes_back_after_two_weeks() -> None:
    known = taught(6)[1]
    last = date.fromordinal(known.belief.day)
    assert not was_away(known, last + timedelta(days=14))
    assert was_away(known, last + timedelta(days=15))
    assert not was_away(Lift(), last)
