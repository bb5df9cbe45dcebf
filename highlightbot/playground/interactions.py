"""What a person does to a message or a view, and what they then see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from highlightbot.playground.views import State


@dataclass(frozen=True, slots=True)
class BlockAction:
    """One use of an interactive element.

    The element stands in a view (`view_id`) or in a message (`conversation_id` and
    `message_ts`). `value` is the element's new state element, such as
    `{"type": "static_select", "selected_option": {…}}` or
    `{"type": "plain_text_input", "value": "as typed"}`; None for a button. `state` is what the
    other inputs of the same view or message hold; what it leaves out keeps its last known value
    in a view, and its initial one in a message.
    `trigger` says how it was used, where that matters: in a text input that dispatches actions
    only for some of them; None is the use that does.
    """

    block_id: str
    action_id: str
    view_id: str | None = None
    conversation_id: str | None = None
    message_ts: str | None = None
    value: Mapping[str, Any] | None = None
    trigger: Literal["on_enter_pressed", "on_character_entered"] | None = None
    state: State = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What Slack shows the person after they acted.

    `error` is Slack's own sentence when the app did not answer or answered wrongly;
    `field_errors` (block_id -> sentence) are the app's about a submission. Either makes `ok`
    False, and the modal stays open.
    """

    ok: bool = True
    error: str | None = None
    field_errors: Mapping[str, str] = field(default_factory=dict)
