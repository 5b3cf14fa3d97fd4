"""The bots that are measured on Telegram, each a process of its own: the best echo, and the coach.

python -m tests.bench.telegram_bots echo-httpx|echo-aiohttp|coach|coach-paced API TOKEN DATABASE
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, HTTPXRequest

from bot.memory import settle
from bot.pacing import Pace
from bot.telegram.adapter import Telegram, Timing
from bot.telegram.request import AiohttpRequest
from core.store import open_store
from tests.bench.reporting import Ready, hop, report, watch_storage

_UNPACED = Pace(0, 0, 0)


async def _echoed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None and update.message.text is not None
    await context.bot.send_message(update.message.chat.id, update.message.text)


async def echo(request: Callable[[int], BaseRequest], api: str, token: str, ready: Ready) -> None:
    """Says again what is said, in the library's own way."""
    made: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .request(request(16))
        .get_updates_request(request(1))
        .build()
    )
    made.add_handler(MessageHandler(filters.TEXT, _echoed))
    async with made:
        assert made.updater is not None
        await made.start()
        await made.updater.start_polling(timeout=10)
        ready()
        try:
            await asyncio.Event().wait()
        finally:
            await made.updater.stop()
            await made.stop()


async def coach(pace: Pace, api: str, token: str, database: str, ready: Ready) -> None:
    """The coach, as it is served."""
    watch_storage()
    store = await open_store(f"sqlite:///{database}", now=datetime.now(UTC))
    try:
        await hop(store)
        timing = Timing(wait_s=10, pace=pace)
        door = Telegram(store, token, lambda: datetime.now(UTC), api=api, timing=timing)
        settle()
        await door.serve(lambda sentence: ready())
    finally:
        await store.close()


def main() -> None:
    """Runs one of them."""
    kind, api, token, database = sys.argv[1:]
    serve = {
        "echo-httpx": lambda ready: echo(HTTPXRequest, api, token, ready),
        "echo-aiohttp": lambda ready: echo(lambda size: AiohttpRequest(api), api, token, ready),
        "coach": lambda ready: coach(_UNPACED, api, token, database, ready),
        "coach-paced": lambda ready: coach(Pace(), api, token, database, ready),
    }[kind]
    asyncio.run(report(serve))


if __name__ == "__main__":
    main()
