"""What coordinators have done: from the Home tab or in words, looked at, confirmed."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.views import View

from highlightbot.core.coordination import Foreseen, Managed
from highlightbot.core.errors import Refusal, StaleDraft
from highlightbot.core.instructions import (
    Instruction,
    MergePeriods,
    ResumeProgramme,
    parse_instruction,
)
from highlightbot.core.programmes import Programme
from highlightbot.slack import ids
from highlightbot.slack.context import Context
from highlightbot.slack.forms import change_dates, choose_area, confirm_change, notice
from highlightbot.slack.listeners.home import renew
from highlightbot.slack.messages import coordinating
from highlightbot.slack.messages.message import Message
from highlightbot.slack.routing import Routes
from highlightbot.workflows.coordinate import (
    carry_out,
    foresee,
    managed,
    programmes_meant,
)

_Form: TypeAlias = Callable[[Context, Managed, bool], View]
_Read: TypeAlias = Callable[[Mapping[str, Any], Managed], Instruction]
_FORMS: dict[str, tuple[_Form, _Read]] = {
    ids.MOVE_CUT_OFF: (
        lambda context, of, home: change_dates.build_cut_off(
            of, context.clock.now(), from_home=home
        ),
        lambda view, _: change_dates.read_cut_off(view),
    ),
    ids.END_PERIOD: (
        lambda context, of, home: change_dates.build_end(of, context.clock.now(), from_home=home),
        lambda view, _: change_dates.read_end(view),
    ),
    ids.PAUSE: (
        lambda context, of, home: change_dates.build_pause(of, context.clock.now(), from_home=home),
        lambda view, _: change_dates.read_pause(view),
    ),
    ids.CHOOSE_AREA: (
        lambda _, of, home: choose_area.build(of, from_home=home),
        choose_area.read,
    ),
}
_AT_ONCE: dict[str, Instruction] = {ids.MERGE: MergePeriods(), ids.RESUME: ResumeProgramme()}


def register(routes: Routes, context: Context) -> None:
    """Add these listeners."""

    def open_form(
        ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]
    ) -> None:
        build, _ = _FORMS[action["action_id"]]
        chosen = ids.decode(ids.ProgrammeRef, action["value"])
        view = build(context, _managed(context, body, chosen), chosen.from_home)
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    def read_form(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        _, read = _FORMS[view["callback_id"]]
        chosen = ids.decode(ids.ProgrammeRef, view["private_metadata"])
        asked = read(view, _managed(context, body, chosen))
        foreseen = _foresee(context, body, chosen.programme_id, asked)
        shown = confirm_change.build(foreseen, from_home=chosen.from_home)
        ack(response_action="update", view=shown)

    for name in _FORMS:
        routes.action(name)(open_form)
        routes.view(name)(read_form)

    def look_at_once(
        ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]
    ) -> None:
        chosen = ids.decode(ids.ProgrammeRef, action["value"])
        foreseen = _foresee(context, body, chosen.programme_id, _AT_ONCE[action["action_id"]])
        view = confirm_change.build(foreseen, from_home=chosen.from_home)
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    for name in _AT_ONCE:
        routes.action(name)(look_at_once)

    @routes.action(ids.LOOK_AT_CHANGE)
    def look(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        change = ids.decode(ids.ChangeRef, action["value"])
        view = confirm_change.build(_read(context, body, change.programme_id, change.words))
        shown = body.get("view") or {}
        if shown.get("type") == "modal":
            client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)
        else:
            client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @routes.view(ids.CONFIRM_CHANGE)
    def confirm(ack: Ack, body: dict[str, Any], client: WebClient, view: dict[str, Any]) -> None:
        given, now = confirm_change.read(view), context.clock.now()
        try:
            done = carry_out(
                context.database,
                context.account(body),
                given.programme_id,
                given.asked,
                mark=given.mark,
                change_key=f"view:{view['id']}:{given.mark}",
                now=now,
            )
        except StaleDraft as stale:
            ack(response_action="update", view=_again(context, body, given, str(stale)))
            return
        context.ring()
        renew(context, client, body, is_open=given.from_home)
        ack(response_action="update", view=confirm_change.done(done))


def open_confirmation(
    context: Context, client: WebClient, body: Mapping[str, Any], words: str
) -> None:
    """Open what the words of a command would do; Refusal where that makes no sense."""
    programmes = _meant(context, body, words)
    if len(programmes) == 1:
        view = confirm_change.build(_read(context, body, programmes[0].id, words))
    else:
        view = confirm_change.choose_programme(programmes, words)
    client.views_open(trigger_id=body["trigger_id"], view=view)


def offer_confirmation(context: Context, body: Mapping[str, Any], words: str) -> Message:
    """A message with a button that opens it; Refusal where that makes no sense."""
    programmes = _meant(context, body, words)
    if len(programmes) == 1:
        _read(context, body, programmes[0].id, words)
    return coordinating.offer(programmes, words)


def _meant(context: Context, body: Mapping[str, Any], words: str) -> list[Programme]:
    with context.database.reading() as unit:
        return programmes_meant(
            unit, context.workspace_id, context.account(body), words, context.clock.now()
        )


def _managed(context: Context, body: Mapping[str, Any], chosen: ids.ProgrammeRef) -> Managed:
    with context.database.reading() as unit:
        return managed(unit, context.account(body), chosen.programme_id, context.clock.now())


def _read(context: Context, body: Mapping[str, Any], programme_id: int, words: str) -> Foreseen:
    now = context.clock.now()
    with context.database.reading() as unit:
        zone = unit.programmes.get(programme_id).zone
    asked = parse_instruction(words, now.astimezone(zone).date())
    return _foresee(context, body, programme_id, asked)


def _foresee(
    context: Context, body: Mapping[str, Any], programme_id: int, asked: Instruction
) -> Foreseen:
    with context.database.reading() as unit:
        return foresee(unit, context.account(body), programme_id, asked, context.clock.now())


def _again(
    context: Context,
    body: Mapping[str, Any],
    given: confirm_change.Confirmed,
    warning: str,
) -> View:
    """The confirmation as it is now, or why there is nothing to confirm any more."""
    try:
        foreseen = _foresee(context, body, given.programme_id, given.asked)
    except Refusal as refusal:
        return notice.build(str(refusal))
    return confirm_change.build(foreseen, warning=warning, from_home=given.from_home)
