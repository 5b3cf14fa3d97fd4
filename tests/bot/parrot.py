"""A coach that repeats what it hears, in memory: the terminal's tests need no more. As a program, it is a whole chat."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.console import Console
from bot.console.pipe import replay
from bot.dispatch import Outbound
from core.errors import StoreLocked
from core.model import Inbound

ROOT = Path(__file__).parents[2]


class Parrot:
    """`boom` breaks it, `locked` is a database that is busy, `quiet` is talk; `told` and `shown` keep what happened."""

    def __init__(self, *known: tuple[str, int]) -> None:
        self.told: list[Inbound] = []
        self.times: list[datetime] = []
        self.shown: list[tuple[str, datetime]] = []
        self.known = dict(known)

    async def handle(self, inbound: Inbound, *, now: datetime) -> list[Outbound]:
        """Repeats the message."""
        match inbound.text.split():
            case ["boom", *_]:
                raise RuntimeError("a fault of ours")
            case ["locked", *_]:
                raise StoreLocked("The database is being written by another process.")
            case ["quiet", *_]:
                return []
        self.told.append(inbound)
        self.times.append(now)
        self.known[inbound.chat] = max(self.known.get(inbound.chat, 0), int(inbound.message_id))
        return [self._reply(inbound)]

    async def sent(self, outbounds: Sequence[Outbound], *, at: datetime) -> None:
        """Keeps which replies were shown."""
        self.shown += [(outbound.reply_id, at) for outbound in outbounds]

    async def settle(self) -> None:
        """Nothing waits."""

    async def last_key(self, platform: str, chat: str) -> int:
        """What the last message was called."""
        assert platform == "terminal"
        return self.known.get(chat, 0)

    def _reply(self, inbound: Inbound) -> Outbound:
        how = "forgot" if inbound.deleted else "corrected" if inbound.edited else "heard"
        body = f"{how} {inbound.author} ✓ next: <{inbound.text}>"
        if "knee" in inbound.text:
            return Outbound(f"r{inbound.message_id}", "terminal", inbound.author, body, private=True)
        if "row" in inbound.text:
            body += "\nWhich row?\n1) barbell row\n2) cable row"
            return Outbound(f"r{inbound.message_id}", "terminal", inbound.chat, body)
        return Outbound(f"r{inbound.message_id}", "terminal", inbound.chat, body)


async def _chat() -> int:
    console = Console(Parrot(), "lifter")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return await replay(console, sys.stdin.fileno())
    from bot.console.prompt import converse

    return await converse(console, Path(os.environ["HISTORY"]))


if __name__ == "__main__":
    sys.exit(asyncio.run(_chat()))
