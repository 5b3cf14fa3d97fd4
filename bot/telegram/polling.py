"""Long polling that acknowledges an update only when its effect and its reply are on disk.

The library's own updater acknowledges a batch as soon as it is queued, and asks for the same batch for ever where it
cannot parse one of it. Here each update is parsed by itself, a bad one is set aside with a line in the log, and the
next batch is asked for when the last has been handled.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

_log = logging.getLogger(__name__)

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask for."""

WAIT_S: Final = 30
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0

Handle = Callable[[Update], Awaitable[None]]


class TokenRefused(Exception):  # noqa: N818 - named for what happened
    """Telegram does not know the token."""


class Poller:
    """Asks Telegram for updates and hands them over, those of a chat one after the other."""

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        handle: Handle,
        *,
        wait_s: int = WAIT_S,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self._bot = bot
        self._request = request
        self._handle = handle
        self._wait_s = wait_s
        self._first_pause = first_pause
        self._offset = 0

    async def run(self) -> None:
        """Polls until cancelled. Raises TokenRefused."""
        pause = self._first_pause
        while True:
            try:
                await self.once()
                pause = self._first_pause
            except InvalidToken:
                raise TokenRefused("Telegram does not know TELEGRAM_TOKEN.") from None
            except Conflict:
                _log.warning("Another program polls Telegram with the same token; I go on trying.")
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, 2 * pause)
            except RetryAfter as error:
                seconds = error.retry_after
                await asyncio.sleep(seconds if isinstance(seconds, int) else seconds.total_seconds())
            except TelegramError as error:
                _log.warning("Telegram cannot be reached (%s); trying again.", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, 2 * pause)

    async def once(self) -> None:
        """One batch: fetched, handled, and only then acknowledged by what is asked for next."""
        raw = await self._fetched()
        chats: dict[int, list[Update]] = {}
        for one in raw:
            update = self._parsed(one)
            if update is not None:
                chat = update.effective_chat
                chats.setdefault(0 if chat is None else chat.id, []).append(update)
        await asyncio.gather(*(self._in_order(updates) for updates in chats.values()))
        if raw:
            self._offset = max(int(one["update_id"]) for one in raw) + 1

    async def _fetched(self) -> Sequence[dict[str, Any]]:
        asked = {
            "offset": self._offset,
            "timeout": self._wait_s,
            "allowed_updates": json.dumps(KINDS),
        }
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        result = await self._request.post(url, read_timeout=self._wait_s + 10)
        return result if isinstance(result, list) else []

    def _parsed(self, raw: dict[str, Any]) -> Update | None:
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:  # whatever it is, it must not hold up what stands behind it
            _log.warning(
                "Update %s cannot be read (%s) and is set aside.", raw.get("update_id"), type(error).__name__
            )
            return None

    async def _in_order(self, updates: Sequence[Update]) -> None:
        for update in updates:
            await self._handle(update)
