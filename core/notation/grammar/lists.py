"""Lists: several reps at one load, or several loads with the same reps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.model import SetEntry, to_kg
from core.notation.bounds import MANY_REPS, MOST_REPS
from core.notation.grammar.base import EFFORTS, LOAD, Found, Match, Way, clear, way_of
from core.notation.grammar.entries import (
    LEAST_PLAIN_EFFORT,
    LIGHTEST_PLAIN_LOAD,
    MOST_SETS_ASKED,
    at_load,
    is_body,
    load_length,
    load_reps,
    load_set,
    many,
    split_load,
    unit_of,
    whole,
    without_load,
)
from core.notation.items import Item


def list_of(match: Match, load: Item | None, reps: Sequence[Item], *, carried: bool = False) -> Found | None:
    """A set for each count at one load (None: the body alone, or the carried load)."""
    counts = [whole(item) for item in reps]
    if any(count is None or count > MOST_REPS for count in counts):
        return None
    base = without_load(match.exercise) if carried else at_load(load, match.exercise)
    sets = [SetEntry(reps=count, **base) for count in counts]  # type: ignore[arg-type]
    return clear("list", sets, uniform=len(counts) == 1)


def list_with_efforts(match: Match, load: Item | None, after: int, *, carried: bool = False) -> Found | None:
    """Reps that may each have efforts glued on: `x8@8, 8@9`; several efforts on one are as many sets."""
    base = without_load(match.exercise) if carried else at_load(load, match.exercise)
    sets: list[SetEntry] = []
    items = match.shape.items
    for found in re.finditer(r"[nr]((?:@.)*)", match.text[after:]):
        at = match.start + after + found.start()
        count = whole(items[at])
        if count is None:
            return None
        efforts = [items[at + i].value for i in range(2, len(found.group()), 2)]
        sets += [SetEntry(reps=count, rpe=effort, **base) for effort in efforts or (None,)]  # type: ignore[arg-type]
    low = any(entry.rpe is not None and entry.rpe < LEAST_PLAIN_EFFORT for entry in sets)
    return Found((way_of("list", sets, uniform=len(sets) == 1),), "low_effort" if low else None)


def reps_list(match: Match) -> Found | None:
    """`100x8,8,7`, `100: 8, 8, 7`, `100 for 8, 8, 6`, `65x20, 15 15`."""
    if _is_parted(match):
        return None
    load, rest = split_load(match)
    counted = {id(item) for item in match.counts}
    counts = [whole(item) for item in rest if id(item) in counted and item.label in (None, "reps")]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None
    most = MANY_REPS if load is None else max(MANY_REPS, load.value)
    if match.text[0] == "n" and any(count > most for count in known):
        return None
    if is_body(match.exercise) and match.text.startswith("n:"):
        return None
    if is_range(match, known):
        return Found((), "range")
    if "/" in match.text and re.search(r"[nr][nr]", match.text[load_length(match) :]):
        return Found((), "number")  # `140x5 1/3`
    if re.fullmatch(rf"{LOAD}[xf]n{EFFORTS},n", match.text) and known[1] > known[0]:
        return pair_of_numbers_after(match)
    return list_with_efforts(match, load, load_length(match))


def _is_parted(match: Match) -> bool:
    """Whether a full stop or a semicolon stands between the numbers; "then" only strings them together."""
    signs = (match.shape.items[i] for i in range(match.start, match.end) if match.shape.text[i] == ";")
    return any(item.kind == "sign" for item in signs)


def is_range(match: Match, counts: Sequence[int]) -> bool:
    """`x 8-10`: a range to aim at, not sets that were done."""
    return match.text.count("h") == 1 and len(counts) == 2 and counts[0] < counts[1]


def bare_list(match: Match, counts: Sequence[int]) -> Found | None:
    """`10, 8, 7`, `25 puis 20`: reps alone, at what is carried."""
    if _is_parted(match):
        return None
    if is_range(match, counts):
        return Found((), "range")
    return list_with_efforts(match, None, 0, carried=True)


def spaced_list(match: Match) -> Found | None:
    """`100 8 8 7` (three or more after the load), `135 5/5/4`, `80 8, 8`."""
    load, rest = split_load(match)
    counts = [whole(item) for item in rest]
    known = [count for count in counts if count is not None]
    plain = load is not None and load.label is None and not load.sign
    limit = MANY_REPS if load is None or not plain else min(MANY_REPS, load.value)
    if len(known) < len(counts) or any(count > limit for count in known):
        return Found((), "order")
    if match.text[0] == "n" and is_body(match.exercise) and "," not in match.text:
        highest = max(item.value for item in match.numbers)
        return list_of(match, None, match.numbers) if highest <= 40 else None
    separated = any(char in ",/h" for char in match.text)
    if len(known) == 2 and not separated:
        return _three_side_by_side(match)
    if len(known) == 2 and "/" in match.text and known[1] <= LEAST_PLAIN_EFFORT < known[0]:
        return Found((), "effort_or_reps")  # `6/1`: two sets, or a rep in reserve
    if is_range(match, known):
        return Found((), "range")
    return list_of(match, load, rest)


def _three_side_by_side(match: Match) -> Found | None:
    """`100 8 9`: a list, an effort, or sets and reps. Asked."""
    if match.text[0] in "pq":
        return None
    load, (a, b) = split_load(match)
    base = at_load(load, match.exercise)
    ways = _list_or_effort(SetEntry(reps=whole(a), **base), b)  # type: ignore[arg-type]
    if b.value <= MOST_SETS_ASKED:
        ways.append(many(base, whole(a) or 0, whole(b) or 0, "load_reps_sets"))
    if a.value <= MOST_SETS_ASKED:
        ways.append(many(base, whole(b) or 0, whole(a) or 0, "load_sets_reps"))
    return Found(tuple(ways), "effort_or_reps")


def _list_or_effort(first: SetEntry, behind: Item) -> list[Way]:
    """A number behind a set: another set, or its effort where it can be one."""
    ways = [way_of("list", [first, replace(first, reps=whole(behind))])]
    if LEAST_PLAIN_EFFORT <= behind.value <= 10:
        ways.append(way_of("effort", [replace(first, rpe=behind.value)], uniform=True))
    return ways


def pair_of_numbers_after(match: Match) -> Found | None:
    """`100x8 9`: another set, an effort, or sets? Asked."""
    load, rest = split_load(match)
    if len(rest) != 2 or match.text[-1] == "r":
        return None
    reps, behind = whole(rest[0]), whole(rest[1])
    if reps is None or behind is None:
        return None
    base = at_load(load, match.exercise)
    ways = _list_or_effort(SetEntry(reps=reps, **base), rest[1])  # type: ignore[arg-type]
    if behind <= MOST_SETS_ASKED:
        ways.append(many(base, reps, behind, "sets"))
    return Found(tuple(ways), "effort_or_reps")


def reps_and_loads(match: Match) -> Found | None:
    """`5/3/1 95 105 115`: reps, then as many loads."""
    numbers = match.numbers
    half = len(numbers) // 2
    reps, loads = [whole(item) for item in numbers[:half]], numbers[half:]
    counts = [count for count in reps if count is not None]
    lightest = min(item.value for item in loads)
    if len(numbers) % 2 or len(counts) < half or lightest <= max(*counts, LIGHTEST_PLAIN_LOAD):
        return None
    sets = [load_set(load, match.exercise, reps=count) for load, count in zip(loads, counts, strict=True)]
    return replace(clear("reps_loads", sets), leading=half)


def list_at_load(match: Match) -> Found | None:
    """`13-11-11 @ 120#`, `5,5,4@BW`."""
    at = max(match.text.rfind("@"), match.text.rfind("a"))
    load, _ = split_load(match.part(at + 1))
    if match.text[at + 1 :] == "n" and load is not None and load.value <= LIGHTEST_PLAIN_LOAD:
        return None
    reps = match.part(0, at).numbers
    found = list_of(match, load, reps)
    return None if found is None else replace(found, leading=len(reps))


def loads_list(match: Match) -> Found | None:
    """`10 @ 65, 75, 85#`, `315/335/355 x3`: several loads with the same reps."""
    numbers = match.numbers
    reps_first = "@" in match.text or "a" in match.text
    reps, loads = (numbers[0], numbers[1:]) if reps_first else (numbers[-1], numbers[:-1])
    count = whole(reps)
    if {item.label for item in loads} == {"kg", "lb"} and len(loads) == 2:
        return _in_two_units(match, loads, reps)
    unit = next((item.label for item in reversed(loads) if item.label is not None), None)
    if count is None or any(load.value <= max(count, LIGHTEST_PLAIN_LOAD) for load in loads):
        return None
    return clear(
        "list",
        [load_set(replace(load, label=load.label or unit), match.exercise, reps=count) for load in loads],
    )


def _in_two_units(match: Match, loads: Sequence[Item], reps: Item) -> Found | None:
    """`100kg/220lb x 5`: one load, said twice."""
    first, second = (to_kg(item.value, unit_of(item) or "kg") for item in loads)
    if abs(first - second) > 0.02 * max(first, second, 1.0):
        return Found((), "number")
    return load_reps(match, loads[0], reps)


def sets_of_list(match: Match) -> Found | None:
    """`80kg 3 sets 10, 9, 8`: as many reps as sets."""
    carried = match.text[0] == "s"
    load, rest = (None, match.numbers) if carried else split_load(match)
    sets, reps = rest[0], rest[1:]
    return list_of(match, load, reps, carried=carried) if whole(sets) == len(reps) else None
