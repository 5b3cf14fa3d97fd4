"""Sets held for a time or carried over a distance."""

from __future__ import annotations

from dataclasses import replace

from core.model import Exercise, SetEntry
from core.notation.grammar.base import Found, Match, clear, is_count
from core.notation.grammar.entries import LIGHTEST_PLAIN_LOAD, at_load, repeated, whole, without_load
from core.notation.items import Item
from core.notation.shape import NUMBERS, Shape

SHORTEST_PLAIN_SECONDS = 10
"""On a timed lift a plain number from here on is a time; a smaller one is a number of sets."""


def timed(match: Match) -> Found | None:
    """`60s`, `3x30s`, `60s x3`, `+20 60s`, `45, 40, 30` on a timed lift."""
    if not _holds(match):
        return None
    times, others = _parted(match, "t")
    loads = [item for item in others if item.sign or item.label in ("kg", "lb") or item.value > 20]
    counts = [item for item in others if item not in loads]
    if not times or len(loads) > 1 or len(counts) > 1 or (len(times) > 1 and counts):
        return None
    if counts and counts[0].label == "reps":
        return None
    sets = 1 if not counts else whole(counts[0])
    if sets is None:
        return None
    if len(times) > 1 and _carries(match.exercise) and all(item.label is None for item in times):
        return Found((), "seconds")  # `farmers walk 40 30`: 40 a hand for 30 s, or two walks
    base = at_load(loads[0], match.exercise) if loads else without_load(match.exercise)
    entries = [SetEntry(seconds=round(item.value), **base) for item in times]  # type: ignore[arg-type]
    return clear("timed", repeated(entries, sets), uniform=len(entries) == 1)


def _carries(exercise: Exercise | None) -> bool:
    return exercise is not None and exercise.pattern == "carry" and not exercise.bodyweight


def _parted(match: Match, char: str) -> tuple[list[Item], list[Item]]:
    """The numbers of one character and the others."""
    pairs = list(zip((one for one in match.text if one in NUMBERS), match.numbers, strict=True))
    return [item for one, item in pairs if one == char], [item for one, item in pairs if one != char]


def _holds(match: Match) -> bool:
    """Whether a time can be of a set here: on a lift that is timed or carried, or where nothing else is on the line."""
    if match.exercise is not None:
        return match.exercise.timed or match.exercise.pattern == "carry"
    return "x" not in match.before and "r" not in match.shape.text


def distance(match: Match) -> Found | None:
    """`60kg x 20 m`, `3x20m`: a carry over a distance."""
    metres, others = _parted(match, "d")
    times = _parted(match, "t")[0]
    others = [item for item in others if item not in times]
    if len(metres) != 1 or len(others) > 2:
        return None
    loads = [item for item in others if item.label in ("kg", "lb") or item.value > LIGHTEST_PLAIN_LOAD]
    counts = [item for item in others if item not in loads]
    if len(loads) > 1 or len(counts) > 1:
        return None
    sets = 1 if not counts else whole(counts[0])
    if sets is None:
        return None
    base = at_load(loads[0], match.exercise) if loads else without_load(match.exercise)
    seconds = round(times[0].value) if times else None
    entry = SetEntry(distance_m=metres[0].value, seconds=seconds, **base)  # type: ignore[arg-type]
    return clear("distance", repeated([entry], sets), uniform=True)


def as_seconds(shape: Shape) -> str:
    """On a timed lift plain numbers are seconds, save a first small one: `plank 3x60`, `plank 60, 45`, `1:30`."""
    while (i := shape.text.find("n:n")) >= 0:
        _join_minutes(shape, i)
    chars = list(shape.text)
    if "t" in chars or "d" in chars:
        return shape.text  # the line says itself which number is a time
    for i, char in enumerate(chars):
        if char == "n" and shape.items[i].value >= SHORTEST_PLAIN_SECONDS and is_count(shape.text, i):
            chars[i] = "t"
    shape.text = "".join(chars)
    return shape.text


def _join_minutes(shape: Shape, i: int) -> None:
    """`1:30` becomes one number of seconds."""
    minutes, seconds = shape.items[i], shape.items[i + 2]
    shape.items[i] = replace(
        minutes, value=minutes.value * 60 + seconds.value, label="seconds", end=seconds.end
    )
    shape.text = shape.text[:i] + "t" + shape.text[i + 1 :]
    shape.cut(i + 1, 2)
