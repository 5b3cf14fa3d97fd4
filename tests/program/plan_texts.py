"""Plans as people write them, from files: each text with what it should be read as beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.exercises import catalogue
from core.program.grammar import read_plan
from core.program.grammar_problems import PlanProblem
from core.program.values import Plan

CORPUS = Path(__file__).parents[1] / "corpus" / "plans"


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what is expected of it: the plan's own text, or a line a problem, `line:column code word`."""

    name: str
    text: str
    expected: str


def cases(kind: str) -> list[Case]:
    """The texts of `read` or `refused`."""
    files = sorted((CORPUS / kind).glob("*.txt"))
    return [Case(f.stem, f.read_text("utf-8"), f.with_suffix(".expected").read_text("utf-8")) for f in files]


def plan(text: str) -> Plan:
    """The plan of a text that is one."""
    read = read_plan(text, catalogue())
    assert isinstance(read, Plan), as_lines(read)
    return read


def problems(text: str) -> tuple[PlanProblem, ...]:
    """The problems of a text that is no plan."""
    read = read_plan(text, catalogue())
    assert not isinstance(read, Plan), read
    return read


def as_lines(found: tuple[PlanProblem, ...]) -> str:
    """Problems, as the files of the corpus have them."""
    return "".join(f"{one.line}:{one.column} {one.code} {one.text}".rstrip() + "\n" for one in found)
