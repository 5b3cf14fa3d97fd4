"""A line → groups: the items of one lift each, cut where a new name begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from core.exercises import Catalogue
from core.names import plain
from core.notation.items import Item
from core.notation.names import near_names
from core.notation.words import folded


@dataclass(slots=True)
class Group:
    """The items of one lift on a line, and how it was named: one id, several (doubt), or a name not known."""

    items: list[Item]
    ids: tuple[str, ...] = ()
    typed: str | None = None
    unknown_name: bool = False
    name_first: bool = True
    span: tuple[int, int] = (0, 0)

    @property
    def named(self) -> bool:
        """Whether there was a name at all, known or not."""
        return self.typed is not None


def grouped(found: list[Item], names: Catalogue) -> list[Group] | None:
    """Cut a line where a new name begins. None where it is unclear which numbers belong to which name."""
    found = near_names(found, names)
    at = [i for i, item in enumerate(found) if item.kind == "name"]
    if not at:
        return [Group(found)]
    if len(at) == 1:
        return [_named(found, at[0], names)]
    if not has_numbers(found[: at[0]]):
        cuts = [0, *at[1:], len(found)]
        groups = [_named(found[a:b], 0 if k else at[0], names) for k, (a, b) in enumerate(pairwise(cuts))]
        return _merge_empty(groups)
    return _by_clause(found, names)


def has_numbers(part: list[Item]) -> bool:
    """Whether any of the items is a number."""
    return any(item.kind == "num" for item in part)


def _named(part: list[Item], at: int, names: Catalogue) -> Group:
    name = part[at]
    first = not has_numbers(part[:at])
    behind = part[at + 1 :]
    if not first and behind and behind[0].text == ":":  # what stands before `ohp:` is none of its numbers
        behind = [Item("sign", ";", behind[0].start, behind[0].end), *behind[1:]]
    group = Group([*part[:at], *behind], name.ids, name.text, not name.ids, first, (name.start, name.end))
    return _of_dumbbells(group, names)


def _of_dumbbells(group: Group, names: Catalogue) -> Group:
    """`panca 24x10 manubri`: dumbbells that are said apart from the name make it another lift."""
    lift = names.get(group.ids[0]) if len(group.ids) == 1 else None
    if lift is None or lift.equipment != "barbell" or not any(map(_is_dumbbell, group.items)):
        return group
    ids = names.exact(f"dumbbell {lift.name}")
    return replace(group, ids=ids) if len(ids) == 1 else group


def _is_dumbbell(item: Item) -> bool:
    return item.kind == "word" and plain(" ".join(folded(item.text))) == "dumbbell"


def _merge_empty(groups: list[Group]) -> list[Group] | None:
    """A name without any number of its own is a comment on what stands before it (or the header of what follows)."""
    merged: list[Group] = []
    for group in groups:
        leans = any(item.kind == "word" and item.has("same") for item in group.items)
        if has_numbers(group.items) or leans or not merged:
            merged.append(group)
        else:
            merged[-1].items.append(Item("note", group.typed or "", *group.span))
            merged[-1].items.extend(item for item in group.items if item.kind in ("word", "note"))
    if len(merged) > 1 and not has_numbers(merged[0].items):
        joined = any(item.text in ("&", "+", "/") or item.has("and") for item in merged[0].items)
        return None if joined else merged[1:]  # "squat and bench 3x5": whose sets are they?
    return merged


def _by_clause(found: list[Item], names: Catalogue) -> list[Group] | None:
    """Numbers before names (`3x8 bench, 5x5 squat`): each clause must have a name of its own."""
    groups = []
    for clause in _with_names(_clauses(found)):
        at = [i for i, item in enumerate(clause) if item.kind == "name"]
        if len(at) != 1 or not has_numbers(clause):
            return None
        groups.append(_named(clause, at[0], names))
    return groups


def _clauses(found: list[Item]) -> list[list[Item]]:
    clauses: list[list[Item]] = [[]]
    for item in found:
        parts = item.kind == "word" and item.has("then", "and") and not item.has("filler", "at")
        if parts or item.text in (",", ";", "+", "&"):
            clauses.append([])
        else:
            clauses[-1].append(item)
    return clauses


def _with_names(clauses: list[list[Item]]) -> list[list[Item]]:
    """Clauses, those without a name joined to the one before by a comma."""
    merged: list[list[Item]] = []
    for clause in clauses:
        if not clause:
            continue
        if merged and not any(item.kind == "name" for item in clause):
            merged[-1] += [Item("sign", ",", clause[0].start, clause[0].start), *clause]
        else:
            merged.append(clause)
    return merged
