"""The chores of the night: once a day, by one process; nothing of what is kept is lost by what is not."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bot.housekeeping
from bot.dispatch import Dispatch
from bot.housekeeping import FIRST, Housekeeping, Keeping, last_due
from bot.lease import Process
from core.model import Inbound
from core.store import Store, messages
from core.store.backup import BackupStopped, made

NIGHT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
sqlite_only = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@dataclass
class Clock:
    at: datetime = NIGHT + HOUR

    def __call__(self) -> datetime:
        return self.at


def house(
    store: Store, folder: Path, clock: Callable[[], datetime], *, machine: str = "here", **keeping: int | None
) -> Housekeeping:
    days = keeping.get("backup_days", 14)
    kept = Keeping(14 if days is None else days, folder / "backups", keeping.get("text_days"))
    return Housekeeping(store, clock, "UTC", kept, Process(machine=machine))


def copies(store: Store, folder: Path) -> list[datetime]:
    assert store.file is not None
    there = (folder / "backups").exists()
    return [at for at, _ in made(folder / "backups", store.file)] if there else []


@pytest.mark.parametrize(
    ("now", "zone", "due"),
    [
        ("2026-11-20T05:00+00:00", "UTC", "2026-11-20T04:00+00:00"),
        ("2026-11-20T04:00+00:00", "UTC", "2026-11-20T04:00+00:00"),
        ("2026-11-20T03:59+00:00", "UTC", "2026-11-19T04:00+00:00"),
        ("2026-11-20T03:30+00:00", "Europe/Berlin", "2026-11-20T03:00+00:00"),
        ("2026-11-20T02:30+00:00", "Asia/Tokyo", "2026-11-19T19:00+00:00"),
        # The night in which summer time begins, and the one in which it ends.
        ("2026-03-29T02:30+00:00", "Europe/Berlin", "2026-03-29T02:00+00:00"),
        ("2026-10-25T02:30+00:00", "Europe/Berlin", "2026-10-24T02:00+00:00"),
    ],
)
def test_chores_are_due_at_four_in_the_morning_of_the_machine(now: str, zone: str, due: str) -> None:
    assert last_due(datetime.fromisoformat(now), zone) == datetime.fromisoformat(due)


@sqlite_only
async def test_a_backup_is_made_once_a_day_and_what_was_missed_is_made_up_for(
    store: Store, tmp_path: Path
) -> None:
    clock = Clock()
    keeper = house(store, tmp_path, clock)
    for at in (NIGHT + HOUR, NIGHT + 2 * HOUR, NIGHT + 23 * HOUR, NIGHT + DAY, NIGHT + DAY + HOUR):
        clock.at = at
        await keeper.look()
    assert copies(store, tmp_path) == [NIGHT + HOUR, NIGHT + DAY]
    clock.at = NIGHT + 9 * DAY + 7 * HOUR  # nothing ran for a week
    await house(store, tmp_path, clock).look()
    assert copies(store, tmp_path)[2:] == [clock.at]


@sqlite_only
async def test_so_many_days_of_backups_are_kept(store: Store, tmp_path: Path) -> None:
    clock = Clock()
    keeper = house(store, tmp_path, clock, backup_days=3)
    for _ in range(6):
        await keeper.look()
        clock.at += DAY
    assert copies(store, tmp_path) == [NIGHT + HOUR + days * DAY for days in (3, 4, 5)]


@sqlite_only
async def test_without_days_there_are_no_backups(store: Store, tmp_path: Path) -> None:
    await house(store, tmp_path, Clock(), backup_days=0).look()
    assert not (tmp_path / "backups").exists()


async def test_two_processes_do_a_chore_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while the first one is still at it."""
    done: list[str] = []

    async def slowly(keeper: Housekeeping) -> None:
        await asyncio.sleep(0.1)
        done.append(keeper.me.machine)

    monkeypatch.setattr(Housekeeping, "_pruned", slowly)
    clock = Clock()
    both = [
        house(store, tmp_path, clock, machine=name, backup_days=0, text_days=9) for name in ("one", "two")
    ]
    for number in range(1, 4):
        await asyncio.gather(*(keeper.look() for keeper in both))
        for keeper in both:
            await keeper.look()
        assert len(done) == number
        clock.at += DAY


@sqlite_only
@pytest.mark.parametrize(("machine", "left"), [("here", True), ("elsewhere", False)])
async def test_what_a_process_left_undone_is_done_by_the_next(
    store: Store, tmp_path: Path, machine: str, left: bool
) -> None:
    """At once where it is seen to be gone, else when it has had time enough."""
    clock = Clock()
    async with store.write() as conn:
        holder = f"{machine} {2**22 + 1} dead"
        until = f"{clock.at + timedelta(minutes=9):%Y-%m-%dT%H:%M:%S.%fZ}"
        await conn.run(
            "INSERT INTO chores (name, holder, until) VALUES ('backup', :holder, :until)",
            {"holder": holder, "until": until},
        )
    keeper = house(store, tmp_path, clock)
    await keeper.look()
    assert bool(copies(store, tmp_path)) == left
    clock.at += timedelta(minutes=10)
    await keeper.look()
    assert len(copies(store, tmp_path)) == 1


@sqlite_only
async def test_what_goes_wrong_is_told_once_and_tried_again(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.housekeeping")
    clock = Clock()
    keeper = house(store, tmp_path, clock)
    (tmp_path / "backups").write_text("in the way")
    for _ in range(2):
        await keeper.look()
        clock.at += timedelta(minutes=15)
    told = [(one.levelname, one.getMessage()) for one in caplog.records]
    assert [level for level, _ in told] == ["WARNING", "INFO"]
    assert told[0][1].startswith("No backup was made: Cannot write the backup ")
    (tmp_path / "backups").unlink()
    await keeper.look()
    assert copies(store, tmp_path) == [clock.at]


@sqlite_only
async def test_a_clock_that_stood_wrong_once_keeps_nothing_from_being_done(
    store: Store, tmp_path: Path
) -> None:
    clock = Clock(NIGHT + 3000 * DAY)
    await house(store, tmp_path, clock).look()
    clock.at = NIGHT + HOUR
    await house(store, tmp_path, clock).look()
    assert copies(store, tmp_path) == [NIGHT + HOUR, NIGHT + 3000 * DAY]


@sqlite_only
async def test_it_looks_soon_after_a_start(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(0) < FIRST <= timedelta(minutes=5)
    monkeypatch.setattr(bot.housekeeping, "FIRST", timedelta(seconds=0.1))
    keeping = Keeping(14, tmp_path / "backups")
    running = asyncio.create_task(Housekeeping(store, lambda: datetime.now(UTC), "UTC", keeping).run())
    async with asyncio.timeout(10):
        while not copies(store, tmp_path):  # noqa: ASYNC110 - nothing tells when a file is there
            await asyncio.sleep(0.02)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@sqlite_only
async def test_a_backup_under_way_is_broken_off_when_we_are_to_stop(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def endless(source: Path, target: Path, stopping: Callable[[], bool], *, checked: bool) -> None:
        begun.set()
        while not stopping():
            pass
        raise BackupStopped

    monkeypatch.setattr(bot.housekeeping, "back_up", endless)
    monkeypatch.setattr(bot.housekeeping, "FIRST", timedelta(0))
    keeping = Keeping(14, tmp_path / "backups")
    running = asyncio.create_task(Housekeeping(store, lambda: datetime.now(UTC), "UTC", keeping).run())
    assert await asyncio.to_thread(begun.wait, 10)
    running.cancel()
    async with asyncio.timeout(1):
        with suppress(asyncio.CancelledError):
            await running
    async with store.read() as conn:
        assert await conn.execute("SELECT done_at FROM chores WHERE name = 'backup'") == [(None,)]


@sqlite_only
async def test_a_backup_is_one_view_of_a_log_that_is_written_meanwhile(store: Store, tmp_path: Path) -> None:
    dispatch, clock = Dispatch(store), Clock()
    keeper = house(store, tmp_path, clock)
    looking = asyncio.create_task(keeper.look())
    sent = 0
    while not looking.done() or sent < 5:
        sent += 1
        await dispatch.handle(said(sent, f"squat {60 + sent % 40}x5 @8"), now=NIGHT + sent * HOUR)
    await looking
    assert store.file is not None
    [(_, file)] = made(tmp_path / "backups", store.file)
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        messages_, answered = raw.execute(
            "SELECT COUNT(*), COUNT(DISTINCT r.message_id) FROM messages m LEFT JOIN replies r ON r.message_id = m.id"
        ).fetchone()
        assert messages_ == answered


# -- Texts that are kept no longer ----------------------------------------------------------------------------------------


def said(number: int, text: str, *, edited: bool = False, deleted: bool = False) -> Inbound:
    at = NIGHT + number * HOUR
    return Inbound(
        "console",
        "ann",
        str(number),
        "ann",
        "Ann",
        text,
        at,
        edited=edited,
        deleted=deleted,
        edited_at=at + HOUR if edited else None,
    )


async def told(
    dispatch: Dispatch, number: int, text: str, when: timedelta = timedelta(0), **more: bool
) -> str:
    now = NIGHT + number * HOUR + when
    replies = await dispatch.handle(said(number, text, **more), now=now)
    await dispatch.sent(replies, at=now)
    return "\n".join(reply.body for reply in replies)


async def texts(store: Store) -> list[str]:
    async with store.read() as conn:
        return [str(text) for (text,) in await conn.execute("SELECT text FROM messages ORDER BY id")]


async def loads(store: Store) -> list[str]:
    async with store.read() as conn:
        return [str(done) for (done,) in await conn.execute("SELECT done FROM sets ORDER BY performed_at")]


async def pruned(store: Store, folder: Path, now: datetime, days: int = 30) -> None:
    await house(store, folder, lambda: now, backup_days=0, text_days=days).look()


async def test_old_texts_go_and_what_they_logged_stays(store: Store, tmp_path: Path) -> None:
    dispatch = Dispatch(store)
    await told(dispatch, 1, "squat 100x8 @8")
    await told(dispatch, 2, "/unit kg")
    await told(dispatch, 24 * 40, "squat 102.5x8 @8")
    before = await loads(store)
    await pruned(store, tmp_path, NIGHT + 41 * DAY)
    assert await texts(store) == ["", "", "squat 102.5x8 @8"]
    assert await loads(store) == before
    async with store.read() as conn:
        bodies = [body for (body,) in await conn.execute("SELECT body FROM replies ORDER BY id")]
    assert bodies[:2] == ["", ""] and all(bodies[2:]) and bodies[2:]
    assert "100 kg × 8" in await told(dispatch, 24 * 41, "/history")


async def test_by_default_texts_are_kept_for_ever(store: Store, tmp_path: Path) -> None:
    await told(Dispatch(store), 1, "squat 100x8 @8")
    await house(store, tmp_path, lambda: NIGHT + 9999 * DAY, backup_days=0).look()
    assert await texts(store) == ["squat 100x8 @8"]


async def test_a_message_without_its_text_is_the_same_message(store: Store, tmp_path: Path) -> None:
    dispatch = Dispatch(store)
    await told(dispatch, 1, "squat 100x8 @8")
    before = await loads(store)
    await pruned(store, tmp_path, NIGHT + 41 * DAY)
    late = 41 * DAY
    # It comes once more; it is "edited" without a change, as a platform does that adds a preview.
    assert await told(dispatch, 1, "squat 100x8 @8", late) == ""
    assert await told(dispatch, 1, "squat 100x8 @8", late, edited=True) == ""
    assert await loads(store) == before
    assert await texts(store) == [""]


async def test_a_message_without_its_text_can_be_edited_deleted_and_undone(
    store: Store, tmp_path: Path
) -> None:
    dispatch = Dispatch(store)
    await told(dispatch, 1, "squat 100x8 @8")
    await told(dispatch, 2, "bench 60x8 @8")
    await pruned(store, tmp_path, NIGHT + 41 * DAY)
    before, late = await loads(store), 41 * DAY
    edited = await told(dispatch, 1, "squat 90x8 @8", late, edited=True)
    assert "Squat 90 kg × 8 @8" in edited
    assert await told(dispatch, 1, "squat 90x8 @8", late, edited=True) == edited
    assert (await texts(store))[0] == "squat 90x8 @8"
    await pruned(store, tmp_path, NIGHT + 43 * DAY)
    assert await texts(store) == ["", ""]
    assert await told(dispatch, 1, "squat 90x8 @8", late, edited=True) == edited  # its answer is not old
    assert "60 kg" in await told(dispatch, 2, "", late, deleted=True)
    assert len(await loads(store)) == 1
    for _ in range(2):
        await told(dispatch, 24 * 44 + _, "/undo")
    assert await loads(store) == before


async def test_what_still_has_to_go_out_keeps_its_words(store: Store, tmp_path: Path) -> None:
    dispatch = Dispatch(store)
    [reply] = await dispatch.handle(said(1, "squat 100x8 @8"), now=NIGHT)
    await pruned(store, tmp_path, NIGHT + 41 * DAY)
    async with store.read() as conn:
        [waiting] = await messages.unsent(conn, "console", 10)
    assert waiting.reply.body == reply.body
    await dispatch.sent([reply], at=NIGHT + 41 * DAY)
    await pruned(store, tmp_path, NIGHT + 42 * DAY + HOUR)
    async with store.read() as conn:
        assert await conn.execute("SELECT body FROM replies") == [("",)]


async def test_many_texts_go_in_small_batches(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.housekeeping, "AT_ONCE", 3)
    monkeypatch.setattr(bot.housekeeping, "PAUSE_S", 0.0)
    dispatch = Dispatch(store)
    for number in range(1, 11):
        await told(dispatch, number, f"squat {60 + number}x8 @8")
    before = await loads(store)
    await pruned(store, tmp_path, NIGHT + 41 * DAY)
    assert await texts(store) == [""] * 10
    assert await loads(store) == before


async def test_the_labels_of_buttons_go_with_the_words_and_the_question_is_still_answered(
    store: Store, tmp_path: Path
) -> None:
    dispatch = Dispatch(store)
    await told(dispatch, 1, "squat 100x3x8")

    async def labels() -> list[str]:
        async with store.read() as conn:
            rows = await conn.execute("SELECT extra FROM replies ORDER BY id")
        extras = [json.loads(extra) for (extra,) in rows]
        return [one["label"] for extra in extras for row in extra.get("buttons", ()) for one in row]

    assert len(await labels()) >= 2 and all(await labels())
    await pruned(store, tmp_path, NIGHT + 41 * DAY)
    assert len(await labels()) >= 2 and not any(await labels())
    assert "Squat 100 kg × 8 × 3" in await told(dispatch, 24 * 42, "2")


async def test_settled_questions_forget_what_they_were_about_and_open_ones_do_not(
    store: Store, tmp_path: Path
) -> None:
    dispatch = Dispatch(store)
    asked = await told(dispatch, 1, "squat 100x3x8")
    assert "squat 100x3x8" in asked
    await pruned(store, tmp_path, NIGHT + 41 * DAY)
    async with store.read() as conn:
        [(payload,)] = await conn.execute("SELECT payload FROM questions WHERE answered_at IS NULL")
    assert "squat 100x3x8" in str(payload)
    answered = await told(dispatch, 24 * 42, "2")
    assert "Squat 100 kg × 8 × 3" in answered
    before = await loads(store)
    await pruned(store, tmp_path, NIGHT + 90 * DAY)
    async with store.read() as conn:
        settled = await conn.execute(
            "SELECT payload, choices, answer FROM questions WHERE answered_at IS NOT NULL"
        )
    assert settled and all(row == ("{}", "[]", "") for row in settled)
    assert await loads(store) == before
    assert "Read the way you told me before." in await told(dispatch, 24 * 91, "squat 90x3x8")
