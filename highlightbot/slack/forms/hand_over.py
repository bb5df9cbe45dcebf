"""The modal in which an author chooses the deputy who is to write a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import InputBlock, Option, StaticSelectElement
from slack_sdk.models.views import View

from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, context, plain, section
from highlightbot.slack.messages.standing import place
from highlightbot.slack.text import clip
from highlightbot.workflows.hand_over import Deputies

_MOST = 100


@dataclass(frozen=True, slots=True)
class HandOverInput:
    """Which report is to be handed to whom."""

    report_id: int
    person_id: int


def build(deputies: Deputies) -> View:
    """The choice, the first deputy chosen already."""
    report = deputies.report
    options = [
        Option(text=plain(clip(one.name, 75), 75), value=str(one.id))
        for one in deputies.people[:_MOST]
    ]
    return View(
        type="modal",
        callback_id=ids.HAND_OVER,
        title=plain(TITLE, 24),
        submit=plain("Hand over", 24),
        close=plain("Cancel", 24),
        private_metadata=ids.encode_report(report.id),
        blocks=[
            section("Who is to write this report?"),
            context(place(report, deputies.zone)),
            InputBlock(
                block_id=ids.DEPUTY,
                label=plain("Deputy"),
                element=StaticSelectElement(
                    action_id=ids.DEPUTY, options=options, initial_option=options[0]
                ),
            ),
            context(
                "They get a message from me. You are not reminded of this report any more. You can"
                " still write it, or take it back."
            ),
        ],
    )


def read(view: Mapping[str, Any]) -> HandOverInput:
    """What was chosen."""
    chosen = view["state"]["values"][ids.DEPUTY][ids.DEPUTY]["selected_option"]
    return HandOverInput(ids.decode_report(view["private_metadata"]), int(chosen["value"]))
