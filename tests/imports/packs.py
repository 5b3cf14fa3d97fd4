"""Files as they come packed: zips and gzips, sound and hostile."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The zip with its first file's flag for a password set."""
    at = data.index(b"PK\x01\x02")
    return data[:8] + b"\x01" + data[9 : at + 8] + b"\x01" + data[at + 9 :]


def lying(data: bytes, size: int) -> bytes:
    """The zip, its first file said to be of this size."""
    at = data.index(b"PK\x01\x02")
    said = size.to_bytes(4, "little")
    return data[:22] + said + data[26 : at + 24] + said + data[at + 28 :]


def of_zeros(size: int) -> bytes:
    """So many bytes of nothing, gzipped."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        for _ in range(size >> 20):
            packed.write(bytes(1 << 20))
    return out.getvalue()
