"""What authors say who cannot write now: remind me later, hand it on, I am away."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import Ack
from slack_sdk import WebClient

from highlightbot.core.later import LaterChoice
from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import names
from highlightbot.slack.context import Context
from highlightbot.slack.forms import away, hand_over, notice
from highlightbot.slack.listeners.home import renew
from highlightbot.slack.messages.reminder import handled
from highlightbot.slack.response_url import respond
from highlightbot.slack.routing import Routes
from highlightbot.workflows import hand_over as handing
from highlightbot.workflows.ask_reminder import remind_later
from highlightbot.workflows.be_away import Absence, be_away, be_back, own_zone


def register(routes: Routes, context: Context) -> None:
    """Add these listeners."""

    @routes.action(ids.REMIND_LATER)
    def later(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        now = context.clock.now()
        at, zone = remind_later(
            context.database,
            context.account(body),
            ids.decode_later(action["block_id"]),
            LaterChoice(action["selected_option"]["value"]),
            now,
        )
        said = handled(f"You will be reminded again on {_moment(at, zone, now)}.")
        respond(body, said, replace=False)
        ack()

    @routes.action(ids.CHOOSE_DEPUTY)
    def choose(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        choice = handing.deputies_for(
            context.database,
            context.account(body),
            ids.decode_report(action["value"]),
            context.clock.now(),
        )
        view = hand_over.build(choice)
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @routes.view(ids.HAND_OVER)
    def hand(ack: Ack, body: dict[str, Any], client: WebClient, view: dict[str, Any]) -> None:
        given, now = hand_over.read(view), context.clock.now()
        account = context.account(body)
        report, to = handing.hand_over(
            context.database, account, given.report_id, given.person_id, now
        )
        context.ring()
        renew(context, client, body)
        said = (
            f"{to.name} is asked to write the report for {report.area_name}. You can take it back"
            " in the reminder or on my Home tab."
        )
        ack(response_action="update", view=notice.build(said))

    @routes.action(ids.TAKE_BACK)
    def take_back(
        ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]
    ) -> None:
        account, now = context.account(body), context.clock.now()
        handing.take_back(context.database, account, ids.decode_report(action["value"]), now)
        context.ring()
        renew(context, client, body, is_open=_is_home(body))
        ack()

    @routes.action(ids.GO_AWAY)
    def go(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        with context.database.reading() as unit:
            person = unit.people.person(context.account(body))
            zone = own_zone(unit, person) if person else ZoneInfo("UTC")
        tomorrow = context.clock.now().astimezone(zone).date() + timedelta(days=1)
        view = away.build(tomorrow, from_home=_is_home(body))
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @routes.view(ids.AWAY)
    def leave(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        absence = be_away(
            context.database, context.account(body), away.read(view), context.clock.now()
        )
        context.ring()
        renew(context, client, body, is_open=away.came_from_home(view))
        ack(response_action="update", view=notice.build(_told(absence)))

    @routes.action(ids.COME_BACK)
    def come_back(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        be_back(context.database, context.account(body))
        context.ring()
        renew(context, client, body, is_open=True)
        ack()


def _is_home(body: Mapping[str, Any]) -> bool:
    return (body.get("view") or {}).get("type") == "home"


def _moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    return dates.moment(at, zone, now.astimezone(zone).date())


def _told(absence: Absence) -> str:
    return " ".join(_sentences(absence))


def _sentences(absence: Absence) -> Iterator[str]:
    yield f"No reminders come until {dates.day(absence.until)} is over."
    for area, people in absence.stand_ins:
        if people:
            called = names(tuple(person.name for person in people), 200)
            yield f"About {area}, {called} will be reminded instead."
        else:
            yield f"{area} has no deputy to remind instead: ask your coordinator to name one."
