"""The words of short answers: settings, refusals, help. A sentence for each code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.replies import behind, calibrating, reminders
from bot.replies.care import cleared, held_back, how_cleared, pain_free
from bot.replies.lines import added, amount, band, day_name, example, target_line
from bot.replies.plans import loads_noted
from bot.replies.reasons import sentence
from bot.replies.styles import hit_begins, style_is
from bot.replies.topics import topic
from bot.speech import gettext as _
from bot.speech import ngettext
from core.facts import Refused, Told
from core.model import Exercise, Target
from core.notation.printer import number
from core.targets import prescribes

Facts = dict[str, Any]


def told(fact: Told, unit: str) -> list[str]:
    """The lines of a short answer; `unit` is that of its examples."""
    lines = ANSWERS[fact.code]({"unit": unit, **fact.facts})
    return [lines] if isinstance(lines, str) else list(lines)


def _short(text: object, most: int = 60) -> str:
    clean = " ".join(str(text).split())
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def _names(lifts: Sequence[Exercise]) -> str:
    return ", ".join(lift.name for lift in lifts)


def _body_weights(facts: Facts) -> list[str]:
    known = facts["known"]
    if not known:
        return [
            _("I do not know your weight. Type it like this: /bodyweight {n}").format(
                n=_like("bodyweight", facts)
            )
        ]
    return [_("Body weight: {load}").format(load=amount(known[0].load, known[0].unit))] + [
        f"{day_name(one.day)}: {amount(one.load, one.unit)}" for one in known
    ]


def _like(kind: str, facts: Facts) -> str:
    return example(kind, str(facts["unit"]))


def _accuracy(facts: Facts) -> str:
    """A line for what was said of effort, one for reps, and what the others would have said."""
    heads = {
        "rpe": _("How hard, over your last {n} sets I could call: {ours} RPE off on average."),
        "reps": _("How many reps at a new load, {n} sets: {ours} off."),
    }
    others = _("The usual formula (Epley): {epley}. “As last time”: {last}.")
    lines = []
    for what, head in heads.items():
        score = facts["scores"].get(what)
        if score is not None:
            lines.append(head.format(n=score["n"], ours=f"{score['spotter']:.1f}"))
            lines.append(others.format(epley=f"{score['epley']:.1f}", last=f"{score['repeat_last']:.1f}"))
    return "\n".join(lines) or _("Too early to tell: I score myself once a lift has been done on four days.")


def _max_is(facts: Facts) -> str:
    known, exercise, estimate = facts["known"], facts["exercise"], facts["estimate"]
    own = estimate is not None and estimate.source != "stated"
    about = band(exercise, estimate, facts["unit"]) if own else ""
    if known is None:
        if own:
            return f"{exercise.name}: {about}"
        return _("No max stated for {name}. Type it like this: /max {name} {n}").format(
            name=exercise.name.lower(), n=_like("max", facts)
        )
    said = _("{name}: you told me {load}.").format(name=exercise.name, load=amount(known.load, known.unit))
    return said + (_(" Your sets count for more: {band}").format(band=about) if own else "")


def _max_set(facts: Facts) -> list[str]:
    exercise, target = facts["exercise"], facts["target"]
    load = (
        added(facts["load"], facts["unit"]) if exercise.bodyweight else amount(facts["load"], facts["unit"])
    )
    lines = [_("{name} max {load} noted ✓").format(name=exercise.name, load=load)]
    if facts["held"]:
        return lines
    if isinstance(target, Target) and target.reps is not None:
        next_one = target_line(target, exercise, plain=bool(facts["plain"]))
        lines[0] += _(" next: {target}").format(target=next_one)
    return [*lines, _("With a margin, until your own sets say more.")]


def _time_fits(facts: Facts) -> list[str]:
    if not facts["zones"]:
        return [_("No zone I know has {typed} now. Type a city: /time Berlin").format(typed=facts["typed"])]
    zones = facts["zones"][:6]
    return [_("Which is yours? Type one of these:")] + [f"/time {zone}" for zone in zones]


def _today_open(facts: Facts) -> list[str]:
    head = (
        _("Nothing yet today. Next on the lifts of {day}:") if facts["proposals"] else _("Nothing yet today.")
    )
    lines = [head.format(day=day_name(facts["day"]))]
    for exercise, target, plain in facts["proposals"]:
        only = pain_free(target) if facts["tells_pain"] else ""
        lines.append(f"{exercise.name}: {_proposal(exercise, target, plain=plain)}{only}")
    return lines


def _proposal(exercise: Exercise, target: Target, *, plain: bool) -> str:
    if not prescribes(target):
        return _("not today")
    return target_line(target, exercise, plain=plain, unit_shown=target.load is not None)


def _lift_unknown(facts: Facts) -> str:
    said = _("I do not know a lift “{typed}”.").format(typed=_short(facts["typed"], 40))
    if not facts.get("can_add", True):
        return said
    return said + _(" Add it: /exercise add {typed}").format(typed=_short(facts["typed"], 40))


def _command_not_edited(facts: Facts) -> str:
    said = _("An edit does not carry out a command: send it anew.")
    return said + _(" The sets of that message stay.") if facts.get("keeps") else said


def _not_logged(facts: Facts) -> list[str]:
    exercise, target = facts["exercise"], facts.get("target")
    lines = [_("No {name} in your log yet.").format(name=exercise.name.lower())]
    if target is not None and prescribes(target):
        first = target.reasons[0]
        if first.code in ("from_related", "from_stated_max"):
            start = target_line(target, exercise, plain=True, unit_shown=target.load is not None)
            lines.append(_("To start: {target}").format(target=start))
        lines.append(sentence(first, unit=target.unit))
    return lines


def _exercise_usage(facts: Facts) -> list[str]:
    lines = [_("{n} lifts known. See one: /exercise squat").format(n=facts["count"])]
    lines.append(_("Add your own: /exercise add Zercher carry like farmers walk"))
    if facts["own"]:
        lines.append(_("Yours: {names}").format(names=", ".join(facts["own"])))
    return lines


def _added(facts: Facts) -> str:
    like = facts["like"]
    if like is None:
        return _("{name} added ✓ Log it by that name.").format(name=facts["exercise"].name)
    return _("{name} added ✓ treated like {like}.").format(
        name=facts["exercise"].name, like=like.name.lower()
    )


def _units_mended(facts: Facts) -> str:
    n = facts["count"]
    return ngettext("{n} set is {unit} now ✓", "{n} sets are {unit} now ✓", n).format(n=n, unit=facts["unit"])


def _easy_on(f: Facts) -> str:
    if not f["done"]:
        return _(
            "An easy day ✓ A tenth lighter, and it does not count against you. /easy again takes it back."
        )
    text = ngettext(
        "An easy day ✓ Today's set moves no load, up or down. /easy again takes it back.",
        "An easy day ✓ Today's {n} sets move no load, up or down. /easy again takes it back.",
        f["done"],
    )
    return text.format(n=f["done"])


ANSWERS: dict[str, Callable[[Facts], str | list[str]]] = {
    "red_flag": lambda f: [
        _("Stop training now. What you describe can be serious: get medical help, at once if it is happening now."),
        _("I give no targets until a doctor has cleared you; then type /cleared. Your log is kept."),
    ],
    "cleared": cleared,
    "still_held": lambda f: [_("Good, that one is lifted."), held_back(f)],
    "how_cleared": how_cleared,
    "under_age": lambda f: _("Spotter is for adults (18+), so I keep your log but give no targets; a coach who sees you lift can. 18 or older after all? Type /cleared."),
    "nothing_to_clear": lambda f: _("Nothing to clear: targets are on."),
    "talk_set": lambda f: _("Not logged: I took that as talk. A set goes like this: squat 100x8 @9"),
    "talk_cardio": lambda f: _("Nice. I log lifting only, so that is not in your log."),
    "talk_measure": lambda f: _("Not logged. Body weight goes like this: /bodyweight {n}").format(n=f.get("typed") or _like("bodyweight", f)),
    "first_this": lambda f: _("Not logged yet: “{text}”. First this:").format(text=_short(f["text"], 30)),
    "left_out": lambda f: _("Left out: “{text}”.").format(text=_short(f["text"])),
    "still_open": lambda f: _("“{text}” is still not logged: send it again.").format(text=_short(f["text"])),
    "already_noted": lambda f: _("Already noted."),
    "talk_pain": lambda f: _("No set of the last hours to note that beside. Leave out what hurts; if it stays, let a professional look at it."),
    "pregnant": lambda f: _("Pregnancy: train as your clinician says. I keep your log, but give no targets until they agree; then type /cleared."),
    "no_targets": held_back,
    "correction_stays": lambda f: _("The set stays as corrected. To take changes back, newest first: /undo"),
    "exercise_name_long": lambda f: _("A lift's name has {most} characters at the most.").format(most=f["most"]),
    "question_settled": lambda f: _("Nothing changed: these buttons are done. /move, /skip and /undo still work.") if f.get("of_a_session") else _("That was settled before, so nothing changed."),
    "file_unread": lambda f: _("I got {name}, but files are nothing I can read yet. Sets come in as text.").format(
        name=f["name"]
    ),
    "question_over": lambda f: _("That message is gone, so there is nothing to log."),
    "nothing_to_correct": lambda f: _("There is no set to correct yet."),
    "nothing_changed": lambda f: _("It says that already."),
    "edit_kept": lambda f: _("The sets from before the edit stay."),
    "edit_without_sets": lambda f: _("No set in that edit."),
    "nothing_to_undo": lambda f: _("Nothing to undo."),
    "put_back": lambda f: _("Undone ✓"),
    "log_empty": lambda f: _("Your log is empty. Start like this: squat 100x8 @9"),
    "lift_not_logged": _not_logged,
    "plan_none": lambda f: _("You have no plan yet. /plan makes one from three questions, or takes one that you type."),
    "plan_same": lambda f: _("That is your plan already."),
    "plan_loads_noted": loads_noted,
    "plan_edit": lambda f: [_("Copy, change and send it back:"), *f"/plan {f['text']}".splitlines()],
    "plan_ended": lambda f: _("No plan any more ✓ Your log stays. Back with /undo."),
    "plan_week_bounds": lambda f: _("The plan has weeks 1 to {most}: /plan start 3").format(most=f["most"]),
    "plan_skipped": lambda f: _("{name} left out ✓").format(name=f["name"]),
    "hit_begins": lambda f: hit_begins(),
    "safeties_set": lambda f: _("Noted ✓ All-out sets go to the last clean rep.") if f["safe"] else _("Noted ✓ All-out sets stop one clean rep short."),
    "undone_safeties": lambda f: _("Undone ✓ All-out sets go to the last clean rep.") if f["safe"] else _("Undone ✓ All-out sets stop one clean rep short."),
    "safeties_are": lambda f: _("All-out sets with the bar {end}. Change it: /safeties yes, /safeties no").format(end=_("go to the last clean rep") if f["safe"] else _("stop one clean rep short")),
    "style_is": style_is,
    "style_same": lambda f: _("That is its style already."),
    "style_unread": lambda f: _("“{typed}” is no style or no lift of your plan: /style hit, /style failure, /style reserve, /style blocks").format(typed=_short(f["typed"], 30)),
    "deload_later": lambda f: _("An easy week from tomorrow on ✓ Half the sets, easy loads."),
    "no_deload_in_style": lambda f: _("No deload weeks in this style. /easy makes a day lighter, /skip leaves one out."),
    "plan_rest_skipped": lambda f: _("The rest of {name} left out ✓").format(name=f["name"]),
    "plan_move_trained": lambda f: _("One session a day counts, and today's is done: /move tomorrow"),
    "deload_runs": lambda f: _("The easy week runs already, until {day}. /deload no ends it.").format(day=day_name(f["until"])),
    "no_weeks_in_style": lambda f: _("No weeks in this style. /style blocks goes back to them."),
    "deload_from": lambda f: _("An easy week from {day} on ✓ Half the sets, easy loads.").format(day=day_name(f["day"])),
    "easy_ahead": lambda f: _("{day} is an easy day ✓ A tenth lighter, and it does not count against you.").format(day=day_name(f["day"])),
    **behind.ANSWERS,
    "talk_ill": lambda f: _("Get well first; your plan waits. /skip leaves a session out, /deload makes the next week easy, /remind off keeps me quiet.") if f["plan"] else _("Get well first; your log waits."),
    "talk_hello": lambda f: _("Hi! Next: {name}, {day}. See it: /today").format(name=f["name"], day=day_name(f["day"])) if "name" in f else _("Hi! Type a set, for instance {set}. What else I can do: /help").format(set="squat " + example("load", f["unit"]) + "x8 @8"),
    "talk_better": lambda f: _("Good. A lift that hurt starts lighter; after two sessions without pain its load climbs again."),
    "easy_on": _easy_on,
    "easy_off": lambda f: _("A usual day again ✓"),
    "undone_recovery": lambda f: _("Taken back: what you told me of your recovery."),
    "undone_easy": lambda f: _("A usual day again ✓"),
    "plan_undone_none": lambda f: _("Undone ✓ No plan, as before: /plan makes one."),
    "plan_undone": lambda f: _("Plan as it was ✓"),
    "lift_unknown": _lift_unknown,
    "lift_doubtful": lambda f: _("“{typed}” could be: {names}.").format(typed=_short(f["typed"], 40), names=_names(f["lifts"])),
    "today_open": _today_open,
    "unit_is": lambda f: _("Plain numbers are {unit}. Change it: /unit {other}").format(unit=f["unit"], other="lb" if f["unit"] == "kg" else "kg"),
    "unit_set": lambda f: _("Plain numbers are {unit} from now on ✓").format(unit=f["unit"]),
    "unit_unknown": lambda f: _("“{typed}” is no unit I know: /unit kg or /unit lb").format(typed=_short(f["typed"], 20)),
    "units_kept": lambda f: _("They stay as they were."),
    "units_mended": _units_mended,
    "body_weights": _body_weights,
    "body_weight_set": lambda f: _("Body weight {load} noted ✓").format(load=amount(f["load"], f["unit"])),
    "body_weight_unread": lambda f: _("“{typed}” is no weight I can read. Like this: /bodyweight {n}").format(n=_like("bodyweight", f), typed=_short(f["typed"], 30)),
    "body_weight_bounds": lambda f: _("{n} {unit} is outside {least}-{most} {unit}: not stored.").format(n=number(f["number"]), unit=f["unit"], least=f["least"], most=f["most"]),
    "max_usage": lambda f: _("Like this: /max squat {n}").format(n=_like("max", f)),
    "accuracy": _accuracy,
    "max_is": _max_is,
    "max_set": _max_set,
    "max_unread": lambda f: _("“{typed}” is no max I can read. Like this: /max squat {n}").format(n=_like("max", f), typed=_short(f["typed"], 30)),
    "max_bounds": lambda f: _("{n} {unit} is outside 0-{most} {unit}: not stored.").format(n=number(f["number"]), unit=f["unit"], most=f["most"]),
    "time_is": lambda f: _("By my clock it is {local} for you ({zone}).").format(**f),
    "remind_is": lambda f: reminders.chosen(f["chosen"], knows=bool(f["knows"])),
    "remind_usage": lambda f: _(
        "I do not understand “{typed}”. Like this: /remind 60 min, /remind off, /remind quiet 22-7, /remind digest sunday"
    ).format(typed=_short(f["typed"])),
    "rest_on": lambda f: _("Rest timer on: I tell you when the rest after a set is over. /rest off ends it."),
    "rest_off": lambda f: _("Rest timer off."),
    "rest_usage": lambda f: _("I do not understand “{typed}”: /rest on or /rest off").format(typed=_short(f["typed"])),
    "time_set": lambda f: _("It is {local} for you ({zone}) ✓").format(**f),
    "time_fits": _time_fits,
    "time_no_clock": lambda f: _("No clock shows “{typed}”. Like this: /time 18:05, or your city: /time Berlin").format(typed=_short(f["typed"], 30)),
    "time_unknown": lambda f: _("I do not know the place “{typed}”. Try a bigger city: /time Berlin, or your clock: /time 18:05").format(typed=_short(f["typed"], 30)),
    "exercise_usage": _exercise_usage,
    "exercise_added": _added,
    "exercise_known": lambda f: _("“{typed}” is known already: {name}.").format(typed=_short(f["typed"], 40), name=f["exercise"].name),
    "exercise_name_bad": lambda f: _("“{typed}” reads like a set, so it cannot be a name.").format(typed=_short(f["typed"], 40)),
    "exercise_name_needs_letters": lambda f: _("“{typed}” cannot be a name: it needs letters.").format(typed=_short(f["typed"], 20)),
    "max_timed": lambda f: _("{name} is held for time: it has no max.").format(name=f["exercise"].name),
    "warmup_pain": lambda f: _("{name} rests today: it hurt. No warm-up for it.").format(name=f["exercise"].name),
    "why_topic": topic,
    "warmup_timed": lambda f: _("{name} is held for time: no warm-up sets of its own.").format(name=f["exercise"].name),
    "plates_usage": lambda f: _("Like this: /plates {n}").format(n=_like("plates", f)),
    "load_bounds": lambda f: _("{n} {unit}: loads go from 0 to {most} {unit}.").format(n=number(f["number"]), unit=f["unit"], most=f["most"]),
    "warmup_usage": lambda f: _("Like this: /warmup squat {n}").format(n=_like("max", f)),
    "warmup_needs_load": lambda f: _("Before what load? Like this: /warmup {name} {n}").format(n=_like("added" if f["exercise"].bodyweight else "load", f), name=f["exercise"].name.lower()),
    "undone_body_weight": lambda f: _("Body weight taken back ✓"),
    "undone_max": lambda f: _("Stated max taken back ✓"),
    "undone_own_exercise": lambda f: _("Your lift is taken back ✓"),
    "undone_kept_lift": lambda f: _("That lift has sets, so it stays. Delete them first."),
    "undone_mended": lambda f: _("The sets are back as they were ✓"),
    "undone_unit": lambda f: _("Plain numbers are {unit} again ✓").format(unit=f["unit"]),
    "undone_zone": lambda f: _("Your zone is {zone} again ✓").format(zone=f["zone"]),
    "undone_hold": lambda f: _("No targets again until you are cleared."),
    "unknown_command": lambda f: _("I do not know {name}.{near} All of them: /help").format(
        name=_short(f["name"], 30), near=_(" Did you mean {name}?").format(name=f["near"]) if f.get("near") else ""
    ),
    "command_not_edited": _command_not_edited,
    "help": lambda f: list(f["lines"]),
    "calibrate": calibrating.instructions,
    "calibrate_in_private": lambda f: _("That is for us two: write /calibrate to me in private."),
    "calibrate_timed": calibrating.timed,
    "calibrate_back": calibrating.of_the_back,
    "calibrate_hurts": calibrating.hurts,
    "calibrate_cautious": calibrating.cautious,
    "calibrate_early": calibrating.early,
    "calibrate_unsafe": calibrating.unsafe,
    "call_came": calibrating.came,
    "call_means": calibrating.means,
    "call_without_set": lambda f: _("No set of the last hours for that call. Like this: curl {n}x14 called 3 at 9").format(n=_like("curl", f)),
    "call_tells_nothing": calibrating.tells_nothing,
}  # fmt: skip


PRIVATE = {
    "red_flag", "no_targets", "pregnant", "under_age", "cleared", "still_held", "how_cleared", "nothing_to_clear", "talk_pain",
    "warmup_pain", "undone_hold", "undone_body_weight",
}  # fmt: skip
"""Answers that are nobody else's business: in a room they go to the athlete alone."""


def _no_reps(f: Facts) -> str:
    """A try that did not come: no harm, and what counts in its place."""
    if f.get("helped"):
        return _(
            "{number} reps is no set yet, and no harm: with help it counts, as in “assisted pull up 20x5”."
        ).format(**f)
    return _("{number} reps is no set, and no harm: log what goes at a lighter load.").format(**f)


REFUSALS: dict[str, Callable[[Facts], str]] = {
    "too_many_sets": lambda f: _("{number} sets on one line, {most} at the most.").format(**f),
    "sets_out_of_range": lambda f: _("{number} sets: at least {least}, {most} at the most.").format(**f),
    "load_too_high": lambda f: _("{number} {unit} is more than {most} {unit}.").format(**f),
    "load_negative": lambda f: _("{number} {unit}: on this lift loads go from 0 to {most} {unit}.").format(
        **f
    ),
    "no_bar": lambda f: _("{lift} is done without a bar: what was the load?").format(**f),
    "assistance_too_high": lambda f: _("{number} {unit} of assistance is more than {most} {unit}.").format(
        **f
    ),
    "no_reps": lambda f: _no_reps(f),
    "reps_out_of_range": lambda f: _("{number} reps: {least} to {most} can be logged.").format(**f),
    "seconds_out_of_range": lambda f: _("{number} seconds: 1 second to 2 hours can be logged.").format(**f),
    "metres_out_of_range": lambda f: _("{number} metres: {least} to {most} can be logged.").format(**f),
    "rest_out_of_range": lambda f: _("A rest of {number} seconds: {least} to {most} can be logged.").format(
        **f
    ),
    "rir_out_of_range": lambda f: _("{number} left in reserve: 0 to {most} can be logged.").format(**f),
    "rpe_out_of_range": lambda f: _("Effort {number}: the scale goes from {least} to {most}.").format(**f),
    "pain_out_of_range": lambda f: _("Pain {number}: the scale goes from 0 to {most}.").format(**f),
    "day_in_future": lambda f: _("{day} is still to come.").format(**f),
    "day_unknown": lambda f: _("{day} is no date.").format(**f),
    "message_too_long": lambda f: _("{number} characters, {most} at the most.").format(**f),
}


def refused(fact: Refused) -> list[str]:
    """A refusal: the number and the bound, and what it was about."""
    facts = {
        key: number(value) if isinstance(value, float) else value for key, value in fact.problem.facts.items()
    }
    say = REFUSALS[fact.problem.reason](facts)
    return [_("Not logged: {why} (“{text}”)").format(why=say, text=_short(fact.problem.text, 40))]
