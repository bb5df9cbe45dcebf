"""The Home tab: what I owe, and for coordinators who is missing."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.models.views import View

from highlightbot.core.people import Account
from highlightbot.slack import home
from highlightbot.slack.context import Context, user_id
from highlightbot.slack.routing import Routes
from highlightbot.slack.web_api import call
from highlightbot.workflows.be_away import absence_of, own_zone
from highlightbot.workflows.coordinate import managed
from highlightbot.workflows.missing_reports import missing_reports
from highlightbot.workflows.write_report import reports_to_write


def register(routes: Routes, context: Context) -> None:
    """Add these listeners."""

    @routes.event("app_home_opened")
    def opened(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") != "home":
            return
        context.homes.opened(user_id(body))
        _publish(context, client, context.account(body))


def renew(
    context: Context, client: WebClient, body: Mapping[str, Any], *, is_open: bool = False
) -> None:
    """Have the Home tab of whoever sent the payload drawn anew, soon, if they have opened it.

    ``is_open`` says that they have, though another process or an earlier one may have shown it.
    Nothing that goes wrong with it is heard of here.
    """
    account = context.account(body)
    if is_open:
        context.homes.opened(account.external_id)
    context.homes.changed(account.external_id, lambda: _publish(context, client, account))


def _publish(context: Context, client: WebClient, account: Account) -> None:
    view = _home(context, account)
    call(lambda: client.views_publish(user_id=account.external_id, view=view))


def _home(context: Context, account: Account) -> View:
    now = context.clock.now()
    reports = reports_to_write(context.database, account, now)
    with context.database.reading() as unit:
        reader = unit.people.reader(account)
        programmes = [
            programme
            for programme in unit.programmes.all(context.workspace_id)
            if reader.may_read_programme(programme.id)
        ]
        overviews = [
            missing
            for programme in programmes
            if (missing := missing_reports(unit, programme, now)) is not None
        ]
        managing = [
            managed(unit, account, programme.id, now)
            for programme in programmes
            if programme.timetable is not None
        ]
        person = unit.people.person(account)
        zone = own_zone(unit, person) if person else ZoneInfo("UTC")
    absence = absence_of(person, zone, now) if person else None
    return home.build(reports, overviews, zone, now, absence=absence, managing=managing)
