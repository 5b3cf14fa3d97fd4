"""Wakes the coach when something is due on a platform, and hands what it says to the outbox.

The rows know what is due; the scheduler only wakes us. It is woken at the next row's instant, and now and then besides: another
process may have stored an earlier one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from core.errors import SpotterError
from core.store import Store, reminders
from core.store.messages import StoredReply
from core.store.reminders import Due

_log = logging.getLogger(__name__)

AT_ONCE: Final = 20
"""So many are taken up in one go (own choice)."""
SOON: Final = timedelta(seconds=1)
"""Until the next go where more is due than was taken up, or the outbox has its hands full."""
BREATH: Final = timedelta(seconds=0.05)
"""Between two looks at the least."""
LONGEST: Final = timedelta(seconds=30)
"""At the latest so long after one look comes the next (own choice)."""
PUT_OFF: Final = timedelta(hours=1)
"""Until what broke us is tried again (own choice)."""
JUMPED_S: Final = 5.0
"""The clock was set where it has gone on by so much more or less than time has."""
WATCHED_S: Final = 20.0

_JOB: Final = "due"


class Says(Protocol):
    """Who knows what to say of something that is due: `Dispatch`."""

    async def remind(self, due: Due, *, now: datetime) -> StoredReply | None:
        """Claims it and stores what is said; None where nothing is."""


class Carries(Protocol):
    """Who carries it out: the outbox."""

    def room(self) -> int:
        """How many more replies that answer nothing it would take now."""

    def tell(self, reply: StoredReply) -> None:
        """Sends one that is stored already."""


@dataclass(slots=True)
class Alarm:
    """What is due on one platform. `look` at what is due now; `run` until cancelled; `sooner` when an earlier row was stored."""

    store: Store
    platform: str
    says: Says
    outbox: Carries
    clock: Callable[[], datetime]
    _scheduler: AsyncIOScheduler | None = None
    _broken: dict[tuple[str, str, datetime], datetime] = field(default_factory=dict)
    _looks: bool = False
    _asked: datetime | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> datetime:
        """Says what is due, as far as the outbox has room; when to look again."""
        async with self._looking:
            now = self.clock()
            most = min(AT_ONCE, self.outbox.room())
            taken = await self._said(now, most) if most > 0 else 0
            if most <= 0 or taken >= most:
                return now + SOON
            async with self.store.read() as conn:
                following = await reminders.next_at(conn, self.platform, now)
            latest = now + LONGEST
            return latest if following is None else min(latest, max(following, now + SOON))

    async def _said(self, now: datetime, most: int) -> int:
        """Says what is due, the longest first; how many rows there were."""
        self._broken = {due: until for due, until in self._broken.items() if until > now}
        async with self.store.read() as conn:
            rows = await reminders.waiting(conn, self.platform, now, most + len(self._broken))
        found = [due for due in rows if _key(due) not in self._broken][:most]
        for due in found:
            try:
                reply = await self.says.remind(due, now=self.clock())
            except SpotterError:
                raise  # the database is away for all of them
            except Exception as error:  # what breaks us must not stand before all others
                _log.error("A reminder waits: %s", type(error).__name__, exc_info=error)
                self._broken[_key(due)] = now + PUT_OFF
                continue
            if reply is not None:
                self.outbox.tell(reply)
        return len(found)

    def sooner(self, at: datetime) -> None:
        """Something is due then that was not before."""
        if self._scheduler is None:
            return
        if self._looks:
            self._asked = at if self._asked is None else min(self._asked, at)
            return
        job = self._scheduler.get_job(_JOB)
        due = self._by_the_machine(at)
        if job is not None and (job.next_run_time is None or due < job.next_run_time):
            job.modify(next_run_time=due)

    async def run(self) -> None:
        """Looks whenever something is due, until cancelled."""
        # A grace would drop what is a second late. A look counts as running for a moment after its end, and one that begins
        # just then would be left out if only one could; that no two look at once is the lock's affair.
        usual: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True, "max_instances": 3}
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=usual)
        scheduler.add_job(
            self._wake,
            IntervalTrigger(seconds=int(LONGEST.total_seconds())),
            id=_JOB,
            next_run_time=datetime.now(UTC),
        )
        scheduler.start()
        self._scheduler = scheduler
        try:
            await self._watch()
        finally:
            self._scheduler = None
            scheduler.shutdown(wait=False)

    def _by_the_machine(self, at: datetime) -> datetime:
        """An instant of our clock by the clock of the machine, which is the scheduler's."""
        return datetime.now(UTC) + (at - self.clock())

    async def _wake(self) -> None:
        self._looks, self._asked = True, None
        again = self.clock() + LONGEST
        try:
            again = await self.look()
        except SpotterError as error:
            _log.info("Reminders wait: %s", error)
        except Exception as error:  # one that breaks us must not end the others
            _log.error("Reminders wait: %s", type(error).__name__, exc_info=error)
        finally:
            self._looks = False
        if self._scheduler is not None:
            # The scheduler leaves out what is due before this look is over for it, until the time after that.
            earliest = self.clock() + BREATH
            self._scheduler.get_job(_JOB).modify(
                next_run_time=self._by_the_machine(max(earliest, min(again, self._asked or again)))
            )

    async def _watch(self) -> None:
        """Looks at once where the clock was set: the scheduler would wait for the old time."""
        elapsed = asyncio.get_running_loop().time
        while True:
            wall, real = self.clock(), elapsed()
            await asyncio.sleep(WATCHED_S)
            jumped = (self.clock() - wall).total_seconds() - (elapsed() - real)
            if abs(jumped) > JUMPED_S and self._scheduler is not None:
                if self._looks:
                    self._asked = self.clock()
                else:
                    self._scheduler.get_job(_JOB).modify(next_run_time=datetime.now(UTC))


def _key(due: Due) -> tuple[str, str, datetime]:
    return due.athlete_id, due.kind, due.at
