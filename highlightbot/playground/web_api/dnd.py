"""The `dnd.*` methods: when a person does not want to be disturbed."""

from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.web_api.arguments import Arguments, names_in, optional
from highlightbot.playground.web_api.method import Body, Method

MOST_USERS = 50


def _info(installation: Installation, arguments: Arguments) -> Body:
    user_id = optional(arguments, "user") or installation.workspace.app.bot_user_id
    if user_id not in installation.workspace.people:
        raise ApiError("user_not_found")
    return _told(installation, user_id)


def _team_info(installation: Installation, arguments: Arguments) -> Body:
    user_ids = names_in(arguments, "users")
    if not user_ids:
        raise ApiError("no_users_provided")
    if len(user_ids) > MOST_USERS:
        raise ApiError("too_many_users")
    known = [one for one in user_ids if one in installation.workspace.people]
    return {"users": {one: _told(installation, one) for one in known}, "cached": False}


def _told(installation: Installation, user_id: str) -> dict[str, Any]:
    quiet = installation.workspace.quiet_hours.get(user_id)
    return {
        "dnd_enabled": quiet is not None,
        "next_dnd_start_ts": int(quiet[0].timestamp()) if quiet else 1,
        "next_dnd_end_ts": int(quiet[1].timestamp()) if quiet else 1,
    }


METHODS = (
    Method("dnd.info", _info, "dnd:read"),
    Method("dnd.teamInfo", _team_info, "dnd:read"),
)
