"""Effort and marks: what is said about sets besides load and reps, found anywhere in a line and folded into items."""

from __future__ import annotations

from core.notation.items import Item
from core.notation.labels import ORDINAL_SETS
from core.notation.marks.base import Matcher
from core.notation.marks.days import day
from core.notation.marks.effort import effort_range, failure, left, missed_rep, rir, rpe
from core.notation.marks.kinds import amrap, partials, rest, side, tempo, warmup
from core.notation.marks.numbering import LETTERS, noun, superset
from core.notation.marks.pain import pain
from core.notation.marks.quality import form, slow

_MATCHERS: tuple[tuple[Matcher, frozenset[str]], ...] = (
    (tempo, frozenset({"tempo"})),
    (day, frozenset({"date", "days_ago", "month", "yesterday", "before_yesterday", "weekday"})),
    (rpe, frozenset({"rpe"})),
    (rir, frozenset({"rir"})),
    (left, frozenset({"left", "left_before"})),
    (effort_range, frozenset({"@"})),
    (partials, frozenset({"partials"})),
    (rest, frozenset({"rest"})),
    (missed_rep, frozenset({"miss_after"})),
    (failure, frozenset({"fail", "absolute", "miss", "miss_after"})),
    (form, frozenset({"form"})),
    (slow, frozenset({"slow"})),
    (pain, frozenset({"pain"})),
    (warmup, frozenset({"warmup", "warmup_letter"})),
    (amrap, frozenset({"amrap", "+"})),
    (superset, frozenset({"superset", *LETTERS})),
    (noun, frozenset({"noun", "sets", ")", ".", *ORDINAL_SETS})),
    (side, frozenset({"side_left", "side_right", "side_each", "hand_each"})),
)
"""The matchers in the order they are tried, and the traits of which a line has one at least where they find anything."""


def marked(found: list[Item], there: set[str]) -> list[Item]:
    """The items with every effort and mark folded into one item each; `there` are the traits of the line."""
    matchers = [matcher for matcher, needed in _MATCHERS if not needed.isdisjoint(there)]
    if not matchers:
        return found
    out: list[Item] = []
    i = 0
    while i < len(found):
        for matcher in matchers:
            hit = matcher(found, i, out)
            if hit is not None:
                out.append(hit[0])
                i += hit[1]
                break
        else:
            out.append(found[i])
            i += 1
    return out
