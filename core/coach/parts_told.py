"""What a set with drops, rest-pause or partials counts for: told when somebody logs their first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.coach.turn import Turn
from core.facts import Asked, Fact, PartsOf
from core.model import LoggedSet
from core.program.demands import changed_demands

TOLD: Final = "parts_told"
"""The preference that says that it was told."""


async def with_parts(turn: Turn, made: Sequence[LoggedSet], facts: Sequence[Fact]) -> list[Fact]:
    """The facts of new sets, and what the first of them counts for that ever went on after its end; not before others, nor
    beside a question."""
    first = next((one for one in made if changed_demands(one.done)), None)
    if first is None or not turn.private or any(isinstance(one, Asked) for one in facts):
        return list(facts)
    if TOLD in await turn.preferences():
        return list(facts)
    await turn.remember(TOLD, "yes")
    return [*facts, PartsOf(first.done)]
