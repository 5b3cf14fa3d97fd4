"""Exports as people send them: plain, gzipped, or one or several in a zip; unpacked in memory, and no more than allowed.

Names in a zip are only shown, never opened as paths. What a zip says of its sizes is checked before anything is unpacked,
and what a gzip holds while it is, for that says nothing of its size.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final, Literal, NamedTuple, Protocol

NotUnpackedReason = Literal["broken", "locked", "method", "large", "many", "nested", "empty"]

MOST_BYTES: Final = 256 << 20
"""What a packed file may hold, all of its tables together: about five million sets (own choice)."""

MOST_FILES: Final = 1000
"""How many files a zip may hold (own choice)."""

_GZIP: Final = b"\x1f\x8b"
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY: Final = b"PK\x01\x02"
"""How each file begins in a zip's directory."""

_PIECE: Final = 1 << 20
_LOCKED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_TABLES: Final = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")

_BAD_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError, OverflowError,
)  # fmt: skip
"""What `zipfile` raises for files that are broken, by chance or on purpose."""


class NotUnpacked(Exception):  # noqa: N818 - named for what happened
    """A packed file that is not read.

    `reason`: broken or cut off, locked with a password, packed by an unusual method, too large, too many files, only
    another zip in it, or no table.
    """

    def __init__(self, reason: NotUnpackedReason) -> None:
        super().__init__(reason)
        self.reason: NotUnpackedReason = reason


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Member(NamedTuple):
    """A table: its path in the zip, printable, empty where the file is no zip; and its bytes."""

    name: str
    stream: BinaryIO


def members(stream: BinaryIO, most: int = MOST_BYTES) -> Iterator[Member]:
    """The tables of a file, which is seekable and at its beginning: itself where it is not packed.

    A zip's tables are known by their endings, whatever they hold. At most `most` bytes are unpacked. Raises NotUnpacked.
    """
    head = stream.read(4)
    stream.seek(0)
    if head in _ZIPS:
        yield from _of_zip(stream, most)
    elif head[:2] == _GZIP:
        yield Member("", io.BytesIO(_gunzipped(stream, most)))
    else:
        yield Member("", stream)


def _of_zip(stream: BinaryIO, most: int) -> Iterator[Member]:
    """The tables, unpacked one by one."""
    if sum(piece.count(_ENTRY) for piece in iter(partial(stream.read, _PIECE), b"")) > MOST_FILES:
        raise NotUnpacked("many")  # before the directory is read: each entry takes memory
    try:
        with zipfile.ZipFile(stream) as archive:
            left = most
            for info in _tables(archive.infolist(), most):
                data = _table(archive, info, left)
                left -= len(data)
                yield Member(_printable(info.filename), io.BytesIO(data))
    except _BAD_ZIP:
        raise NotUnpacked("broken") from None


def _tables(infos: list[zipfile.ZipInfo], most: int) -> list[zipfile.ZipInfo]:
    """The files of a zip that may be tables. Raises NotUnpacked where they are none, or cannot be unpacked."""
    tables = [info for info in infos if _is_table(info.filename)]
    if not tables:
        raise NotUnpacked("nested" if any(_ends(info.filename, ".zip") for info in infos) else "empty")
    if any(info.flag_bits & _LOCKED for info in tables):
        raise NotUnpacked("locked")
    if any(info.compress_type not in _METHODS for info in tables):
        raise NotUnpacked("method")
    if sum(info.file_size for info in tables) > most:
        raise NotUnpacked("large")
    return tables


def _is_table(name: str) -> bool:
    hidden = name.startswith("__MACOSX") or name.rpartition("/")[2].startswith(".")
    return _ends(name, *_TABLES) and not hidden


def _ends(name: str, *endings: str) -> bool:
    return name.casefold().endswith(endings)


def _table(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(info) as packed:
        data = _bounded(packed, most)
    return _gunzipped(io.BytesIO(data), most) if data[:2] == _GZIP else data


def _gunzipped(packed: BinaryIO, most: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=packed) as unpacked:
            return _bounded(unpacked, most)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise NotUnpacked("broken") from None


def _bounded(unpacked: _Readable, most: int) -> bytes:
    data = unpacked.read(most + 1)
    if len(data) > most:
        raise NotUnpacked("large")
    return data


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)
