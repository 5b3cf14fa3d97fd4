"""How an athlete tells effort: by a number (`@8`), or by the reps that were left. They are answered in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.coach.turn import Turn
from core.model import SetEntry

SPEAKS: Final = "speaks"
"""The preference that holds it, once some effort was told."""

LEFT: Final = "left"
RPE: Final = "rpe"

_LEFT = re.compile(r"\bleft\b|\bin (?:the )?(?:tank|reserve)\b|\bmore in me\b", re.IGNORECASE)
_RPE = re.compile(r"@ ?\d|\brpe\b|\brir\b", re.IGNORECASE)


async def heard(turn: Turn, entries: Sequence[SetEntry]) -> None:
    """Keeps how the effort of these sets was told, where it was."""
    if all(one.rpe is None for one in entries):
        return
    text = turn.message.text
    said = RPE if _RPE.search(text) else LEFT if _LEFT.search(text) else None
    if said is not None and (await turn.preferences()).get(SPEAKS) != said:
        await turn.remember(SPEAKS, said)
