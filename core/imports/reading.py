"""Recognises whose export a file is by its columns, and reads it line by line, however long it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal, Protocol

from core.imports import fitnotes, hevy, logs, strong
from core.imports.cells import Cells, CellUnreadable
from core.imports.rows import NotAnExport, Row, Unreadable

App = Literal["Strong", "Hevy", "FitNotes", "logs"]

_READERS: Final[Sequence[tuple[App, frozenset[str], Callable[[Cells, int], Row | None]]]] = (
    ("logs", logs.COLUMNS, logs.row),
    ("Hevy", hevy.COLUMNS, hevy.row),
    ("Strong", strong.COLUMNS, strong.row),
    ("FitNotes", fitnotes.COLUMNS, fitnotes.row),
)

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class _Table(Protocol):
    """A csv.reader: it counts the lines that it has read."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose export it is, and what it holds: sets, and lines that cannot be read. To be gone through once."""

    app: App
    entries: Iterator[Row | Unreadable]


def read(lines: Iterable[str]) -> Reading:
    """The export that the lines are. Raises NotAnExport."""
    rest = iter(lines)
    heading = next(rest, "")
    table = csv.reader(rest, delimiter=_delimiter(heading))
    columns = [name.strip().casefold() for name in _heading(heading)]
    for app, known, row in _READERS:
        if known <= set(columns):
            return Reading(app, _entries(table, columns, row))
    raise NotAnExport(
        "This is no export of Strong, Hevy or FitNotes that I know: its first line names other columns."
    )


def text_of(stream: BinaryIO) -> Iterator[str]:
    """The lines of a file, in whatever encoding spreadsheets write: UTF-8 or UTF-16 with their marks, else Western."""
    head = stream.read(1 << 16)
    encoding = "utf-16" if head[:2] in _UTF16 else "utf-8-sig" if _is_utf8(head) else "cp1252"
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        yield from text
    finally:
        with suppress(ValueError):  # closed already
            text.detach()  # else it would close what the caller opened


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # a character that the end of the piece cut in two
    return True


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _heading(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return []


def _entries(
    table: _Table, columns: list[str], row: Callable[[Cells, int], Row | None]
) -> Iterator[Row | Unreadable]:
    while True:
        line = table.line_num + 2  # lines of the file, the heading among them: a note may have several
        try:
            parts = next(table)
            if not parts:
                continue
            found = row({name: part.strip() for name, part in zip(columns, parts, strict=False)}, line)
        except StopIteration:
            return
        except csv.Error:
            yield Unreadable(line, "line")
        except CellUnreadable as wrong:
            yield Unreadable(line, wrong.reason)
        else:
            if found is not None:
                yield found
