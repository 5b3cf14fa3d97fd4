"""The REST side: routing, authorization, rate limits, trouble on demand, refusals as the service words them."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from .faults import Fault, Faults, Pace, slow_down
from .listener import Listener
from .message_form import Upload
from .refusals import JSON, Refusal, Refused, invalid, not_found, unauthorized

if TYPE_CHECKING:
    from .world import World

_PREFIX = "/api/v10"
_BODYLESS_5XX = {
    "500": (500, '{"message": "500: Internal Server Error", "code": 0}', "application/json"),
    "502": (502, "<html><head><title>502 Bad Gateway</title></head></html>", "text/html"),
    "503": (503, "upstream connect error or disconnect/reset before headers", "text/plain"),
}


@dataclass
class Call:
    """A request as a handler gets it: `args` from the address, `files` by their number."""

    method: str
    path: str
    args: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    files: dict[int, Upload] = field(default_factory=dict)
    authorization: str = ""
    template: str = ""
    status: int = 0

    @property
    def route(self) -> str:
        """Method and path, without the API's prefix: what patterns are matched against."""
        return f"{self.method} {self.path}"

    @property
    def bucket(self) -> str:
        """What a rate limit is counted for: the route's shape, and its channel, guild or webhook."""
        major = [self.args[name] for name in ("channel", "guild", "token") if name in self.args]
        return "|".join([f"{self.method} {self.template}", *major])

    def id(self, name: str) -> int:
        """A snowflake in the address."""
        if not self.args[name].isdigit():
            raise invalid(
                (f"{name}_id",), "NUMBER_TYPE_COERCE", f'Value "{self.args[name]}" is not snowflake.'
            )
        return int(self.args[name])


Handler = Callable[["World", Call], Any]
Routes = Mapping[str, Handler]


class Rest:
    """The HTTP server; `log` holds the last requests with their status, trouble on demand included."""

    def __init__(self, world: World, routes: Routes) -> None:
        self.world = world
        self.faults = Faults()
        self.pace = Pace(world.clock)
        self.log: deque[Call] = deque(maxlen=20_000)
        self._routes = [_compiled(route, handler) for route, handler in routes.items()]
        self._over = asyncio.Event()
        app = web.Application(client_max_size=1 << 28)
        app.router.add_get("/attachments/{channel}/{file}/{name}", self._file)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._listener = Listener(app)

    @property
    def address(self) -> str:
        """The server's base address."""
        return f"http://127.0.0.1:{self._listener.port}"

    async def up(self) -> None:
        """Takes connections (again)."""
        await self._listener.up()

    async def down(self) -> None:
        """Refuses new connections."""
        await self._listener.down()

    async def stop(self) -> None:
        """The end; requests left hanging are let go."""
        self._over.set()
        await self._listener.stop()

    def clear(self) -> None:
        """No more trouble; requests left hanging are cut."""
        self.faults.clear()
        self._over.set()
        self._over = asyncio.Event()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        self.log.append(call)
        handler = self._find(call)
        fault = self.faults.meet(call.route)
        if fault is not None and fault.trouble != "lost":
            return await self._trouble(request, call, fault)
        response = self._answer(call, handler)
        call.status = response.status
        self.world.changed()
        if fault is not None:
            _cut(request)
        return response

    def _find(self, call: Call) -> Handler | None:
        for method, pattern, template, handler in self._routes:
            found = pattern.fullmatch(call.path)
            if method == call.method and found is not None:
                call.args, call.template = found.groupdict(), template
                return handler
        return None

    def _answer(self, call: Call, handler: Handler | None) -> web.Response:
        within, headers = self.pace.take(call.route, call.bucket)
        if not within:
            body, more = slow_down(float(headers["X-RateLimit-Reset-After"]))
            return _json(429, body, {**headers, **more})
        try:
            if handler is None:
                raise not_found()
            self._authorize(call)
            result = _handled(handler, self.world, call)
        except Refusal as refusal:
            self._remember(call, refusal)
            return _json(refusal.status, refusal.body(), headers)
        if result is None:
            return web.Response(status=204, headers=headers)
        return _json(200, result, headers)

    def _authorize(self, call: Call) -> None:
        """Interactions and their webhooks carry their own token in the address; all else needs the bot's."""
        if "token" not in call.args and call.authorization != f"Bot {self.world.token}":
            raise unauthorized()

    def _remember(self, call: Call, refusal: Refusal) -> None:
        refused = Refused(
            call.method, call.path, call.body, refusal.status, refusal.code, refusal.text, refusal.errors
        )
        self.world.refused.append(refused)

    async def _trouble(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        self.world.changed()
        if fault.trouble in _BODYLESS_5XX:
            call.status, text, kind = _BODYLESS_5XX[fault.trouble]
            return web.Response(status=call.status, body=text.encode(), headers={"Content-Type": kind})
        if fault.trouble == "429":
            body, headers = slow_down(fault.retry_after, everywhere=fault.everywhere)
            call.status = 429
            return _json(429, body, headers)
        if fault.trouble == "hang":
            await self._over.wait()
        _cut(request)
        return web.Response()

    async def _file(self, request: web.Request) -> web.StreamResponse:
        place = self.world.channels.get(int(request.match_info["channel"]))
        for message in place.messages.values() if place else ():
            for file in message.attachments:
                if str(file.id) == request.match_info["file"]:
                    return web.Response(body=file.data)
        return web.Response(status=404)


def _compiled(route: str, handler: Handler) -> tuple[str, re.Pattern[str], str, Handler]:
    method, _, template = route.partition(" ")
    return method, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template)), template, handler


def _handled(handler: Handler, world: World, call: Call) -> Any:
    """The handler's result; a body of a shape that no check expected is an invalid form like any other."""
    try:
        return handler(world, call)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise invalid(("_malformed",), "MODEL_TYPE_CONVERT", f"{type(error).__name__}: {error}") from error


def _json(status: int, body: object, headers: Mapping[str, str]) -> web.Response:
    """The library compares the content type literally, so it carries no charset."""
    return web.Response(
        status=status, body=json.dumps(body).encode(), headers={**headers, "Content-Type": "application/json"}
    )


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _read(request: web.Request) -> Call:
    call = Call(
        method=request.method,
        path=request.path.removeprefix(_PREFIX) if request.path.startswith(_PREFIX) else f"!{request.path}",
        query=dict(request.query),
        authorization=request.headers.get("Authorization", ""),
    )
    if request.content_type == "multipart/form-data":
        await _read_parts(request, call)
    elif request.content_type == "application/json":
        call.body = _parsed(await request.text())
    return call


async def _read_parts(request: web.Request, call: Call) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        number = re.fullmatch(r"files\[(\d+)\]", part.name or "")
        if part.name == "payload_json":
            call.body = _parsed(await part.text())
        elif number is not None:
            data = bytes(await part.read())
            call.files[int(number[1])] = Upload(part.filename or "unknown", data)


def _parsed(text: str) -> JSON | list[Any] | None:
    """The JSON of a body; None, which every handler refuses where it needs one, when it is none."""
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except ValueError:
        return None
