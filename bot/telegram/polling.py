"""Long polling that acknowledges an update only when its effect and its reply are on disk.

The library's own updater acknowledges a batch as soon as it is queued, and asks for the same batch for ever where it
cannot parse one of it. Here the next batch is asked for when the last has been handled.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.door import Unreachable
from bot.telegram.intake import KINDS, Intake
from bot.telegram.sender import seconds_of

_log = logging.getLogger(__name__)

WAIT_S = 30
"""Seconds that Telegram keeps a poll while there is nothing to tell."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
CONFLICT_PAUSE = 15.0
"""The longest pause after a conflict: shorter than a poll, so that of two that poll none ever thinks itself alone."""
CONFLICTS = 10
"""So many in a row, and we leave the field to the other (own choice)."""


class Contested(Unreachable):
    """Another program uses the same token, and Telegram serves only one."""


class Poller:
    """Asks Telegram for updates. `request` is used for nothing else, as a poll holds its connection.

    After `patience` conflicts in a row the field is left to the other program.
    """

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        *,
        wait_s: int = WAIT_S,
        first_pause: float = FIRST_PAUSE,
        patience: int = CONFLICTS,
    ) -> None:
        self._bot = bot
        self._request = request
        self._wait_s = wait_s
        self._first_pause = first_pause
        self._patience = patience
        self._offset = 0
        self._pause = first_pause
        self._conflicts = 0

    async def run(self, intake: Intake) -> None:
        """Polls until cancelled. Raises InvalidToken, and Contested where another program keeps polling."""
        while True:
            await self.poll(intake)

    async def poll(self, intake: Intake) -> None:
        """Returns when one poll went well and what it brought is done. Raises as `run` does."""
        while True:
            try:
                raw = await self._fetched()
            except TelegramError as error:
                await asyncio.sleep(self._after(error))
            else:
                break
        self._went_well()
        await asyncio.gather(*(intake.take(one) for one in raw))
        if raw:
            self._offset = max(int(one["update_id"]) for one in raw) + 1

    async def _fetched(self) -> Sequence[dict[str, Any]]:
        asked = {
            "offset": self._offset,
            "timeout": self._wait_s,
            "allowed_updates": json.dumps(KINDS),
        }
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        patience = self._wait_s + (self._request.read_timeout or 0)
        result = await self._request.post(url, read_timeout=patience)
        return result if isinstance(result, list) else []

    def _went_well(self) -> None:
        if self._pause > self._first_pause:
            _log.warning("Telegram answers again.")
        self._pause, self._conflicts = self._first_pause, 0

    def _after(self, error: TelegramError) -> float:
        """Seconds until the next try. Only the first failure in a row is told."""
        match error:
            case InvalidToken():
                raise error
            case RetryAfter():
                return seconds_of(error)
            case Conflict():
                return self._after_conflict(error)
        if self._pause == self._first_pause:
            _log.warning("Telegram cannot be reached (%s); I go on trying.", type(error).__name__)
        return self._next_pause(LONGEST_PAUSE)

    def _after_conflict(self, error: Conflict) -> float:
        by_webhook = "webhook" in error.message.casefold()
        does = "set a webhook" if by_webhook else "polls Telegram"
        self._conflicts += 1
        if self._conflicts >= self._patience:
            raise Contested(
                f"another program {does} with this token, and Telegram serves only one: stop that one, or give "
                "this one a bot of its own in TELEGRAM_TOKEN"
            )
        if self._conflicts == 1:
            _log.warning("Another program %s with this token; I go on trying for a while.", does)
        return self._next_pause(CONFLICT_PAUSE)

    def _next_pause(self, longest: float) -> float:
        pause = min(longest, self._pause)
        self._pause = min(LONGEST_PAUSE, 2 * self._pause)
        return pause
