"""The corpus of messages in `tests/corpus/notation`: its line form, and how a reading is held against it.

A file is a list of lines `message => expectation`; `#` alone opens a comment, `unit kg` or `unit lb` sets the athlete's
unit from there on, `⏎` in a message is a line break. An expectation is a list of sets, parted by ` ; `:

    3 * squat 100kg x 8 @9        three sets of 8 at 100 kg, RPE 9 (without kg or lb: in the athlete's unit)
    pull-up bw+20 x 5             bodyweight and 20; `bw` alone and `bw-15` likewise
    _ _ x 8                       the carried exercise, the carried load
    _ last +2.5 x 7               leans on the last set
    plank 60s, farmers-walk 40 20m
    fly 20 x 10 > 15 x 8          drops; `rp 3 2` are rest-pause parts
    f, absolute, warmup, amrap, @6+ (at least that far from failure), 4p, slow6, form0, pain4, pain?, t31x0,
    L, R, each, rest150, ss1, day-1, day2025-03-14, "a note"

`actually _ 95` corrects the last set. `asked.txt` has `?` and perhaps readings that must be among those offered, parted
by ` | `; `refused.txt` has `! 1200`, the number that is out of bounds, and the sets of other lines; `talk.txt` has
messages alone. `unsure.txt` has what may be stored, if anything is; `nothing` where nothing may. `"*"` is any note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.model import Exercise, Unit
from core.notation import Setting, parse
from core.notation.data import as_data

FOLDER = Path(__file__).parent.parent / "corpus" / "notation"
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "ru", "zh")
TODAY = date(2026, 11, 22)

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the corpus: where it stands, the message, the athlete's unit, what is expected of it."""

    place: str
    message: str
    unit: Unit
    expected: str


def read(name: str) -> Iterator[Line]:
    """The lines of a file of the corpus."""
    unit: Unit = "kg"
    for number, text in enumerate((FOLDER / name).read_text(encoding="utf-8").split("\n"), start=1):
        if text in ("unit kg", "unit lb"):
            unit = "kg" if text == "unit kg" else "lb"
        elif text and not text.startswith("# ") and text != "#":
            message, _, expected = text.rpartition(" => ") if " => " in text else (text, "", "")
            yield Line(f"{name}:{number}", message.replace("⏎", "\n"), unit, expected)


@cache
def valid() -> tuple[Line, ...]:
    """All lines that say sets or correct one, in all languages."""
    return tuple(line for language in LANGUAGES for line in read(f"valid.{language}.txt"))


def reading(line: Line, carried: Exercise | None = None) -> Data:
    """What the parser makes of a line, in the data form."""
    return as_data(parse(line.message, Setting(unit=line.unit, today=TODAY, carried=carried)), line.unit)


def sets(text: str, unit: Unit) -> list[Data]:
    """The sets that an expectation lists."""
    return [entry for part in text.split(" ; ") if part for entry in _run(part, unit)]


def _run(text: str, unit: Unit) -> list[Data]:
    count = re.match(r"(\d+) \* ", text)
    if count is None:
        return [_set(text, unit)]
    return [_set(text[count.end() :], unit)] * int(count.group(1))


def _set(text: str, unit: Unit) -> Data:
    exercise, *words = re.findall(r'"[^"]*"|\S+', text)
    made: Data = {"exercise": None if exercise == "_" else exercise, "load": None, "unit": unit}
    made |= {"reps": None, "kind": "work"}
    at = 0
    while at < len(words):
        at += _word(made, words, at)
    return made


def _word(made: Data, words: list[str], at: int) -> int:
    """Takes one word (and the numbers that belong to it) into the set; how many words that were."""
    word = words[at]
    if word == "x":
        made["reps"] = int(words[at + 1])
        if "ref" in made:
            made["ref"]["reps"] = made["reps"]
        return 2
    if word == ">":
        drop = {"load": float(words[at + 1]), "reps": int(words[at + 3])}
        made.update(kind="drop", segments=[*made.get("segments", []), drop])
        return 4
    if word == "rp":
        parts = [part for part in words[at + 1 :] if part.isdigit()]
        made.update(kind="rest_pause", segments=[{"load": made["load"], "reps": int(part)} for part in parts])
        return 1 + len(parts)
    made.update(_plain(word, made))
    return 1


_FIXED: dict[str, Data] = {
    "_": {},
    "bw": {"load": 0.0, "bodyweight": True},
    "last": {"ref": {"last": True}},
    "f": {"failure": "technical", "rpe": 10.0},
    "absolute": {"failure": "absolute", "rpe": 10.0},
    "warmup": {"kind": "warmup"},
    "amrap": {"kind": "amrap"},
    "L": {"side": "left"},
    "R": {"side": "right"},
    "each": {"side": "each"},
    "pain?": {"pain": None},
    "day-1": {"day": -1},
}
_COUNTS = {"slow": "slow_from", "form": "form_from", "pain": "pain", "rest": "rest_s", "ss": "superset"}


def _plain(word: str, made: Data) -> Data:
    if word in _FIXED:
        return deepcopy(_FIXED[word])
    if word.startswith('"'):
        return {"note": word[1:-1]}
    if match := re.fullmatch(r"@([\d.]+)(\+?)", word):
        return {"rpe": float(match[1])} | ({"rir_at_least": True} if match[2] else {})
    if match := re.fullmatch(r"(slow|form|pain|rest|ss)(\d+)", word):
        return {_COUNTS[match[1]]: int(match[2])}
    if match := re.fullmatch(r"t([\dx]+)", word):
        return {"tempo": match[1]}
    if match := re.fullmatch(r"day(\d{4}-\d\d-\d\d)", word):
        return {"day": match[1]}
    if match := re.fullmatch(r"(\d+)(p|s)", word):
        return {"partials" if match[2] == "p" else "seconds": int(match[1])}
    if match := re.fullmatch(r"([\d.]+)m", word):
        return {"distance_m": float(match[1])}
    return _load(word, made)


def _load(word: str, made: Data) -> Data:
    match = re.fullmatch(r"(bw)?([+-]?[\d.]+)(kg|lb)?", word)
    if match is None:
        raise ValueError(f"not a word of an expectation: {word}")
    unit = {"unit": match[3]} if match[3] else {}
    if "ref" in made:
        return unit | {"ref": made["ref"] | {"load_delta": float(match[2])}}
    return unit | {"load": float(match[2])} | ({"bodyweight": True} if match[1] else {})


def difference(got: list[Data], expected: list[Data]) -> str | None:
    """In what a list of sets is not the expected one, field by field; None where it is. Names as typed do not count."""
    if len(got) != len(expected):
        return f"{len(got)} sets, not {len(expected)}: {got}"
    for number, (have, want) in enumerate(zip(got, expected, strict=True), start=1):
        for key in sorted((have.keys() | want.keys()) - {"typed"}):
            if key == "note" and want.get(key) == "*":
                continue
            if key not in have or key not in want or have[key] != want[key]:
                return f"set {number}: {key} is {have.get(key, 'not there')}, not {want.get(key, 'there')}"
    return None


def wrong(line: Line, carried: Exercise | None = None) -> str | None:
    """What is wrong with the reading of a line of `valid.*.txt`, after a set of the carried lift; None where it is right."""
    data = reading(line, carried)
    if data["problems"] or "questions" in data:
        return f"not read: {data['problems'] or data['questions'][0]['ask']}"
    if line.expected.startswith("actually "):
        (entry,) = sets(line.expected.removeprefix("actually "), line.unit)
        want = {
            key: value
            for key, value in entry.items()
            if value is not None and key not in ("kind", "bodyweight")
        }
        if "load" not in want:
            want.pop("unit")
        return (
            None if data.get("corrects") == want and not data["sets"] else f"corrects {data.get('corrects')}"
        )
    if "corrects" in data:
        return f"corrects {data['corrects']}"
    return difference(data["sets"], sets(line.expected, line.unit))


def not_asked(line: Line) -> str | None:
    """What is wrong with the reading of a line of `asked.txt`; None where it is asked as expected."""
    data = reading(line)
    if data["sets"] or data["problems"] or not data.get("questions"):
        return f"not asked: {data}"
    offered = [made for question in data["questions"] for made in question["readings"]]
    wanted = [part for part in line.expected.removeprefix("?").strip().split(" | ") if part]
    for part in wanted:
        if all(difference(made, sets(part, line.unit)) is not None for made in offered):
            return f"{part} is not offered, but {offered}"
    return None


def not_refused(line: Line) -> str | None:
    """What is wrong with the reading of a line of `refused.txt`; None where it is refused, and only that line."""
    data = reading(line)
    refused, _, others = line.expected.removeprefix("! ").partition(" ; ")
    if len(data["problems"]) != 1:
        return f"{len(data['problems'])} refused: {data}"
    number = data["problems"][0].get("number", data["problems"][0].get("day"))
    if str(number).removesuffix(".0") != refused:
        return f"refused for {number}, not {refused}"
    return difference(data["sets"], sets(others, line.unit))


def not_talk(line: Line) -> str | None:
    """What was read from a line of `talk.txt`; None where nothing was."""
    data = reading(line)
    return None if data == {"sets": [], "problems": []} else f"read as {data}"


def not_safe(line: Line) -> str | None:
    """What a line of `unsure.txt` stored besides what it may; None where it stored just that, or nothing."""
    data = reading(line)
    if not data["sets"]:
        return None
    if line.expected == "nothing":
        return f"stored {data['sets']}"
    return difference(
        [dict(entry, note="*") for entry in data["sets"]],
        [dict(entry, note="*") for entry in sets(line.expected, line.unit)],
    )


def demand(lines: Iterable[Line], check: Callable[[Line], str | None]) -> None:
    """Fails with all the lines that are not read as expected, one a paragraph."""
    found = [(line, reason) for line in lines if (reason := _checked(line, check)) is not None]
    paragraphs = [
        f"{line.place} ({line.unit}) {line.message!r}\n    {line.expected}\n    {reason}"
        for line, reason in found
    ]
    if paragraphs:
        raise AssertionError("\n".join([f"{len(paragraphs)} lines:", *paragraphs]))


def _checked(line: Line, check: Callable[[Line], str | None]) -> str | None:
    try:
        return check(line)
    except Exception as error:
        return f"failed with {error!r}"
