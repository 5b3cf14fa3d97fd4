"""One connection to Discord and what comes over it, each chat in its order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import aiohttp
import discord
from discord.app_commands import Choice

from bot.discord import commands, inbound
from bot.discord.catch_up import CatchUp
from bot.discord.client import Client
from bot.discord.held import Switchboard
from bot.discord.inbound import PLATFORM, Place, place_of
from bot.discord.lanes import Job, Lanes
from bot.discord.rooms import Rooms
from bot.dispatch import Dispatch, Outbound
from bot.outbox import Outbox
from bot.speech import gettext as _
from bot.taking_in import taken_in
from core.errors import StoreError
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
        self._outbox: Outbox
        self._client: Client
        self._catch_up: CatchUp
        self._events: dict[str, Event] = {
            "message": self._on_message,
            "raw_message_edit": self._on_edit,
            "raw_message_delete": self._on_delete,
            "raw_bulk_message_delete": self._on_deletions,
            "interaction": self._on_interaction,
        }

    async def run(self, client: Client, outbox: Outbox) -> None:
        """Serves over a client that has logged in, until that ends."""
        self._client, self._outbox = client, outbox
        self._catch_up = CatchUp(
            self._store, self._lanes, client, self._missed, self._lost, self._clock, self._pause
        )
        client.own_http.room = self._lanes.room
        await self._rooms.load()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(outbox.run(), name="discord outbox")
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
        if found is not None and (self._rooms.is_open(place) or found.reply_to_bot):
            self._put(place, partial(self._handled, found))

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

    def _on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.channel is None:
            return
        place = place_of(interaction.channel)
        kind = interaction.type
        if kind is discord.InteractionType.component:
            self._pressed(interaction, place)
        elif kind is discord.InteractionType.application_command:
            self._called(interaction, place)
        elif kind is discord.InteractionType.autocomplete:
            self.board.begin(_offer(interaction))

    def _pressed(self, interaction: discord.Interaction[Any], place: Place) -> None:
        found = inbound.pressed(interaction, place)
        if found is not None and self.board.take(found.message_id, interaction) is not None:
            self._put(place, partial(self._handled, found))

    def _called(self, interaction: discord.Interaction[Any], place: Place) -> None:
        data: dict[str, Any] = dict(interaction.data or {})
        slash = commands.table().get(str(data.get("name")))
        if slash is None:
            return  # one that we had once: Discord says itself that nobody answers
        if slash.name == commands.HERE:
            self.board.begin(self._here(interaction, place))
            return
        text = commands.text_of(slash, commands.values_of(data))
        found = inbound.called(interaction, place, text)
        ephemeral = slash.private and place.room is not None
        if self.board.take(found.message_id, interaction, ephemeral=ephemeral) is not None:
            self._put(place, partial(self._answered, found))

    def _put(self, place: Place, job: Job) -> None:
        self._catch_up.put(place.chat, job)

    # What is done about it, in the order of its chat.

    async def _handled(self, found: Inbound) -> list[Outbound] | None:
        """What the house answers, on its way; None where it broke."""
        async with self._turns:
            try:
                return await taken_in(self._dispatch, found, self._clock)
            except Exception as error:  # one message that breaks us must not hold up all that come after it
                _log.error("Message %s broke: %s", found.message_id, type(error).__name__)
                _log.debug("The story behind it", exc_info=error)
            finally:
                self.board.stored(found.message_id)
                self._outbox.wake()
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

    async def _answered(self, found: Inbound) -> None:
        """A command: where it has no answer, nobody waits for one."""
        outbounds = await self._handled(found)
        held = None if outbounds else await self.board.find(found.message_id)
        if outbounds is not None and held is not None:
            with suppress(*_FAILED):
                await held.drop()

    async def _changed(self, found: Inbound) -> None:
        """An edit or a deletion: of a message that we had, or of one that is for us alone."""
        for_us = not found.deleted and (found.room is None or found.reply_to_bot)
        if for_us or await self._known(found) is not None:
            await self._handled(found)

    async def _known(self, found: Inbound) -> messages.Message | None:
        async with self._store.read() as conn:
            return await messages.find(conn, PLATFORM, found.chat, found.message_id)

    async def _missed(self, message: discord.Message, place: Place, had: bool) -> None:
        """A message out of history: a new one, or one that we had, and that may have been edited."""
        if not had:
            found = inbound.said(message, place, self._me)
            if found is not None:
                await self._handled(found)
            return
        found = inbound.edited(message, place, self._me)
        known = None if found is None else await self._known(found)
        if found is not None and known is not None and known.text != found.text:
            await self._handled(found)

    async def _lost(self, place: Place, key: int) -> None:
        """A message that was deleted meanwhile."""
        await self._changed(inbound.deleted(place, key, self._clock()))

    async def _here(self, interaction: discord.Interaction[Any], place: Place) -> None:
        """Answered at once, past the chat's lane. The call is kept like a message: from there on history is ours."""
        was_open = self._rooms.is_open(place)
        try:
            text = await self._rooms.switched(interaction, place)
        except StoreError as error:
            _log.error("A channel could not be switched (%s).", type(error).__name__)
            return
        if self._rooms.is_open(place) and not was_open:
            call = inbound.called(interaction, place, f"/{commands.HERE}")
            await self._handled(replace(call, message_id=str(interaction.id)))
        with suppress(*_FAILED):
            await interaction.response.send_message(text)


async def _offer(interaction: discord.Interaction[Any]) -> None:
    data: dict[str, Any] = dict(interaction.data or {})
    slash = commands.table().get(str(data.get("name")))
    found = [] if slash is None else commands.offers(slash, data)
    with suppress(*_FAILED):
        await interaction.response.autocomplete([Choice(name=one, value=one) for one in found])


async def _connected(client: Client) -> None:
    await client.connect()
    raise ConnectionError("Discord ended the connection")
