"""The coach at an address of its own, to which Telegram posts updates."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.door import Refused, Unreachable
from bot.telegram.webhook import PORT, Webhook
from tests.bot.telegram_gym import Gym, opened

SECRET = "s-3cret_of_A_test"


@pytest.fixture
async def gym(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Gym]:
    async with opened(tmp_path, sqlite_template) as gym:
        yield gym


@pytest.fixture
def hook() -> Webhook:
    """An address on a port that is free."""
    return Webhook(f"http://127.0.0.1:{_free_port()}/hook/of-spotter", SECRET, host="127.0.0.1")


def an_update(gym: Gym, text: str) -> dict[str, Any]:
    """An update in Ann's name that Telegram never sent."""
    person, chat = gym.ann.user.json(), gym.chat.chat.json()
    message = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": person, "text": text}
    return {"update_id": 1, "message": message}


async def posted(hook: Webhook, body: str, secret: str | None = SECRET, path: str = "") -> int:
    """The status that a post to the address gets."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    async with (
        aiohttp.ClientSession() as session,
        session.post(hook.url + path, data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_updates_are_posted_and_answered_in_order(gym: Gym, hook: Webhook) -> None:
    bob = gym.server.user("Bob")
    bobs = gym.server.private(bob)
    await gym.ann.says(gym.chat, "squat 100x8 @8")
    async with gym.serving(webhook=hook) as coach:
        for reps in (7, 6, 5):
            await gym.ann.says(gym.chat, f"100x{reps} @8")
            await bob.says(bobs, f"bench 60x{reps} @8")
        texts = await gym.answered(gym.chat, 4)
        others = await gym.answered(bobs, 3)
        await gym.server.until(lambda: not gym.server.pending)
    assert [f"× {reps} @8 ✓" in text for reps, text in zip((8, 7, 6, 5), texts, strict=True)] == [True] * 4
    assert [f"× {reps} @8 ✓" in text for reps, text in zip((7, 6, 5), others, strict=True)] == [True] * 3
    assert f"Port {hook.port}" in coach.sentence
    assert gym.server.called("getUpdates") == []
    set_up = gym.server.called("setWebhook")[0].arguments
    assert set_up["secret_token"] == SECRET
    assert set_up["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert "drop_pending_updates" not in set_up


async def test_an_update_is_taken_when_what_it_does_is_on_disk(gym: Gym, hook: Webhook) -> None:
    async with gym.serving(webhook=hook):
        async with gym.store.write():
            await gym.ann.says(gym.chat, "squat 100x8 @8")
            await bounced(hook)  # it got that far, and what came before it waits for the database
            assert gym.server.acknowledged == []
        await gym.server.until(lambda: gym.server.acknowledged)
        assert await gym.logged() == ["squat"]


async def bounced(hook: Webhook) -> None:
    """A post that needs no database is answered while another waits for it."""
    assert await posted(hook, "no JSON") == 200


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "ключ"])
async def test_who_does_not_know_the_secret_is_turned_away(
    gym: Gym, hook: Webhook, secret: str | None
) -> None:
    async with gym.serving(webhook=hook):
        assert await posted(hook, json.dumps(an_update(gym, "squat 100x8 @8")), secret) == 403
        assert await posted(hook, json.dumps(an_update(gym, "squat 100x8 @8")), SECRET, path="/else") == 404
    assert await gym.logged() == []


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "7", "null", "{}", '{"update_id": 1, "message": 5}', '{"message": {"chat": {}}}']
)
async def test_what_cannot_be_read_is_set_aside(
    gym: Gym, hook: Webhook, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with gym.serving(webhook=hook):
        assert await posted(hook, body) == 200
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)
    assert [one for one in caplog.records if one.exc_info] == []


async def test_an_update_that_comes_twice_is_done_once(gym: Gym, hook: Webhook) -> None:
    async with gym.serving(webhook=hook):
        for _ in range(3):
            assert await posted(hook, json.dumps(an_update(gym, "squat 100x8 @8"))) == 200
    assert await gym.logged() == ["squat"]
    assert await gym.rows("SELECT COUNT(*) FROM replies") == [(1,)]


async def test_what_came_while_the_coach_was_away_is_posted_when_it_is_back(gym: Gym, hook: Webhook) -> None:
    async with gym.serving(webhook=hook):
        pass
    await gym.ann.says(gym.chat, "squat 100x8 @8")
    async with gym.serving(webhook=hook):
        await gym.answered(gym.chat, 1)
    assert await gym.logged() == ["squat"]


async def test_whoever_polls_takes_the_webhook_away_and_loses_nothing(gym: Gym, hook: Webhook) -> None:
    async with gym.serving(webhook=hook):
        pass
    await gym.ann.says(gym.chat, "squat 100x8 @8")
    async with gym.serving():
        await gym.answered(gym.chat, 1)
    assert gym.server.service.webhook is None


@pytest.mark.parametrize(
    ("url", "secret", "sentence"),
    [
        ("https://example.org/hook", None, "TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET"),
        ("https://example.org/hook", "", "TELEGRAM_WEBHOOK_SECRET must be"),
        ("https://example.org/hook", "with spaces", "TELEGRAM_WEBHOOK_SECRET must be"),
        ("https://example.org:99999/hook", SECRET, "TELEGRAM_WEBHOOK_URL is no address"),
        ("https://[/hook", SECRET, "TELEGRAM_WEBHOOK_URL is no address"),
        ("https://example.org/hook", "x" * 257, "TELEGRAM_WEBHOOK_SECRET must be"),
    ],
)
async def test_what_cannot_be_served_is_refused_in_a_sentence(
    gym: Gym, url: str, secret: str | None, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        async with gym.serving(webhook=Webhook(url, secret)):
            pass
    assert secret is None or len(secret) < 2 or secret not in str(refused.value)


async def test_an_address_that_telegram_does_not_take_is_refused(gym: Gym) -> None:
    hook = Webhook(f"http://example.org:{_free_port()}/hook", SECRET, host="127.0.0.1")
    with pytest.raises(Refused, match="TELEGRAM_WEBHOOK_URL: Bad webhook: an https url"):
        async with gym.serving(webhook=hook):
            pass
    gym.server.refused.clear()


async def test_a_port_that_is_taken_is_tried_again_later(gym: Gym) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Unreachable, match=f"port {port} cannot be listened on"):
            async with gym.serving(webhook=Webhook(f"http://127.0.0.1:{port}/", SECRET, host="127.0.0.1")):
                pass
    assert gym.server.called("setWebhook") == []


async def test_neither_token_nor_secret_reaches_the_log(
    gym: Gym, hook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with gym.serving(webhook=hook):
        gym.server.fail_next("sendMessage", "500")
        await posted(hook, "{", SECRET)
        await posted(hook, "{}", "wrong")
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)
    assert "no JSON" in caplog.text
    assert SECRET not in caplog.text
    assert gym.server.token not in caplog.text


@pytest.mark.parametrize(
    ("url", "port", "path"),
    [
        ("https://example.org", PORT, "/"),
        ("https://example.org/hook", PORT, "/hook"),
        ("https://example.org:8443/a/b", 8443, "/a/b"),
    ],
)
def test_where_it_listens_stands_in_the_address(url: str, port: int, path: str) -> None:
    hook = Webhook(url, SECRET)
    assert (hook.port, hook.path) == (port, path)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def test_a_stop_lets_what_is_on_its_way_in_be_done(gym: Gym, hook: Webhook) -> None:
    async with gym.serving(webhook=hook) as coach:
        async with gym.store.write():
            post = asyncio.create_task(posted(hook, json.dumps(an_update(gym, "squat 100x8 @8"))))
            await bounced(hook)
            coach.task.cancel()
        assert await post == 200
    assert await gym.logged() == ["squat"]
