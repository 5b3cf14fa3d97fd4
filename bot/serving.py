"""Serving the platforms that have a token, until the process is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from datetime import UTC, datetime

from telegram.error import InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram.adapter import Telegram
from bot.telegram.polling import TokenRefused
from core.store import open_store

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between two tries to reach a platform, doubled each time."""

_log = logging.getLogger(__name__)


class CannotServe(Exception):  # noqa: N818 - named for what happened
    """A platform refuses us for good; the text is a sentence."""


class _WithoutSecrets(logging.Filter):
    """Takes the token out of every line: libraries log addresses that it stands in."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if self._secret in text:
            record.msg, record.args = text.replace(self._secret, "…"), ()
        return True


def present() -> datetime:
    """The time on the clock, in UTC."""
    return datetime.now(UTC)


async def serve(settings: Settings) -> None:
    """Serves until SIGTERM or Ctrl-C; what is on its way then is let through. Raises CannotServe."""
    assert settings.telegram_token is not None
    token = settings.telegram_token.get_secret_value()
    _keep_out_of_logs(token)
    store = await open_store(settings.database_url, now=present())
    try:
        coach = Telegram(store, token, present, api=settings.telegram_api)
        serving = asyncio.create_task(_telegram(coach), name="telegram")
        _stop_on_signals(serving)
        with suppress(asyncio.CancelledError):
            await serving
    finally:
        await store.close()


async def _telegram(coach: Telegram) -> None:
    """Telegram, tried again for as long as it cannot be reached."""
    pause = FIRST_PAUSE
    while True:
        try:
            await coach.serve(
                lambda name: print(f"Telegram is up: write to {name}. Ctrl-C stops.", flush=True)
            )
        except* (InvalidToken, TokenRefused):
            raise CannotServe("Telegram does not know this token; look at TELEGRAM_TOKEN in .env.") from None
        except* TelegramError as group:
            _log.warning("Telegram cannot be reached (%s); trying again.", type(group.exceptions[0]).__name__)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, 2 * pause)


def _keep_out_of_logs(secret: str) -> None:
    for handler in logging.getLogger().handlers:
        handler.addFilter(_WithoutSecrets(secret))
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _stop_on_signals(task: asyncio.Task[None]) -> None:
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as an exception there
            loop.add_signal_handler(one, task.cancel)
