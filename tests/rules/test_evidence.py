"""Every reason has its evidence, and every piece of evidence its source."""

from __future__ import annotations

import ast
from pathlib import Path

import core
from core.evidence import REASONS, SOURCES

RULES = Path(core.__file__).parent
MODULES = (
    "autoregulation",
    "double_progression",
    "expectation",
    "limits",
    "prescription",
    "progression",
    "targets",
    "timed",
    "coach/in_plan",
)


def _codes() -> set[str]:
    """The codes written in the rules: the first argument of every `Reason(...)`."""
    found: set[str] = set()
    for name in MODULES:
        tree = ast.parse((RULES / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Reason", "_held")
            ):
                found |= {
                    text.value
                    for argument in node.args
                    for text in ast.walk(argument)
                    if isinstance(text, ast.Constant)
                    and isinstance(text.value, str)
                    and text.value in REASONS
                }
                first = node.args[0]
                if node.func.id == "Reason" and isinstance(first, ast.Constant):
                    assert first.value in REASONS
    return found


def test_every_code_in_the_rules_has_evidence_and_none_is_idle() -> None:
    assert _codes() | {"pain_return", "pain_lower"} == set(REASONS)


def test_every_source_named_is_known_and_none_is_idle_among_the_papers() -> None:
    named = {key for evidence in REASONS.values() for key in evidence.sources}
    assert named <= set(SOURCES)


def test_what_has_no_source_is_our_own_choice() -> None:
    for evidence in REASONS.values():
        assert evidence.sources or evidence.own_choice


def test_the_papers_have_their_doi() -> None:
    expected = {
        "HELMS_2018": "10.3389/fphys.2018.00247",
        "HALPERIN_2022": "10.1007/s40279-021-01559-x",
        "REFALO_2024": "10.1519/JSC.0000000000004653",
        "MAYHEW_2008": "10.1519/JSC.0b013e31817b02ad",
        "GRGIC_2020": "10.1186/s40798-020-00260-z",
    }
    assert {key: source.doi for key, source in SOURCES.items() if source.doi is not None} == expected


def test_the_five_sources_of_the_system_are_there() -> None:
    assert {"HIT", "EQUAL", "BLOCKS", "LIMIT", "FORM"} <= set(SOURCES)
    assert SOURCES["MAYHEW_2008"].second_hand
    assert SOURCES["GRGIC_2020"].second_hand
