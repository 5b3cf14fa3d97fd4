"""Two numbers: load and reps, sets and reps, or reps and an effort."""

from __future__ import annotations

from core.notation.bounds import MANY_REPS
from core.notation.grammar.base import Found, Match, both, one_set
from core.notation.grammar.entries import (
    FEW_SETS,
    LEAST_PLAIN_EFFORT,
    LIGHTEST_PLAIN_LOAD,
    MOST_REPS_READ,
    MOST_SETS_ASKED,
    cannot_load,
    is_assisted,
    is_body,
    load_reps,
    load_set,
    reps_load,
    reps_set,
    scheme,
    split_load,
    whole,
    without_load,
)
from core.notation.grammar.leaning import delta
from core.notation.grammar.lists import list_of
from core.notation.items import Item


def two(match: Match) -> Found | None:
    """`n x m` and no other number: load x reps, or sets x reps where the load cannot be so small."""
    if match.text[0] in "pq" and not is_body(match.exercise):
        return delta(match)
    if match.text[0] in "bpq":
        load, rest = split_load(match)
        return load_reps(match, load, rest[0]) if len(rest) == 1 else None
    a, b = match.numbers[:2]
    if b.label == "reps" or a.label in ("kg", "lb"):
        small = a.label is None and cannot_load(match.exercise, a.value)
        return _sets_reps(match, a, b) if small else load_reps(match, a, b)
    return _two_on_body(match, a, b) if is_body(match.exercise) else _two_on_bar(match, a, b)


def _two_on_body(match: Match, a: Item, b: Item) -> Found | None:
    """`3x8` on a bodyweight lift: sets and reps, unless the first number is more than sets are."""
    by_sets, by_load = _sets_reps(match, a, b), load_reps(match, a, b)
    if "weighted" in a.fields:
        return both(by_sets, by_load, "sets_or_load")
    if a.value <= LIGHTEST_PLAIN_LOAD:
        return by_sets
    if is_assisted(match.exercise) or set("bpqw") & set(match.before):
        return by_load  # in a list that began with "bw": the load added
    return both(by_sets, by_load, "sets_or_load")


def _two_on_bar(match: Match, a: Item, b: Item) -> Found | None:
    by_load = load_reps(match, a, b)
    if a.value <= LIGHTEST_PLAIN_LOAD and whole(a) is not None:
        if b.value > MANY_REPS:
            return _large_behind(match, a, b)
        if cannot_load(match.exercise, a.value):
            return _many_sets_or_load(_sets_reps(match, a, b), by_load)
        if a.value <= FEW_SETS or match.exercise is None:
            return both(_sets_reps(match, a, b), by_load, "sets_or_load")
    return _large_behind(match, a, b) if a.value <= MANY_REPS < b.value else by_load


def _many_sets_or_load(by_sets: Found | None, by_load: Found | None) -> Found | None:
    """`overhead press 10x15`: so many sets are asked about, and then a light bar can be meant as well."""
    if by_sets is None or by_load is None or by_sets.ask is None:
        return by_sets
    ways = [way for way in by_sets.ways if len(way.sets) <= MOST_SETS_ASKED]
    return Found((*ways[:1], *by_load.ways, *ways[1:]), by_sets.ask)


def _large_behind(match: Match, a: Item, b: Item) -> Found | None:
    """`5x60`, `5x185`: reps and a load, unless so many reps at so small a load can be meant."""
    by_reps, by_load = reps_load(match, a, b), load_reps(match, a, b)
    absurd = b.value > MOST_REPS_READ or cannot_load(match.exercise, a.value)
    if by_reps is not None and absurd:
        return by_reps
    return both(by_reps, by_load, "reps_or_load")


def _sets_reps(match: Match, sets: Item, reps: Item) -> Found | None:
    return scheme(without_load(match.exercise), reps, sets, "sets_reps", "reps_sets")


def reps_at_load(match: Match) -> Found | None:
    """`10x100kg`, `5@100`, `8 reps at 100`, `8 80kg`."""
    at = next(i for i in range(1, len(match.text)) if match.text[i] in "bnwpqe")
    load, _ = split_load(match.part(at))
    count = whole(match.numbers[0])
    return None if count is None else one_set(load_set(load, match.exercise, reps=count))


def reps_at(match: Match) -> Found | None:
    """`n @ m` without another number: reps at a load, a load at an effort, or reps at an effort."""
    if match.text[-1] in "wpqb" or "a" in match.text:
        return reps_at_load(match)
    first, second = match.numbers
    count = whole(first)
    at_load = reps_at_load(match)
    if not _can_be_effort(second.value):
        return at_load if first.value <= MANY_REPS else Found((), "reps")
    if first.value > MANY_REPS or count is None:
        return Found((), "reps")
    with_effort = one_set(reps_set(match.exercise, reps=count, rpe=second.value), "reps_effort")
    named = match.exercise is not None and not is_body(match.exercise)
    can_be_load = named and not cannot_load(match.exercise, second.value)
    if can_be_load or second.value < LEAST_PLAIN_EFFORT:
        return both(at_load, with_effort, "load_or_effort")
    return with_effort


def _can_be_effort(value: float) -> bool:
    return value <= 10 and value * 2 % 1 == 0


def side_by_side(match: Match) -> Found | None:
    """`100 8`, `80kg 8`, `8 80kg`: two numbers with nothing between them."""
    first, second = match.numbers
    if match.text[1] == "w":
        return reps_at_load(match)
    by_load = load_reps(match, first, second)
    if match.text[0] == "w" or match.text[1] == "r":
        return by_load
    if is_body(match.exercise):
        return both(list_of(match, None, match.numbers), by_load, "reps_or_load")
    if (first.value > second.value or first.value >= 20) and second.value <= MANY_REPS:
        return by_load
    if first.value <= MANY_REPS and second.value > MOST_REPS_READ:
        return reps_load(match, first, second)
    return both(by_load, reps_load(match, first, second), "reps_or_load")


def load_beside_reps(match: Match) -> Found | None:
    """`80kg, 8`: a load with its unit and a number behind it."""
    load, reps = match.numbers
    return load_reps(match, load, reps)
