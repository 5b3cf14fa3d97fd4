"""`make bench`: what the promises about speed come to on this machine, as ratios. Exit status 1 if one is missed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.answering import answering
from tests.bench.due import due
from tests.bench.lines import Count, Line, Measure
from tests.bench.prescribing import prescribing
from tests.bench.reading import reading
from tests.bench.serving import serving
from tests.bench.starting import starting


def main() -> int:
    """Measures and prints, all or the named part alone (`core`, `due`, `serving`); whether a goal was missed."""
    asked = set(sys.argv[1:]) or {"core", "due", "serving"}
    _stay_on_one_processor()
    missed = 0
    with TemporaryDirectory(prefix="spotter-bench-") as name:
        folder = Path(name)
        if "core" in asked:
            missed += _print(starting()) + _print(reading()) + _print(prescribing(folder))
            missed += _print(asyncio.run(answering(folder)))
        if "due" in asked:
            missed += _print(asyncio.run(due(folder)))
        if "serving" in asked:
            missed += asyncio.run(_served(folder))
    return 1 if missed else 0


async def _served(folder: Path) -> int:
    return sum([_print([line]) async for line in serving(folder)])


def _stay_on_one_processor() -> None:
    """Where the system lets us: else the ratios depend on where it happens to put the thread of each database."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _print(lines: Iterable[Line | Count | Measure]) -> int:
    """Prints the lines; how many goals were missed."""
    found = list(lines)
    for line in found:
        print(line, flush=True)
    return sum(isinstance(line, Line) and line.missed for line in found)


if __name__ == "__main__":
    sys.exit(main())
