"""What the page sends when a person does something, and what it makes of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from highlightbot.playground.local_slack import BlockAction, LocalSlack, Outcome, View
from highlightbot.playground.page import bad_days
from highlightbot.playground.page.answers import find_element, state_element, state_of
from highlightbot.playground.page.choices import suggested
from highlightbot.playground.page.composing import as_command, as_message
from highlightbot.playground.page.place import Json, Place, Spot
from highlightbot.playground.page.screen import viewpoint
from highlightbot.playground.page.viewpoint import Viewpoint

Sent = Mapping[str, Any]
Deed = Callable[[LocalSlack, Sent], Outcome]


def say(slack: LocalSlack, sent: Sent) -> Outcome:
    """A message, or a slash command where the text starts with one."""
    user_id, place, typed = _text(sent, "as"), _text(sent, "in"), _text(sent, "text")
    thread_ts = sent.get("thread")
    if not typed.strip():
        return Outcome()
    command = as_command(typed)
    if command and thread_ts:
        return Outcome(ok=False, error=f"{command[0]} is not supported in threads. Sorry!")
    if command:
        return slack.run_command(user_id, place, *command)
    slack.say(user_id, place, as_message(typed, viewpoint(slack, user_id)), thread_ts)
    return Outcome()


def click(slack: LocalSlack, sent: Sent) -> Outcome:
    """The use of an element of a message or view, with the state of the controls around it."""
    user_id = _text(sent, "as")
    shown = _shown(slack, sent)
    seen = viewpoint(slack, user_id)
    element = find_element(shown, _text(sent, "block"), _text(sent, "action"))
    return slack.click(
        user_id, _action(sent, shown, seen, state_element(element, sent.get("value"), seen))
    )


def suggest(slack: LocalSlack, sent: Sent) -> Markup:
    """What the app offers for what is `typed` over an external select, as HTML."""
    user_id, shown = _text(sent, "as"), _shown(slack, sent)
    seen = viewpoint(slack, user_id)
    action = _action(sent, shown, seen, {"value": _text(sent, "typed")})
    element = find_element(shown, action.block_id, action.action_id)
    place = Place(action.view_id or f"m{action.message_ts}", seen)
    spot = Spot(place, action.block_id, action.action_id, label="")
    return suggested(element, slack.suggest(user_id, action), spot)


def fill(slack: LocalSlack, sent: Sent) -> Outcome:
    """What is typed and not sent yet, noted."""
    user_id = _text(sent, "as")
    view = _view(slack, user_id, _text(sent, "view"))
    state = state_of(view.blocks, _state(sent), viewpoint(slack, user_id))
    slack.fill(user_id, view.id, state)
    return Outcome()


def submit(slack: LocalSlack, sent: Sent) -> Outcome:
    """A modal's submission."""
    user_id = _text(sent, "as")
    view = _view(slack, user_id, _text(sent, "view"))
    state = state_of(view.blocks, _state(sent), viewpoint(slack, user_id))
    return slack.submit_view(user_id, view.id, state)


def close(slack: LocalSlack, sent: Sent) -> Outcome:
    """A modal closed by its button, its cross or Escape."""
    return slack.close_view(_text(sent, "as"), _text(sent, "view"))


def open_home(slack: LocalSlack, sent: Sent) -> Outcome:
    """The app's Home tab opened."""
    return slack.open_home(_text(sent, "as"))


def open_messages(slack: LocalSlack, sent: Sent) -> Outcome:
    """The app's direct message opened."""
    slack.open_messages(_text(sent, "as"))
    return Outcome()


def read(slack: LocalSlack, sent: Sent) -> Outcome:
    """A conversation seen to its end."""
    slack.mark_read(_text(sent, "as"), _text(sent, "in"))
    return Outcome()


def order_fault(slack: LocalSlack, sent: Sent) -> Outcome:
    """One more thing that goes wrong from now on."""
    slack.add_fault(bad_days.chosen(_text(sent, "fault"), _text(sent, "often")))
    return Outcome()


def end_faults(slack: LocalSlack, sent: Sent) -> Outcome:
    """Everything goes well again."""
    slack.order_faults()
    return Outcome()


def drop_sockets(slack: LocalSlack, sent: Sent) -> Outcome:
    """Every socket cut, as by a network that fails."""
    slack.installation.socket_mode.drop()
    return Outcome()


def refresh_sockets(slack: LocalSlack, sent: Sent) -> Outcome:
    """The app asked to open its sockets anew, as Slack does every few hours."""
    slack.installation.socket_mode.disconnect("refresh_requested")
    return Outcome()


DEEDS: Mapping[str, Deed] = {
    "say": say,
    "click": click,
    "fill": fill,
    "submit": submit,
    "close": close,
    "open-home": open_home,
    "open-messages": open_messages,
    "read": read,
    "order-fault": order_fault,
    "end-faults": end_faults,
    "drop-sockets": drop_sockets,
    "refresh-sockets": refresh_sockets,
}


def _text(sent: Sent, key: str) -> str:
    value = sent.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is missing")
    return value


def _state(sent: Sent) -> Mapping[str, Mapping[str, Any]]:
    state = sent.get("state") or {}
    if not isinstance(state, dict) or not all(isinstance(one, dict) for one in state.values()):
        raise ValueError("state is not what the controls hold")
    return state


def _shown(slack: LocalSlack, sent: Sent) -> Sequence[Json]:
    """The blocks of the view or message that an element stands in."""
    user_id, view_id = _text(sent, "as"), sent.get("view")
    if view_id:
        return _view(slack, user_id, str(view_id)).blocks
    return _message_blocks(slack, user_id, str(sent.get("in")), str(sent.get("ts")))


def _action(sent: Sent, shown: Sequence[Json], seen: Viewpoint, value: Json | None) -> BlockAction:
    view_id = sent.get("view")
    return BlockAction(
        block_id=_text(sent, "block"),
        action_id=_text(sent, "action"),
        view_id=view_id,
        conversation_id=None if view_id else sent.get("in"),
        message_ts=None if view_id else sent.get("ts"),
        value=value,
        state=state_of(shown, _state(sent), seen),
    )


def _view(slack: LocalSlack, user_id: str, view_id: str) -> View:
    home = slack.home_of(user_id)
    for view in [*slack.view_stack(user_id), *([home] if home else [])]:
        if view.id == view_id:
            return view
    raise LookupError("This dialog is no longer open.")


def _message_blocks(slack: LocalSlack, user_id: str, place: str, ts: str) -> Sequence[Json]:
    found = [*slack.messages_for(user_id, place)]
    message = next((one for one in found if one.ts == ts), None)
    if message is None:
        for parent in found:
            if parent.reply_count:
                replies = slack.thread_for(user_id, place, parent.ts)
                message = next((one for one in replies if one.ts == ts), message)
    if message is None:
        raise LookupError("This message is no longer there.")
    return message.all_blocks
