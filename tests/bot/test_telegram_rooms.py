"""The coach in Telegram's groups: whose set it is, topics, privacy mode, supergroups, and who is no athlete."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands import BY_NAME
from bot.telegram.quoting import disarmed
from bot.telegram.words import privacy
from tests.bot.telegram_gym import Gym, opened
from tests.servers.telegram import Group, Person, Shown
from tests.servers.telegram.texts import entities_in


@pytest.fixture
async def gym(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Gym]:
    async with opened(tmp_path, sqlite_template) as gym:
        yield gym


@pytest.fixture
def bob(gym: Gym) -> Person:
    return gym.server.user("Bob")


@pytest.fixture
def room(gym: Gym, bob: Person) -> Group:
    """A group in which the bot reads everything."""
    return gym.server.group("Gym", [gym.ann, bob], privacy=False)


async def test_talk_stays_unanswered_and_sets_are_each_ones_own(gym: Gym, bob: Person, room: Group) -> None:
    async with gym.serving():
        await gym.ann.says(room, "nice work everyone")
        sets = [
            await gym.ann.says(room, "squat 100x8 @8"),
            await bob.says(room, "bench 80x8 @8"),
            await gym.ann.says(room, "100x8 @9"),
        ]
        texts = await gym.answered(room, 3)
    assert [text.split(" ")[0] for text in texts] == ["Squat", "Bench", "Squat"]
    assert [one.reply_to for one in room.answers()] == sets


async def test_who_is_no_athlete_gets_no_answer(gym: Gym, room: Group) -> None:
    other, channel = gym.server.other_bot("Echo"), gym.server.channel("News")
    await other.joins(room)
    async with gym.serving():
        await room.anonymous_says("squat 100x8 @8")
        await room.channel_says(channel, "squat 100x8 @8")
        await room.brings_post(channel, "squat 100x8 @8")
        await channel.posts("squat 100x8 @8")
        await other.says(room, "squat 100x8 @8", told=True)
        picked = {"text": "squat 100x8 @8", "via_bot": other.user.json()}
        await gym.ann.sends(room, picked)
        await gym.ann.sends(room, {"sticker": _sticker()})
        await gym.ann.says(room, "bench 60x8 @8")
        texts = await gym.answered(room, 1)
    assert [text.split(" ")[0] for text in texts] == ["Bench"]
    assert await gym.logged() == ["bench-press"]
    assert channel.answers() == []


@pytest.mark.parametrize(
    "passed_on",
    [
        "somebody's",
        "a hidden account's",
        "a channel's",
        "a group's",
        "a channel's, by itself",
        "another bot's",
    ],
)
async def test_what_is_passed_on_is_nobodys_set(gym: Gym, bob: Person, room: Group, passed_on: str) -> None:
    theirs = {"text": "squat 250x5 @9", **_passed_on(gym, bob, passed_on)}
    own = {"text": "bench 60x8 @8", "forward_origin": _by(gym.ann)}
    async with gym.serving():
        for place in (gym.chat, room):
            said = await gym.ann.sends(place, theirs)
            if place.chat.messages[said].sender is gym.ann.user:
                await gym.ann.edits(place, said, "squat 255x5 @9")
            await gym.ann.sends(place, own)
            texts = await gym.answered(place, 1)
            assert [text.split(" ")[0] for text in texts] == ["Bench"]
    assert await gym.logged() == ["bench-press"] * 2


def _by(person: Person) -> dict[str, object]:
    return {"type": "user", "date": 1_790_000_000, "sender_user": person.user.json()}


def _passed_on(gym: Gym, bob: Person, what: str) -> dict[str, object]:
    """The published fields of a message that was somebody else's."""
    chat = {"id": -1_002_000_000_999, "type": "channel", "title": "News"}
    date = 1_790_000_000
    origin: dict[str, object] = {"type": "channel", "date": date, "chat": chat, "message_id": 7}
    match what:
        case "somebody's":
            origin = _by(bob)
        case "a hidden account's":
            origin = {"type": "hidden_user", "date": date, "sender_user_name": "Ann"}
        case "a group's":
            origin = {"type": "chat", "date": date, "sender_chat": chat | {"type": "supergroup"}}
        case "a channel's, by itself":
            return {"is_automatic_forward": True}
        case "another bot's":
            return {"via_bot": gym.server.other_bot("Echo").user.json()}
    return {"forward_origin": origin}


# --- what people put into names and texts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("Ann", "Ann"),
        ("  Ann\n\t of\u2028 Gym ", "Ann of Gym"),
        ("\u202eAnn\u202c \u2066B\u2069", "Ann B"),
        ("A\u200bn\u200dn\u2060\ufeff", "Ann"),
        ("\x00Ann\x1b[31m", "Ann[31m"),
        ("Zoë Ångström 💪", "Zoë Ångström 💪"),
        ("x" * 200, "x" * 64),
        ("\u200b\u202e \u2060", "5000000002"),
    ],
)
async def test_a_name_stands_on_one_line_and_shows_all_that_is_in_it(
    gym: Gym, typed: str, called: str
) -> None:
    gym.ann.user.first_name = typed
    async with gym.serving():
        await gym.ann.says(gym.chat, "squat 100x8 @8")
        await gym.answered(gym.chat, 1)
    assert await gym.rows("SELECT name FROM athletes") == [(called,)]


QUOTED = "@victim_1 https://evil.example/ban (/ban) /unit@other_bot"


async def test_what_a_room_is_shown_again_calls_nobody_and_is_no_command_of_others(
    gym: Gym, room: Group
) -> None:
    async with gym.serving():
        await gym.ann.says(room, f"/exercise add {QUOTED}")
        await gym.answered(room, 1)
        await gym.ann.says(room, "/help")
        await gym.answered(room, 2)
        await gym.ann.says(room, "/exercise add zorb @anna_b")
        lift = await gym.ann.says(room, "zorb @anna_b 40x8 @8", reply_to=room.answers()[0].message_id)
        await gym.answered(room, 4)
        await gym.ann.edits(room, lift, "zorb @anna_b 45x8 @8")
        await gym.server.until(lambda: room.answers()[-1].edited)
        await gym.ann.says(gym.chat, "zorb @anna_b 50x8 @8")
        await gym.answered(gym.chat, 1)
    added, help_text, _, logged = room.answers()
    assert "victim_1" in added.text and "ban" in added.text
    assert _live(added) == {"/unit"}
    assert "zorb @\u2060anna_b" in logged.text
    assert _live(logged) == set()
    assert {f"/{name}" for name in BY_NAME} <= _live(help_text)
    assert "zorb @anna_b" in gym.chat.answers()[0].text, "in private nobody else reads it"


def _live(shown: Shown) -> set[str]:
    """What in a message can be tapped."""
    return {shown.text[one["offset"] : one["offset"] + one["length"]] for one in shown.entities}


async def test_no_link_is_unfolded(gym: Gym, room: Group) -> None:
    async with gym.serving():
        for place in (room, gym.chat):
            said = await gym.ann.says(place, "squat 100x8 @8 https://evil.example")
            await gym.answered(place, 1)
            await gym.ann.edits(place, said, "squat 95x8 @8 https://evil.example")
            await gym.server.until(lambda place=place: place.answers()[0].edited)  # type: ignore[misc]
    calls = [*gym.server.called("sendMessage"), *gym.server.called("editMessageText")]
    assert len(calls) == 4
    assert all(one.arguments["link_preview_options"] == {"is_disabled": True} for one in calls)


@pytest.mark.parametrize(("body", "longest"), [("@anna " * 600, 4096), ("@anna /ban " * 370, 4096)])
def test_what_calls_nobody_is_never_too_long_for_that(body: str, longest: int) -> None:
    shown = disarmed(body, "spotter_bot", longest)
    assert entities_in(body) != []
    assert entities_in(shown) == []
    assert len(shown) <= longest


def test_what_our_own_words_name_stays_live() -> None:
    ours = privacy("Spotter_Bot")
    assert disarmed(ours, "spotter_bot", 4096) == ours


def _sticker() -> dict[str, object]:
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"file_id": "s", "file_unique_id": "u", **shape}


# --- topics ---------------------------------------------------------------------------------------------------------


async def test_an_answer_stands_in_the_topic_of_its_set(gym: Gym, bob: Person) -> None:
    forum = gym.server.group("Forum", [gym.ann, bob], privacy=False, forum=True)
    async with gym.serving():
        legs = await forum.opens_topic("Legs")
        await gym.ann.says(forum, "squat 100x8 @8", thread=legs)
        await gym.ann.says(forum, "bench 60x8 @8")
        await gym.ann.says(forum, "row 50x8 @8", thread=legs)
        asked = (await gym.answered(forum, 2, thread=legs), forum.answers(legs)[-1])[1]
        await gym.ann.presses(asked.buttons[0][0])
        in_topic = await gym.answered(forum, 3, thread=legs)
        everywhere = await gym.answered(forum, 4)
    assert [text.split(" ")[0] for text in in_topic] == ["Squat", "Which", "Barbell"]
    assert [one.thread for one in forum.answers() if one.text.startswith("Bench")] == [None]
    assert len(everywhere) == 4


async def test_what_opens_a_topic_is_answered_by_nobody(gym: Gym, bob: Person) -> None:
    """Every message of a topic says that it answers its opener; where that is the bot's own, it is no answer to it."""
    forum = gym.server.group("Forum", [gym.ann, bob], privacy=False, forum=True)
    async with gym.serving():
        legs = await forum.opens_topic("Legs", by=gym.server.world.bot)
        await gym.ann.says(forum, "row 50x8 @8", thread=legs)
        asked = (await gym.answered(forum, 1), forum.answers()[-1])[1]
        await gym.ann.says(forum, "1", thread=legs)
        await bob.says(forum, "bench 60x8 @8", thread=legs)
        await gym.answered(forum, 2)
        assert await gym.logged() == ["bench-press"]
        await gym.ann.says(forum, "1", thread=legs, reply_to=asked.message_id)
        texts = await gym.answered(forum, 3)
    assert texts[-1].startswith("Barbell row 50 kg")


async def test_a_topic_that_is_gone_holds_up_nothing(gym: Gym, bob: Person) -> None:
    forum = gym.server.group("Forum", [gym.ann, bob], privacy=False, forum=True)
    legs = await forum.opens_topic("Legs")
    await gym.ann.says(forum, "squat 100x8 @8", thread=legs)
    await forum.deletes_topic(legs)
    await bob.says(forum, "bench 60x8 @8")
    async with gym.serving():
        texts = await gym.answered(forum, 1)
    assert [text.split(" ")[0] for text in texts] == ["Bench"]
    assert len(await gym.logged()) == 2


async def test_in_a_supergroup_an_answer_to_an_answer_is_no_topic(gym: Gym, bob: Person) -> None:
    room = gym.server.group("Gym", [gym.ann, bob], privacy=False, supergroup=True)
    async with gym.serving():
        await gym.ann.says(room, "row 50x8 @8")
        asked = (await gym.answered(room, 1), room.answers()[-1])[1]
        await gym.ann.says(room, "1", reply_to=asked.message_id)
        texts = await gym.answered(room, 2)
    assert texts[-1].startswith("Barbell row 50 kg")


# --- what one person alone may read ---------------------------------------------------------------------------------


async def test_what_is_private_goes_to_the_athlete_alone(gym: Gym, room: Group) -> None:
    async with gym.serving():
        await gym.ann.says(room, "squat 100x8 @8 pain 5")
        texts = await gym.answered(gym.chat, 1)
    assert "Pain" in texts[0]
    assert "ain" not in room.answers()[-1].text


async def test_who_never_wrote_in_private_is_told_so_once_and_gets_it_when_they_do(
    gym: Gym, bob: Person, room: Group
) -> None:
    private = gym.server.private(bob, opened=False)
    async with gym.serving():
        await bob.says(room, "squat 100x8 @8 pain 5")
        await gym.server.until(lambda: any("alone" in one.text for one in room.answers()))
        await bob.says(room, "100x8 @8 pain 5")
        await bob.says(room, "bench 60x8 @8")
        await gym.server.until(lambda: room.answers()[-1].text.startswith("Bench"))
        nudges = [one.text for one in room.answers() if "alone" in one.text]
        assert nudges == ["Bob: I have something for you alone. Write to me in private and you get it."]
        await bob.says(private, "/today")
        texts = await gym.answered(private, 3)
    assert "Pain 5/10" in texts[0]
    assert sum("Pain 5/10" in text for text in texts) == 2
    assert {one.description for one in gym.server.refused} == {
        "Forbidden: bot can't initiate conversation with a user"
    }
    gym.server.refused.clear()  # nothing said that Bob had never pressed Start


# --- privacy mode ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("privacy", "status", "told"),
    [(True, "member", 1), (False, "member", 0), (True, "administrator", 0)],
)
async def test_a_group_learns_once_what_privacy_mode_hides(
    gym: Gym, bob: Person, privacy: bool, status: str, told: int
) -> None:
    gym.server.switch_privacy(privacy)
    room = gym.server.group("Gym", [gym.ann, bob], with_bot=False)
    async with gym.serving():
        for _ in range(2):
            if status == "administrator":
                await room.makes_bot("administrator")
            else:
                await room.adds_bot()
            await gym.ann.says(room, "/today")
            said = len(room.answers())
            await gym.answered(room, said + 1)
            await room.removes_bot()
        await room.adds_bot() if told else await room.makes_bot("administrator")
        await gym.ann.says(room, "@spotter_bot squat 100x8 @8")
        await gym.server.until(lambda: room.answers()[-1].text.startswith("Squat"))
    hints = [one.text for one in room.answers() if "/setprivacy" in one.text]
    assert len(hints) == told


async def test_with_privacy_mode_on_commands_answers_and_mentions_work(gym: Gym, bob: Person) -> None:
    room = gym.server.group("Gym", [gym.ann, bob])
    async with gym.serving():
        await gym.ann.says(room, "bench 60x8 @8")
        await gym.ann.says(room, "@spotter_bot row 50x8 @8")
        asked = (await gym.answered(room, 1), room.answers()[-1])[1]
        await gym.ann.says(room, "1", reply_to=asked.message_id)
        await gym.answered(room, 2)
        await gym.ann.says(room, "/last@spotter_bot row")
        texts = await gym.answered(room, 3)
    assert await gym.logged() == ["barbell-row"]
    assert "Barbell row" in texts[-1]


# --- supergroups ----------------------------------------------------------------------------------------------------


async def test_a_group_that_becomes_a_supergroup_goes_on_where_it_was(
    gym: Gym, bob: Person, room: Group
) -> None:
    async with gym.serving():
        await gym.ann.says(room, "squat 100x8 @8")
        await bob.says(room, "row 50x8 @8")
        await gym.answered(room, 2)
        new = await room.becomes_supergroup()
        await gym.ann.says(new, "100x8 @8.5")
        await bob.says(new, "@spotter_bot 1")
        texts = await gym.answered(new, 2)
    assert sorted(text.split(" kg")[0] for text in texts) == ["Barbell row 50", "Squat 100"]
    assert sorted(await gym.logged()) == ["barbell-row", "squat", "squat"]
    assert {row[0] for row in await gym.rows("SELECT DISTINCT chat FROM messages")} == {str(new.id)}


async def test_what_happened_while_the_coach_was_away_is_told_in_the_new_group(gym: Gym, room: Group) -> None:
    await gym.ann.says(room, "squat 100x8 @8")
    new = await room.becomes_supergroup()
    await gym.ann.says(new, "100x8 @8.5")
    async with gym.serving():
        texts = await gym.answered(new, 2)
    assert ["@8 ✓" in texts[0], "@8.5 ✓" in texts[1]] == [True, True]
    assert room.answers() == []


async def test_a_group_that_threw_the_bot_out_hears_nothing_of_it_when_it_is_back(
    gym: Gym, room: Group
) -> None:
    gym.server.switch_privacy(False)
    await gym.ann.says(room, "squat 100x8 @8")
    await room.removes_bot()
    async with gym.serving():
        await gym.server.until(lambda: gym.server.called("sendMessage", 403))
        await room.adds_bot()
        await gym.ann.says(room, "/today")
        texts = await gym.answered(room, 1)
    assert "Squat" in texts[-1]
