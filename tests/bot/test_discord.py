"""The coach on Discord: messages, edits and deletions, in private and in channels, by the unmodified library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.ids import Ids
from core.store import messages
from core.store.messages import StoredFile, StoredReply
from tests.bot.discord_gym import Gym, a_gym


@pytest.fixture
async def gym(tmp_path: Path) -> AsyncIterator[Gym]:
    async with a_gym(tmp_path) as gym:
        yield gym
        assert gym.server.refused == []


async def test_a_set_is_answered(gym: Gym) -> None:
    async with gym.serving() as coach:
        assert coach.sentence == "write to spotter, or type /here in a channel."
        await gym.ann.says(gym.dm, "squat 100x8 rpe9")
        (text,) = await gym.answered(1)
    assert text.startswith("Squat 100 kg × 8 @9 ✓ next: 97.5 × 8 @8")
    assert await gym.logged() == ["squat"]


async def test_an_edit_changes_the_set_and_the_answer(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.dm, "squat 100x8 rpe9")
        await gym.answered(1)
        first = gym.answers()[0].id
        await gym.ann.edits(said, "squat 95x8 rpe8")
        await gym.server.until(lambda: "95 kg" in gym.answers()[-1].text)
        await gym.server.unfurls(said)
        await gym.ann.says(gym.dm, "100x8 @8")
        await gym.answered(2)
    assert gym.answers()[0].id == first
    assert gym.answers()[0].text.startswith("Squat 95 kg × 8 @8 ✓")
    assert await gym.logged() == ["squat", "squat"]


async def test_an_answer_that_is_gone_is_given_anew(gym: Gym) -> None:
    async with gym.serving():
        said = await gym.ann.says(gym.dm, "squat 100x8 rpe9")
        await gym.answered(1)
        await gym.ann.deletes(gym.dm.messages[gym.answers()[0].id])
        await gym.ann.edits(said, "squat 95x8 rpe8")
        (text,) = await gym.answered(1)
    assert text.startswith("Squat 95 kg × 8 @8 ✓")
    gym.server.refused.clear()


async def test_deleting_a_message_takes_its_set_back(gym: Gym) -> None:
    async with gym.serving():
        said = [await gym.ann.says(gym.dm, text) for text in ("squat 100x8 @8", "100x7 @8", "100x6 @8")]
        await gym.answered(3)
        await gym.ann.deletes(said[0])
        await gym.server.until(lambda: "deleted" in gym.answers()[0].text)
        gym.server.deletes_many(said[1:])
        await gym.server.until(lambda: all("deleted" in one.text for one in gym.answers()))
    assert await gym.logged() == []


@pytest.mark.parametrize("switch", [{}, {"switch": "on"}])
async def test_here_opens_a_channel_and_closes_it(gym: Gym, switch: dict[str, str]) -> None:
    async with gym.serving():
        before = await gym.ann.says(gym.channel, "squat 60x8 @8")
        await gym.amy.runs(gym.channel, "/here", switch)
        await gym.answered(1, gym.channel)
        await gym.ann.edits(before, "squat 65x8 @8")  # it was said before anybody listened
        sets = [
            await gym.ann.says(gym.channel, "squat 100x8 @8"),
            await gym.bob.says(gym.channel, "bench 80x8 @8"),
            await gym.ann.says(gym.channel, "100x8 @9"),
        ]
        await gym.ann.says(gym.channel, "nice work everyone")
        texts = await gym.answered(4, gym.channel)
        await gym.amy.runs(gym.channel, "/here", {"switch": "off"})
        await gym.answered(5, gym.channel)
        await gym.ann.says(gym.channel, "100x8 @9")
        await gym.ann.says(gym.dm, "squat 70x8 @8")
        await gym.answered(1)
    assert [text.split(" ")[0] for text in texts[1:]] == ["Squat", "Bench", "Squat"]
    shown = gym.answers(gym.channel)
    assert [one.reply_to for one in shown[1:4]] == [one.id for one in sets]
    assert sorted(await gym.logged()) == ["bench-press", "squat", "squat", "squat"]


async def test_only_who_manages_the_channel_opens_it(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.runs(gym.channel, "/here")
        (text,) = await gym.answered(1, gym.channel)
        await gym.ann.says(gym.channel, "squat 100x8 @8")
        await gym.ann.says(gym.dm, "bench 80x8 @8")
        await gym.answered(1)
    assert "Only who may manage" in text
    assert await gym.logged() == ["bench-press"]


async def test_an_open_channel_stays_open_with_its_threads(gym: Gym) -> None:
    async with gym.serving():
        await gym.amy.runs(gym.channel, "/here")
        await gym.answered(1, gym.channel)
    async with gym.serving():
        thread = gym.channel.thread("legs", gym.ann)
        await gym.ann.says(thread, "squat 100x8 @8")
        (text,) = await gym.answered(1, thread)
        await gym.amy.runs(thread, "/here", {"switch": "off"})
        assert "whole channel" in (await gym.answered(2, thread, gym.amy))[1]
    assert text.startswith("Squat 100 kg × 8 @8 ✓")
    assert await gym.rows("SELECT chat, room, thread FROM messages WHERE thread IS NOT NULL") == [
        (str(thread.id), str(gym.channel.id), str(thread.id))
    ]


async def test_in_a_closed_channel_the_bot_answers_to_its_name(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 60x8 @8")
        named = await gym.ann.says(gym.channel, f"{gym.server.bot.mention} squat 100x8 @8")
        await gym.answered(1, gym.channel)
        mine = gym.channel.messages[gym.answers(gym.channel)[0].id]
        await gym.ann.says(gym.channel, "100x7 @9", reply_to=mine, ping=False)
        texts = await gym.answered(2, gym.channel)
        await gym.ann.edits(named, f"squat 90x8 @8 {gym.server.bot.mention}")
        await gym.server.until(lambda: "90 kg" in gym.answers(gym.channel)[0].text)
    assert [text.split(" @")[0] for text in texts] == ["Squat 100 kg × 8", "Squat 100 kg × 7"]


async def test_bots_webhooks_and_the_service_are_no_athletes(gym: Gym) -> None:
    await gym.opened()
    other = gym.server.user("Other", bot=True)
    gym.guild.welcomes(other)
    async with gym.serving():
        await other.says(gym.channel, "squat 100x8 @8")
        await gym.server.webhook_says(gym.channel, "Hook", "squat 100x8 @8")
        gym.channel.thread("squat 100x8 @8", gym.bob)
        gym.server.notices(gym.bob, gym.channel, 18, "squat 100x8 @8")
        await gym.ann.says(gym.channel, "bench 80x8 @8")
        await gym.answered(1, gym.channel)
    assert await gym.logged() == ["bench-press"]


async def test_what_is_private_goes_to_the_athlete_alone(gym: Gym) -> None:
    await gym.opened()
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 100x8 @8 pain 5")
        (text,) = await gym.answered(1)
        (public,) = await gym.answered(1, gym.channel)
    assert "Pain" in text
    assert "ain" not in public


async def test_who_takes_no_direct_messages_is_told_so_and_gets_them_later(gym: Gym) -> None:
    await gym.opened()
    gym.ann.accepts_messages = False
    async with gym.serving():
        await gym.ann.says(gym.channel, "squat 100x8 @8 pain 5")
        texts = await gym.answered(2, gym.channel)
        assert gym.answers() == []
        gym.ann.accepts_messages = True
        await gym.ann.says(gym.dm, "100x8 @7")
        await gym.server.until(lambda: any("Pain" in one.text for one in gym.answers()))
    assert any("Ann" in text for text in texts)
    gym.server.refused.clear()


NAMES = [
    ("@everyone **x** <@1>", "@\u200beveryone \\*\\*x\\*\\* \\<@1>"),
    ("~5 kg [a](http://b_c) ||h||", "~5 kg \\[a](http://b_c) \\|\\|h\\|\\|"),
    ("`rm` _ ~~no~~", "\\`rm\\` \\_ \\~\\~no\\~\\~"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
async def test_no_name_of_a_lift_becomes_markup(gym: Gym, name: str, shown: str) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, f"/exercise add {name}")
        (text,) = await gym.answered(1)
    assert shown in text
    message = gym.dm.messages[gym.answers()[0].id]
    assert (message.mentions_everyone, message.mentions) == (False, ())


async def test_no_name_of_a_person_turns_a_line_around(gym: Gym) -> None:
    turned = gym.server.user("\u202eEve\n\u200bof the Gym")
    gym.guild.members.append(turned)
    turned.accepts_messages = False
    await gym.opened()
    async with gym.serving():
        await turned.says(gym.channel, "squat 100x8 @8 pain 5")
        texts = await gym.answered(2, gym.channel)
    assert any("Eve of the Gym:" in text for text in texts)
    assert not any(mark in text for text in texts for mark in "\u202e\u200b")
    gym.server.refused.clear()


async def test_long_answers_come_in_pieces(gym: Gym) -> None:
    async with gym.serving():
        await gym.ann.says(gym.dm, "squat 100x8 @8, " + ", ".join(f"{n}x5 @7" for n in range(20, 120)))
        await gym.server.until(lambda: gym.answers())
        await gym.ann.says(gym.dm, "/help")
        await gym.server.until(lambda: "/cleared" in gym.answers()[-1].text)
    assert all(len(one.text) <= 2000 for one in gym.answers())


async def test_files_come_in_and_go_out(gym: Gym) -> None:
    async with gym.serving() as coach:
        said = await gym.ann.says(gym.dm, "", files=[("log.csv", b"a,b\n")])
        (text,) = await gym.answered(1)
        assert "log.csv" in text
        key = f"{gym.dm.id}/{said.id}/{said.attachments[0].id}"
        assert await coach.door.fetch(key) == b"a,b\n"
        now = gym.server.clock.now()
        chart = StoredReply(
            Ids().new(now), None, "discord", str(gym.dm.id), None, "chat", "look", now, {"files": True}
        )
    async with gym.store.write() as conn:
        await messages.add_reply(conn, chart)
        await messages.add_files(conn, chart.id, [StoredFile("chart.png", "image/png", b"png")])
    async with gym.serving():
        await gym.server.until(lambda: len(gym.answers()) == 2)
    assert ("chart.png",) in [one.files for one in gym.answers()]
