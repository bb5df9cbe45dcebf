"""The modal in which a coordinator chases or excuses an area."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import InputBlock, Option, RadioButtonsElement, StaticSelectElement
from slack_sdk.models.views import View

from highlightbot.core.coordination import Managed
from highlightbot.core.instructions import AreaInstruction, ChaseArea, ExcuseArea, ExpectArea
from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, context, header, plain
from highlightbot.slack.text import clip

_MOST_OPTIONS = 100
_VERBS: dict[str, tuple[type[AreaInstruction], str]] = {
    "chase": (ChaseArea, "Chase it: its author is reminded now"),
    "excuse": (ExcuseArea, "Excuse it: it owes no report this time"),
    "unexcuse": (ExpectArea, "Take back that it is excused"),
}


def build(managed: Managed, *, from_home: bool = False) -> View:
    """A choice among the areas that report, the first hundred of them."""
    programme = managed.programme
    areas = [area for area in programme.areas if not area.retired][:_MOST_OPTIONS]
    verbs = [Option(text=plain(told, 75), value=verb) for verb, (_, told) in _VERBS.items()]
    return View(
        type="modal",
        callback_id=ids.CHOOSE_AREA,
        title=plain(TITLE, 24),
        submit=plain("Continue", 24),
        close=plain("Cancel", 24),
        private_metadata=ids.encode(ids.ProgrammeRef(programme.id, from_home)),
        blocks=[
            header("Chase or excuse an area"),
            context(clip(programme.name, 150)),
            InputBlock(
                block_id=ids.AREA,
                label=plain("Area"),
                element=StaticSelectElement(
                    action_id=ids.AREA,
                    placeholder=plain("Choose an area", 150),
                    options=[
                        Option(text=plain(area.name, 75), value=str(area.id)) for area in areas
                    ],
                ),
            ),
            InputBlock(
                block_id=ids.VERB,
                label=plain("What is to be done"),
                element=RadioButtonsElement(
                    action_id=ids.VERB, options=verbs, initial_option=verbs[0]
                ),
            ),
            context("You see what will become of it before anything changes."),
        ],
    )


def read(view: Mapping[str, Any], managed: Managed) -> AreaInstruction:
    """What was chosen."""
    values = view["state"]["values"]
    area_id = int(values[ids.AREA][ids.AREA]["selected_option"]["value"])
    make, _ = _VERBS[values[ids.VERB][ids.VERB]["selected_option"]["value"]]
    return make(managed.programme.area(area_id).name)
