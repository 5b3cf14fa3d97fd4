"""First answers to interactions, and the follow-ups through their webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import payloads
from .command_form import check_choices
from .interactions import ANSWER, CHOICES, DEFERRED_ANSWER, UPDATE, Interaction
from .message_form import ANSWER as ANSWERED
from .message_form import EDIT, Draft, read
from .messages import Message
from .refusals import JSON, Form, Refusal, unknown
from .rest import Call, Handler

if TYPE_CHECKING:
    from .world import World


def callback(world: World, call: Call) -> JSON | None:
    """The first answer, which must come within three seconds and only once."""
    found = world.interactions.get(call.args["token"])
    if found is None or str(found.id) != call.args["interaction"]:
        raise unknown("interaction")
    if not isinstance(call.body, dict):
        raise Refusal(400, 50109, "The request body contains invalid JSON.")
    answer = found.must_take(call.body.get("type"))
    if answer == CHOICES:
        found.choices = _choices(found, call.body.get("data") or {})
    else:
        found.original = _first(world, found, answer, call)
    found.answer = answer
    world.changed()
    return _outcome(found, answer) if call.query.get("with_response") in ("1", "true", "True") else None


def _first(world: World, found: Interaction, answer: int, call: Call) -> Message | None:
    data: JSON = call.body.get("data") or {}
    if answer == DEFERRED_ANSWER:
        return world.defer(found, data.get("flags") or 0)
    if answer == ANSWER:
        return world.answer(found, read(data, call.files, ANSWERED, found.channel, None), first=True)
    if answer == UPDATE and found.message is not None:
        world.amend(found.message, read(data, call.files, EDIT, found.channel, found.message))
    return found.message


def _choices(found: Interaction, data: JSON) -> list[tuple[str, Any]]:
    offered = data.get("choices")
    form = Form()
    if not isinstance(offered, list):
        form.wrong(("data", "choices"), "BASE_TYPE_REQUIRED", "This field is required")
    else:
        check_choices(form, ("data", "choices"), offered, _focused(found.data)["type"])
    form.done()
    return [(choice["name"], choice["value"]) for choice in offered or []]


def _focused(data: JSON) -> JSON:
    for option in data.get("options", []):
        if option.get("focused"):
            return dict(option)
        if "options" in option and (inner := _focused(option)):
            return inner
    return {}


def _outcome(found: Interaction, answer: int) -> JSON:
    message = found.original
    about: JSON = {"id": str(found.id), "type": found.kind}
    if message is None:
        return {"interaction": about, "resource": {"type": answer}}
    about |= {
        "response_message_id": str(message.id),
        "response_message_loading": message.thinking,
        "response_message_ephemeral": message.ephemeral,
    }
    return {"interaction": about, "resource": {"type": answer, "message": payloads.message(message)}}


def _open(world: World, call: Call) -> Interaction:
    if call.args["app"] != str(world.bot.id):
        raise unknown("webhook")
    found = world.interactions.get(call.args["token"])
    if found is None:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    found.must_be_open()
    return found


def follow_up(world: World, call: Call) -> JSON:
    """A further message; the first one after a deferred answer takes its place, and its privacy."""
    found = _open(world, call)
    draft = read(call.body, call.files, ANSWERED, found.channel, None)
    if found.original is not None and found.original.thinking and not found.original.deleted:
        return payloads.message(world.amend(found.original, draft))
    message = world.answer(found, draft, first=False)
    found.followups.append(message)
    return payloads.message(message)


def get(world: World, call: Call) -> JSON:
    """A message that this interaction made."""
    return payloads.message(_open(world, call).find(call.args["message"]))


def edit(world: World, call: Call) -> JSON:
    """Changes one; for a deferred answer this is the answer."""
    found = _open(world, call)
    message = found.find(call.args["message"])
    draft: Draft = read(call.body, call.files, EDIT, message.channel, message)
    return payloads.message(world.amend(message, draft))


def delete(world: World, call: Call) -> None:
    """Deletes one."""
    world.erase(_open(world, call).find(call.args["message"]))


ROUTES: dict[str, Handler] = {
    "POST /interactions/{interaction}/{token}/callback": callback,
    "POST /webhooks/{app}/{token}": follow_up,
    "GET /webhooks/{app}/{token}/messages/{message}": get,
    "PATCH /webhooks/{app}/{token}/messages/{message}": edit,
    "DELETE /webhooks/{app}/{token}/messages/{message}": delete,
}
