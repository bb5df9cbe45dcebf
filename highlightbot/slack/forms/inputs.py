"""What the inputs of a view hold when it comes back.

https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload/
"""

from collections.abc import Mapping
from typing import Any


def told(view: Mapping[str, Any], block_id: str, action_id: str) -> Mapping[str, Any] | None:
    """The input's element in the state; None where Slack leaves out what was not touched."""
    values = (view.get("state") or {}).get("values") or {}
    element: Mapping[str, Any] | None = (values.get(block_id) or {}).get(action_id)
    return element


def initial_value(view: Mapping[str, Any], block_id: str) -> Any:
    """What the input began with; None where it was empty."""
    for block in view.get("blocks") or []:
        if block.get("block_id") == block_id:
            return block["element"].get("initial_value")
    return None
