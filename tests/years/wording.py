"""How people type sets, and how they make plain what was read otherwise than they meant it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.notation.printer import number
from core.simulation.lifter import Outcome
from tests.years.reading import BY_NAME


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody types."""

    called: Mapping[str, str]
    """What they call the lifts."""
    unrated: float
    """How often a set comes without its effort."""
    tails: tuple[str, ...]
    """Ways to write the effort: `{rpe}` and `{left}` stand for its number."""
    at_once: float
    """How often small lifts are typed in one message, all sets."""
    first_load: tuple[float, float] = (0.9, 1.05)
    """The first load of a lift that is new, against the one that would be right."""

    def name(self, lift: str) -> str:
        """What they call a lift."""
        return self.called.get(lift, lift.lower())


def at_once(habits: Habits, lift: str, load: float, came: Sequence[Outcome], tail: str) -> str:
    """All sets of a lift in one message."""
    reps, name = [one.reps for one in came], habits.name(lift)
    if BY_NAME[lift].bodyweight:
        added = "" if not load else f" +{number(load)}"
        return f"{name}{added} {', '.join(map(str, reps))}{tail}"
    if len(set(reps)) == 1:
        return f"{name} {len(reps)}x{reps[0]} {number(load)}{tail}"
    return f"{name} {number(load)}x{','.join(map(str, reps))}{tail}"


def clearly(habits: Habits, lift: str, load: float, came: Sequence[Outcome]) -> str:
    """Sets typed so that they can be read in one way."""
    name = habits.name(lift)
    if BY_NAME[lift].bodyweight:
        return f"{name} {', '.join(f'+{number(load)}x{one.reps}' if load else str(one.reps) for one in came)}"
    return f"{name} " + ", ".join(f"{number(load)}kg x {one.reps}" for one in came)


def shown(lift: str, load: float, came: Sequence[Outcome]) -> str:
    """How the sets begin where they are shown as they were meant."""
    if BY_NAME[lift].bodyweight:
        return f"+{number(load)} kg × {came[0].reps}" if load else f"bw × {came[0].reps}"
    return f"{number(load)} kg × {came[0].reps}"


def choice(lift: str, load: float, came: Sequence[Outcome], reply: Sequence[str]) -> str | None:
    """The number of the answer that says what was meant; None where no answer does."""
    sets = f"{len(came)} set{'s' * (len(came) > 1)} of {came[0].reps} at {number(load)} kg"
    for line in reply:
        found = re.match(r"(\d)\) (.*)", line)
        if found and (found[2] == lift or found[2].startswith((sets, "yes, really"))):
            return found[1]
    return None
