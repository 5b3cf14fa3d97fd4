"""Updates as they come over the wire → each read by itself and handled, those of a chat one after the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Bot, Update

_log = logging.getLogger(__name__)

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask for."""

Handle = Callable[[Update], Awaitable[None]]
Plain = tuple[int, Callable[[], Awaitable[None]]]
"""The chat of an update that is nothing but words, and what is done about it."""


class Intake:
    """Where polling and the webhook bring what they got. An update that cannot be read holds up nothing.

    What is `plain` is read past the library.
    """

    def __init__(
        self, bot: Bot, handle: Handle, plain: Callable[[object], Plain | None] = lambda raw: None
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._plain = plain
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._continues: dict[int, int] = {}

    async def take(self, raw: object) -> None:
        """Returns when what the update does is on disk. Updates of a chat are done in the order of the calls."""
        plain = self._plain(raw)
        if plain is not None:
            chat, work = plain
            async with self._lane(chat):
                await work()
            return
        update = self._read(raw)
        if update is not None:
            async with self._lane(self._chat(update)):
                await self._handle(update)

    def _read(self, raw: Any) -> Update | None:
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:  # whatever it is, it must not hold up what stands behind it
            number = raw.get("update_id") if isinstance(raw, dict) else None
            _log.warning("Update %s cannot be read (%s) and is set aside.", number, type(error).__name__)
            return None

    def _chat(self, update: Update) -> int:
        """Where it happened; of a group that became a supergroup it is noted what that continues."""
        chat = update.effective_chat
        number = 0 if chat is None else chat.id
        before = update.message.migrate_from_chat_id if update.message is not None else None
        if before is not None:
            self._continues[number] = before
        return number

    def _lane(self, chat: int) -> asyncio.Lock:
        """What one waits for. A group that became a supergroup goes on behind what was said before."""
        number = self._continues.get(chat, chat)
        lane = self._lanes.get(number)
        if lane is None:
            lane = self._lanes[number] = asyncio.Lock()
        return lane
