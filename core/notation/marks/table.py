"""Effort and marks: what is said about sets besides load and reps, found anywhere in a line and folded into items."""

from __future__ import annotations

from core.notation.items import Item
from core.notation.marks.base import Matcher
from core.notation.marks.days import day
from core.notation.marks.effort import effort_range, failure, left, missed_rep, rir, rpe
from core.notation.marks.kinds import amrap, partials, rest, side, tempo, warmup
from core.notation.marks.numbering import noun, superset
from core.notation.marks.pain import pain
from core.notation.marks.quality import form, slow

_MATCHERS: tuple[Matcher, ...] = (
    tempo, day, rpe, rir, left, effort_range, partials, rest, missed_rep, failure, form, slow, pain, warmup, amrap,
    superset, noun, side,
)  # fmt: skip


def marked(found: list[Item]) -> list[Item]:
    """The items with every effort and mark folded into one item each."""
    out: list[Item] = []
    i = 0
    while i < len(found):
        for matcher in _MATCHERS:
            hit = matcher(found, i, out)
            if hit is not None:
                out.append(hit[0])
                i += hit[1]
                break
        else:
            out.append(found[i])
            i += 1
    return out
