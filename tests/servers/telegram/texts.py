"""Texts as Telegram counts and reads them: UTF-16 lengths, found entities and the HTML markup of the Bot API."""

from __future__ import annotations

import re
from html import unescape

from tests.servers.telegram.refusals import Json, RefusedError, ours

_FOUND = re.compile(
    r"(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{4,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})(?!\w)"
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z0-9-]*)(?P<attributes>[^>]*)>?")
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]*)""")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9A-Fa-f]+);")
_STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-spoiler": "spoiler", "a": "text_link",
}  # fmt: skip
_ENTITY_FIELDS = {"type", "offset", "length", "url", "user", "language", "custom_emoji_id"}


def units(text: str) -> int:
    """The length in UTF-16 code units, in which every published limit and offset is counted."""
    return len(text.encode("utf-16-le")) // 2


def entities_in(text: str) -> list[Json]:
    """Commands and mentions, marked as the service marks them by itself."""
    return [
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in _FOUND.finditer(text)
    ]


def formatted(text: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """What is shown and its entities; raises `RefusedError` where the markup is broken.

    `HTML` is read; the two Markdown modes are not built and refused.
    """
    given = [_entity(one, units(text)) for one in entities or []]
    if parse_mode is not None:
        if parse_mode.lower() != "html":
            raise ours(f"parse_mode {parse_mode} is not built")
        text, given = _Html(text).read()
    return _stripped(text, given)


def _entity(one: Json, length: int) -> Json:
    if set(one) - _ENTITY_FIELDS or not {"type", "offset", "length"} <= set(one):
        raise RefusedError(f"can't parse MessageEntity: {sorted(one)}")
    if one["offset"] < 0 or one["length"] <= 0 or one["offset"] + one["length"] > length:
        raise RefusedError(
            f"entity beginning at UTF-16 offset {one['offset']} ends after the end of the text"
        )
    return one


def _stripped(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the white space around it, which the service drops."""
    before = units(text) - units(text.lstrip())
    text = text.strip()
    moved = [_within(one, before, units(text)) for one in entities]
    kept = [one for one in moved if one["length"] > 0]
    return text, sorted(kept + entities_in(text), key=lambda one: (one["offset"], -one["length"]))


def _within(one: Json, before: int, length: int) -> Json:
    """An entity of a text that has lost some units before it, cut to what is left."""
    start, end = max(0, one["offset"] - before), min(length, one["offset"] - before + one["length"])
    return one | {"offset": start, "length": end - start}


class _Html:
    """A reader of the HTML style: a few tags, four named references, nothing forgiven."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.shown = ""
        self.open: list[tuple[str, int, str]] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        """The text without tags, and the entities that the tags stood for."""
        at = 0
        while (start := self.source.find("<", at)) >= 0:
            self._add(self.source[at:start])
            at = self._tag(start)
        self._add(self.source[at:])
        if self.open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return self.shown, self.entities

    def _add(self, piece: str) -> None:
        self.shown += _REFERENCE.sub(lambda match: unescape(match.group()), piece)

    def _tag(self, start: int) -> int:
        match = _TAG.match(self.source, start)
        assert match is not None
        at = len(self.source[:start].encode())
        if match["end"]:
            self._close(match["name"].lower(), at)
        else:
            self._begin(match["name"].lower(), match["attributes"], at)
        if not match.group().endswith(">"):
            raise _broken(f"Unclosed start tag at byte offset {at}")
        return match.end()

    def _begin(self, name: str, attributes: str, at: int) -> None:
        if name not in _STYLES:
            raise _broken(f'Unsupported start tag "{name}" at byte offset {at}')
        link = _HREF.search(attributes)
        self.open.append((name, units(self.shown), unescape(link[1]) if link else ""))

    def _close(self, name: str, at: int) -> None:
        if not self.open:
            raise _broken(f"Unexpected end tag at byte offset {at}")
        begun, offset, url = self.open.pop()
        if name not in ("", begun):
            raise _broken(f'Unmatched end tag at byte offset {at}, expected "</{begun}>", found "</{name}>"')
        length = units(self.shown) - offset
        if length and (begun != "a" or url):
            entity = {"type": _STYLES[begun], "offset": offset, "length": length}
            self.entities.append(entity | ({"url": url} if url else {}))


def _broken(text: str) -> RefusedError:
    return RefusedError(f"can't parse entities: {text}")
