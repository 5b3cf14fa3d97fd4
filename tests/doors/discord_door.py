"""The scenario's people on Discord: the real adapter over REST and gateway, against the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from bot.discord.adapter import Discord, Timing
from bot.pacing import Pace
from bot.transcript import Line
from tests.doors.door import Platform, Spot, says
from tests.servers.discord import Channel, DiscordServer, Message, User
from tests.servers.discord.clock import Clock

_QUICK = Timing(pause=0.01, send_pause=0.02, identify_s=0.0, pace=Pace(0, 0, 0))


class _SceneClock(Clock):
    """The time of the scenario, from which the ids of messages are made, too."""

    def __init__(self, door: DiscordDoor) -> None:
        super().__init__()
        self._door = door

    def now(self) -> datetime:
        """The time of day."""
        return self._door.now


class DiscordDoor(Platform):
    """Rooms are channels of one server, each switched on."""

    name = "discord"

    @asynccontextmanager
    async def open(self, people: Sequence[str], rooms: Sequence[str]) -> AsyncIterator[None]:
        """The server and the coach at work."""
        async with DiscordServer() as server:
            server.world.clock = _SceneClock(self)
            self._people = {name: server.user(name) for name in people}
            everybody = list(self._people.values())
            guild = server.guild("Gym", members=everybody, admins=everybody[:1])
            self._rooms = {name: guild.channel(name) for name in rooms}
            self._private = {name: server.dm(one) for name, one in self._people.items()}
            self._said: dict[tuple[Channel, str], Message] = {}
            coach = Discord(self.store, server.token, lambda: self.now, api=server.api, timing=_QUICK)
            ready = asyncio.Event()
            task = asyncio.create_task(coach.serve(lambda sentence: ready.set()))
            task.add_done_callback(lambda ended: ready.set())
            try:
                await ready.wait()
                for room in self._rooms.values():
                    call = await everybody[0].runs(room, "/here")
                    await server.until(lambda call=call: call.messages)  # type: ignore[misc]
                yield
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            assert server.refused == []

    async def act(self, line: Line) -> None:
        """A message, a command, an answer to the coach's newest one, an edit, a deletion."""
        person, place = self._where(line)
        assert line.message_id is not None
        key = (place, line.message_id)
        match line.action:
            case "edit":
                await person.edits(self._said[key], line.text)
            case "delete":
                await person.deletes(self._said[key])
            case "reply":
                self._said[key] = await person.says(place, line.text, reply_to=self._answers(place)[-1])
            case "message" if line.text.startswith("/"):
                await self._run(person, place, line.text)
            case "message":
                self._said[key] = await person.says(place, line.text)

    async def _run(self, person: User, place: Channel, text: str) -> None:
        """A command by its form: a word for each option, all that is left for the last."""
        name, *words = text.split()
        forms = place.world.commands.table(None)
        options = next(one for one in forms if f"/{one['name']}" == name)["options"]
        split = [*words[: len(options) - 1], " ".join(words[len(options) - 1 :])] if options else []
        filled = {option["name"]: word for option, word in zip(options, split, strict=True) if word}
        await person.runs(place, name, filled)

    async def press(self, line: Line) -> None:
        """A press on the newest button that says so."""
        person, place = self._where(line)
        buttons = [(one, button) for one in self._answers(place) for button in one.buttons]
        message, button = [both for both in buttons if says(both[1].label, line.text)][-1]
        await person.presses(message, button.custom_id)

    def seen(self) -> Mapping[Spot, str]:
        """What stands in all channels; what only one person sees of it is private."""
        return {
            Spot(
                None if one.ephemeral else name, one.owner.name if one.owner else person, one.id
            ): one.content
            for name, person, place in self._places()
            for one in self._answers(place)
        }

    def _places(self) -> list[tuple[str | None, str | None, Channel]]:
        private = [(None, name, place) for name, place in self._private.items()]
        return [*private, *((name, None, place) for name, place in self._rooms.items())]

    def _answers(self, place: Channel) -> list[Message]:
        bot = place.world.bot
        return [one for one in place.messages.values() if one.author is bot and not one.deleted]

    def _where(self, line: Line) -> tuple[User, Channel]:
        assert line.person is not None
        place = self._private[line.person] if line.room is None else self._rooms[line.room]
        return self._people[line.person], place
