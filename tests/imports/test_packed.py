"""Exports that come gzipped or in a zip; and files that only look so."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports import NotAnExport, NotUnpacked, Row, members, read, text_of
from tests.imports.packs import locked, lying, of_zeros, zipped

EXPORTS = Path(__file__).parent.parent / "corpus" / "exports"
STRONG = (EXPORTS / "strong-kg.csv").read_bytes()
HEVY = (EXPORTS / "hevy-kg.csv").read_bytes()


def _unpacked(data: bytes, most: int = 1 << 20) -> dict[str, bytes]:
    return {name: table.read() for name, table in members(io.BytesIO(data), most)}


@pytest.mark.parametrize(
    ("data", "tables"),
    [
        (STRONG, {"": STRONG}),
        (gzip.compress(STRONG), {"": STRONG}),
        (zipped({"strong.csv": STRONG}), {"strong.csv": STRONG}),
        (zipped({"strong.csv": STRONG}, zipfile.ZIP_STORED), {"strong.csv": STRONG}),
        (zipped({"a/strong.csv": STRONG, "b/hevy.CSV": HEVY}), {"a/strong.csv": STRONG, "b/hevy.CSV": HEVY}),
        (zipped({"strong.csv.gz": gzip.compress(STRONG)}), {"strong.csv.gz": STRONG}),
        (zipped({"strong.csv": STRONG, "squat.jpg": b"\xff\xd8", "old.zip": b"PK"}), {"strong.csv": STRONG}),
        (zipped({"strong.csv": STRONG, "__MACOSX/._strong.csv": b"\x00\x05", ".x.csv": b""}), {"strong.csv": STRONG}),
        (zipped({"../../\x1b[31mx.csv": STRONG}), {"../../?[31mx.csv": STRONG}),
        (b"", {"": b""}),
    ],
    ids=["plain", "gzip", "zip", "stored", "two", "gzip in a zip", "others", "hidden", "hostile name", "nothing"],
)  # fmt: skip
def test_tables_are_found_and_unpacked(data: bytes, tables: dict[str, bytes]) -> None:
    assert _unpacked(data) == tables


def test_what_was_unpacked_is_read_as_ever() -> None:
    ((_, table),) = members(io.BytesIO(zipped({"strong.csv": STRONG})))
    reading = read(text_of(table))
    assert reading.app == "Strong"
    assert list(reading.entries) == list(read(text_of(io.BytesIO(STRONG))).entries)


BIG = bytes(2 << 20)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(STRONG)[:999], "broken"),
        (b"\x1f\x8b no gzip", "broken"),
        (b"PK\x03\x04 no zip", "broken"),
        (zipped({"strong.csv": STRONG})[:-9], "broken"),
        (zipped({"strong.csv": STRONG}).replace(b"PK\x01\x02", b"PK\x01\x03"), "broken"),
        (zipped({"strong.csv": STRONG})[:99] + bytes(99) + zipped({"strong.csv": STRONG})[198:], "broken"),
        (zipped({"strong.csv.gz": gzip.compress(STRONG)[:999]}), "broken"),
        (lying(zipped({"strong.csv": BIG}), 1000), "broken"),
        (locked(zipped({"strong.csv": STRONG})), "locked"),
        (zipped({"strong.csv": STRONG}, zipfile.ZIP_LZMA), "method"),
        (zipped({"strong.csv": STRONG}, zipfile.ZIP_BZIP2), "method"),
        (gzip.compress(BIG), "large"),
        (zipped({"strong.csv": BIG}), "large"),
        (zipped({"a.csv": BIG[: 1 << 19], "b.csv": BIG[: 1 << 19], "c.csv": b"."}), "large"),
        (zipped({"strong.csv.gz": gzip.compress(BIG)}), "large"),
        (zipped({"a.csv.gz": gzip.compress(BIG[: 1 << 20]), "b.csv.gz": gzip.compress(b".")}), "large"),
        (zipped({f"{number}.csv": b"" for number in range(1001)}), "many"),
        (zipped({"exports.zip": zipped({"strong.csv": STRONG})}), "nested"),
        (zipped({"exports.ZIP": b"", "photo.jpg": b""}), "nested"),
        (zipped({"photo.jpg": b""}), "empty"),
        (zipped({}), "empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_unpacked_is_refused_by_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotUnpacked) as refused:
        _unpacked(data)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "bomb",
    [lying(zipped({"strong.csv": b"x"}), 2_000_000_000), zipped({"strong.csv.gz": of_zeros(512 << 20)})],
    ids=["in a zip", "in a gzip"],
)
def test_bombs_are_refused_at_the_usual_bound(bomb: bytes) -> None:
    assert len(bomb) < 1 << 20
    with pytest.raises(NotUnpacked, match="large"):
        list(members(io.BytesIO(bomb)))


SOUND = zipped({"strong.csv": STRONG[:2000], "hevy.csv.gz": gzip.compress(HEVY[:2000], mtime=0)})


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_zip_is_read_or_refused(damages: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for at, byte in damages:
        data[at] = byte
    try:
        for _, table in members(io.BytesIO(bytes(data)), 1 << 20):
            assert list(read(text_of(table)).entries)
    except (NotUnpacked, NotAnExport) as refused:
        assert str(refused)


@given(st.binary(max_size=200))
def test_any_bytes_that_begin_as_a_packed_file_are_read_or_refused(rest: bytes) -> None:
    for head in (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"):
        with pytest.raises(NotUnpacked):
            list(members(io.BytesIO(head + rest)))


def test_the_rows_of_several_exports_are_all_there() -> None:
    packed = members(io.BytesIO(zipped({"strong.csv": STRONG, "hevy.csv": HEVY})))
    rows = [entry for _, table in packed for entry in read(text_of(table)).entries]
    assert len(rows) == 399 + 393
    assert all(isinstance(row, Row) for row in rows)
