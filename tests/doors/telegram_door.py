"""The scenario's people on Telegram: the real adapter over sockets, against the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from bot.pacing import Pace
from bot.telegram.adapter import Telegram, Timing
from bot.transcript import Line
from tests.doors.door import Platform, Spot, says
from tests.servers.telegram import Person, Place, TelegramServer

_QUICK = Timing(wait_s=2, pause=0.01, send_pause=0.02, pace=Pace(0, 0, 0))


class TelegramDoor(Platform):
    """It tells nobody of deletions."""

    name = "telegram"

    @asynccontextmanager
    async def open(self, people: Sequence[str], rooms: Sequence[str]) -> AsyncIterator[None]:
        """The server and the coach at work."""
        async with TelegramServer() as server:
            server.world.clock = lambda: self.now
            self._people = {name: server.user(name) for name in people}
            self._private = {name: server.private(one) for name, one in self._people.items()}
            everybody = self._people.values()
            self._rooms: dict[str, Place] = {
                name: server.group(name, everybody, privacy=False) for name in rooms
            }
            self._keys: dict[tuple[Place, str], int] = {}
            coach = Telegram(self.store, server.token, lambda: self.now, api=server.address, timing=_QUICK)
            task = asyncio.create_task(coach.serve())
            try:
                yield
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            assert server.refused == []

    async def act(self, line: Line) -> None:
        """A message, an answer to the coach's newest one, or an edit."""
        person, place = self._where(line)
        assert line.message_id is not None
        key = (place, line.message_id)
        if line.action == "edit":
            await person.edits(place, self._keys[key], line.text)
            return
        assert line.action != "delete", "Telegram tells nobody of deletions"
        answered = place.answers()[-1].message_id if line.action == "reply" else None
        self._keys[key] = await person.says(place, line.text, reply_to=answered)

    async def press(self, line: Line) -> None:
        """A press on the newest button that says so."""
        person, place = self._where(line)
        buttons = [one for shown in place.answers() for row in shown.buttons for one in row]
        await person.presses([one for one in buttons if says(one.text, line.text)][-1])

    def seen(self) -> Mapping[Spot, str]:
        """What stands in all chats."""
        private = {
            Spot(None, name, one.message_id): one.text
            for name, place in self._private.items()
            for one in place.answers()
        }
        return private | {
            Spot(name, None, one.message_id): one.text
            for name, place in self._rooms.items()
            for one in place.answers()
        }

    def _where(self, line: Line) -> tuple[Person, Place]:
        assert line.person is not None
        place = self._private[line.person] if line.room is None else self._rooms[line.room]
        return self._people[line.person], place
