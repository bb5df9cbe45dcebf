"""Writing a report: from a button, a command or the Home tab, through the modal, to the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.views import View

from highlightbot.core.errors import StaleDraft
from highlightbot.core.nil import is_nil
from highlightbot.core.people import Account
from highlightbot.core.reports import Report, ReportState
from highlightbot.core.rich_text import RichText
from highlightbot.slack import ids
from highlightbot.slack.context import Context
from highlightbot.slack.forms import choose_report, received, review, section_step
from highlightbot.slack.listeners.home import renew
from highlightbot.slack.messages import reminder, writing
from highlightbot.slack.messages.message import Message
from highlightbot.slack.response_url import respond
from highlightbot.slack.routing import Routes
from highlightbot.workflows.write_report import (
    Seen,
    WritingDesk,
    open_report,
    report_nothing,
    reports_to_write,
    save_section,
    submit_report,
)

TYPED_SOMETHING = (
    "There is text in this section. Choose “Next” to keep it, or empty the box first if there is"
    " nothing to report."
)
YOURS_IS_IN_THE_BOX = (
    "Your text is in the box: go on as before to put it in the place of what is saved."
)
NOTHING_DUE = "No report of yours is due now. When one is, you get a message from me."


def register(routes: Routes, context: Context) -> None:
    """Add these listeners."""

    @routes.view(ids.REVIEW)
    def submit(ack: Ack, body: dict[str, Any], client: WebClient, view: dict[str, Any]) -> None:
        given = review.read(view)
        account, now = context.account(body), context.clock.now()
        page = f"view:{view['root_view_id'] or view['id']}:"
        try:
            submitted = submit_report(
                context.database,
                account,
                given.report_id,
                headline=given.headline,
                submission_key=f"{page}{given.content_key}",
                seen=Seen(given.seen, given.revision, page),
                now=now,
            )
        except StaleDraft as stale:
            desk = open_report(context.database, account, given.report_id, now)
            headline = given.headline or None  # somebody else's, rather than none
            again = review.build(desk, warning=str(stale), headline=headline, now=now)
            ack(response_action="update", view=again)
            return
        context.ring()
        renew(context, client, body)
        ack(response_action="update", view=received.build(submitted))

    @routes.view(ids.SECTION_STEP)
    def go_on(ack: Ack, body: dict[str, Any], client: WebClient, view: dict[str, Any]) -> None:
        step = section_step.read(view, context.name_of)
        try:
            desk = _save(body, client, step)
        except StaleDraft as stale:
            ack(response_action="update", view=_stale(body, step, stale))
            return
        ack(response_action="update", view=_after(desk, step, context.clock.now()))

    @routes.action(ids.WRITE_REPORT)
    def write(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        desk = open_report(
            context.database,
            context.account(body),
            ids.decode_report(action["value"]),
            context.clock.now(),
        )
        _show(client, body, _first_view(desk, context.clock.now()))
        ack()

    @routes.action(ids.STEP_BACK)
    def go_back(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        step = section_step.read(body["view"], context.name_of)
        desk = _left(body, client, step)
        if desk is not None:
            position = desk.report.template.position(step.section_key)
            previous = desk.report.template.sections[max(position - 1, 0)]
            _show(client, body, section_step.build(desk, previous.key, headline=step.headline))
        ack()

    @routes.action(ids.STEP_NIL)
    def say_nothing(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        step = section_step.read(body["view"], context.name_of)
        if _would_lose_text(body, step):
            _show(client, body, _again(body, step, step.text, TYPED_SOMETHING))
            ack()
            return
        try:
            desk = save_section(
                context.database,
                context.account(body),
                step.report_id,
                step.section_key,
                RichText(),
                nil=True,
                expected_version=step.expected_version,
                may_be_blank=False,
                now=context.clock.now(),
            )
        except StaleDraft as stale:
            _show(client, body, _stale(body, step, stale))
            ack()
            return
        renew(context, client, body)
        _show(client, body, _after(desk, step, context.clock.now()))
        ack()

    @routes.action(ids.STEP_REVIEW)
    def go_to_review(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        step = section_step.read(body["view"], context.name_of)
        desk = _left(body, client, step)
        if desk is not None:
            now = context.clock.now()
            _show(client, body, review.build(desk, headline=step.headline, now=now))
        ack()

    @routes.action(ids.CHANGE_SECTION)
    def change(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        section = ids.decode(ids.SectionRef, action["value"])
        desk = open_report(
            context.database, context.account(body), section.report_id, context.clock.now()
        )
        headline = review.read(body["view"]).headline
        _show(client, body, section_step.build(desk, section.section_key, headline=headline))
        ack()

    @routes.action(ids.REPORT_NOTHING)
    def nothing(
        ack: Ack,
        body: dict[str, Any],
        client: WebClient,
        action: dict[str, Any],
    ) -> None:
        submitted = report_nothing(
            context.database,
            context.account(body),
            ids.decode_report(action["value"]),
            submission_key=f"action:{action['action_ts']}",
            now=context.clock.now(),
        )
        if "response_url" in body:
            _confirm_nothing(body, submitted.report)
        context.ring()
        renew(context, client, body)
        ack()

    def _save(
        body: Mapping[str, Any],
        client: WebClient,
        step: section_step.StepInput,
        *,
        may_be_blank: bool = False,
    ) -> WritingDesk:
        now = context.clock.now()
        account = context.account(body)
        if step.keeps_saved:
            return open_report(context.database, account, step.report_id, now)
        desk = save_section(
            context.database,
            account,
            step.report_id,
            step.section_key,
            step.text,
            nil=False,
            expected_version=step.expected_version,
            may_be_blank=may_be_blank,
            now=now,
        )
        renew(context, client, body)
        return desk

    def _left(
        body: dict[str, Any], client: WebClient, step: section_step.StepInput
    ) -> WritingDesk | None:
        """The desk with the section saved as it was left; None where it is shown once more."""
        try:
            return _save(body, client, step, may_be_blank=True)
        except StaleDraft as stale:
            _show(client, body, _stale(body, step, stale))
            return None

    def _would_lose_text(body: Mapping[str, Any], step: section_step.StepInput) -> bool:
        """Whether something is typed that is not saved: of what is saved the button asks."""
        if step.keeps_saved or step.text.is_blank or is_nil(step.text.plain):
            return False
        desk = open_report(
            context.database, context.account(body), step.report_id, context.clock.now()
        )
        saved = desk.report.draft.get(step.section_key)
        return saved is None or saved.answer.text != step.text

    def _stale(body: Mapping[str, Any], step: section_step.StepInput, stale: StaleDraft) -> View:
        """The section once more: an empty box must not take the place of what is saved."""
        if step.text.is_blank:
            return _again(body, step, None, f"{stale} What is saved now is shown here.")
        return _again(body, step, step.text, f"{stale} {YOURS_IS_IN_THE_BOX}")

    def _again(
        body: Mapping[str, Any],
        step: section_step.StepInput,
        typed: RichText | None,
        warning: str,
    ) -> View:
        desk = open_report(
            context.database, context.account(body), step.report_id, context.clock.now()
        )
        return section_step.build(
            desk,
            step.section_key,
            warning=warning,
            typed=typed,
            headline=step.headline,
            box=None if typed is None else step.box,
        )


def open_for_writing(context: Context, client: WebClient, body: Mapping[str, Any]) -> str | None:
    """Open the modal for whoever asks to write; a sentence if they have nothing to write."""
    account, now = context.account(body), context.clock.now()
    reports = _to_offer(context, account, now)
    if not reports:
        return NOTHING_DUE
    if len(reports) == 1:
        view = _first_view(open_report(context.database, account, reports[0].id, now), now)
    else:
        view = choose_report.build(reports, _zone(context, account, reports))
    client.views_open(trigger_id=body["trigger_id"], view=view)
    return None


def offer_writing(context: Context, body: Mapping[str, Any]) -> Message:
    """A message with the buttons that open it; a sentence if they have nothing to write."""
    account, now = context.account(body), context.clock.now()
    reports = _to_offer(context, account, now)
    if not reports:
        return reminder.handled(NOTHING_DUE)
    return writing.offer(reports, _zone(context, account, reports), now)


def _to_offer(context: Context, account: Account, now: datetime) -> list[Report]:
    """What is to be written of periods that have ended, else all that can be written or changed."""
    reports = reports_to_write(context.database, account, now)
    due = [
        one
        for one in reports
        if one.state is not ReportState.SUBMITTED
        and one.period.ends_on <= now.astimezone(one.zone).date()
    ]
    return due or sorted(reports, key=lambda one: one.state is ReportState.SUBMITTED)


def _zone(context: Context, account: Account, reports: Sequence[Report]) -> ZoneInfo:
    """Where the author of these reports lives, as far as anybody knows."""
    with context.database.reading() as unit:
        person = unit.people.person(account)
    return (person and person.zone) or reports[0].zone


def _first_view(desk: WritingDesk, now: datetime) -> View:
    """Where the author left off: the first section without an answer, or the review."""
    unanswered = desk.report.unanswered()
    if unanswered:
        return section_step.build(desk, unanswered[0].key)
    return review.build(desk, now=now)


def _after(desk: WritingDesk, step: section_step.StepInput, now: datetime) -> View:
    """The next section, or the review once every section is answered or the last is left."""
    sections = desk.report.template.sections
    following = desk.report.template.position(step.section_key) + 1
    if following == len(sections) or not desk.report.unanswered():
        return review.build(desk, headline=step.headline, now=now)
    return section_step.build(desk, sections[following].key, headline=step.headline)


def _show(client: WebClient, body: Mapping[str, Any], view: View) -> None:
    """Change the modal that the click came from, or open one."""
    shown = body.get("view") or {}
    if shown.get("type") == "modal":
        client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=view)


def _confirm_nothing(body: Mapping[str, Any], report: Report) -> None:
    """Say so in the place of a reminder about this report alone, or below a longer one."""
    said = reminder.handled(
        f"Nothing to report is recorded for {report.area_name}. Thank you. You can still change it"
        " with /highlight report."
    )
    blocks = body.get("message", {}).get("blocks", [])
    buttons = [
        element
        for block in blocks
        for element in block.get("elements", [])
        if element.get("action_id") == ids.WRITE_REPORT
    ]
    respond(body, said, replace=len(buttons) == 1)
