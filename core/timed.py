"""Timed sets: 20 to 60 seconds at RPE 7-8, or what the plan asks for; five more when all sets were made, then load or a
harder variant.

No maximum is estimated from them. The numbers are our own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.autoregulation import Proposal
from core.care import by_day
from core.effort import FAILURE_RPE
from core.loads import next_up
from core.model import Kind, LoggedSet, Reason, SetEntry
from core.situation import Situation, lightest

LEAST_S: Final = 20
MOST_S: Final = 60
STEP_S: Final = 5
TARGET_RPE: Final = 8.0
FIRST_RPE: Final = 7.0


def timed_work(sets: Sequence[LoggedSet]) -> tuple[SetEntry, ...]:
    """The sets of a day that were held for a time."""
    work = (one.done for one in sets if one.done.kind is not Kind.WARMUP)
    return tuple(done for done in work if done.seconds is not None and done.seconds > 0)


def _seconds(done: SetEntry) -> int:
    return 0 if done.seconds is None else done.seconds


def _span(s: Situation) -> tuple[int, int]:
    """The fewest and the most seconds that a set is held for: the plan's own where it names some."""
    return (LEAST_S, MOST_S) if s.rule.hold.seconds is None else s.rule.hold.seconds


def _bounded(s: Situation, seconds: int) -> int:
    low, high = _span(s)
    return max(low, min(high, seconds))


def _rpe(s: Situation, usual: float = TARGET_RPE) -> float:
    """How hard a set is to be: as the plan asks."""
    return usual if s.rule.hold.rpe is None else s.rule.hold.rpe


def _was_hard(s: Situation, done: SetEntry) -> bool:
    """Whether a set was harder than asked; to failure nothing is."""
    wanted = _rpe(s)
    failed = done.failure is not None and wanted < FAILURE_RPE
    return failed or (done.rpe is not None and done.rpe > max(wanted, TARGET_RPE))


def next_hold(s: Situation, work: Sequence[SetEntry]) -> Proposal:
    """The next set of this session: the same, shorter after one that was too hard."""
    last = work[-1]
    same = _bounded(s, _seconds(last))
    if _was_hard(s, last):
        done = min(_span(s)[1], _seconds(last))
        fewer = max(1, min(done, max(STEP_S, done - STEP_S)))
        return _hold(s, last, fewer, Reason("seconds_fewer", {"seconds": fewer, "rpe": last.rpe}))
    return _hold(s, last, same, Reason("seconds_same", {"seconds": same}))


def next_holds(s: Situation, work: Sequence[SetEntry], may_rise: bool) -> Proposal:
    """The next session after these sets."""
    last, least = work[-1], min(map(_seconds, work))
    asked, hard = _bounded(s, _seconds(work[0])), any(_was_hard(s, one) for one in work)
    low, high = _span(s)
    if not may_rise or least < asked or hard:
        held = _bounded(s, least) if may_rise and not hard else min(high, least)
        return _hold(s, last, held, Reason("seconds_same", {"seconds": held}))
    if asked < high:
        more = _bounded(s, asked + STEP_S)
        return _hold(s, last, more, Reason("seconds_more", {"seconds": more, "from_seconds": asked}))
    heavier = _heavier(s, last)
    if heavier is None:
        return _hold(s, last, high, Reason("harder_hold", {"seconds": high}))
    reason = Reason("hold_heavier", {"seconds": low, "from_seconds": high, "from_load": s.load_of(last)})
    return Proposal(heavier, None, _rpe(s), (reason,), low)


def _heavier(s: Situation, last: SetEntry) -> float | None:
    load = s.load_of(last)
    return None if load is None or load <= 0 else next_up(load, s.unit, s.exercise, s.gear)


def _hold(s: Situation, last: SetEntry, seconds: int, reason: Reason) -> Proposal:
    return Proposal(s.load_of(last), None, _rpe(s), (reason,), seconds)


def first_hold(s: Situation) -> Proposal:
    """The first timed set ever."""
    load = None if s.exercise.bodyweight or s.exercise.share > 0 else lightest(s)
    rpe = _rpe(s, FIRST_RPE)
    return Proposal(load, None, rpe, (Reason("ramp_start", {"rpe": rpe}),), _span(s)[0])


def last_timed_day(sets: Sequence[LoggedSet]) -> tuple[LoggedSet, ...]:
    """The newest day on which anything was held for a time; empty where there is none."""
    return next((day for day in reversed(by_day(sets)) if timed_work(day)), ())
