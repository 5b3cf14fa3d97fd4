"""The server as a test holds it.

async with DiscordServer() as server:
    ann = server.user("Ann")
    channel = server.guild("Gym", members=[ann]).channel("training")
    with pointed(server):
        ...  # start the client with `server.token`
    await server.until(lambda: server.gateway.listening)
    await ann.says(channel, "squat 100x8")
    await server.until(lambda: len(channel.shown(ann)) == 2)
    assert not server.refused
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, TypeVar

from .clock import Clock
from .commands import CommandTable
from .faults import Faults, Pace
from .gateway import Gateway
from .interactions import Interaction
from .messages import Message
from .people import User
from .places import Channel, Guild
from .refusals import Refused
from .rest import Call, Rest
from .routes import ROUTES
from .world import World

T = TypeVar("T")
# How often a condition is looked at that no event of the server announces, such as one inside the client.
_LOOK_AGAIN = 0.02


class DiscordServer:
    """REST and gateway on 127.0.0.1, each on a port of its own; `api` is the base address without the version.

    With `content` off the message content intent is not switched on for the application, with `members` off the
    members intent. `shards` is how many the service demands. What it refused is in `refused`, what a client sent
    that the service would overlook in silence is in `ignored`.
    """

    def __init__(
        self,
        *,
        token: str = "bot-token",
        content: bool = True,
        members: bool = True,
        shards: int = 1,
    ) -> None:
        self._wake: asyncio.Event | None = None
        self.gateway = Gateway(self._changed)
        self.world = World(token, self.gateway.emit, self._changed)
        self.world.content_enabled, self.world.members_enabled = content, members
        self.world.shards = shards
        self.gateway.world = self.world
        self.rest = Rest(self.world, ROUTES)

    async def __aenter__(self) -> DiscordServer:
        self._wake = asyncio.Event()
        await self.up()
        self.world.files = self.rest.address
        self.world.gateway_url = self.gateway.url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.stop()
        await self.rest.stop()

    async def up(self) -> None:
        """Takes connections (again), on the same ports."""
        await self.rest.up()
        await self.gateway.up()

    async def down(self) -> None:
        """Refuses connections everywhere and cuts the gateway's, until `up`."""
        await self.gateway.down()
        await self.rest.down()

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def api(self) -> str:
        """The base address, e.g. for `DISCORD_API`; the version comes after it."""
        return f"{self.rest.address}/api"

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self.world.bot

    @property
    def clock(self) -> Clock:
        """The server's clock; `clock.passes(3)` lets three seconds pass at once."""
        return self.world.clock

    @property
    def faults(self) -> Faults:
        """Trouble for the next requests."""
        return self.rest.faults

    @property
    def pace(self) -> Pace:
        """Rate limits; wide until `pace.limit("POST /channels/*/messages", 5, 5.0)` or the like."""
        return self.rest.pace

    @property
    def commands(self) -> CommandTable:
        """The registered slash commands."""
        return self.world.commands

    @property
    def refused(self) -> list[Refused]:
        """Every request that the service would have refused."""
        return self.world.refused

    @property
    def ignored(self) -> list[str]:
        """Names of fields that the service does not know."""
        return self.world.ignored

    @property
    def interactions(self) -> list[Interaction]:
        """Every command called and button pressed, oldest first."""
        return list(self.world.interactions.values())

    @property
    def unanswered(self) -> list[Interaction]:
        """Those among them that have had no first answer, whether or not there is still time."""
        return [call for call in self.interactions if not call.acknowledged]

    def calls(self, method: str, path: str = "") -> list[Call]:
        """The requests of a method whose path contains `path`, oldest first."""
        return [call for call in self.rest.log if call.method == method and path in call.path]

    def calm(self) -> None:
        """No more trouble on demand; requests left hanging are cut."""
        self.rest.clear()

    def user(self, name: str, *, bot: bool = False) -> User:
        """A person, or another bot."""
        return self.world.person(name, bot=bot)

    def guild(self, name: str, *, members: Sequence[User] = (), admins: Sequence[User] = ()) -> Guild:
        """A guild with the bot in it; its owner is somebody else, the admins are members too."""
        new_id = self.clock.new_id
        owner = self.user(f"{name} owner")
        people = list(dict.fromkeys([self.bot, owner, *admins, *members]))
        # The shard is in the bits above the 22nd: guilds go to the shards by turns, whatever millisecond it is.
        # A worker bit keeps such an id apart from those that the clock will give in that millisecond.
        place = len(self.world.guilds)
        number = new_id() + (place << 22) | 1 << 17
        number += (place - (number >> 22)) % self.world.shards << 22
        made = Guild(self.world, number, name, owner, people, list(admins), new_id())
        self.world.guilds[number] = made
        made.invites_bot()
        return made

    def dm(self, person: User) -> Channel:
        """The direct messages between a person and the bot."""
        return self.world.direct(person)

    async def webhook_says(self, place: Channel, name: str, text: str) -> Message:
        """A webhook posts to a channel under that name."""
        hook = self.world.person(name, bot=True, webhook=True)
        message = Message(self.clock.new_id(), place, hook, text, self.clock.now())
        self.world.post(message)
        await asyncio.sleep(0)
        return message

    async def unfurls(self, message: Message) -> None:
        """The service adds a link preview to a message: an update that is no edit."""
        message.embeds = [*message.embeds, {"type": "link", "title": "A page", "url": "https://example.org"}]
        self.world.tell_update(message)
        await asyncio.sleep(0)

    def notices(self, person: User, place: Channel, kind: int, text: str) -> Message:
        """The service writes a notice in a person's name, e.g. kind 18, that they opened a thread of that name."""
        return self.world.post(Message(self.clock.new_id(), place, person, text, self.clock.now(), kind))

    def deletes_many(self, messages: Sequence[Message]) -> None:
        """A moderator's tool takes messages of one channel away at once."""
        self.world.erase_many(messages)

    async def until(self, condition: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """What the condition returns once that is true; looked at whenever something happens on the server.

        Raises TimeoutError after `timeout` seconds.
        """
        ends = asyncio.get_running_loop().time() + timeout
        while not (value := condition()):
            if asyncio.get_running_loop().time() > ends:
                raise TimeoutError(f"not within {timeout} s; refused: {self.refused}")
            await self._something()
        return value

    async def _something(self) -> None:
        assert self._wake is not None
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), _LOOK_AGAIN)
        except TimeoutError:
            return

    def _changed(self, *_: Any) -> None:
        if self._wake is not None:
            self._wake.set()
