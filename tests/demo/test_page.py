"""The demo over HTTP: what a browser sends and is told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from bot.pacing import Pace
from tests.demo.__main__ import serving
from tests.demo.gym import Gym, opened

Chats = dict[str, Any]


class Browser:
    """What the page does, without a page."""

    def __init__(self, session: aiohttp.ClientSession, events: aiohttp.ClientResponse) -> None:
        self._session = session
        self._events = events

    async def does(self, what: str, person: str, *, group: bool = True, **asked: object) -> Chats:
        """Somebody does something; the answer."""
        body = {"person": person, "group": group, **asked}
        async with self._session.post(f"/{what}", json=body) as answer:
            return {"status": answer.status, **await answer.json()}

    async def until(self, holds: Callable[[Chats], bool]) -> Chats:
        """The chats once something holds in them."""
        while True:
            line = await self._events.content.readline()
            if line.startswith(b"data: ") and holds(chats := json.loads(line.removeprefix(b"data: "))):
                return dict(chats)


@pytest.fixture
async def gym() -> AsyncIterator[Gym]:
    async with opened(Pace(0, 0, 0)) as gym:
        yield gym
        assert gym.server.refused == []


@pytest.fixture
async def address(gym: Gym) -> AsyncIterator[str]:
    async with serving(gym, 0) as address:
        yield address


@pytest.fixture
async def browser(address: str) -> AsyncIterator[Browser]:
    timeout = aiohttp.ClientTimeout(total=10)
    async with (
        aiohttp.ClientSession(address, timeout=timeout) as session,
        session.get("/events") as events,
    ):
        yield Browser(session, events)


def said_by_coach(messages: list[Chats]) -> list[str]:
    return [one["text"] for one in messages if one["bot"]]


async def test_a_set_in_the_group_is_answered_under_it(browser: Browser) -> None:
    said = await browser.does("say", "Ann", text="squat 100x8 rpe9")
    chats = await browser.until(lambda chats: bool(said_by_coach(chats["group"])))
    mine, answer = chats["group"]
    assert (mine["by"], mine["id"], answer["answers"]) == ("Ann", said["message"], said["message"])
    assert answer["text"].startswith("Squat 100 kg × 8 @9 ✓")


async def test_an_edit_changes_the_coachs_answer(browser: Browser) -> None:
    said = await browser.does("say", "Ben", group=False, text="bench 80x8 @8")
    await browser.until(lambda chats: bool(said_by_coach(chats["private"]["Ben"])))
    await browser.does("edit", "Ben", group=False, message=said["message"], text="bench 85x8 @8")
    chats = await browser.until(lambda chats: "85 kg" in said_by_coach(chats["private"]["Ben"])[0])
    assert [one["edited"] for one in chats["private"]["Ben"]] == [True, True]


async def test_a_button_answers_a_question(browser: Browser) -> None:
    await browser.does("say", "Cem", text="row 60x8 @8")
    asked = await browser.until(lambda chats: bool(said_by_coach(chats["group"])))
    question = asked["group"][-1]
    assert ["1) Barbell row"] in question["buttons"]
    pressed = await browser.does("press", "Cem", message=question["id"], button="1) Barbell row")
    assert pressed["status"] == 200
    await browser.until(
        lambda chats: any("Barbell row 60 kg × 8" in text for text in said_by_coach(chats["group"]))
    )


async def test_what_is_private_reaches_one_person_alone(browser: Browser) -> None:
    await browser.does("say", "Ann", text="squat 100x8 @8 knee pain 5/10")
    chats = await browser.until(lambda chats: bool(chats["private"]["Ann"]))
    assert "Pain" in chats["private"]["Ann"][-1]["text"]
    assert chats["private"]["Ben"] == []


async def test_the_menu_has_the_coachs_commands(browser: Browser) -> None:
    chats = await browser.until(lambda chats: bool(chats["commands"]))
    assert {"last", "today", "help"} <= set(chats["commands"])


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("say", {"person": "Zoe", "text": "squat 100x8"}),
        ("say", {"text": "  "}),
        ("say", {"text": "x" * 4097}),
        ("say", {"text": 8}),
        ("say", {"text": "same", "reply_to": 99}),
        ("edit", {"message": 99, "text": "squat 95x8"}),
        ("edit", {"message": 1, "text": "squat 95x8", "person": "Ben"}),
        ("press", {"message": 99, "button": "1"}),
        ("press", {"message": 1, "button": "1"}),
    ],
)
async def test_what_cannot_be_is_refused_in_words(browser: Browser, what: str, asked: dict[str, Any]) -> None:
    await browser.does("say", "Ann", text="nice work everyone")
    answer = await browser.does(what, **{"person": "Ann", **asked})
    assert answer["status"] == 400
    assert answer["error"]


async def test_only_pages_of_its_own_may_act(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{address}say", data='{"person": "Ann"}') as answer:
            assert answer.status == 415
        async with session.get(address) as page:
            policy = page.headers["Content-Security-Policy"]
            text = await page.text()
    assert "default-src 'none'" in policy
    assert "http://" not in text
    assert "https://" not in text
