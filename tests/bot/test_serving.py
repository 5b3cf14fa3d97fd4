"""Platforms are served side by side: what befalls one is nothing to the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from bot.door import Ready, Refused, Unreachable
from bot.serving import Backoff, CannotServe, serve_all

QUICK = Backoff(first=0.0, longest=0.0)


@dataclass
class Gate:
    """A platform on which things happen, one after the other; when they have, it serves in peace."""

    name: str
    befalls: list[Callable[[], None]] = field(default_factory=list)
    serves: asyncio.Event = field(default_factory=asyncio.Event)
    begun: int = 0

    async def serve(self, ready: Ready) -> None:
        self.begun += 1
        ready(f"write to @{self.name.lower()}.")
        if self.befalls:
            self.befalls.pop(0)()
        self.serves.set()
        await asyncio.Event().wait()


def raises(error: Exception) -> Callable[[], None]:
    def befall() -> None:
        raise error

    return befall


async def test_a_platform_that_breaks_is_begun_again_and_the_other_never_notices(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    fine = Gate("Fine")
    weak = Gate("Weak", [raises(ValueError("poison")), raises(Unreachable("ConnectError"))])
    serving = asyncio.create_task(serve_all([fine, weak], QUICK))
    async with asyncio.timeout(5):
        await weak.serves.wait()
        await fine.serves.wait()
    assert (fine.begun, weak.begun) == (1, 3)
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    assert [record.getMessage() for record in caplog.records] == [
        "Weak broke (ValueError) and is started again.",
        "Weak cannot be reached (ConnectError); trying again.",
    ]
    assert "Fine is up: write to @fine. Ctrl-C stops." in capsys.readouterr().out


async def test_one_that_refuses_is_left_alone_and_the_other_serves_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fine, shut = Gate("Fine"), Gate("Shut", [raises(Refused("Shut does not know this token."))])
    serving = asyncio.create_task(serve_all([fine, shut], QUICK))
    async with asyncio.timeout(5):
        await fine.serves.wait()
    assert shut.begun == 1
    assert not serving.done()
    assert [(one.levelno, one.getMessage()) for one in caplog.records] == [
        (logging.ERROR, "Shut does not know this token.")
    ]
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def test_where_all_refuse_there_is_nothing_to_serve() -> None:
    shut = [Gate(name, [raises(Refused(f"{name} is shut."))]) for name in ("One", "Two")]
    with pytest.raises(CannotServe, match=r"^One is shut\. Two is shut\.$"):
        await serve_all(shut, QUICK)
