"""An address of our own that Telegram sends updates to. It answers 200 only when what an update does is on disk."""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.door import Refused, Unreachable

_log = logging.getLogger(__name__)

PORT = 8080
"""Where we listen if the address names no port: a proxy stands in front of us then and does the TLS."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
GRACE_S = 0.15
"""Seconds that updates on their way in have when we are asked to stop, and as many again when they are broken off:
Telegram brings again what we did not take."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

Take = Callable[[object], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Webhook:
    """The public address, the secret that Telegram sends along, and the interface that we listen on (None: all)."""

    url: str
    secret: str | None
    host: str | None = None

    @property
    def port(self) -> int:
        """Where we listen: the port that the address names, else `PORT`."""
        return urlsplit(self.url).port or PORT

    @property
    def path(self) -> str:
        """What the address says behind its host."""
        return urlsplit(self.url).path or "/"

    def check(self) -> None:
        """Raises Refused for what could never be served."""
        self.checked_secret()
        try:
            urlsplit(self.url).port  # noqa: B018 - looking is what raises
        except ValueError:
            raise Refused("TELEGRAM_WEBHOOK_URL is no address like https://example.org/hook.") from None

    def checked_secret(self) -> str:
        """The secret. Raises Refused where there is none that Telegram would take."""
        if self.secret is None:
            raise Refused(
                "TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET too, so that nobody but Telegram can send "
                "messages there."
            )
        if not _SECRET.fullmatch(self.secret):
            raise Refused("TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of the characters A-Z a-z 0-9 _ -.")
        return self.secret


@asynccontextmanager
async def listening(webhook: Webhook, take: Take) -> AsyncIterator[None]:
    """Takes updates at the address until the block ends. Raises Unreachable where the port cannot be had."""
    application = web.Application()
    application.router.add_post(webhook.path, _receiver(webhook.checked_secret(), take))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=GRACE_S)
    await runner.setup()
    try:
        await _start(web.TCPSite(runner, webhook.host, webhook.port), webhook.port)
        yield
    finally:
        await runner.cleanup()


async def _start(site: web.TCPSite, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        raise Unreachable(f"port {port} cannot be listened on: {error.strerror}") from None


def _receiver(secret: str, take: Take) -> Callable[[web.Request], Awaitable[web.Response]]:
    wanted = secret.encode()

    async def receive(request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(shown, wanted):
            return web.Response(status=403)
        try:
            raw = await request.json()
        except ValueError:
            _log.warning("What came to the webhook is no JSON and is set aside.")
        else:
            await take(raw)
        return web.Response()

    return receive
