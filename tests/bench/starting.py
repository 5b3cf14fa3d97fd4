"""A cold start of `spotter parse`, against the start of the interpreter alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.bench.lines import Line
from tests.bench.timing import seconds_each

ALLOWED_SECONDS: Final = 1.0
"""What `spotter parse` may take from a cold start (issue 2)."""


def starting() -> list[Line]:
    """The ratio of both, and of the command to the second it may take."""
    spotter = str(Path(sys.executable).with_name("spotter"))
    found = seconds_each(
        {
            "parse": lambda: _run(spotter, "parse", "squat 100x8 rpe9"),
            "python": lambda: _run(sys.executable, "-c", "pass"),
        },
        rounds=12,
        batch=1,
    )
    return [
        Line("cold start of spotter parse / the second allowed", found["parse"] / ALLOWED_SECONDS, 1),
        Line("cold start of spotter parse / python -c pass", found["parse"] / found["python"]),
    ]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
