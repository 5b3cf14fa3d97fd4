"""What was told for the next session of a lift, so that it stands when that session comes.

Other lifts of the days between teach something of the athlete, and a load that is worked out anew then differs by a step or
a rep. Nobody should have to wonder why: a target that was told stands as long as the sets that it followed from, and what
the plan asks for, are the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from itertools import starmap
from typing import Any, Final

from core.effort import RoleRule
from core.model import LoggedSet, Reason, Target, Unit
from core.situation import InPlan, Planned, Promise, Situation

SAME_LOAD: Final = 0.04
"""The plan's own load may have moved by so much since, by what other lifts taught (own choice)."""
KEPT: Final = 2
"""So many promises of a lift are kept: the one that today began with, and the one that it ends with."""


def promised(done: Sequence[LoggedSet], s: Situation, target: Target) -> Promise | None:
    """What a target promises for the session after today's; `done` are today's sets as they were told. None where it
    prescribes no reps."""
    if target.reps is None:
        return None
    asked = s.in_plan
    of = None if asked is None else asked.next
    rule = None if asked is None else asked.later or asked.rule
    basis = _basis(done, s.unit, of, rule)
    return Promise(s.today, basis, _load(of), target.load, target.reps, target.rpe, target.reasons)


def standing(
    told: Sequence[Promise], before: Sequence[LoggedSet], unit: Unit, asked: InPlan | None, body: float = 0.0
) -> Promise | None:
    """The promise that holds for today: the same sets lie behind it (`before`: the lift's last day), and the same is asked.
    `body` is its share of what is lifted, in the same unit."""
    of = None if asked is None else asked.first
    basis = _basis(before, unit, of, None if asked is None else asked.rule)
    return next((one for one in told if one.basis == basis and _is_same(one.planned, _load(of), body)), None)


def _load(of: Planned | None) -> float | None:
    return None if of is None else of.load


def _is_same(then: float | None, now: float | None, body: float) -> bool:
    if then is None or now is None:
        return then is now
    return abs(then - now) <= SAME_LOAD * max(abs(then + body), abs(now + body))


def _basis(done: Sequence[LoggedSet], unit: Unit, of: Planned | None, rule: RoleRule | None) -> str:
    """All that a session follows from, in a few characters: a day's sets, and what is asked then."""
    wanted = rule if of is None else (of.reps, of.rpe, of.last_rpe)
    text = repr(([(one.id, one.day, one.done) for one in done], unit, wanted))
    return blake2b(text.encode(), digest_size=9).hexdigest()


# Kept ------------------------------------------------------------------------------------------------------------


def as_json(kept: Sequence[Promise]) -> str:
    """Promises as text, the newest first."""
    return json.dumps([_row(one) for one in kept[:KEPT]], separators=(",", ":"))


def _row(one: Promise) -> list[object]:
    reasons = [[why.code, why.facts] for why in one.reasons if _is_plain(why)]
    return [one.day.isoformat(), *one[1:-1], reasons]


def _is_plain(why: Reason) -> bool:
    return all(fact is None or isinstance(fact, (str, int, float)) for fact in why.facts.values())


def from_json(text: str | None) -> tuple[Promise, ...]:
    """The promises that were kept; none where nothing was, or nothing that can be read."""
    if text is None:
        return ()
    try:
        return tuple(_promise(*row) for row in json.loads(text))
    except (TypeError, ValueError, IndexError):
        return ()


def _promise(
    day: str,
    basis: str,
    planned: float | None,
    load: float | None,
    reps: int,
    rpe: float | None,
    why: list[Any],
) -> Promise:
    reasons = tuple(starmap(Reason, why))
    return Promise(date.fromisoformat(day), basis, planned, load, reps, rpe, reasons)
