"""The grammar of load and reps: a table of patterns over shapes, tried in order at each place.

Each pattern has a builder that answers with the readings (one where the text is clear, several where it must be asked,
none where the pattern does not hold after all).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from core.model import Exercise
from core.notation.grammar.base import EFFORTS, LOAD, NOT_A_LOAD, REPS, Builder, Expression, Match, is_count
from core.notation.grammar.entries import is_body
from core.notation.grammar.labelled import labelled
from core.notation.grammar.leaning import (
    bare_reps,
    chained,
    delta,
    missing_reps,
    reps_then_load,
    same,
    same_at,
    x_reps,
)
from core.notation.grammar.lists import (
    list_at_load,
    loads_list,
    pair_of_numbers_after,
    reps_and_loads,
    reps_list,
    sets_of_list,
    spaced_list,
)
from core.notation.grammar.pairs import load_beside_reps, reps_at, reps_at_load, side_by_side, two
from core.notation.grammar.parts import drop, drop_lists, list_then_drop, rest_pause
from core.notation.grammar.schemes import (
    load_then_scheme,
    scheme_then_load,
    scheme_with_effort,
    set_with_effort,
    sets_by_words,
    sets_by_words_at_load,
    three,
)
from core.notation.grammar.timed import as_seconds, distance, timed
from core.notation.shape import Shape

_TABLE: tuple[tuple[str, Builder], ...] = (
    (rf"D:?{LOAD}[xf]{REPS}{EFFORTS}(?:[,;>+|]*D?{LOAD}[xf]{REPS}{EFFORTS})+", drop),
    (rf"{LOAD}[xf]{REPS}{EFFORTS}(?:[,;]?(?:>D?|D):?{LOAD}[xf]{REPS}{EFFORTS})+", drop),
    (r"[nw](?:>[nw])+[:,x]?n(?:[,/]n)+", drop_lists),
    (r"n[xf]t[@a,/]?[wpq](?![xf])|[wpq][@a,]?n[xf]t(?![xf])", timed),
    (rf"{LOAD}[xf]{REPS}(?:[,/h]{REPS}(?![xf]))+(?:[,;]?(?:>D?|D):?[axf]?{LOAD}[xf]{REPS})+{EFFORTS}", list_then_drop),
    (rf"{LOAD}[xf]{REPS}{EFFORTS}(?:gn(?![xf]))+(?![xf])", rest_pause),
    (rf"{LOAD}[xf]{REPS}{EFFORTS}[,(]?z:?{REPS}(?:[,/g+]?{REPS}(?![xf]))*\)?{EFFORTS}", rest_pause),
    (rf"z:?{LOAD}[xf]{REPS}{EFFORTS}(?:[,/g+]?{REPS}(?![xf]))+{EFFORTS}", rest_pause),
    (rf"(?:{LOAD}[,:]?)?s[o:,]?{REPS}(?:[,/h]{REPS}(?![xf]))+(?![xf@a])", sets_of_list),
    (r"non[@a,]?[nw](?![xfo])", sets_by_words_at_load),
    (r"[nw]?nonn?", sets_by_words),
    (r"[nr][,@a]*C", same),
    (rf"(?:{LOAD}|[nrs])(?:[xfoa@,:/+|]{{0,2}}(?:b[+g]?[nwpq]?|[nwpqrs]))*", labelled),
    (rf"[nw]fnx{REPS}(?![xf])", load_then_scheme),
    (r"(?:b[+g]?[nwpq]?|[nwpq])[xf][nw][xf][nw](?![xf])", three),
    (rf"n[xf]{REPS}(?:[@a,/:]|a@)?(?:w|p|q|b[+g]?[pqnw]?)(?![xf])", scheme_then_load),
    (rf"n[xf]{REPS}[@a,]?[ne](?![xfgh,/]|[nr])", scheme_then_load),
    (rf"{LOAD}[,:@a/]?n[xf]{REPS}(?![xf])", load_then_scheme),
    (rf"[nwpqb][nwpq]?[xf]{REPS}{EFFORTS}(?:[,;/h]?{REPS}{EFFORTS}{NOT_A_LOAD})*[,;/h]{REPS}{EFFORTS}{NOT_A_LOAD}(?:[,;/h]?{REPS}{EFFORTS}{NOT_A_LOAD})*", reps_list),
    (rf"{LOAD}[xf]\({REPS}(?:,{REPS})+\)", reps_list),
    (rf"{LOAD}[xf]{REPS}{REPS}{NOT_A_LOAD}(?:[,/]?{REPS}{NOT_A_LOAD})+", reps_list),
    (rf"{LOAD}[xf]n[nr]{NOT_A_LOAD}", pair_of_numbers_after),
    (rf"[nw](?:/[nw])+[xf]{REPS}", loads_list),
    (rf"{LOAD}:{REPS}{EFFORTS}(?:[,/h]?{REPS}{EFFORTS}{NOT_A_LOAD})*", reps_list),
    (r"n[xf](?:w|p|q)", reps_at_load),
    (rf"{LOAD}[xf]{REPS}(?:@[en])+", set_with_effort),
    (r"n[xf]n(?:@[en])", scheme_with_effort),
    (rf"(?:b[+g]?[nwpq]?|[nwpq])[xf]{REPS}", two),
    (rf"{REPS}(?:[,/]{REPS})+[,:@a]?[nw](?:[,/]?[nw])+(?![xf])", reps_and_loads),
    (rf"{REPS}(?:[,/h]{REPS})+[@a]{LOAD}(?![xf])", list_at_load),
    (rf"{REPS}[@a]{LOAD}(?:[,/+]+{LOAD}(?![@axf]))+", loads_list),
    (rf"{REPS}[@a](?:w|p|q|b[+g]?[nwpq]?|n|e)(?![xf])", reps_at),
    (rf"{LOAD}[xf@a,]?t(?![,/+]?[tn])", timed),
    (r"(?:[ns][xfo:@a,]{0,2})?t(?:[,/+]?t)*(?:[xf@a,]?(?:[nswpq]|b[+g][pqnw]))?", timed),
    (r"(?:[ns][xfo]?)?d(?:[xf]n)?[,@a]?[nw](?![xfn@a,]*d)", distance),
    (r"(?:[nwpqsxf,@a])*d(?:[xf]n)?(?:t(?![xf]))?", distance),
    (r"S[,+]?C?[a@][nw](?![xfr])", same_at),
    (r"S[,+]?C?(?:[,x+fo]{0,2}[nr](?![xf]))?(?:[,+@a]?[pq])?(?:@e)?", same),
    (r"C[,+]?[xf]?[nr](?:@e)?", same),
    (r"[xf][nr][xf][nr]", chained),
    (rf"[xf]{REPS}[@a]?[nw](?![xfgh,/])", reps_then_load),
    (r"[xf][nr](?:@e)*(?:[,/+][xf]?[nr](?:@e)*(?![xf]))*", x_reps),
    (rf"(?:w|b[+g]?[pqnw]|[pq]|b)[,:]?{REPS}(?:[,/h]?{REPS}{NOT_A_LOAD})+", spaced_list),
    (rf"n{REPS}(?:[,/h]?{REPS}{NOT_A_LOAD})+", spaced_list),
    (r"n[,@a]*[pq](?![xf])", reps_at_load),
    (rf"{REPS}w(?![xf])", side_by_side),
    (rf"w[,:]?{REPS}{NOT_A_LOAD}", load_beside_reps),
    (rf"(?:b[+g]?[pq]|[pq]|b)[,:]?[nr]{NOT_A_LOAD}", two),
    (r"[pq](?:[xf]?n|,?[xf]?r)?(?:@e)?", delta),
    (rf"n{REPS}{NOT_A_LOAD}", side_by_side),
    (rf"{REPS}{EFFORTS}(?:[,;/h]{REPS}{EFFORTS}{NOT_A_LOAD})*", bare_reps),
    (r"w|b[+g]?[nwpq]", missing_reps),
)  # fmt: skip


RULES = tuple((re.compile(pattern), builder) for pattern, builder in _TABLE)


def expressions(shape: Shape, exercise: Exercise | None) -> tuple[list[Expression], list[int]]:
    """All set expressions of a shape, left to right, and the places of what no pattern took."""
    found: list[Expression] = []
    left: list[int] = []
    at = 0
    text = shape.text
    if exercise is not None and exercise.timed and not _is_load_or_time(shape, exercise):
        text = as_seconds(shape)
    if text.startswith("@e") and re.match(r"@e[^@]", text):  # "@9 100x5"
        at = _after_effort(shape, 0)
    while at < len(text):
        expression = _at(shape, at, exercise)
        if expression is not None:
            found.append(expression)
            at = _after_effort(shape, expression.end)
            continue
        if not (text[at] in ",;|+" or (text[at] in ">" and not found)):
            left.append(at)
        at += 1
    return found, left


def _is_load_or_time(shape: Shape, exercise: Exercise) -> bool:
    """Whether a lone number beside a carry says neither what was carried nor for how long: `farmers 40`."""
    return exercise.pattern == "carry" and not exercise.bodyweight and shape.text.strip("@a,|") == "n"


def _after_effort(shape: Shape, at: int) -> int:
    """Where reading goes on: an `@8` right there, behind or before an expression, is an effort like `rpe8`."""
    if shape.text[at : at + 2] == "@e":
        item = shape.items[at + 1]
        shape.marks.append((at, replace(item, kind="mark", fields={"rpe": item.value})))
        return at + 2
    return at


_CHANGES = {delta, timed, distance}
"""What a plus or minus can begin on a lift that is not done with the body: a change of load, or a load to hold."""


_SPANNING = {labelled, timed, distance}
"""What says itself what it is, words may stand between; everything else ends where words part the numbers."""


LONGEST_KNOWN = 24
"""Characters of a shape whose fitting patterns are remembered: people write their sets in few shapes, all of them short."""


def _at(shape: Shape, at: int, exercise: Exercise | None) -> Expression | None:
    text = shape.text
    here = len(text)
    if shape.breaks:
        here = min((place for place in shape.breaks if place > at), default=here)
    changes = text[at] in "pq" and not is_body(exercise)
    for builder, end in (_known if len(text) <= LONGEST_KNOWN else _fitting)(text, at, here):
        if changes and builder not in _CHANGES:
            continue
        found = builder(Match(shape, at, end, exercise))
        if found is None:
            continue
        if found.used is not None:
            end = at + found.used
        return Expression(at, end, found.ways, found.ask, _ends(shape, at, end)[: found.leading])
    return None


def _fitting(text: str, at: int, here: int) -> Iterator[tuple[Builder, int]]:
    """The builders whose patterns match at a place of a shape, in order, and where each match ends; most end `here`."""
    for pattern, builder in RULES:
        match = pattern.match(text, at, len(text) if builder in _SPANNING else here)
        if match is not None and match.end() > at:
            yield builder, match.end()


@lru_cache(maxsize=2048)
def _known(text: str, at: int, here: int) -> Iterable[tuple[Builder, int]]:
    return tuple(_fitting(text, at, here))


def _ends(shape: Shape, start: int, end: int) -> tuple[int, ...]:
    return tuple(i + 1 for i in range(start, end) if is_count(shape.text, i))
