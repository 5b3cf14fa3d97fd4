"""A channel's messages as they stand there now, each read by itself: one that the library cannot read stops no other."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

import discord

_log = logging.getLogger(__name__)

Row = Mapping[str, Any]
Rows = Callable[[str, int, int | None], Awaitable[Sequence[Row]]]
"""So many messages of a chat as the service gives them, newest first: those that follow a number, or the last ones."""
Reader = Callable[[str, Row], discord.Message]
Read = Callable[[], discord.Message]
"""Reads a message. Raises whatever the library does."""

RECENT = 50
"""Messages of a chat that are looked at again for what was edited meanwhile (own choice)."""
PAGE = 100
"""The most that the service gives at once."""

Entry = tuple[int, Read]
"""A message's number, and how it is read."""


class History:
    """Reads channels, always in the order in which things were said. Raises what the library raises."""

    def __init__(self, rows: Rows, reader: Reader) -> None:
        self._rows = rows
        self._reader = reader

    async def recent(self, chat: str) -> tuple[list[Entry], bool]:
        """The last messages, and whether there can be others before them."""
        rows = await self._rows(chat, RECENT, None)
        return self._entries(chat, rows), len(rows) >= RECENT

    async def after(self, chat: str, number: int) -> AsyncIterator[Entry]:
        """All that follow a number."""
        while True:
            rows = await self._rows(chat, PAGE, number)
            page = self._entries(chat, rows)
            for entry in page:
                yield entry
            if len(rows) < PAGE or not page:
                return
            number = page[-1][0]

    def _entries(self, chat: str, rows: Sequence[Row]) -> list[Entry]:
        found = []
        for row in rows:
            try:
                found.append((int(row["id"]), partial(self._reader, chat, row)))
            except (KeyError, TypeError, ValueError) as error:
                set_aside(error)
        return sorted(found, key=lambda entry: entry[0])


def set_aside(error: Exception) -> None:
    """Tells of a message that cannot be read."""
    _log.warning("A message out of history cannot be read (%s) and is set aside.", type(error).__name__)
