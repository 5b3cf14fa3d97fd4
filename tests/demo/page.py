"""The page over HTTP: what stands in the chats, told whenever it changes, and what people do there."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from tests.demo.gym import GROUP, Gym
from tests.servers.telegram import Place, Shown

Json = dict[str, Any]

HTML: Final = Path(__file__).with_name("page.html")
LONGEST: Final = 4096
"""Characters that the page takes at once."""

_QUIET_S: Final = 15.0
"""Seconds without news after which the browser hears that we are still there."""
_ANSWER_S: Final = 5.0
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
    " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def application(gym: Gym) -> web.Application:
    """The page, its events, and what its buttons do."""
    page = _Page(gym)
    made = web.Application(client_max_size=64 * 1024)
    made.router.add_get("/", page.shown)
    made.router.add_get("/events", page.events)
    for name, act in (("say", page.said), ("edit", page.edited), ("press", page.pressed)):
        made.router.add_post(f"/{name}", _acting(act))
    return made


class _Page:
    def __init__(self, gym: Gym) -> None:
        self._gym = gym

    async def shown(self, request: web.Request) -> web.Response:
        """The page itself."""
        return web.Response(text=HTML.read_text(encoding="utf-8"), content_type="text/html", headers=_HEADERS)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """All that stands in the chats, once at first and again after each change."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        told = ""
        while True:
            try:
                told = await self._gym.server.until(partial(self._news, told), within=_QUIET_S)
                await response.write(f"data: {told}\n\n".encode())
            except AssertionError:
                await response.write(b": still here\n\n")

    async def said(self, asked: Json) -> Json:
        """Somebody writes a message, perhaps as an answer to another."""
        person, place = self._gym.people[asked["person"]], self._place(asked)
        answered = asked.get("reply_to")
        if answered is not None and answered not in place.chat.messages:
            raise LookupError("the message that is answered is gone")
        return {"message": await person.says(place, _text(asked), reply_to=answered)}

    async def edited(self, asked: Json) -> Json:
        """Somebody changes what they wrote."""
        person, place = self._gym.people[asked["person"]], self._place(asked)
        if place.chat.messages[asked["message"]].sender is not person.user:
            raise ValueError("people edit only their own messages")
        await person.edits(place, asked["message"], _text(asked))
        return {}

    async def pressed(self, asked: Json) -> Json:
        """Somebody presses a button; what the coach shows for a moment in answer."""
        person, place = self._gym.people[asked["person"]], self._place(asked)
        shown = next(one for one in place.answers() if one.message_id == asked["message"])
        query = await person.presses(shown.button(asked["button"]))
        press = self._gym.server.presses[query]
        answer = await self._gym.server.until(lambda: press.answer or {}, within=_ANSWER_S)
        return {"notice": answer["text"]}

    def _place(self, asked: Json) -> Place:
        return self._gym.place(asked["person"], group=asked["group"] is True)

    def _news(self, told: str) -> str:
        """The chats as JSON on one line, nothing where they are as they were told."""
        now = json.dumps(_chats(self._gym))
        return "" if now == told else now


def _acting(act: Callable[[Json], Awaitable[Json]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """What a page does, from JSON to JSON. No page of another site can send that here unasked."""

    async def handled(request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            return web.json_response({"error": "this takes JSON only"}, status=415)
        try:
            return web.json_response(await act(await request.json()))
        except (LookupError, ValueError, TypeError, StopIteration, RuntimeError) as error:
            return web.json_response({"error": str(error) or "that is not there"}, status=400)
        except AssertionError:
            return web.json_response({"error": "the coach does not answer"}, status=504)

    return handled


def _text(asked: Json) -> str:
    text = asked["text"].strip() if isinstance(asked["text"], str) else ""
    if not text or len(text) > LONGEST:
        raise ValueError(f"a message has 1 to {LONGEST} characters")
    return text


def _chats(gym: Gym) -> Json:
    return {
        "title": GROUP,
        "people": list(gym.people),
        "commands": gym.server.commands(),
        "group": [_message(one) for one in gym.group.shown()],
        "private": {name: [_message(one) for one in place.shown()] for name, place in gym.private.items()},
    }


def _message(shown: Shown) -> Json:
    return {
        "id": shown.message_id,
        "by": shown.sender,
        "bot": shown.by_bot,
        "text": shown.text,
        "edited": shown.edited,
        "answers": shown.reply_to,
        "buttons": [[button.text for button in row] for row in shown.buttons],
    }
