"""`spotter backup` and `spotter restore`, as processes: what was, is again; what is no backup of ours changes nothing."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.lease import Process
from core.errors import StoreError
from core.store import open_store
from core.store.backup import BackupStopped, back_up, drop_old, made, named
from core.store.migrate import SHIPPED, Revisions
from tests.bot.test_cli import Shell

FIRST = "[2026-11-20 18:03] ann #1: squat 100x8 @8\n"
LATER = "[2026-11-21 18:03] ann #2: squat 110x5 @8\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a log with one set, to be copied."""
    opened = Shell(tmp_path_factory.mktemp("first"))
    assert opened.run("chat", "--as", "ann", given=FIRST).returncode == 0
    return opened.folder / "data"


@pytest.fixture
def shell(tmp_path: Path, first: Path) -> Shell:
    """A shell in whose data folder there is that log."""
    shutil.copytree(first, tmp_path / "data")
    return Shell(tmp_path)


def log_of(shell: Shell) -> Path:
    return shell.folder / "data" / "spotter" / "spotter.db"


def state(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a file, but for what processes are at."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        others = {"leases", "chores"} | {name for name in tables if name.startswith("sqlite_")}
        return {
            name: raw.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - a name of the schema
            for name in tables
            if name not in others
        }


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode()


def backed_up(shell: Shell, name: str = "kept.db") -> Path:
    done = shell.run("backup", name)
    assert done.returncode == 0, said(done)
    return shell.folder / name


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_restored_log_is_what_was_backed_up_and_what_was_there_is_kept(shell: Shell) -> None:
    before = state(log_of(shell))
    backup = backed_up(shell)
    as_backed_up = backup.read_bytes()
    assert shell.run("chat", "--as", "ann", given=LATER).returncode == 0
    changed = state(log_of(shell))
    assert changed != before
    done = shell.run("restore", backup.name)
    assert done.returncode == 0, said(done)
    assert state(log_of(shell)) == before
    told = said(done)
    assert "1 athlete, 1 set; the last message came on 2026-11-20 at 18:03 UTC." in told
    [kept] = log_of(shell).parent.glob("spotter.db.*.replaced")
    assert str(kept) in told
    assert state(kept) == changed
    assert backup.read_bytes() == as_backed_up
    again = shell.run("chat", "--as", "ann", given=LATER)
    assert b"Squat 110 kg" in again.stdout
    assert state(log_of(shell))["sets"] != before["sets"]


def test_a_damaged_log_is_replaced_with_the_logs_beside_it(shell: Shell) -> None:
    before = state(log_of(shell))
    backup = backed_up(shell)
    log_of(shell).write_bytes(b"This was a database once." * 400)
    log_of(shell).with_name("spotter.db-wal").write_bytes(b"nor is this one" * 100)
    done = shell.run("restore", backup.name)
    assert done.returncode == 0, said(done)
    assert state(log_of(shell)) == before
    assert len(list(log_of(shell).parent.glob("spotter.db.*.replaced*"))) == 2


def test_where_there_is_no_log_yet_a_backup_becomes_it(shell: Shell) -> None:
    before, backup = state(log_of(shell)), backed_up(shell)
    shutil.rmtree(log_of(shell).parent)
    done = shell.run("restore", backup.name)
    assert done.returncode == 0, said(done)
    assert state(log_of(shell)) == before
    assert [file.name for file in log_of(shell).parent.iterdir()] == ["spotter.db"]


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("CREATE TABLE recipes (name)")
        raw.commit()


def with_anothers_revisions(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('0011')"
        )


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()


def broken(file: Path) -> None:
    """Its pages are there; those in the middle are nonsense."""
    held = bytearray(file.read_bytes())
    held[4096 * 4 : 4096 * 12] = b"\xa5" * 4096 * 8
    file.write_bytes(held)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 4096 * 7 + 100])


def of_an_orphan(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM athletes")
        raw.commit()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.write_bytes(b""), "is empty"),
        (lambda file: file.write_text("squat 100x8\n" * 900), "is no SQLite file"),
        (foreign, "is a database of some other program"),
        (with_anothers_revisions, "is a database of some other program"),
        (newer, "was made by a newer Spotter"),
        (broken, "is damaged"),
        (cut_short, "is damaged"),
        (of_an_orphan, "is damaged"),
        (lambda file: file.unlink(), "There is no file"),
    ],
    ids=["empty", "text", "foreign", "of Alembic", "newer", "broken", "cut short", "orphans", "missing"],
)
def test_what_is_no_backup_of_ours_changes_nothing(shell: Shell, spoil: object, why: str) -> None:
    backup = backed_up(shell)
    assert callable(spoil)
    spoil(backup)
    before = everything(shell.folder)
    done = shell.run("restore", backup.name)
    assert done.returncode == 1
    assert why in said(done), said(done)
    assert "Traceback" not in said(done)
    assert everything(shell.folder) == before


async def test_an_earlier_backup_is_brought_up_to_date_by_the_next_start(shell: Shell, now: datetime) -> None:
    earlier = shell.folder / "earlier.db"
    store = await open_store(f"sqlite:///{earlier}", now=now, revisions=Revisions("0010", SHIPPED.folders))
    await store.close()
    done = await asyncio.to_thread(shell.run, "restore", earlier.name)
    assert done.returncode == 0, said(done)
    assert "the next start brings it up to date" in said(done)
    answered = await asyncio.to_thread(shell.run, "chat", "--as", "ann", given=LATER)
    assert b"Squat 110 kg" in answered.stdout


async def test_nothing_is_restored_while_anybody_has_the_log_open(shell: Shell, now: datetime) -> None:
    backup = backed_up(shell)
    store = await open_store(f"sqlite:///{log_of(shell)}", now=now)
    try:
        refused = await asyncio.to_thread(shell.run, "restore", backup.name)
        assert refused.returncode == 1
        assert "has" in said(refused) and "open. Stop it, then restore." in said(refused)
    finally:
        await store.close()
    assert (await asyncio.to_thread(shell.run, "restore", backup.name)).returncode == 0


def test_nothing_is_restored_while_a_process_serves_a_platform(shell: Shell) -> None:
    backup = backed_up(shell)
    until = datetime.now(UTC) + timedelta(minutes=5)
    with closing(sqlite3.connect(log_of(shell))) as raw:
        lease = ("Telegram", str(Process(machine="elsewhere")), f"{until:%Y-%m-%dT%H:%M:%S.%fZ}")
        raw.execute("INSERT INTO leases VALUES (?, ?, ?)", lease)
        raw.commit()
    refused = shell.run("restore", backup.name)
    assert refused.returncode == 1
    assert "A Spotter serves Telegram from" in said(refused)


def test_the_log_is_no_backup_of_itself(shell: Shell) -> None:
    before = state(log_of(shell))
    done = shell.run("restore", str(log_of(shell)))
    assert done.returncode == 1 and "is the database itself" in said(done)
    assert state(log_of(shell)) == before


def test_without_a_name_it_lies_with_those_of_every_night(shell: Shell) -> None:
    done = shell.run("backup")
    assert done.returncode == 0
    [(at, file)] = made(log_of(shell).parent / "backups", log_of(shell))
    assert datetime.now(UTC) - at < timedelta(minutes=2)
    assert state(file) == state(log_of(shell))
    assert str(file) in said(done)
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_exists_is_not_replaced(shell: Shell) -> None:
    kept = backed_up(shell)
    before = kept.read_bytes()
    again = shell.run("backup", kept.name)
    assert again.returncode == 1 and "is there already" in said(again)
    assert kept.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["backup"], 2, "pg_dump"),
        (["restore", "a.db"], 2, "pg_restore"),
        (["restore"], 2, "takes the name of a backup"),
        (["backup", "a", "b"], 2, "takes the name of a file"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, arguments: list[str], status: int, why: str
) -> None:
    done = Shell(tmp_path).run(*arguments, DATABASE_URL="postgresql://me:hunter2@localhost/none")
    assert done.returncode == status
    assert why in said(done) and "hunter2" not in said(done) and "Traceback" not in said(done)


def test_without_a_log_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    done = shell.run("backup")
    assert done.returncode == 1 and "There is no log at" in said(done)
    assert list(tmp_path.iterdir()) == []


# -- The copies themselves -----------------------------------------------------------------------------------------------


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Iterator[Path]:
    yield Path(shutil.copy(sqlite_template, tmp_path / "spotter.db"))


def test_copies_of_the_last_days_are_kept_and_nothing_else_is_touched(database: Path, now: datetime) -> None:
    folder = database.parent / "backups"
    folder.mkdir()
    for days in (0, 1, 2, 40, 41):
        for hours in (0, 1):
            (folder / named(database, now - timedelta(days=days, hours=hours))).touch()
    others = ["notes.txt", "spotter.db.0010.20200101T000000Z.backup", "other.db.20200101T000000Z.backup"]
    for name in others:
        (folder / name).touch()
    drop_old(folder, database, now, 4)
    kept = {at.date() for at, _ in made(folder, database)}
    assert kept == {(now - timedelta(days=days)).date() for days in (0, 1, 2, 40)}
    assert len(made(folder, database)) == 8
    assert all((folder / name).exists() for name in others)


def test_a_copy_that_is_broken_off_leaves_nothing(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "kept.db"
    with pytest.raises(BackupStopped):
        back_up(database, target, lambda: True)
    assert list(target.parent.iterdir()) == []


def test_a_damaged_database_is_no_good_backup(database: Path, tmp_path: Path) -> None:
    broken(database)
    with pytest.raises(StoreError, match=r"damaged|malformed"):
        back_up(database, tmp_path / "kept.db", checked=True)
    assert not (tmp_path / "kept.db").exists()
