"""Three numbers: a load and so many sets of so many reps, in any order."""

from __future__ import annotations

from dataclasses import replace

from core.model import SetEntry
from core.notation.grammar.base import Found, Match, both, likeliest, one_set
from core.notation.grammar.entries import (
    FEW_SETS,
    LEAST_PLAIN_EFFORT,
    LIGHTEST_PLAIN_LOAD,
    MOST_PLAIN_SETS,
    MOST_SETS_ASKED,
    MOST_SETS_READ,
    at_load,
    can_be_effort,
    cannot_load,
    is_body,
    load_length,
    load_reps,
    load_set,
    many,
    scheme,
    split_load,
    whole,
    with_fields,
    without_load,
)
from core.notation.grammar.lists import list_with_efforts, pair_of_numbers_after
from core.notation.grammar.pairs import two
from core.notation.items import Item


def three(match: Match) -> Found | None:
    """Three numbers joined by x: the largest is the load; load x reps x sets, or sets x reps x load."""
    load, rest = split_load(match)
    if match.text[0] in "bpqw":
        return scheme(at_load(load, match.exercise), rest[0], rest[1], "load_reps_sets", "load_sets_reps")
    a, b, c = match.numbers
    if b.label in ("kg", "lb"):
        return _load_between(match, a, b, c)
    last = scheme(at_load(c, match.exercise), b, a, "sets_reps_load", "reps_sets_load")
    if c.label in ("kg", "lb"):
        return last
    first = scheme(at_load(a, match.exercise), b, c, "load_reps_sets", "load_sets_reps")
    return _largest_is_load(match, first, last)


def _largest_is_load(match: Match, first: Found | None, last: Found | None) -> Found | None:
    """Three plain numbers, read with the load first and with the load last."""
    a, b, c = match.numbers
    biggest = max(a.value, b.value, c.value)
    if a.value == biggest > c.value and (b.value < a.value or c.value <= MOST_SETS_READ):
        singles = c.value > MOST_SETS_ASKED and b.value == 1  # `100x1x12`: so many singles, or one set of 12
        return both(first, None, "order") if singles else first
    if c.value == biggest > a.value:
        return last
    if b.value > max(a.value, c.value):
        between = _load_between(match, a, b, c)
        return Found((*likeliest(first, None, "order").ways, *between.ways), "order")
    return likeliest(first, last, "order")


def _load_between(match: Match, a: Item, b: Item, c: Item) -> Found:
    """`2x30kg x10`: a pair of dumbbells; else reps, load, sets, to be asked."""
    if a.value == 2 and whole(c) is not None and match.exercise is not None and match.exercise.per_hand:
        return one_set(load_set(b, match.exercise, reps=whole(c)))
    base = at_load(b, match.exercise)
    by_reps = scheme(base, a, c, "reps_load_sets", "sets_load_reps")
    by_sets = scheme(base, c, a, "sets_load_reps", "reps_load_sets")
    return likeliest(by_reps, by_sets, "order")


def scheme_then_load(match: Match) -> Found | None:
    """`3x8 100`, `3x8 @ 100`, `3x8/20kg`, `3x8 at bw+10`."""
    sets, reps = match.numbers[:2]
    text = match.text
    at = next(i for i in range(3, len(text) + 1) if i == len(text) or text[i] in "bnwpqe")
    load, _ = split_load(match.part(at))
    if load is not None and load.sign and not is_body(match.exercise):
        return None
    if sets.value > MOST_PLAIN_SETS or reps.value > 100:
        return None
    if load is not None and text[at:] in "ne" and not _is_plain_load(load, sets, reps, tie=text[3:at]):
        return None if text[3:at] else _scheme_then_small(match, sets, reps, load)
    return scheme(at_load(load, match.exercise), reps, sets, "sets_reps_load", "reps_sets_load")


def _scheme_then_small(match: Match, sets: Item, reps: Item, behind: Item) -> Found | None:
    """`2x14 10`, `3x6 2.5`: sets, reps and a small load or an effort, unless the first number is a load itself."""
    count, times = whole(reps), whole(sets)
    if count is None or times is None or not 1 <= times <= MOST_SETS_READ or behind.sign:
        return None
    body = is_body(match.exercise)
    if behind.value == 0 and not body:
        return None
    as_load = None if body or cannot_load(match.exercise, sets.value) else pair_of_numbers_after(match)
    rated = any("rpe" in mark.fields for _, mark in match.shape.marks)
    ways = [] if as_load is None else [way for way in as_load.ways if len(way.sets) <= MOST_SETS_READ]
    ways = [way for way in ways if way.label != "effort" or not rated]
    if not cannot_load(match.exercise, behind.value):
        ways.append(many(at_load(behind, match.exercise), count, times, "sets_reps_load"))
    if can_be_effort(behind.value) and not rated:
        base = {**without_load(match.exercise), "rpe": behind.value}
        ways.append(many(base, count, times, "sets_reps_effort"))
    clear = len(ways) == 1 and (whole(behind) is None or behind.value == 0)
    return Found(tuple(ways), None if clear else "effort_or_reps") if ways else None


def _is_plain_load(load: Item, sets: Item, reps: Item, tie: str) -> bool:
    """Whether a plain number behind a scheme is its load: larger than both, or said so with "at"."""
    clear = load.value > LIGHTEST_PLAIN_LOAD and load.value > max(sets.value, reps.value)
    return (clear or tie == "a") and reps.value <= 60


def load_then_scheme(match: Match) -> Found | None:
    """`100 3x8`, `225 5x5`, `80kg 4x10`, `bw 3x8`."""
    load, rest = split_load(match)
    if len(rest) != 2:
        return None
    sets, reps = rest
    base = at_load(load, match.exercise)
    by_sets = scheme(base, reps, sets, "load_sets_reps", "load_reps_sets")
    if "f" in match.text and match.text[load_length(match)] != "f":  # `140 3 на 5`
        by_reps = scheme(base, sets, reps, "load_reps_sets", "load_sets_reps")
        return likeliest(by_sets, by_reps, "order")
    plain = match.text[0] == "n" and load is not None
    if plain and load is not None and load.value <= max(sets.value, reps.value):
        return None
    if sets.value > MOST_PLAIN_SETS and (plain or reps.value <= MOST_PLAIN_SETS):
        return None
    return by_sets


def sets_by_words(match: Match) -> Found | None:
    """`4 по 10`, `80 3 по 8`: so many of so many each."""
    numbers = match.numbers
    sets, reps = numbers[-2], numbers[-1]
    if sets.value > MOST_PLAIN_SETS and len(numbers) == 2:
        return load_reps(match, sets, reps)
    if len(numbers) == 2:
        return scheme(without_load(match.exercise), reps, sets, "sets_reps", "reps_sets")
    base = at_load(numbers[0], match.exercise)
    if sets.value <= FEW_SETS and reps.value > sets.value:
        return scheme(base, reps, sets, "load_sets_reps", "load_reps_sets")
    r, s = whole(reps), whole(sets)
    if r is None or s is None:
        return None
    return Found((many(base, r, s, "load_sets_reps"), many(base, s, r, "load_reps_sets")), "order")


def sets_by_words_at_load(match: Match) -> Found | None:
    """`5 по 5 100 кг`, `3 de 10 con 45`: so many of so many each, then the load."""
    sets, reps, load = match.numbers
    said = load.label is not None or "a" in match.text or load.value > max(sets.value, reps.value)
    if not said or sets.value > MOST_PLAIN_SETS:
        return None
    return scheme(at_load(load, match.exercise), reps, sets, "sets_reps_load", "reps_sets_load")


def set_with_effort(match: Match) -> Found | None:
    """`100x8@8`: a load, reps and efforts; small plain numbers are left to the next pattern."""
    if _is_scheme_like(match):
        return None
    return list_with_efforts(match, split_load(match)[0], load_length(match))


def _is_scheme_like(match: Match) -> bool:
    """`5x5 @8`: small numbers before an effort may be sets and reps."""
    if match.text[0] != "n" or match.text[2] != "n":
        return False
    return match.numbers[0].value <= LIGHTEST_PLAIN_LOAD or is_body(match.exercise)


def scheme_with_effort(match: Match) -> Found | None:
    """`5x5 @8`: read as without the effort, which then holds for all sets."""
    found = two(match.part(0, 3))
    effort = match.numbers[2].value
    if found is None:
        return None
    ways = tuple(replace(way, sets=_at_effort(way.sets, effort)) for way in found.ways)
    ask = found.ask
    if effort < LEAST_PLAIN_EFFORT:
        ask = ask or "low_effort"
    return replace(found, ways=ways, ask=ask)


def _at_effort(sets: tuple[SetEntry, ...], effort: float) -> tuple[SetEntry, ...]:
    """Sets that are all alike, with their effort."""
    return (with_fields(sets[0], {"rpe": effort}),) * len(sets) if sets else ()
