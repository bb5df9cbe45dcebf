"""The direct message that reminds somebody of all that is due to them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    StaticSelectElement,
)

from highlightbot.core.later import Later, LaterChoice
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import DueReport, Reminder
from highlightbot.core.reports import ReportState
from highlightbot.core.rich_text import Span
from highlightbot.slack import ids
from highlightbot.slack.blocks import (
    away_button,
    buttons,
    change_button,
    context,
    hand_over_button,
    line,
    plain,
    section,
    take_back_button,
    weigh,
    write_button,
    writing_buttons,
)
from highlightbot.slack.messages.message import Message
from highlightbot.slack.messages.paging import MOST_CHARACTERS
from highlightbot.slack.messages.reminder_opening import opening
from highlightbot.slack.messages.standing import moment, standing
from highlightbot.slack.messages.still_missing import still_missing
from highlightbot.slack.text import clip, escape

_MOST_AREAS = 20
_MOST_BLOCKS = 47
_ROOM_AT_THE_END = 300
_MORE_MISSING = "More is missing: type /highlight missing."


def build(to: Reminder) -> Message:
    """What somebody owes and what of it has come in, with buttons for each area.

    Reports are gathered by why they are due and for which period. Times are told in the reader's
    zone, which is named if it is not the programme's. No report text is in it.
    """
    groups = [list(group) for _, group in groupby(to.due, key=_group)]
    openings = [opening(group, to.person, to.zone) for group in groups]
    blocks: list[Block] = []
    shown, room = 0, MOST_CHARACTERS - _ROOM_AT_THE_END
    hides_missing = False
    own = sum(due.kind is not ReminderKind.COORDINATOR for due in to.due)
    for group, told in zip(groups, openings, strict=True):
        head: list[Block] = [line(*told)]
        is_own = group[0].kind is not ReminderKind.COORDINATOR
        if is_own:
            parts = [list(_report(due, to)) for due in group]
        else:
            parts = [list(still_missing(group, room - weigh(head)))]
        for part in parts:
            added = [*head, *part]
            if (is_own and shown >= _MOST_AREAS) or len(blocks) + len(added) > _MOST_BLOCKS:
                hides_missing |= not is_own
                break
            blocks, room, head = [*blocks, *added], room - weigh(added), []
            shown += is_own
    said = " ".join("".join(span.text for span in told) for told in openings)
    more = [*_more(own - shown), *([context(_MORE_MISSING)] if hides_missing else [])]
    return Message(escape(clip(said, 2000)), [*blocks, *more, *_not_now(to)])


def handled(text: str) -> Message:
    """What stands in a reminder's place once its buttons have done their work."""
    return Message(escape(clip(text, 3000)), [section(text)])


def _group(due: DueReport) -> tuple[ReminderKind, int, int | None]:
    handed = due.report.handed if due.kind is ReminderKind.HANDED else None
    return due.kind, due.report.period.id, handed.by_id if handed else None


def _report(due: DueReport, to: Reminder) -> Iterator[Block]:
    report = due.report
    yield line(
        Span(clip(report.area_name, 80), bold=True),
        Span("\n".join([f" · {clip(report.programme_name, 80)}", *_standing(due, to)])),
    )
    yield buttons(*_buttons(due, to))


def _buttons(due: DueReport, to: Reminder) -> Iterator[ButtonElement]:
    report = due.report
    if report.state is ReportState.SUBMITTED:
        yield change_button(report.id, report.area_name)
        return
    if due.is_with_another(to.person) or not report.is_owed:
        yield write_button(report.id, report.area_name, primary=False)
        if report.is_owed and report.handed and due.kind is not ReminderKind.HANDED:
            yield take_back_button(report.id, report.area_name)
        return
    yield from writing_buttons(report)
    if due.deputies and due.kind is not ReminderKind.DEPUTY:
        yield hand_over_button(report.id, report.area_name)


def _standing(due: DueReport, to: Reminder) -> Iterator[str]:
    """What stays true while the report is written: no saved answer changes a message."""
    report = due.report
    if report.submitted_at is not None:
        answers = [saved.answer for saved in report.draft.values()]
        is_nil = bool(answers) and all(answer.nil for answer in answers)
        told = "Nothing to report is recorded" if is_nil else standing(report)
        yield f"✓ {told} · {moment(report.submitted_at, report, to.zone)}"
    elif report.excused_at is not None:
        yield "Excused: no report is needed this time"
    elif due.is_with_another(to.person):
        if report.handed is None:
            yield "Taken back: you need not write it"
        else:
            yield f"Handed to {clip(report.handed.to, 80)}"
    elif report.state is ReportState.DRAFT:
        yield "A draft is begun"


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield context(f"And {count} more: type /highlight report.")


def _not_now(to: Reminder) -> Iterator[Block]:
    """What somebody can do who cannot write now: once for all reports of the message."""
    open_ones = [
        due.report.id
        for due in to.due
        if due.kind is not ReminderKind.COORDINATOR
        and due.report.is_owed
        and not due.is_with_another(to.person)
    ]
    if open_ones and to.later:
        yield ActionsBlock(
            block_id=ids.later_block(open_ones[:_MOST_AREAS]),
            elements=[_later(to.later), away_button()],
        )
    elif open_ones:
        yield buttons(away_button())


def _later(choices: Sequence[Later]) -> StaticSelectElement:
    return StaticSelectElement(
        action_id=ids.REMIND_LATER,
        placeholder=plain("Remind me later", 150),
        options=[
            Option(text=plain(_CHOICES[later.choice], 75), value=later.choice.value)
            for later in choices
        ],
    )


_CHOICES = {
    LaterChoice.TWO_HOURS: "In two hours",
    LaterChoice.NEXT_MORNING: "On the next working day",
    LaterChoice.BEFORE_CUT_OFF: "An hour before the cut-off",
}
