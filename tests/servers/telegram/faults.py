"""Trouble on demand: broken answers, floods, and limits on how fast a bot may send."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.servers.telegram.refusals import DeclinedError
from tests.servers.telegram.world import Chat


class Fault(StrEnum):
    """What goes wrong with a request."""

    ERROR = "500"
    GATEWAY = "502"
    FLOOD = "429"
    HANG = "hang"
    """It is taken and never answered; nothing happens."""
    CLOSE = "close"
    """The socket closes before anything happens."""
    MALFORMED = "malformed JSON"
    """Nothing happens, and the answer is cut short."""
    LOST = "answer lost"
    """What was asked happens; then the socket closes."""


@dataclass(eq=False, slots=True)
class Trouble:
    """A fault that waits for its requests. `method` None: any; `chat_id` None: any; `left` None: until mended."""

    fault: Fault
    method: str | None
    chat_id: int | None = None
    left: int | None = 1
    retry_after: int = 1

    def meets(self, method: str, arguments: dict[str, Any]) -> bool:
        """Whether a request is one of those that fail."""
        if self.left == 0 or self.method not in (None, method):
            return False
        return self.chat_id is None or str(self.chat_id) == str(arguments.get("chat_id"))


class Faults:
    """The faults that wait, first come, first met."""

    def __init__(self) -> None:
        self.waiting: list[Trouble] = []

    def take(self, method: str, arguments: dict[str, Any]) -> Trouble | None:
        """The fault that a request meets, if any."""
        met = next((one for one in self.waiting if one.meets(method, arguments)), None)
        if met is not None and met.left is not None:
            met.left -= 1
        self.waiting = [one for one in self.waiting if one.left != 0]
        return met


def too_many(seconds: float) -> DeclinedError:
    """The answer to a flood; whole seconds, rounded up."""
    wait = max(1, math.ceil(seconds))
    return DeclinedError(f"retry after {wait}", 429, retry_after=wait)


@dataclass(slots=True)
class Limits:
    """How many messages a bot may send in how many seconds, off while None; none of it is promised by the service.

    Attributes:
        chat: In one chat.
        group: In one group or channel.
        overall: In all chats together.
    """

    chat: tuple[int, float] | None = None
    group: tuple[int, float] | None = None
    overall: tuple[int, float] | None = None
    _sent: dict[object, deque[float]] = field(default_factory=dict)

    def spend(self, chat: Chat, now: float) -> None:
        """Counts a message; raises `DeclinedError` with 429 where it is one too many."""
        limits = {("chat", chat.id): self.chat, "all": self.overall}
        if chat.kind != "private":
            limits["group", chat.id] = self.group
        held = {key: limit for key, limit in limits.items() if limit is not None}
        for key, limit in held.items():
            self._check(key, limit, now)
        for key in held:
            self._sent.setdefault(key, deque()).append(now)

    def _check(self, key: object, limit: tuple[int, float], now: float) -> None:
        most, seconds = limit
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        if len(sent) >= most:
            raise too_many(sent[0] + seconds - now)
