"""Commands and presses that can still be answered in their own way: in view of whoever called alone, if need be.

An interaction must be acknowledged within three seconds, and can be answered for a quarter of an hour; what it is
answered with comes later, from the outbox. It is acknowledged once its effect is on disk: Discord tells whoever pressed or
called that we failed, if we end before that. It is kept in memory only: after a restart, answers go out as messages.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord

_log = logging.getLogger(__name__)

KEPT_S = 14 * 60.0
"""A minute less than Discord bears."""
MOST = 2000
"""Interactions that are kept (own choice)."""
STORED_S = 1.5
"""Seconds that the effect has to get on disk; then it is acknowledged all the same, so that it can be answered."""
TRIES, PAUSE_S = 3, 0.3
"""How often an acknowledgement is tried, with so many seconds between: all of it within three seconds."""
_ACKNOWLEDGED = 40060


@dataclass(eq=False, slots=True)
class Held:
    """An interaction. `first` is whether its own answer is still due; `ephemeral` who will see that."""

    interaction: discord.Interaction[Any]
    ephemeral: bool
    first: bool
    until: float
    acknowledged: asyncio.Task[bool]
    stored: asyncio.Event
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def said(self, content: str, *, alone: bool, **more: Any) -> str:
        """Answers, in view of all or of the one who called; the message's id. Raises what the library raises."""
        async with self.lock:
            if self.first and alone == self.ephemeral:
                key = await self._own(content, more)
            else:
                await self._drop()
                key = await self._further(content, more, alone)
            self.first = False
            return str(key)

    async def _own(self, content: str, more: dict[str, Any]) -> int:
        rest = {("attachments" if name == "files" else name): value for name, value in more.items()}
        return (await self.interaction.edit_original_response(content=content, **rest)).id

    async def _further(self, content: str, more: dict[str, Any], alone: bool) -> int:
        send = self.interaction.followup.send
        return (await send(content, ephemeral=alone, wait=True, suppress_embeds=True, **more)).id

    async def drop(self) -> None:
        """There is no answer: nobody is kept waiting for one."""
        async with self.lock:
            await self._drop()

    async def _drop(self) -> None:
        # The first message after a deferred answer would take its place, and be seen by whom that was meant for.
        if self.first:
            await self.interaction.delete_original_response()
            self.first = False


class Switchboard:
    """The interactions that are open, by the id of the message that each of them is to the house."""

    def __init__(self) -> None:
        self._open: dict[str, Held] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def take(
        self, key: str, interaction: discord.Interaction[Any], *, ephemeral: bool = False
    ) -> Held | None:
        """Keeps an interaction, to be acknowledged when it is `stored`; None where that was done before."""
        self._forget()
        if key in self._open:
            return None
        command = interaction.type is discord.InteractionType.application_command
        stored = asyncio.Event()
        task = self.begin(_acknowledged(interaction, stored, ephemeral=ephemeral, thinking=command))
        held = Held(interaction, ephemeral, command, _now() + KEPT_S, task, stored)
        self._open[key] = held
        return held

    def stored(self, key: str) -> None:
        """What that message does is on disk, or never will be."""
        if key in self._open:
            self._open[key].stored.set()

    async def find(self, key: str | None) -> Held | None:
        """The interaction of that message, if it can be answered still."""
        held = self._open.get(key or "")
        if held is None or held.until < _now() or not await asyncio.shield(held.acknowledged):
            return None
        return held

    def forget(self, key: str | None) -> None:
        """It can be answered no more."""
        self._open.pop(key or "", None)

    def begin(self, work: Any) -> asyncio.Task[Any]:
        """Does something at once, beside all lanes."""
        task: asyncio.Task[Any] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("Something on Discord broke (%s).", type(error).__name__)
            _log.debug("The story behind it", exc_info=error)

    async def close(self) -> None:
        """Breaks off what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _forget(self) -> None:
        """Those at the front are the oldest."""
        for key, held in list(self._open.items()):
            if held.until > _now() and len(self._open) < MOST:
                return
            del self._open[key]


async def _acknowledged(
    interaction: discord.Interaction[Any], stored: asyncio.Event, *, ephemeral: bool, thinking: bool
) -> bool:
    """Says that it was heard, once it was; whether Discord took that."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stored.wait(), STORED_S)
    for _ in range(TRIES):
        try:
            await interaction.response.defer(ephemeral=ephemeral, thinking=thinking)
            return True
        except discord.HTTPException as error:
            if error.code == _ACKNOWLEDGED:
                return True
            if error.status < 500:
                _log.warning("A command came too late to be answered in its own way (%s).", error.code)
                return False
        except (OSError, aiohttp.ClientError):
            await asyncio.sleep(PAUSE_S)
    return False


def _now() -> float:
    return asyncio.get_running_loop().time()
