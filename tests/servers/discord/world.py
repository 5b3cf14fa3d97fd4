"""The state behind the server: people, places, messages, and the changes that the gateway tells of."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from . import payloads
from .clock import Clock
from .commands import CommandTable
from .events import DIRECT_MESSAGES, GUILD_MESSAGES, Event
from .interactions import Interaction
from .message_form import Draft
from .messages import COMMAND_ANSWER, EPHEMERAL, LOADING, PLAIN, REPLY, Message
from .people import User
from .places import DM, VIEW, Channel, Guild
from .refusals import JSON, Refused

# How long the service remembers a nonce: own choice, "a few minutes" by its documentation.
_NONCE_SECONDS = 300.0


class World:
    """One Discord; `emit` hands an event to the gateway, `changed` wakes whoever waits for a condition."""

    def __init__(self, token: str, emit: Callable[[Event], None], changed: Callable[[], None]) -> None:
        self.token = token
        self.emit = emit
        self.changed = changed
        self.clock = Clock()
        self.files = ""
        self.gateway_url = ""
        self.content_enabled = True
        self.members_enabled = True
        self.shards = 1
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands = CommandTable(self)
        self.refused: list[Refused] = []
        self.ignored: list[str] = []
        self._nonces: dict[tuple[int, str], tuple[float, Message]] = {}
        self.bot = self.person("Spotter", bot=True)
        self.maker = self.person("Maker")

    def person(self, name: str, *, bot: bool = False, webhook: bool = False) -> User:
        """A new account."""
        new = User(self, self.clock.new_id(), name, bot=bot, webhook=webhook)
        self.users[new.id] = new
        return new

    def direct(self, person: User) -> Channel:
        """The direct messages between a person and the bot, opened when there are none."""
        for place in self.channels.values():
            if place.person is person:
                return place
        new = Channel(self, self.clock.new_id(), DM, person=person)
        self.channels[new.id] = new
        return new

    @property
    def app_flags(self) -> int:
        """What the developer's page has switched on, as flags of the application (of one in few guilds)."""
        return (1 << 19 if self.content_enabled else 0) | (1 << 15 if self.members_enabled else 0)

    def bots_guilds(self) -> list[Guild]:
        """The guilds that the bot is in."""
        return [guild for guild in self.guilds.values() if guild.has_bot]

    def post(self, message: Message) -> Message:
        """Files a new message and tells of it."""
        place = message.channel
        place.messages[message.id] = message
        if place.archived and not place.locked:
            place.archive(archived=False)
        self._tell("MESSAGE_CREATE", message)
        return message

    def write(self, place: Channel, draft: Draft, *, nonce: str | int | None, **more: Any) -> Message:
        """A new message of the bot from a checked draft."""
        message = Message(
            id=self.clock.new_id(),
            channel=place,
            author=self.bot,
            content=draft.content or "",
            at=self.clock.now(),
            mentions=draft.mentions(self),
            mentions_everyone=draft.rings_all(),
            embeds=draft.embeds or [],
            components=_numbered(draft.components or []),
            attachments=draft.attachments or [],
            flags=draft.flags or 0,
            nonce=nonce,
            reply_to=draft.reply_to,
            kind=PLAIN if draft.reply_to is None else REPLY,
        )
        for name, value in more.items():
            setattr(message, name, value)
        return self.post(message)

    def answer(self, call: Interaction, draft: Draft, *, first: bool) -> Message:
        """A message that answers an interaction; an ephemeral one belongs to who called."""
        more: JSON = {"interaction": call, "kind": COMMAND_ANSWER}
        if not first or call.message is not None:
            more |= {"kind": REPLY, "reply_to": call.message if first else call.original}
        if draft.ephemeral:
            more["owner"] = call.user
        return self.write(call.channel, draft, nonce=None, **more)

    def defer(self, call: Interaction, flags: int) -> Message:
        """The place of an answer that is still being thought about."""
        draft = Draft("", [], [], [], (flags & EPHEMERAL) | LOADING, None)
        return self.answer(call, draft, first=True)

    def amend(self, message: Message, draft: Draft) -> Message:
        """Changes what a draft names and leaves the rest."""
        message.earlier.append(message.content)
        if draft.content is not None:
            message.content = draft.content
            message.mentions = draft.mentions(self)
        if draft.embeds is not None:
            message.embeds = draft.embeds
        if draft.components is not None:
            message.components = _numbered(draft.components)
        if draft.attachments is not None:
            message.attachments = draft.attachments
        if not message.thinking:
            message.edited = self.clock.now()
        message.flags &= ~LOADING
        self.tell_update(message)
        return message

    def tell_update(self, message: Message) -> None:
        """Tells that a message is not what it was; also sent when only a preview was added to it."""
        self._tell("MESSAGE_UPDATE", message)

    def erase(self, message: Message) -> None:
        """Deletes a message."""
        message.deleted = True
        place = message.channel
        data: JSON = {"id": str(message.id), "channel_id": str(place.id)}
        guild_id = None if message.ephemeral else place.guild_id
        if guild_id is not None:
            data["guild_id"] = str(guild_id)
        if place.bot_may(VIEW):
            self.emit(Event("MESSAGE_DELETE", data, guild_id, _intent(guild_id)))

    def erase_many(self, messages: Sequence[Message]) -> None:
        """Deletes messages of one channel with a single event."""
        place = messages[0].channel
        for message in messages:
            message.deleted = True
        data: JSON = {"ids": [str(message.id) for message in messages], "channel_id": str(place.id)}
        if place.guild_id is not None:
            data["guild_id"] = str(place.guild_id)
        self.emit(Event("MESSAGE_DELETE_BULK", data, place.guild_id, _intent(place.guild_id)))

    def begin(
        self, kind: int, person: User, place: Channel, data: JSON, message: Message | None
    ) -> Interaction:
        """A person calls a command or presses a button; the bot is told, whatever its intents."""
        token = f"aW50ZXJhY3Rpb24{secrets.token_urlsafe(24)}"
        at = self.clock.seconds()
        call = Interaction(self, self.clock.new_id(), token, kind, person, place, data, at, message)
        self.interactions[token] = call
        self.emit(Event("INTERACTION_CREATE", call.payload(), place.guild_id))
        return call

    def remembered(self, nonce: str | int | None, place: Channel) -> Message | None:
        """The message that was sent with this nonce a short while ago."""
        at, message = self._nonces.get((place.id, str(nonce)), (0.0, None))
        return message if message is not None and self.clock.seconds() - at < _NONCE_SECONDS else None

    def remember(self, nonce: str | int | None, message: Message) -> None:
        """Keeps the nonce of a sent message."""
        if nonce is not None:
            self._nonces[message.channel.id, str(nonce)] = (self.clock.seconds(), message)

    def readable(self, message: Message) -> bool:
        """Whether the bot may read the text without the message content intent."""
        if message.channel.guild is None or message.author is self.bot:
            return True
        return self.bot in message.mentions

    def _tell(self, name: str, message: Message) -> None:
        place = message.channel
        data = payloads.message(message)
        # The service tells of ephemeral messages as if they stood in direct messages, without their guild.
        guild_id = None if message.ephemeral else place.guild_id
        if place.guild is not None and guild_id is not None:
            data["guild_id"] = str(guild_id)
            if not message.author.webhook:
                data["member"] = payloads.member(message.author, place.guild, with_user=False)
        blind = None if self.readable(message) else payloads.without_content(data, self.bot)
        if place.bot_may(VIEW):
            self.emit(Event(name, data, guild_id, _intent(guild_id), blind))
        else:
            self.changed()


def _intent(guild_id: int | None) -> int:
    return DIRECT_MESSAGES if guild_id is None else GUILD_MESSAGES


def _numbered(rows: list[JSON]) -> list[JSON]:
    """Components with the numbers that the service gives to those that came without."""
    number = 0
    result = []
    for row in rows:
        inside = []
        for part in row["components"]:
            number += 1
            inside.append({"id": number, **part})
        number += 1
        result.append({"id": number, **row, "components": inside})
    return result
