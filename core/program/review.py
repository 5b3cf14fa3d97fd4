"""An AMRAP at a block's end: what it measures; and which week is lighter than the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from core.effort import SPARED_REPS
from core.model import Role
from core.program.blocks import asked
from core.program.working_max import load_for_session
from core.progression import amrap_word
from core.strength import FATIGUE_PER_SET


@dataclass(frozen=True, slots=True)
class Amrap:
    """An AMRAP as it came: the day's set number `position`, and whether it stopped one clean rep short. The load in
    kilograms, the body's share included."""

    load_kg: float
    reps: int
    position: int
    stopped_short: bool = False

    @property
    def able(self) -> float:
        """The reps that a fresh set of it could have held."""
        spared = SPARED_REPS if self.stopped_short else 0
        return self.reps + spared + FATIGUE_PER_SET * (self.position - 1)


def amrap_e_kg(amrap: Amrap, curve: float = 1.0) -> float | None:
    """What an AMRAP speaks for as E: none where it was too heavy (1-3 reps) or too light (20 and more) to measure."""
    if amrap.reps < 1 or amrap_word(amrap.reps) in ("too_heavy", "too_light"):
        return None
    return amrap.load_kg * (1 + curve * amrap.able / 30)


def is_lighter(week: int, then: int) -> bool:
    """Whether anchors are lighter in week `then` than in `week` at equal strength."""
    return _share(then) < _share(week)


def _share(week: int) -> float:
    """The load of an anchor as a share of its M."""
    each = asked(Role.ANCHOR, week)
    return load_for_session(1.0, each.reps_low, each.efforts[-1], each.sets)
