"""The `users.*` methods."""

from dataclasses import replace

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.people import User, user_object
from highlightbot.playground.web_api.arguments import Arguments, optional, required
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.pages import page_of


def _info(installation: Installation, arguments: Arguments) -> Body:
    found = installation.workspace.people.get(optional(arguments, "user") or "")
    if found is None:
        raise ApiError("user_not_found")
    return {"user": _told(installation, found)}


def _profile(installation: Installation, arguments: Arguments) -> Body:
    user_id = optional(arguments, "user") or installation.workspace.app.bot_user_id
    return {"profile": _info(installation, {"user": user_id})["user"]["profile"]}


def _list(installation: Installation, arguments: Arguments) -> Body:
    people = list(installation.workspace.people.values())
    page, cursor = page_of(people, arguments, default=max(len(people), 1), most=1000)
    return {
        "members": [_told(installation, one) for one in page],
        "cache_ts": int(installation.workspace.clock.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def _lookup_by_email(installation: Installation, arguments: Arguments) -> Body:
    email = required(arguments, "email").casefold()
    for user in installation.workspace.people.values():
        if user.email and user.email.casefold() == email and not user.deleted:
            return {"user": _told(installation, user)}
    raise ApiError("users_not_found")


def _get_presence(installation: Installation, arguments: Arguments) -> Body:
    """Active or away; of the app itself, also why.

    An app without the RTM API has no client, and `presence` is away, whatever people are shown.
    https://docs.slack.dev/apis/web-api/user-presence-and-status
    """
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    found = workspace.people.get(optional(arguments, "user") or bot)
    if found is None:
        raise ApiError("user_not_found")
    if found.id != bot:
        is_there = not (found.is_bot or found.deleted or found.away)
        return {"presence": "active" if is_there else "away"}
    return {
        "presence": "away",
        "online": False,
        "auto_away": False,
        "manual_away": found.away,
        "connection_count": 0,
    }


def _set_presence(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    presence = required(arguments, "presence")
    if presence not in {"auto", "away"}:
        raise ApiError("invalid_presence")
    with workspace.lock:
        bot = workspace.user(workspace.app.bot_user_id)
        workspace.put_user(replace(bot, away=presence == "away"))
    return {}


def _told(installation: Installation, user: User) -> Body:
    workspace = installation.workspace
    with_email = "users:read.email" in workspace.app.scopes
    return dict(user_object(user, workspace.team, workspace.clock.now(), with_email=with_email))


METHODS = (
    Method("users.info", _info, "users:read"),
    Method("users.profile.get", _profile, "users.profile:read"),
    Method("users.list", _list, "users:read"),
    Method("users.lookupByEmail", _lookup_by_email, "users:read.email"),
    Method("users.getPresence", _get_presence, "users:read"),
    Method("users.setPresence", _set_presence, "users:write"),
)
