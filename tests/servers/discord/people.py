"""The people in the chats, and what they do with their hands."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, Interaction
from .message_form import MENTION
from .messages import BUTTON, PLAIN, REPLY, Attachment, Message

if TYPE_CHECKING:
    from .places import Channel
    from .world import World


@dataclass(eq=False)
class User:
    """An account: a person, a bot, or a webhook. With `accepts_messages` off the bot cannot write to it in private."""

    world: World
    id: int
    name: str
    bot: bool = False
    webhook: bool = False
    accepts_messages: bool = True
    locale: str = "en-US"

    def __repr__(self) -> str:
        return f"<User {self.name} {self.id}>"

    @property
    def mention(self) -> str:
        """How a text names this account so that it rings."""
        return f"<@{self.id}>"

    async def says(
        self,
        place: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Message:
        """Sends a message; a reply rings its author unless `ping` is off."""
        self._must_be_in(place)
        if len(text) > 2000 or not (text.strip() or files):
            raise ValueError("the app sends 1 to 2000 characters")
        mentions = self._named(text)
        if reply_to is not None and ping:
            mentions.append(reply_to.author)
        new_id = self.world.clock.new_id
        message = Message(
            id=new_id(),
            channel=place,
            author=self,
            content=text.strip(),
            at=self.world.clock.now(),
            kind=PLAIN if reply_to is None else REPLY,
            reply_to=reply_to,
            mentions=tuple(dict.fromkeys(mentions)),
            attachments=[Attachment(new_id(), name, data) for name, data in files],
        )
        self.world.post(message)
        await asyncio.sleep(0)
        return message

    async def edits(self, message: Message, text: str) -> None:
        """Changes the text of an own message."""
        if message.author is not self or message.deleted:
            raise ValueError("only an own message that is still there can be edited")
        message.earlier.append(message.content)
        message.content = text.strip()
        message.mentions = tuple(dict.fromkeys(self._named(text)))
        message.edited = self.world.clock.now()
        self.world.tell_update(message)
        await asyncio.sleep(0)

    async def deletes(self, message: Message) -> None:
        """Takes a message away (an admin's hand may take anybody's)."""
        self.world.erase(message)
        await asyncio.sleep(0)

    async def presses(self, message: Message, button: str) -> Interaction:
        """Presses the button of that label or custom id."""
        self._must_be_in(message.channel)
        if not message.seen_by(self):
            raise LookupError(f"{self.name} does not see {message!r}")
        pressed = message.button(button)
        data = {"custom_id": pressed.custom_id, "component_type": BUTTON, "id": pressed.raw["id"]}
        call = self.world.begin(COMPONENT, self, message.channel, data, message)
        await asyncio.sleep(0)
        return call

    async def runs(self, place: Channel, line: str, options: Mapping[str, Any] | None = None) -> Interaction:
        """Calls a slash command, e.g. `runs(channel, "/last", {"lift": "squat"})`; sub-commands follow the name.

        Raises LookupError or ValueError where the app would not let it be sent.
        """
        self._must_be_in(place)
        data = self.world.commands.call(self, place, line, options or {})
        call = self.world.begin(COMMAND, self, place, data, None)
        await asyncio.sleep(0)
        return call

    async def types(self, place: Channel, line: str, options: Mapping[str, Any], focus: str) -> Interaction:
        """Is typing the option `focus` of a command; the answer's offers come in the interaction's `choices`."""
        self._must_be_in(place)
        data = self.world.commands.call(self, place, line, options, typing=focus)
        call = self.world.begin(AUTOCOMPLETE, self, place, data, None)
        await asyncio.sleep(0)
        return call

    def _named(self, text: str) -> list[User]:
        users = self.world.users
        return [users[number] for number in map(int, MENTION.findall(text)) if number in users]

    def _must_be_in(self, place: Channel) -> None:
        if not place.holds(self):
            raise ValueError(f"{self.name} is not in {place!r}")
