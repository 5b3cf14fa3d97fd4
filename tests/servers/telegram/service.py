"""The state behind the methods: the world, the queue of updates, what the bot has set and what it may reach."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.servers.telegram.faults import Limits
from tests.servers.telegram.privacy import is_shown_to
from tests.servers.telegram.refusals import DeclinedError, Json, RefusedError
from tests.servers.telegram.updates import Updates
from tests.servers.telegram.webhook import Webhook
from tests.servers.telegram.world import Chat, Message, Status, User, World

Arguments = Json
"""The parameters of a request, in their types."""

_NAMES = {
    "private": "user",
    "group": "group chat",
    "supergroup": "supergroup chat",
    "channel": "channel chat",
}


@dataclass(slots=True)
class Press:
    """A press on a button: `answer` is what `answerCallbackQuery` said, `lives` whether it can still be answered."""

    person: User
    message: Message
    data: str
    answer: Json | None = None
    lives: bool = True


@dataclass(slots=True)
class Service:
    """All that the methods work on."""

    world: World
    updates: Updates
    changed: Callable[[], None]
    limits: Limits = field(default_factory=Limits)
    webhook: Webhook | None = None
    privacy: bool = True
    presses: dict[str, Press] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    actions: list[tuple[int, str]] = field(default_factory=list)
    _press_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(4_000_000_000_000_001))

    @property
    def bot(self) -> User:
        """The account that is served."""
        return self.world.bot

    def show(self, message: Message, *, edited: bool = False, whatever: bool = False) -> None:
        """Tells the bot of a message or an edit if it may see it, or `whatever` the rules say."""
        kind = "channel_post" if message.chat.kind == "channel" else "message"
        if whatever or is_shown_to(self.bot, message):
            self.updates.add(f"edited_{kind}" if edited else kind, message.json())
        self.changed()

    def press(self, person: User, message: Message, data: str) -> str:
        """Tells the bot of a press; its id."""
        query = str(next(self._press_ids))
        self.presses[query] = Press(person, message, data)
        body = {"id": query, "from": person.json(), "message": message.json(), "data": data}
        self.updates.add("callback_query", body | {"chat_instance": str(message.chat.id)})
        return query

    def move(self, chat: Chat, user: User, status: Status, by: User) -> None:
        """Makes a user something else in a chat, and tells the bot as far as it asked."""
        before, after = chat.status(user), status
        chat.members[user.id] = (user, status)
        self.updates.add(
            "my_chat_member" if user is self.bot else "chat_member",
            {
                "chat": chat.json(),
                "from": by.json(),
                "date": int(self.world.clock().timestamp()),
                "old_chat_member": chat.member_json(user, before),
                "new_chat_member": chat.member_json(user, after),
            },
        )
        self.changed()

    def chat(self, arguments: Arguments) -> Chat:
        """The chat of a request; raises `RefusedError` where there is none that the bot knows."""
        wanted = arguments.get("chat_id")
        if wanted is None:
            raise RefusedError("chat_id is empty")
        chat = self.world.chats.get(wanted) if isinstance(wanted, int) else None
        if chat is None:
            raise RefusedError("chat not found")
        return chat

    def member_chat(self, arguments: Arguments) -> Chat:
        """The chat of a request, in which the bot is; raises `DeclinedError` where it was thrown out or has left."""
        chat = self.chat(arguments)
        if chat.kind != "private":
            self._check_membership(chat)
        return chat

    def writable(self, arguments: Arguments) -> Chat:
        """The chat of a request, in which the bot may write now."""
        chat = self.chat(arguments)
        if chat.migrated_to is not None:
            raise DeclinedError(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to.id
            )
        if chat.user is not None:
            _check_person(chat, chat.user)
        else:
            self._check_membership(chat)
        if chat.kind == "channel" and not chat.is_admin(self.bot):
            raise RefusedError("need administrator rights in the channel chat")
        return chat

    def _check_membership(self, chat: Chat) -> None:
        status = chat.status(self.bot)
        if status == "kicked":
            raise DeclinedError(f"bot was kicked from the {_NAMES[chat.kind]}", 403)
        if status == "left":
            raise DeclinedError(f"bot is not a member of the {_NAMES[chat.kind]}", 403)


def _check_person(chat: Chat, person: User) -> None:
    if person.is_bot:
        raise RefusedError("bot can't send messages to bots", 403)
    if person.deactivated:
        raise DeclinedError("user is deactivated", 403)
    if not chat.opened:
        raise RefusedError("bot can't initiate conversation with a user", 403)
    if chat.blocked:
        raise DeclinedError("bot was blocked by the user", 403)
