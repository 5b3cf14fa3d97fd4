"""Telegram: what comes in goes to the dispatch, what it answers goes out through the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from telegram import Bot, BotCommand
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.alarm import Alarm
from bot.commands import COMMANDS
from bot.dispatch import Dispatch
from bot.door import Ready, Refused, Unreachable
from bot.outbox import Outbox
from bot.pacing import Pace
from bot.telegram.handling import Handler
from bot.telegram.inbound import PLATFORM
from bot.telegram.intake import KINDS, Intake
from bot.telegram.polling import CONFLICTS, FIRST_PAUSE, WAIT_S, Contested, Poller
from bot.telegram.request import ANSWER_S, AiohttpRequest
from bot.telegram.sender import LONGEST, PAUSE, TelegramSender
from bot.telegram.webhook import Webhook, listening
from core.store import Store

API = "https://api.telegram.org"
LONGEST_DESCRIPTION = 256
"""Characters that say what a command does."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long polls and answers are waited for, and how long is waited after what failed; the pace of what goes out."""

    wait_s: int = WAIT_S
    answer_s: float = ANSWER_S
    pause: float = FIRST_PAUSE
    send_pause: float = PAUSE
    pace: Pace = field(default_factory=Pace)


class Telegram:
    """The coach on Telegram: by long polling, or at the address of a webhook."""

    def __init__(
        self,
        store: Store,
        token: str,
        clock: Callable[[], datetime],
        *,
        api: str = API,
        webhook: Webhook | None = None,
        timing: Timing | None = None,
    ) -> None:
        base = api.rstrip("/")
        self._store = store
        self._clock = clock
        self._webhook = webhook
        self._timing = timing or Timing()
        self._was_up, self._contested = False, False
        self._polling = AiohttpRequest(base, self._timing.answer_s)
        self._sending = AiohttpRequest(base, self._timing.answer_s)
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._sending,
            get_updates_request=self._polling,
        )

    @property
    def name(self) -> str:
        """What people call it."""
        return "Telegram"

    async def serve(self, ready: Ready = lambda sentence: None) -> None:
        """Serves until cancelled. Raises Refused and Unreachable; once it was up, whatever it is may pass."""
        try:
            await self._serve_once(ready)
        except Contested:
            self._contested = True
            raise
        except Refused as refused:
            if not self._was_up:
                raise
            raise Unreachable(str(refused).removesuffix(".")) from None

    async def _serve_once(self, ready: Ready) -> None:
        """As `serve`; Refused however long it was up."""
        try:
            await self._serve(ready)
        except* (Refused, Unreachable) as group:
            raise group.exceptions[0] from None
        except* InvalidToken:
            raise Refused("Telegram does not know this token; look at TELEGRAM_TOKEN in .env.") from None
        except* TelegramError as group:
            raise Unreachable(type(group.exceptions[0]).__name__) from None

    async def fetch(self, key: str) -> bytes:
        """What is in a file that somebody sent: `key` as in `Attachment`. Raises Unreachable, saying how it failed."""
        try:
            found = await self._bot.get_file(key)
            return bytes(await found.download_as_bytearray())
        except BadRequest as error:
            raise Unreachable(error.message) from None
        except TelegramError as error:
            raise Unreachable(type(error).__name__) from None

    async def _serve(self, ready: Ready) -> None:
        if self._webhook is not None:
            self._webhook.check()
        async with self._opened(), asyncio.TaskGroup() as tasks:
            name, timing = self._bot.username, self._timing
            dispatch = Dispatch(self._store, names=frozenset({name.lower()}), longest=LONGEST)
            await dispatch.serves_as(PLATFORM, str(self._bot.id))
            sender = TelegramSender(self._bot, timing.send_pause)
            outbox = Outbox(self._store, sender, self._clock, timing.pace)
            dispatch.reopened = outbox.wake
            alarm = Alarm(self._store, PLATFORM, dispatch, outbox, self._clock)
            dispatch.sooner = alarm.sooner
            handler = Handler(self._bot, dispatch, outbox, self._clock, tasks)
            intake = Intake(self._bot, handler.handle, handler.plain)
            await self._show_commands()
            tasks.create_task(outbox.run(), name="telegram outbox")
            tasks.create_task(dispatch.learner.run(), name="telegram learner")
            tasks.create_task(alarm.run(), name="telegram alarm")
            if self._webhook is None:
                await self._poll(intake, partial(self._up, ready, f"write to @{name}."))
            else:
                async with self._posted_to(self._webhook, intake):
                    self._up(
                        ready, f"write to @{name}. Port {self._webhook.port} waits for what Telegram sends."
                    )
                    await asyncio.Event().wait()

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        """The bot with its connections. The library leaves them open where it is cancelled while it opens or closes."""
        async with AsyncExitStack() as closing:
            closing.push_async_callback(self._bot.shutdown)
            for request in (self._polling, self._sending):
                closing.push_async_callback(request.shutdown)
                await request.initialize()
            await self._bot.initialize()
            yield

    def _up(self, ready: Ready, sentence: str) -> None:
        self._was_up = True
        ready(sentence)

    async def _poll(self, intake: Intake, up: Callable[[], None]) -> None:
        """Polls until cancelled. Where another program had the token, we are up only when a poll has gone well."""
        timing, contested = self._timing, self._contested
        self._contested = False
        patience = 1 if contested else CONFLICTS
        poller = Poller(
            self._bot, self._polling, wait_s=timing.wait_s, first_pause=timing.pause, patience=patience
        )
        if contested:
            await poller.poll(intake)
        else:
            await self._bot.delete_webhook(drop_pending_updates=False)
        up()
        await poller.run(intake)

    async def _show_commands(self) -> None:
        """The menu beside the text field, set where it is another."""
        menu = tuple(BotCommand(one.name, one.help[:LONGEST_DESCRIPTION]) for one in COMMANDS)
        if await self._bot.get_my_commands() != menu:
            await self._bot.set_my_commands(menu)

    @asynccontextmanager
    async def _posted_to(self, webhook: Webhook, intake: Intake) -> AsyncIterator[None]:
        """Telegram sends updates to the address, and goes on trying when we have stopped."""
        async with listening(webhook, intake.take):
            try:
                await self._bot.set_webhook(
                    webhook.url, allowed_updates=list(KINDS), secret_token=webhook.checked_secret()
                )
            except BadRequest as error:
                raise Refused(f"Telegram does not take TELEGRAM_WEBHOOK_URL: {error.message}") from None
            yield
