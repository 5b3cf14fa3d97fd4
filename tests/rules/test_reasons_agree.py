"""Reasons that stand side by side: said once, none against another; and no raise where care forbids it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from core.autoregulation import Proposal
from core.care import PainAction, cautious_sessions_left, pain_rule, watched_sessions_left
from core.double_progression import in_range
from core.effort import ROLE_RULES, Block
from core.limits import HELD, RAISES
from core.model import Pain, Role, SetEntry
from core.situation import InPlan, Situation
from core.targets import next_session
from tests.rules.samples import PLANK, PULL_UP, ROW, SQUAT, TODAY, a_set, after, codes, on, situation, told
from tests.rules.test_targets_hold import EACH, situations, targets

EASY = (a_set(100, 8, 6),) * 3
SCOLDING = {"over_cap", "first_set_failure"}


# Said once -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("efforts", "said"),
    [
        ((9, 9.5, 9.5), [["over_cap"], [], []]),
        ((10, 10, 10), [["first_set_failure"], [], []]),
        ((8, 9, 9.5), [[], ["over_cap"], []]),
        ((8, 8, 9.5), [[], [], ["over_cap"]]),
    ],
)
def test_too_hard_is_said_once_a_session(efforts: tuple[float, ...], said: list[list[str]]) -> None:
    sets = [a_set(100, 8, rpe) for rpe in efforts]
    answers = [after(situation(*sets[:count])) for count in (1, 2, 3)]
    assert [[code for code in codes(one) if code in SCOLDING] for one in answers] == said


# In agreement ----------------------------------------------------------------------------------------------------


@EACH
@given(situations())
def test_no_reason_contradicts_another(s: Situation) -> None:
    for target in targets(s):
        said = set(codes(target))
        if said & HELD:
            assert not said & {"on_target", "effort_assumed"}
        if said & RAISES:
            assert not said & {"on_target", "missed_reps", *SCOLDING}
        assert not (said & {"hold_over", "hold_missed"} and said & {"reps_up", "load_up"})


@EACH
@given(situations())
def test_a_first_set_has_missed_nothing(s: Situation) -> None:
    first = situation(*[one.done for one in s.session[:1]], exercise=s.exercise, unit=s.unit)
    for target in targets(first):
        assert not set(codes(target)) & {
            "missed_reps",
            "hold_missed",
            "hold_over",
            "back_off",
            "back_off_reps",
        }


@pytest.mark.parametrize(
    "done", [a_set(100, 8, 8, pain=Pain(2)), a_set(100, 8, 8, form_from=0), a_set(100, 8, pain=Pain(4))]
)
def test_nothing_is_on_target_beside_pain_or_broken_form(done: SetEntry) -> None:
    assert len(codes(after(situation(done)))) == 1


@pytest.mark.parametrize(("done", "said"), [(40, "step_too_big"), (42.5, "below_range"), (45, "below_range")])
def test_a_step_down_is_said_only_of_a_load_that_is_lower_than_the_newest(done: float, said: str) -> None:
    asked = InPlan(ROLE_RULES[Block.FOUNDATION, Role.ISOLATION])
    s = situation(a_set(done, 8, 7), exercise=ROW, in_plan=asked)
    found = in_range(s, Proposal(42.5, 5, 7.0))
    assert (found.load, [one.code for one in found.reasons]) == (40, [said])


def test_a_single_rep_too_hard_is_not_on_target() -> None:
    target = after(situation(a_set(0, 1, 10), exercise=PULL_UP))
    assert codes(target) == ["needs_help"] and target is not None and target.rpe is None


# Pain named later ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "action", "level"),
    [
        ([None, None, 2], PainAction.LOG, 2),
        ([None, 4], PainAction.LOWER, 4),
        ([None, 7], PainAction.STOP, 7),
        ([3, None], PainAction.LOWER, None),
        ([5, 2], PainAction.LOWER, 5),
        ([5, None, 2], PainAction.LOWER, 5),
    ],
)
def test_a_level_named_later_settles_pain_without_one(
    levels: list[int | None], action: PainAction, level: int | None
) -> None:
    rule = pain_rule(on(0, *(a_set(100, 8, pain=Pain(one)) for one in levels)))
    assert rule is not None
    assert (rule.action, rule.level) == (action, level)


def test_pain_that_was_gone_later_changes_nothing() -> None:
    hurt = on(0, a_set(100, 8, pain=Pain()), a_set(100, 8, pain=Pain(0)))
    assert pain_rule(hurt) is None
    assert watched_sessions_left(hurt) == 0


def test_the_next_set_follows_the_pain_named_last() -> None:
    target = after(situation(a_set(100, 8, 8, pain=Pain()), a_set(80, 8, 8, pain=Pain(2))))
    assert (told(target), codes(target)[0]) == ((80, 8), "pain_logged")
    assert target.reasons[0].facts == {"level": 2}


# After clearance -------------------------------------------------------------------------------------------------


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("cleared", "expected", "careful"),
    [(None, 105, False), (days_ago(0), 100, True), (days_ago(5), 100, True), (days_ago(30), 105, False)],
)
def test_two_sessions_from_clearance_bring_no_raise(
    cleared: date | None, expected: float, careful: bool
) -> None:
    history = on(21, *EASY) + on(14, *EASY) + on(7, *EASY)
    target = after(situation(history=history, cleared_on=cleared))
    assert (target.load, codes(target)[0] == "after_clearance") == (expected, careful)


def test_clearance_counts_the_sessions_of_the_lift_from_its_day() -> None:
    before, one, two = on(21, *EASY), on(10, *EASY), on(5, *EASY)
    cleared = days_ago(10)
    assert cautious_sessions_left(before, cleared) == 2
    assert cautious_sessions_left(before + one, cleared) == 1
    assert cautious_sessions_left(before + one + two, cleared) == 0
    assert cautious_sessions_left(before, None) == 0


def test_today_no_set_after_clearance_is_raised() -> None:
    s = situation(a_set(100, 8, 6), history=on(7, *EASY), cleared_on=TODAY)
    target = after(s)
    assert (told(target), codes(target)) == ((100, 8), ["after_clearance"])
    later = next_session(situation(*EASY, history=on(7, *EASY), cleared_on=TODAY))
    assert later is not None
    assert (told(later), codes(later)) == ((100, 8), ["after_clearance"])


def test_after_clearance_a_hold_is_not_made_longer_and_a_new_lift_is_still_found_out() -> None:
    held = (a_set(None, None, seconds=45),) * 3
    plank = after(situation(*held, exercise=PLANK, cleared_on=TODAY))
    assert (plank.seconds, codes(plank)[0]) == (45, "after_clearance")
    assert codes(after(situation(a_set(60, 8, 5), exercise=SQUAT, cleared_on=TODAY))) == ["ramp_up"]
