"""The scenario in the terminal, and the rows that it leaves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.console import Console
from bot.dispatch import Dispatch
from core.store import Store
from tests.doors.scenario import Step


async def in_the_terminal(store: Store, steps: Sequence[Step]) -> list[tuple[str, ...]]:
    """The lines of the replies to each step."""
    console = Console(Dispatch(store), "nobody")
    answers = [await console.answer(step.line) for step in steps]
    assert console.broke == 0
    return [tuple(row.rstrip() for body in one.bodies for row in body.split("\n")) for one in answers]
