"""A listening socket that can be closed for a while and opened again on the same port."""

from __future__ import annotations

import socket

from aiohttp import web


class Listener:
    """Serves an application on 127.0.0.1, on a port that the system chose the first time."""

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None, handler_cancellation=True)
        self._site: web.SockSite | None = None
        self.port = 0

    async def up(self) -> None:
        """Listens."""
        if self._runner.server is None:
            await self._runner.setup()
        if self._site is not None:
            return
        sock = socket.create_server(("127.0.0.1", self.port), backlog=256)
        self.port = sock.getsockname()[1]
        self._site = web.SockSite(self._runner, sock)
        await self._site.start()

    async def down(self) -> None:
        """Stops listening: connecting is refused by the system. Connections that stand are not touched."""
        if self._site is not None:
            await self._site.stop()
            self._site = None

    async def stop(self) -> None:
        """Ends for good, with all connections."""
        self._site = None
        await self._runner.cleanup()
