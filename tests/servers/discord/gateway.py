"""The gateway: hello, identify, resume, heartbeats, events, and its troubles on demand."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from . import payloads
from .events import MEMBERS, Event
from .handshake import Closing, checked, list_members, opened, ready
from .listener import Listener
from .refusals import JSON
from .session import (
    HEARTBEAT,
    HEARTBEAT_ACK,
    HELLO,
    IDENTIFY,
    INVALID_SESSION,
    PRESENCE,
    RECONNECT,
    REQUEST_MEMBERS,
    RESUME,
    VOICE,
    Link,
    Session,
)

if TYPE_CHECKING:
    from .world import World

_LARGEST_FRAME = 4096


class Gateway:
    """All connections and sessions; `identified` holds every identify that was heard, `closes` every code given."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.heartbeat_ms = 41_250
        self.answers_heartbeats = True
        self.identified: list[JSON] = []
        self.resumed = 0
        self.heartbeats = 0
        self.closes: list[int] = []
        self.links: list[Link] = []
        self.sessions: dict[str, Session] = {}
        self.world: World
        self._changed = changed
        app = web.Application()
        app.router.add_get("/", self._serve)
        self._listener = Listener(app)

    @property
    def url(self) -> str:
        """The address that `GET /gateway/bot` answers."""
        return f"ws://127.0.0.1:{self._listener.port}"

    @property
    def listening(self) -> list[Session]:
        """The sessions that are connected now."""
        return [session for session in self.sessions.values() if session.link is not None]

    async def up(self) -> None:
        """Takes connections (again), always on the same port."""
        await self._listener.up()

    async def down(self) -> None:
        """Refuses new connections and cuts the present ones, until `up`; sessions can be resumed then."""
        await self._listener.down()
        self.cut()

    async def stop(self) -> None:
        """The end."""
        self.cut()
        await self._listener.stop()

    def emit(self, event: Event) -> None:
        """Tells an event to all sessions that asked for it, connected or not."""
        for session in self.sessions.values():
            session.hear(event)
        self._changed()

    def emit_raw(self, name: str, data: Any) -> None:
        """An event of any name and content, malformed ones too, to every session."""
        for session in self.sessions.values():
            session.tell(name, data)
        self._changed()

    def cut(self) -> None:
        """Drops every connection without a closing frame; the sessions stay."""
        for link in self.links:
            link.cut()

    def close(self, code: int) -> None:
        """Closes every connection with a code, e.g. 4000 for an unknown error, 4004 for a token that was revoked."""
        for link in self.links:
            self.closes.append(code)
            link.close(code)

    def ask_reconnect(self) -> None:
        """Asks every client to connect again (opcode 7)."""
        for link in self.links:
            link.send(RECONNECT)

    def ask_heartbeat(self) -> None:
        """Asks every client for a heartbeat at once (opcode 1)."""
        for link in self.links:
            link.send(HEARTBEAT)

    def invalidate(self, *, resumable: bool) -> None:
        """Says that the session is invalid (opcode 9): to be resumed on a new connection, or lost for good."""
        for link in self.links:
            link.send(INVALID_SESSION, resumable)
        if not resumable:
            self.forget()

    def forget(self) -> None:
        """Loses all sessions silently: the next resume is answered by an invalid session."""
        for link in self.links:
            link.session = None
        self.sessions.clear()

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        link = Link(socket, request)
        self.links.append(link)
        writer = asyncio.create_task(link.write())
        link.send(HELLO, {"heartbeat_interval": self.heartbeat_ms, "_trace": []})
        code: int | None = None
        try:
            code = await self._listen(link)
        finally:
            self._ended(link, code)
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
        return socket

    async def _listen(self, link: Link) -> int | None:
        """Takes frames until the end; the code that the client closed with, None when it was not the client."""
        while True:
            frame = await link.socket.receive()
            if frame.type is WSMsgType.CLOSE:
                return int(frame.data)
            if frame.type in (WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
                return None
            self._take(link, frame.type, frame.data)

    def _ended(self, link: Link, code: int | None) -> None:
        self.links.remove(link)
        session = link.session
        if session is not None and session.link is link:
            session.link = None
            # A client that closes with one of these says that it will not resume.
            if code in (1000, 1001):
                self.sessions.pop(session.id, None)
        self._changed()

    def _take(self, link: Link, kind: WSMsgType, data: Any) -> None:
        try:
            self._hear(link, *opened(kind, data))
        except Closing as closed:
            self.closes.append(closed.code)
            link.close(closed.code)
        self._changed()

    def _hear(self, link: Link, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            self._beat(link, data)
        elif op == IDENTIFY:
            self._identify(link, data)
        elif op == RESUME:
            self._resume(link, data)
        elif op not in (PRESENCE, VOICE, REQUEST_MEMBERS):
            raise Closing(4001)
        elif link.session is None:
            raise Closing(4003)
        elif op == REQUEST_MEMBERS:
            list_members(self.world, link.session, data)

    def _beat(self, link: Link, number: int | None) -> None:
        self.heartbeats += 1
        if link.session is not None and number is not None:
            link.session.reached(number)
        if self.answers_heartbeats:
            link.send(HEARTBEAT_ACK)

    def _identify(self, link: Link, data: JSON) -> None:
        if link.session is not None:
            raise Closing(4005)
        self.identified.append(data)
        intents, shard = checked(self.world, data)
        for old in [s for s in self.sessions.values() if s.shard == shard and s.link is None]:
            del self.sessions[old.id]
        session = Session(secrets.token_hex(16), intents, shard, link)
        self.sessions[session.id] = link.session = session
        mine = [guild for guild in self.world.bots_guilds() if (guild.id >> 22) % shard[1] == shard[0]]
        session.tell("READY", ready(self.world, session, [guild.id for guild in mine]))
        for guild in mine:
            session.hear(
                Event("GUILD_CREATE", payloads.guild(guild, everyone=bool(intents & MEMBERS)), guild.id, 1)
            )

    def _resume(self, link: Link, data: JSON) -> None:
        if data.get("token") != self.world.token:
            raise Closing(4004)
        session = self.sessions.get(str(data.get("session_id")))
        number = data.get("seq")
        if session is None or not isinstance(number, int) or not session.can_replay(number):
            link.send(INVALID_SESSION, False)
            return
        session.link, link.session = link, session
        self.resumed += 1
        session.replay(number)
        session.tell("RESUMED", {"_trace": []})
