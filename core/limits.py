"""What pain, broken form and a bad day leave of a target: ceilings that no other rule may pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Final

from core.autoregulation import Proposal
from core.care import (
    LOWER_PERCENT,
    RETURN_PERCENT,
    PainAction,
    PainRule,
    by_day,
    cautious_sessions_left,
    healing,
    hurt,
    pain_rule,
    serious_sets,
    watched_sessions_left,
)
from core.loads import loadable
from core.model import Kind, LoggedSet, Reason
from core.progression import lightened
from core.runs import Asked, WorkSet
from core.situation import EPSILON, Situation

EASY_PERCENT: Final = 10
"""How much lighter a bad day is (own choice)."""

RAISES: Final = frozenset(
    {
        "load_higher",
        "harder_now",
        "reps_from_here",
        "top_of_range",
        "easy_same",
        "reps_more",
        "load_up",
        "load_up_easy",
        "expected_easy",
        "hit_load_up",
        "hit_reps_up",
        "hit_to_the_top",
        "reps_up",
        "ramp_up",
        "still_light",
        "from_open_set",
        "on_the_way",
        "seconds_more",
    }
    | {"hold_heavier", "step_too_big"}
)
"""The reasons of a raise, which go where a ceiling has taken it away."""

HELD: Final = frozenset(
    {"pain_logged", "pain_lower", "pain_return", "pain_watch", "after_clearance", "form_broke", "easy_day"}
)
"""The reasons of a ceiling, beside which nothing may say that all is as it should be."""

_LOWERS: Final = HELD - {"pain_logged"}
"""Those that change something."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be asked for, and why; None where it does not limit."""

    reason: Reason
    load: float | None = None
    reps: int | None = None
    seconds: int | None = None


def under(s: Situation, proposal: Proposal, ceiling: Ceiling) -> Proposal:
    """The proposal held to a ceiling, whose reason goes first."""
    load, reps, seconds = proposal.load, proposal.reps, proposal.seconds
    if load is not None and ceiling.load is not None and load > ceiling.load + EPSILON:
        load = _at_most(s, ceiling.load)
    if reps is not None and ceiling.reps is not None:
        reps = min(reps, max(1, ceiling.reps))
    if seconds is not None and ceiling.seconds is not None:
        seconds = min(seconds, max(1, ceiling.seconds))
    held = (load, reps, seconds) != (proposal.load, proposal.reps, proposal.seconds)
    kept = [one for one in proposal.reasons if not (held and one.code in RAISES)]
    return Proposal(load, reps, proposal.rpe, (ceiling.reason, *kept), seconds)


def _at_most(s: Situation, load: float) -> float:
    """The heaviest load that is not above `load`; that very load where it was lifted or nothing is lighter."""
    if load in s.loads_own_unit():
        return load
    return min(load, loadable(load, s.unit, s.exercise, s.gear, "down"))


def consistent(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons without those that the others contradict, each code once."""
    if len(reasons) < 2:
        return tuple(reasons)
    once = {one.code: one for one in reversed(reasons)}
    gone: set[str] = set()
    if not _LOWERS.isdisjoint(once):
        gone.add("pain_logged")  # "nothing changes"
    if not HELD.isdisjoint(once):
        gone |= {"on_target", "effort_assumed", "flat_rating", "seconds_same", "harder_now"}
    if not RAISES.isdisjoint(once):
        gone |= {"on_target", "over_cap", "first_set_failure", "missed_reps"}
    return tuple([one for one in reversed(once.values()) if one.code not in gone])


# Pain ------------------------------------------------------------------------------------------------------------


def pain_today(s: Situation) -> PainRule | None:
    """What the pain in today's sets asks for."""
    if not hurt(s.session):
        return None
    earlier = by_day(s.history)
    return pain_rule(s.session, earlier[-1] if earlier else ())


def pain_in_last(sets: tuple[LoggedSet, ...]) -> PainRule | None:
    """What the pain in the newest of these sessions asks for."""
    if not hurt(sets):
        return None
    days = by_day(sets)
    return pain_rule(days[-1], days[-2] if len(days) > 1 else ())


def return_load(s: Situation, pain: PainRule) -> float | None:
    """The load to return with, once it no longer hurts."""
    load = s.load_of(pain.at.done)
    return None if load is None else lightened(s, load, 1, RETURN_PERCENT)[0]


def pain_reason(s: Situation, pain: PainRule) -> Reason:
    """The reason that a session's pain gives for what follows it; `lightest`: no less than what hurt can be loaded."""
    if pain.action is PainAction.LOG:
        return Reason("pain_logged", {"level": pain.level})
    code = "pain_return" if pain.action is PainAction.STOP else "pain_lower"
    lightest = pain.percent > 0 and _less(s, pain.at, pain.percent)[0] == s.load_of(pain.at.done)
    return Reason(code, {"level": pain.level, "percent": pain.percent, "lightest": lightest})


def pain_ceiling(s: Situation, pain: PainRule, session: Sequence[LoggedSet]) -> Ceiling:
    """Less than any set that hurt by as much as its pain asks for: in load, else in reps or seconds."""
    reason = pain_reason(s, pain)
    stops = pain.action is PainAction.STOP
    hurt = [
        _less(s, one, RETURN_PERCENT if stops else LOWER_PERCENT[level])
        for one, level in serious_sets(session)
        if stops or level in LOWER_PERCENT
    ]
    parts = hurt or [_less(s, pain.at, pain.percent)]
    return Ceiling(
        reason,
        *(min((one for one in kind if one is not None), default=None) for kind in zip(*parts, strict=True)),
    )


_Parts = tuple[float | None, int | None, int | None]


def _less(s: Situation, hurt: LoggedSet, percent: int) -> _Parts:
    """Load, reps and seconds less by a share than a set that hurt."""
    at, load = hurt.done, s.load_of(hurt.done)
    if percent == 0:
        return load, at.reps, at.seconds
    lighter, fewer = lightened(s, load, max(1, at.reps or 1), percent)
    if lighter != load:
        return lighter, None if at.reps is None else min(fewer, at.reps), at.seconds
    shorter = None if at.seconds is None else floor(at.seconds * (1 - percent / 100))
    return load, fewer if at.reps is not None else None, shorter


def healing_ceiling(s: Situation, sets: Sequence[LoggedSet]) -> Ceiling | None:
    """What serious pain leaves of the sessions after it, until two of them have been done."""
    days = by_day(sets) if hurt(sets) else ()
    found = healing(days)
    if found is None:
        return None
    at = found[0]
    pain = pain_rule(days[at], days[at - 1] if at else ())
    return None if pain is None else pain_ceiling(s, pain, days[at])


# Today -----------------------------------------------------------------------------------------------------------


def ceilings_today(
    s: Situation, work: tuple[WorkSet, ...], planned_load: float | None, told: Mapping[str, Asked]
) -> list[Ceiling]:
    """What limits the next set of a session that has begun, the weightiest first."""
    newest = s.session[-1]
    found = []
    pain = pain_today(s)
    if pain is not None:
        found += [pain_ceiling(s, pain, s.session), _as_last(s, newest, pain_reason(s, pain))]
    broke = form_broken(s)
    if broke is not None:
        found += [_as_last(s, newest, form_reason(broke)), *_as_told(told.get(broke.id), form_reason(broke))]
    watch = watched(s, s.history)
    if watch is not None and s.history:
        heaviest = max((one.load for one in work if one.load is not None), default=None)
        most = max((one.target_reps for one in work), default=None)
        found.append(Ceiling(watch, heaviest, most))
        ceiling = healing_ceiling(s, s.history)
        if ceiling is not None:
            found.append(replace(ceiling, reason=watch))
    if s.easy:
        found.append(easy_ceiling(s, work, planned_load))
    return found


def watched(s: Situation, sets: Sequence[LoggedSet]) -> Reason | None:
    """Why the session after these may bring no raise: serious pain of late, or symptoms just cleared."""
    left = watched_sessions_left(sets)
    if left > 0:
        return Reason("pain_watch", {"sessions_left": left})
    return Reason("after_clearance") if cautious_sessions_left(sets, s.cleared_on) > 0 else None


def _as_last(s: Situation, newest: LoggedSet, reason: Reason) -> Ceiling:
    """No more than the newest set, in anything."""
    done = newest.done
    return Ceiling(reason, s.load_of(done), done.reps, done.seconds)


def _as_told(asked: Asked | None, reason: Reason) -> list[Ceiling]:
    """No more than had been asked for before form broke: a heavier set of one's own does not raise anything."""
    return [] if asked is None else [Ceiling(reason, asked.load, asked.reps)]


def form_broken(s: Situation) -> LoggedSet | None:
    """The last set of today in which form broke; of warm-ups only the newest set counts."""
    flagged = (
        one
        for one in reversed(s.session)
        if one.done.form_from is not None and (one.done.kind is not Kind.WARMUP or one is s.session[-1])
    )
    return next(flagged, None)


def form_reason(one: LoggedSet) -> Reason:
    """The reason that broken form gives; `rep` is None where no rep was named."""
    rep = one.done.form_from
    return Reason("form_broke", {"rep": rep if rep else None})


def easy_ceiling(s: Situation, work: tuple[WorkSet, ...], planned_load: float | None) -> Ceiling:
    """A tenth less than was planned, or than the day began with; fewer reps where it cannot be lighter."""
    reason = Reason("easy_day", {"percent": EASY_PERCENT})
    base = planned_load if planned_load is not None or not work else work[0].load
    if base is None:
        return Ceiling(reason)
    lighter, fewer = lightened(s, base, work[0].reps if work else 30, EASY_PERCENT)
    return Ceiling(reason, lighter, None if lighter != base else fewer)
