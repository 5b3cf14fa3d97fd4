"""The size of a picture, read from its first bytes."""

from __future__ import annotations

from tests.servers.telegram.refusals import RefusedError

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG segments that say the size
_MOST_SIDES = 10_000  # pixels, width and height together
_MOST_RATIO = 20


def photo_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG; raises `RefusedError` for what cannot be sent as a photo."""
    size = _png(content) if content.startswith(_PNG) else _jpeg(content)
    if size is None:
        raise RefusedError("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > _MOST_SIDES or max(size) > _MOST_RATIO * min(size):
        raise RefusedError("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(content: bytes) -> tuple[int, int] | None:
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2 if content.startswith(_JPEG) else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
