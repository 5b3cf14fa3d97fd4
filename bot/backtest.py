"""`spotter backtest`: replays a log and prints how well Spotter and the named rules would have called its sets."""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing import Pool
from pathlib import Path
from typing import Any, BinaryIO, Final

from core.backtest import FIRST_SESSIONS, TASKS, LifterScores, Log, as_data, logs, replay
from core.imports import (
    MOST_BYTES,
    NotAnExport,
    NotUnpacked,
    NotUnpackedReason,
    Reading,
    Row,
    Unreadable,
    members,
    read,
    text_of,
)

USAGE = """\
spotter backtest FILE [--json] [--jobs N]

Replays a log lifter by lifter, asks Spotter and the usual formulas before each session what it will be, and prints
their mean errors side by side. FILE is an export of Strong, Hevy or FitNotes, or a table with the columns lifter,
day, exercise, set, load_kg, reps, rpe, kind and bodyweight; or one of these gzipped, or one or more in a zip, where an
export is a lifter. --json prints the scores as JSON, of each lifter too; --jobs N uses N processes. Exit status 0
when done, 2 where the file cannot be used."""

_MOST_JOBS: Final = 64
_SHOWN_LINES: Final = 5
_BAR: Final = 30

_ASKED: Final = {
    "rpe_first": "RPE, first set",
    "rpe_second": "RPE, second set",
    "reps_changed_load": "reps at a changed load",
    "reps_changed_load_no_rpe": "the same, no RPE told",
    "load": "load, % off",
    "rpe": "RPE",
    "reps": "reps",
    "reps_no_rpe": "reps, no RPE told",
}
_RULES: Final = {
    "spotter": "Spotter",
    "repeat_last": "last",
    "nearest": "nearest",
    "drift": "drift",
    "epley": "Epley",
    "brzycki": "Brzycki",
    "rts": "RTS",
}

_NOT_UNPACKED: Final[Mapping[NotUnpackedReason, str]] = {
    "broken": "is packed, but broken or cut off.",
    "locked": "is locked with a password: unpack it first.",
    "method": "is packed in a way that I do not read: pack it as an ordinary zip file.",
    "large": f"holds more than {MOST_BYTES >> 20} MB when unpacked, which is more than I read.",
    "many": "holds too many files: a zip with only the exports will do.",
    "nested": "holds another zip file, and no table: unpack it first.",
    "empty": "holds no CSV file.",
}


class UsageWrong(Exception):  # noqa: N818 - named for what happened
    """The command line cannot be understood; the text says why."""


class Refused(Exception):  # noqa: N818 - named for what happened
    """The command line or the file cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    path: Path
    as_json: bool
    jobs: int


def run(arguments: Sequence[str]) -> int:
    """Scores a log and prints the table; the exit status. Raises UsageWrong."""
    asked = _request(arguments)
    try:
        lifters = _read(asked.path)
        data = as_data(_scored(lifters, asked.jobs))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    print(json.dumps(data) if asked.as_json else _as_text(data))
    return 0


def _request(arguments: Sequence[str]) -> Request:
    words: list[str] = []
    as_json, jobs = False, "1"
    rest = iter(arguments)
    for word in rest:
        name, _, value = word.partition("=")
        if word == "--":
            words.extend(rest)
        elif word == "--json":
            as_json = True
        elif name == "--jobs":
            jobs = value or next(rest, "")
        elif word.startswith("--"):
            raise UsageWrong(f"There is no option {word}.")
        else:
            words.append(word)
    if len(words) != 1:
        raise UsageWrong("Name one file to score: spotter backtest strong.csv.")
    if not (jobs.isascii() and jobs.isdigit() and 1 <= int(jobs) <= _MOST_JOBS):
        raise UsageWrong(f"--jobs is a number of processes, 1 to {_MOST_JOBS}.")
    return Request(Path(words[0]), as_json, int(jobs))


def _read(path: Path) -> dict[str, Log]:
    """The lifters' logs of a file. Raises Refused."""
    bad_lines: list[str] = []
    try:
        with path.open("rb") as stream:
            lifters = logs(_rows(_exports(stream), bad_lines))
    except NotAnExport as unknown:
        raise Refused(f"{path}: {unknown}") from None
    except NotUnpacked as packed:
        raise Refused(f"{path} {_NOT_UNPACKED[packed.reason]}") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {_why(error)}.") from None
    if bad_lines:
        print(_not_read(bad_lines), file=sys.stderr)
    if not lifters:
        raise Refused(f"{path} holds no sets with a load and reps.")
    return lifters


def _exports(stream: BinaryIO) -> list[tuple[str, Reading]]:
    """Those of a file's tables that are exports, by name. Raises NotAnExport where none is, NotUnpacked."""
    found: list[tuple[str, Reading]] = []
    other: NotAnExport | None = None
    for name, table in members(stream):
        try:
            found.append((name, read(text_of(table))))
        except NotAnExport as unknown:
            other = unknown
    if not found and other is not None:
        raise other
    return found


def _why(error: OSError) -> str:
    reasons = {FileNotFoundError: "there is no such file", IsADirectoryError: "it is a folder"}
    reasons[PermissionError] = "I am not allowed to"
    return reasons.get(type(error), (error.strerror or "the system does not say why").lower())


def _rows(exports: Sequence[tuple[str, Reading]], bad_lines: list[str]) -> Iterator[Row]:
    """The sets of all exports: of several, each that names no lifters is one lifter's."""
    several = len(exports) > 1
    for name, reading in exports:
        for entry in reading.entries:
            if isinstance(entry, Unreadable):
                bad_lines.append(f"{name}:{entry.line}" if several else str(entry.line))
            else:
                yield replace(entry, lifter=name) if several and not entry.lifter else entry


def _not_read(lines: list[str]) -> str:
    named = ", ".join(lines[:_SHOWN_LINES]) + (", ..." if len(lines) > _SHOWN_LINES else "")
    many = "1 line" if len(lines) == 1 else f"{len(lines):,} lines"
    return f"{many} could not be read: {named}."


def _scored(lifters: dict[str, Log], jobs: int) -> list[LifterScores]:
    """The lifters' scores; the longest logs first, so that no process is left with one at the end."""
    work = sorted(lifters.items(), key=lambda one: -sum(map(len, one[1].values())))
    if jobs == 1 or len(work) == 1:
        return list(_shown(map(_score, work), len(work)))
    with Pool(min(jobs, len(work)), _leave_interrupts) as pool:
        return list(_shown(pool.imap_unordered(_score, work), len(work)))


def _score(one: tuple[str, Log]) -> LifterScores:
    name, log_of = one
    return replay(log_of, time.process_time, LifterScores(name))


def _leave_interrupts() -> None:
    """Ctrl-C ends the parent, and the parent its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _shown(scores: Iterable[LifterScores], many: int) -> Iterator[LifterScores]:
    """The same scores, with a bar on standard error where that is a terminal."""
    shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    for done, score in enumerate(scores, 1):
        if shown:
            full = "#" * (_BAR * done // many)
            print(f"\r[{full:<{_BAR}}] {done} of {many}", end="", file=sys.stderr, flush=True)
        yield score
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _as_text(data: dict[str, Any]) -> str:
    lifters, cost = data["lifters"], data["us_per_set"]
    return "\n".join(
        [
            f"Mean absolute error, as the mean over lifters ({lifters} in the file).",
            "",
            _table(data["tasks"], TASKS),
            "",
            "While an exercise has fewer than three days:",
            "",
            _table(data["first_sessions"], FIRST_SESSIONS),
            "",
            f"{cost} µs of processor time a set, to learn from it and to prescribe the next.",
        ]
    )


def _table(tasks: dict[str, dict[str, float]], names: Sequence[str]) -> str:
    """A line a task; a dash where a rule has no say, or nothing could be scored."""
    rules = [rule for rule in _RULES if any(rule in tasks[name] for name in names)] or ["spotter"]
    lines = [
        f"{'':<24}{'rows':>7}{'lifters':>9}" + "".join(f"{_RULES[rule]:>9}" for rule in rules) + "  80% holds"
    ]
    for name in names:
        task = tasks[name]
        cells = "".join(f"{_figure(task.get(rule)):>9}" for rule in rules)
        holds = task.get("coverage80")
        share = "-" if holds is None else f"{100 * holds:.0f}%"
        lines.append(f"{_ASKED[name]:<24}{task['n']:>7,}{task['lifters']:>9}{cells}{share:>11}")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "-" if value is None or not math.isfinite(value) else f"{value:.2f}"
