"""The words of questions: short, with numbered answers where there are some."""

from __future__ import annotations

from bot.replies import calibrating, noticed, styles
from bot.replies.lines import added, amount, described, example
from bot.speech import gettext as _
from bot.speech import ngettext
from core.care import PainAction, asks_for
from core.facts import Asked, Choice
from core.model import Exercise, Pain, SetEntry

_OF_REMINDERS = ("remind_session", "remind_missed")
"""Questions that stand below what the coach said by itself."""


def question(asked: Asked, unit: str, *, room: bool = False) -> list[str]:
    """The lines of a question. In a room only a reply to it counts as the answer, and pain is not spoken of."""
    if asked.code in _OF_REMINDERS:
        return ["  ".join(f"{place}) {choice(one, unit)}" for place, one in enumerate(asked.choices, 1))]
    lines = [] if room else meanwhile(asked)
    lines += noticed.deload_offered(asked) if asked.code == "deload_offer" else [_head(asked, unit)]
    answers = [f"{place}) {choice(one, unit)}" for place, one in enumerate(asked.choices, 1)]
    lines += ["  ".join(answers)] if asked.code in OF_TWO_WORDS else answers
    if room and asked.choices:
        named = asked.code in ("exercise", "unknown_exercise")
        lines.append(
            _("Reply to this with a number or the name.") if named else _("Reply to this with a number.")
        )
    return lines


OF_TWO_WORDS = frozenset({"safeties", "how_ended"})
"""Questions whose two answers are so short that they stand on one line, beside what was done or is to be done."""


def meanwhile(asked: Asked) -> list[str]:
    """What pain in sets that wait for an answer asks for at once."""
    pain = asked.facts.get("pain")
    if not isinstance(pain, Pain):
        return []
    said = _("Pain") if pain.level is None else _("Pain {level}/10").format(level=pain.level)
    match asks_for(pain):
        case PainAction.STOP:
            text = _("{pain}: stop that lift for today. If it stays, let a professional look at it.")
        case PainAction.LOWER:
            text = _("{pain}: go lighter there, or swap it for something that does not hurt.")
        case PainAction.LOG:
            return []
    return [text.format(pain=said)]


def choice(one: Choice, unit: str) -> str:
    """One answer, as it stands behind its number or on its button."""
    if one.exercise is not None:
        return one.exercise.name
    if one.word in ("set", "pain", "left"):
        texts = {"set": _("a set of {n}"), "pain": _("pain {n}/10"), "left": _("{n} left in the last set")}
        return texts[one.word].format(n=one.number)
    if one.word is not None:
        return {
            "yes": _("yes, really"),
            "no": _("no, leave it out"),
            "add": _("add it as my own lift"),
            "drop": _("leave it out"),
            "mend": _("yes, mend them"),
            "keep": _("no, keep them"),
            "plan_gym": _("a full gym"),
            "plan_dumbbells": _("dumbbells"),
            "plan_barbell": _("a barbell and a rack at home"),
            "plan_machines": _("machines"),
            "plan_bodyweight": _("body weight"),
            "plan_new": _("new to it"),
            "plan_some": _("some months"),
            "plan_experienced": _("years"),
            "days_mwf": _("Monday Wednesday Friday"),
            "days_mt": _("Monday Thursday"),
            "days_mttf": _("Monday Tuesday Thursday Friday"),
            "days_any": _("{n} days a week, any of them").format(n=one.number),
            "deload_yes": _("yes, an easy week"),
            "deload_no": _("no, on as planned"),
            **{str(ending): text for ending, text in styles.how_it_ended()[1].items()},
            "safe": _("yes, they are"),
            "caught": _("yes"),
            "unsafe": _("no"),
            "remind_start": _("start"),
            "remind_today": _("today"),
            "remind_tomorrow": _("tomorrow"),
            "remind_skip": _("skip it"),
            "remind_rest_week": _("easy week"),
        }.get(one.word, one.word)
    return described(one.sets, unit)


def _quoted(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short if len(short) <= 60 else short[:57] + '…'}”"


def _head(asked: Asked, unit: str) -> str:
    text = _quoted(asked.text)
    partial = asked.facts.get("partial")
    match asked.code:
        case "clock" if asked.facts.get("again"):
            return _("To remind you I need your time: type it (18:05) or your city.")
        case "clock":
            return _("What time is it for you? Type it (18:05) or your city.")
        case "zone":
            return _("Which is yours?")
        case "exercise" | "unknown_exercise":
            typed = asked.facts.get("typed") or ""
            if asked.code == "exercise" and not typed:
                return _("Which lift is {text}?").format(text=text)
            if asked.code == "exercise":
                return _("Which one is “{typed}”?").format(typed=typed)
            return _("I do not know “{typed}”. What is it?").format(typed=typed)
        case "exercise_missing":
            return _("Which lift is {text}? Type its name.").format(text=text)
        case "reps" if isinstance(partial, SetEntry) and partial.load is not None:
            return _("How many reps at {load}?").format(load=_load(partial, unit))
        case "reps":
            return _("How many reps? Write {text} like this: squat 100x8").format(text=text)
        case "load" if asked.choices:
            return _("At what load? As planned (1), or type it.")
        case "load":
            return _("At what load? Type it, for instance {load}.").format(load=example("load", unit))
        case "surprising":
            return _surprising(asked, unit)
        case "mend_units":
            return _mend(asked)
        case "pain_level" if isinstance(lift := asked.facts.get("exercise"), Exercise):
            return _("How bad is it, 0-10? ({name})").format(name=lift.name)
        case "pain_level":
            return _("How bad is it, 0-10?")
        case "call_safe" | "call_set" | "call_reps" | "call" | "call_at" | "call_left":
            return calibrating.question(asked)
        case "left_or_set":
            return _("Left in the last set, or the next set?")
        case "safeties":
            return _("Would safeties or a spotter catch the bar if a rep fails?")
        case "plan_days":
            return _("How many days a week do you want to train? (2-6)")
        case "plan_on_days":
            return _("On which days? Pick a number, or type yours: Tue Sat 18:00")
        case "plan_equipment":
            return _("What do you train with?")
        case "plan_experience":
            return _("How long have you lifted?")
        case "how_ended":
            return styles.how_it_ended()[0]
        case "effort":
            return _("How many more could you have done? (0-5)")
        case "answer_or_set" if all(one.word is not None and one.number is not None for one in asked.choices):
            return _("How bad it is, or the next set?")
        case "answer_or_set":
            return ngettext(
                "Is that the answer to {text}, or a set of {n} rep?",
                "Is that the answer to {text}, or a set of {n} reps?",
                int(str(asked.facts["number"])),
            ).format(text=text, n=asked.facts["number"])
    return _rephrase(asked.code, text)


def _rephrase(code: str, text: str) -> str:
    heads = {
        "order": _("How do you mean {text}?"),
        "sets_or_load": _("How do you mean {text}?"),
        "effort_or_reps": _("How do you mean {text}?"),
        "load_or_effort": _("How do you mean {text}?"),
        "reps_or_load": _("How do you mean {text}?"),
        "missed": _("Was the rep of {text} that went wrong done after all?"),
        "range": _("{text} is a range. How many reps were done? For instance: squat 100x8"),
        "number": _("I could not place every number in {text}. Write it like this: squat 100x8 @9"),
        "decimal": _(
            "How do you mean {text}? Load and reps go like this: 60x5, half kilos like this: 60.5x5"
        ),
        "day": _("Which day was {text}? Put the date in front: 2026-11-20 squat 100x5"),
        "seconds": _("For how long? {text} wants seconds: plank 60s"),
        "low_effort": _("Effort goes from 5 to 10 here. How hard was {text}? For instance: squat 100x5 @8"),
        "exercise_order": _(
            "I could not tell which numbers belong to which lift in {text}. One lift a line, please."
        ),
        "nothing_to_repeat": _("No set of the last hours to repeat. Start with one like squat 100x8"),
    }
    return heads.get(code, _("How do you mean {text}?")).format(text=text)


def _load(entry: SetEntry, unit: str) -> str:
    shown = entry.unit or unit
    return added(entry.load or 0.0, shown) if entry.bodyweight else amount(entry.load or 0.0, shown)


def _surprising(asked: Asked, unit: str) -> str:
    exercise, done = asked.facts["exercise"], asked.facts["done"]
    assert isinstance(exercise, Exercise) and isinstance(done, SetEntry)
    return _("{name} {sets}: far above your best so far. Really?").format(
        name=exercise.name, sets=described([done], unit)
    )


def _mend(asked: Asked) -> str:
    count = int(str(asked.facts["count"]))
    return ngettext(
        "Your earlier set was read in {old}. Was it {new}?",
        "Your {n} earlier sets were read in {old}. Were they {new}?",
        count,
    ).format(n=count, old=asked.facts["old"], new=asked.facts["new"])
