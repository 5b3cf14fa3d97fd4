"""What exists on the service: users, chats with their members and messages, files; and their published shapes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from tests.servers.telegram.refusals import Json

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]

# The accounts that the service itself puts in `from` where no person may be named.
ANONYMOUS_ADMIN = 1087968824
CHANNEL_BOT = 136817688
SERVICE_ACCOUNT = 777000

_FIRST_USER = 5_000_000_001  # above 32 bits, as real ones are
_FIRST_GROUP = -4_000_000_001
_FIRST_SUPERGROUP = -1_002_000_000_001
_ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


@dataclass(slots=True)
class User:
    """A person or a bot. `deactivated`: the account is gone."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None
    deactivated: bool = False

    def json(self) -> Json:
        """The published `User`."""
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        extra = {"username": self.username, "language_code": self.language_code}
        return body | {name: value for name, value in extra.items() if value is not None}


@dataclass(slots=True)
class StoredFile:
    """An uploaded file, whoever sent it."""

    file_id: str
    name: str
    mime_type: str
    content: bytes
    path: str

    def json(self) -> Json:
        """The fields that every published file object has."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": len(self.content)}


@dataclass(slots=True, eq=False)
class Chat:
    """A chat with all that was ever posted in it.

    `privacy` is what held when the bot was added; `topics` are the threads of a forum by the id of the message that
    opened each; `opened`: a private chat in which the person has pressed Start.
    """

    id: int
    kind: Kind
    title: str | None = None
    user: User | None = None
    forum: bool = False
    privacy: bool = True
    opened: bool = True
    blocked: bool = False
    migrated_to: Chat | None = None
    members: dict[int, tuple[User, Status]] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    last_bot: int | None = None

    def json(self) -> Json:
        """The published `Chat`."""
        body: Json = {"id": self.id, "type": self.kind}
        if self.user is not None:
            shape = self.user.json()
            return body | {name: shape[name] for name in ("first_name", "username") if name in shape}
        return body | {"title": self.title} | ({"is_forum": True} if self.forum else {})

    def status(self, user: User) -> Status:
        """What a user is in this chat."""
        return self.members[user.id][1] if user.id in self.members else "left"

    def is_admin(self, user: User) -> bool:
        """Whether a user may do what only owners and administrators may."""
        return self.status(user) in ("creator", "administrator")

    def member_json(self, user: User, status: Status | None = None) -> Json:
        """The published `ChatMember`, of a user as they are now or as they were."""
        status = status or self.status(user)
        body: Json = {"status": status, "user": user.json()}
        if status == "creator":
            return body | {"is_anonymous": False}
        if status == "administrator":
            return body | {right: right == "can_manage_chat" for right in _ADMIN_RIGHTS}
        return body | ({"until_date": 0} if status == "kicked" else {})


@dataclass(slots=True, eq=False)
class Message:
    """A message. `content` are the published fields that say what it is: text and entities, a document, an event."""

    chat: Chat
    id: int
    date: datetime
    sender: User | None
    content: Json
    sender_chat: Chat | None = None
    reply_to: Message | None = None
    thread: int | None = None
    in_topic: bool = False
    keyboard: Json | None = None
    edited: datetime | None = None
    extra: Json = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The marked stretches of the text or the caption."""
        return list(self.content.get("entities") or self.content.get("caption_entities") or ())

    def json(self, *, nested: bool = False) -> Json:
        """The published `Message`; one inside another shows no further reply."""
        body: Json = {"message_id": self.id, "date": _seconds(self.date), "chat": self.chat.json()}
        if self.sender is not None:
            body["from"] = self.sender.json()
        if self.sender_chat is not None:
            body["sender_chat"] = self.sender_chat.json()
        if self.edited is not None:
            body["edit_date"] = _seconds(self.edited)
        if self.thread is not None:
            body["message_thread_id"] = self.thread
        if self.in_topic:
            body["is_topic_message"] = True
        if self.reply_to is not None and not nested:
            body["reply_to_message"] = self.reply_to.json(nested=True)
        if self.keyboard is not None:
            body["reply_markup"] = self.keyboard
        return body | self.content | self.extra


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


class World:
    """Everyone and everything; new ids come from here. `clock` gives the moment at which things happen."""

    def __init__(self, bot_name: str, bot_username: str) -> None:
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self._user_ids = itertools.count(_FIRST_USER)
        self._group_ids = itertools.count(_FIRST_GROUP, -1)
        self._supergroup_ids = itertools.count(_FIRST_SUPERGROUP, -1)
        self.bot = self.add_user(bot_name, is_bot=True, username=bot_username)

    def add_user(self, name: str, *, is_bot: bool = False, username: str | None = None) -> User:
        """A new account."""
        user = User(next(self._user_ids), name, is_bot, username, None if is_bot else "en")
        self.users[user.id] = user
        return user

    def add_chat(self, kind: Kind, title: str | None = None, user: User | None = None) -> Chat:
        """A new chat, without members; a private one has the id of its person."""
        ids = self._group_ids if kind == "group" else self._supergroup_ids
        chat = Chat(user.id if user is not None else next(ids), kind, title, user)
        self.chats[chat.id] = chat
        return chat

    def store(self, name: str, content: bytes, mime_type: str, folder: str) -> StoredFile:
        """Keeps a file; `folder` is `documents` or `photos`."""
        number = len(self.files) + 1
        file_id = f"BQAC{number:08d}"
        self.files[file_id] = StoredFile(file_id, name, mime_type, content, f"{folder}/file_{number}")
        return self.files[file_id]

    def post(
        self,
        chat: Chat,
        sender: User | None,
        content: Json,
        *,
        sender_chat: Chat | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
        at: datetime | None = None,
    ) -> Message:
        """A new message with the next id of its chat; what it answers and its thread are linked as the service does."""
        number = len(chat.messages) + len(chat.deleted) + 1
        message = Message(chat, number, at or self.clock(), sender, content, sender_chat, reply_to)
        _link(message, thread)
        chat.messages[number] = message
        if sender is not None and sender.is_bot and sender_chat is None:
            chat.last_bot = sender.id
        return message

    def delete(self, message: Message) -> None:
        """Takes a message out of its chat; its id is not given again."""
        del message.chat.messages[message.id]
        message.chat.deleted.add(message.id)


def _link(message: Message, thread: int | None) -> None:
    """The thread of a message.

    In a topic every message belongs to it and, if it answers nothing, answers the message that opened it. In any other
    supergroup an answer carries the id of the first message of its thread, without `is_topic_message`; no such id may
    be sent back.
    """
    answered = message.reply_to
    if thread is None and answered is not None and answered.in_topic:
        thread = answered.thread
    if thread is not None:
        message.thread, message.in_topic = thread, True
        message.reply_to = answered or message.chat.messages.get(thread)
    elif answered is not None and message.chat.kind == "supergroup":
        message.thread = answered.thread or answered.id
