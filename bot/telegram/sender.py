"""A stored reply → messages on Telegram, or a change of one; what went wrong in the words of the outbox."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.outbox import Blocked, Letter, Moved, TryLater, Undeliverable
from bot.telegram.inbound import PLATFORM, PRESSED
from bot.telegram.quoting import disarmed
from core.store.messages import StoredFile

PAUSE, LONGEST_PAUSE = 2.0, 30.0
"""Seconds until the next try after a network that failed: doubled each time."""
LONGEST = 4096
"""UTF-16 units of a text."""
LONGEST_CAPTION = 1024
"""UTF-16 units of the text below a picture or file."""
LONGEST_LABEL = 64
"""Characters on a button (own choice; a phone shows about half of them)."""
MOST_DATA = 64
"""Bytes that a button can hold."""

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of a file that a bot may send."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""A link that somebody put into a name shows nothing of where it leads."""
_NO_PREVIEW = NO_PREVIEW.to_dict()
_SEND = "send_message_"
"""The method as the library is asked for it where it is to give the answer as it came: of that we need the id, and to
build a whole message from it takes longer than all else. Without the last mark it warns that it knows the method."""

_PHOTOS = frozenset({"image/png", "image/jpeg"})
_NO_CHANGE = "not modified"
_NOT_TO_CHANGE = ("message to edit not found", "can't be edited", "no text in the message to edit")


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    seconds = error.retry_after
    return seconds if isinstance(seconds, int) else seconds.total_seconds()


@dataclass(frozen=True, slots=True)
class _Part:
    """One message of a letter: a text, a file, or a file with a text below it."""

    text: str
    file: StoredFile | None = None


@dataclass(slots=True)
class _Trouble:
    """What is known of a letter that did not get through: parts that did, and how often a network failed."""

    sent: int = 0
    tries: int = 0


class TelegramSender:
    """Sends letters through a bot of the library."""

    def __init__(self, bot: Bot, pause: float = PAUSE) -> None:
        self._bot = bot
        self._pause = pause
        self._troubles: dict[str, _Trouble] = {}

    @property
    def platform(self) -> str:
        """What Telegram is called in the store."""
        return PLATFORM

    async def send(self, letter: Letter) -> str:
        """Hands a reply over; the id of its (last) message. Raises TryLater, Moved and Undeliverable."""
        changes = letter.edits is not None and not letter.files
        try:
            key = await (self._changed(letter) if changes else self._sent(letter))
        except TelegramError as error:
            raise self._outcome(letter, error) from None
        self._troubles.pop(letter.reply.id, None)
        return key

    def _outcome(self, letter: Letter, error: TelegramError) -> Exception:
        match error:
            case RetryAfter():
                return TryLater(seconds_of(error))
            case ChatMigrated():
                return Moved(str(error.new_chat_id))
            case Forbidden():
                return _forbidden(letter, error)
            case InvalidToken() | EndPointNotFound():  # whoever asks for updates is told too, and says so
                return TryLater(LONGEST_PAUSE)
            case BadRequest() if letter.person and "chat not found" in error.message.casefold():
                return Blocked(error.message)
            case BadRequest():
                return Undeliverable(error.message)
            case TimedOut() if letter.unasked:  # it may have arrived, and nobody is reminded twice
                return Undeliverable("no answer in time, and it is said once")
        trouble = self._trouble(letter)  # a network that failed, or an answer that nobody can read
        trouble.tries += 1
        return TryLater(min(LONGEST_PAUSE, self._pause * 2 ** min(trouble.tries - 1, 8)))

    def _trouble(self, letter: Letter) -> _Trouble:
        return self._troubles.setdefault(letter.reply.id, _Trouble())

    def _body(self, letter: Letter) -> str:
        """What is said. In a room it may repeat what one person wrote to all the others."""
        body = letter.reply.body
        return disarmed(body, self._bot.username, LONGEST) if _is_in_room(letter) else body

    async def _sent(self, letter: Letter) -> str:
        """Sends the parts that are not there yet: what failed behind a picture brings no second picture."""
        parts = _parts(letter, self._body(letter))
        known = self._troubles.get(letter.reply.id)
        at = 0 if known is None else min(known.sent, len(parts) - 1)
        while True:
            key = await self._sent_part(letter, parts[at], first=at == 0, last=at == len(parts) - 1)
            at += 1
            if at == len(parts):
                return key
            self._trouble(letter).sent = at

    async def _sent_part(self, letter: Letter, part: _Part, *, first: bool, last: bool) -> str:
        buttons = _buttons(letter) if last else None
        answering = _answering(letter) if first else None
        if part.file is not None:
            sent = await self._sent_file(letter, part.file, part.text or None, buttons, answering)
            return str(sent.message_id)
        text = {
            "chat_id": letter.to,
            "text": part.text,
            "message_thread_id": _thread(letter),
            "reply_markup": buttons,
            "reply_parameters": answering,
            "link_preview_options": _NO_PREVIEW,
        }
        return str((await self._bot.do_api_request(_SEND, text))["message_id"])

    async def _sent_file(
        self,
        letter: Letter,
        file: StoredFile,
        caption: str | None,
        buttons: InlineKeyboardMarkup | None,
        answering: ReplyParameters | None,
    ) -> Message:
        """A picture as a photo, where Telegram takes it for one; else as a file."""
        if len(file.data) > LARGEST_FILE:
            raise Undeliverable(f"{file.name} is larger than Telegram takes")
        if file.media in _PHOTOS:
            try:
                return await self._bot.send_photo(
                    letter.to,
                    file.data,
                    caption,
                    filename=file.name,
                    message_thread_id=_thread(letter),
                    reply_markup=buttons,
                    reply_parameters=answering,
                )
            except BadRequest as error:
                if not _is_no_photo(error):
                    raise
        return await self._bot.send_document(
            letter.to,
            file.data,
            caption,
            filename=file.name,
            message_thread_id=_thread(letter),
            reply_markup=buttons,
            reply_parameters=answering,
        )

    async def _changed(self, letter: Letter) -> str:
        assert letter.edits is not None
        try:
            await self._bot.edit_message_text(
                self._body(letter),
                chat_id=letter.to,
                message_id=int(letter.edits),
                reply_markup=_buttons(letter),
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            text = error.message.casefold()
            if any(one in text for one in _NOT_TO_CHANGE):
                return await self._sent(letter)
            if _NO_CHANGE not in text:
                raise
        return letter.edits


def _forbidden(letter: Letter, error: Forbidden) -> Undeliverable:
    """A private chat waits for its owner to write. A group that threw us out is owed nothing, nor is a dead account."""
    gone = _is_in_room(letter) or "deactivated" in error.message
    return Undeliverable(error.message) if gone else Blocked(error.message)


def _is_in_room(letter: Letter) -> bool:
    return letter.room is not None and not letter.person


def _is_no_photo(error: BadRequest) -> bool:
    text = error.message.casefold()
    return "photo" in text or "image" in text or "too big" in text


def _parts(letter: Letter, body: str) -> list[_Part]:
    """The messages that a letter takes. What is too long to stand below a file, or has several, comes behind them."""
    fits = len(body.encode("utf-16-le", "replace")) // 2 <= LONGEST_CAPTION
    if len(letter.files) == 1 and fits:
        return [_Part(body, letter.files[0])]
    files = [_Part("", file) for file in letter.files]
    return [*files, _Part(body)] if body or not files else files


def _thread(letter: Letter) -> int | None:
    """The topic that a room's message stands in; what is for one person alone stands in no room."""
    return None if letter.thread is None or letter.person else int(letter.thread)


def _answering(letter: Letter) -> ReplyParameters | None:
    """In a room the set that is answered is shown with the answer; it may be gone by now. A press is no message."""
    if letter.room is None or letter.person or letter.answers is None or not letter.answers.isdecimal():
        return None
    return ReplyParameters(int(letter.answers), allow_sending_without_reply=True)


def _buttons(letter: Letter) -> InlineKeyboardMarkup | None:
    """Buttons as the reply has them, but for those that could hold no answer; without any, the old ones go."""
    rows = [
        [
            InlineKeyboardButton(_label(one["label"]), callback_data=data)
            for one in row
            if len((data := f"{PRESSED}{one['data']}").encode()) <= MOST_DATA
        ]
        for row in letter.buttons
    ]
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None


def _label(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
