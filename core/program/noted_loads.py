"""Loads and percentages that stand in the text of a plan: they are notes there, for loads come from the athlete's own sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.exercises import Catalogue
from core.program.grammar_pieces import pieces
from core.program.values import Plan

_OF_LOADS: Final = frozenset({"percent", "weight", "load"})


@dataclass(frozen=True, slots=True)
class NotedLoad:
    """What a note says of a load, as typed (`80%`, `60kg`), and the id of the lift that it stands behind."""

    text: str
    exercise: str


def noted_loads(plan: Plan, names: Catalogue) -> tuple[NotedLoad, ...]:
    """The loads in the notes of a plan's lifts, in their order, each once."""
    found = [
        NotedLoad(piece.text.strip(" @"), lift.exercise)
        for session in plan.sessions
        for lift in session.lifts
        for piece in pieces(lift.note or "", names)
        if piece.kind in _OF_LOADS
    ]
    return tuple(dict.fromkeys(found))
