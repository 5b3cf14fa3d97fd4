"""Platforms are served side by side: what befalls one is nothing to the other."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from bot.door import Ready, Refused, Unreachable
from bot.serving import Backoff, CannotServe, keep_out_of_logs, serve_all

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


async def test_what_stays_as_it_was_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.serving")
    away, shut = Unreachable("NetworkError"), Unreachable("another program polls")
    befalls = [raises(error) for error in (away, shut, shut, shut, away)]
    weak = Gate("Weak", befalls)
    serving = asyncio.create_task(serve_all([weak], Backoff(first=0.0, longest=3600.0)))
    async with asyncio.timeout(5):
        await weak.serves.wait()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    levels = [(one.levelname, "another" in one.getMessage()) for one in caplog.records]
    loud, quiet = "WARNING", "INFO"
    assert levels == [(loud, False), (loud, True), (quiet, True), (quiet, True), (loud, False)]


async def test_what_comes_back_after_a_good_while_is_told_again(caplog: pytest.LogCaptureFixture) -> None:
    weak = Gate("Weak", [raises(Unreachable("NetworkError"))] * 2)
    serving = asyncio.create_task(serve_all([weak], QUICK))
    async with asyncio.timeout(5):
        await weak.serves.wait()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    assert [one.levelname for one in caplog.records] == ["WARNING"] * 2


# --- the log --------------------------------------------------------------------------------------------------------

SECRET = "700000001:AAF-not_for_anybody"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the process logs, with a secret in it that is kept out."""
    found = io.StringIO()
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler(found)])
    keep_out_of_logs(SECRET)
    return found


@pytest.mark.parametrize("name", ["bot.telegram.polling", "bot", "core", "asyncio", "telegram.Bot", ""])
def test_no_line_and_no_traceback_has_the_secret(log: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    try:
        try:
            raise OSError(f"https://api.telegram.org/bot{SECRET}/getMe")
        except OSError as error:
            raise ValueError(f"no answer: {error}") from error
    except ValueError as error:
        logger.error("Broke at %s", {"url": SECRET}, exc_info=error)
        logger.exception("Broke")
        logger.error("Broke", stack_info=True)
    assert log.getvalue().count("ValueError: no answer: https://api.telegram.org/bot…/getMe") == 2
    assert log.getvalue().count("OSError: https://api.telegram.org/bot…/getMe") == 2
    assert "Broke at {'url': '…'}" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_whatever_formats_a_line_makes_no_secret_of_it_anew(log: io.StringIO) -> None:
    class Verbose(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return f"{record.getMessage()} {record.exc_info} {record.exc_text} {record.stack_info}"

    logging.getLogger().handlers[0].setFormatter(Verbose())
    logging.getLogger("bot").error("Broke", exc_info=ValueError(SECRET))
    assert "ValueError: …" in log.getvalue()
    assert SECRET not in log.getvalue()
