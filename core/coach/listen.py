"""What a message that is no command does: sets are logged, doubts asked, corrections made, talk left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.care import red_flag
from core.coach import asking, journal, log
from core.coach.outlook import outlook, targets
from core.coach.turn import Turn
from core.facts import Corrected, Fact, Refused, Told, Welcome
from core.model import LoggedSet, Reason, SetEntry
from core.notation import Parsed, Setting, parse
from core.notation.reading import Question
from core.store import changes, people, questions, sets


async def said(turn: Turn) -> list[Fact]:
    """A new message."""
    text = turn.message.text
    facts = await _symptoms(turn, text)
    answer = await asking.answered(turn, text)
    if answer is not None:
        return [*facts, *answer]
    parsed = parse(text, await _setting(turn))
    if parsed.is_talk and not facts:
        return await _talk(turn, parsed)
    if not turn.private and not turn.to_bot and _only_leans(parsed):
        return facts
    return [*facts, *await _act(turn, parsed)]


async def _setting(turn: Turn) -> Setting:
    carried = await turn.carried()
    names = await turn.names()
    today = turn.local_day(turn.message.sent_at)
    lift = None if carried is None else names.get(carried.exercise_id)
    return Setting(unit=turn.athlete.unit, today=today, names=names, carried=lift)


def _only_leans(parsed: Parsed) -> bool:
    """Bare numbers, `same` and `+2.5`: in a group they count only as replies to the bot."""
    bare = all(entry.exercise is None and entry.load is None for entry in parsed.sets)
    return bare and not parsed.questions and not parsed.problems


async def _symptoms(turn: Turn, text: str) -> list[Fact]:
    """Red-flag symptoms end all prescribing until the athlete says that they were cleared."""
    if not red_flag(text):
        return []
    if turn.athlete.hold_since is None:
        turn.athlete = replace(turn.athlete, hold_since=turn.now)
        await people.save(turn.conn, turn.athlete)
    return [Told("red_flag")]


async def _talk(turn: Turn, parsed: Parsed) -> list[Fact]:
    if not turn.private:
        return []
    if not turn.athlete.greeted and parsed.remark is None:
        return [Welcome(turn.athlete)]
    if parsed.remark is None:
        return []
    return [Told(f"talk_{parsed.remark}")]


async def _act(turn: Turn, parsed: Parsed) -> list[Fact]:
    facts: list[Fact] = [Refused(problem, turn.athlete.unit) for problem in parsed.problems]
    if parsed.corrects is not None:
        return [*facts, *await correct(turn, parsed.corrects)]
    entries, why, open_questions = await _settled(turn, parsed)
    asked: list[Fact] = []
    if entries:
        asked += await _log(turn, entries, why)
    for question in open_questions:
        asked.append(await asking.ask(turn, question))
    return [*asked, *facts]


async def _settled(turn: Turn, parsed: Parsed) -> tuple[list[SetEntry], list[Reason], list[Question]]:
    """The sets that are clear or settled by habit, in order, and the questions that remain."""
    entries, why, remain = list(parsed.sets), [], []
    for question in parsed.questions:
        settled = await asking.settle(turn, question)
        if settled is None:
            remain.append(question)
        else:
            entries += settled.sets
            why.append(settled.why)
    return entries, why, remain


async def _log(turn: Turn, entries: Sequence[SetEntry], why: Sequence[Reason]) -> list[Fact]:
    text = turn.message.text.strip()
    written = await log.write_down(turn, entries)
    if written.missing:
        return [await asking.ask_missing(turn, text, written.missing[0])]
    top = await log.surprising(turn, written.sets)
    if top is not None:
        return [await asking.ask_surprising(turn, text, entries, top)]
    waiting = await _close_open(turn)
    return [*await log.add(turn, written.sets, why), *waiting]


async def _close_open(turn: Turn) -> list[Fact]:
    """Other sets were logged: what was asked before stays unstored, and that is said."""
    question = await questions.open_for(turn.conn, turn.athlete.id, turn.message.chat)
    if question is None:
        return []
    await questions.close(turn.conn, question.id, turn.now)
    if question.code == "mend_units" or question.code in asking.OF_THE_LAST_SET:
        return []
    return [Told("still_open", {"text": question.payload["text"]})]


# --- corrections ------------------------------------------------------------------------------------------------------


async def correct(turn: Turn, said_now: SetEntry) -> list[Fact]:
    """`actually 95`: the last set, or the last of the lift named, is changed."""
    last = await turn.last()
    if said_now.exercise is not None:
        last = await sets.last_of(turn.conn, turn.athlete.id, said_now.exercise)
    if last is None:
        return [Told("nothing_to_correct")]
    return await correct_set(turn, last, said_now)


async def correct_set(turn: Turn, logged: LoggedSet, said_now: SetEntry) -> list[Fact]:
    """One set of the log is changed to what was said of it now."""
    if logged.message_id is None:
        return [Told("nothing_to_correct")]
    changed = await with_said(turn, logged, said_now)
    if changed.done == logged.done:
        return [Told("nothing_changed")]
    text = turn.message.text.strip()
    top = await log.surprising(turn, [changed], logged.message_id)
    if top is not None and (changed.e1rm_kg or 0.0) > (logged.e1rm_kg or 0.0):
        return [await asking.ask_surprising_correction(turn, text, changed, said_now)]
    return await put_right(turn, logged, changed)


async def with_said(turn: Turn, logged: LoggedSet, said_now: SetEntry) -> LoggedSet:
    """A set as it is after a correction."""
    exercise = await turn.exercise(logged.exercise_id)
    entry = _corrected(_on_its_own(logged), said_now)
    unit = said_now.unit or (turn.athlete.unit if said_now.load is not None else logged.done.unit)
    done = replace(_corrected(logged.done, said_now), unit=unit, bodyweight=exercise.bodyweight)
    return await log.estimated(turn, replace(logged, entry=entry, done=done), {})


async def put_right(turn: Turn, logged: LoggedSet, changed: LoggedSet) -> list[Fact]:
    """Store a corrected set, and say what it was and what comes next."""
    assert logged.message_id is not None
    exercise = await turn.exercise(logged.exercise_id)
    old = await sets.of_message(turn.conn, logged.message_id)
    new = [changed if one.id == changed.id else one for one in old]
    before = await log.change(turn, logged.message_id, old, new)
    target = (await outlook(turn, exercise, await turn.training_day())).target
    was = before.get(exercise.id)
    return [Corrected(logged.id, exercise, logged.done, changed.done, target, was if was != target else None)]  # type: ignore[arg-type]


def _on_its_own(logged: LoggedSet) -> SetEntry:
    """The entry of a set with what it took from another written out: a correction stands by itself."""
    entry, done = logged.entry, logged.done
    if entry.ref is None and entry.load is not None:
        return entry
    kept = ("load", "unit", "reps", "seconds", "distance_m", "side")
    return replace(
        entry, ref=None, bodyweight=done.bodyweight, **{name: getattr(done, name) for name in kept}
    )


def _corrected(entry: SetEntry, now: SetEntry) -> SetEntry:
    """The entry with what was said anew."""
    fields: dict[str, object] = {}
    if now.load is not None:
        fields |= {"load": now.load, "unit": now.unit}
    if now.reps is not None:
        fields["reps"] = now.reps
    if now.rpe is not None:
        fields |= {"rpe": now.rpe, "rir_at_least": now.rir_at_least, "failure": now.failure}
    if now.pain is not None:
        fields["pain"] = now.pain
    return replace(entry, **fields)  # type: ignore[arg-type]


# --- edits, deletions, undo -------------------------------------------------------------------------------------------


async def edited(turn: Turn) -> list[Fact]:
    """A message was edited: it is read anew in its old place, and what leaned on it with it."""
    old = await sets.of_message(turn.conn, turn.message.id)
    await _drop_questions(turn)
    symptoms = await _symptoms(turn, turn.message.text)
    parsed = parse(turn.message.text, await _setting(turn))
    entries, why, open_questions = await _settled(turn, parsed)
    facts: list[Fact] = [*symptoms, *(Refused(problem, turn.athlete.unit) for problem in parsed.problems)]
    if not old and not entries:
        facts += [await asking.ask(turn, question) for question in open_questions]
        return facts or ([Told("edit_without_sets")] if turn.private and not parsed.is_talk else [])
    if parsed.problems and not entries:
        return [*facts, *([Told("edit_kept")] if old else [])]
    written = await log.write_down(turn, entries, old)
    if written.missing:
        return [*facts, await asking.ask_missing(turn, turn.message.text.strip(), written.missing[0])]
    top = await log.surprising(turn, written.sets)
    if top is not None:
        return [await asking.ask_surprising(turn, turn.message.text.strip(), entries, top)]
    before = await log.change(turn, turn.message.id, old, written.sets)
    facts += await log.noted(turn, written.sets, before, why)
    facts += await log.gone(turn, old, written.sets, before, "edited")
    return [*facts, *[await asking.ask(turn, question) for question in open_questions]]


async def deleted(turn: Turn) -> list[Fact]:
    """A message was deleted: so are its sets."""
    await _drop_questions(turn)
    old = await sets.of_message(turn.conn, turn.message.id)
    if not old:
        return []
    before = await log.change(turn, turn.message.id, old, ())
    return await log.gone(turn, old, (), before, "deleted")


async def _drop_questions(turn: Turn) -> None:
    for question in await questions.of_message(turn.conn, turn.message.id):
        if question.answered_at is None and question.closed_at is None:
            await questions.close(turn.conn, question.id, turn.now)


async def undo(turn: Turn) -> list[Fact]:
    """Take back the newest change that has not been taken back."""
    change = await changes.last_undoable(turn.conn, turn.athlete.id)
    if change is None:
        return [Told("nothing_to_undo")]
    await changes.mark_undone(turn.conn, change.id, turn.now)
    if change.what == "sets":
        return await _undo_sets(turn, change)
    from core.coach.profile import undo_profile

    return await undo_profile(turn, change)


async def _undo_sets(turn: Turn, change: changes.Change) -> list[Fact]:
    message_id = change.before["message"]
    old = await sets.of_message(turn.conn, message_id)
    new = [journal.unpacked(held, turn.athlete.id) for held in change.before["sets"]]
    stored = {one.id for one in old}
    touched = list(dict.fromkeys(one.exercise_id for one in (*old, *new)))
    today = await turn.training_day()
    before: dict[str, object] = dict(await targets(turn, touched, today))
    leaning = await sets.leaning_on(turn.conn, [one.id for one in old])
    await sets.replace(turn.conn, message_id, await _leaning_known(turn, new, stored))
    await log.resolve_again(turn, leaning, {one.id: one for one in new})
    facts = await log.gone(turn, old, new, before, "undone")
    if new:
        facts += [Told("put_back"), *await log.noted(turn, new, before)]
    return facts or [Told("nothing_to_undo")]


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
