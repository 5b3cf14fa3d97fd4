"""The loopback Bot API server, asked by the unmodified library over sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import ClientSession, web
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    TelegramObject,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.servers.telegram import Group, Person, Place, TelegramServer

JPEG = bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffc0000b08003c0050010111 00")  # 80 × 60
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")
EFFORT = InlineKeyboardMarkup(
    [[InlineKeyboardButton(n, callback_data=f"effort {n}") for n in ("7", "8", "9")]]
)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, server.base_url, server.base_file_url) as bot:
        yield bot


@pytest.fixture
def ann(server: TelegramServer) -> Person:
    return server.user("Ann", "ann_lifts")


@pytest.fixture
def chat(server: TelegramServer, ann: Person) -> Place:
    return server.private(ann)


@pytest.fixture
def gym(server: TelegramServer, ann: Person) -> Group:
    return server.group("Gym", [ann])


async def texts(bot: Bot, offset: int = 0) -> list[str | None]:
    """What the waiting updates say, without acknowledging more than the offset does."""
    updates = await bot.get_updates(offset=offset)
    return [one.effective_message.text if one.effective_message else None for one in updates]


def strangers(value: object) -> Iterator[str]:
    """The fields, at any depth, that the library knows no name for."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from strangers(one)
    if isinstance(value, TelegramObject):
        yield from value.api_kwargs
        for slot in {slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())}:
            if not slot.startswith("_"):
                yield from strangers(getattr(value, slot, None))


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"You said {update.effective_message.text}")


async def test_an_application_polls_answers_in_order_and_acknowledges(
    server: TelegramServer, ann: Person, chat: Place
) -> None:
    builder = Application.builder().token(server.token)
    app = builder.base_url(server.base_url).base_file_url(server.base_file_url).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        for n in range(5):
            await ann.says(chat, f"set {n}")
        await server.until(lambda: len(chat.answers()) == 5)
        await app.updater.stop()
        await app.stop()
    assert [one.text for one in chat.answers()] == [f"You said set {n}" for n in range(5)]
    assert server.acknowledged == sorted(server.acknowledged)
    assert (len(server.acknowledged), server.pending, server.refused) == (5, {}, [])


async def test_an_update_comes_again_until_an_offset_passes_it(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place
) -> None:
    for n in range(4):
        await ann.says(chat, str(n))
    first = next(iter(server.pending))
    assert await texts(bot) == await texts(bot) == ["0", "1", "2", "3"]
    assert [one.update_id for one in await bot.get_updates(limit=2)] == [first, first + 1]
    assert server.acknowledged == []
    assert await texts(bot, first + 2) == await texts(bot) == ["2", "3"]
    assert server.acknowledged == [first, first + 1]
    assert await texts(bot, first + 1000) == ["2", "3"]
    assert await texts(bot, -1) == await texts(bot) == ["3"]


async def test_a_waiting_poll_is_answered_at_once(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.polled)
    await ann.says(chat, "squat 100x8")
    assert [one.message.text for one in await poll if one.message] == ["squat 100x8"]


async def test_what_a_dead_poller_was_given_comes_again(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.updates.polled)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await ann.says(chat, "squat 100x8")
    assert await texts(bot) == ["squat 100x8"]
    assert server.acknowledged == []


async def test_only_the_wanted_kinds_come_and_the_wish_is_kept(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place
) -> None:
    await bot.get_updates(allowed_updates=["message"])
    number = await ann.says(chat, "one")
    await ann.edits(chat, number, "two")
    assert await texts(bot) == ["one"]
    await bot.get_updates(allowed_updates=["edited_message"])
    await ann.edits(chat, number, "three")
    assert await texts(bot) == ["one", "three"]


async def test_of_two_pollers_the_first_is_sent_away(server: TelegramServer, bot: Bot) -> None:
    async with Bot(server.token, server.base_url) as other:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await server.until(lambda: server.updates.polled)
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(
            Conflict, match="terminated by other getUpdates request; make sure that only one bot"
        ):
            await first
        await bot.set_webhook("https://example.org/hook")
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await second
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()


async def test_an_update_that_the_library_cannot_read_blocks_the_batch(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place
) -> None:
    bad = server.raw_update({"message": {"message_id": 1, "date": 1, "chat": {"id": 5}}})
    await ann.says(chat, "after it")
    for _ in range(2):
        with pytest.raises(TypeError):
            await bot.get_updates()
    assert await texts(bot, bad + 1) == ["after it"]


async def test_edits_of_both_sides(server: TelegramServer, bot: Bot, ann: Person, chat: Place) -> None:
    number = await ann.says(chat, "bench 80x8")
    reply = await bot.send_message(
        chat.id, "80 × 8", reply_parameters=ReplyParameters(number), reply_markup=EFFORT
    )
    await ann.edits(chat, number, "bench 85x8")
    update = (await bot.get_updates())[-1]
    assert update.edited_message is not None
    assert (update.edited_message.text, update.edited_message.message_id) == ("bench 85x8", number)
    await bot.edit_message_text("85 × 8", chat.id, reply.message_id)
    said, answer = chat.shown()
    assert (said.text, said.edited, answer.text, answer.buttons) == ("bench 85x8", True, "85 × 8", ())
    assert answer.reply_to == number
    with pytest.raises(
        BadRequest, match=r"(?i)message is not modified: specified new message content and reply markup"
    ):
        await bot.edit_message_text("85 × 8 ", chat.id, reply.message_id)
    await bot.edit_message_reply_markup(chat.id, reply.message_id, reply_markup=EFFORT)
    assert chat.answers()[0].button("9").data == "effort 9"
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await bot.edit_message_text("mine", chat.id, number)
    await bot.delete_message(chat.id, reply.message_id)
    assert chat.answers() == []


async def test_a_press_is_answered_once(server: TelegramServer, bot: Bot, ann: Person, chat: Place) -> None:
    await bot.send_message(chat.id, "How hard?", reply_markup=EFFORT)
    query = await ann.presses(chat.answers()[-1].button("8"))
    update = (await bot.get_updates())[-1].callback_query
    assert update is not None
    assert (update.id, update.data, update.from_user.id) == (query, "effort 8", ann.id)
    assert isinstance(update.message, Message)
    assert update.message.text == "How hard?"
    await update.answer("noted")
    assert server.presses[query].answer == {"text": "noted", "show_alert": False}
    with pytest.raises(
        BadRequest, match=r"(?i)query is too old and response timeout expired or query ID is invalid"
    ):
        await update.answer()
    assert (len(server.declined), server.refused) == (1, [])


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "hi"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 1, "text": "hi"}, "chat not found"),
    ("sendMessage", {"chat_id": ..., "text": " \n"}, "message text is empty"),
    ("sendMessage", {"chat_id": ..., "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": ..., "text": "hi", "txt": 1}, 'sendMessage has no parameter "txt" (loopback)'),
    ("sendMessage", {"chat_id": ..., "text": "hi", "message_thread_id": 5}, "message thread not found"),
    ("sendMessage", {"chat_id": ..., "text": "hi", "message_thread_id": "x"},
     'parameter "message_thread_id" must be an integer (loopback)'),
    ("sendMessage", {"chat_id": ..., "text": "hi", "reply_parameters": {"message_id": 99}},
     "message to be replied not found"),
    ("sendMessage", {"chat_id": ..., "text": "hi", "reply_parameters": {"message_id": "99"}},
     'field "message_id" must be of type int'),
    ("sendMessage", {"chat_id": ..., "text": "hi", "reply_parameters": {"id": 9}},
     'reply_parameters has no field "id" (loopback)'),
    ("sendMessage", {"chat_id": ..., "text": "a < b", "parse_mode": "HTML"},
     "can't parse entities: Unsupported start tag \"\" at byte offset 2"),
    ("sendMessage", {"chat_id": ..., "text": "<b>a", "parse_mode": "HTML"},
     "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ("sendMessage", {"chat_id": ..., "text": "hi", "entities": [{"type": "bold", "offset": 0, "length": 3}]},
     "entity beginning at UTF-16 offset 0 ends after the end of the text"),
    ("sendMessage", {"chat_id": ..., "text": "hi", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
     'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
    ("sendMessage", {"chat_id": ..., "text": "hi", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", {"chat_id": ..., "text": "hi",
                     "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]}},
     "BUTTON_DATA_INVALID"),
    ("editMessageText", {"chat_id": ..., "text": "hi"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": ..., "text": "hi", "message_id": 99}, "message to edit not found"),
    ("deleteMessage", {"chat_id": ..., "message_id": 99}, "message to delete not found"),
    ("sendDocument", {"chat_id": ...}, "there is no document in the request"),
    ("sendChatAction", {"chat_id": ..., "action": "lifting"}, "wrong parameter action in request"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("getFile", {"file_id": "none"}, "invalid file_id"),
    ("getChatAdministrators", {"chat_id": ...}, "there are no administrators in the private chat"),
    ("setMyCommands", {"commands": [{"command": "Log", "description": "d"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "c" * 33, "description": "d"}]}, "command length must not exceed 32"),
    ("setMyCommands", {"commands": [{"command": "log", "description": " "}]}, "command description must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "log", "description": "d" * 257}]},
     "command description length must not exceed 256"),
    ("setMyCommands", {"commands": [{"command": f"c{n}", "description": "d"} for n in range(101)]},
     "BOT_COMMANDS_TOO_MUCH"),
    ("setWebhook", {"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://example.org/", "secret_token": "a b"},
     "secret token contains unallowed characters"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "arguments", "text"), WRONG)
async def test_what_the_service_refuses_is_refused_and_recorded(
    server: TelegramServer, chat: Place, method: str, arguments: dict[str, Any], text: str
) -> None:
    sent = {name: chat.id if value is ... else value for name, value in arguments.items()}
    async with (
        ClientSession() as session,
        session.post(f"{server.base_url}{server.token}/{method}", json=sent) as answer,
    ):
        body = {"ok": False, "error_code": 400, "description": f"Bad Request: {text}"}
        assert (answer.status, await answer.json()) == (400, body)
    assert [one.description for one in server.refused] == [f"Bad Request: {text}"]
    assert chat.shown() == []


async def test_limits_count_utf16_and_what_is_shown(server: TelegramServer, bot: Bot, chat: Place) -> None:
    await bot.send_message(chat.id, "😀" * 2048)
    await bot.send_message(chat.id, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    assert chat.answers()[-1].text == "<" * 4096
    assert chat.answers()[-1].entities == ({"type": "bold", "offset": 0, "length": 4096},)
    await bot.send_message(chat.id, " \n😀 <b>x </b>\n", parse_mode="HTML")
    assert chat.answers()[-1].text == "😀 x"
    assert chat.answers()[-1].entities == ({"type": "bold", "offset": 3, "length": 1},)
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await bot.send_document(chat.id, b"a", caption="x" * 1025)


async def test_who_may_be_written_to(server: TelegramServer, bot: Bot, ann: Person, chat: Place) -> None:
    await ann.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat.id, "hi")
    change = (await bot.get_updates())[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"
    await ann.says(chat, "back again")
    await bot.send_message(chat.id, "hello")
    assert [one.text for one in chat.shown()] == ["back again", "hello"]
    assert [one.status for one in server.declined] == [403]
    stranger = server.private(server.user("Bob"), opened=False)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "hi")
    assert len(server.refused) == 1


async def test_a_group_that_becomes_a_supergroup(
    server: TelegramServer, bot: Bot, ann: Person, gym: Group
) -> None:
    new = await gym.becomes_supergroup()
    old, fresh = [one.message for one in await bot.get_updates()]
    assert old is not None
    assert fresh is not None
    assert (old.chat_id, old.migrate_to_chat_id) == (gym.id, new.id)
    assert (fresh.chat_id, fresh.migrate_from_chat_id) == (new.id, gym.id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(gym.id, "hi")
    assert moved.value.new_chat_id == new.id
    await bot.send_message(new.id, "hi")
    assert [one.text for one in new.answers()] == ["hi"]
    assert server.refused == []


async def test_a_flood_says_how_long_to_wait(
    server: TelegramServer, bot: Bot, chat: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the library warns of its own next version
    other = server.private(server.user("Bob"))
    server.flood(7, chat=chat)
    await bot.send_message(other.id, "free")
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(chat.id, "hi")
    await bot.send_message(chat.id, "hi")
    server.limits.chat = (2, 60.0)
    await bot.send_message(chat.id, "again")
    await bot.send_message(chat.id, "again")
    with pytest.raises(RetryAfter):
        await bot.send_message(chat.id, "once too often")
    await bot.send_message(other.id, "still free")
    assert len(chat.answers()) == 3


@pytest.mark.parametrize(
    ("kind", "answered", "shown"),
    [("500", "Internal Server Error", 0), ("502", "Bad Gateway", 0), ("malformed JSON", "Invalid server response", 0),
     ("close", "httpx", 0), ("hang", "Timed out", 0), ("answer lost", "httpx", 1)],
)  # fmt: skip
async def test_faults_on_demand(
    server: TelegramServer, bot: Bot, chat: Place, kind: str, answered: str, shown: int
) -> None:
    server.fail_next("sendMessage", kind)
    with pytest.raises(TelegramError, match=answered):
        await bot.send_message(chat.id, "hi", read_timeout=0.3)
    assert len(chat.answers()) == shown
    await bot.send_message(chat.id, "hi")
    assert len(chat.answers()) == shown + 1
    with server.outage("close"), pytest.raises(NetworkError):
        await bot.get_me()
    assert (await bot.get_me()).username == "spotter_bot"
    assert server.refused == []


class Hook:
    """The bot's own address, which fails at the first update."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str | None, Update]] = []
        application = web.Application()
        application.router.add_post("/hook", self.receive)
        self.runner = web.AppRunner(application)

    async def receive(self, request: web.Request) -> web.Response:
        update = Update.de_json(json.loads(await request.read()))
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.came.append((request.headers["Content-Type"], secret, update))
        return web.Response(status=500 if len(self.came) == 1 else 200)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}/hook"


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    await hook.runner.setup()
    await web.TCPSite(hook.runner, "127.0.0.1", 0).start()
    yield hook
    await hook.runner.cleanup()


async def test_a_webhook_is_sent_every_update_until_it_takes_it(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place, hook: Hook
) -> None:
    await bot.set_webhook(hook.url, secret_token="s-3_cret")
    for text in ("one", "two"):
        await ann.says(chat, text)
    await server.until(lambda: len(server.acknowledged) == 2)
    assert [update.message.text for _, _, update in hook.came if update.message] == ["one", "one", "two"]
    assert {(kind, secret) for kind, secret, _ in hook.came} == {("application/json", "s-3_cret")}
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    await bot.delete_webhook()
    await ann.says(chat, "three")
    assert await texts(bot) == ["three"]


async def test_documents_and_photos_both_ways(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place
) -> None:
    await bot.send_document(chat.id, b"date,exercise\n", filename="sets.csv", caption="All your sets")
    await bot.send_photo(chat.id, PIXEL, caption="Squat", reply_markup=EFFORT)
    document, photo = chat.answers()
    assert document.file is not None
    assert (document.file.name, document.file.content) == ("sets.csv", b"date,exercise\n")
    assert photo.file is not None
    assert (photo.text, photo.file.content, photo.button("7").data) == ("Squat", PIXEL, "effort 7")
    sent = await bot.send_photo(chat.id, JPEG)
    assert [(size.width, size.height) for size in sent.photo] == [(80, 60)]
    with pytest.raises(BadRequest, match=r"(?i)image_PROCESS_FAILED"):
        await bot.send_photo(chat.id, b"no picture")
    await ann.sends_document(chat, "strong.csv", b"Date;Exercise\n", caption="/import")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    assert (message.document.file_name, message.caption) == ("strong.csv", "/import")
    fetched = await message.document.get_file()
    assert bytes(await fetched.download_as_bytearray()) == b"Date;Exercise\n"


SEEN = [
    ("squat 100x8", False, False),
    ("/log squat 100x8", True, False),
    ("/log@spotter_bot squat", True, False),
    ("/log@other_bot squat", False, False),
    ("@Spotter_Bot squat 100x8", True, False),
    ("mail ann@spotter_bot", False, False),
    ("heavier", True, True),
]


@pytest.mark.parametrize("role", ["privacy", "admin", "no privacy"])
@pytest.mark.parametrize(("text", "private", "as_reply"), SEEN)
async def test_privacy_mode(
    server: TelegramServer, bot: Bot, ann: Person, role: str, text: str, private: bool, as_reply: bool
) -> None:
    gym = server.group("Gym", [ann], privacy=role != "no privacy")
    said = await bot.send_message(gym.id, "next: 105")
    if role == "admin":
        await gym.makes_bot("administrator")
    before = len(server.pending)
    await ann.says(gym, text, reply_to=said.message_id if as_reply else None)
    assert (len(server.pending) > before) is (private or role != "privacy")


async def test_a_command_to_nobody_is_for_the_bot_that_spoke_last(
    server: TelegramServer, bot: Bot, ann: Person
) -> None:
    helper = server.other_bot("Helper")
    gym = server.group("Gym", [ann, helper])
    await ann.says(gym, "/first")
    await helper.says(gym, "beep")
    await ann.says(gym, "/second")
    await bot.send_message(gym.id, "hi")
    await ann.says(gym, "/third")
    assert await texts(bot) == ["/first", "/third"]


async def test_privacy_is_what_it_was_when_the_bot_came(
    server: TelegramServer, bot: Bot, ann: Person
) -> None:
    gym = server.group("Gym", [ann], with_bot=False)
    await ann.says(gym, "/log before it came")
    await gym.adds_bot()
    change, service = await bot.get_updates()
    assert change.my_chat_member is not None
    assert change.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert [one.id for one in service.message.new_chat_members] == [bot.id]
    server.switch_privacy(False)
    assert (await bot.get_me()).can_read_all_group_messages
    await ann.says(gym, "unseen")
    await gym.removes_bot()
    await gym.adds_bot()
    await ann.says(gym, "seen")
    assert [text for text in await texts(bot) if text] == ["seen"]


async def test_what_else_people_do_is_readable_and_in_order(
    server: TelegramServer, bot: Bot, ann: Person, chat: Place
) -> None:
    bob, gym = server.user("Bob"), server.group("Gym", [ann], supergroup=True)
    await bot.get_updates(allowed_updates=[Update.MESSAGE, Update.CHAT_MEMBER, Update.CALLBACK_QUERY])
    await bob.joins(gym)
    await bob.leaves(gym)
    await ann.sends_photo(chat, PIXEL, caption="form check @spotter_bot")
    await ann.sends(chat, {"location": {"longitude": 16.4, "latitude": 48.2}})
    await bot.send_message(chat.id, "How hard?", reply_markup=EFFORT)
    stale = chat.answers()[-1].button("7")
    await ann.presses(stale)
    server.forget_presses()
    updates = await bot.get_updates()
    assert not list(strangers(updates))
    kinds = [next(kind for kind in one.to_dict() if kind != "update_id") for one in updates]
    assert kinds == [
        "chat_member",
        "message",
        "message",
        "chat_member",
        "message",
        "message",
        "callback_query",
    ]
    assert updates[4].effective_message is not None
    assert updates[4].effective_message.parse_caption_entities() != {}
    assert updates[6].callback_query is not None
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await updates[6].callback_query.answer()
    await chat.deletes(chat.answers()[-1].message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("Hard?", chat.id, stale.message_id)
    await ann.deletes_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(chat.id, "anybody there?")
    assert (len(server.declined), server.refused) == (3, [])


async def test_who_else_speaks_in_a_group(server: TelegramServer, bot: Bot, ann: Person) -> None:
    gym, news, helper = (
        server.group("Gym", [ann], privacy=False),
        server.channel("News"),
        server.other_bot("Helper"),
    )
    gym.chat.members[helper.id] = (helper.user, "member")
    await gym.anonymous_says("anonymous")
    await gym.channel_says(news, "as a channel")
    await gym.brings_post(news, "brought")
    await news.edits(await news.posts("post"), "post, edited")
    await helper.says(gym, "beep")
    await helper.says(gym, "beep, told", told=True)
    updates = await bot.get_updates()
    assert not list(strangers(updates))
    found = [(one.effective_message, one.effective_sender) for one in updates]
    assert [(message.text, sender.id) for message, sender in found if message and sender] == [
        ("anonymous", gym.id), ("as a channel", news.id), ("brought", news.id), ("post", news.id),
        ("post, edited", news.id), ("beep, told", helper.id),
    ]  # fmt: skip
    assert updates[0].message is not None
    assert updates[0].message.from_user is not None
    assert updates[0].message.from_user.is_bot


async def test_topics_of_a_forum(server: TelegramServer, bot: Bot, ann: Person) -> None:
    forum = server.group("Gym", [ann], privacy=False, forum=True)
    thread = await forum.opens_topic("Squats")
    await ann.says(forum, "squat 100x8", thread=thread)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (thread, True)
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None
    await bot.send_message(forum.id, "100 × 8", message_thread_id=thread)
    await bot.send_message(forum.id, "by reply", reply_parameters=ReplyParameters(message.message_id))
    assert [one.text for one in forum.answers(thread)] == ["100 × 8", "by reply"]
    await forum.deletes_topic(thread)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(forum.id, "too late", message_thread_id=thread)
    assert server.refused == []


async def test_a_thread_outside_a_forum_is_not_for_sending(
    server: TelegramServer, bot: Bot, ann: Person
) -> None:
    gym = server.group("Gym", [ann], privacy=False, supergroup=True)
    first = await ann.says(gym, "squat?")
    await ann.says(gym, "squat!", reply_to=first)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (first, None)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(gym.id, "hi", message_thread_id=first)


async def test_chats_members_and_the_menu(server: TelegramServer, bot: Bot, ann: Person, gym: Group) -> None:
    me = await bot.get_me()
    await gym.makes_bot("administrator", by=ann.user)
    admins = await bot.get_chat_administrators(gym.id)
    assert {one.user.id: one.status for one in admins} == {ann.id: "creator", me.id: "administrator"}
    about = await bot.get_chat(gym.id)
    assert (about.title, about.type) == ("Gym", "group")
    bob = server.user("Bob")
    member = await bot.get_chat_member(gym.id, bob.id)
    assert member.status == "left"
    assert not list(strangers([me, about, *admins, member, *await bot.get_updates()]))
    await bot.set_my_commands([BotCommand("log", "Log a set")])
    assert server.commands() == {"log": "Log a set"}
    assert (await bot.get_my_commands())[0].command == "log"
    await bot.leave_chat(gym.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(gym.id, "bye")


async def test_waiting_for_what_does_not_come_says_what_came(server: TelegramServer, bot: Bot) -> None:
    await bot.get_me()
    with pytest.raises(AssertionError, match="getMe"):
        await server.until(lambda: server.refused[0], within=0.05)


async def test_another_token_is_not_served(server: TelegramServer) -> None:
    with pytest.raises(TelegramError, match="rejected by the server"):
        async with Bot("700000001:wrong", server.base_url):
            pass
