"""What `doctor` can find out from Slack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient

from highlightbot.core.errors import (
    DeliveryFailure,
    NotDelivered,
    Problems,
    RateLimited,
    SenderRefused,
)
from highlightbot.core.programmes import Programme
from highlightbot.slack.connection import Connection, connect, verify_app_token
from highlightbot.slack.web_api import call

NEEDED_SCOPES = {
    "app_mentions:read": "to hear questions by mention",
    "channels:history": "to see whether a summary arrived before it is posted again",
    "channels:read": "to check that the bot is in the coordination channel",
    "chat:write": "to send reminders and summaries",
    "commands": "for /highlight",
    "groups:history": "as channels:history, where the coordination channel is private",
    "groups:read": "as channels:read, where the coordination channel is private",
    "im:history": "to hear questions in the direct message",
    "im:write": "to open the direct message",
    "users:read": "for names and time zones",
    "users:read.email": "to find authors by their e-mail address",
}
"""The bot token's scopes, as in manifest.json, and what each is for."""

_LARGEST_DIFFERENCE = 30.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``advice`` says what to do where it is not well."""

    subject: str
    well: bool
    told: str
    advice: str = ""


def check_workspace(client: WebClient) -> tuple[Connection | None, list[Finding]]:
    """The bot's token and scopes, and the machine's clock against Slack's."""
    try:
        connection = connect(client)
    except Problems as problems:
        return None, [Finding("bot token", False, "Slack refuses it", problems.sentences[0])]
    except DeliveryFailure as failure:
        return None, [_not_asked("bot token", failure)]
    found = f"opens {connection.team} ({connection.team_id})"
    checks = [Finding("bot token", True, found), _scopes(connection)]
    return connection, [*checks, *_clock(call(client.auth_test).headers)]


def check_app_token(token: str, base_url: str) -> Finding:
    """Whether Socket Mode can be opened."""
    try:
        verify_app_token(token, base_url)
    except Problems as problems:
        return Finding("app token", False, "Slack refuses it", problems.sentences[0])
    except DeliveryFailure as failure:
        return _not_asked("app token", failure)
    return Finding("app token", True, "opens Socket Mode")


def check_channel(client: WebClient, programme: Programme) -> Finding:
    """Whether the bot can post in the programme's coordination channel."""
    subject = f"channel of {programme.name}"
    channel = programme.channel
    if channel is None:
        return Finding(subject, True, "none: it only keeps imported documents")
    try:
        info = call(lambda: client.conversations_info(channel=channel))["channel"]
    except RateLimited as failure:
        return _not_asked(subject, failure)
    except SenderRefused as failure:
        return Finding(subject, False, str(failure), "Put the bot token right first.")
    except NotDelivered as failure:
        return Finding(
            subject,
            False,
            f"{channel}: {failure}",
            "Check the channel's id in the programme's file, and invite the bot to a private"
            " channel.",
        )
    except DeliveryFailure as failure:
        return Finding(subject, False, str(failure), "Slack did not answer: try again.")
    name = f"#{info.get('name', channel)}"
    if info.get("is_archived"):
        return Finding(subject, False, f"{name} is archived", "Unarchive it or name another.")
    if not info.get("is_member"):
        return Finding(subject, False, f"the bot is not in {name}", f"Type /invite in {name}.")
    return Finding(subject, True, f"the bot is in {name}")


def _not_asked(subject: str, failure: DeliveryFailure) -> Finding:
    if isinstance(failure, RateLimited):
        return Finding(subject, False, str(failure), "Run this again in a minute.")
    advice = "Check this machine's network, its proxy and SLACK_API_URL."
    return Finding(subject, False, str(failure), advice)


def _scopes(connection: Connection) -> Finding:
    if not connection.scopes:
        return Finding("scopes", True, "Slack does not tell them here")
    missing = sorted(set(NEEDED_SCOPES) - connection.scopes)
    if not missing:
        return Finding("scopes", True, f"all {len(NEEDED_SCOPES)} are granted")
    wanted = "; ".join(f"{scope} {NEEDED_SCOPES[scope]}" for scope in missing)
    return Finding(
        "scopes",
        False,
        f"missing: {', '.join(missing)}",
        f"Add them under “OAuth & Permissions” and install the app again ({wanted}).",
    )


def _clock(headers: Mapping[str, str]) -> Iterator[Finding]:
    date = next((value for name, value in headers.items() if name.lower() == "date"), None)
    if date is None:
        return
    seconds = (datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds()
    well = abs(seconds) <= _LARGEST_DIFFERENCE
    yield Finding(
        "clock",
        well,
        f"{abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} Slack's",
        "" if well else "Set this machine's clock: reminders would come at the wrong time.",
    )
