"""`spotter simulate`: how near the loads of each rule come to the effort aimed at, on simulated lifters; and what comes of
plans."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.simulation import WEEKS, Scores, simulate, unplanned
from core.simulation.plan_scores import PLAN_WEEKS, KindScores, PlanShare, of_kinds, of_plans

USAGE = """\
spotter simulate [--plans] [--json] [--seed N] [--lifters N]

Lets simulated lifters train for half a year by Spotter's loads and by those of other rules, and shows how
near the sets came to the effort aimed at. Every rule meets the same people with the same luck. Another
--seed (1 where none is given) draws other people; 200 of them unless --lifters says otherwise.

With --plans they train by the rules of plans for thirteen weeks, kind by kind (honest, silent, always 8,
coarse loads and so on; 12 of each unless --lifters says otherwise): the share of AMRAPs of 4-13 reps, sets
missed, deloads offered; and how the effort of every ready plan divides, beside 50/30/20."""

LIFTERS: Final = 200
OF_EACH_KIND: Final = 12
MOST_LIFTERS: Final = 100_000
MOST_DIGITS: Final = 18
NAME_WIDTH: Final = 13
NO_PLAN: Final = "no plan"

KIND_WIDTH: Final = 19
KIND_HEADINGS: Final = (
    "kind",
    "AMRAPs",
    "4-13 reps",
    "median",
    "missed",
    "overshot",
    "off by, RPE",
    "deloads",
)
HEADINGS: Final = ("rule", "off by, RPE", "missed", "overshot", "strength", "loads")


class UsageWrong(Exception):  # noqa: N818 - named for what happened
    """The command line cannot be understood; the text says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    seed: int = 1
    lifters: int | None = None
    as_json: bool = False
    plans: bool = False


def run(arguments: Sequence[str]) -> int:
    """Prints the scores; the exit status. Raises UsageWrong."""
    asked = _request(arguments)
    return _of_plans(asked) if asked.plans else _of_rules(asked)


def _of_rules(asked: Request) -> int:
    lifters = LIFTERS if asked.lifters is None else asked.lifters
    found = simulate(asked.seed, lifters, _show_progress)
    _show_progress(NO_PLAN)
    alone = unplanned(asked.seed, lifters)
    if asked.as_json:
        rules = {name: scores._asdict() for name, scores in found.items()}
        said = {"lifters": lifters, "weeks": WEEKS, "rules": rules, "without_plan": alone._asdict()}
        print(json.dumps(said))
    else:
        print("\n".join(_table(found)))
        print("\nSpotter without a plan, by its own targets; sets, reps and effort are its choice:")
        print("\n".join(_table({NO_PLAN: alone})))
        print(f"\n{lifters} lifters, {WEEKS} weeks each, seed {asked.seed}.")
    return 0


def _of_plans(asked: Request) -> int:
    lifters = OF_EACH_KIND if asked.lifters is None else asked.lifters
    kinds = of_kinds(asked.seed, lifters, watch=_show_progress)
    shares = of_plans(asked.seed, watch=_show_progress)
    if asked.as_json:
        told = {name: scores._asdict() for name, scores in kinds.items()}
        ready = [one._asdict() for one in shares]
        print(json.dumps({"lifters": lifters, "weeks": PLAN_WEEKS, "kinds": told, "ready_plans": ready}))
    else:
        print("\n".join(_kinds_table(kinds)))
        print("\n" + "\n".join(_shares_said(shares)))
        print(f"\n{lifters} lifters of each kind, {PLAN_WEEKS} weeks each, seed {asked.seed}.")
    return 0


def _kinds_table(found: Mapping[str, KindScores]) -> Iterator[str]:
    yield _row(KIND_HEADINGS, KIND_WIDTH)
    for name, one in found.items():
        reps = "-" if one.median_reps is None else f"{one.median_reps:g}"
        shares = (_percent(one.in_range, 0), reps, _percent(one.missed, 1), _percent(one.overshoot, 2))
        distance = "-" if one.rpe_distance is None else f"{one.rpe_distance:.2f}"
        yield _row((name, str(one.amraps), *shares, distance, str(one.deloads)), KIND_WIDTH)
    lowered = max((one.lowered for one in found.values()), default=0.0)
    yield f"A learned rating bias alone lowered a load by {lowered:.2%} at the most."


def _percent(share: float | None, digits: int) -> str:
    return "-" if share is None else f"{share:.{digits}%}"


def _shares_said(shares: Sequence[PlanShare]) -> Iterator[str]:
    off = [one for one in shares if one.off is not None]
    near = len(shares) - len(off)
    yield f"Effort of anchors, secondary lifts and the rest: {near} of {len(shares)} ready plans near 50/30/20."
    for one in off:
        parts = "/".join(map(str, one.split))
        yield f"{one.days} days, {one.equipment}, {one.experience}: {parts}"


def _request(arguments: Sequence[str]) -> Request:
    """Options as `--seed 7` or `--seed=7`, in any order."""
    asked = Request()
    rest = iter(arguments)
    for word in rest:
        name, given, value = word.partition("=")
        if word == "--json":
            asked = replace(asked, as_json=True)
        elif word == "--plans":
            asked = replace(asked, plans=True)
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


def _row(cells: Sequence[str], width: int = NAME_WIDTH) -> str:
    first, *others = cells
    return f"{first:<{width}}" + "".join(f"{cell:>13}" for cell in others)
