"""What Spotter does for its database every night: a backup, what keeps searches quick, and texts that are kept no longer.

The database knows what was done: each chore once a day, whichever process it is that comes first, and one that was missed
while nothing ran soon after the next start.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.lease import Process
from core.errors import SpotterError
from core.store import Connection, Store, chores, pruning
from core.store.backup import BackupStopped, back_up, drop_old, named
from core.store.leases import Lease

_log = logging.getLogger(__name__)

HOUR: Final = 4
"""Of the machine's day (own choice): few train then, and no clock is ever set past it."""
LOOKED: Final = timedelta(minutes=15)
"""Between two looks at whether something is to be done (own choice): it need not be on the minute."""
FIRST: Final = timedelta(minutes=1)
"""After a start answers come first; then what was missed (own choice)."""
LASTS: Final = timedelta(minutes=10)
"""So long others leave a chore to a process that went without a word, where they cannot see that it is gone."""
AT_ONCE: Final = 200
"""Rows that are looked at, and written, in one go while pruning: some milliseconds (own choice)."""
PAUSE_S: Final = 0.02
"""Between two such goes: answers come first (own choice)."""

_JOB: Final = "chores"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long what is kept: backups (days, 0: none are made) in a folder, and texts (days, None: for ever)."""

    backup_days: int
    folder: Path | None
    text_days: int | None = None


@dataclass(slots=True)
class Housekeeping:
    """The chores of a database, as this process does them. `look` does what is due; `run` until cancelled."""

    store: Store
    clock: Callable[[], datetime]
    zone: str
    keeping: Keeping
    me: Process = field(default_factory=Process)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _told: dict[str, datetime] = field(default_factory=dict)

    async def look(self) -> None:
        """Does what was not done since it last was due; what goes wrong is told once a day, and tried again next time."""
        async with self._looking:
            for name, work in self._chores().items():
                try:
                    await self._once(name, work)
                    self._told.pop(name, None)
                except BackupStopped:
                    return
                except SpotterError as error:
                    self._tell(name, str(error))
                except Exception as error:  # one that breaks us must not keep the others from being done
                    self._tell(name, f"{type(error).__name__}: {error}")
                    _log.debug("The story behind it", exc_info=error)

    async def run(self) -> None:
        """Looks now and then, until cancelled; what is under way then is broken off."""
        usual: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=usual)
        every = IntervalTrigger(seconds=int(LOOKED.total_seconds()))
        scheduler.add_job(self._looked, every, id=_JOB, next_run_time=self.clock() + FIRST)
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            self._stopping.set()
            scheduler.shutdown(wait=False)
            async with self._looking:  # until it has let go of the database
                pass

    async def _looked(self) -> None:
        """A look that may be broken off: nobody is to be told of that as of an error."""
        with suppress(asyncio.CancelledError):
            await self.look()

    def _chores(self) -> dict[str, Callable[[], Awaitable[None]]]:
        chores_: dict[str, Callable[[], Awaitable[None]]] = {}
        if self.store.file is not None:
            if self.keeping.backup_days > 0:
                chores_["backup"] = self._backed_up
            chores_["tidy"] = self.store.tidy
        if self.keeping.text_days is not None:
            chores_["prune"] = self._pruned
        return chores_

    async def _once(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Does a chore, unless it was done since it was due, or another process is at it."""
        began = self.clock()
        if not await self._is_ours(name):
            return
        try:
            await work()
        except Exception:
            async with self.store.write(lasting=False) as conn:
                await chores.leave(conn, name, str(self.me))
            raise
        async with self.store.write(lasting=False) as conn:
            await chores.done(conn, name, str(self.me), began)

    async def _is_ours(self, name: str) -> bool:
        """Whether we are at a chore, and not another process: one that is seen to be gone is at nothing."""
        while True:
            now = self.clock()
            lease = Lease(str(self.me), now + LASTS)
            async with self.store.write(lasting=False) as conn:
                holder = await chores.claim(conn, name, lease, last_due(now, self.zone), now)
                if holder is None or holder == str(self.me):
                    return holder is not None
                if not self.me.sees_gone(holder):
                    return False
                await chores.leave(conn, name, holder)

    async def _backed_up(self) -> None:
        """A copy of the database; then those that are old enough are dropped. Raises StoreError, BackupStopped."""
        database, folder = self.store.file, self.keeping.folder
        assert database is not None and folder is not None
        now = self.clock()
        target = folder / named(database, now)

        def work() -> None:
            back_up(database, target, self._stopping.is_set, checked=True)
            drop_old(folder, database, now, self.keeping.backup_days)

        # Not in the loop's own threads: the end of the loop would wait for those however long a disk takes.
        await _apart(work, self._stopping)

    async def _pruned(self) -> None:
        assert self.keeping.text_days is not None
        before = self.clock() - timedelta(days=self.keeping.text_days)
        await self._walked(pruning.texts, pruning.drop_texts, before)
        await self._walked(pruning.bodies, pruning.drop_bodies, before)
        await self._walked(pruning.asked, pruning.drop_asked, before)

    async def _walked(
        self,
        found: Callable[[Connection, str, datetime, int], Awaitable[tuple[list[str], str | None]]],
        drop: Callable[[Connection, list[str]], Awaitable[None]],
        before: datetime,
    ) -> None:
        """All rows from before an instant, some at a time."""
        after: str | None = ""
        renewed = self.clock()
        while after is not None:
            async with self.store.read() as conn:
                ids, after = await found(conn, after, before, AT_ONCE)
            if ids:
                async with self.store.write(lasting=False) as conn:
                    await drop(conn, ids)
            if self.clock() - renewed > LASTS / 3:
                renewed = self.clock()
                await self._is_ours("prune")
            await asyncio.sleep(PAUSE_S)

    def _tell(self, name: str, why: str) -> None:
        due = last_due(self.clock(), self.zone)
        level = logging.INFO if self._told.get(name) == due else logging.WARNING
        self._told[name] = due
        _log.log(level, "%s %s", _WORDS[name], why)


_WORDS: Final = {
    "backup": "No backup was made:",
    "tidy": "The database was not tidied:",
    "prune": "Old texts were not removed:",
}


def last_due(now: datetime, zone: str) -> datetime:
    """The last time before now at which chores are due: four in the morning of a zone."""
    here = now.astimezone(ZoneInfo(zone))
    due = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return due if due <= here else due - timedelta(days=1)


async def _apart(work: Callable[[], None], stopping: threading.Event) -> None:
    """Does something in a thread of its own, told to stop where we are cancelled; raises what it raises."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def body() -> None:
        ended: BaseException | None = None
        try:
            work()
        except BaseException as error:
            ended = error
        with suppress(RuntimeError):  # the loop is over: nobody waits
            loop.call_soon_threadsafe(settle, ended)

    threading.Thread(target=body, name="spotter chore", daemon=True).start()
    try:
        await asyncio.shield(done)
    except asyncio.CancelledError:
        stopping.set()
        await asyncio.wait((done,))
        done.exception()
        raise
