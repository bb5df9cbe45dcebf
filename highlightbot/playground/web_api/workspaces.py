"""The methods about the app and its workspace: `auth`, `api`, `apps`, `bots`, `team`."""

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.web_api.arguments import Arguments, optional
from highlightbot.playground.web_api.method import Body, Method


def _auth_test(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    app, team = workspace.app, workspace.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": app.name,
        "team_id": team.id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def _api_test(installation: Installation, arguments: Arguments) -> Body:
    told = {name: value for name, value in arguments.items() if name != "token"}
    if (error := optional(arguments, "error")) is not None:
        raise ApiError(error, args=told)
    return {"args": told}


def _connections_open(installation: Installation, arguments: Arguments) -> Body:
    ticket = installation.socket_mode.issue_ticket()
    address = installation.base_url.replace("http", "ws", 1)
    app_id = installation.workspace.app.app_id
    return {"url": f"{address}/socket?ticket={ticket}&app_id={app_id}"}


def _bots_info(installation: Installation, arguments: Arguments) -> Body:
    app = installation.workspace.app
    if (optional(arguments, "bot") or app.bot_id) != app.bot_id:
        raise ApiError("bot_not_found")
    return {
        "bot": {
            "id": app.bot_id,
            "deleted": False,
            "name": app.name,
            "updated": 0,
            "app_id": app.app_id,
            "user_id": app.bot_user_id,
            "icons": {},
        }
    }


def _team_info(installation: Installation, arguments: Arguments) -> Body:
    team = installation.workspace.team
    if (optional(arguments, "team") or team.id) != team.id:
        raise ApiError("team_not_found")
    told = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}
    return {"team": told}


METHODS = (
    Method("auth.test", _auth_test),
    Method("api.test", _api_test, token="none"),
    # https://docs.slack.dev/reference/scopes/connections.write
    Method("apps.connections.open", _connections_open, "connections:write", token="app"),
    Method("bots.info", _bots_info, "users:read"),
    Method("team.info", _team_info, "team:read"),
)
