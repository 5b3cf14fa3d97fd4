"""Transactions are whole, one task's own, and end clean however they end."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace

import psycopg
import pytest

from core.errors import StoreConflict, StoreError, StoreLocked, StoreUnreachable
from core.store import Connection, Store, open_store, people
from core.store.connection import bind
from core.store.postgres import translated
from tests.store.gym import Gym


async def put(conn: Connection, key: str, value: str = "1") -> None:
    rows = await conn.execute("SELECT id FROM athletes ORDER BY id LIMIT 1")
    await people.remember(conn, rows[0][0], key, value)


async def kept(store: Store) -> set[str]:
    async with store.read() as conn:
        return {row[0] for row in await conn.execute("SELECT key FROM preferences")}


async def test_a_block_that_ends_is_kept(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await put(conn, "a")
        assert "a" not in await _seen_by_another(gym.store)
    assert await kept(gym.store) == {"a"}


async def _seen_by_another(store: Store) -> set[str]:
    return await asyncio.create_task(kept(store))


async def test_an_exception_undoes_the_block_and_is_passed_on(gym: Gym) -> None:
    with pytest.raises(ZeroDivisionError):
        async with gym.store.write() as conn:
            await put(conn, "a")
            _ = 1 / 0
    assert await kept(gym.store) == set()
    async with gym.store.write() as conn:
        await put(conn, "b")
    assert await kept(gym.store) == {"b"}


async def test_a_statement_that_fails_undoes_the_block(gym: Gym) -> None:
    with pytest.raises(StoreError):
        async with gym.store.write() as conn:
            await put(conn, "a")
            await conn.run("INSERT INTO nowhere (id) VALUES (:id)", {"id": "x"})
    assert await kept(gym.store) == set()


async def test_a_table_of_a_transaction_rolled_back_does_not_stay(gym: Gym) -> None:
    with pytest.raises(ZeroDivisionError):
        async with gym.store.write() as conn:
            await conn.run("CREATE TABLE draft (id TEXT)")
            _ = 1 / 0
    with pytest.raises(StoreError):
        async with gym.store.read() as conn:
            await conn.execute("SELECT * FROM draft")


async def test_a_transaction_cancelled_while_it_waits_leaves_nothing(gym: Gym) -> None:
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with gym.store.write() as conn:
            await put(conn, "a")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await kept(gym.store) == set()


async def test_cancelled_at_any_moment_a_transaction_is_whole_or_not_there(gym: Gym) -> None:
    async def two(number: int) -> None:
        async with gym.store.write() as conn:
            await put(conn, f"{number}a")
            await put(conn, f"{number}b")

    cancelled = 0
    for number in range(80):
        task = asyncio.create_task(two(number))
        for _ in range(number):
            await asyncio.sleep(0)
        task.cancel()
        results = await asyncio.gather(task, return_exceptions=True)
        cancelled += isinstance(results[0], asyncio.CancelledError)
    there = await kept(gym.store)
    assert {key[:-1] + "b" for key in there if key.endswith("a")} == {
        key for key in there if key.endswith("b")
    }
    assert len(there) % 2 == 0
    assert cancelled
    async with gym.store.write() as conn:
        await put(conn, "after")
    assert await kept(gym.store) == there | {"after"}


async def test_a_second_cancellation_does_not_stop_the_rollback(gym: Gym) -> None:
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with gym.store.write() as conn:
            await put(conn, "a")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with gym.store.write() as conn:
        await put(conn, "b")
    assert await kept(gym.store) == {"b"}


async def test_writers_side_by_side_lose_nothing(gym: Gym) -> None:
    async def count_up() -> None:
        async with gym.store.write() as conn:
            await people.lock(conn, gym.lifter.id)
            sets = int((await people.preferences(conn, gym.lifter.id)).get("sets", "0"))
            await asyncio.sleep(0)
            await people.remember(conn, gym.lifter.id, "sets", str(sets + 1))

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with gym.store.read() as conn:
        assert await people.preferences(conn, gym.lifter.id) == {"sets": "20"}


async def test_a_writer_that_fails_takes_nothing_of_its_neighbour_with_it(gym: Gym) -> None:
    async def write(key: str, *, fail: bool) -> None:
        async with gym.store.write() as conn:
            await put(conn, key)
            await asyncio.sleep(0)
            if fail:
                raise ZeroDivisionError

    writing = [write(f"{number}", fail=number % 2 == 1) for number in range(10)]
    await asyncio.gather(*writing, return_exceptions=True)
    assert await kept(gym.store) == {"0", "2", "4", "6", "8"}


async def test_two_stores_on_one_database_take_turns(gym: Gym, url: str) -> None:
    other = await open_store(url, now=gym.now)

    async def count_up(store: Store) -> None:
        async with store.write() as conn:
            await people.lock(conn, gym.lifter.id)
            sets = int((await people.preferences(conn, gym.lifter.id)).get("sets", "0"))
            await people.remember(conn, gym.lifter.id, "sets", str(sets + 1))

    await asyncio.gather(*(count_up(store) for store in (gym.store, other) * 10))
    async with other.read() as conn:
        assert await people.preferences(conn, gym.lifter.id) == {"sets": "20"}
    await other.close()


async def test_readers_do_not_wait_for_a_writer(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await put(conn, "a")
        seen = await asyncio.wait_for(asyncio.gather(*(kept(gym.store) for _ in range(8))), 10)
    assert seen == [set()] * 8


async def test_many_tasks_read_at_once(gym: Gym) -> None:
    async def read() -> str:
        async with gym.store.read() as conn:
            found = await people.get(conn, gym.lifter.id)
            return found.name if found else ""

    assert await asyncio.gather(*(read() for _ in range(50))) == ["Lifter"] * 50


async def test_a_reader_cannot_write(gym: Gym) -> None:
    with pytest.raises(StoreError):
        async with gym.store.read() as conn:
            await put(conn, "a")
    assert await kept(gym.store) == set()


async def test_a_reader_may_go_on_to_write(gym: Gym) -> None:
    async def read_and_write(key: str) -> None:
        async with gym.store.read() as seen:
            await people.get(seen, gym.lifter.id)
            async with gym.store.write() as conn:
                await put(conn, key)

    await asyncio.wait_for(asyncio.gather(*(read_and_write(str(number)) for number in range(20))), 20)
    assert len(await kept(gym.store)) == 20


async def test_no_transaction_inside_another(gym: Gym) -> None:
    with pytest.raises(StoreError, match="inside another"):
        async with gym.store.write(), gym.store.write():
            pass
    with pytest.raises(StoreError, match="its own connection"):
        async with gym.store.write(), gym.store.read():
            pass
    assert await kept(gym.store) == set()


async def test_a_transaction_is_one_tasks_own(gym: Gym) -> None:
    async with gym.store.write() as conn:
        with pytest.raises(StoreError, match="task that began it"):
            await asyncio.create_task(put(conn, "a"))
    assert await kept(gym.store) == set()


async def test_a_transaction_that_is_over_does_nothing(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await put(conn, "a")
    with pytest.raises(StoreError, match="over"):
        await put(conn, "b")


async def test_statements_are_counted(gym: Gym) -> None:
    before = gym.store.statements
    async with gym.store.write() as conn:
        await conn.execute("SELECT 1")
        await conn.run("DELETE FROM preferences")
        await conn.run_each("DELETE FROM names WHERE name = :name", [{"name": "a"}, {"name": "b"}])
        await conn.run_each("DELETE FROM names WHERE name = :name", [])
    async with gym.store.read() as conn:
        await conn.execute("SELECT 1")
    assert gym.store.statements - before == 5


async def test_run_says_how_many_rows(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await put(conn, "a")
        await put(conn, "b")
        assert await conn.run("UPDATE preferences SET value = :value", {"value": "2"}) == 2
        assert await conn.run("DELETE FROM preferences WHERE key = :key", {"key": "c"}) == 0


async def test_lists_percent_signs_and_colons_in_statements(gym: Gym) -> None:
    async with gym.store.read() as conn:
        found = await conn.execute(
            "SELECT name, ':id %s' FROM athletes -- :no % comment\n WHERE id IN (:ids) AND name LIKE 'Lift%'",
            {"ids": (gym.lifter.id, "x")},
        )
        assert found == [("Lifter", ":id %s")]
        assert await conn.execute("SELECT name FROM athletes WHERE id IN (:ids)", {"ids": ()}) == []
        assert await conn.execute("SELECT CAST(7 % 4 AS INTEGER)") == [(3,)]


async def test_what_no_database_holds_is_replaced(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await people.remember(conn, gym.lifter.id, "n\x00", "a\x00b\ud83dc 💪")
        assert await people.preferences(conn, gym.lifter.id) == {"n\ufffd": "a\ufffdb\ufffdc 💪"}


@pytest.mark.parametrize(
    "hostile", ["'; DROP TABLE sets; --", ":id", "%(id)s", "%s", "\\", '"', "{}", "\u202e", "9" * 4096]
)
async def test_hostile_text_is_only_text(gym: Gym, hostile: str) -> None:
    async with gym.store.write() as conn:
        await people.remember(conn, gym.lifter.id, hostile, hostile)
        assert await people.preferences(conn, gym.lifter.id) == {hostile: hostile}


async def test_rules_of_the_schema_are_conflicts(gym: Gym) -> None:
    with pytest.raises(StoreConflict):
        async with gym.store.write() as conn:
            await people.add(conn, gym.athlete("Other"), "console", "lifter", "Other")
    with pytest.raises(StoreConflict):
        async with gym.store.write() as conn:
            await people.remember(conn, "nobody", "a", "1")
    with pytest.raises(StoreConflict):
        async with gym.store.write() as conn:
            stone = replace(gym.lifter, unit="stone")  # type: ignore[arg-type]
            await people.save(conn, stone)


async def test_a_closed_store_says_so(url: str, gym: Gym) -> None:
    store = await open_store(url, now=gym.now)
    await store.close()
    await store.close()
    for opening in (store.read, store.write):
        with pytest.raises(StoreError, match="closed"):
            async with opening():
                pass


async def test_closing_waits_for_the_transaction_that_runs(url: str, gym: Gym) -> None:
    store = await open_store(url, now=gym.now)
    begun = asyncio.Event()

    async def write() -> None:
        async with store.write() as conn:
            begun.set()
            await put(conn, "a")
            await put(conn, "b")

    writing = asyncio.create_task(write())
    await begun.wait()
    await store.close()
    await writing
    assert await kept(gym.store) == {"a", "b"}


# -- What need not outlive the machine ---------------------------------------------------------------------------------


async def test_what_need_not_last_is_there_at_once(gym: Gym) -> None:
    async with gym.store.write(lasting=False) as conn:
        await put(conn, "a")
    assert await kept(gym.store) == {"a"}
    with pytest.raises(ZeroDivisionError):
        async with gym.store.write(lasting=False) as conn:
            await put(conn, "b")
            _ = 1 / 0
    async with gym.store.write() as conn:
        await put(conn, "c")
    assert await kept(gym.store) == {"a", "c"}


_KILLED = """
import asyncio, os, signal, sys
from datetime import datetime, UTC
from core.store import open_store, people

async def main():
    store = await open_store(sys.argv[1], now=datetime.now(UTC))
    async with store.write(lasting=False) as conn:
        await people.remember(conn, sys.argv[2], "a", "1")
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_what_need_not_last_outlives_the_process(url: str, gym: Gym) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _KILLED, url, gym.lifter.id)
    assert await process.wait() == -signal.SIGKILL
    assert await kept(gym.store) == {"a"}


# -- One database's own ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_another_program_that_writes_for_too_long(
    url: str, gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.sqlite.WAIT_SECONDS", 0.01)
    store = await open_store(url, now=gym.now)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked):
        async with store.write():
            pytest.fail("it cannot have begun")
    other.rollback()
    async with store.write() as conn:
        await put(conn, "a")
    assert await kept(store) == {"a"}
    other.close()
    await store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_sqlite_is_set_to_survive_a_loss_of_power(gym: Gym) -> None:
    async with gym.store.write() as conn:
        found = [
            (await conn.execute(f"PRAGMA {name}"))[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]
    async with gym.store.write(lasting=False) as conn:
        assert await conn.execute("PRAGMA synchronous") == [(1,)]
    async with gym.store.write() as conn:
        assert await conn.execute("PRAGMA synchronous") == [(2,)]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_another_process_that_keeps_an_athlete_for_too_long(url: str, gym: Gym) -> None:
    other = await open_store(url, now=gym.now)
    async with other.write() as held:
        await people.lock(held, gym.lifter.id)

        async def wait_for_it() -> None:
            async with gym.store.write() as conn:
                await conn.execute("SELECT set_config('lock_timeout', '10ms', true)")
                await people.lock(conn, gym.lifter.id)

        with pytest.raises(StoreLocked):
            await asyncio.create_task(wait_for_it())
        # Who only refers to the athlete need not wait.
        await asyncio.wait_for(asyncio.create_task(_note(gym)), 4)
    await other.close()


async def _note(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await put(conn, "a")


async def _read(gym: Gym) -> None:
    assert len(await kept(gym.store)) <= 2


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("use", [_note, _read])
async def test_connections_that_the_server_ended_meanwhile_are_replaced(
    url: str, gym: Gym, use: Callable[[Gym], Awaitable[None]]
) -> None:
    await use(gym)
    _hang_up(url)
    await use(gym)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_connection_lost_in_a_transaction_undoes_it(url: str, gym: Gym) -> None:
    with pytest.raises(StoreUnreachable):
        async with gym.store.write() as conn:
            await put(conn, "a")
            _hang_up(url)
            await put(conn, "b")
    await _note(gym)
    assert await kept(gym.store) == {"a"}


def _hang_up(url: str) -> None:
    """Ends all connections to this database but the one that does so, and waits until they have ended."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT :a, :b_2", "SELECT %(a)s, %(b_2)s"),
        ("SELECT ':a', \":b\", 'it''s :c'", "SELECT ':a', \":b\", 'it''s :c'"),
        ("SELECT x::text, :a::text", "SELECT x::text, %(a)s::text"),
        ("SELECT 5 % 2, '%'", "SELECT 5 %% 2, '%%'"),
        ("SELECT 1 -- :a\n, :b", "SELECT 1 -- :a\n, %(b)s"),
        ("SELECT 1 /* :a\n */, :b", "SELECT 1 /* :a\n */, %(b)s"),
    ],
)
def test_names_are_translated_and_nothing_else(sql: str, expected: str) -> None:
    assert translated(sql).decode() == expected


def test_a_list_is_spread_under_its_whole_name() -> None:
    sql, bound = bind(
        "id IN (:id) AND x = :id_of AND y IN (:none)", {"id": ("a", "b"), "id_of": 1, "none": ()}
    )
    assert sql == "id IN (:id_0, :id_1) AND x = :id_of AND y IN (NULL)"
    assert bound == {"id_0": "a", "id_1": "b", "id_of": 1}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_a_database_that_is_away(gym: Gym) -> None:
    async with gym.store.write() as conn:
        await conn.run("CREATE TABLE fills (text TEXT)")
        await conn.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreUnreachable):
        async with gym.store.write() as conn:
            for _ in range(100):
                await conn.run("INSERT INTO fills VALUES (:text)", {"text": "x" * 10_000})
