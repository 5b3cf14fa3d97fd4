"""A test's hands on people: what they say, edit, press, send and block."""

from __future__ import annotations

from datetime import datetime

from tests.servers.telegram.images import photo_size
from tests.servers.telegram.places import Button, Place, words
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.sending import document_json
from tests.servers.telegram.service import Service
from tests.servers.telegram.world import Message, User


class Person:
    """Somebody with an account, or another bot."""

    def __init__(self, service: Service, user: User) -> None:
        self.service = service
        self.user = user

    @property
    def id(self) -> int:
        """The published id."""
        return self.user.id

    async def says(
        self,
        place: Place,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        at: datetime | None = None,
    ) -> int:
        """Writes a message; its id. Writing to a bot that was blocked, or never started, opens the chat again."""
        return place.tell(await self._add(place, words(text), reply_to, thread, at))

    async def sends(
        self, place: Place, content: Json, *, reply_to: int | None = None, thread: int | None = None
    ) -> int:
        """Sends anything else: `content` are published fields, such as `{"sticker": {...}}`."""
        return place.tell(await self._add(place, content, reply_to, thread))

    async def sends_document(
        self,
        place: Place,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        mime_type: str = "text/csv",
        thread: int | None = None,
    ) -> int:
        """Sends a file that the bot can fetch; the id of the message."""
        stored = self.service.world.store(name, content, mime_type, "documents")
        body: Json = {"document": document_json(stored)}
        body |= words(caption, "caption") if caption else {}
        return place.tell(await self._add(place, body, None, thread))

    async def sends_photo(self, place: Place, content: bytes, *, caption: str = "") -> int:
        """Sends a picture; the id of the message."""
        width, height = photo_size(content)
        stored = self.service.world.store("photo.png", content, "image/png", "photos")
        body: Json = {"photo": [stored.json() | {"width": width, "height": height}]}
        body |= words(caption, "caption") if caption else {}
        return place.tell(await self._add(place, body))

    async def edits(self, place: Place, message_id: int, text: str, *, at: datetime | None = None) -> None:
        """Changes what they wrote. With the same text: a change that the bot cannot see."""
        assert place.chat.messages[message_id].sender is self.user, "people edit only their own messages"
        await place.edits(message_id, text, at=at)

    async def presses(self, button: Button) -> str:
        """Presses a button, also one that is no longer there; the id of the query."""
        assert button.data is not None, f"{button.text!r} opens a link"
        message = self.service.world.chats[button.chat_id].messages[button.message_id]
        return self.service.press(self.user, message, button.data)

    async def blocks_bot(self) -> None:
        """Blocks the bot in their private chat; it is told."""
        chat = self.service.world.chats[self.id]
        chat.blocked = True
        self.service.move(chat, self.service.bot, "kicked", self.user)

    async def unblocks_bot(self) -> None:
        """Lets it write again; it is told."""
        chat = self.service.world.chats[self.id]
        chat.blocked, chat.opened = False, True
        self.service.move(chat, self.service.bot, "member", self.user)

    async def deletes_account(self) -> None:
        """The account is gone; no bot is told."""
        self.user.deactivated = True

    async def joins(self, place: Place) -> None:
        """Becomes a member of a group."""
        self.service.move(place.chat, self.user, "member", self.user)
        place.tell(place.add(self.user, {"new_chat_members": [self.user.json()]}))

    async def leaves(self, place: Place) -> None:
        """Is a member no longer."""
        place.tell(place.add(self.user, {"left_chat_member": self.user.json()}))
        self.service.move(place.chat, self.user, "left", self.user)

    async def _add(
        self,
        place: Place,
        content: Json,
        reply_to: int | None = None,
        thread: int | None = None,
        at: datetime | None = None,
    ) -> Message:
        if place.chat.user is self.user and (place.chat.blocked or not place.chat.opened):
            await self.unblocks_bot()
        assert place.chat.status(self.user) != "left", f"{self.user.first_name} is not in {place.chat.title}"
        return place.add(self.user, content, reply_to=reply_to, thread=thread, at=at)


class OtherBot(Person):
    """A bot of somebody else; what it says in a group reaches no other bot, save where `told` asks for it."""

    async def says(
        self,
        place: Place,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        at: datetime | None = None,
        told: bool = False,
    ) -> int:
        """Writes a message; its id. `told`: delivered all the same, as between bots that both allow it."""
        message = await self._add(place, words(text), reply_to, thread, at)
        self.service.show(message, whatever=told)
        return message.id
