"""Values as the database holds them: instants, days and JSON, all of them text.

Instants have one fixed form in UTC, so that they sort as text alike in every database.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from core.model import Failure, Kind, Pain, Ref, Segment, SetEntry, Side

_DEFAULTS = {field.name: field.default for field in fields(SetEntry)}


def write_instant(at: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SS.ffffffZ` (ValueError for a time without offset)."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its offset from UTC")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def read_instant(text: str) -> datetime:
    """The instant, in UTC."""
    return datetime.fromisoformat(text)


def write_instant_or_none(at: datetime | None) -> str | None:
    """As `write_instant`, None for none."""
    return None if at is None else write_instant(at)


def read_instant_or_none(text: str | None) -> datetime | None:
    """As `read_instant`, None for none."""
    return None if text is None else read_instant(text)


def write_json(value: Any) -> str:
    """Compact JSON in ASCII, which holds any text (ValueError for what is no number)."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def read_json(text: str) -> Any:
    """The value that was written; tuples come back as lists."""
    return json.loads(text)


def write_entry(entry: SetEntry) -> str:
    """A set as JSON, without the fields that have their default."""
    held: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        value = getattr(entry, name)
        if value != default:
            held[name] = _WRITTEN[name](value) if name in _WRITTEN else value
    return write_json(held)


@lru_cache(maxsize=4096)
def read_entry(text: str) -> SetEntry:
    """The set that was written. Equal texts give the same value: logs repeat themselves, and values are frozen."""
    held = json.loads(text)
    for name, read in _READ.items():
        if name in held:
            held[name] = read(held[name])
    return SetEntry(**held)


def write_data(value: Any) -> str:
    """A flat dataclass as JSON."""
    return write_json(asdict(value))


def _written_segments(segments: tuple[Segment, ...]) -> list[list[float | None]]:
    return [[segment.load, segment.reps] for segment in segments]


def _read_segments(held: list[list[Any]]) -> tuple[Segment, ...]:
    return tuple(Segment(load, reps) for load, reps in held)


def _written_day(day: date | int) -> str | int:
    return day if isinstance(day, int) else day.isoformat()


def _read_day(held: str | int) -> date | int:
    return held if isinstance(held, int) else date.fromisoformat(held)


_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "segments": _written_segments,
    "pain": lambda pain: [pain.level],
    "day": _written_day,
    "ref": lambda ref: [ref.load_delta, ref.reps],
}
_READ: dict[str, Callable[[Any], Any]] = {
    "kind": Kind,
    "failure": Failure,
    "side": Side,
    "segments": _read_segments,
    "pain": lambda held: Pain(*held),
    "day": _read_day,
    "ref": lambda held: Ref(*held),
}
