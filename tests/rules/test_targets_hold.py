"""What holds of every target, whatever was logged."""

from __future__ import annotations

import math
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.evidence import REASONS
from core.loads import rungs
from core.model import (
    Exercise,
    Failure,
    Kind,
    LoggedSet,
    Pain,
    Segment,
    SetEntry,
    Side,
    Target,
    from_kg,
    to_kg,
)
from core.situation import Situation, with_own_gear
from core.targets import next_session, next_target, prescribes
from tests.rules.samples import (
    BENCH,
    CURL,
    LUNGE,
    PLANK,
    PRESS,
    PULL_UP,
    PUSH_UP,
    ROW,
    SQUAT,
    TODAY,
    known,
    logged,
    situation,
)

LIFTS = st.sampled_from([SQUAT, BENCH, PRESS, ROW, CURL, LUNGE, PULL_UP, PUSH_UP, PLANK])
RPES = st.none() | st.integers(2, 20).map(lambda half: half / 2)


@st.composite
def entries(draw: st.DrawFn, exercise: Exercise) -> SetEntry:
    """Any set that the notation lets through."""
    low = -60.0 if exercise.bodyweight else 0.0
    load = st.sampled_from([0.0, 20.0, 40.0, 60.0, 97.5, 100.0, 102.5]) | st.floats(low, 1000.0).map(
        lambda x: round(x, 1)
    )
    kind = draw(st.sampled_from([Kind.WORK] * 5 + list(Kind)))
    return SetEntry(
        load=draw(st.none() if exercise.timed else load),
        unit=draw(st.sampled_from(["kg", "kg", "kg", "lb"])),
        reps=None if exercise.timed else draw(st.integers(1, 12) | st.integers(1, 200)),
        seconds=draw(st.integers(1, 7200)) if exercise.timed else None,
        kind=kind,
        rpe=draw(RPES),
        failure=draw(st.sampled_from([None, None, None, Failure.TECHNICAL, Failure.ABSOLUTE])),
        segments=(Segment(None, 3),) if kind in (Kind.DROP, Kind.REST_PAUSE) else (),
        slow_from=draw(st.none() | st.integers(0, 10)),
        form_from=draw(st.sampled_from([None, None, None, 0, 3, 8])),
        pain=draw(st.sampled_from([None] * 6 + [Pain(), Pain(2), Pain(4), Pain(5), Pain(8)])),
        side=draw(st.sampled_from([None, None, Side.LEFT, Side.RIGHT, Side.EACH])),
    )


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Any situation that the coach can gather."""
    exercise = draw(LIFTS)
    sets = st.lists(entries(exercise), max_size=5)
    history: list[LoggedSet] = []
    for days in sorted(draw(st.sets(st.integers(1, 90), max_size=5)), reverse=True):
        history += [logged(done, exercise, TODAY - timedelta(days=days)) for done in draw(sets)]
    return draw(st.sampled_from([situation, known]))(
        *draw(sets),
        exercise=exercise,
        history=history,
        unit=draw(st.sampled_from(["kg", "lb"])),
        body_weight_kg=draw(st.none() | st.floats(30, 250)),
        stated_max_kg=draw(st.none() | st.floats(1, 400)),
        easy=draw(st.booleans()),
        cleared_on=draw(st.none() | st.integers(0, 30).map(lambda days: TODAY - timedelta(days=days))),
        hold=draw(st.sampled_from([False, False, False, True])),
    )


def targets(s: Situation) -> list[Target]:
    return [target for target in (next_target(s), next_session(s)) if target is not None]


EACH = settings(max_examples=80, deadline=None)


@EACH
@given(situations())
def test_every_target_can_be_lifted(s: Situation) -> None:
    for target in targets(s):
        assert target.reps is None or 1 <= target.reps <= 30
        assert target.seconds is None or 1 <= target.seconds <= 60
        assert target.rpe is None or 6 <= target.rpe <= 10
        if target.load is None:
            continue
        assert math.isfinite(target.load)
        low = -200 if s.exercise.bodyweight else 0
        assert low - 1e-6 <= to_kg(target.load, s.unit) <= 1000 + 1e-6
        own = with_own_gear(s)
        lifted = own.was_done(target.load, target.reps, target.seconds) or target.load in own.loads_known()
        unloaded = target.load == 0 and s.exercise.bodyweight
        assert (
            lifted
            or unloaded
            or _is_beyond_the_rack(own, target.load)
            or any(abs(target.load - rung) < 0.01 for rung in rungs(s.exercise, s.unit, own.gear))
        )


def _is_beyond_the_rack(s: Situation, load: float) -> bool:
    """Whether a load was lifted that the rack has nothing near below of: then the athlete has other gear."""
    near = [one for one in rungs(s.exercise, s.unit, s.gear) if 0.94 * load - 1e-6 <= one <= load]
    return load in s.loads_own_unit() and not near


@EACH
@given(situations())
def test_every_reason_is_known_and_carries_its_facts(s: Situation) -> None:
    for target in targets(s):
        assert target.reasons
        codes = [reason.code for reason in target.reasons]
        assert len(codes) == len(set(codes))
        for reason in target.reasons:
            assert tuple(sorted(reason.facts)) == tuple(sorted(REASONS[reason.code].facts))


@EACH
@given(situations())
def test_open_symptoms_end_all_prescribing(s: Situation) -> None:
    for target in targets(s):
        assert s.hold == (target.reasons[0].code == "red_flag")
        if s.hold:
            assert not prescribes(target)
            assert target.load is None


def _most(s: Situation, sets: tuple[LoggedSet, ...]) -> float:
    loads = [s.load_of(one.done) for one in sets]
    return max((load for load in loads if load is not None), default=0.0)


@EACH
@given(situations())
def test_after_pain_or_broken_form_nothing_is_raised(s: Situation) -> None:
    newest = s.session[-1].done if s.session else None
    if newest is None or (newest.form_from is None and (newest.pain is None or newest.pain.level == 0)):
        return
    target = next_target(s)
    if target is None or not prescribes(target):
        return
    heaviest = s.load_of(newest) if target.when == "set" else _most(s, (*s.history, *s.session))
    if target.load is not None and heaviest is not None:
        assert target.load <= heaviest + 1e-6
    if target.when == "set" and target.reps is not None and newest.reps is not None:
        assert target.reps <= newest.reps


@EACH
@given(situations(), st.sampled_from([6, 7, 10]))
def test_strong_pain_stops_the_exercise(s: Situation, level: int) -> None:
    done = SetEntry(load=60.0, unit="kg", reps=5, seconds=30 if s.exercise.timed else None, pain=Pain(level))
    hurt = situation(done, exercise=s.exercise, history=s.history, unit=s.unit)
    for target in targets(hurt):
        assert target.reasons[0].code == "pain_stop"
        assert not prescribes(target)


@EACH
@given(st.floats(30, 400), st.integers(1, 15), st.integers(10, 20), st.integers(0, 2))
def test_a_set_moves_the_next_load_by_at_most_six_percent_a_step_or_what_rounding_takes(
    load: float, reps: int, half: int, more: int
) -> None:
    first = SetEntry(load=round(load * 2) / 2, unit="kg", reps=reps, rpe=half / 2)
    s = situation(*[first] * (1 + more % 2), stated_max_kg=from_kg(load, "kg"))
    target = next_target(s)
    assert target is not None
    if (
        target.when == "set"
        and target.load is not None
        and target.reasons[0].code not in ("on_the_way", "after_top_set")
    ):
        assert first.load is not None
        assert target.load <= max(1.06 * first.load, first.load + 2.5) + 1e-6
        assert target.load > 0.94 * first.load - 2.5
