"""Updates posted to the bot's own address, each chat in order, several chats at once, until they are taken."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.servers.telegram.refusals import Json, RefusedError
from tests.servers.telegram.updates import Updates

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = (80, 88, 443, 8443)
_RETRY_AFTER = 0.05  # seconds; own choice, the service waits longer each time
_ANSWER_WITHIN = 60.0  # seconds
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(slots=True)
class Webhook:
    """An address that updates are posted to.

    Attributes:
        url: Where. Plain HTTP and any port are taken on the loopback only.
        secret: What the header `X-Telegram-Bot-Api-Secret-Token` says.
        attempts: The update id and the status of each post, 0 where no answer came.
    """

    updates: Updates
    url: str
    secret: str | None
    max_connections: int = 40
    attempts: list[tuple[int, int]] = field(default_factory=list)
    last_error: Json = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None
    _lanes: dict[object, asyncio.Task[None]] = field(default_factory=dict)

    def check(self) -> None:
        """Raises `RefusedError` for an address or a secret that the service would not take."""
        _check_address(self.url)
        _check_secret(self.secret)

    def start(self) -> None:
        """Begins to post what is queued and all that comes."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_ANSWER_WITHIN))
        self.updates.on_new = self._send
        self._send()

    async def stop(self) -> None:
        """Posts no more."""
        self.updates.on_new = lambda: None
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        try:
            await asyncio.gather(*tasks, return_exceptions=True)
        finally:  # also where the request that takes it away is cancelled
            if self._session is not None:
                await self._session.close()

    def _send(self) -> None:
        for update in list(self.updates.pending.values()):
            lane = _lane(update)
            if lane not in self._lanes and len(self._lanes) < self.max_connections:
                self._lanes[lane] = asyncio.create_task(self._run(lane))

    async def _run(self, lane: object) -> None:
        """Posts what waits in a lane, one after the other."""
        try:
            while (update := self._first(lane)) is not None:
                if await self._post(update):
                    self.updates.done(update["update_id"])
                else:
                    await asyncio.sleep(_RETRY_AFTER)
        finally:
            del self._lanes[lane]
        self._send()

    def _first(self, lane: object) -> Json | None:
        return next((one for one in self.updates.pending.values() if _lane(one) == lane), None)

    async def _post(self, update: Json) -> bool:
        assert self._session is not None
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        try:
            async with self._session.post(self.url, data=json.dumps(update), headers=headers) as answer:
                status, why = (
                    answer.status,
                    f"Wrong response from the webhook: {answer.status} {answer.reason}",
                )
        except (aiohttp.ClientError, TimeoutError):
            status, why = 0, "Connection failed"
        self.attempts.append((update["update_id"], status))
        if not 200 <= status < 300:
            self.last_error = {"last_error_date": int(time.time()), "last_error_message": why}
        return 200 <= status < 300


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise RefusedError("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _check_secret(secret: str | None) -> None:
    if secret is not None and not _SECRET.fullmatch(secret):
        raise RefusedError("secret token contains unallowed characters")
    if secret is not None and len(secret) > 256:
        raise RefusedError("secret token is too long")


def _lane(update: Json) -> object:
    """What keeps its order: the chat that an update is about, or else its person."""
    body: Any = next((value for name, value in update.items() if name != "update_id"), {})
    if not isinstance(body, dict):
        return None
    inner = body.get("message", body)
    chat = inner.get("chat") if isinstance(inner, dict) else None
    about = chat or body.get("from")
    return about.get("id") if isinstance(about, dict) else None
