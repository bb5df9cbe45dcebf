"""The `views.*` methods."""

from collections.abc import Mapping
from typing import Any, Literal

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.payloads import view_object
from highlightbot.playground.view_content import read_view
from highlightbot.playground.views import View
from highlightbot.playground.web_api.arguments import Arguments, optional, refusal, required
from highlightbot.playground.web_api.method import Body, Method


def _open(installation: Installation, arguments: Arguments) -> Body:
    trigger_id = required(arguments, "trigger_id")
    payload = _view(installation, arguments, "modal")
    with installation.workspace.lock:
        user_id = installation.triggers.exchange(trigger_id)
        replaced = installation.views.stack(user_id)
        view = installation.views.open(user_id, payload)
    if replaced:
        installation.log.add(
            "interaction", "views.open", {"trigger_id": trigger_id}, None, 0.0,
            problem="it takes the place of an open modal; views.push would keep that",
        )  # fmt: skip
    return _answer(installation, view)


def _push(installation: Installation, arguments: Arguments) -> Body:
    trigger_id = required(arguments, "trigger_id")
    payload = _view(installation, arguments, "modal")
    with installation.workspace.lock:
        user_id = installation.triggers.exchange(trigger_id, to_push=True)
        return _answer(installation, installation.views.push(user_id, payload))


def _update(installation: Installation, arguments: Arguments) -> Body:
    view_id = optional(arguments, "view_id")
    external_id = optional(arguments, "external_id")
    if not view_id and not external_id:
        raise refusal("missing required field: view_id")
    payload = _view(installation, arguments, "modal", "home")
    view_hash = optional(arguments, "hash")
    return _answer(
        installation, installation.views.update(payload, view_id, external_id, view_hash)
    )


def _publish(installation: Installation, arguments: Arguments) -> Body:
    user_id = required(arguments, "user_id")
    payload = _view(installation, arguments, "home")
    person = installation.workspace.people.get(user_id)
    if person is None or person.is_bot or person.deleted:
        raise ApiError("user_not_found")
    view_hash = optional(arguments, "hash")
    return _answer(installation, installation.views.publish(user_id, payload, view_hash))


def _view(
    installation: Installation, arguments: Arguments, *types: Literal["modal", "home"]
) -> Mapping[str, Any]:
    return read_view(arguments.get("view"), installation.workspace.app.scopes, *types)


def _answer(installation: Installation, view: View) -> Body:
    workspace = installation.workspace
    return {"view": view_object(view, workspace.team, workspace.app)}


METHODS = (
    Method("views.open", _open),
    Method("views.push", _push),
    Method("views.update", _update),
    Method("views.publish", _publish),
)
