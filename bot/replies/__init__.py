"""Facts → words. Every sentence that people read is in this room, through gettext."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.replies import logged, looked_up, noticed, planned, reminders, styles, training, weeks
from bot.replies.lines import in_words
from bot.replies.questions import choice, meanwhile, question
from bot.replies.reasons import private_sentences
from bot.replies.told import PRIVATE, refused, told
from bot.speech import gettext as _
from bot.speech import ngettext
from core.facts import (
    About,
    Asked,
    BlockOver,
    Corrected,
    Digest,
    EffortOf,
    Fact,
    FormOf,
    Gone,
    History,
    LastOf,
    Noted,
    Noticed,
    PartsOf,
    PlanChanged,
    PlanFact,
    PlanRefused,
    PlanShown,
    Plates,
    Rateable,
    Refused,
    ReminderFact,
    RestOver,
    SessionAhead,
    SessionClosed,
    SessionMissed,
    SessionOver,
    SessionToday,
    StyleChanged,
    ThenLift,
    TodayOf,
    Told,
    VolumeOf,
    WarmUp,
    WeekTurned,
    Welcome,
    Why,
)
from core.model import Athlete, Exercise, Unit

MOST_LINES = 8
"""An answer to sets is not longer than this."""
MOST_LIFTS = 3
"""Of more lifts than these in one message only the reading is said."""
RATES = "rate "
"""What a button holds before the set that it rates."""
TAPPED = (3, 2, 1, 0)
"""Reps in reserve that a button rates a set with: RPE 7, 8, 9 and 10."""
_LIFTS = (Noted, Corrected, Gone)
_OF_SETS = (*_LIFTS, Asked, Refused)
"""What an answer to sets is made of."""
_OF_WHAT_IS_DONE = ("deload_offer", "how_ended")
"""Questions beside which it is said what the session goes on with."""
_AHEAD = (SessionOver, BlockOver, ThenLift)
"""What is said of the session, the weightiest first."""
MOST_CHARACTERS = 3500
"""No list is longer: nobody scrolls through more of it, and a chat takes 4096 at the most."""


@dataclass(frozen=True, slots=True)
class Button:
    """What is pressed instead of typed: its label, and what it brings back: `question:answer`, `rate set:reps left`."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Text:
    """What is said in the chat, with rows of buttons, and what is said to the athlete alone."""

    public: str = ""
    private: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()


def words(
    facts: Sequence[Fact], athlete: Athlete, *, room: bool, first: bool = False, left: bool = False
) -> Text:
    """The reply to a message. `room`: others read it; `first`: the athlete's first log entry; `left`: they tell effort by
    the reps that were left."""
    in_words.set(left)
    if room:
        facts = [_for_others(fact) for fact in facts]
    blocks = [_lines(fact, athlete, room=room) for fact in facts]
    for_adults = first and not any(isinstance(fact, Welcome) for fact in facts)
    if any(isinstance(fact, _OF_SETS) for fact in facts):
        blocks = _fitted(facts, blocks, MOST_LINES - for_adults, room=room)
    lines = [line for block in blocks for line in block]
    if for_adults:
        lines.append(_("For adults. Every target is an estimate, not advice. How it works: /help"))
    private = [line for fact in facts for line in _private(fact, athlete.unit)] if room else []
    buttons = [row for fact in facts for row in _buttons(fact, athlete.unit)]
    return Text("\n".join(_shortened(lines)), "\n".join(dict.fromkeys(private)), tuple(buttons))


def _for_others(fact: Fact) -> Fact:
    """A fact as others may read it: no estimate that body weight could be worked out from, no words about pain."""
    if isinstance(fact, LastOf | Why) and fact.exercise.share > 0:
        return replace(fact, estimate=None)
    if isinstance(fact, Told) and fact.facts.get("estimate") is not None:
        exercise = fact.facts.get("exercise")
        return replace(fact, facts={**fact.facts, "estimate": None}) if _is_of_body(exercise) else fact
    if isinstance(fact, Asked) and "pain" in fact.facts:
        return replace(fact, text="…")
    return fact


def _is_of_body(exercise: object) -> bool:
    return isinstance(exercise, Exercise) and exercise.share > 0


def _buttons(fact: Fact, unit: Unit) -> list[tuple[Button, ...]]:
    """A row for each choice of a question; for how hard a set was, one row."""
    if isinstance(fact, Rateable):
        left = [(_("{n} left").format(n=n), n) for n in TAPPED]
        return [tuple(Button(label, f"{RATES}{fact.set_id}:{n}") for label, n in left)]
    if not isinstance(fact, Asked):
        return []
    labels = [f"{place}) {choice(one, unit)}" for place, one in enumerate(fact.choices, 1)]
    return [(Button(label, f"{fact.id}:{place}"),) for place, label in enumerate(labels, 1)]


def _shortened(lines: list[str]) -> list[str]:
    """The lines up to what a person scrolls through, and how many were left out."""
    kept = list(lines)
    while len(kept) > 1 and len("\n".join(kept)) > MOST_CHARACTERS:
        kept.pop()
    more = len(lines) - len(kept)
    if more == 0:
        return kept
    return [*kept, ngettext("…and {n} more line.", "…and {n} more lines.", more).format(n=more)]


def _fitted(facts: Sequence[Fact], blocks: list[list[str]], most: int, *, room: bool) -> list[list[str]]:
    """The lines of an answer to sets, not more than `most`: reasons go first, then the lifts at the end."""
    lifts = [at for at, fact in enumerate(facts) if isinstance(fact, _LIFTS)]
    asks = not any(isinstance(fact, Asked) for fact in facts)
    _cut_meaning(facts, blocks, most - len(lifts))
    _cut_ahead(facts, blocks, most - len(lifts))
    _cut_left_out(facts, blocks, most - bool(lifts))
    rest = sum(len(block) for at, block in enumerate(blocks) if at not in lifts)
    for at in lifts:
        fact = facts[at]
        if isinstance(fact, Noted):
            alone, last = len(lifts) == 1, at == lifts[-1]
            blocks[at] = logged.noted(fact, room=room, alone=alone, asks=asks and last)
    _once(blocks)
    left = max(1, most - rest)
    if len(lifts) > MOST_LIFTS or sum(len(blocks[at]) for at in lifts) > left:
        spare = left - len(lifts)
        for at in lifts:
            cares = spare > 0 and _is_stopped(facts[at])
            spare -= cares
            blocks[at] = blocks[at][: left if len(lifts) == 1 else 1 + cares]
    if len(lifts) > left:
        more = len(lifts) - left + 1
        for at in lifts[left - 1 :]:
            blocks[at] = []
        text = ngettext("…and {n} more lift noted.", "…and {n} more lifts noted.", more)
        blocks[lifts[left - 1]] = [text.format(n=more)]
    return blocks


def _is_stopped(fact: Fact) -> bool:
    """Whether pain stops a lift: that is said even where no other reason is."""
    target = fact.target if isinstance(fact, Noted | Corrected) else None
    return target is not None and any(reason.code == "pain_stop" for reason in target.reasons)


def _once(blocks: list[list[str]]) -> None:
    """The same sentence is not said for each lift."""
    seen: set[str] = set()
    for block in blocks:
        kept = [line for line in block if line not in seen]
        seen.update(block)
        block[:] = kept


def _cut_meaning(facts: Sequence[Fact], blocks: list[list[str]], most: int) -> None:
    """What a test of effort means is not said where more has to be said."""
    more = any(isinstance(fact, Asked) for fact in facts) or sum(map(len, blocks)) > most
    for at, fact in enumerate(facts):
        if more and isinstance(fact, Told) and fact.code == "call_means":
            blocks[at] = []


def _cut_ahead(facts: Sequence[Fact], blocks: list[list[str]], most: int) -> None:
    """What the session goes on with is not said beside a question; that it is over always, and of the rest what fits."""
    asks = any(isinstance(fact, Asked) and fact.code not in _OF_WHAT_IS_DONE for fact in facts)
    ahead = [at for at, fact in enumerate(facts) if isinstance(fact, _AHEAD)]
    left = most - sum(len(block) for at, block in enumerate(blocks) if at not in ahead)
    for at in sorted(ahead, key=lambda at: _AHEAD.index(type(facts[at]))):
        fact = facts[at]
        if isinstance(fact, ThenLift) and (asks or left < len(blocks[at])):
            blocks[at] = []
        elif isinstance(fact, SessionOver):
            review = any(isinstance(one, BlockOver) for one in facts)
            blocks[at] = blocks[at][: 1 if review and left > 0 else max(0 if asks else 1, left)]
        elif isinstance(fact, BlockOver):
            blocks[at] = [] if asks and left < 1 else planned.block_over(fact, max(1, left))
        left -= len(blocks[at])


def _cut_left_out(facts: Sequence[Fact], blocks: list[list[str]], most: int) -> None:
    """What is not in the log takes no more lines than a question leaves."""
    places = [at for at, fact in enumerate(facts) if _is_left_out(fact)]
    other = [at for at, fact in enumerate(facts) if isinstance(fact, Asked | Told) and at not in places]
    left = max(0, most - sum(len(blocks[at]) for at in other))
    if len(places) <= left:
        return
    for at in places[max(0, left - 1) :]:
        blocks[at] = []
    if left > 0:
        more = len(places) - left + 1
        text = ngettext("…and {n} more line not logged.", "…and {n} more lines not logged.", more)
        blocks[places[left - 1]] = [text.format(n=more)]


def _is_left_out(fact: Fact) -> bool:
    return isinstance(fact, Refused) or (isinstance(fact, Told) and fact.code == "still_open")


def _lines(fact: Fact, athlete: Athlete, *, room: bool) -> list[str]:
    match fact:
        case Noted():
            return []  # said when it is known what stands beside it
        case Corrected():
            return logged.corrected(fact, room=room)
        case Gone():
            return logged.gone(fact, room=room)
        case Asked():
            return question(fact, athlete.unit, room=room)
        case Rateable():
            return []
        case Refused():
            return refused(fact)
        case Told():
            return [] if room and fact.code in PRIVATE else told(fact, athlete.unit)
        case LastOf():
            return looked_up.last(fact, room=room)
        case TodayOf():
            return looked_up.today(fact, room=room)
        case History():
            return [line for day in fact.days for line in looked_up.day(day, room=room)]
        case Why():
            return looked_up.why(fact, room=room)
        case Plates():
            return looked_up.plates(fact)
        case Noticed():
            return noticed.noticed(fact)
        case WarmUp():
            return looked_up.warm_up(fact)
        case About():
            return looked_up.about(fact)
        case Welcome():
            return welcome(fact.athlete)
        case VolumeOf():
            return training.volume(fact.week)
        case EffortOf():
            return training.effort(fact.share)
        case FormOf():
            return training.form(fact.score, fact.weak)
        case PartsOf():
            return training.counts_as(fact.done)
        case SessionAhead() | SessionClosed() | SessionMissed() | RestOver() | Digest():
            return _by_itself(fact)
        case _:
            return _of_plan(fact, ZoneInfo(athlete.zone))


def _by_itself(fact: ReminderFact) -> list[str]:
    match fact:
        case SessionAhead():
            return reminders.session_ahead(fact)
        case SessionClosed():
            return reminders.session_closed(fact)
        case SessionMissed():
            return reminders.session_missed(fact)
        case RestOver():
            return reminders.rest_over(fact)
        case Digest():
            return reminders.digest(fact)


def _of_plan(fact: PlanFact, zone: ZoneInfo) -> list[str]:
    match fact:
        case PlanShown():
            return planned.shown(fact)
        case PlanChanged():
            return planned.changed(fact)
        case StyleChanged():
            return styles.style_changed(fact)
        case PlanRefused():
            return planned.refused(fact)
        case SessionToday():
            return planned.session(fact, zone)
        case ThenLift():
            return planned.then(fact)
        case SessionOver():
            return planned.over(fact)
        case BlockOver():
            return planned.block_over(fact)
        case WeekTurned():
            return weeks.turned(fact)


def _private(fact: Fact, unit: Unit) -> list[str]:
    """What a room must not read: pain and symptoms, said to the athlete alone."""
    if isinstance(fact, Told) and fact.code in PRIVATE:
        return told(fact, unit)
    if isinstance(fact, Asked):
        return meanwhile(fact)
    if not isinstance(fact, Noted | Corrected | Why) or fact.target is None:
        return []
    return private_sentences(fact.target, fact.exercise.name)


def taken(message_id: str) -> str:
    """A message id that was used before, for another message."""
    return _("Not logged: #{id} was another message before. Send this one under a new number.").format(
        id=message_id
    )


def waits_in_private(name: str) -> str:
    """In a room, for somebody who never wrote to us in private."""
    return _("{name}: I have something for you alone. Write to me in private and you get it.").format(
        name=name
    )


def welcome(athlete: Athlete) -> list[str]:
    """/start"""
    return [
        _("Hi {name}! Text me a set, I tell you the next one:").format(name=athlete.name),
        _("squat 100x8 @9 (100 {unit}, 8 reps, 1 left in the tank)").format(unit=athlete.unit),
        _("bench 3x8 80 · pull up 10, 8, 7 · plank 60s · same · +2.5"),
        _("Wrong? “actually 95”, or /undo. Pounds? /unit lb. More: /help"),
        _("For adults (18+). Targets are estimates; pain stops a lift."),
    ]
