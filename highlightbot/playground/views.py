"""A view: a modal on somebody's screen, or their Home tab."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from highlightbot.playground.messages import Block

State = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""What has been entered: block_id -> action_id -> state element such as
`{"type": "plain_text_input", "value": "…"}`. https://docs.slack.dev/reference/views"""


@dataclass(frozen=True, slots=True)
class View:
    """A view as one person has it open. `title`, `submit` and `close` are text objects as sent.

    `id` stays across updates; `hash` changes with each. `state` holds initial and entered values
    of every input. `errors` are the field errors of the last refused submission, by block_id.
    Every block has a block_id and every element an action_id: Slack makes up the missing ones.
    """

    id: str
    user_id: str
    type: Literal["modal", "home"]
    callback_id: str = ""
    title: Mapping[str, Any] | None = None
    submit: Mapping[str, Any] | None = None
    close: Mapping[str, Any] | None = None
    blocks: tuple[Block, ...] = ()
    private_metadata: str = ""
    external_id: str = ""
    state: State = field(default_factory=dict)
    hash: str = ""
    root_view_id: str = ""
    previous_view_id: str | None = None
    notify_on_close: bool = False
    clear_on_close: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)
