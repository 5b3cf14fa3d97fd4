"""What an athlete has chosen of being reminded."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import time
from typing import Final

REMIND: Final = "remind"
"""The preference that holds it."""

SUNDAY: Final = 6
LEAD_MIN: Final = 60
MOST_LEAD_MIN: Final = 720
QUIET: Final = (time(22), time(7))


@dataclass(frozen=True, slots=True)
class Reminding:
    """`on`: sessions, all-out sets, what was left open or missed; `lead_min` minutes before a session; `quiet` from when until when
    nothing comes, None where anything may; `digest` the weekday (0 Monday) of the week's review, None for none; `rest`: the
    end of a rest is told."""

    on: bool = True
    lead_min: int = LEAD_MIN
    quiet: tuple[time, time] | None = QUIET
    digest: int | None = SUNDAY
    rest: bool = False


USUAL: Final = Reminding()


def as_json(chosen: Reminding) -> str:
    """As text, to be kept."""
    quiet = None if chosen.quiet is None else [one.isoformat("minutes") for one in chosen.quiet]
    return json.dumps([int(chosen.on), chosen.lead_min, quiet, chosen.digest, int(chosen.rest)])


def from_json(text: str | None) -> Reminding:
    """What was kept; the usual where nothing was."""
    if text is None:
        return USUAL
    on, lead_min, quiet, digest, rest = json.loads(text)
    kept = None if quiet is None else (time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1]))
    return replace(USUAL, on=bool(on), lead_min=int(lead_min), quiet=kept, digest=digest, rest=bool(rest))
