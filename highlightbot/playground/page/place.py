"""Where blocks are drawn: in one message, modal or Home tab, as one person sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from highlightbot.playground.local_slack import State
from highlightbot.playground.page.viewpoint import Viewpoint

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """One surface. `prefix` makes the HTML ids of its controls unique in the page.

    `state` is what has been entered so far and `errors` the field errors by block_id, both of a
    view; a message has neither.
    """

    prefix: str
    seen: Viewpoint
    state: State = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one interactive element stands in its block.

    `label` names it for who cannot see it, unless its block draws a visible label. `acts` says
    what sends a block action: `click`, `change`, `enter`, `character`, several with spaces, or
    nothing.
    """

    place: Place
    block_id: str
    action_id: str
    label: str
    acts: str = ""
    labelled: bool = False
    described_by: str | None = None
    required: bool = False

    @property
    def html_id(self) -> str:
        """The id of its control, without spaces whatever the bot's ids are."""
        return quote(f"{self.place.prefix}.{self.block_id}.{self.action_id}", safe="")

    @property
    def entered(self) -> Json | None:
        """Its state element, or None when nothing is known beyond its initial value."""
        return self.place.state.get(self.block_id, {}).get(self.action_id)

    def held(self, state_key: str, initial: Any) -> Any:
        """What it holds now: the entered value of `state_key`, else its initial value."""
        return initial if self.entered is None else self.entered.get(state_key)
