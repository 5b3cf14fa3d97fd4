"""Serving the platforms that have a token, each supervised by itself, until the process is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from pydantic import SecretStr

from bot.door import Door, Ready, Refused, Unreachable
from bot.housekeeping import Housekeeping, Keeping
from bot.lease import PlatformLease, TakenOver
from bot.memory import settle
from bot.settings import Settings, backups_of, machine_zone
from core.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds between two tries to serve a platform: doubled each time, from the first again once it stayed up for
    `longest`."""

    first: float = 1.0
    longest: float = 60.0


ENDS_S = 1.9
"""Seconds in which a process that is asked to stop has ended: a second of that is for what is on its way."""
LEAST_SECRET = 8
"""Characters. What is shorter is no secret, and words would be cut out of our own lines."""

_log = logging.getLogger(__name__)


class CannotServe(Exception):  # noqa: N818 - named for what happened
    """No platform will have us; the text is a sentence for each."""


class _WithoutSecrets(logging.Filter):
    """Takes the token out of every line and the traceback below it: libraries log addresses that it stands in."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if self._secret in text:
            record.msg, record.args = self._without(text), ()
        if record.exc_info:
            record.exc_text = record.exc_text or _FORMATTER.formatException(record.exc_info)
        if record.exc_text and self._secret in record.exc_text:
            # Whatever formats the record has the text alone: from the exception it would make the secret anew.
            record.exc_text, record.exc_info = self._without(record.exc_text), None
        if record.stack_info:
            record.stack_info = self._without(record.stack_info)
        return True

    def _without(self, text: str) -> str:
        return text.replace(self._secret, "…")


_FORMATTER = logging.Formatter()


def present() -> datetime:
    """The time on the clock, in UTC."""
    return datetime.now(UTC)


async def serve(settings: Settings, stopping: Callable[[], None] = lambda: None) -> None:
    """Serves until SIGTERM or Ctrl-C, which is told at once by `stopping`; what is on its way then is let through, if
    that takes no longer than a second. Raises CannotServe."""
    for token in (settings.telegram_token, settings.discord_token, settings.telegram_webhook_secret):
        if token is not None and len(token.get_secret_value()) >= LEAST_SECRET:
            keep_out_of_logs(token.get_secret_value())
    store = await open_store(settings.database_url, now=present())
    try:
        found = doors(settings, store)
        settle()
        serving = asyncio.create_task(_kept_house(settings, store, found), name="serving")
        _stop_on_signals(serving, stopping)
        with suppress(asyncio.CancelledError):
            await serving
    finally:
        await store.close()


async def _kept_house(settings: Settings, store: Store, found: Sequence[Door]) -> None:
    """Serves the platforms, with the chores of the database beside them."""
    folder = None if store.file is None else backups_of(settings, store.file)
    keeping = Keeping(settings.backup_days, folder, settings.keep_text_days)
    house = asyncio.create_task(Housekeeping(store, present, machine_zone(), keeping).run(), name="chores")
    leased = partial(PlatformLease, store, clock=present)
    serving = asyncio.create_task(serve_all(found, leased=lambda door: leased(door.name)), name="platforms")
    try:
        await asyncio.wait((serving,))
    finally:
        for task in (house, serving):  # both at once: each has something to bring to an end
            task.cancel()
        await asyncio.gather(house, serving, return_exceptions=True)
    serving.result()


def doors(settings: Settings, store: Store) -> list[Door]:
    """The platforms that there is a token for. Their libraries are loaded only then."""
    found: list[Door] = []
    if settings.telegram_token is not None:
        from bot.telegram.adapter import Telegram
        from bot.telegram.webhook import Webhook

        url, secret = settings.telegram_webhook_url, settings.telegram_webhook_secret
        webhook = None if url is None else Webhook(url, _told(secret))
        token = settings.telegram_token.get_secret_value()
        found.append(Telegram(store, token, present, api=settings.telegram_api, webhook=webhook))
    if settings.discord_token is not None:
        from bot.discord.adapter import Discord

        token = settings.discord_token.get_secret_value()
        found.append(Discord(store, token, present, api=settings.discord_api))
    return found


def _told(value: SecretStr | None) -> str | None:
    return None if value is None else value.get_secret_value()


async def serve_all(
    found: Sequence[Door],
    backoff: Backoff | None = None,
    leased: Callable[[Door], PlatformLease] | None = None,
) -> None:
    """Serves platforms side by side: what befalls one leaves the others alone. Raises CannotServe where all refuse.

    With leases, each is served while no other process serves it from the same database.
    """
    tasks = [
        asyncio.create_task(
            _supervised(door, backoff or Backoff(), None if leased is None else leased(door)), name=door.name
        )
        for door in found
    ]
    try:
        refusals = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    raise CannotServe(" ".join(refusals))


async def _supervised(door: Door, backoff: Backoff, lease: PlatformLease | None) -> str:
    """A platform, begun again whenever it breaks; the sentence with which it refuses us for good."""
    clock = asyncio.get_running_loop().time
    pause, told = backoff.first, ""
    up_since: list[float] = []  # empty until it is up

    def ready(sentence: str) -> None:
        up_since[:] = [clock()]
        print(f"{door.name} is up: {sentence} Ctrl-C stops.", flush=True)

    while True:
        up_since.clear()
        try:
            level, why = await _served(door, ready, lease)
        except Refused as refused:
            _log.error("%s", refused)
            return str(refused)
        if up_since and clock() - up_since[0] >= backoff.longest:
            pause, told = backoff.first, ""
        _log.log(logging.INFO if why == told else level, "%s", why)
        told = why
        await asyncio.sleep(pause)
        pause = min(backoff.longest, 2 * pause)


async def _served(door: Door, ready: Ready, lease: PlatformLease | None) -> tuple[int, str]:
    """Serves a platform until it breaks: how bad that is, and a sentence that says why. Raises Refused."""
    try:
        if lease is None:
            await door.serve(ready)
        else:
            await lease.during(lambda: door.serve(ready), _log.warning)
    except Refused:
        raise
    except TakenOver:
        return logging.WARNING, f"Another Spotter took {door.name} over."
    except Unreachable as error:
        return logging.WARNING, f"{door.name} cannot be reached ({error}); trying again."
    except Exception as error:  # whatever breaks one platform, the other goes on
        _log.debug("The story behind it", exc_info=error)
        return logging.ERROR, f"{door.name} broke ({type(error).__name__}) and is started again."
    return logging.ERROR, f"{door.name} ended and is started again."


def keep_out_of_logs(secret: str) -> None:
    """From now on, no line of what logs here has the secret in it."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_WithoutSecrets(secret))
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _stop_on_signals(task: asyncio.Task[None], stopping: Callable[[], None]) -> None:
    """The first signal ends it; a second one would break off what the first one has it finish."""
    loop = asyncio.get_running_loop()
    told = False

    def stop() -> None:
        nonlocal told
        if not told:
            told = True
            stopping()
            task.cancel()

    for one in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as an exception there
            loop.add_signal_handler(one, stop)


def end_in_time(seconds: float = ENDS_S) -> None:
    """From now on this process has so many seconds to end; then it ends wherever it is, as if it was killed. What was
    answered is on disk whatever happens: this is for a disk, a name server or a library that keeps us waiting."""

    def end() -> None:
        _log.warning("Something kept Spotter from ending in time; what was answered is stored.")
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
