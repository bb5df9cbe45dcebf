"""Who is in the workspace: its team, its people, and the one app that is installed in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace."""

    id: str = "T0PLAYGRND"
    name: str = "Playground"
    domain: str = "playground"


@dataclass(frozen=True, slots=True)
class User:
    """A person, or an app's bot user.

    `name` is the handle, `real_name` what is shown, `tz` an IANA zone name, `away` whether they
    have marked themselves so.
    """

    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Europe/London"
    is_bot: bool = False
    deleted: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class AppProfile:
    """The app as an administrator configured it.

    `scopes` are the bot token's, `app_token_scopes` the app-level token's; `commands` are slash
    commands with their slash; `shortcuts` the callback ids of global shortcuts and of those on
    messages; `events` the bot events subscribed to (`app_mention`, `message.im`,
    `app_home_opened` …).
    """

    name: str = "highlightbot"
    app_id: str = "A0HIGHLIGHT"
    bot_id: str = "B0HIGHLIGHT"
    bot_user_id: str = "U0HIGHLIGHT"
    bot_token: str = "xoxb-playground-bot"
    app_token: str = "xapp-1-playground-app"
    signing_secret: str = "playground-signing-secret"
    verification_token: str = "playground-verification"
    scopes: frozenset[str] = frozenset(
        {
            "app_mentions:read",
            "channels:read",
            "chat:write",
            "commands",
            "im:history",
            "im:write",
            "users:read",
            "users:read.email",
        }
    )
    app_token_scopes: frozenset[str] = frozenset({"connections:write"})
    commands: tuple[str, ...] = ()
    shortcuts: tuple[str, ...] = ()
    events: frozenset[str] = frozenset({"app_mention", "message.im", "app_home_opened"})
    messages_tab: bool = True


def user_object(user: User, team: Team, now: datetime, *, with_email: bool) -> Mapping[str, Any]:
    """A user as `users.info` tells it. `email` needs the scope `users:read.email`.

    https://docs.slack.dev/reference/objects/user-object
    """
    zone = ZoneInfo(user.tz)
    offset = now.astimezone(zone).utcoffset()
    profile: dict[str, Any] = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "team": team.id,
    }
    if with_email and user.email:
        profile["email"] = user.email
    return {
        "id": user.id,
        "team_id": team.id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": now.astimezone(zone).tzname(),
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
