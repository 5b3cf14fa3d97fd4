"""The loopback Discord, tried with the unmodified discord.py over sockets."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.servers.discord import DiscordServer, pointed
from tests.servers.discord.trial_client import Coach, Gym, connected, training


async def test_message_in_reply_out_edit_and_delete() -> None:
    async with training() as (server, gym, coach):
        said = await gym.ann.says(gym.channel, "squat 100x8")
        await gym.until_shown("heard squat 100x8", gym.bob)
        reply = gym.channel.shown(gym.bob)[1]
        assert (reply.author, reply.reply_to, reply.edited) == ("Spotter", said.id, False)

        await gym.ann.edits(said, "squat 105x8")
        await server.until(lambda: coach.heard_of("edit") == ["squat 105x8"])
        sent = await coach.place(gym.channel).fetch_message(reply.id)
        await sent.edit(content="heard better")
        await gym.until_shown("heard better")
        assert gym.texts(gym.ann) == ["squat 105x8", "heard better"]

        await gym.ann.deletes(said)
        await server.until(lambda: coach.heard_of("delete") == [str(said.id)])
        await sent.delete()
        assert gym.texts(gym.ann) == []
        assert not server.refused
        assert not server.ignored


async def test_edit_of_a_message_before_the_client_started_and_a_preview_reach_it() -> None:
    async with DiscordServer() as server:
        gym = Gym(server)
        said = await gym.ann.says(gym.channel, "bench 80x5")
        async with connected(server, Coach()) as coach:
            await gym.ann.edits(said, "bench 85x5")
            await server.unfurls(said)
            await server.until(lambda: coach.heard_of("edit") == ["bench 85x5"] * 2)
            assert coach.heard_of("message") == []


async def test_direct_messages_and_one_who_will_not_have_them() -> None:
    async with training() as (server, gym, coach):
        dm = server.dm(gym.ann)
        await gym.ann.says(dm, "hello")
        await gym.until_shown("heard hello", channel=dm)
        assert dm.shown(gym.bob) == []
        assert gym.texts(gym.ann) == []

        await (await coach.fetch_user(gym.bob.id)).send("good morning")
        assert gym.texts(gym.bob, server.dm(gym.bob)) == ["good morning"]
        assert not server.refused

        gym.bob.accepts_messages = False
        with pytest.raises(discord.Forbidden) as caught:
            await (await coach.fetch_user(gym.bob.id)).send("evening")
        assert caught.value.code == server.refused[0].code == 50007


async def test_other_bots_webhooks_threads_and_files() -> None:
    async with training() as (server, gym, coach):
        other = server.user("Other", bot=True)
        gym.guild.welcomes(other)
        await other.says(gym.channel, "beep")
        await server.webhook_says(gym.channel, "Deploys", "shipped")
        await server.until(lambda: coach.heard_of("message") == ["beep", "shipped"])

        thread = gym.channel.thread("legs", gym.ann)
        await gym.ann.says(thread, "lunge 40x10")
        await gym.until_shown("heard lunge 40x10", channel=thread)
        assert "heard lunge 40x10" not in gym.texts(gym.ann)

        said = await gym.ann.says(gym.channel, "", files=[("log.csv", b"a,b\n")])
        fetched = await coach.place(gym.channel).fetch_message(said.id)
        assert await fetched.attachments[0].read() == b"a,b\n"
        chart = discord.File(io.BytesIO(b"png"), "chart.png")
        sent = await coach.place(gym.channel).send("look", file=chart)
        assert gym.channel.shown(gym.bob)[-1].files == ("chart.png",)
        assert await sent.attachments[0].read() == b"png"
        assert not server.refused


def buttons(*labels: str) -> discord.ui.View:
    """A row of buttons."""
    view = discord.ui.View(timeout=None)
    for label in labels:
        view.add_item(discord.ui.Button(label=label, custom_id=f"effort:{label}"))
    return view


async def test_button_changes_its_message_or_answers_one_person() -> None:
    async with training() as (server, gym, coach):
        await coach.place(gym.channel).send("how hard?", view=buttons("7", "8"))
        asked = list(gym.channel.messages.values())[-1]
        assert gym.channel.shown(gym.bob)[-1].buttons == ("7", "8")

        async def private(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("not yours", ephemeral=True)

        async def update(interaction: discord.Interaction) -> None:
            await interaction.response.edit_message(content="thanks", view=None)

        coach.acts = private
        pressed = await gym.bob.presses(asked, "effort:7")
        await gym.until_shown("not yours", gym.bob)
        assert gym.texts(gym.ann) == ["how hard?"]
        assert pressed.messages[0].ephemeral

        coach.acts = update
        await gym.ann.presses(asked, "8")
        await gym.until_shown("thanks", gym.bob)
        assert gym.channel.shown(gym.ann)[-1].buttons == ()
        with pytest.raises(LookupError):
            await gym.ann.presses(asked, "8")
        assert not server.refused


def add_commands(coach: Coach) -> None:
    """`/last` with an option that completes, and `/plan show`."""

    @app_commands.describe(lift="which lift", sets="how many")
    async def last(interaction: discord.Interaction, lift: str, sets: int = 1) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(f"{lift} x{sets}")
        await interaction.followup.send("for all")

    async def show(interaction: discord.Interaction, whose: discord.User) -> None:
        await interaction.response.send_message(f"plan of {whose.name}")

    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in ("squat", "bench") if typed in name]

    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="last", description="the last sets", callback=last
    )
    command.autocomplete("lift")(complete)
    group = app_commands.Group(name="plan", description="plans")
    group.add_command(app_commands.Command(name="show", description="shows one", callback=show))
    coach.tree.add_command(command)
    coach.tree.add_command(group)

    async def tree_answers(interaction: discord.Interaction) -> None:
        return None

    coach.acts = tree_answers


async def test_slash_commands_defer_follow_up_complete() -> None:
    async with training() as (server, gym, coach):
        add_commands(coach)
        await coach.tree.sync()
        assert server.commands.names() == ["last", "plan"]

        called = await gym.ann.runs(gym.channel, "/last", {"lift": "squat", "sets": 3})
        await server.until(lambda: len(called.messages) == 2)
        first, second = called.messages
        # The first follow-up takes the place of the deferred answer and its privacy; the next one is for all.
        assert (first.content, first.ephemeral, second.content, second.ephemeral) == (
            "squat x3",
            True,
            "for all",
            False,
        )
        assert gym.texts(gym.bob) == ["for all"]

        typing = await gym.ann.types(gym.channel, "/last", {"lift": "squ"}, focus="lift")
        assert await server.until(lambda: typing.choices) == [("squat", "squat")]

        await gym.bob.runs(server.dm(gym.bob), "/plan show", {"whose": gym.ann})
        await gym.until_shown("plan of ann", gym.bob, server.dm(gym.bob))
        assert not server.refused
        assert not server.ignored
        for line, options in (
            ("/nope", {}),
            ("/last", {}),
            ("/last", {"lift": "x", "more": 1}),
            ("/last", {"lift": 5}),
        ):
            with pytest.raises((LookupError, ValueError)):
                await gym.ann.runs(gym.channel, line, options)


async def test_an_answer_after_three_seconds_or_twice_or_a_quarter_of_an_hour_is_refused() -> None:
    async with training() as (server, gym, coach):
        caught: list[discord.HTTPException] = []

        async def late(interaction: discord.Interaction) -> None:
            server.clock.passes(3.1)
            await attempt(interaction.response.send_message("late"))

        async def twice(interaction: discord.Interaction) -> None:
            await interaction.response.defer()
            interaction.response._response_type = None  # the library itself would stop a second answer
            await attempt(interaction.response.send_message("again"))
            server.clock.passes(15 * 60)
            await attempt(interaction.followup.send("late"))

        async def unacknowledged(interaction: discord.Interaction) -> None:
            await attempt(interaction.followup.send("too early"))

        async def attempt(sending: Awaitable[object]) -> None:
            try:
                await sending
            except discord.HTTPException as error:
                caught.append(error)

        await coach.place(gym.channel).send("?", view=buttons("a"))
        asked = list(gym.channel.messages.values())[-1]

        async def codes_of(act: Callable[[discord.Interaction], Awaitable[None]], number: int) -> list[int]:
            caught.clear()
            coach.acts = act
            pressed = await gym.ann.presses(asked, "a")
            await server.until(lambda: len(caught) == number)
            assert pressed.failed == (act is late)
            return [error.code for error in caught]

        assert await codes_of(late, 1) == [10062]
        assert await codes_of(twice, 2) == [40060, 50027]
        assert await codes_of(unacknowledged, 1) == [10015]
        assert [refused.code for refused in server.refused] == [10062, 40060, 50027, 10015]
        assert server.refused[0].text == "Unknown interaction"


async def test_button_deferred_then_changed_or_taken_away() -> None:
    async with training() as (server, gym, coach):
        events: list[discord.Message] = []

        async def later(interaction: discord.Interaction) -> None:
            await interaction.response.defer()
            assert gym.texts(gym.ann)[0] == "how hard?"
            await interaction.edit_original_response(content="noted", view=None)

        async def gone(interaction: discord.Interaction) -> None:
            await interaction.response.defer(thinking=True, ephemeral=True)
            assert [shown.thinking for shown in gym.channel.shown(gym.bob)] == [False, True]
            await interaction.delete_original_response()

        async def on_message(message: discord.Message) -> None:
            events.append(message)

        await coach.place(gym.channel).send("how hard?", view=buttons("7"))
        asked = list(gym.channel.messages.values())[-1]
        coach.on_message = on_message  # type: ignore[method-assign]
        coach.acts = gone
        pressed = await gym.bob.presses(asked, "7")
        await server.until(lambda: pressed.original is not None and pressed.original.deleted)
        # What one person sees is told to the bot as if it stood in direct messages.
        (told,) = await server.until(lambda: [message for message in events if message.flags.ephemeral])
        assert told.guild is None
        coach.acts = later
        await gym.ann.presses(asked, "7")
        await gym.until_shown("noted", gym.bob)
        assert not server.refused
        assert not server.unanswered


async def test_heartbeats_are_answered_and_what_arrived_is_not_kept() -> None:
    async with DiscordServer() as server:
        gym = Gym(server)
        server.gateway.heartbeat_ms = 20
        async with connected(server, Coach()):
            assert [link.compressed for link in server.gateway.links] == [True]
            await gym.ann.says(gym.channel, "squat 100x5")
            await gym.until_shown("heard squat 100x5")
            (session,) = server.gateway.listening
            await server.until(lambda: not session.kept)
            before = server.gateway.heartbeats
            server.gateway.ask_heartbeat()
            await server.until(lambda: server.gateway.heartbeats > before)
            server.gateway.cut()
            await server.until(lambda: server.gateway.resumed == 1)


async def test_whom_a_message_rings() -> None:
    async with training() as (_, gym, coach):
        text = f"@everyone {gym.ann.mention}"
        place = coach.place(gym.channel)
        for allowed in (
            None,
            discord.AllowedMentions.all(),
            discord.AllowedMentions(everyone=False, users=[gym.ann]),
        ):
            if allowed is None:
                await place.send(text)
            else:
                await place.send(text, allowed_mentions=allowed)
        rung = [(message.mentions_everyone, message.mentions) for message in gym.channel.messages.values()]
        assert rung == [(False, ()), (True, (gym.ann,)), (False, (gym.ann,))]


async def test_threads_of_the_bot_and_closed_ones() -> None:
    async with training() as (_, gym, coach):
        channel = await coach.fetch_channel(gym.channel.id)
        assert isinstance(channel, discord.TextChannel)
        opened = await channel.create_thread(name="legs", type=discord.ChannelType.public_thread)
        thread = next(place for place in gym.guild.channels if place.id == opened.id)
        async with opened.typing():
            await opened.send("here")
        assert (gym.texts(gym.bob, thread), thread.typed) == (["here"], 1)
        assert [found.name for found in await channel.guild.active_threads()] == ["legs"]
        thread.archive(locked=True)
        with pytest.raises(discord.HTTPException) as caught:
            await opened.send("too late")
        assert caught.value.code == 50083
        thread.vanishes()
        with pytest.raises(discord.NotFound) as missing:
            await opened.send("gone")
        assert missing.value.code == 10003


async def test_what_is_not_there_is_refused_and_remembered() -> None:
    async with training() as (server, gym, coach):
        said = await gym.ann.says(gym.channel, "mine")
        place = coach.place(gym.channel)
        partial = place.get_partial_message(said.id)  # type: ignore[attr-defined]
        for asking, code in (
            (place.fetch_message(5), 10008),
            (coach.fetch_user(5), 10013),
            (coach.fetch_guild(5), 10004),
            (coach.fetch_channel(5), 10003),
            (partial.edit(content="yours"), 50005),
            (partial.delete(), 50013),
            (coach.http.request(discord.http.Route("GET", "/nowhere")), 0),
            (
                coach.http.request(discord.http.Route("PATCH", f"/channels/{gym.channel.id}/messages/x")),
                50035,
            ),
        ):
            with pytest.raises(discord.HTTPException) as caught:
                await asking
            assert caught.value.code == code
        assert len(server.refused) == 8
        assert gym.texts(gym.ann)[0] == "mine"


async def test_resume_replays_what_was_missed() -> None:
    async with training() as (server, gym, coach):
        await server.gateway.down()
        await server.until(lambda: not server.gateway.listening)
        for weight in (60, 70, 80):
            await gym.ann.says(gym.channel, f"squat {weight}x5")
        await server.gateway.up()
        await server.until(lambda: coach.heard_of("resumed"), 10)
        await gym.until_shown("heard squat 80x5")
        assert coach.heard_of("message") == [f"squat {weight}x5" for weight in (60, 70, 80)]
        assert (len(server.gateway.identified), server.gateway.resumed) == (1, 1)


@pytest.mark.parametrize(
    ("trouble", "again"),
    [
        ("ask_reconnect", "resumed"),
        ("cut", "resumed"),
        ("resumable", "resumed"),
        ("close 4000", "resumed"),
        ("lost", "ready"),
        ("forgotten", "ready"),
    ],
)
async def test_the_client_comes_back(trouble: str, again: str) -> None:
    async with training() as (server, gym, coach):
        coach.heard.clear()
        gateway = server.gateway
        match trouble:
            case "ask_reconnect":
                gateway.ask_reconnect()
            case "cut":
                gateway.cut()
            case "close 4000":
                gateway.close(4000)
            case "resumable":
                gateway.invalidate(resumable=True)
            case "lost":
                gateway.invalidate(resumable=False)
            case "forgotten":
                gateway.forget()
                gateway.cut()
        await server.until(lambda: coach.heard_of(again))
        await gym.ann.says(gym.channel, "still there?")
        await gym.until_shown("heard still there?")
        assert len(gateway.identified) == (2 if again == "ready" else 1)


async def test_backfill_by_history_after_a_restart() -> None:
    async with DiscordServer() as server:
        gym = Gym(server)
        async with connected(server, Coach()):
            seen = await gym.ann.says(gym.channel, "squat 100x5")
            await gym.until_shown("heard squat 100x5")
        await server.until(lambda: not server.gateway.listening)
        missed = [await gym.bob.says(gym.channel, f"row {n}x8") for n in range(130)]
        async with connected(server, Coach()) as coach:
            found = [
                m async for m in coach.place(gym.channel).history(limit=None, after=discord.Object(seen.id))
            ]
            assert [m.content for m in found] == ["heard squat 100x5"] + [m.content for m in missed]
            around = [m async for m in coach.place(gym.channel).history(limit=3, around=missed[50])]
            assert sorted(m.content for m in around) == ["row 49x8", "row 50x8", "row 51x8"]
            before = [m async for m in coach.place(gym.channel).history(limit=2, before=missed[2])]
            assert [m.content for m in before] == ["row 1x8", "row 0x8"]
            assert coach.heard_of("message") == []


async def test_rate_limits_are_waited_out_and_nothing_is_lost() -> None:
    async with training() as (server, gym, coach):
        server.faults.next("POST /channels/*/messages", "429", retry_after=0.05)
        await coach.place(gym.channel).send("one")
        server.pace.limit("POST /channels/*/messages", 2, 0.2)
        await asyncio.gather(*(coach.place(gym.channel).send(str(n)) for n in range(5)))
        assert sorted(gym.texts(gym.ann)) == ["0", "1", "2", "3", "4", "one"]
        assert [call.status for call in server.calls("POST", "/messages")].count(429) >= 1
        assert not server.refused


async def test_trouble_on_demand() -> None:
    async with training() as (server, gym, coach):
        place = coach.place(gym.channel)
        server.faults.next("POST /channels/*/messages", "503")
        with pytest.raises(discord.DiscordServerError):
            await place.send("refused")
        for trouble in ("close", "lost"):
            server.faults.next("POST /channels/*/messages", trouble)
            with pytest.raises(aiohttp.ClientError):
                await place.send(trouble, nonce=77)
        assert gym.texts(gym.ann) == ["lost"]
        # The same nonce again is the same message.
        again = await place.send("lost", nonce=77)
        assert [shown.id for shown in gym.channel.shown(gym.ann)] == [again.id]

        server.faults.next("GET /channels/*", "hang")
        hanging = asyncio.create_task(coach.fetch_channel(gym.channel.id))
        await server.until(lambda: server.faults.met == 4)
        assert not hanging.done()
        server.calm()
        # The library's HTTP client repeats a GET by itself when a kept connection is cut.
        assert (await hanging).id == gym.channel.id
        assert not server.refused


async def test_500_is_repeated_by_the_library() -> None:
    async with training() as (server, gym, coach):
        server.faults.next("POST /channels/*/messages", "500")
        await coach.place(gym.channel).send("at last")
        assert [call.status for call in server.calls("POST", "/messages")] == [500, 200]


async def test_without_message_content_only_mentions_replies_and_direct_messages_can_be_read() -> None:
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    async with training(Coach(intents=intents), content=False) as (server, gym, coach):
        assert coach.application is not None
        assert not coach.application.flags.gateway_message_content_limited
        await gym.ann.says(gym.channel, "squat 100x8")
        await gym.ann.says(gym.channel, f"{server.bot.mention} squat 100x8")
        await gym.until_shown(f"heard {server.bot.mention} squat 100x8")
        reply = list(gym.channel.messages.values())[-1]
        await gym.ann.says(gym.channel, "8", reply_to=reply)
        await gym.ann.says(gym.channel, "quiet", reply_to=reply, ping=False)
        await gym.ann.says(server.dm(gym.ann), "private")
        await server.until(lambda: len(coach.heard_of("message")) == 5)
        mention = f"{server.bot.mention} squat 100x8"
        assert coach.heard_of("message") == ["", mention, "8", "", "private"]
        found = [message.content async for message in coach.place(gym.channel).history(oldest_first=True)]
        assert found[:2] == ["", mention]


async def test_intents_that_are_not_switched_on_end_the_client() -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with training(content=False):
            pass
    async with DiscordServer() as server:
        with pointed(server):
            async with Coach() as stranger:
                with pytest.raises(discord.LoginFailure):
                    await stranger.login("wrong")
        assert server.refused[0].status == 401


async def test_a_poisoned_event_ends_the_client_and_a_new_one_goes_on() -> None:
    async with DiscordServer() as server:
        gym = Gym(server)
        async with connected(server, Coach()) as coach:
            server.gateway.emit_raw(
                "MESSAGE_CREATE", {"id": "not a number", "channel_id": str(gym.channel.id)}
            )
            assert coach.gateway is not None
            with pytest.raises((KeyError, ValueError)):
                await asyncio.wait_for(asyncio.shield(coach.gateway), 5)
        async with connected(server, Coach()):
            await gym.ann.says(gym.channel, "again")
            await gym.until_shown("heard again")


async def test_as_many_shards_as_the_service_asks_for() -> None:
    class Sharded(Coach, discord.AutoShardedClient):
        pass

    async with DiscordServer(shards=2) as server:
        gyms = [Gym(server) for _ in range(2)]
        assert {(gym.guild.id >> 22) % 2 for gym in gyms} == {0, 1}
        async with connected(server, Sharded()) as coach:
            assert sorted(session.shard for session in server.gateway.listening) == [(0, 2), (1, 2)]
            for gym in gyms:
                await gym.ann.says(gym.channel, "hello")
                await gym.until_shown("heard hello")
            assert coach.heard_of("message") == ["hello", "hello"]
        assert not server.refused


async def test_what_the_client_is_told_of_places_and_rights() -> None:
    everything = discord.Intents.all()
    everything.presences = False
    async with training(Coach(intents=everything)) as (server, gym, coach):
        guild = coach.get_guild(gym.guild.id)
        assert guild is not None
        assert {member.name for member in guild.members} >= {"ann", "bob"}
        assert [found.name async for found in guild.fetch_members(limit=None)]
        made = gym.guild.channel("second")
        await server.until(lambda: guild.get_channel(made.id) is not None)
        gym.channel.forbids("send")
        await server.until(lambda: not _may_send(guild, gym.channel.id))
        with pytest.raises(discord.Forbidden) as caught:
            await coach.place(gym.channel).send("hm")
        assert caught.value.code == 50013
        gym.guild.removes_bot()
        await server.until(lambda: coach.get_guild(gym.guild.id) is None)
        with pytest.raises(discord.Forbidden) as caught:
            await coach.place(made).send("hm")
        assert caught.value.code == 50001


def _may_send(guild: discord.Guild, number: int) -> bool:
    channel = guild.get_channel(number)
    assert channel is not None
    return channel.permissions_for(guild.me).send_messages


async def test_uncompressed_gateway_closes_with_the_published_codes() -> None:
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        identify = {"token": server.token, "intents": 1, "properties": {}}
        for frames, code in (
            (["no json"], 4002),
            ([{"op": 99}], 4001),
            ([{"op": 3, "d": {}}], 4003),
            ([{"op": 2, "d": {**identify, "token": "x"}}], 4004),
            ([{"op": 2, "d": identify}] * 2, 4005),
            ([{"op": 2, "d": {**identify, "shard": [2, 2]}}], 4010),
            ([{"op": 2, "d": {**identify, "intents": 1 << 30}}], 4013),
            ([{"op": 2, "d": {**identify, "intents": 1 << 8}}], 4014),
        ):
            async with session.ws_connect(f"{server.gateway.url}/?v=10&encoding=json") as socket:
                assert (await socket.receive_json())["op"] == 10
                for frame in frames:
                    await socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))
                while (await socket.receive()).type is aiohttp.WSMsgType.TEXT:
                    pass
                assert socket.close_code == code


BIG = "x" * 2001


def row(*parts: Any) -> dict[str, Any]:
    """An action row."""
    return {"type": 1, "components": list(parts)}


def button(name: str = "a", **more: Any) -> dict[str, Any]:
    """A button."""
    return {"type": 2, "style": 1, "label": name, "custom_id": name, **more}


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"content": BIG}, 50035, "content"),
        ({"content": "x" * 2000}, None, ""),
        ({"content": "  "}, 50006, ""),
        ({}, 50006, ""),
        ({"content": "a", "nonce": "n" * 26}, 50035, "nonce"),
        ({"content": "a", "message_reference": {"message_id": "5"}}, 50035, "message_reference"),
        ({"content": "a", "message_reference": {"message_id": "5", "fail_if_not_exists": False}}, None, ""),
        ({"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, 50035, "allowed_mentions"),
        ({"content": "a", "allowed_mentions": {"parse": ["all"]}}, 50035, "allowed_mentions.parse.0"),
        ({"content": "a", "flags": 64}, 50035, "flags"),
        ({"embeds": [{"title": "t" * 257}]}, 50035, "embeds.0.title"),
        ({"embeds": [{"description": "d" * 4000}] * 2}, 50035, "embeds"),
        ({"content": "a", "components": [row(button())] * 6}, 50035, "components"),
        ({"content": "a", "components": [row(*[button(str(n)) for n in range(6)])]}, 50035, "components.0.components"),
        ({"content": "a", "components": [row(button(), button())]}, 50035, "components.0.components.1.custom_id"),
        ({"content": "a", "components": [row(button(custom_id="c" * 101))]}, 50035, "components.0.components.0.custom_id"),
        ({"content": "a", "components": [row(button(label="l" * 81))]}, 50035, "components.0.components.0.label"),
        ({"content": "a", "components": [row(button(style=9))]}, 50035, "components.0.components.0.style"),
        ({"content": "a", "components": [button()]}, 50035, "components.0.type"),
        ({"content": "a", "components": [row(*[button(str(n)) for n in range(5)])] * 1}, None, ""),
    ],
)  # fmt: skip
async def test_limits_of_a_message(body: dict[str, Any], code: int | None, field: str) -> None:
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        gym = Gym(server)
        url = f"{server.api}/v10/channels/{gym.channel.id}/messages"
        async with session.post(url, json=body, headers={"Authorization": f"Bot {server.token}"}) as answer:
            data = await answer.json()
        if code is None:
            assert (answer.status, server.refused) == (200, [])
            return
        assert (answer.status, data["code"], server.refused[0].code) == (400, code, code)
        node = data.get("errors", {})
        for step in filter(None, field.split(".")):
            node = node[step]
        assert not field or node["_errors"][0]["message"]
        assert gym.texts(gym.ann) == []


def command(name: str = "last", **more: Any) -> dict[str, Any]:
    """A command."""
    return {"name": name, "description": "d", **more}


def option(name: str = "lift", **more: Any) -> dict[str, Any]:
    """A text option."""
    return {"name": name, "description": "d", "type": 3, **more}


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ([command("упражнение"), command("kg-per_set's")], None),
        ([command("Last")], 50035),
        ([command("two words")], 50035),
        ([command("x" * 33)], 50035),
        ([command(description="")], 50035),
        ([command(description="d" * 101)], 50035),
        ([command(), command()], 50035),
        ([command(options=[option(str(n)) for n in range(26)])], 50035),
        ([command(options=[option("a"), option("b", required=True)])], 50035),
        ([command(options=[option(choices=[{"name": "n", "value": 5}])])], 50035),
        ([command(options=[option(choices=[{"name": "n", "value": "v"}], autocomplete=True)])], 50035),
        ([command(options=[option("a", type=1), option("b")])], 50035),
        ([command(options=[option("a", type=1, options=[option("b", type=1)])])], 50035),
        ([command(options=[option("a", type=2, options=[option("b", type=1, options=[option()])])])], None),
        ([command(name_localizations={"xx": "a"})], 50035),
        ([command(f"c{n}") for n in range(100)], None),
        ([command(f"c{n}") for n in range(101)], 30032),
    ],
)
async def test_rules_for_slash_commands(commands: list[dict[str, Any]], code: int | None) -> None:
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        url = f"{server.api}/v10/applications/{server.bot.id}/commands"
        async with session.put(
            url, json=commands, headers={"Authorization": f"Bot {server.token}"}
        ) as answer:
            data = await answer.json()
        assert (data["code"] if isinstance(data, dict) else None) == code
        assert len(server.commands.names()) == (0 if code else len(commands))


async def test_registering_again_keeps_the_ids_and_guild_commands_stay_in_their_guild() -> None:
    async with training() as (server, gym, coach):
        add_commands(coach)
        before = await coach.tree.sync()
        assert [c.id for c in await coach.tree.sync()] == [c.id for c in before]
        elsewhere = Gym(server)
        coach.tree.add_command(
            app_commands.Command(name="here", description="d", callback=_nothing),
            guild=discord.Object(gym.guild.id),
        )
        await coach.tree.sync(guild=discord.Object(gym.guild.id))
        await gym.ann.runs(gym.channel, "/here")
        with pytest.raises(LookupError):
            await elsewhere.ann.runs(elsewhere.channel, "/here")
        assert server.commands.synced == 3


async def _nothing(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("here")


async def test_refused_connections_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "discord")
    async with training() as (server, gym, coach):
        await server.down()
        with pytest.raises(aiohttp.ClientError):
            async with aiohttp.ClientSession() as session, session.get(f"{server.api}/v10/gateway"):
                pass
        await gym.ann.says(gym.channel, "into the dark")
        await server.up()
        await server.until(lambda: coach.heard_of("resumed"), 10)
        await gym.until_shown("heard into the dark")
