"""`make bench`: what the promises about speed come to on this machine, as ratios. Exit status 1 if one is missed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.answering import answering
from tests.bench.lines import Count, Line
from tests.bench.prescribing import prescribing
from tests.bench.reading import reading
from tests.bench.starting import starting


def main() -> int:
    """Measures and prints; whether a goal was missed."""
    _stay_on_one_processor()
    with TemporaryDirectory(prefix="spotter-bench-") as name:
        folder = Path(name)
        missed = _print(starting()) + _print(reading()) + _print(prescribing(folder))
        missed += _print(asyncio.run(answering(folder)))
    return 1 if missed else 0


def _stay_on_one_processor() -> None:
    """Where the system lets us: else the ratios depend on where it happens to put the thread of each database."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _print(lines: Iterable[Line | Count]) -> int:
    """Prints the lines; how many goals were missed."""
    found = list(lines)
    for line in found:
        print(line, flush=True)
    return sum(isinstance(line, Line) and line.missed for line in found)


if __name__ == "__main__":
    sys.exit(main())
