"""Requests over HTTP: read, counted, met with the faults that wait, done, answered."""

from __future__ import annotations

import asyncio
import inspect
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.servers.telegram.asking import HANDLERS
from tests.servers.telegram.faults import Fault, Faults, Trouble, too_many
from tests.servers.telegram.published import Raw, Upload, method_named, read_arguments
from tests.servers.telegram.refusals import DeclinedError, Json, RefusedError
from tests.servers.telegram.service import Service

_BIGGEST_REQUEST = 64 * 1024 * 1024  # bytes
_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"


@dataclass(frozen=True, slots=True)
class Call:
    """A request and how it was answered; `status` 0: not at all."""

    method: str
    arguments: Json
    status: int
    description: str = ""


class Gateway:
    """What stands between the sockets and the methods.

    Attributes:
        calls: Every request with its answer.
        refused: Those that were wrong in themselves.
        declined: Those that the state of the world forbade.
        closing: Set when the server goes down, for the requests that hang.
    """

    def __init__(self, service: Service, token: str) -> None:
        self.service = service
        self.token = token
        self.faults = Faults()
        self.calls: list[Call] = []
        self.refused: list[Call] = []
        self.declined: list[Call] = []
        self.closing = asyncio.Event()

    def application(self) -> web.Application:
        """The two routes of a Bot API server."""
        application = web.Application(client_max_size=_BIGGEST_REQUEST)
        application.router.add_route("*", "/bot{token}/{method}", self.answer)
        application.router.add_get("/file/bot{token}/{path:.+}", self.download)
        return application

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any request for a method."""
        method = method_named(request.match_info["method"])
        raw = await _parameters(request)
        try:
            self._authorise(request)
            if method is None:
                raise RefusedError("Not Found: method not found", 404)
            arguments = read_arguments(method, raw)
        except RefusedError as refusal:
            return self._refuse(request.match_info["method"], dict(raw), refusal)
        return await self._do(request, method, arguments)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Any request for a file."""
        path = request.match_info["path"]
        found = next((one for one in self.service.world.files.values() if one.path == path), None)
        if request.match_info["token"] != self.token or found is None:
            return web.json_response(RefusedError("Not Found", 404).body, status=404)
        return web.Response(body=found.content, content_type="application/octet-stream")

    def _authorise(self, request: web.Request) -> None:
        if request.match_info["token"] != self.token:
            raise RefusedError("Unauthorized", 401)

    async def _do(self, request: web.Request, method: str, arguments: Json) -> web.StreamResponse:
        trouble = self.faults.take(method, arguments)
        if trouble is not None and trouble.fault is not Fault.LOST:
            return await self._fail(request, method, arguments, trouble)
        try:
            result = HANDLERS[method](self.service, arguments)
            if inspect.isawaitable(result):
                result = await result
        except RefusedError as refusal:
            return self._refuse(method, arguments, refusal)
        if trouble is not None:
            return self._hang_up(request, method, arguments)
        self._record(Call(method, arguments, 200))
        return web.json_response({"ok": True, "result": result})

    async def _fail(
        self, request: web.Request, method: str, arguments: Json, trouble: Trouble
    ) -> web.StreamResponse:
        match trouble.fault:
            case Fault.FLOOD:
                return self._refuse(method, arguments, too_many(trouble.retry_after))
            case Fault.ERROR:
                return self._refuse(method, arguments, DeclinedError("Internal Server Error", 500))
            case Fault.GATEWAY:
                self._record(Call(method, arguments, 502))
                return web.Response(text=_BAD_GATEWAY, status=502, content_type="text/html")
            case Fault.MALFORMED:
                self._record(Call(method, arguments, 200))
                return web.Response(text='{"ok":true,"result":', content_type="application/json")
            case Fault.HANG:
                self._record(Call(method, arguments, 0))
                await self.closing.wait()
        return self._hang_up(request, method, arguments, known=trouble.fault is Fault.HANG)

    def _hang_up(
        self, request: web.Request, method: str, arguments: Json, *, known: bool = False
    ) -> web.StreamResponse:
        if not known:
            self._record(Call(method, arguments, 0))
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _refuse(self, method: str, arguments: Json, refusal: RefusedError) -> web.StreamResponse:
        call = Call(method, arguments, refusal.code, refusal.description)
        (self.declined if isinstance(refusal, DeclinedError) else self.refused).append(call)
        self._record(call)
        return web.json_response(refusal.body, status=refusal.code)

    def _record(self, call: Call) -> None:
        self.calls.append(call)
        self.service.changed()


async def _parameters(request: web.Request) -> dict[str, Raw]:
    """The parameters wherever they stand: in the address, in a form, in parts, in JSON."""
    found: dict[str, Raw] = dict(request.query)
    if request.content_type == "application/json":
        body: dict[str, Any] = await request.json()
        return found | {name: one if isinstance(one, str) else json.dumps(one) for name, one in body.items()}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            found[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            assert isinstance(value, str)
            found[name] = value
    return found
