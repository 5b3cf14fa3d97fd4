"""A headless Chromium, driven by its own protocol: what a person does with a page, and what they see on it."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import aiohttp

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_QUIET: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-first-run",
    "--remote-debugging-port=0",
)
_ADDRESS: Final = re.compile(rb"DevTools listening on (ws://\S+)")
_WITHIN_S: Final = 10.0


def found() -> str | None:
    """The program, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name)) is not None), None)


class Page:
    """A page in a tab. `complaints` are the errors that it met."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.complaints: list[str] = []
        self._socket = socket
        self._session: str | None = None
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def listen(self) -> None:
        """Takes in what the browser tells, until it is gone."""
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
            elif told["method"] == "Runtime.exceptionThrown":
                self.complaints.append(told["params"]["exceptionDetails"]["text"])
            elif told["method"] == "Log.entryAdded" and told["params"]["entry"]["level"] == "error":
                self.complaints.append(told["params"]["entry"]["text"])

    async def open(self, address: str, *, width: int, height: int, dark: bool = False) -> None:
        """Opens an address in a window of that size."""
        target = await self.call("Target.createTarget", url="about:blank")
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Runtime", "Log", "Page"):
            await self.call(f"{domain}.enable")
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=True
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call("Emulation.setEmulatedMedia", features=[scheme])
        await self.call("Page.navigate", url=address)

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol; its result."""
        number = next(self._ids)
        self._answers[number] = asyncio.get_running_loop().create_future()
        session = {} if self._session is None else {"sessionId": self._session}
        await self._socket.send_json({"id": number, "method": method, "params": parameters} | session)
        answer = await asyncio.wait_for(self._answers[number], _WITHIN_S)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return dict(answer["result"])

    async def value(self, expression: str) -> Any:
        """What an expression comes to on the page."""
        found = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    async def until(self, expression: str) -> None:
        """Waits until an expression is true, looking again at every frame that is drawn. Raises AssertionError."""
        holds = f"(() => {{ try {{ return {expression}; }} catch {{ return false; }} }})()"
        looked = f"const look = () => {holds} ? done() : requestAnimationFrame(look); look();"
        try:
            await self.value(f"new Promise((done) => {{ {looked} }})")
        except TimeoutError:
            seen = await self.value("document.body.innerText")
            raise AssertionError(f"never came true: {expression}\n{self.complaints}\n{seen}") from None

    async def click(self, selector: str, text: str = "") -> None:
        """Clicks the last thing of a kind that has a text in it, once it is there."""
        one = f"[...document.querySelectorAll({json.dumps(selector)})].filter((n) => n.textContent.includes({json.dumps(text)})).at(-1)"
        await self.until(f"{one} !== undefined")
        spot = await self.value(
            f"(() => {{ const n = {one}; n.scrollIntoView({{block: 'center'}}); const r = n.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            await self.call(
                "Input.dispatchMouseEvent", type=kind, x=spot[0], y=spot[1], button="left", clickCount=1
            )

    async def type(self, text: str) -> None:
        """Types a text where the cursor stands, in place of what stands there, and presses Enter."""
        await self.value("document.activeElement.select()")
        await self.call("Input.insertText", text=text)
        enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, **enter)

    async def picture(self) -> bytes:
        """What is on the screen, as a PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])


@asynccontextmanager
async def browsing(program: str, folder: Path) -> AsyncIterator[Page]:
    """A browser with nothing in it but an empty profile in `folder`; a page to open."""
    process = await asyncio.create_subprocess_exec(
        program,
        *_QUIET,
        f"--user-data-dir={folder}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        address = await asyncio.wait_for(_address(process), 2 * _WITHIN_S)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(address, max_msg_size=0) as socket,
        ):
            page = Page(socket)
            listening = asyncio.create_task(page.listen())
            try:
                yield page
            finally:
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening
    finally:
        process.terminate()
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    told = b""
    while line := await process.stderr.readline():
        told += line
        if said := _ADDRESS.search(line):
            return said[1].decode()
    raise RuntimeError(f"the browser did not start: {told.decode(errors='replace')}")
