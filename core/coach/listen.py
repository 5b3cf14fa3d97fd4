"""What a message that is no command does: sets are logged, doubts asked, corrections made, talk left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.coach import answering, asking, correcting, log, passed_over
from core.coach.symptoms import symptoms, unguided
from core.coach.turn import Turn
from core.facts import Fact, Refused, Told, Welcome
from core.model import LoggedSet, Pain, Reason, SetEntry
from core.notation import Parsed, Setting, parse
from core.notation.reading import Question


async def said(turn: Turn) -> list[Fact]:
    """A new message."""
    found = await symptoms(turn)
    return [*found, *unguided(found, await _heard(turn, quiet=bool(found)))]


async def _heard(turn: Turn, *, quiet: bool) -> list[Fact]:
    """What a message says; `quiet`: its talk has been answered already."""
    answer = await answering.answered(turn, turn.message.text)
    if answer is not None:
        return answer
    parsed = parse(turn.message.text, await setting(turn))
    if parsed.remark == "pain" and not (quiet and not parsed.sets):
        return await _hurt(turn, parsed)
    if parsed.is_talk:
        return [] if quiet else await _talk(turn, parsed)
    if not turn.private and not turn.to_bot and _only_leans(parsed):
        return []
    return await _act(turn, parsed)


async def setting(turn: Turn) -> Setting:
    """What this message is read against."""
    carried = await turn.carried()
    names = await turn.names()
    today = turn.local_day(turn.message.sent_at)
    lift = None if carried is None else names.get(carried.exercise_id)
    return Setting(
        unit=turn.athlete.unit,
        today=today,
        names=names,
        carried=lift,
        strict=not (turn.private or turn.to_bot),
    )


def _only_leans(parsed: Parsed) -> bool:
    """Bare numbers, `same` and `+2.5`: in a group they count only as replies to the bot."""
    bare = all(entry.exercise is None and entry.load is None for entry in parsed.sets)
    return bare and not parsed.questions and not parsed.problems


async def _talk(turn: Turn, parsed: Parsed) -> list[Fact]:
    if not turn.private:
        return []
    if not turn.athlete.greeted and parsed.remark is None:
        return [Welcome(turn.athlete)]
    if parsed.remark is None:
        return []
    return [Told(f"talk_{parsed.remark}")]


async def _hurt(turn: Turn, parsed: Parsed) -> list[Fact]:
    """`knee hurts`: of the sets of this message, else of the last one. Nobody's business in a room."""
    corrects = parsed.corrects
    pain = SetEntry(pain=corrects.pain if corrects is not None and corrects.pain is not None else Pain())
    if parsed.sets or parsed.questions or parsed.problems:
        return await _act(turn, replace(parsed, corrects=pain if turn.private else None, remark=None))
    return await correcting.hurt(turn, pain) if turn.private else []


async def _act(turn: Turn, parsed: Parsed) -> list[Fact]:
    facts: list[Fact] = [Refused(problem, turn.athlete.unit) for problem in parsed.problems]
    if parsed.corrects is not None and not _is_of(parsed.corrects, parsed):
        facts = [*await correcting.correct(turn, parsed.corrects), *facts]
        if not parsed.sets and not parsed.questions:
            return facts
    entries, why, open_questions = await settled(turn, parsed)
    if entries and parsed.corrects is not None and _is_of(parsed.corrects, parsed):
        entries[-1] = correcting.merged(entries[-1], parsed.corrects)
    made = await _log(turn, entries, why) if entries else []
    return [*made, *await asking.ask(turn, open_questions), *facts]


def _is_of(corrects: SetEntry, parsed: Parsed) -> bool:
    """Whether effort or pain on a line of its own is said of the sets of the same message."""
    alone = corrects.load is None and corrects.reps is None and corrects.exercise is None
    return alone and bool(parsed.sets)


async def settled(turn: Turn, parsed: Parsed) -> tuple[list[SetEntry], list[Reason], list[Question]]:
    """The sets that are clear or settled by habit, in order, and the questions that remain."""
    entries, why, remain = list(parsed.sets), [], []
    for question in parsed.questions:
        known = await asking.settle(turn, question)
        if known is None:
            remain.append(question)
        else:
            entries += known.sets
            why.append(known.why)
    return entries, why, remain


async def _log_but(turn: Turn, made: Sequence[LoggedSet], top: LoggedSet) -> list[Fact]:
    """Log what is plain; the lift that is far above its best waits for a yes."""
    clear = [one.entry for one in made if one.exercise_id != top.exercise_id]
    doubted = [one.entry for one in made if one.exercise_id == top.exercise_id]
    logged = await _log(turn, clear, ()) if clear else []
    return [*logged, await asking.ask_surprising(turn, turn.message.text.strip(), doubted, top)]


async def _log(turn: Turn, entries: Sequence[SetEntry], why: Sequence[Reason]) -> list[Fact]:
    text = turn.message.text.strip()
    written = await log.write_down(turn, entries)
    if written.missing:
        return await asking.ask_missing(turn, text, written.missing[0], entries)
    refused: list[Fact] = [Refused(problem, turn.athlete.unit) for problem in written.problems]
    if not written.sets:
        return refused
    top = await log.surprising(turn, written.sets)
    if top is not None:
        return [*await _log_but(turn, written.sets, top), *refused]
    waiting = await passed_over.close_open(turn, written.sets)
    return [*await log.add(turn, written.sets, why), *refused, *waiting]
