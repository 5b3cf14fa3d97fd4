"""One connection to Discord and what comes over it, each chat in its order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

import aiohttp
import discord

from bot.alarm import Alarm
from bot.discord import inbound
from bot.discord.calls import Calls
from bot.discord.catch_up import CatchUp
from bot.discord.client import Client
from bot.discord.held import Switchboard
from bot.discord.history import History
from bot.discord.inbound import PLATFORM, Place, place_of
from bot.discord.lanes import Job, Lanes
from bot.discord.rooms import Rooms
from bot.dispatch import Dispatch, Outbound
from bot.outbox import Outbox
from bot.speech import gettext as _
from bot.taking_in import once_there, taken_in
from core.model import Inbound
from core.store import Store, messages

_log = logging.getLogger(__name__)

Event = Callable[[Any], None]
_FAILED = (discord.HTTPException, OSError, aiohttp.ClientError)

AT_ONCE = 16
"""Messages that are handled side by side, of as many chats (own choice)."""


class Session:
    """Hears what a client tells and hands it to the dispatch; replies go out by the outbox."""

    def __init__(self, store: Store, dispatch: Dispatch, clock: Callable[[], datetime], pause: float) -> None:
        self.board = Switchboard()
        self.begun = asyncio.Event()
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._store = store
        self._dispatch = dispatch
        self._clock = clock
        self._pause = pause
        self._lanes = Lanes()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._rooms = Rooms(store, clock)
        self._calls = Calls(self.board, self._rooms, self._handled, self._put)
        self._outbox: Outbox
        self._client: Client
        self._catch_up: CatchUp
        self._events: dict[str, Event] = {
            "message": self._on_message,
            "raw_message_edit": self._on_edit,
            "raw_message_delete": self._on_delete,
            "raw_bulk_message_delete": self._on_deletions,
            "interaction": self._calls.hear,
        }

    async def run(self, client: Client, outbox: Outbox) -> None:
        """Serves over a client that has logged in, until that ends."""
        self._client, self._outbox = client, outbox
        self._dispatch.reopened = outbox.wake
        alarm = Alarm(self._store, PLATFORM, self._dispatch, outbox, self._clock)
        self._dispatch.sooner = alarm.sooner
        self._catch_up = CatchUp(
            self._store,
            self._lanes,
            History(client.rows, client.read),
            self._missed,
            self._lost,
            self._clock,
            self._pause,
        )
        client.own_http.room = self._lanes.room
        await self._rooms.load()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(outbox.run(), name="discord outbox")
                tasks.create_task(self._dispatch.learner.run(), name="discord learner")
                tasks.create_task(alarm.run(), name="discord alarm")
                tasks.create_task(self._catch_up.run(), name="discord catching up")
                tasks.create_task(self._unless_broken(), name="discord reachable")
                tasks.create_task(_connected(client), name="discord gateway")
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None
        finally:
            await self._lanes.close()
            await self.board.close()

    async def _unless_broken(self) -> None:
        await self.broken

    # What the client tells; none of it waits.

    def started(self, shard: int) -> None:
        """A session began. Direct messages come to the first shard."""
        self.begun.set()
        if shard == 0:
            self._catch_up.ask(None)

    def arrived(self, guild: int) -> None:
        """A server is there, with its channels and threads."""
        known = self._client.get_guild(guild)
        places = [] if known is None else self._rooms.places_in(known)
        if places:
            self._catch_up.ask(places)

    def unreached(self, error: Exception) -> None:
        """Before the first session this is for who serves us; later the library goes on trying."""
        if not self.begun.is_set() and not self.broken.done():
            self.broken.set_exception(error)

    def heard(self, event: str, about: Any) -> None:
        """An event of the library."""
        handle = self._events.get(event)
        if handle is not None:
            handle(about)

    @property
    def _me(self) -> int:
        assert self._client.user is not None
        return self._client.user.id

    def _on_message(self, message: discord.Message) -> None:
        place = place_of(message.channel)
        found = inbound.said(message, place, self._me)
        if found is not None and self._is_for_us(found, place):
            job = partial(self._handled, found)
            self._catch_up.put_message(place, message.id, job, partial(_shows_history, message.channel))

    def _is_for_us(self, found: Inbound, place: Place) -> bool:
        return found.reply_to_bot or self._rooms.is_open(place)

    def _on_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        place = place_of(event.message.channel)
        found = inbound.edited(event.message, place, self._me) if "content" in event.data else None
        if found is not None:
            self._put(place, partial(self._changed, found))

    def _on_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self._gone(event.channel_id, event.guild_id, [event.message_id])

    def _on_deletions(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        self._gone(event.channel_id, event.guild_id, sorted(event.message_ids))

    def _gone(self, channel_id: int, guild_id: int | None, ids: Sequence[int]) -> None:
        channel = self._client.get_channel(channel_id)
        place = place_of(channel or self._client.get_partial_messageable(channel_id, guild_id=guild_id))
        for one in ids:
            self._put(place, partial(self._changed, inbound.deleted(place, one, self._clock())))

    def _put(self, place: Place, job: Job) -> None:
        self._catch_up.put(place.chat, job)

    # What is done about it, in the order of its chat.

    async def _handled(self, found: Inbound) -> list[Outbound] | None:
        """What the house answers, on its way; None where it broke."""
        async with self._turns:
            try:
                replies = await taken_in(self._dispatch, found, self._clock)
                self._outbox.post(found, replies)
                return replies
            except Exception as error:  # one message that breaks us must not hold up all that come after it
                _log.error("Message %s broke: %s", found.message_id, type(error).__name__)
                _log.debug("The story behind it", exc_info=error)
            finally:
                self.board.stored(found.message_id)
        if not found.deleted:
            await self._say_that_it_broke(found)
        return None

    async def _say_that_it_broke(self, found: Inbound) -> None:
        text = _("Something broke on my side, and that message was not stored. Send it once more?")
        held = await self.board.find(found.message_id)
        with suppress(*_FAILED):
            if held is not None and held.first:
                await held.said(text, alone=held.ephemeral)
            else:
                await self._client.get_partial_messageable(int(found.chat)).send(text)

    async def _changed(self, found: Inbound) -> None:
        """An edit or a deletion: of a message that we had, or of one that is for us alone."""
        for_us = not found.deleted and (found.room is None or found.reply_to_bot)
        if for_us or await self._known(found) is not None:
            await self._handled(found)

    async def _known(self, found: Inbound) -> messages.Message | None:
        async def look() -> messages.Message | None:
            async with self._store.read() as conn:
                return await messages.find(conn, PLATFORM, found.chat, found.message_id)

        return await once_there(look)

    async def _missed(self, message: discord.Message, place: Place, had: bool) -> None:
        """A message out of history: a new one, or one that we had, and that may have been edited."""
        if not had:
            found = inbound.said(message, place, self._me)
            if found is not None and self._is_for_us(found, place):
                await self._handled(found)
            return
        found = inbound.edited(message, place, self._me)
        known = None if found is None else await self._known(found)
        if found is not None and known is not None and not known.says(found.text):
            await self._handled(found)

    async def _lost(self, place: Place, key: int) -> None:
        """A message that was deleted meanwhile."""
        await self._changed(inbound.deleted(place, key, self._clock()))


def _shows_history(channel: Any) -> bool:
    """Whether what is left in a channel can be read there later."""
    guild = getattr(channel, "guild", None)
    if guild is None:
        return getattr(channel, "guild_id", None) is None
    with suppress(discord.ClientException):  # a thread whose channel we do not see
        return guild.me is not None and bool(channel.permissions_for(guild.me).read_message_history)
    return False


async def _connected(client: Client) -> None:
    await client.connect()
    raise ConnectionError("Discord ended the connection")
