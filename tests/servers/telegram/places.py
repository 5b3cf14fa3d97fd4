"""A test's hands on chats: what a person would see in them now, and what happens in them without a named person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.servers.telegram.refusals import Json
from tests.servers.telegram.service import Service
from tests.servers.telegram.texts import entities_in
from tests.servers.telegram.world import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    SERVICE_ACCOUNT,
    Chat,
    Message,
    Status,
    StoredFile,
    User,
)

_ANONYMOUS = User(ANONYMOUS_ADMIN, "Group", True, "GroupAnonymousBot")
_AS_CHANNEL = User(CHANNEL_BOT, "Channel", True, "Channel_Bot")
_WORDS = ("text", "entities", "caption", "caption_entities")
_TELEGRAM = User(SERVICE_ACCOUNT, "Telegram")


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; `data` is None for one that opens a link."""

    chat_id: int
    message_id: int
    text: str
    data: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it now. `thread` is its topic; `reply_to` the message that it openly answers."""

    message_id: int
    sender: str
    by_bot: bool
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    entities: tuple[Json, ...]
    reply_to: int | None
    thread: int | None
    file: StoredFile | None
    edited: bool

    def button(self, text: str) -> Button:
        """The button with this text; raises `LookupError` where there is none."""
        for button in (one for row in self.buttons for one in row):
            if button.text == text:
                return button
        raise LookupError(f"no button {text!r} under {self.text!r}")


class Place:
    """A chat."""

    def __init__(self, service: Service, chat: Chat) -> None:
        self.service = service
        self.chat = chat

    @property
    def id(self) -> int:
        """Its published id."""
        return self.chat.id

    def shown(self, thread: int | None = None) -> list[Shown]:
        """What stands in the chat, or in one topic of it, oldest first; events such as a new member are left out."""
        return [
            self._shown(message)
            for message in self.chat.messages.values()
            if message.text or _file_of(message)
            if thread is None or message.thread == thread
        ]

    def answers(self, thread: int | None = None) -> list[Shown]:
        """What the bot has said there."""
        return [one for one in self.shown(thread) if one.by_bot]

    async def edits(self, message_id: int, text: str, *, at: datetime | None = None) -> None:
        """The author changes a text or caption. With the same text: a change that the bot cannot see."""
        message = self.chat.messages[message_id]
        assert message.sender is not self.service.bot, "the bot edits by itself"
        kept = {name: value for name, value in message.content.items() if name not in _WORDS}
        message.content = kept | words(text, "text" if "text" in message.content else "caption")
        message.edited = at or self.service.world.clock()
        self.service.show(message, edited=True)

    async def deletes(self, message_id: int) -> None:
        """Somebody deletes a message; no bot is told."""
        self.service.world.delete(self.chat.messages[message_id])
        self.service.changed()

    def add(
        self,
        sender: User | None,
        content: Json,
        *,
        sender_chat: Chat | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        at: datetime | None = None,
        **extra: object,
    ) -> Message:
        """A new message from somebody, not yet told to the bot; `extra` are further published fields."""
        assert thread is None or thread in self.chat.topics, f"no topic {thread}"
        answered = self.chat.messages[reply_to] if reply_to is not None else None
        message = self.service.world.post(
            self.chat, sender, content, sender_chat=sender_chat, reply_to=answered, thread=thread, at=at
        )
        message.extra |= extra
        return message

    def tell(self, message: Message) -> int:
        """Tells the bot if it may know; the id of the message."""
        self.service.show(message)
        return message.id

    def _shown(self, message: Message) -> Shown:
        sender = message.sender_chat.title if message.sender_chat is not None else None
        answered = message.reply_to
        implied = answered is None or (answered.id == message.thread and message.in_topic)
        return Shown(
            message.id,
            sender or (message.sender.first_name if message.sender is not None else ""),
            message.sender is self.service.bot,
            message.text,
            self._buttons(message),
            tuple(message.entities),
            None if implied or answered is None else answered.id,
            message.thread if message.in_topic else None,
            self.service.world.files.get(_file_of(message)),
            message.edited is not None,
        )

    def _buttons(self, message: Message) -> tuple[tuple[Button, ...], ...]:
        rows = (message.keyboard or {"inline_keyboard": []})["inline_keyboard"]
        return tuple(
            tuple(
                Button(self.id, message.id, one["text"], one.get("callback_data"), one.get("url"))
                for one in row
            )
            for row in rows
        )


class Group(Place):
    """A group or supergroup."""

    async def opens_topic(self, name: str, by: User | None = None) -> int:
        """A new topic of a forum; its thread id."""
        assert self.chat.forum, "only a forum has topics"
        message = self.add(
            by or _owner(self.chat), {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        )
        self.chat.topics[message.id] = name
        message.thread, message.in_topic = message.id, True
        return self.tell(message)

    async def deletes_topic(self, thread: int) -> None:
        """Takes a topic away with all that stands in it."""
        del self.chat.topics[thread]
        for message in [one for one in self.chat.messages.values() if one.thread == thread]:
            self.service.world.delete(message)

    async def anonymous_says(
        self, text: str, *, reply_to: int | None = None, thread: int | None = None
    ) -> int:
        """An administrator who shows no name."""
        return self.tell(
            self.add(_ANONYMOUS, words(text), sender_chat=self.chat, reply_to=reply_to, thread=thread)
        )

    async def channel_says(self, channel: Channel, text: str, *, reply_to: int | None = None) -> int:
        """A member who writes in the name of a channel."""
        return self.tell(self.add(_AS_CHANNEL, words(text), sender_chat=channel.chat, reply_to=reply_to))

    async def brings_post(self, channel: Channel, text: str) -> int:
        """A post of the channel whose discussion is held here."""
        post = self.add(_TELEGRAM, words(text), sender_chat=channel.chat, is_automatic_forward=True)
        return self.tell(post)

    async def adds_bot(self, by: User | None = None) -> None:
        """The bot becomes a member; privacy mode holds here from now on as it is set at this moment."""
        adder = by or _owner(self.chat)
        self.chat.privacy = self.service.privacy
        self.service.move(self.chat, self.service.bot, "member", adder)
        self.tell(self.add(adder, {"new_chat_members": [self.service.bot.json()]}))

    async def removes_bot(self, by: User | None = None) -> None:
        """The bot is thrown out."""
        self.service.move(self.chat, self.service.bot, "kicked", by or _owner(self.chat))

    async def makes_bot(self, status: Status, by: User | None = None) -> None:
        """The bot becomes `administrator`, or `member` again."""
        self.service.move(self.chat, self.service.bot, status, by or _owner(self.chat))

    async def becomes_supergroup(self, *, forum: bool = False) -> Group:
        """The supergroup that this group turns into, told by two service messages; the old id is dead."""
        new = self.service.world.add_chat("supergroup", self.chat.title)
        new.forum, new.privacy, new.members = forum, self.chat.privacy, dict(self.chat.members)
        after = Group(self.service, new)
        leaving = self.add(_owner(self.chat), {"migrate_to_chat_id": new.id})
        arriving = after.add(_ANONYMOUS, {"migrate_from_chat_id": self.id}, sender_chat=new)
        self.chat.migrated_to = new
        self.tell(leaving)
        after.tell(arriving)
        return after


class Channel(Place):
    """A channel."""

    async def posts(self, text: str, *, at: datetime | None = None) -> int:
        """A new post, in the name of the channel."""
        return self.tell(self.add(None, words(text), sender_chat=self.chat, at=at))


def words(text: str, kind: str = "text") -> Json:
    """The published fields of a text or a caption."""
    entities = entities_in(text)
    name = "entities" if kind == "text" else "caption_entities"
    return {kind: text} | ({name: entities} if entities else {})


def _owner(chat: Chat) -> User:
    return next(user for user, status in chat.members.values() if status == "creator")


def _file_of(message: Message) -> str:
    content = message.content
    sizes = content.get("photo") or [content.get("document") or {}]
    file_id: str = sizes[-1].get("file_id", "")
    return file_id
