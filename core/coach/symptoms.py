"""What a message says of its author's health: red flags, a pregnancy or an age under 18 end all targets."""

from __future__ import annotations

from core.coach import holds
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.health_words import may_speak_of_health, may_tell_age
from core.red_flags import is_under_age, red_flag, speaks_of_clearance, speaks_of_pregnancy


async def symptoms(turn: Turn) -> list[Fact]:
    """What ends all targets in a message, as it is answered; in a room only red flags, all else is nobody's business."""
    text, found = turn.message.text, []
    if not may_speak_of_health(text):
        return []
    if turn.private and may_tell_age(text) and is_under_age(text):
        await holds.put_on(turn, "age")
        found.append(Told("under_age"))
    if turn.private and speaks_of_pregnancy(text):
        await holds.put_on(turn, "pregnancy")
        found.append(Told("pregnant"))
    if red_flag(text):
        await holds.put_on(turn, "red_flag")
        found.append(Told("red_flag"))
    return list(found)


async def clearance(turn: Turn) -> list[Fact]:
    """How targets come back, for one who speaks of a doctor while they are held. Talk alone lifts nothing."""
    held = await holds.kinds(turn) if turn.private else ()
    if not held or held[0] == "age" or not speaks_of_clearance(turn.message.text):
        return []
    return [Told("how_cleared", {"hold": held[0]})]
