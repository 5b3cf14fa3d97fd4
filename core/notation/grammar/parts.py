"""Sets of several parts: drop sets and rest-pause."""

from __future__ import annotations

import re
from dataclasses import replace

from core.model import Kind, Segment, SetEntry
from core.notation.grammar.base import LOAD, REPS, Found, Match, clear, one_set
from core.notation.grammar.entries import load_set, split_load, whole
from core.notation.grammar.lists import list_of


def drop(match: Match) -> Found | None:
    """`20x10 > 15x8`, `+20x8 > bw x10`: one set, the later parts its drops."""
    spans = [found.span() for found in re.finditer(rf"{LOAD}[xf]{REPS}", match.text)]
    parts = [_drop_part(match.part(start, end)) for start, end in spans]
    first, rest = parts[0], parts[1:]
    if first is None or not rest or any(part is None for part in rest):
        return None
    segments = tuple(Segment(part.load, part.reps or 0) for part in rest if part is not None)
    return one_set(replace(first, kind=Kind.DROP, segments=segments, rpe=_effort(match)))


def list_then_drop(match: Match) -> Found | None:
    """`15x20, 15, 12 drop 10x10`: the last set of the list has the drops."""
    at = re.search(r"[,;]?[>D]", match.text).start()  # type: ignore[union-attr]
    load, reps = split_load(match.part(0, at))
    listed = list_of(match, load, reps)
    spans = [found.span() for found in re.finditer(rf"{LOAD}[xf]{REPS}", match.text) if found.start() >= at]
    parts = [_drop_part(match.part(start, end)) for start, end in spans]
    if listed is None or any(part is None for part in parts):
        return None
    sets = listed.ways[0].sets
    segments = tuple(Segment(part.load, part.reps or 0) for part in parts if part is not None)
    last = replace(sets[-1], kind=Kind.DROP, segments=segments, rpe=_effort(match))
    return clear("list", [*sets[:-1], last])


def _effort(match: Match) -> float | None:
    """The effort of a set of several parts, wherever it stands: the last one typed."""
    items = match.shape.items
    said = [items[at + 1].value for at in range(match.start, match.end) if match.shape.text[at] == "@"]
    return said[-1] if said else None


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
    counted = {id(item) for item in match.counts}
    counts = [whole(item) for item in rest if id(item) in counted]
    if len(counts) < 2 or any(count is None for count in counts):
        return None
    if max(count or 0 for count in counts[1:]) > max(counts[0] or 0, 5):
        return None  # a part after the first is never longer: this is some other shorthand
    segments = tuple(Segment(None, count or 0) for count in counts[1:])
    entry = load_set(load, match.exercise, reps=counts[0], kind=Kind.REST_PAUSE, segments=segments)
    return one_set(replace(entry, rpe=_effort(match)))
