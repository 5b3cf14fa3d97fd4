"""Numbers that say what they are: `3 sets of 8 at 100`, `8 reps, 80kg`."""

from __future__ import annotations

import re
from dataclasses import replace

from core.notation.bounds import MANY_REPS
from core.notation.grammar.base import Found, Match
from core.notation.grammar.entries import at_load, many, whole, without_load
from core.notation.items import Item

Chosen = list[tuple[str, str, Item]]
"""Numbers in order: the character of each, what ties it to the one before, the number itself."""


Roles = dict[str, Item | None]
"""Which number is load (None: the body alone), reps and sets."""


def labelled(match: Match) -> Found | None:
    """Numbers of which at least one says "sets" or "reps"; the others follow from it and from their order."""
    text = match.text
    if "r" not in text and "s" not in text:
        return None
    places = [
        i for i, char in enumerate(text) if char in "nwpqrs" or (char == "b" and not _b_has_load(text, i))
    ]
    for count in (3, 2, 1):
        if len(places) < count:
            continue
        end = places[count - 1] + 1
        chosen = [
            (text[i], _tie_before(text, places, k), match.shape.items[match.start + i])
            for k, i in enumerate(places[:count])
        ]
        roles = None if _continues(text, end) else _assign(chosen)
        found = None if roles is None else _assembled(match, roles)
        if found is not None:
            return replace(found, used=end)
    return None


def _b_has_load(text: str, i: int) -> bool:
    """Whether "bw" has a load glued on and is no part of its own."""
    return re.match(r"b(?:[+g][pqnw]|[pqw])", text[i:]) is not None


def _tie_before(text: str, places: list[int], k: int) -> str:
    return text[places[k - 1] + 1 : places[k]] if k else ""


def _continues(text: str, end: int) -> bool:
    """Whether what follows is tied on and so belongs to the same reading: then this one is too short."""
    return end + 1 < len(text) and text[end] in "xfga@" and text[end + 1] != "e"


def _assign(chosen: Chosen) -> Roles | None:
    """Who is load, reps and sets."""
    roles: Roles = {}
    open_places: list[int] = []
    if any(char == "s" and "/" in tie for char, tie, _ in chosen):
        return None  # `2/3 sets`
    for k, (char, _, item) in enumerate(chosen):
        role = {"r": "reps", "s": "sets"}.get(char, "load" if char in "wpqb" else None)
        if role is None:
            open_places.append(k)
        elif role in roles:
            return None
        else:
            roles[role] = None if char == "b" else item
    if not {"sets", "reps"} & set(roles):
        return None
    return _fill(chosen, roles, open_places)


def _fill(chosen: Chosen, roles: Roles, open_places: list[int]) -> Roles | None:
    """The roles with the plain numbers among them, None where their order does not tell."""
    if not open_places:
        return roles
    if len(open_places) > 2:
        return None
    numbers = [item for _, _, item in chosen]
    if len(open_places) == 1:
        role = _one_missing(chosen, roles, open_places[0])
        return None if role is None else roles | {role: numbers[open_places[0]]}
    first, second = open_places
    ties = [tie for _, tie, _ in chosen]
    if "sets" in roles:
        by_order = _load_reps_order(chosen, first, second)
        return None if by_order is None else roles | by_order
    if ties[second] and ties[second][0] in "xf" and chosen[first + 1][0] == "r":
        return roles | {"load": numbers[first], "sets": numbers[second]}
    if chosen[1][0] == "r" and ties[1] in ("x", "f"):
        return roles | {"sets": numbers[first], "load": numbers[second]}
    return None


def _one_missing(chosen: Chosen, roles: Roles, k: int) -> str | None:
    """The role of the only plain number."""
    tie, number = chosen[k][1:]
    missing = [role for role in ("load", "reps", "sets") if role not in roles]
    if len(missing) == 1:
        tie_behind = chosen[k + 1][1] if k + 1 < len(chosen) else ""
        if missing[0] == "sets" and "x" not in tie + tie_behind:
            return None  # the next number begins another set
        return missing[0]
    if "sets" in roles:
        return "reps" if number.value <= MANY_REPS else None
    return "sets" if k > 0 and tie in ("x", "f") else "load"


def _load_reps_order(chosen: Chosen, first: int, second: int) -> Roles | None:
    one, two = chosen[first][2], chosen[second][2]
    tie = chosen[second][1]
    load_first: Roles = {"load": one, "reps": two}
    reps_first: Roles = {"reps": one, "load": two}
    if tie in ("x", "f"):
        if one.value <= MANY_REPS < two.value:
            return reps_first if tie == "f" else None
        return load_first
    if tie in ("@", "a"):
        return reps_first
    if second - first == 2:  # the sets stand between: 100, 3 sets of 8
        return load_first
    return reps_first if two.value > one.value else load_first


def _assembled(match: Match, roles: Roles) -> Found | None:
    reps_item, sets_item = roles.get("reps"), roles.get("sets")
    if reps_item is None:
        return Found((), "reps") if "load" in roles else None
    reps = whole(reps_item)
    sets = 1 if sets_item is None else whole(sets_item)
    if reps is None or sets is None:
        return None
    base = at_load(roles["load"], match.exercise) if "load" in roles else without_load(match.exercise)
    return Found((many(base, reps, sets, "labelled"),))
