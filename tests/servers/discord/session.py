"""One connection of the gateway, and the session that outlives it."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .events import Event
from .refusals import JSON

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 8, 9, 10, 11
# How many missed events a session keeps: own choice, the service tells no number.
_KEPT = 2000


class Link:
    """A socket with its own writer, so that telling an event never waits for a slow client."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.session: Session | None = None
        self._transport = request.transport
        self._out: asyncio.Queue[str | int] = asyncio.Queue()
        compressed = request.query.get("compress") == "zlib-stream"
        self._deflate = zlib.compressobj() if compressed else None

    @property
    def compressed(self) -> bool:
        """Whether the client asked for one zlib stream over the whole connection."""
        return self._deflate is not None

    def send(self, op: int, data: Any = None) -> None:
        """Queues a frame that is not an event."""
        self.raw(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def raw(self, text: str) -> None:
        """Queues a frame as it is."""
        self._out.put_nowait(text)

    def close(self, code: int) -> None:
        """Closes when all that is queued has gone out."""
        self._out.put_nowait(code)

    def cut(self) -> None:
        """Drops the connection without a word."""
        if self._transport is not None:
            self._transport.abort()

    async def write(self) -> None:
        """Sends what is queued until the connection ends."""
        while True:
            item = await self._out.get()
            try:
                if isinstance(item, int):
                    await self.socket.close(code=item)
                    return
                await self._write(item)
            except ConnectionError:
                return

    async def _write(self, text: str) -> None:
        if self._deflate is None:
            await self.socket.send_str(text)
            return
        data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
        await self.socket.send_bytes(data)


@dataclass(eq=False)
class Session:
    """What a client identified as; events go to its link and are kept for a resume."""

    id: str
    intents: int
    shard: tuple[int, int]
    link: Link | None = None
    number: int = 0
    kept: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def tell(self, name: str, data: JSON) -> None:
        """Numbers an event, keeps it and sends it when somebody listens."""
        self.number += 1
        text = json.dumps({"op": DISPATCH, "d": data, "s": self.number, "t": name})
        self.kept.append((self.number, text))
        if self.link is not None:
            self.link.raw(text)

    def hear(self, event: Event) -> None:
        """Tells an event that this session asked for."""
        if event.wanted(self.intents, self.shard):
            self.tell(event.name, event.seen(self.intents))

    def reached(self, number: int) -> None:
        """The client has everything up to `number`: it need not be kept."""
        while self.kept and self.kept[0][0] <= number:
            self.kept.popleft()

    def can_replay(self, number: int) -> bool:
        """Whether nothing after `number` has been dropped."""
        oldest = self.kept[0][0] if self.kept else self.number + 1
        return oldest - 1 <= number <= self.number

    def replay(self, number: int) -> None:
        """Sends again what came after `number`."""
        if self.link is not None:
            for sequence, text in self.kept:
                if sequence > number:
                    self.link.raw(text)
