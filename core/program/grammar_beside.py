"""What stands beside a day in a schedule: its session, or that it is one of rest."""

from __future__ import annotations

from collections.abc import Sequence

from core.program.grammar_days import Element


def without_rest_days(found: Sequence[Element]) -> list[Element]:
    """The elements without rest days: a day is one of those unless it is named for training."""
    out: list[Element] = []
    for k, one in enumerate(found):
        beside = [found[j] for j in (k - 1, k + 1) if 0 <= j < len(found)]
        rests = any(other.kind == "off" for other in beside) and len(found) > 1
        if one.kind == "off" or (rests and one.kind in ("days", "name") and _rests(found, k)):
            continue
        out.append(one)
    return out


def _rests(found: Sequence[Element], k: int) -> bool:
    """Whether the rest named beside a day is its own: `Tuesday rest`, or `rest: Tuesday` at the start of a line."""
    return (k + 1 < len(found) and found[k + 1].kind == "off") or (k == 1 and found[0].kind == "off")


def pairs(found: list[Element]) -> list[tuple[Element, Element]] | None:
    """Days and names where each group of days stands beside its own session, None where they do not."""
    kinds = [one.kind for one in found]
    halves = list(zip(found[::2], found[1::2], strict=False))
    if not kinds or len(kinds) % 2:
        return None
    if kinds == ["days", "name"] * len(halves):
        return halves
    if kinds == ["name", "days"] * len(halves):
        return [(days, name) for name, days in halves]
    return None
