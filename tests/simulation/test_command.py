"""`spotter simulate`: its JSON, its table, and what it does not understand."""

from __future__ import annotations

import json

import pytest

from bot.__main__ import main

RULES = ["spotter", "rts_last", "epley_best3", "gymcoach", "helms", "linear", "keylifts"]
SCORES = ["rpe_distance", "missed", "overshoot", "progress", "load_progress"]


def test_json_holds_every_rule_with_every_score(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--json", "--seed", "2", "--lifters=2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lifters"], told["weeks"], list(told["rules"])) == (2, 24, RULES)
    assert all(list(scores) == SCORES for scores in told["rules"].values())


def test_the_table_has_a_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--lifters", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1 : 1 + len(RULES)]] == RULES


@pytest.mark.parametrize(
    "wrong", [["--lifters"], ["--lifters", "0"], ["--lifters=many"], ["--seed", "-1"], ["--fast"], ["200"]]
)
def test_what_it_does_not_understand_it_says(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", *wrong]) == 2
    assert "spotter simulate --help" in capsys.readouterr().err
