"""What a person does with the app's commands, elements and views, and what comes back."""

from collections.abc import Mapping
from typing import Any, Literal

from highlightbot.playground.answering import answer_in_ack
from highlightbot.playground.conversations import Conversation
from highlightbot.playground.delivery import Ack
from highlightbot.playground.elements import (
    Element,
    action_payload,
    elements_of,
    every_block,
    find_element,
    merged_state,
    refuse_impossible,
    refuse_impossible_state,
)
from highlightbot.playground.errors import ApiError
from highlightbot.playground.fields import refused_fields
from highlightbot.playground.installation import Installation
from highlightbot.playground.interactions import BlockAction, Outcome
from highlightbot.playground.messages import Block
from highlightbot.playground.payloads import (
    event_callback,
    in_message,
    in_view,
    interaction,
    slash_command,
    view_object,
)
from highlightbot.playground.submission import TROUBLE, after_submission
from highlightbot.playground.views import State, View
from highlightbot.playground.workspace import is_visible_to

GONE = "This is no longer there. Look again."


def run_command(
    installation: Installation,
    user_id: str,
    conversation: Conversation,
    command: str,
    text: str,
) -> Outcome:
    """A slash command; its answer in the ack is shown where it was typed."""
    workspace = installation.workspace
    app = workspace.app
    if command not in app.commands or "commands" not in app.scopes:
        return Outcome(False, f"{command} is not a valid command.")
    user = workspace.user(user_id)
    payload = {
        **slash_command(workspace.team, app, user, conversation, command, text),
        "trigger_id": installation.triggers.issue(user_id),
        **installation.answerable(user_id, conversation.id),
    }
    ack = installation.delivery.command(command, payload)
    if ack.reason == "timeout":
        return Outcome(False, f"{command} failed because the app did not respond.")
    if not ack.acked:
        return Outcome(False, f'{command} failed with the error "dispatch_failed".')
    try:
        answer_in_ack(installation, user_id, conversation.id, ack.body)
    except ApiError as error:
        problem = f"refused: {error}"
        installation.log.add(
            "command", command, ack.body or {}, None, 0.0,
            problem=problem, violations=error.violations,
        )  # fmt: skip
        return Outcome(False, f'{command} failed with the error "invalid_command_response".')
    return Outcome()


def click(installation: Installation, user_id: str, action: BlockAction) -> Outcome:
    """Use an element of a message, a modal or the Home tab.

    Raises ValueError if the action's value is nothing that the element can come to hold.
    """
    if action.view_id is not None:
        return _click_in_view(installation, user_id, action, action.view_id)
    return _click_in_message(installation, user_id, action)


def submit_view(installation: Installation, user_id: str, view_id: str, values: State) -> Outcome:
    """Submit the modal that is on top.

    Raises ValueError if it has no submit button, or an element could not come to hold its value.
    """
    workspace = installation.workspace
    stack = installation.views.stack(user_id)
    if not stack or stack[-1].id != view_id:
        return Outcome(False, GONE)
    if stack[-1].submit is None:
        raise ValueError("this modal has no submit button")
    view = installation.views.enter(view_id, values)
    refused = refused_fields(view.blocks, view.state)
    view = installation.views.show_errors(view_id, refused)
    if refused:
        return Outcome(False, field_errors=refused)
    payload = {
        **_interaction(installation, "view_submission", user_id),
        "trigger_id": installation.triggers.issue(user_id, in_modal=True),
        "view": view_object(view, workspace.team, workspace.app),
        "response_urls": _response_urls(installation, view),
    }
    ack = installation.delivery.interaction("view_submission", payload)
    return after_submission(installation, view, ack.body) if ack.acked else Outcome(False, TROUBLE)


def close_view(installation: Installation, user_id: str, view_id: str) -> Outcome:
    """Close the modal on top; all of the stack where it says `clear_on_close`."""
    stack = installation.views.stack(user_id)
    if not stack or stack[-1].id != view_id:
        return Outcome()
    top = stack[-1]
    closed = installation.views.close(view_id, all_of_stack=top.clear_on_close)
    emptied = not installation.views.stack(user_id)
    for view in reversed(closed):
        if view.notify_on_close:
            _tell_closed(installation, user_id, view, is_cleared=emptied and len(closed) > 1)
    return Outcome()


def open_home(installation: Installation, user_id: str) -> Outcome:
    """Look at the app's Home tab: the app hears `app_home_opened`."""
    if "app_home_opened" not in installation.workspace.app.events:
        return Outcome()
    return _outcome(
        installation, installation.delivery.event(_opened(installation, user_id, "home"))
    )


def open_messages(installation: Installation, user_id: str) -> None:
    """Look at the direct message with the app, which hears of it too; nobody waits for its ack.

    https://docs.slack.dev/reference/events/app_home_opened
    """
    if installation.connected and "app_home_opened" in installation.workspace.app.events:
        installation.delivery.event_in_background(_opened(installation, user_id, "messages"))


def _opened(
    installation: Installation, user_id: str, tab: Literal["home", "messages"]
) -> dict[str, Any]:
    workspace = installation.workspace
    now = workspace.clock.now().timestamp()
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user_id,
        "channel": workspace.app_conversation(user_id).id,
        "event_ts": f"{now:.6f}",
        "tab": tab,
    }
    home = installation.views.home(user_id)
    if tab == "home" and home is not None:
        event["view"] = view_object(home, workspace.team, workspace.app)
    return event_callback(workspace.team, workspace.app, event, int(now))


def _click_in_view(
    installation: Installation, user_id: str, action: BlockAction, view_id: str
) -> Outcome:
    workspace = installation.workspace
    view = installation.views.find(view_id)
    if view is None or view.user_id != user_id:
        return Outcome(False, GONE)
    found = find_element(view.blocks, action.block_id, action.action_id)
    if found is None:
        return Outcome(False, GONE)
    block, element = found
    value = _value(action, element)
    view = installation.views.enter(view_id, _entered(action, value))
    if block["type"] == "input" and not _dispatches(block, element, action):
        return Outcome()
    payload = {
        **_interaction(installation, "block_actions", user_id),
        **in_view(view, workspace.team, workspace.app),
        "trigger_id": installation.triggers.issue(user_id, in_modal=view.type == "modal"),
        "actions": [_action(installation, block, element, value)],
    }
    return _outcome(installation, installation.delivery.interaction("block_actions", payload))


def _dispatches(block: Block, element: Element, action: BlockAction) -> bool:
    """Whether this use of an input sends an action.

    https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object
    """
    configured = element.get("dispatch_action_config") or {}
    triggers = configured.get("trigger_actions_on") or ["on_enter_pressed"]
    return bool(block.get("dispatch_action")) and action.trigger in {None, *triggers}


def _click_in_message(installation: Installation, user_id: str, action: BlockAction) -> Outcome:
    workspace = installation.workspace
    conversation = workspace.conversation(action.conversation_id or "")
    message = workspace.find_message(conversation.id, action.message_ts or "")
    if (
        message is None
        or user_id not in conversation.members
        or not is_visible_to(message, user_id)
    ):
        return Outcome(False, GONE)
    found = find_element(message.all_blocks, action.block_id, action.action_id)
    if found is None:
        return Outcome(False, GONE)
    block, element = found
    value = _value(action, element)
    entered = _entered(action, value)
    refuse_impossible_state(message.all_blocks, entered)
    state = merged_state(message.all_blocks, entered)
    payload = {
        **_interaction(installation, "block_actions", user_id),
        **in_message(message, conversation, workspace.team, state),
        "trigger_id": installation.triggers.issue(user_id),
        **installation.answerable(
            user_id, conversation.id, message.ts, message.thread_ts if message.is_reply else None
        ),
        "actions": [_action(installation, block, element, value)],
    }
    return _outcome(installation, installation.delivery.interaction("block_actions", payload))


def _response_urls(installation: Installation, view: View) -> list[Mapping[str, Any]]:
    """One for each conversation that was chosen to be answered in.

    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    """
    urls: list[Mapping[str, Any]] = []
    for block in every_block(view.blocks):
        for element in elements_of(block):
            held = view.state.get(block["block_id"], {}).get(element["action_id"], {})
            chosen = held.get("selected_conversation") or held.get("selected_channel")
            if element.get("response_url_enabled") and chosen:
                place = {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": chosen,
                }
                urls.append({**place, **installation.answerable(view.user_id, chosen)})
    return urls


def _tell_closed(installation: Installation, user_id: str, view: View, *, is_cleared: bool) -> None:
    workspace = installation.workspace
    payload = {
        **_interaction(installation, "view_closed", user_id),
        "view": view_object(view, workspace.team, workspace.app, with_state=False),
        "is_cleared": is_cleared,
    }
    installation.delivery.interaction("view_closed", payload)


def _interaction(installation: Installation, kind: str, user_id: str) -> dict[str, Any]:
    workspace = installation.workspace
    return interaction(kind, workspace.team, workspace.app, workspace.user(user_id))


def _action(
    installation: Installation, block: Block, element: Element, value: Element | None
) -> Mapping[str, Any]:
    return action_payload(block, element, value, installation.workspace.issue_ts())


def _value(action: BlockAction, element: Element) -> Element | None:
    if action.value is not None:
        refuse_impossible(element, action.value)
    return action.value


def _entered(action: BlockAction, value: Element | None) -> State:
    if value is None:
        return action.state
    own = {**action.state.get(action.block_id, {}), action.action_id: value}
    return {**action.state, action.block_id: own}


def _outcome(installation: Installation, ack: Ack) -> Outcome:
    if ack.acked:
        return Outcome()
    name = installation.workspace.app.name
    return Outcome(False, f"{name} is not responding. Try again?")
