"""What the page sends when a person does something, and what it makes of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from highlightbot.playground.local_slack import BlockAction, LocalSlack, Outcome, View
from highlightbot.playground.page.answers import find_element, state_element, state_of
from highlightbot.playground.page.checks import problems
from highlightbot.playground.page.composing import as_command, as_message
from highlightbot.playground.page.place import Json
from highlightbot.playground.page.screen import viewpoint

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
    user_id, block_id, action_id = (_text(sent, key) for key in ("as", "block", "action"))
    view_id, ts, place = sent.get("view"), sent.get("ts"), sent.get("in")
    shown = (
        _view(slack, user_id, str(view_id)).blocks
        if view_id
        else _message_blocks(slack, user_id, str(place), str(ts))
    )
    seen = viewpoint(slack, user_id)
    value = state_element(find_element(shown, block_id, action_id), sent.get("value"), seen)
    return slack.click(
        user_id,
        BlockAction(
            block_id=block_id,
            action_id=action_id,
            view_id=view_id,
            conversation_id=None if view_id else place,
            message_ts=None if view_id else ts,
            value=value,
            state=state_of(shown, _state(sent), seen),
        ),
    )


def fill(slack: LocalSlack, sent: Sent) -> Outcome:
    """What is typed and not sent yet, noted."""
    user_id = _text(sent, "as")
    view = _view(slack, user_id, _text(sent, "view"))
    state = state_of(view.blocks, _state(sent), viewpoint(slack, user_id))
    slack.fill(user_id, view.id, state)
    return Outcome()


def submit(slack: LocalSlack, sent: Sent) -> Outcome:
    """A modal's submission, unless Slack's own client would refuse it."""
    user_id = _text(sent, "as")
    view = _view(slack, user_id, _text(sent, "view"))
    state = state_of(view.blocks, _state(sent), viewpoint(slack, user_id))
    refused = problems(view.blocks, state)
    if refused:
        return Outcome(ok=False, field_errors=refused)
    return slack.submit_view(user_id, view.id, state)


def close(slack: LocalSlack, sent: Sent) -> Outcome:
    """A modal closed by its button, its cross or Escape."""
    return slack.close_view(_text(sent, "as"), _text(sent, "view"))


def open_home(slack: LocalSlack, sent: Sent) -> Outcome:
    """The app's Home tab opened."""
    return slack.open_home(_text(sent, "as"))


def read(slack: LocalSlack, sent: Sent) -> Outcome:
    """A conversation seen to its end."""
    slack.mark_read(_text(sent, "as"), _text(sent, "in"))
    return Outcome()


DEEDS: Mapping[str, Deed] = {
    "say": say,
    "click": click,
    "fill": fill,
    "submit": submit,
    "close": close,
    "open-home": open_home,
    "read": read,
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
    nested = [block for one in message.attachments for block in one.get("blocks") or ()]
    return [*message.blocks, *nested]
