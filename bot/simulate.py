"""`spotter simulate`: how near the loads of each rule come to the effort aimed at, on simulated lifters."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.simulation import WEEKS, Scores, simulate, unplanned

USAGE = """\
spotter simulate [--json] [--seed N] [--lifters N]

Lets simulated lifters train for half a year by Spotter's loads and by those of other rules, and shows how
near the sets came to the effort aimed at. Every rule meets the same people with the same luck. Another
--seed (1 where none is given) draws other people; 200 of them unless --lifters says otherwise."""

LIFTERS: Final = 200
MOST_LIFTERS: Final = 100_000
MOST_DIGITS: Final = 18
NAME_WIDTH: Final = 13
NO_PLAN: Final = "no plan"

HEADINGS: Final = ("rule", "off by, RPE", "missed", "overshot", "strength", "loads")


class UsageWrong(Exception):  # noqa: N818 - named for what happened
    """The command line cannot be understood; the text says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    seed: int = 1
    lifters: int = LIFTERS
    as_json: bool = False


def run(arguments: Sequence[str]) -> int:
    """Prints the scores; the exit status. Raises UsageWrong."""
    asked = _request(arguments)
    found = simulate(asked.seed, asked.lifters, _show_progress)
    _show_progress(NO_PLAN)
    alone = unplanned(asked.seed, asked.lifters)
    if asked.as_json:
        rules = {name: scores._asdict() for name, scores in found.items()}
        said = {"lifters": asked.lifters, "weeks": WEEKS, "rules": rules, "without_plan": alone._asdict()}
        print(json.dumps(said))
    else:
        print("\n".join(_table(found)))
        print("\nSpotter without a plan, by its own targets; sets, reps and effort are its choice:")
        print("\n".join(_table({NO_PLAN: alone})))
        print(f"\n{asked.lifters} lifters, {WEEKS} weeks each, seed {asked.seed}.")
    return 0


def _request(arguments: Sequence[str]) -> Request:
    """Options as `--seed 7` or `--seed=7`, in any order."""
    asked = Request()
    rest = iter(arguments)
    for word in rest:
        name, given, value = word.partition("=")
        if word == "--json":
            asked = replace(asked, as_json=True)
        elif name == "--seed":
            asked = replace(asked, seed=_number(name, value if given else next(rest, ""), 0, None))
        elif name == "--lifters":
            asked = replace(asked, lifters=_number(name, value if given else next(rest, ""), 1, MOST_LIFTERS))
        else:
            raise UsageWrong(f"There is no option {word}.")
    return asked


def _number(name: str, text: str, least: int, most: int | None) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
    if number is None or number < least or (most is not None and number > most):
        upper = "" if most is None else f" to {most}"
        raise UsageWrong(f"{name} needs a whole number from {least}{upper}.")
    return number


def _show_progress(name: str) -> None:
    """Says on a terminal what is being worked on; nothing where the output is read by something else."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r{name:<{NAME_WIDTH}}", end="\r", file=sys.stderr, flush=True)


def _table(found: Mapping[str, Scores]) -> Iterator[str]:
    yield _row(HEADINGS)
    for name, one in found.items():
        shares = (f"{one.missed:.1%}", f"{one.overshoot:.2%}")
        gains = (f"{one.progress:+.1f}%", f"{one.load_progress:+.1f}%")
        yield _row((name, f"{one.rpe_distance:.2f}", *shares, *gains))


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    return f"{first:<{NAME_WIDTH}}" + "".join(f"{cell:>13}" for cell in others)
