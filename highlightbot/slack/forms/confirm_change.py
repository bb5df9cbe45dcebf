"""The modal that says what a coordinator's instruction will do, and waits for their word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from highlightbot.core.coordination import Foreseen
from highlightbot.core.instructions import (
    ChaseArea,
    EndPeriod,
    ExcuseArea,
    ExpectArea,
    Instruction,
    MergePeriods,
    MoveCutOff,
    PauseProgramme,
    ResumeProgramme,
)
from highlightbot.core.programmes import Programme
from highlightbot.core.rich_text import Span
from highlightbot.slack import ids
from highlightbot.slack.blocks import (
    TITLE,
    button,
    context,
    header,
    line,
    listing,
    plain,
    section,
)
from highlightbot.slack.text import clip

_TITLES: dict[type[Instruction], tuple[str, str]] = {
    MoveCutOff: ("Move the cut-off?", "Move cut-off"),
    EndPeriod: ("Move the period's end?", "Move end"),
    MergePeriods: ("Merge two periods?", "Merge periods"),
    PauseProgramme: ("Pause the programme?", "Pause"),
    ResumeProgramme: ("Resume the programme?", "Resume"),
    ExcuseArea: ("Excuse this area?", "Excuse area"),
    ExpectArea: ("Expect the report again?", "Expect report"),
    ChaseArea: ("Chase this area?", "Chase area"),
}
_KINDS = {kind.__name__: kind for kind in _TITLES}
_SAID: Mapping[str, Callable[[str], Any]] = {
    "area": str,
    "at": time.fromisoformat,
    "day": date.fromisoformat,
    "on": date.fromisoformat,
    "resumes_on": date.fromisoformat,
    "starts_on": date.fromisoformat,
}
_MOST_PROGRAMMES = 45


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a coordinator has given their word for; the rest as in `ids.ConfirmRef`."""

    programme_id: int
    asked: Instruction
    mark: str
    from_home: bool


def build(foreseen: Foreseen, *, warning: str | None = None, from_home: bool = False) -> View:
    """What will be, sentence by sentence; nothing has changed yet."""
    asked, programme = foreseen.asked, foreseen.programme
    title, submit = _TITLES[type(asked)]
    said = {name: None if one is None else str(one) for name, one in asdict(asked).items()}
    ref = ids.ConfirmRef(programme.id, type(asked).__name__, said, foreseen.mark, from_home)
    return View(
        type="modal",
        callback_id=ids.CONFIRM_CHANGE,
        title=plain(TITLE, 24),
        submit=plain(submit, 24),
        close=plain("Cancel", 24),
        private_metadata=ids.encode(ref),
        blocks=[
            header(title),
            context(clip(programme.name, 150)),
            *([line(Span(warning, bold=True))] if warning else []),
            told(foreseen),
        ],
    )


def read(view: Mapping[str, Any]) -> Confirmed:
    """What was told in the view of a submission, exactly as it was asked for."""
    ref = ids.decode(ids.ConfirmRef, view["private_metadata"])
    said: dict[str, Any] = {
        name: None if one is None else _SAID[name](one) for name, one in ref.said.items()
    }
    return Confirmed(ref.programme_id, _KINDS[ref.kind](**said), ref.mark, ref.from_home)


def told(foreseen: Foreseen) -> Block:
    """The sentences as a list."""
    return listing(*((Span(clip(sentence, 600)),) for sentence in foreseen.told))


def done(foreseen: Foreseen | None) -> View:
    """What has been done; None where the same word came twice."""
    blocks = [told(foreseen)] if foreseen else [section("This has been done already.")]
    return View(
        type="modal",
        callback_id=ids.NOTICE,
        title=plain(TITLE, 24),
        close=plain("Done", 24),
        blocks=[header("✓ Done"), *blocks],
    )


def choose_programme(programmes: Sequence[Programme], words: str) -> View:
    """Which of several programmes is meant."""
    return View(
        type="modal",
        callback_id=ids.CHOOSE_PROGRAMME,
        title=plain(TITLE, 24),
        close=plain("Cancel", 24),
        blocks=[
            section("Which programme do you mean?"),
            *(
                section(
                    clip(programme.name, 500),
                    button(
                        "Choose",
                        ids.LOOK_AT_CHANGE,
                        ids.encode(ids.ChangeRef(programme.id, words)),
                        read_as=f"Choose {programme.name}",
                    ),
                )
                for programme in programmes[:_MOST_PROGRAMMES]
            ),
        ],
    )
