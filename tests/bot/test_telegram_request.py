"""Requests of the library over aiohttp: what goes wrong in the library's own words, and no address in any of them."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.request import AiohttpRequest
from tests.servers.telegram import TelegramServer


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


def a_bot(server: TelegramServer, address: str | None = None, token: str | None = None) -> Bot:
    """A bot of the library over our requests, which do not wait long."""
    base = address or server.address
    requests = [AiohttpRequest(base, answer_s=0.3) for _ in range(2)]
    return Bot(
        token or server.token,
        base_url=f"{base}/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        ("hang", TimedOut),
        ("close", NetworkError),
        ("answer lost", NetworkError),
        ("500", NetworkError),
        ("502", NetworkError),
        ("429", RetryAfter),
        ("malformed JSON", TelegramError),
    ],
)
async def test_a_fault_is_raised_without_the_token(
    server: TelegramServer, kind: str, raised: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    async with a_bot(server) as bot:
        server.fail_next("getMe", kind)
        with pytest.raises(TelegramError) as found:
            await bot.get_me()
        assert (await bot.get_me()).username == "spotter_bot"
    assert type(found.value) is raised
    assert server.token not in "".join(traceback.format_exception(found.value))
    assert caplog.text == ""


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1", "http://no-such-host.invalid", "http://", "http://[", "nonsense"]
)
async def test_a_server_that_is_not_there_is_a_network_that_failed(
    server: TelegramServer, address: str
) -> None:
    with pytest.raises(NetworkError) as found:
        async with a_bot(server, address):
            pass
    assert server.token not in "".join(traceback.format_exception(found.value))


async def test_what_is_refused_says_why(server: TelegramServer) -> None:
    async with a_bot(server) as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(1, "hi")
    with pytest.raises(InvalidToken):
        async with a_bot(server, token="1:another"):
            pass


async def test_it_can_be_opened_again(server: TelegramServer) -> None:
    bot = a_bot(server)
    for _ in range(2):
        async with bot:
            assert bot.username == "spotter_bot"


async def test_the_proxy_of_the_environment_is_gone_through(
    server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.address)
    monkeypatch.setenv("no_proxy", "bypassed.invalid")
    async with a_bot(server, "http://api.telegram.invalid") as bot:
        assert bot.username == "spotter_bot"
    with pytest.raises(NetworkError):
        async with a_bot(server, "http://bypassed.invalid"):
            pass
