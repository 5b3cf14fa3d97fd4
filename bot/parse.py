"""`spotter parse`: the reading of messages as JSON, without a database. Imports no more than that needs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from core.model import Unit
from core.notation import Setting, parse
from core.notation.data import as_data

USAGE = """\
spotter parse [--unit kg|lb] [--now TIME] [--jsonl] TEXT
spotter parse [--unit kg|lb] [--now TIME] [--jsonl] -

Shows how a message is read, as JSON. With - every line of standard input is a message; with --jsonl
every line is a JSON string, so that a message may hold several lines. TIME (2026-11-20 or
2026-11-20T18:03) is the present: what lies after it is in the future. Exit status 0 where nothing was
refused, 2 otherwise."""


class UsageWrong(Exception):  # noqa: N818 - named for what happened
    """The command line cannot be understood; the text says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for. `text` None: messages come from standard input."""

    text: str | None
    unit: Unit
    today: date
    jsonl: bool


def run(arguments: Sequence[str]) -> int:
    """Prints a reading for each message; the exit status. Raises UsageWrong."""
    asked = _request(arguments)
    # Half of a surrogate pair, which no encoding can write, comes out as the escape that JSON has for it.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    setting = Setting(unit=asked.unit, today=asked.today)
    status = 0
    for message in [asked.text] if asked.text is not None else _messages(sys.stdin.buffer, asked.jsonl):
        data = _not_a_string() if message is None else as_data(parse(message, setting), asked.unit)
        status = 2 if data["problems"] else status
        print(json.dumps(data, ensure_ascii=False), flush=True)
    return status


def _request(arguments: Sequence[str]) -> Request:
    """Options may stand anywhere. Only what begins with two dashes is one: `-5` is a message."""
    words: list[str] = []
    unit, now, jsonl = "kg", None, False
    rest = iter(arguments)
    for word in rest:
        name, _, value = word.partition("=")
        if word == "--":
            words.extend(rest)
        elif name in ("--unit", "--now"):
            value = value or next(rest, "")
            unit, now = (value, now) if name == "--unit" else (unit, value)
        elif word == "--jsonl":
            jsonl = True
        elif word.startswith("--"):
            raise UsageWrong(f"There is no option {word}.")
        else:
            words.append(word)
    return _checked(words, unit, now, jsonl)


def _checked(words: list[str], unit: str, now: str | None, jsonl: bool) -> Request:
    if unit not in get_args(Unit):
        raise UsageWrong("--unit is kg or lb.")
    from_input = words == ["-"] or (jsonl and not words)
    if not words and not from_input:
        raise UsageWrong('Say what to read: spotter parse "squat 100x8 rpe9".')
    if jsonl and not from_input:
        raise UsageWrong("--jsonl reads standard input: put - for the text.")
    return Request(
        None if from_input else " ".join(words), "lb" if unit == "lb" else "kg", _today(now), jsonl
    )


def _today(now: str | None) -> date:
    if now is None:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromisoformat(now).date()
    except ValueError:
        raise UsageWrong("--now is a time such as 2026-11-20T18:03.") from None


def _messages(lines: Iterable[bytes], jsonl: bool) -> Iterator[str | None]:
    """Each line's message; None for what is no JSON string."""
    for raw in lines:
        line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
        if not jsonl:
            yield line
            continue
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            message = None
        yield message if isinstance(message, str) else None


def _not_a_string() -> dict[str, object]:
    return {"sets": [], "problems": [{"text": "", "reason": "not_a_json_string"}]}
