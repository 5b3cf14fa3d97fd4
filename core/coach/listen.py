"""What a message that is no command does: sets are logged, doubts asked, corrections made, talk left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.care import stands
from core.coach import (
    answering,
    asking,
    correcting,
    entering,
    in_test,
    left_or_set,
    log,
    passed_over,
    planning,
    recovery_told,
    settling,
    speech,
    then_lift,
)
from core.coach.calling import applied
from core.coach.expected import at_planned_load
from core.coach.in_plan import today_of
from core.coach.plan_life import next_up, standing
from core.coach.symptoms import clearance, symptoms
from core.coach.turn import Turn
from core.exercises import Catalogue
from core.facts import Fact, Refused, Told, Welcome
from core.model import LoggedSet, Pain, Reason, SetEntry, Side
from core.notation import Parsed, Setting, parse
from core.notation.printer import print_sets
from core.notation.reading import Question
from core.red_flags import speaks_of_relief

LONGEST_IN_ROOM = 1500
"""Characters: what is longer in a room, and not said to us, is talk (own choice)."""


async def said(turn: Turn) -> list[Fact]:
    """A new message."""
    found = await symptoms(turn)
    facts = await _heard(turn, quiet=bool(found))
    return [*found, *facts]


async def _heard(turn: Turn, *, quiet: bool) -> list[Fact]:
    """What a message says; `quiet`: its talk has been answered already."""
    answer = await in_test.heard(turn, setting)
    if answer is None and turn.called is None:
        answer = await answering.answered(turn, turn.message.text)
    if answer is not None:
        return answer
    if not turn.private and not turn.to_bot and len(turn.message.text) > LONGEST_IN_ROOM:
        return []
    parsed = applied(parse(turn.message.text, await setting(turn)), turn.called)
    if parsed.remark == "pain" and not (quiet and not parsed.sets):
        return await _hurt(turn, parsed)
    if parsed.is_talk and turn.private and not quiet and _hurts_in_talk(turn, parsed):
        return await correcting.hurt(turn, _how_bad(turn.message.text), await _lift_in(turn))
    if parsed.is_talk:
        return [] if quiet else await _asked_again(turn, parsed) or await _talk(turn, parsed)
    waits = await passed_over.leans_on_open(turn, parsed)
    if waits:
        return waits
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
        one_side=carried is not None and carried.done.side in (Side.LEFT, Side.RIGHT),
    )


def _only_leans(parsed: Parsed) -> bool:
    """Bare numbers, `same` and `+2.5`: in a group they count only as replies to the bot."""
    bare = all(entry.exercise is None and entry.load is None for entry in parsed.sets)
    return bare and not parsed.questions and not parsed.problems


async def _asked_again(turn: Turn, parsed: Parsed) -> list[Fact]:
    """A question on the way to a plan, where talk is an answer to it that was not understood."""
    answers = turn.private and parsed.remark is None and len(turn.message.text) <= LONGEST_ANSWER
    return await planning.asked_again(turn) if answers else []


LONGEST_ANSWER = 100
"""Characters: what is longer answers no question on the way to a plan (own choice)."""


async def _talk(turn: Turn, parsed: Parsed) -> list[Fact]:
    if not turn.private:
        return []
    how = await clearance(turn)
    if how:
        return how
    if speaks_of_relief(turn.message.text) and turn.athlete.greeted and parsed.remark is None:
        return [Told("talk_better")]
    recovery = await recovery_told.ill(turn) or await recovery_told.heard(turn)
    if recovery:
        return recovery
    if not turn.athlete.greeted and parsed.remark is None:
        return [Welcome(turn.athlete)]
    if parsed.remark is None and _HELLO.fullmatch(turn.message.text.strip()) is not None:
        return [await _hello(turn)]
    if parsed.remark is None:
        return []
    return [Told(f"talk_{parsed.remark}", {"typed": _weight(turn.message.text)})]


_HELLO = re.compile(
    r"(?:hi+|hello+|hey+|heya|hiya|yo|howdy|moin|hallo|servus|guten (?:morgen|tag|abend)"
    r"|hola|buen[oa]s (?:días|tardes|noches)|olá|oi|bom dia|boa (?:tarde|noite)|salut|bonjour|bonsoir|ciao|buongiorno|привет"
    r"|здравствуйте|你好|嗨)(?:[ ,]+(?:spotter|coach|there|again|du|mate|bot))?[ !.,👋🙂😀😊]*",
    re.IGNORECASE,
)


async def _hello(turn: Turn) -> Told:
    """A greeting is answered with what comes next."""
    now = await today_of(turn)
    found = None if now is None else await next_up(turn, await standing(turn, now))
    if found is None:
        return Told("talk_hello", {"unit": turn.athlete.unit})
    return Told("talk_hello", {"name": found.name, "day": found.day})


_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(kg|kgs|kilos?|lb|lbs|pounds?)?\b", re.IGNORECASE)


_WEIGHING = re.compile(r"\bbw\b|wei?gh|weight|scale|gewicht|wiege|pes[oaé]|poids|вес|体重", re.IGNORECASE)


def _weight(text: str) -> str | None:
    """The weight that somebody speaks of, as /bodyweight takes it; None unless there is one number."""
    found = _NUMBER.findall(text)
    if len(found) != 1 or _WEIGHING.search(text) is None:
        return None
    load, unit = found[0]
    return f"{load} {unit}".strip()


_LEVEL = re.compile(
    r"\b(?:pain|a|about)\s*(10|\d)(?:\s*/\s*10)?\b(?!\s*[x×])|\b(10|\d)\s*(?:/|out of)\s*10\b", re.IGNORECASE
)


def _how_bad(text: str) -> Pain:
    """The pain of a text that is about nothing else: `my left knee, pain 7`; without a number where none is named."""
    found = _LEVEL.search(text)
    return Pain(int(found.group(1) or found.group(2))) if found is not None else Pain()


LONGEST_COMPLAINT = 300
"""Characters: longer talk is about more than a lift that hurts (own choice)."""
_NO_LIFTS = Catalogue((), ())


def _hurts_in_talk(turn: Turn, parsed: Parsed) -> bool:
    """Whether talk is of a pain beside the name of a lift: `elbow hurts when i curl`."""
    text = turn.message.text
    talks_of = parsed.remark in (None, "measure")
    if not talks_of or len(text) > LONGEST_COMPLAINT or text.rstrip().endswith("?"):
        return False
    parts = [text] if parsed.remark is None else _CLAUSES.split(text)
    return any(_hurts(turn, part) for part in parts)


_CLAUSES = re.compile(r"[,.;!\n]|\b(?:and|but)\b", re.IGNORECASE)
"""What parts a night that was bad from a knee that hurts."""


def _hurts(turn: Turn, text: str) -> bool:
    read = parse(text, Setting(unit=turn.athlete.unit, names=_NO_LIFTS))
    rated = read.corrects is not None and read.corrects.pain is not None
    return (read.remark == "pain" or rated) and not read.sets and not read.questions


async def _lift_in(turn: Turn) -> str | None:
    """The lift that a text names somewhere, None where there is none, or more than one."""
    names, words = await turn.names(), re.findall(r"[^\W\d_]+", turn.message.text.lower())
    for length in (3, 2, 1):
        parts = (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
        found = {ids[0] for part in parts if len(ids := names.exact(part)) == 1}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


async def _hurt(turn: Turn, parsed: Parsed) -> list[Fact]:
    """`knee hurts`: of the sets of this message, else of the last one. Nobody's business in a room."""
    corrects = parsed.corrects
    pain = corrects.pain if corrects is not None and corrects.pain is not None else Pain()
    if parsed.sets or parsed.questions or parsed.problems:
        said_now = SetEntry(pain=pain) if turn.private else None
        return await _act(turn, replace(parsed, corrects=said_now, remark=None))
    if not turn.private:
        return []
    return await correcting.hurt(turn, pain if pain.level is not None else _how_bad(turn.message.text))


async def _act(turn: Turn, parsed: Parsed) -> list[Fact]:
    facts: list[Fact] = [Refused(problem, turn.athlete.unit) for problem in parsed.problems]
    if parsed.corrects is not None and not _is_of(parsed.corrects, parsed):
        facts = [*await correcting.correct(turn, parsed.corrects), *facts]
        if not parsed.sets and not parsed.questions:
            return facts
    entries, why, open_questions = await settled(turn, parsed)
    if entries and parsed.corrects is not None and _is_of(parsed.corrects, parsed):
        entries[-1] = correcting.merged(entries[-1], _worst(parsed.corrects, entries[-1]))
    doubt = await left_or_set.ask(turn, entries)
    if doubt:
        return doubt
    made = await _log(turn, entries, why) if entries else []
    return [*made, *await asking.ask(turn, open_questions), *facts]


def _is_of(corrects: SetEntry, parsed: Parsed) -> bool:
    """Whether effort or pain on a line of its own is said of the sets of the same message."""
    alone = corrects.load is None and corrects.reps is None and corrects.exercise is None
    return alone and bool(parsed.sets)


def _worst(corrects: SetEntry, entry: SetEntry) -> SetEntry:
    """What is said of a set besides; of two pains in one message the worse stands."""
    if corrects.pain is None:
        return corrects
    return replace(corrects, pain=stands(entry.pain, corrects.pain, same_place=False))


async def settled(turn: Turn, parsed: Parsed) -> tuple[list[SetEntry], list[Reason], list[Question]]:
    """The sets that are clear or settled by habit, in order, and the questions that remain."""
    meant, read_as = await then_lift.meant(turn, parsed, setting), await setting(turn)
    clear = await settling.settled(turn, meant, turn.message.text, read_as)
    return clear.sets, clear.why, clear.questions


async def _log_but(turn: Turn, made: Sequence[LoggedSet], top: LoggedSet) -> list[Fact]:
    """Log what is plain; the lift that is far above its best waits for a yes."""
    clear = [one.entry for one in made if one.exercise_id != top.exercise_id]
    doubted = [one.entry for one in made if one.exercise_id == top.exercise_id]
    called, turn.called = turn.called, None  # it is of the set that waits
    logged = await _log(turn, clear, ()) if clear else []
    turn.called = called
    text = print_sets(doubted, await turn.names()) if clear else turn.message.text.strip()
    return [*logged, await asking.ask_surprising(turn, text, doubted, top)]


async def _log(turn: Turn, entries: Sequence[SetEntry], why: Sequence[Reason]) -> list[Fact]:
    text = turn.message.text.strip()
    written = await entering.write_down(turn, entries)
    if written.missing:
        planned = await at_planned_load(turn, written.missing[0], entries)
        if planned is None or not planned[1]:
            return await asking.ask_missing(turn, text, written.missing[0], entries)
        entries, why = planned[0], [*why, *await settling.as_planned(turn, why)]
        written = await entering.write_down(turn, entries)
        if written.missing:
            return await asking.ask_missing(turn, text, written.missing[0], entries)
    refused: list[Fact] = [Refused(problem, turn.athlete.unit) for problem in written.problems]
    if not written.sets:
        return refused
    await speech.heard(turn, entries)
    top = await entering.surprising(turn, written.sets)
    if top is not None:
        return [*await _log_but(turn, written.sets, top), *refused]
    waiting = await passed_over.close_open(turn, written.sets)
    made = await log.add(turn, written.sets, why)
    await then_lift.keep(turn, made)
    return [*made, *refused, *waiting]
