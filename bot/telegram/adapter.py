"""Telegram: what comes in goes to the dispatch, what it answers goes out through the outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from telegram import Bot, BotCommand, Update, User
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.commands import COMMANDS
from bot.dispatch import Dispatch
from bot.door import Ready, Refused, Unreachable
from bot.outbox import Outbox, Pace
from bot.telegram.inbound import inbound_of
from bot.telegram.polling import FIRST_PAUSE, Poller, TokenRefused
from bot.telegram.sender import PAUSE, TelegramSender
from core.store import Store

_log = logging.getLogger(__name__)

API = "https://api.telegram.org"
AT_ONCE = 16
"""Connections to Telegram: with more, the library spends its time looking through them."""
LONGEST = 4096
"""UTF-16 units of a text."""
LONGEST_DESCRIPTION = 256

_BROKE = "Something broke on my side, and that message was not stored. Send it once more?"


@dataclass(frozen=True, slots=True)
class Timing:
    """How long polls wait, and how long is waited after what failed; the pace of what goes out."""

    wait_s: int = 30
    pause: float = FIRST_PAUSE
    send_pause: float = PAUSE
    pace: Pace = field(default_factory=Pace)


class Telegram:
    """The coach on Telegram, by long polling."""

    def __init__(
        self,
        store: Store,
        token: str,
        clock: Callable[[], datetime],
        *,
        api: str = API,
        timing: Timing | None = None,
    ) -> None:
        timing = timing or Timing()
        base = api.rstrip("/")
        self._store = store
        self._clock = clock
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=HTTPXRequest(connection_pool_size=AT_ONCE),
        )
        self._asking = HTTPXRequest(connection_pool_size=1)
        self._poller = Poller(
            self._bot, self._asking, self._take, wait_s=timing.wait_s, first_pause=timing.pause
        )
        sender = TelegramSender(self._bot, timing.send_pause)
        self._outbox = Outbox(store, sender, clock, timing.pace)
        self._dispatch: Dispatch | None = None
        self._me: User | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return "Telegram"

    async def serve(self, ready: Ready = lambda sentence: None) -> None:
        """Serves until cancelled. Raises Refused and Unreachable."""
        try:
            await self._serve(ready)
        except* (InvalidToken, TokenRefused):
            raise Refused("Telegram does not know this token; look at TELEGRAM_TOKEN in .env.") from None
        except* TelegramError as group:
            raise Unreachable(type(group.exceptions[0]).__name__) from None

    async def _serve(self, ready: Ready) -> None:
        async with self._bot, self._asking:
            self._me = await self._bot.get_me()
            name = (self._me.username or "").lower()
            self._dispatch = Dispatch(self._store, names=frozenset({name}), longest=LONGEST)
            await self._bot.set_my_commands(
                [BotCommand(one.name, one.help[:LONGEST_DESCRIPTION]) for one in COMMANDS]
            )
            ready(f"write to @{self._me.username}.")
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._outbox.run(), name="telegram outbox")
                tasks.create_task(self._poller.run(), name="telegram polling")

    async def _take(self, update: Update) -> None:
        assert self._me is not None and self._dispatch is not None
        inbound = inbound_of(update, self._me, self._clock())
        if inbound is not None:
            try:
                await self._dispatch.handle(inbound, now=self._clock())
            except Exception as error:  # one message that breaks us must not hold up all that come after it
                _log.error("Update %s broke: %s", update.update_id, type(error).__name__)
                _log.debug("The story behind it", exc_info=error)
                with suppress(TelegramError):
                    await self._bot.send_message(inbound.chat, _BROKE)
            self._outbox.wake()
        if update.callback_query is not None:
            with suppress(TelegramError):
                await update.callback_query.answer()
