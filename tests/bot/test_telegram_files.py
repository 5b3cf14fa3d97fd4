"""Pictures and files on Telegram: out with a reply, and in with a message."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.door import Unreachable
from bot.telegram.sender import LONGEST
from core.store import messages
from core.store.messages import StoredFile, StoredReply
from tests.bot.telegram_gym import NOW, Gym, opened
from tests.servers.telegram import Place

PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 1, 1) + b"\x08\x00\x00\x00\x00"
WIDE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 9000, 3000) + b"\x08\x00\x00\x00\x00"
CHART = StoredFile("squat.png", "image/png", PIXEL)
SETS = StoredFile("Sätze «1».csv", "text/csv", b"squat,100,8\n")


@pytest.fixture
async def gym(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Gym]:
    async with opened(tmp_path, sqlite_template) as gym:
        yield gym


async def stored(gym: Gym, place: Place, body: str, *files: StoredFile, **extra: Any) -> str:
    """A reply of the coach's own that waits to go out."""
    number = (await gym.rows("SELECT COUNT(*) FROM replies"))[0][0]
    reply_id = f"{number:026d}"
    more = {"files": True, **extra} if files else extra
    async with gym.store.write() as conn:
        reply = StoredReply(reply_id, None, "telegram", str(place.id), None, "chat", body, NOW, more)
        await messages.add_reply(conn, reply)
        await messages.add_files(conn, reply_id, files)
    return reply_id


def told(place: Place) -> list[tuple[str, str | None, bytes | None]]:
    """What stands in a chat: the text, and the name and content of the file."""
    return [
        (one.text, None, None) if one.file is None else (one.text, one.file.name, one.file.content)
        for one in place.answers()
    ]


@pytest.mark.parametrize(
    ("body", "files", "shown"),
    [
        ("Squat", [CHART], [("Squat", CHART)]),
        ("All sets", [SETS], [("All sets", SETS)]),
        ("", [CHART], [("", CHART)]),
        ("é" * 1024, [CHART], [("é" * 1024, CHART)]),
        ("💪" * 513, [CHART], [("", CHART), ("💪" * 513, None)]),
        ("Both", [CHART, SETS], [("", CHART), ("", SETS), ("Both", None)]),
        (
            "Too wide for a photo",
            [StoredFile("w.png", "image/png", WIDE)],
            [("Too wide for a photo", StoredFile("w.png", "", WIDE))],
        ),
    ],
)
async def test_a_reply_brings_its_files(
    gym: Gym, body: str, files: list[StoredFile], shown: list[tuple[str, StoredFile | None]]
) -> None:
    await stored(gym, gym.chat, body, *files, buttons=[[{"label": "Again", "data": "x:1"}]])
    async with gym.serving():
        await gym.answered(gym.chat, len(shown))
    assert told(gym.chat) == [(text, file and file.name, file and file.data) for text, file in shown]
    assert [len(one.buttons) for one in gym.chat.answers()] == [0] * (len(shown) - 1) + [1]
    assert await gym.rows("SELECT COUNT(*) FROM files") == [(0,)]
    gym.server.refused.clear()  # nobody can know what Telegram takes for a photo


async def test_a_picture_is_sent_as_one(gym: Gym) -> None:
    await stored(gym, gym.chat, "Squat", CHART)
    async with gym.serving():
        await gym.answered(gym.chat, 1)
    assert [len(gym.server.called(method)) for method in ("sendPhoto", "sendDocument")] == [1, 0]


async def test_what_fails_behind_a_picture_brings_no_second_picture(gym: Gym) -> None:
    await stored(gym, gym.chat, "x" * 2000, CHART)
    gym.server.fail_next("sendMessage", "500", times=3)
    async with gym.serving():
        await gym.answered(gym.chat, 2)
    assert [name for _, name, _ in told(gym.chat)] == ["squat.png", None]


async def test_a_file_that_is_too_large_holds_up_nothing(
    gym: Gym, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sender.LARGEST_FILE", 10)  # fifty megabytes take their time
    await stored(gym, gym.chat, "All", SETS)
    await stored(gym, gym.chat, "Next")
    async with gym.serving():
        texts = await gym.answered(gym.chat, 1)
    assert texts == ["Next"]
    assert "larger than Telegram takes" in caplog.text


async def test_a_reply_below_a_picture_is_changed_by_a_new_one(gym: Gym) -> None:
    first = await stored(gym, gym.chat, "Squat", CHART)
    async with gym.serving():
        await gym.answered(gym.chat, 1)
        async with gym.store.write() as conn:
            changed = StoredReply(
                "Z", None, "telegram", str(gym.chat.id), None, "chat", "Bench", NOW, replaces=first
            )
            await messages.add_reply(conn, changed)
    async with gym.serving():
        texts = await gym.answered(gym.chat, 2)
    assert texts == ["Squat", "Bench"]
    gym.server.refused.clear()


async def test_long_labels_are_cut_and_what_fits_no_button_is_left_out(gym: Gym) -> None:
    long = "Single-arm dumbbell row on an incline bench with a pause at the top"
    fits, too_long = "a" * 59 + ":", "a" * 60 + ":"
    rows = [[{"label": long, "data": fits}], [{"label": "gone", "data": too_long}]]
    await stored(gym, gym.chat, "Which?", buttons=rows)
    async with gym.serving():
        await gym.answered(gym.chat, 1)
    buttons = gym.chat.answers()[0].buttons
    assert [[one.text for one in row] for row in buttons] == [[long[:63] + "…"]]
    assert [len((one.data or "").encode()) for row in buttons for one in row] == [64]


# --- in -------------------------------------------------------------------------------------------------------------


async def test_what_is_below_a_picture_is_a_message(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.sends_photo(gym.chat, PIXEL, caption="squat 100x8 @8")
        texts = await gym.answered(gym.chat, 1)
    assert texts[0].startswith("Squat 100 kg")


async def test_a_file_is_named_in_private_and_passed_over_in_a_group(gym: Gym) -> None:
    room = gym.server.group("Gym", [gym.ann], privacy=False)
    async with gym.serving():
        await gym.ann.sends_document(room, "log.csv", b"1")
        await gym.ann.sends_photo(room, PIXEL)
        await gym.ann.says(room, "squat 100x8 @8")
        await gym.ann.sends_document(gym.chat, "log.csv", b"1")
        texts = await gym.answered(gym.chat, 1)
        in_room = await gym.answered(room, 1)
    assert "log.csv" in texts[0]
    assert [text.split(" ")[0] for text in in_room] == ["Squat"]


async def test_pictures_of_an_album_say_nothing(gym: Gym) -> None:
    size = {"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}
    async with gym.serving():
        for _ in range(3):
            await gym.ann.sends(gym.chat, {"photo": [size], "media_group_id": "7"})
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        texts = await gym.answered(gym.chat, 1)
    assert texts[0].startswith("Squat")


async def test_a_file_that_came_can_be_fetched(gym: Gym) -> None:
    data = bytes(range(256)) * 300
    async with gym.serving() as coach:
        await gym.ann.sends_document(gym.chat, "log.csv", data)
        await gym.answered(gym.chat, 1)
        key = next(iter(gym.server.world.files))
        assert await coach.door.fetch(key) == data
        gym.server.fail_next("getFile", "502")
        with pytest.raises(Unreachable, match="NetworkError"):
            await coach.door.fetch(key)
        gym.server.world.files[key].content = bytes(21 * 1024 * 1024)
        with pytest.raises(Unreachable, match="File is too big"):
            await coach.door.fetch(key)


def test_the_longest_text_is_what_telegram_takes() -> None:
    assert LONGEST == 4096
