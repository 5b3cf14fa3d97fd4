"""Requests of the library over aiohttp: less than half the processor time of its own over httpx.

Nothing that is raised here names an address: the token stands in it.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

ANSWER_S = 10.0
"""Seconds until an answer must be there, from the moment it is asked for (own choice)."""
UPLOAD_S = 60.0
"""Seconds more where a file goes out (own choice)."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class AiohttpRequest(BaseRequest):
    """Requests to the server at `api`, through the proxy that the environment names for it."""

    def __init__(self, api: str, answer_s: float = ANSWER_S) -> None:
        self._proxy = _proxy(api)
        self._answer_s = answer_s
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds until an answer must be there."""
        return self._answer_s

    async def initialize(self) -> None:
        """Opens; may be called again."""
        if self._session is None or self._session.closed:
            headers = {"User-Agent": self.USER_AGENT}
            self._session = ClientSession(cookie_jar=DummyCookieJar(), headers=headers, proxy=self._proxy)

    async def shutdown(self) -> None:
        """Closes; may be called again."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer. Raises TelegramError for what is none, and leaves it out of the log: it may be a page of HTML."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises TimedOut and NetworkError."""
        assert self._session is not None, "initialize() comes first"
        uploads = request_data is not None and request_data.contains_files
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._answer_s
        timeout = ClientTimeout(total=seconds + UPLOAD_S * uploads)
        data, headers = (None, None) if request_data is None else _body(request_data)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _body(data: RequestData) -> tuple[FormData | bytes, dict[str, str] | None]:
    """The parameters as a form, in parts where files come along; with the headers that say so."""
    if not data.contains_files:
        return data.url_encoded_parameters().encode(), _FORM
    form = FormData(quote_fields=False)  # names of files are UTF-8 as they are
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media)
    return form, None


def _proxy(api: str) -> str | None:
    try:
        parts = urlsplit(api)
    except ValueError:  # no address; the first request says so
        return None
    if parts.hostname is None or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)
