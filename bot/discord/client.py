"""The library's client, tamed: its own base address, room before it reads on, events in their order, no end by one
event that it cannot read.

The library starts a task for every event, in no order and without a limit; here it hands them over at once instead.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import INTERNAL_API_VERSION, HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.pacing import Pace

_log = logging.getLogger(__name__)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice here: nothing to warn of

LONGEST_PAUSE = 20.0
"""Seconds between two tries to reach the gateway, at the most: the library gives us a minute for some of them."""
_CLOSING_S = 0.3
"""Seconds that a good-bye may take when we are asked to stop (own choice)."""
_MESSAGES = ("MESSAGE_CREATE", "MESSAGE_UPDATE")
_NOISY = ("discord.client", "discord.shard", "discord.gateway", "discord.http", "discord.state")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: that a request may take, files included; between tries of what failed; between two identifies. The pace
    of what goes out.

    The library itself keeps to the limits that Discord tells for each channel; 50 requests a second are allowed in all.
    """

    answer_s: float = 60.0
    pause: float = 1.0
    send_pause: float = 2.0
    identify_s: float = 5.0
    pace: Pace = field(default_factory=lambda: Pace(0.0, 0.0, 45))


class Ears(Protocol):
    """Who is told what happens, in the order in which it does; none of it may wait."""

    def started(self, shard: int) -> None:
        """A new session: what happened before it is not told."""

    def arrived(self, guild: int) -> None:
        """All of a server is known; what was said there before it is not told."""

    def heard(self, event: str, about: Any) -> None:
        """An event of the library, by its name."""

    def unreached(self, error: Exception) -> None:
        """The gateway did not take a connection."""


class Http(HTTPClient):
    """Requests to any base address; connections to the gateway that it names, with a growing pause between tries."""

    def __init__(self, loop: asyncio.AbstractEventLoop, api: str, timing: Timing, ears: Ears) -> None:
        super().__init__(loop)
        self._base = f"{api.rstrip('/')}/v{INTERNAL_API_VERSION}"
        self._gateway: yarl.URL | None = None
        self._timing = timing
        self._limit = aiohttp.ClientTimeout(total=timing.answer_s)
        self._pause = 0.0
        self._ears = ears
        self.room: Callable[[], Awaitable[None]] | None = None

    @property
    def answer_s(self) -> float:
        """Seconds that a request may take."""
        return self._timing.answer_s

    def at_home(self, route: Route) -> Route:
        """A route, at our base address."""
        if route.url.startswith(Route.BASE):
            route.url = self._base + route.url.removeprefix(Route.BASE)
        return route

    async def request(self, route: Route, **options: Any) -> Any:
        """As the library does it, there, and not for ever."""
        return await super().request(self.at_home(route), timeout=self._limit, **options)

    async def get_bot_gateway(self) -> Any:
        """How many shards, and where the gateway is: remembered, as the library forgets it."""
        answer = await super().get_bot_gateway()
        self._gateway = yarl.URL(answer[1])
        return answer

    async def ws_connect(self, url: str, *, compress: int = 0) -> Any:
        """A connection to the gateway, tried until there is one."""
        wanted = yarl.URL(url)
        if self._gateway is not None and wanted.host == DiscordWebSocket.DEFAULT_GATEWAY.host:
            wanted = self._gateway.with_query(wanted.query)
        while True:
            await asyncio.sleep(self._pause)
            self._pause = min(LONGEST_PAUSE, max(self._timing.pause, 2 * self._pause))
            try:
                socket = await super().ws_connect(str(wanted), compress=compress)
            except (OSError, aiohttp.ClientError) as error:
                _log.warning("Discord's gateway cannot be reached (%s).", type(error).__name__)
                self._ears.unreached(error)
            else:
                return _Gated(socket, self.room)

    def calm(self) -> None:
        """All is well again: the next try needs no pause."""
        self._pause = 0.0


class _Gated:
    """A socket that is read only while there is room for more: the rest waits at the other end."""

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, room: Callable[[], Awaitable[None]] | None
    ) -> None:
        self._socket = socket
        self._room = room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    async def receive(self, timeout: float | None = None) -> aiohttp.WSMessage:  # noqa: ASYNC109 - the library's
        if self._room is not None:
            await self._room()
        return await self._socket.receive(timeout)


class _Webhooks(AsyncWebhookAdapter):
    """Answers to interactions, which the library sends past its HTTP client, to the same base address."""

    def __init__(self, http: Http) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._http = http

    async def request(self, route: Route, session: aiohttp.ClientSession, **options: Any) -> Any:
        async with asyncio.timeout(self._http.answer_s):
            return await super().request(self._http.at_home(route), session, **options)


class Client(discord.AutoShardedClient):
    """As many shards as Discord asks for. `content` asks for the message content intent."""

    def __init__(self, ears: Ears, *, api: str, content: bool, timing: Timing) -> None:
        self._asked = discord.Intents(
            guilds=True, guild_messages=True, dm_messages=True, message_content=content
        )
        super().__init__(
            intents=self._asked,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            guild_ready_timeout=0,
        )
        self._ears = ears
        self._timing = timing
        self.own_http = Http(self.loop, api, timing, ears)
        self.http = self._connection.http = self.own_http
        for name, parse in list(self._connection.parsers.items()):
            self._connection.parsers[name] = self._watched(name, parse)
        for name in _NOISY:
            logging.getLogger(name).addFilter(_in_one_line)

    @property
    def reads_content(self) -> bool:
        """Whether messages in servers come with their text."""
        return self._asked.message_content

    async def enter(self, token: str) -> None:
        """Logs in over REST. Asks for no intent that is not switched on for the application."""
        await self.login(token)
        async_context.set(_Webhooks(self.own_http))
        flags = None if self.application is None else self.application.flags
        if flags is not None and not (flags.gateway_message_content or flags.gateway_message_content_limited):
            self._asked.message_content = False

    async def leave(self) -> None:
        """Hangs up; a service that does not answer is not waited for."""
        try:
            async with asyncio.timeout(_CLOSING_S):
                await self.close()
        except TimeoutError:
            await self.http.close()

    async def rows(self, chat: str, limit: int, after: int | None) -> Sequence[Mapping[str, Any]]:
        """So many messages of a channel as they come, newest first: the first after a number, or the last ones."""
        return await self.http.logs_from(int(chat), limit, after=after)

    def read(self, chat: str, row: Any) -> discord.Message:
        """One of these messages. Raises whatever the library does where it cannot read it."""
        known = self.get_channel(int(chat))
        channel: Any = known if isinstance(known, discord.abc.Messageable) else None
        place = channel or self.get_partial_messageable(int(chat))
        return discord.Message(state=self._connection, channel=place, data=row)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord takes one identify in five seconds."""
        if not initial:
            await asyncio.sleep(self._timing.identify_s)

    def dispatch(self, event: str, /, *args: Any, **options: Any) -> None:
        """Events go out at once and in order, not in tasks of their own."""
        if args:
            self._ears.heard(event, args[0])

    def _watched(self, name: str, parse: Callable[[Any], Any]) -> Callable[[Any], None]:
        """A reader of events that one it cannot read does not break."""

        def watched(data: Any) -> None:
            try:
                if name in _MESSAGES and (data.get("author") or {}).get("bot"):
                    return  # ours come back to us, too: building them costs more than all else that we do to hear
                parse(data)
                self._follow(name, data)
            except Exception as error:
                if name == "READY":
                    raise  # nothing works without it: better to begin again
                _log.warning("An event %s cannot be read (%s) and is set aside.", name, type(error).__name__)

        return watched

    def _follow(self, name: str, data: Any) -> None:
        if name in ("READY", "RESUMED"):
            self.own_http.calm()
        if name == "READY":
            self._ears.started(int((data.get("shard") or (0,))[0]))
        elif name == "GUILD_CREATE":
            self._ears.arrived(int(data["id"]))


def _in_one_line(record: logging.LogRecord) -> bool:
    """The library tells the whole story of every connection that was cut; a line is enough."""
    record.exc_info = record.exc_text = None
    return True
