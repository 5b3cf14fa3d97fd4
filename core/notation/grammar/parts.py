"""Sets of several parts: drop sets and rest-pause."""

from __future__ import annotations

import re
from dataclasses import replace

from core.model import Kind, Segment, SetEntry
from core.notation.grammar.base import LOAD, REPS, Found, Match, one_set
from core.notation.grammar.entries import load_set, split_load, whole


def drop(match: Match) -> Found | None:
    """`20x10 > 15x8`, `+20x8 > bw x10`: one set, the later parts its drops."""
    spans = [found.span() for found in re.finditer(rf"{LOAD}[xf]{REPS}", match.text)]
    parts = [_drop_part(match.part(start, end)) for start, end in spans]
    first, rest = parts[0], parts[1:]
    if first is None or not rest or any(part is None for part in rest):
        return None
    segments = tuple(Segment(part.load, part.reps or 0) for part in rest if part is not None)
    return one_set(replace(first, kind=Kind.DROP, segments=segments))


def _drop_part(part: Match) -> SetEntry | None:
    load, rest = split_load(part)
    reps = whole(rest[-1]) if rest else None
    return None if reps is None else load_set(load, part.exercise, reps=reps)


def drop_lists(match: Match) -> Found | None:
    """`20>15>10: 10, 8, 10`."""
    numbers = match.numbers
    half = len(numbers) // 2
    if len(numbers) % 2 or match.text.count(">") != half - 1:
        return None
    loads, reps = numbers[:half], [whole(item) for item in numbers[half:]]
    if any(r is None for r in reps):
        return None
    segments = tuple(Segment(load.value, r or 0) for load, r in zip(loads[1:], reps[1:], strict=True))
    return one_set(load_set(loads[0], match.exercise, reps=reps[0], kind=Kind.DROP, segments=segments))


def rest_pause(match: Match) -> Found | None:
    """`100x8+3+2`, `100x8 rest-pause 3, 2`: one set, the later parts after a few breaths at the same load."""
    load, rest = split_load(match)
    counts = [whole(item) for item in rest]
    if len(counts) < 2 or any(count is None for count in counts):
        return None
    if max(count or 0 for count in counts[1:]) > max(counts[0] or 0, 5):
        return None  # a part after the first is never longer: this is some other shorthand
    segments = tuple(Segment(None, count or 0) for count in counts[1:])
    return one_set(load_set(load, match.exercise, reps=counts[0], kind=Kind.REST_PAUSE, segments=segments))
