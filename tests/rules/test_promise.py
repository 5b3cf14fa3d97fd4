"""What was told for the next session stands, whatever is worked out anew, until what it followed from has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.effort import RoleRule
from core.model import Failure, Reason, SetEntry
from core.promise import as_json, from_json, promised, standing
from core.situation import InPlan, Planned, Promise, Situation
from core.targets import next_session, next_target
from tests.rules.samples import TODAY, a_set, after, codes, known, on, told

SETS = (a_set(100, 8, 7.5), a_set(100, 8, 7.5), a_set(100, 8, 8))
RULE = RoleRule(3, 8, 8, 8, 8.5, 8.5, 9, 180, 240)


def told_today(s: Situation) -> Promise:
    """What is promised after today's sets."""
    target = next_session(s)
    assert target is not None
    found = promised(s.session, s, target)
    assert found is not None
    return found


def three_days_later(s: Situation) -> Situation:
    """The day of the next session, before its first set."""
    earlier = tuple(replace(one, day=one.day - timedelta(days=3)) for one in (*s.history, *s.session))
    return replace(s, session=(), history=earlier)


def test_what_was_told_is_what_comes_though_it_would_be_worked_out_otherwise() -> None:
    s = known(*SETS, history=on(3, *SETS))
    promise = told_today(s)
    other = promise._replace(load=97.5, reps=9, reasons=(Reason("hold_top"),))
    now = replace(three_days_later(s), promise=other)
    assert told(after(replace(now, promise=None))) != (97.5, 9)
    assert told(after(now)) == (97.5, 9)
    assert "hold_top" in codes(after(now))


def test_after_days_away_the_target_is_made_anew() -> None:
    promise = told_today(known(*SETS))._replace(load=110.0)
    target = after(replace(known(history=on(25, *SETS)), promise=promise))
    assert "layoff" in codes(target)
    assert target.load is not None and target.load < 100


def test_a_bad_day_lowers_what_was_told() -> None:
    s = known(*SETS, history=on(3, *SETS))
    now = replace(three_days_later(s), promise=told_today(s), easy=True)
    target = after(now)
    assert target.load is not None and target.load < 100


@pytest.mark.parametrize(
    "changed",
    [a_set(100, 7, 8), a_set(97.5, 8, 8), a_set(100, 8, 9), a_set(100, 8, 8, failure=Failure.TECHNICAL)],
)
def test_a_changed_set_ends_it(changed: SetEntry) -> None:
    s = known(*SETS)
    promise = told_today(s)
    assert standing([promise], s.session, "kg", None) == promise
    edited = (*s.session[:-1], replace(s.session[-1], done=changed))
    assert standing([promise], edited, "kg", None) is None
    assert standing([promise], s.session[:-1], "kg", None) is None
    assert standing([promise], s.session, "lb", None) is None


def asked(load: float | None, reps: int = 8, rpe: float = 8.0) -> InPlan:
    """A plan that asks for this today and the next time."""
    of = Planned(load, reps, rpe, 8.5)
    return InPlan(RULE, of, of)


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (asked(101), True),  # what other lifts taught moved the plan's load a little
        (asked(106), False),
        (asked(100, reps=7), False),  # another week
        (asked(100, rpe=8.5), False),
        (asked(None), False),
        (None, False),  # the plan does not have it any more
    ],
)
def test_it_stands_as_long_as_the_plan_asks_the_same(now: InPlan | None, stands: bool) -> None:
    s = replace(known(*SETS), in_plan=asked(100))
    promise = told_today(s)
    assert (standing([promise], s.session, "kg", now) is not None) is stands


def test_what_the_body_adds_is_part_of_the_load() -> None:
    """Half a kilogram of help more is no other load for somebody of 80 kg."""
    s = replace(known(*SETS), in_plan=asked(-5))
    promise, now = told_today(s), asked(-5.5)
    assert standing([promise], s.session, "kg", now, 80.0) == promise
    assert standing([promise], s.session, "kg", asked(-9), 80.0) is None


def test_promises_are_kept_as_text_the_newest_two() -> None:
    s = known(*SETS)
    one = told_today(s)
    other = one._replace(reasons=(Reason("talk", {"day": TODAY}),))
    assert from_json(as_json([one, one, one])) == (one, one)
    assert from_json(as_json([other]))[0].reasons == ()  # what is no number and no word is left out
    assert from_json(None) == from_json("{}") == from_json("nonsense") == from_json('[["x"]]') == ()


def test_nothing_is_promised_where_nothing_is_prescribed() -> None:
    s = known(*SETS)
    held = next_target(replace(s, hold=True))
    assert held is not None
    assert promised(s.session, s, held) is None
