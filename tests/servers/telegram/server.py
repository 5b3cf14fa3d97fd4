"""The Bot API server: its address, what it has seen, and a test's hands on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from tests.servers.telegram.faults import Fault, Limits, Trouble
from tests.servers.telegram.gateway import Call, Gateway
from tests.servers.telegram.people import OtherBot, Person
from tests.servers.telegram.places import Channel, Group, Place
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.service import Press, Service
from tests.servers.telegram.updates import Updates
from tests.servers.telegram.world import World

T = TypeVar("T")


class TelegramServer:
    """A Bot API server on the loopback, for one bot.

    Use it as an asynchronous context manager; then give the library `base_url` and `base_file_url`. `token` is the
    bot's; any other gets 401.
    """

    token = "700000001:AAF-loopback_token_of_no_account_00000"

    def __init__(self, *, privacy: bool = True) -> None:
        self._happened = asyncio.Event()
        self.world = World("Spotter", "spotter_bot")
        self.updates = Updates(self._happened.set)
        self.service = Service(self.world, self.updates, self._happened.set, privacy=privacy)
        self.gateway = Gateway(self.service, self.token)
        self.port = 0
        self._runner = web.AppRunner(self.gateway.application(), access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.updates.stop()
        self.gateway.closing.set()
        try:
            await self._runner.cleanup()
        finally:  # the last requests may have set another
            if self.service.webhook is not None:
                await self.service.webhook.stop()

    @property
    def address(self) -> str:
        """Where it listens: the base address of a Bot API server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What the library puts before the token of a method."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        """What the library puts before the token of a download."""
        return f"{self.address}/file/bot"

    @property
    def calls(self) -> list[Call]:
        """Every request with its answer, oldest first."""
        return self.gateway.calls

    @property
    def refused(self) -> list[Call]:
        """The requests that were wrong in themselves: unknown names, limits, ids never given.

        A test of the bot ends with the assertion that there are none.
        """
        return self.gateway.refused

    @property
    def declined(self) -> list[Call]:
        """The requests that the state of the world forbade: blocked, migrated, not modified, too many; and the 500s."""
        return self.gateway.declined

    @property
    def acknowledged(self) -> list[int]:
        """The ids of the updates that are forgotten, in that order."""
        return self.updates.acknowledged

    @property
    def pending(self) -> dict[int, Json]:
        """The updates that are not, by id and in order."""
        return self.updates.pending

    @property
    def presses(self) -> dict[str, Press]:
        """The presses on buttons by their ids, with what was answered."""
        return self.service.presses

    @property
    def limits(self) -> Limits:
        """How fast the bot may send; off until set."""
        return self.service.limits

    def switch_privacy(self, on: bool) -> None:
        """Switches privacy mode; a group keeps what it had until the bot is added again."""
        self.service.privacy = on

    def user(self, name: str, username: str | None = None) -> Person:
        """A new person."""
        return Person(self.service, self.world.add_user(name, username=username))

    def other_bot(self, name: str) -> OtherBot:
        """A bot of somebody else."""
        return OtherBot(self.service, self.world.add_user(name, is_bot=True, username=f"{name.lower()}_bot"))

    def private(self, person: Person, *, opened: bool = True) -> Place:
        """The chat of a person with the bot; not `opened`: Start was never pressed."""
        chat = self.world.add_chat("private", user=person.user)
        chat.opened = opened
        chat.members = {user.id: (user, "member") for user in (person.user, self.world.bot)}
        return Place(self.service, chat)

    def group(
        self,
        title: str,
        people: Iterable[Person],
        *,
        privacy: bool | None = None,
        forum: bool = False,
        supergroup: bool = False,
        with_bot: bool = True,
    ) -> Group:
        """A group that the first of the people owns. A forum is a supergroup. `privacy` None: as the server has it."""
        chat = self.world.add_chat("supergroup" if forum or supergroup else "group", title)
        chat.forum, chat.privacy = forum, self.service.privacy if privacy is None else privacy
        chat.members = {one.id: (one.user, "member") for one in people}
        owner = next(iter(chat.members.values()))[0]
        chat.members[owner.id] = (owner, "creator")
        if with_bot:
            chat.members[self.world.bot.id] = (self.world.bot, "member")
        return Group(self.service, chat)

    def channel(self, title: str, *, admin: bool = True) -> Channel:
        """A channel, in which the bot is an administrator or nobody."""
        chat = self.world.add_chat("channel", title)
        if admin:
            chat.members[self.world.bot.id] = (self.world.bot, "administrator")
        return Channel(self.service, chat)

    def raw_update(self, fields: Json) -> int:
        """Queues an update with any fields, also such as no library can read; its id."""
        return self.updates.add_raw(fields)

    def commands(self, scope: str = "default", language: str = "") -> dict[str, str]:
        """The command menu that was set: names and descriptions."""
        menu = self.service.commands.get((json.dumps({"type": scope}), language), [])
        return {one["command"]: one["description"] for one in menu}

    def forget_presses(self) -> None:
        """Makes every press so far too old to be answered."""
        for press in self.presses.values():
            press.lives = False

    def fail_next(self, method: str, kind: Fault | str, times: int = 1) -> None:
        """The next requests for a method meet a fault."""
        self.gateway.faults.waiting.append(Trouble(Fault(kind), method, left=times))

    def flood(
        self, retry_after: int, *, method: str = "sendMessage", chat: Place | None = None, times: int = 1
    ) -> None:
        """The next requests for a method, in one chat or any, get 429."""
        where = chat.id if chat is not None else None
        self.gateway.faults.waiting.append(Trouble(Fault.FLOOD, method, where, times, retry_after))

    @contextmanager
    def outage(self, kind: Fault | str, method: str | None = None) -> Iterator[None]:
        """While it lasts, every request, or every one for a method, meets a fault."""
        trouble = Trouble(Fault(kind), method, left=None)
        self.gateway.faults.waiting.append(trouble)
        try:
            yield
        finally:
            trouble.left = 0

    def called(self, method: str, status: int | None = None) -> list[Call]:
        """The requests for a method, or those of them that were answered with a status."""
        return [one for one in self.calls if one.method == method and status in (None, one.status)]

    async def until(self, condition: Callable[[], T], within: float = 10.0) -> T:
        """Waits until the condition holds and gives its value; looked at again whenever something happens here.

        A `LookupError` counts as not yet. Raises `AssertionError` after `within` seconds.
        """
        try:
            async with asyncio.timeout(within):
                while not (value := _held(condition)):
                    self._happened.clear()
                    await self._happened.wait()
        except TimeoutError:
            raise AssertionError(f"nothing came of it within {within:g} s\n{self._tale()}") from None
        assert value is not None
        return value

    def _tale(self) -> str:
        last = [f"{one.method} {one.arguments}: {one.status} {one.description}" for one in self.calls[-10:]]
        return "\n".join([*last, f"pending: {list(self.pending.values())[:5]}"])


def _held(condition: Callable[[], T]) -> T | None:
    try:
        return condition()
    except LookupError:
        return None
