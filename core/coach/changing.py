"""Edits, deletions and /undo: the log as it would stand without them, and what comes next from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.coach import (
    asking,
    entering,
    in_test,
    journal,
    listen,
    log,
    passed_over,
    plan_life,
    planning,
    profile,
    recovery_told,
    remind_settings,
    safeties,
)
from core.coach.called_sets import kept
from core.coach.calling import applied
from core.coach.outlook import targets
from core.coach.symptoms import symptoms
from core.coach.turn import CARRY, Turn
from core.facts import Fact, Refused, Told
from core.model import Call, LoggedSet
from core.notation import parse
from core.store import calls, changes, messages, questions, sets
from core.store.questions import Question


async def edited(turn: Turn) -> list[Fact]:
    """A message was edited: it is read anew in its old place, and what leaned on it with it."""
    old = await sets.of_message(turn.conn, turn.message.id)
    await _drop_questions(turn)
    found = await symptoms(turn)
    await in_test.told_anew(turn, old, listen.setting)
    parsed = applied(parse(turn.message.text, await listen.setting(turn)), turn.called)
    entries, why, open_questions = await listen.settled(turn, parsed)
    facts: list[Fact] = [*found, *(Refused(problem, turn.athlete.unit) for problem in parsed.problems)]
    if not old and not entries:
        facts += await asking.ask(turn, open_questions)
        return facts or ([Told("edit_without_sets")] if turn.private and not parsed.is_talk else [])
    if parsed.problems and not entries:
        return [*facts, *([Told("edit_kept")] if old else [])]
    text = turn.message.text.strip()
    written = await entering.write_down(turn, entries, old)
    if written.missing:
        facts += await asking.ask(turn, open_questions)
        return [*facts, *await asking.ask_missing(turn, text, written.missing[0], entries, edit=True)]
    if written.problems and not written.sets:
        refused = [Refused(problem, turn.athlete.unit) for problem in written.problems]
        return [*facts, *refused, *([Told("edit_kept")] if old else [])]
    top = await entering.surprising(turn, written.sets)
    if top is not None:
        facts += await asking.ask(turn, open_questions)
        return [*facts, await asking.ask_surprising(turn, text, entries, top, edit=True)]
    before = await log.change(turn, turn.message.id, old, written.sets)
    await in_test.forget_others(turn, old, written.sets)
    facts += await kept(
        turn, written.sets, await log.noted(turn, written.sets, before if old else {}, why, old)
    )
    facts += await log.gone(turn, old, written.sets, before, "edited")
    facts += [Refused(problem, turn.athlete.unit) for problem in written.problems]
    return [*facts, *await asking.ask(turn, open_questions)]


async def command_edited_in(turn: Turn) -> list[Fact]:
    """A message was edited into a command: that is not carried out, and its sets stay."""
    old = await sets.of_message(turn.conn, turn.message.id)
    if not turn.private:
        return []
    return [Told("command_not_edited", {"keeps": bool(old)})]


async def deleted(turn: Turn) -> list[Fact]:
    """A message was deleted: so are its sets, or the correction that it made."""
    await _drop_questions(turn)
    old = await sets.of_message(turn.conn, turn.message.id)
    if not old:
        return await _correction_deleted(turn)
    before = await log.change(turn, turn.message.id, old, ())
    return await log.gone(turn, old, (), before, "deleted")


async def _correction_deleted(turn: Turn) -> list[Fact]:
    change = await changes.last_undoable(turn.conn, turn.athlete.id)
    is_newest = change is not None and change.what == "sets"
    if is_newest and change is not None and change.before.get("corrected_by") == turn.message.id:
        return await undo(turn)
    if turn.private and parse(turn.message.text).corrects is not None:
        return [Told("correction_stays")]
    return []


async def _drop_questions(turn: Turn) -> None:
    for question in await questions.of_message(turn.conn, turn.message.id):
        if question.answered_at is None and question.closed_at is None:
            await questions.close(turn.conn, question.id, turn.now)


async def undo(turn: Turn) -> list[Fact]:
    """Take back the newest change that has not been taken back."""
    change = await changes.last_undoable(turn.conn, turn.athlete.id)
    waiting = await _asked_since(turn, change)
    if (
        waiting is not None
    ):  # what was typed last is not in the log yet: that is taken back, and nothing before it
        await questions.close(turn.conn, waiting.id, turn.now)
        return [Told("left_out", {"text": waiting.payload["text"]})]
    if change is None:
        return [Told("nothing_to_undo")]
    await changes.mark_undone(turn.conn, change.id, turn.now)
    if change.what == "sets":
        return await _undo_sets(turn, change)
    if change.what == "plan":
        return await planning.undo_plan(turn, change.before)
    if change.what == "safeties":
        return await safeties.undo(turn, change.before)
    if change.what == "easy":
        return await plan_life.undo_easy(turn, change.before)
    if change.what == "remind":
        return await remind_settings.undo(turn, change.before)
    if change.what == "recovery":
        return await recovery_told.undo(turn, change.before)
    return await profile.undo_profile(turn, change)


async def _asked_since(turn: Turn, change: changes.Change | None) -> Question | None:
    """The question about a set that was typed after the newest change, and waits for its answer."""
    for question in (await turn.open_questions())[:1]:
        recent = turn.now - question.asked_at <= CARRY and (change is None or question.asked_at > change.at)
        if question.code in passed_over.OF_A_SET_TO_COME and recent and "corrects" not in question.payload:
            return question
    return None


async def _undo_sets(turn: Turn, change: changes.Change) -> list[Fact]:
    message_id = change.before["message"]
    old = await sets.of_message(turn.conn, message_id)
    new = [journal.unpacked(held, turn.athlete.id) for held in change.before["sets"]]
    stored = {one.id for one in old}
    touched = list(dict.fromkeys(one.exercise_id for one in (*old, *new)))
    before = await targets(turn, touched, await turn.today())
    turn.changes = True
    leaning = await sets.leaning_on(turn.conn, [one.id for one in old])
    await sets.replace(turn.conn, message_id, await _leaning_known(turn, new, stored))
    called = {set_id: Call(*call) for set_id, call in change.before.get("calls", {}).items()}
    await calls.put_back(turn.conn, new, called)
    if new:
        await messages.unmark_deleted(turn.conn, message_id)
    leaning += await _lean_again(turn, change.before.get("leaning", ()))
    await log.resolve_again(turn, leaning, {one.id: one for one in new})
    facts = await log.gone(turn, old, new, before, "undone")
    if new:
        facts += [Told("put_back"), *await log.noted(turn, new, before, old=old)]
    return facts or [Told("nothing_to_undo")]


async def _lean_again(turn: Turn, pairs: Sequence[Sequence[str]]) -> list[LoggedSet]:
    """Sets that leaned on one which had gone, and is back."""
    found: list[LoggedSet] = []
    for set_id, base_id in pairs:
        one = await sets.get(turn.conn, set_id)
        if one is not None and one.leans_on is None:
            found.append(replace(one, leans_on=base_id))
            await sets.update(turn.conn, found[-1])
    return found


async def _leaning_known(turn: Turn, new: Sequence[LoggedSet], stored: set[str]) -> list[LoggedSet]:
    """Sets to put back; one that leaned on a set that is no longer there stands on its own now."""
    known = {one.id for one in new} | stored
    made: list[LoggedSet] = []
    for one in new:
        lost = (
            one.leans_on is not None
            and one.leans_on not in known
            and await sets.get(turn.conn, one.leans_on) is None
        )
        made.append(replace(one, leans_on=None) if lost else one)
    return made
