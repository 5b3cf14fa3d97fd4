"""Servers ("guilds"), their channels and threads, and direct messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from . import payloads
from .events import GUILDS, Event
from .messages import Message, Shown, shown
from .refusals import Refusal, missing_access, missing_permissions

if TYPE_CHECKING:
    from .people import User
    from .world import World

TEXT, DM, PUBLIC_THREAD = 0, 1, 11
VIEW, SEND, HISTORY, ADMIN, MANAGE_MESSAGES = 1 << 10, 1 << 11, 1 << 16, 1 << 3, 1 << 13
# What everyone may do unless told otherwise: see, send (in threads too), read back, react, attach, embed, use commands.
ORDINARY = VIEW | SEND | HISTORY | 1 << 6 | 1 << 14 | 1 << 15 | 1 << 31 | 1 << 35 | 1 << 38
EVERYTHING = (1 << 53) - 1
_RIGHTS = {"view": VIEW, "send": SEND, "history": HISTORY}


@dataclass(eq=False)
class Channel:
    """A place for messages: a channel of a guild, a thread, or direct messages (then `person` is the other one)."""

    world: World
    id: int
    kind: int
    name: str = ""
    guild: Guild | None = None
    person: User | None = None
    parent: Channel | None = None
    maker: User | None = None
    made: datetime | None = None
    archived: bool = False
    locked: bool = False
    denied: int = 0
    typed: int = 0
    messages: dict[int, Message] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Channel {self.id} {self.name or self.person}>"

    @property
    def guild_id(self) -> int | None:
        """The guild's id, None in direct messages."""
        return None if self.guild is None else self.guild.id

    @property
    def is_thread(self) -> bool:
        """Whether it hangs under another channel."""
        return self.parent is not None

    def public(self) -> list[Message]:
        """The messages that the API hands out, oldest first: those that are there and are for everyone."""
        return [m for m in self.messages.values() if not m.deleted and m.owner is None]

    def holds(self, person: User) -> bool:
        """Whether that person is in it."""
        if self.guild is None:
            return self.person is person or person is self.world.bot
        return person in self.guild.members

    def shown(self, person: User) -> list[Shown]:
        """What stands in that person's window now, oldest first; nothing where the person is not in."""
        if not self.holds(person):
            return []
        return [shown(message) for message in self.messages.values() if message.seen_by(person)]

    def bot_may(self, right: int) -> bool:
        """Whether the bot has a right here."""
        over = self.denied | (self.parent.denied if self.parent else 0)
        return not over & right and (self.guild is None or self.guild.has_bot)

    def must_allow(self, right: int) -> None:
        """Refuses the bot a request that needs a right it lacks here."""
        if not self.bot_may(VIEW):
            raise missing_access()
        if not self.bot_may(right):
            raise missing_permissions()
        if right == SEND and self.locked:
            raise Refusal(400, 50083, "Thread is archived")

    def forbids(self, right: str) -> None:
        """Takes "view", "send" or "history" from the bot in this channel."""
        self.denied |= _RIGHTS[right]
        self._changed("CHANNEL_UPDATE")

    def allows(self) -> None:
        """Gives back what was taken."""
        self.denied = 0
        self._changed("CHANNEL_UPDATE")

    def vanishes(self) -> None:
        """The channel (or thread) is deleted by an admin."""
        self.world.channels.pop(self.id, None)
        if self.guild is not None:
            self.guild.channels.remove(self)
        self._changed("THREAD_DELETE" if self.is_thread else "CHANNEL_DELETE")

    def thread(self, name: str, by: User) -> Channel:
        """Somebody opens a thread under this channel."""
        if self.guild is None or self.is_thread:
            raise ValueError("threads are opened in a guild's channels")
        made = self.world.clock.now()
        new = Channel(
            self.world,
            self.world.clock.new_id(),
            PUBLIC_THREAD,
            name,
            self.guild,
            parent=self,
            maker=by,
            made=made,
        )
        self.guild.add(new)
        new._changed("THREAD_CREATE", newly=True)
        return new

    def archive(self, *, archived: bool = True, locked: bool = False) -> None:
        """A thread is put away, or taken out again."""
        self.archived, self.locked = archived, locked
        self._changed("THREAD_UPDATE")

    def _changed(self, event: str, *, newly: bool = False) -> None:
        payload = payloads.channel(self)
        if newly:
            payload["newly_created"] = True
        self.world.emit(Event(event, payload, self.guild_id, GUILDS))


@dataclass(eq=False)
class Guild:
    """A community with its people and channels; `admins` are among the `members`."""

    world: World
    id: int
    name: str
    owner: User
    members: list[User]
    admins: list[User]
    admin_role: int
    has_bot: bool = True
    channels: list[Channel] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Guild {self.id} {self.name}>"

    def channel(self, name: str) -> Channel:
        """The text channel of that name; made, and the bot told, when there is none."""
        for known in self.channels:
            if known.name == name and not known.is_thread:
                return known
        new = Channel(self.world, self.world.clock.new_id(), TEXT, name, self)
        self.add(new)
        new._changed("CHANNEL_CREATE")
        return new

    def add(self, channel: Channel) -> None:
        """Files a channel or thread."""
        self.channels.append(channel)
        self.world.channels[channel.id] = channel

    @property
    def everyone_may(self) -> int:
        """The permission bits that every member has."""
        return ORDINARY

    def rights(self, person: User) -> int:
        """The permission bits of a member."""
        return EVERYTHING if person is self.owner or person in self.admins else ORDINARY

    def welcomes(self, person: User) -> None:
        """Somebody joins."""
        self.members.append(person)
        data = {**payloads.member(person, self), "guild_id": str(self.id)}
        self.world.emit(Event("GUILD_MEMBER_ADD", data, self.id, 1 << 1))

    def removes_bot(self) -> None:
        """An admin throws the bot out."""
        self.world.emit(Event("GUILD_DELETE", {"id": str(self.id)}, self.id, GUILDS))
        self.has_bot = False

    def invites_bot(self) -> None:
        """An admin adds the bot (again)."""
        self.has_bot = True
        self.world.emit(Event("GUILD_CREATE", payloads.guild(self, everyone=False), self.id, GUILDS))
