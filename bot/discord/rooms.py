"""Which channels are ours: those that somebody who manages them switched on, and the threads in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import discord

from bot.discord.commands import OFF, values_of
from bot.discord.inbound import PLATFORM, Place
from bot.speech import gettext as _
from core.store import Store, chats


class Rooms:
    """The open channels, as the store has them."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._open: set[str] = set()

    async def load(self) -> None:
        """Reads which are open."""
        async with self._store.read() as conn:
            self._open = set(await chats.open_rooms(conn, PLATFORM))

    def is_open(self, place: Place) -> bool:
        """Whether all that is said there is for us."""
        return place.room is None or place.room in self._open or place.chat in self._open

    def places_in(self, guild: discord.Guild) -> list[Place]:
        """The open places of a server."""
        places = [Place(str(one.id), str(one.id)) for one in guild.channels]
        places += [Place(str(one.id), str(one.parent_id), str(one.id)) for one in guild.threads]
        return [place for place in places if self.is_open(place)]

    def refusal(self, interaction: discord.Interaction[Any], place: Place) -> str | None:
        """Why `/here` does nothing, if so."""
        rights = interaction.permissions
        if place.room is None:
            return _("Here I hear everything already.")
        if not (rights.manage_channels or rights.manage_guild or rights.administrator):
            return _("Only who may manage this channel can switch me on or off here.")
        ours = interaction.app_permissions
        if not (ours.view_channel and ours.send_messages):
            return _(
                "I may not read or write here: let me view the channel and send messages, then try again."
            )
        if _is_off(interaction) and place.chat not in self._open and self.is_open(place):
            return _("I am switched on for the whole channel: use /here there.")
        return None

    async def switched(self, interaction: discord.Interaction[Any], place: Place) -> str:
        """What `/here` does where it is not refused, and says."""
        off = _is_off(interaction)
        await self._switch(place.chat, None if off else self._clock())
        if off:
            return _("Switched off: here I answer to my name and to commands only.")
        return _("Switched on: text your sets here, and I answer with the next one.")

    async def _switch(self, chat: str, since: datetime | None) -> None:
        async with self._store.write() as conn:
            await chats.set_open(conn, PLATFORM, chat, since)
        if since is None:
            self._open.discard(chat)
        else:
            self._open.add(chat)


def _is_off(interaction: discord.Interaction[Any]) -> bool:
    return OFF in values_of(dict(interaction.data or {})).values()
