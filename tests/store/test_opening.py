"""Opening a database: made, upgraded, backed up or refused; never damaged, and no password told."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from core.errors import (
    StoreAddressInvalid,
    StoreError,
    StoreForeign,
    StoreTooNew,
    StoreUnreachable,
)
from core.store import Store, messages, open_store, people, sets
from core.store.backup import back_up
from core.store.migrate import SHIPPED, Revisions
from core.store.serial import write_instant
from tests.store.gym import Gym

FIRST = Revisions("0001", SHIPPED.folders)
BACKUP = f"spotter.db.{SHIPPED.head}.20261120T180000Z.backup"

# A later revision, as it could come: a new column, filled from what is there, and on SQLite a table made anew.
LATER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", {head!r}
def upgrade():
    op.create_table("draft", sa.Column("id", sa.Text, primary_key=True))
    with op.batch_alter_table("messages", recreate="auto") as table:
        table.add_column(sa.Column("words", sa.Integer, nullable=False, server_default="0"))
        table.alter_column("room", new_column_name="place")
    op.execute("UPDATE messages SET words = LENGTH(text)")
    {then}
"""


def later(folder: Path, then: str = "pass") -> Revisions:
    """The shipped revisions and one more, that ends with the statement `then`."""
    folder.mkdir()
    (folder / "9999_later.py").write_text(LATER.format(head=SHIPPED.head, then=then))
    return Revisions("9999", (*SHIPPED.folders, folder))


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite://"))


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.is_file())


async def seeded(url: str, revisions: Revisions, now: datetime) -> Gym:
    """A database at a revision, with rows in it, closed."""
    gym = Gym(await open_store(url, now=now, revisions=revisions), now)
    await gym.open()
    [message] = await (said_at_first(gym) if revisions is FIRST else gym.said("17"))
    first = gym.logged(message, e1rm_kg=126.5)
    async with gym.store.write() as conn:
        await sets.add(conn, [first, gym.logged(message, position=1, leans_on=first.id)])
    await gym.store.close()
    return gym


async def said_at_first(gym: Gym) -> list[str]:
    """A message as the first revision keeps it."""
    message = gym.text("17")
    async with gym.store.write() as conn:
        await conn.run(
            "INSERT INTO messages (id, platform, chat, message_key, author_id, text, sent_at, received_at)"
            " VALUES (:id, :platform, :chat, :key, :author, :text, :at, :at)",
            {
                "id": message.id,
                "platform": message.platform,
                "chat": message.chat,
                "key": message.key,
                "author": message.author_id,
                "text": message.text,
                "at": write_instant(message.sent_at),
            },
        )
    return [message.id]


async def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    async with store.read() as conn:
        return await conn.execute(sql)


async def test_rows_of_the_first_revision_are_there_at_the_newest(empty_url: str, now: datetime) -> None:
    gym = await seeded(empty_url, FIRST, now)
    store = await open_store(empty_url, now=now)
    async with store.read() as conn:
        assert await people.writer(conn, "console", "lifter", "1") == (gym.lifter, False)
        message = await messages.find(conn, "console", "1", "17")
        assert message is not None
        first, second = await sets.of_message(conn, message.id)
        assert (first.e1rm_kg, second.leans_on) == (126.5, first.id)
    await store.close()


async def test_a_later_revision_upgrades_what_is_there(empty_url: str, now: datetime, tmp_path: Path) -> None:
    await seeded(empty_url, SHIPPED, now)
    revisions = later(tmp_path / "later")
    for _ in range(2):
        store = await open_store(empty_url, now=now, revisions=revisions)
        assert await rows(store, "SELECT message_key, words FROM messages") == [("17", len("squat 100x8"))]
        # Making `messages` anew must not fire the rules of what refers to it.
        assert await rows(store, "SELECT COUNT(*), COUNT(message_id), COUNT(leans_on) FROM sets") == [
            (2, 2, 1)
        ]
        assert await rows(store, "SELECT version_num FROM alembic_version") == [("9999",)]
        await store.close()


async def test_a_later_database_is_refused_by_an_earlier_program(
    empty_url: str, now: datetime, tmp_path: Path
) -> None:
    await seeded(empty_url, SHIPPED, now)
    revisions = later(tmp_path / "later")
    await (await open_store(empty_url, now=now, revisions=revisions)).close()
    with pytest.raises(StoreTooNew, match=rf"newer Spotter .*9999.*{SHIPPED.head}.*backup"):
        await open_store(empty_url, now=now)
    store = await open_store(empty_url, now=now, revisions=revisions)
    assert await rows(store, "SELECT COUNT(*) FROM sets") == [(2,)]
    await store.close()


@pytest.mark.parametrize(
    "then",
    ['op.execute("INSERT INTO nowhere VALUES (1)")', "raise ZeroDivisionError"],
    ids=["statement fails", "program fails"],
)
async def test_an_upgrade_that_fails_leaves_everything_as_it_was(
    empty_url: str, now: datetime, tmp_path: Path, then: str
) -> None:
    await seeded(empty_url, SHIPPED, now)
    with pytest.raises((StoreError, ZeroDivisionError)):
        await open_store(empty_url, now=now, revisions=later(tmp_path / "later", then))
    store = await open_store(empty_url, now=now)
    assert await rows(store, "SELECT message_key, room FROM messages") == [("17", None)]
    with pytest.raises(StoreError):
        await rows(store, "SELECT * FROM draft")
    await store.close()


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_an_upgrade_that_would_orphan_rows_is_not_kept(
    empty_url: str, now: datetime, tmp_path: Path
) -> None:
    await seeded(empty_url, SHIPPED, now)
    with pytest.raises(RuntimeError, match="what they refer to"):
        await open_store(
            empty_url, now=now, revisions=later(tmp_path / "later", 'op.execute("DELETE FROM messages")')
        )
    store = await open_store(empty_url, now=now)
    assert await rows(store, "SELECT COUNT(*) FROM messages") == [(1,)]
    await store.close()


async def test_programs_that_start_at_once_make_the_schema_once(empty_url: str, now: datetime) -> None:
    program = (
        "import asyncio, sys, datetime\n"
        "from core.store import open_store\n"
        "async def main():\n"
        "    await (await open_store(sys.argv[1], now=datetime.datetime.now(datetime.UTC))).close()\n"
        "asyncio.run(main())\n"
    )
    starting = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, empty_url, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    told = [await process.communicate() for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], told
    store = await open_store(empty_url, now=now)
    assert await rows(store, "SELECT version_num FROM alembic_version") == [(SHIPPED.head,)]
    await store.close()


def test_the_head_that_is_written_down_is_the_last_revision() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SHIPPED.folders[0].parent))
    assert ScriptDirectory.from_config(config).get_heads() == [SHIPPED.head]


# -- What is imported --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_start_on_sqlite_imports_neither_postgres_nor_migrations(url: str) -> None:
    program = (
        "import asyncio, sys, datetime\n"
        "from core.store import open_store\n"
        "async def main():\n"
        "    await (await open_store(sys.argv[1], now=datetime.datetime.now(datetime.UTC))).close()\n"
        "asyncio.run(main())\n"
        "print([name for name in ('psycopg', 'alembic', 'sqlalchemy') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# -- SQLite files ------------------------------------------------------------------------------------------------------


async def test_a_file_is_made_with_its_folder_for_its_owner_only(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "new" / "with space %41" / "spotter.db"
    store = await open_store(f"sqlite:///{path}", now=now)
    made = sorted(path.parent.iterdir())
    assert path in made
    assert {oct(file.stat().st_mode & 0o777) for file in made} == {"0o600"}
    await store.close()


async def test_the_address_may_have_three_slashes_or_four(tmp_path: Path, now: datetime) -> None:
    for address in (f"sqlite://{tmp_path}/a.db", f"sqlite:///{tmp_path}/b.db"):
        await (await open_store(address, now=now)).close()
    assert files_in(tmp_path) == ["a.db", "b.db"]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_a_file_is_backed_up_before_it_is_upgraded(
    empty_url: str, now: datetime, tmp_path: Path
) -> None:
    await seeded(empty_url, SHIPPED, now)
    path = file_of(empty_url)
    assert files_in(tmp_path) == [path.name]
    await (await open_store(empty_url, now=now, revisions=later(tmp_path / "later"))).close()
    backup = path.with_name(BACKUP)
    assert files_in(tmp_path) == [path.name, BACKUP]
    assert oct(backup.stat().st_mode & 0o777) == "0o600"
    # The backup is the database as it was: the earlier program opens it.
    store = await open_store(f"sqlite:///{backup}", now=now)
    assert await rows(store, "SELECT COUNT(*) FROM sets") == [(2,)]
    await store.close()


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_no_upgrade_without_its_backup(empty_url: str, now: datetime, tmp_path: Path) -> None:
    await seeded(empty_url, SHIPPED, now)
    file_of(empty_url).with_name(BACKUP).mkdir()
    with pytest.raises(StoreUnreachable, match="backup"):
        await open_store(empty_url, now=now, revisions=later(tmp_path / "later"))
    store = await open_store(empty_url, now=now)
    assert await rows(store, "SELECT version_num FROM alembic_version") == [(SHIPPED.head,)]
    await store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_backup_of_a_file_in_use_has_what_was_committed(gym: Gym, url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    async with gym.store.write() as conn:
        await people.remember(conn, gym.lifter.id, "a", "1")
    async with gym.store.write() as conn:
        await people.remember(conn, gym.lifter.id, "b", "1")
        await asyncio.to_thread(back_up, file_of(url), target)
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT key FROM preferences").fetchall() == [("a",)]
    assert not [name for name in files_in(tmp_path) if name.endswith(".partial")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"not a database, only text, and more of it" * 100, StoreForeign), (b"", None)],
    ids=["text", "empty"],
)
async def test_a_file_that_is_no_database_is_left_alone(
    tmp_path: Path, now: datetime, content: bytes, expected: type[StoreError] | None
) -> None:
    path = tmp_path / "spotter.db"
    path.write_bytes(content)
    if expected is None:
        await (await open_store(f"sqlite:///{path}", now=now)).close()
        return
    with pytest.raises(expected):
        await open_store(f"sqlite:///{path}", now=now)
    assert path.read_bytes() == content


async def test_the_database_of_another_program_is_left_alone(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="other program"):
        await open_store(f"sqlite:///{path}", now=now)
    assert path.read_bytes() == before


async def test_a_folder_or_a_path_through_a_file_cannot_be_opened(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "spotter.db"):
        with pytest.raises(StoreUnreachable, match="Cannot open"):
            await open_store(f"sqlite:///{path}", now=now)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_damaged_file_is_told_in_words(url: str, now: datetime) -> None:
    path = file_of(url)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    with pytest.raises(StoreUnreachable, match="cannot be read"):
        await open_store(url, now=now)


# -- Addresses and passwords -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "",
        "spotter.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://lifter:hunter2@host/spotter",
        "postgresql+psycopg://lifter:hunter2@host/spotter",
        "postgresql://lifter:hunter2@host:port/spotter?nonsense=1",
        "postgresql://lifter:hunter2@[host/spotter",
    ],
)
async def test_an_address_that_is_none_is_told_without_the_password(address: str, now: datetime) -> None:
    with pytest.raises(StoreAddressInvalid, match="DATABASE_URL") as raised:
        await open_store(address, now=now)
    assert "hunter2" not in told(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://lifter:hunter2@127.0.0.1:1/spotter",
        "postgres://lifter:hunter2@127.0.0.1:1/spotter?connect_timeout=2",
        "postgresql://127.0.0.1:1/hunter2?user=lifter&password=hunter2",
        "postgresql://lifter:hunter%32@%2Fnowhere%2Fhunter2/spotter",
    ],
)
async def test_a_server_that_does_not_answer_is_told_without_the_password(
    address: str, now: datetime
) -> None:
    with pytest.raises(StoreUnreachable, match="Cannot reach PostgreSQL") as raised:
        await open_store(address, now=now)
    assert "hunter2" not in told(raised.value)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_database_that_is_not_there_is_told(url: str, now: datetime) -> None:
    with pytest.raises(StoreUnreachable, match="does not exist"):
        await open_store(f"{url}&dbname=nowhere", now=now)


def told(error: BaseException) -> str:
    """All that a traceback of this would show."""
    import traceback

    return "".join(traceback.format_exception(error))
