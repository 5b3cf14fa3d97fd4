"""`python -m tests.demo [--port PORT]`: serves the page on this machine alone, until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from tests.demo.gym import Gym, opened
from tests.demo.page import application

HOST = "127.0.0.1"
PORT = 8017


@asynccontextmanager
async def serving(gym: Gym, port: int) -> AsyncIterator[str]:
    """The page; its address. Raises OSError where the port is taken."""
    runner = web.AppRunner(application(gym), access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def _serve(port: int) -> None:
    async with opened() as gym, serving(gym, port) as address:
        print(
            f"Spotter is in the chat: open {address} in a browser. Ctrl-C ends it and forgets all.",
            flush=True,
        )
        await asyncio.Event().wait()


def main() -> int:
    """Serves; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.demo", description="Spotter in a chat in the browser."
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"where to listen; 0: anywhere ({PORT})")
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    port = parser.parse_args().port
    try:
        asyncio.run(_serve(port))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"Port {port} cannot be had ({error.strerror}); try another: --port 0.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
