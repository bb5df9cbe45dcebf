"""The modal in which somebody says until when they are away."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import DatePickerElement, InputBlock
from slack_sdk.models.views import View

from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, context, plain


def build(until: date, *, from_home: bool = False) -> View:
    """The date picker, showing that day; it remembers whether it was opened on the Home tab."""
    return View(
        type="modal",
        callback_id=ids.AWAY,
        title=plain(TITLE, 24),
        submit=plain("Save", 24),
        close=plain("Cancel", 24),
        private_metadata=ids.HOME if from_home else "",
        blocks=[
            InputBlock(
                block_id=ids.AWAY_UNTIL,
                label=plain("I am away until the end of"),
                element=DatePickerElement(action_id=ids.AWAY_UNTIL, initial_date=until.isoformat()),
            ),
            context(
                "No reminders come until then. Deputies are reminded of your reports instead. You"
                " can say that you are back on my Home tab."
            ),
        ],
    )


def came_from_home(view: Mapping[str, Any]) -> bool:
    """Whether it was opened on the Home tab."""
    return bool(view.get("private_metadata") == ids.HOME)


def read(view: Mapping[str, Any]) -> date:
    """The day that was chosen."""
    chosen: str = view["state"]["values"][ids.AWAY_UNTIL][ids.AWAY_UNTIL]["selected_date"]
    return date.fromisoformat(chosen)
