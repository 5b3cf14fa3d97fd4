"""`spotter backtest` as its users meet it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA

import pytest

from bot.__main__ import main
from tests.imports.packs import locked, lying, zipped

EXPORTS = Path(__file__).parent.parent / "corpus" / "exports"
HEADING = "lifter,day,exercise,set,load_kg,reps,rpe,target_rpe,kind,bodyweight"


def _log(lifters: int = 3, days: int = 30) -> str:
    lines = [
        f"L{lifter:02},{day * 3},squat,{day * 2 + place},{100 + (day * lifter) % 4 * 2.5},{5 + day % 3},{7 + (day + place) % 4 / 2},,normal,0"
        for lifter in range(1, lifters + 1)
        for day in range(days)
        for place in (0, 1)
    ]
    return "\n".join([HEADING, *lines]) + "\n"


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["backtest", *arguments, "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    found: dict[str, Any] = json.loads(printed.out)
    return found


@pytest.mark.parametrize("export", sorted(EXPORTS.glob("*.csv")), ids=lambda path: path.stem)
def test_every_export_is_scored(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _json(capsys, str(export))
    assert data["lifters"] == 1
    assert data["tasks"]["reps_changed_load_no_rpe"]["n"] > 0
    assert main(["backtest", str(export)]) == 0
    assert "Spotter" in capsys.readouterr().out


def test_the_scores_have_the_form_that_was_agreed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.csv"
    log.write_text(_log())
    data = _json(capsys, str(log))
    assert data["lifters"] == 3
    assert data["us_per_set"] > 0
    rules = {"n", "spotter", "repeat_last", "nearest", "epley", "brzycki", "rts", "coverage80"}
    assert rules <= set(data["tasks"]["rpe_first"])
    assert list(data["tasks"]) == [
        "rpe_first", "rpe_second", "reps_changed_load", "reps_changed_load_no_rpe", "load",
    ]  # fmt: skip
    assert list(data["by_lifter"]) == ["L01", "L02", "L03"]
    assert data["by_lifter"]["L02"]["rpe_first"]["n"] == 27


def test_gzip_and_several_processes_change_no_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, packed = tmp_path / "log.csv", tmp_path / "log.csv.gz"
    plain.write_text(_log())
    packed.write_bytes(gzip.compress(_log().encode()))
    one, two = _json(capsys, str(plain)), _json(capsys, str(packed), "--jobs", "2")
    one.pop("us_per_set"), two.pop("us_per_set")
    assert one == two


def test_a_zip_changes_no_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, packed, inside = tmp_path / "log.csv", tmp_path / "log.zip", tmp_path / "inside.zip"
    plain.write_text(_log())
    packed.write_bytes(zipped({"log.csv": _log().encode(), "readme.txt": b"my log", "me.jpg": b"\xff"}))
    inside.write_bytes(zipped({"log.csv.gz": gzip.compress(_log().encode())}))
    scores = [_json(capsys, str(path)) for path in (plain, packed, inside)]
    for one in scores:
        one.pop("us_per_set")
    assert scores[0] == scores[1] == scores[2]


def test_each_export_of_a_zip_is_a_lifter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "all.zip"
    names = ("strong-kg.csv", "hevy-kg.csv", "fitnotes-lb.csv")
    exports = {f"gym/{name}": (EXPORTS / name).read_bytes() for name in names}
    packed.write_bytes(zipped(exports | {"log.csv": _log().encode()}))
    data = _json(capsys, str(packed))
    assert set(data["by_lifter"]) == {*exports, "L01", "L02", "L03"}
    alone = _json(capsys, str(EXPORTS / "hevy-kg.csv"))
    assert data["by_lifter"]["gym/hevy-kg.csv"] == alone["by_lifter"]["you"]


def test_lines_of_a_zip_are_named_with_their_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "all.zip"
    bad = "L01,soon,squat,1,100,5,8,,normal,0\n"
    packed.write_bytes(zipped({"a.csv": (_log() + bad).encode(), "b.csv": f"{HEADING}\n{bad}".encode()}))
    assert main(["backtest", str(packed)]) == 0
    assert capsys.readouterr().err == "2 lines could not be read: a.csv:182, b.csv:2.\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no export"),
        (b"\x00\x01\x02\xff" * 999, "no export"),
        (b"a,b,c\n1,2,3\n", "no export"),
        (HEADING.encode(), "holds no sets"),
        ((HEADING + "\nL1,0,squat,1,,8,,,normal,0\n").encode(), "holds no sets"),
        (gzip.compress(_log().encode(), mtime=0)[:60], "broken or cut off"),
        (b"\x1f\x8b no gzip", "broken or cut off"),
        (zipped({"log.csv": _log().encode()})[:-9], "broken or cut off"),
        (zipped({"log.csv": b"a,b,c\n1,2,3\n", "readme.txt": b"my log"}), "no export"),
        (zipped({"log.csv": HEADING.encode()}), "holds no sets"),
        (lying(zipped({"log.csv": b"x"}), 2_000_000_000), "more than 256 MB"),
        (locked(zipped({"log.csv": _log().encode()})), "password"),
        (zipped({"log.csv": _log().encode()}, ZIP_LZMA), "a way that I do not read"),
        (zipped({f"{number}.csv": b"" for number in range(1001)}), "too many files"),
        (zipped({"log.zip": zipped({"log.csv": _log().encode()})}), "another zip"),
        (zipped({"me.jpg": b"\xff"}), "no CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    content: bytes, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_bytes(content)
    assert main(["backtest", str(log)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and sentence in printed.err and printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name one file"),
        (["a.csv", "b.csv"], "Name one file"),
        (["/nowhere/at all.csv"], "no such file"),
        (["/"], "a folder"),
        (["a.csv", "--fast"], "no option --fast"),
        (["a.csv", "--jobs", "0"], "--jobs"),
        (["a.csv", "--jobs=many"], "--jobs"),
        (["a.csv", "--jobs"], "--jobs"),
    ],
)
def test_a_wrong_command_line_is_refused(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backtest", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_text(_log() + "L01,soon,squat,1,100,5,8,,normal,0\nL01,300,squat,1,heavy,5,8,,normal,0\n")
    assert main(["backtest", str(log)]) == 0
    assert capsys.readouterr().err == "2 lines could not be read: 182, 183.\n"


def test_help_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", "--help"]) == 0
    assert "--json" in capsys.readouterr().out
    assert main(["help"]) == 0
    assert "spotter backtest FILE" in capsys.readouterr().out
