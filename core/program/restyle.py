"""A plan in another style: its sets to failure in place of sets in reserve, or the other way, at equal volume (EQUAL).

Only the sets change; which lifts, on which days, stays. Loads and reps follow from the log (`style_change`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from core.program import hit
from core.program.style_change import load_ratio
from core.program.twin import Twin, in_reserve, to_failure
from core.program.values import Plan, PlannedLift, PlannedSession, Style

FAILING: Final = (Style.HIT, Style.FAILURE)


class Ended(NamedTuple):
    """A work set of a lift's last session: its reps, and those that it could have held."""

    reps: int
    n: float


Last = Mapping[str, Sequence[Ended]]
"""The work sets of each lift's last session, in order."""


class Restyled(NamedTuple):
    """The plan in the new style, and the twins of the lifts whose volume was matched, by their ids."""

    plan: Plan
    twins: Mapping[str, Twin]


def restyled(plan: Plan, style: Style, last: Last, earlier: Plan | None = None) -> Restyled:
    """The plan in `style`. `earlier` is the last version that followed the weeks: back there its sets are taken again.

    A lift that has a style of its own keeps it.
    """
    twins: dict[str, Twin] = {}
    sessions = []
    for session in plan.sessions:
        lifts = [
            lift if lift.style is not None else _lift(plan, session, lift, style, last, earlier, twins)
            for lift in session.lifts
        ]
        sessions.append(replace(session, lifts=tuple(lifts)))
    return Restyled(replace(plan, style=style, sessions=tuple(sessions)), twins)


def _lift(
    plan: Plan,
    session: PlannedSession,
    lift: PlannedLift,
    style: Style,
    last: Last,
    earlier: Plan | None,
    twins: dict[str, Twin],
) -> PlannedLift:
    if style is Style.HIT:
        return replace(lift, sets=None, reps=None, rpe=None)
    if style is Style.BLOCKS:
        return _as_earlier(session, lift, earlier)
    bare = replace(lift, reps=None, rpe=None)
    found = _twin(plan.style, style, last.get(lift.exercise, ()))
    if found is None:
        return bare
    twins[lift.exercise] = found
    return replace(bare, sets=len(found.reps))


def _as_earlier(session: PlannedSession, lift: PlannedLift, earlier: Plan | None) -> PlannedLift:
    was = None if earlier is None else earlier.session(session.name)
    lifts = () if was is None else was.lifts
    same = next((one for one in lifts if one.exercise == lift.exercise), None)
    if same is None:
        return replace(lift, sets=None, reps=None, rpe=None)
    return replace(lift, sets=same.sets, reps=same.reps, rpe=same.rpe)


def _twin(was: Style, style: Style, done: Sequence[Ended]) -> Twin | None:
    """The sets whose reps match those of the last session; None where nothing is to be matched."""
    if not done or (was in FAILING) == (style in FAILING):
        return None
    reps = [one.reps for one in done]
    if style is Style.RESERVE:
        return in_reserve(reps)
    ratio = load_ratio(done[0].n, hit.REPS_LOW, hit.REPS_HIGH)
    able = 30 * ((1 + done[0].n / 30) / ratio - 1)
    return replace(to_failure([one / ratio for one in reps], able=able), ratio=ratio)
