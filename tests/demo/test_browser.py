"""The demo in a real browser: people at a phone, in the light and in the dark."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pacing import Pace
from tests.demo.__main__ import serving
from tests.demo.chromium import Page, browsing, found
from tests.demo.gym import Gym, opened

PROGRAM = found()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium here (apt-get install chromium): the page is tested over HTTP only"
)
PICTURES = os.environ.get("SPOTTER_PICTURES")
"""A folder to keep screenshots in, for a person to look at."""


@pytest.fixture
async def gym() -> AsyncIterator[Gym]:
    async with opened(Pace(0, 0, 0)) as gym:
        yield gym
        assert gym.server.refused == []


@pytest.fixture
async def page(gym: Gym, tmp_path: Path) -> AsyncIterator[Page]:
    assert PROGRAM is not None
    async with serving(gym, 0) as address, browsing(PROGRAM, tmp_path / "profile") as page:
        await page.open(address, width=390, height=780)
        await page.until("document.querySelectorAll('#people button').length === 3")
        yield page
        assert page.complaints == []


def shows(text: str, selector: str = "article.bot .text") -> str:
    """Whether the last thing of a kind holds a text."""
    return f"[...document.querySelectorAll({selector!r})].at(-1).textContent.includes({text!r})"


async def says(page: Page, text: str) -> None:
    await page.value("document.getElementById('text').focus()")
    await page.type(text)


async def kept(page: Page, name: str) -> None:
    if PICTURES is not None:
        picture = await page.picture()
        await asyncio.to_thread((Path(PICTURES) / f"{name}.png").write_bytes, picture)


async def test_people_train_in_a_browser(page: Page) -> None:
    await says(page, "squat 100x8 rpe9")
    await page.until(shows("Squat 100 kg × 8 @9 ✓"))
    assert await page.value(shows("Ann: squat 100x8 rpe9", "article.bot .quote"))

    await page.click("article.mine .bubble", "squat 100x8")
    await page.until("document.getElementById('text').value === 'squat 100x8 rpe9'")
    await says(page, "squat 95x8 rpe8")
    await page.until(shows("Squat 95 kg × 8 @8 ✓"))
    assert await page.value("document.querySelectorAll('article').length") == 2
    assert await page.value(shows("edited", "article.bot .who"))
    assert await page.value("document.querySelector('article.bot .bubble').classList.contains('changed')")

    await page.click("#people button", "Ben")
    await says(page, "look <img src=x onerror=alert(1)>")
    await says(page, "row 60x8 @8")
    await page.click(".keys button", "1) Barbell row")
    await page.until(shows("Barbell row 60 kg × 8 @8 ✓"))
    assert await page.value("document.querySelectorAll('main img').length") == 0
    await kept(page, "group")

    await says(page, "bench 80x8 @8 shoulder pain 5/10")
    await page.until(shows("Private", "#places .news"))
    await page.click("#places button", "Private")
    await page.until(shows("Pain 5/10"))
    await kept(page, "private")
    await page.click("#slash")
    await page.click("#menu button", "/today")
    await says(page, "/today")
    await page.until(shows("Barbell row 60 kg × 8 @8"))


async def test_nothing_is_cut_off_on_a_small_phone_in_the_dark(page: Page, gym: Gym) -> None:
    await page.call(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}]
    )
    await page.call(
        "Emulation.setDeviceMetricsOverride", width=320, height=560, deviceScaleFactor=1, mobile=True
    )
    for text in ("press 40x8 @8", "nice work everyone " * 8, "x" * 200):
        await gym.people["Cem"].says(gym.group, text)
    await page.until(
        "[...document.querySelectorAll('article .text')].some((n) => n.textContent.includes('xxx'))"
    )
    await page.until("document.querySelectorAll('.keys button').length > 1")
    await kept(page, "small")
    assert await page.value("document.documentElement.scrollWidth <= innerWidth")
    assert await page.value(
        "[...document.querySelectorAll('button:not(.bubble)')].filter((n) => n.offsetParent)"
        ".every((n) => n.getBoundingClientRect().height >= 35)"
    )
    assert await page.value("document.getElementById('send').getBoundingClientRect().bottom <= innerHeight")
    assert await page.value("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 27)"
