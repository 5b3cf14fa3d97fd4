"""Lifts whose load is not found yet: day one goes on while all is easy, and an open set tells where nothing is said."""

from __future__ import annotations

import pytest

from core.model import Kind as SetKind
from core.model import SetEntry, Target
from core.open_sets import MOST_REPS, OPEN_RPE, is_answer, taken
from core.program.amraps import by_open_set
from core.program.finding import after_easy, after_open, is_easy, once_found
from core.program.templates import template
from core.program.working_max import SessionWent, SetWent, Verdict, load_at
from core.simulation.kinds import KINDS, Kind, lifter
from core.simulation.plan_scores import lifts_of, main_lifts
from core.simulation.planned import DoneSet, train

KIND = {one.name: one for one in KINDS}


def a_set(load: float = 60, reps: int = 15, rpe: float | None = 5) -> SetEntry:
    return SetEntry(exercise="squat", load=load, unit="kg", reps=reps, rpe=rpe)


def done(kind: Kind, days: int = 3, weeks: int = 5) -> list[DoneSet]:
    plan = main_lifts(template(days, "gym", "new" if kind.claim == 0 else "some"))
    return train(lifter(kind, 5, 1, lifts_of(plan)), plan, weeks, "5/1").sets


# M ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rpes", "easy"), [((5, 5), True), ((4, 5), True), ((5, 5.5), False), ((5, None), False), ((), False)]
)
def test_a_session_was_easy_when_all_of_it_was_said_to_be(rpes: tuple[float | None, ...], easy: bool) -> None:
    assert is_easy([a_set(rpe=rpe) for rpe in rpes]) is easy


def test_after_easy_sets_the_next_load_lies_above_the_heaviest() -> None:
    m_kg = after_easy([(60.0, a_set(60)), (66.0, a_set(66))], n=20, curve=1.0)
    assert load_at(m_kg, 20) == pytest.approx(66 * 1.075)


def test_where_nothing_heavier_was_to_be_had_the_reps_tell() -> None:
    m_kg = after_easy([(30.0, a_set(30, 15)), (30.0, a_set(30, 22))], n=20, curve=1.0)
    assert load_at(m_kg, 20) > 30 * 1.12


@pytest.mark.parametrize(
    ("e_kg", "sets", "share"),
    [
        (200, [SetWent(True, 0)], 1.0),
        (110, [SetWent(True, 0), SetWent(True, 1)], 0.94),
        (125, [SetWent(True, 0), SetWent(True, 1)], 0.95 * 125 / (80 * (1 + 16 / 30))),
        (90, [SetWent(True, 0), SetWent(False, 3)], 0.95 * 90 / (80 * (1 + 16 / 30))),
    ],
)
def test_once_found_the_heaviest_load_stands_unless_it_was_too_much(
    e_kg: float, sets: list[SetWent], share: float
) -> None:
    found = once_found(80, e_kg, SessionWent(tuple(sets)), 16, 1.0)
    assert load_at(found, 16) == pytest.approx(80 * share)


@pytest.mark.parametrize(
    ("e_kg", "found", "reps", "m_kg"),
    [
        (110, Verdict.AS_ASKED, 12, 110),
        (150, Verdict.AS_ASKED, 12, 125),
        (80, Verdict.AS_ASKED, 6, 94),
        (110, Verdict.HARD, 12, 100),
        (90, Verdict.AS_ASKED, 22, 60 * (1 + 22 / 30)),
    ],
)
def test_after_an_open_set_m_follows_what_it_shows(
    e_kg: float, found: Verdict, reps: int, m_kg: float
) -> None:
    assert after_open(100, e_kg, found, 60, reps, 1.0) == pytest.approx(m_kg)


@pytest.mark.parametrize(("reps", "least", "most"), [(24, 75, 90), (12, 60, 68)])
def test_an_amrap_lies_where_the_open_set_before_it_says(reps: int, least: float, most: float) -> None:
    assert least < by_open_set(60, reps, 70) < most


# What a set counts as --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rpe", "flat", "counts"),
    [(None, None, OPEN_RPE), (8.0, 8.0, OPEN_RPE), (9.0, 8.0, 9.0), (9.5, None, 9.5)],
)
def test_an_open_set_counts_at_the_effort_asked_where_none_was_said(
    rpe: float | None, flat: float | None, counts: float
) -> None:
    found = taken(a_set(reps=18, rpe=rpe), flat)
    assert (found.rpe, found.open_ended, found.kind) == (counts, True, SetKind.WORK)


@pytest.mark.parametrize(
    ("load", "reps", "is_it"),
    [(72.5, 15, True), (71, 20, True), (60, 15, False), (60, 22, False), (80, 9, True)],
)
def test_an_open_set_is_one_at_the_load_that_was_asked_for(load: float, reps: int, is_it: bool) -> None:
    asked = Target("squat", "set", 72.5, "kg", 15, None, OPEN_RPE, ())
    assert is_answer(a_set(load, reps, None), asked, a_set(60, 15, None)) is is_it


@pytest.mark.parametrize(("reps", "is_it"), [(8, False), (11, True), (6, True)])
def test_the_set_before_once_more_is_no_open_set(reps: int, is_it: bool) -> None:
    asked = Target("squat", "set", 60, "kg", 8, None, OPEN_RPE, ())
    assert is_answer(a_set(60, reps, None), asked, a_set(60, 8, None)) is is_it


# Played ----------------------------------------------------------------------------------------------------------


def test_who_says_nothing_is_asked_for_an_open_set_from_the_second_session_on() -> None:
    sets = done(KIND["silent"])
    opened = [one for one in sets if one.said.open_ended]
    assert {one.place.exercise.id for one in opened} >= {one.place.exercise.id for one in sets if one.amrap}
    assert min(one.exposure for one in opened) == 2
    assert max(one.outcome.reps for one in opened) <= MOST_REPS
    assert all(one.rpe == OPEN_RPE and not one.amrap for one in opened)


def test_who_tells_effort_is_asked_for_none() -> None:
    assert not any(one.said.open_ended for one in done(KIND["honest"]))


def _all_easy(sets: list[DoneSet], name: str, exposure: int) -> bool:
    ours = [
        one for one in sets if (one.place.exercise.id, one.exposure) == (name, exposure) and not one.amrap
    ]
    return bool(ours) and all(one.said.rpe is not None and one.said.rpe <= 5 for one in ours)


def test_from_the_empty_bar_loads_go_up_set_by_set_until_they_fit() -> None:
    sets = done(KIND["from the empty bar"], weeks=4)
    found = [one for one in sets if one.place.exercise.id == "deadlift" and not one.amrap]
    loads = [one.load_kg for one in found if _all_easy(sets, "deadlift", one.exposure)]
    assert loads == sorted(loads)
    assert found[-1].load_kg > 1.5 * found[0].load_kg


def test_no_amrap_stands_behind_a_load_that_is_not_found() -> None:
    sets = done(KIND["from the empty bar"], weeks=8)
    for one in sets:
        if one.amrap and one.place.week <= 4:
            name, last = one.place.exercise.id, one.exposure
            assert not (_all_easy(sets, name, last) and _all_easy(sets, name, last - 1)), name
