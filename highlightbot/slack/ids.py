"""Every id by which Slack names the bot's parts, and the data that ride along with them.

``callback_id`` names a view, ``block_id`` and ``action_id`` an input or a button. A view carries
its data in ``private_metadata`` (3,000 characters), a button in ``value`` (2,000).
https://docs.slack.dev/reference/views
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias, TypeVar

# callback_id of the views
SECTION_STEP = "section_step"
REVIEW = "review"
RECEIVED = "received"
CHOOSE_REPORT = "choose_report"
NOTICE = "notice"
HOME = "home"
HAND_OVER = "hand_over"
AWAY = "away"

CONFIRM_CHANGE = "confirm_change"
CHOOSE_PROGRAMME = "choose_programme"

# callback_id of a view and action_id of the button that opens it, whose value holds a programme
MOVE_CUT_OFF = "move_cut_off"
END_PERIOD = "end_period"
PAUSE = "pause"
CHOOSE_AREA = "choose_area"

# action_id of the buttons; what each one's value holds
MERGE = "merge"  # a programme
RESUME = "resume"  # a programme
LOOK_AT_CHANGE = "look_at_change"  # a change, not confirmed
WRITE_REPORT = "write_report"  # a report
REPORT_NOTHING = "report_nothing"  # a report
CHOOSE_DEPUTY = "choose_deputy"  # a report
TAKE_BACK = "take_back"  # a report
REMIND_LATER = "remind_later"  # of a select: a choice; its block says for which reports
GO_AWAY = "go_away"  # nothing
COME_BACK = "come_back"
CHANGE_SECTION = "change_section"  # a section
STEP_BACK = "step_back"  # nothing: the view's metadata says where it stands
STEP_NIL = "step_nil"
STEP_REVIEW = "step_review"
NEXT_PAGE = "next_page"  # a page
PREVIOUS_PAGE = "previous_page"

# action_id of the inputs, block_id of all but the answers' and the headline's
ANSWER = "answer"
HEADLINE = "headline"
DAY = "day"
TIME = "time"
UNTIL = "until"
AREA = "area"
VERB = "verb"
DEPUTY = "deputy"
AWAY_UNTIL = "away_until"


def answer_block(section_key: str, box: int) -> str:
    """The block of a section's input.

    An updated view keeps what was typed in a block of the same id: another ``box`` begins anew.
    """
    return f"answer:{section_key}:{box}"


def headline_block(revision: int) -> str:
    """The block of the headline's input on a review page that shows that revision, as above."""
    return f"headline:{revision}"


def later_block(report_ids: Sequence[int]) -> str:
    """The block_id of the choice of a later time for reminding; 255 characters hold them all."""
    return f"later:{','.join(map(str, report_ids))}"


def decode_later(block_id: str) -> list[int]:
    """The reports that `later_block` was made of."""
    return [int(number) for number in block_id.partition(":")[2].split(",")]


@dataclass(frozen=True, slots=True)
class StepRef:
    """Where a section's step stands.

    ``version`` is that of the saved answer which the step was opened on, 0 for none. ``kept``
    says that this answer stays if the input, which does not show it, is left empty. ``box`` names
    the input, as in `answer_block`.
    ``headline`` travels from the review page through a change and back, None before that page.
    """

    report_id: int
    section_key: str
    version: int = 0
    kept: bool = False
    headline: str | None = None
    box: int = 0


@dataclass(frozen=True, slots=True)
class ReviewRef:
    """A report's review page: the mark of the draft that it shows, and the newest revision."""

    report_id: int
    seen: str
    revision: int = 0


@dataclass(frozen=True, slots=True)
class SectionRef:
    """A section of a report."""

    report_id: int
    section_key: str


@dataclass(frozen=True, slots=True)
class PageRef:
    """One page, from 1, of the answer to a question."""

    question: str
    number: int


@dataclass(frozen=True, slots=True)
class ChangeRef:
    """What a coordinator asks for in a programme, as they typed it."""

    programme_id: int
    words: str


@dataclass(frozen=True, slots=True)
class ConfirmRef:
    """What waits for a coordinator's word: a kind of instruction, with its days in ISO 8601.

    ``mark`` is that of what they were told it would do. ``from_home`` says that their Home tab
    shows the programme beside it.
    """

    programme_id: int
    kind: str
    said: Mapping[str, str | None]
    mark: str
    from_home: bool = False


@dataclass(frozen=True, slots=True)
class ProgrammeRef:
    """A programme, and whether it was chosen on the Home tab."""

    programme_id: int
    from_home: bool = False


Ref: TypeAlias = StepRef | ReviewRef | SectionRef | PageRef | ChangeRef | ConfirmRef | ProgrammeRef
_Ref = TypeVar("_Ref", bound=Ref)


def encode_report(report_id: int) -> str:
    """A report's id as a button's value or a view's metadata."""
    return str(report_id)


def decode_report(value: str) -> int:
    """What `encode_report` made."""
    return int(value)


def encode(ref: Ref) -> str:
    """What rides along, as a view's metadata or a button's value."""
    return json.dumps(asdict(ref), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[_Ref], value: str) -> _Ref:
    """What `encode` made of something of that kind."""
    return kind(**json.loads(value))
