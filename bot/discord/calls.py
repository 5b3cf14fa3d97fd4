"""Slash commands and presses: what they say goes the way of a message; `/here` and completions are answered at once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import aiohttp
import discord
from discord.app_commands import Choice

from bot.discord import commands, inbound
from bot.discord.held import Switchboard
from bot.discord.inbound import Place, place_of
from bot.discord.lanes import Job
from bot.discord.rooms import Rooms
from bot.speech import gettext as _
from bot.taking_in import once_there
from core.errors import StoreError
from core.model import Inbound

_log = logging.getLogger(__name__)

_FAILED = (discord.HTTPException, OSError, aiohttp.ClientError)

Handle = Callable[[Inbound], Awaitable[Sequence[object] | None]]
"""What the house answers to a message; None where it broke."""


class Calls:
    """Hears interactions; what they do in a chat is `put` in its order."""

    def __init__(
        self, board: Switchboard, rooms: Rooms, handle: Handle, put: Callable[[Place, Job], None]
    ) -> None:
        self._board = board
        self._rooms = rooms
        self._handle = handle
        self._put = put

    def hear(self, interaction: discord.Interaction[Any]) -> None:
        """Takes an interaction on; nothing of it waits here."""
        kind = interaction.type
        if kind is discord.InteractionType.autocomplete:
            self._board.begin(_offer(interaction))
        elif interaction.channel is None:
            self._board.begin(_nowhere(interaction))
        elif kind is discord.InteractionType.component:
            self._pressed(interaction, place_of(interaction.channel))
        elif kind is discord.InteractionType.application_command:
            self._called(interaction, place_of(interaction.channel))

    def _pressed(self, interaction: discord.Interaction[Any], place: Place) -> None:
        found = inbound.pressed(interaction, place)
        if found is not None and self._board.take(found.message_id, interaction) is not None:
            self._put(place, partial(self._handle, found))

    def _called(self, interaction: discord.Interaction[Any], place: Place) -> None:
        data: dict[str, Any] = dict(interaction.data or {})
        slash = commands.table().get(str(data.get("name")))
        if slash is None:
            return  # one that we had once: Discord says itself that nobody answers
        if slash.name == commands.HERE:
            self._switched(interaction, place)
            return
        text = commands.text_of(slash, commands.values_of(data))
        found = inbound.called(interaction, place, text)
        ephemeral = slash.private and place.room is not None
        if self._board.take(found.message_id, interaction, ephemeral=ephemeral) is not None:
            self._put(place, partial(self._answered, found))

    def _switched(self, interaction: discord.Interaction[Any], place: Place) -> None:
        refusal = self._rooms.refusal(interaction, place)
        key = inbound.call_key(interaction.id)
        if self._board.take(key, interaction, ephemeral=refusal is not None) is not None:
            self._board.begin(self._here(interaction, place, refusal))

    async def _answered(self, found: Inbound) -> None:
        """A command: where it has no answer, nobody waits for one."""
        outbounds = await self._handle(found)
        held = None if outbounds else await self._board.find(found.message_id)
        if outbounds is not None and held is not None:
            with suppress(*_FAILED):
                await held.drop()

    async def _here(self, interaction: discord.Interaction[Any], place: Place, refusal: str | None) -> None:
        """Answered past the chat's lane. The call is kept like a message: from there on history is ours."""
        key, text = inbound.call_key(interaction.id), refusal
        try:
            if text is None:
                text = await self._switch(interaction, place)
        except StoreError as error:
            _log.error("A channel could not be switched (%s).", type(error).__name__)
            text = _("Something broke on my side, and nothing was switched. Call it once more?")
        finally:
            self._board.stored(key)
        held = await self._board.find(key)
        with suppress(*_FAILED):
            if held is not None:
                await held.said(text, alone=held.ephemeral)

    async def _switch(self, interaction: discord.Interaction[Any], place: Place) -> str:
        was_open = self._rooms.is_open(place)
        text = await once_there(partial(self._rooms.switched, interaction, place))
        if self._rooms.is_open(place) and not was_open:
            call = inbound.called(interaction, place, f"/{commands.HERE}")
            await self._handle(replace(call, message_id=str(interaction.id)))
        return text


async def _nowhere(interaction: discord.Interaction[Any]) -> None:
    """Discord did not say where it was called."""
    text = _(
        "I cannot see this place. Call me in a channel where I may read and write, or write to me directly."
    )
    with suppress(*_FAILED):
        await interaction.response.send_message(text, ephemeral=True)


async def _offer(interaction: discord.Interaction[Any]) -> None:
    data: dict[str, Any] = dict(interaction.data or {})
    slash = commands.table().get(str(data.get("name")))
    found = [] if slash is None else commands.offers(slash, data)
    with suppress(*_FAILED):
        await interaction.response.autocomplete([Choice(name=one, value=one) for one in found])
