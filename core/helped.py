"""A bodyweight lift of which hardly one rep goes: what helps, said once, and no verdict on each set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from core.model import LoggedSet, Reason
from core.runs import told_with
from core.situation import Situation

EASIER: Final[Mapping[str, str]] = {
    "pull-up": "lat-pulldown",
    "chin-up": "lat-pulldown",
    "dip": "push-up",
    "ring-dip": "push-up",
    "push-up": "incline-push-up",
}
"""What trains the same where one is too heavy for sets (own choice)."""

HELPED: Final = frozenset({"pull-up", "chin-up", "dip"})
"""The lifts that are done with a band or a machine that takes weight off."""

MOST_REPS: Final = 2
LEAST_RPE: Final = 9.0
"""A set of so few reps, as hard as this or to failure, was about all there is (own choice)."""

AGAIN: Final = timedelta(days=28)
"""So long what helps is not said again (own choice): as long as a block."""

VERDICTS: Final = frozenset(
    {
        "over_cap", "first_set_failure", "hold_hard", "hold_over", "hold_missed", "missed_reps", "ease_off_reps", "reps_fewer",
        "reps_from_here", "hold_top",
    }
)  # fmt: skip
"""What is not said of a set that cannot be made easier."""


def is_all_there_is(s: Situation, reps: int | None) -> bool:
    """Whether a target of so many reps asks for one of a lift whose newest set was about all that goes."""
    newest = next(iter(reversed((*s.history, *s.session))), None)
    alone = s.exercise.id in EASIER and not s.is_added() and not s.is_assisted()
    return alone and reps == 1 and newest is not None and _is_all(newest)


def said(s: Situation, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons of such a target: what helps, where that was not said lately, in place of verdicts."""
    rest = tuple(one for one in reasons if one.code not in VERDICTS)
    sets = (*s.history, *s.session)
    newest = sets[-1]
    earlier = (one for one in sets if told_with(one) != told_with(newest) and newest.day - one.day <= AGAIN)
    if any(_is_all(one) for one in earlier):
        return rest or (Reason("one_is_a_set"),)
    facts = {"lift": s.exercise.id, "easier": EASIER[s.exercise.id], "planned": s.in_plan is not None}
    return (Reason("needs_help", {**facts, "helped": s.exercise.id in HELPED}), *rest)


def _is_all(one: LoggedSet) -> bool:
    done = one.done
    hard = done.failure is not None or (done.rpe is not None and done.rpe >= LEAST_RPE)
    return done.reps is not None and done.reps <= MOST_REPS and hard and not done.load
