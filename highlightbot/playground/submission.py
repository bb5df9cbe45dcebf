"""What a modal does with the app's answer to its submission.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Mapping
from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.interactions import Outcome
from highlightbot.playground.rules import Violation
from highlightbot.playground.view_content import read_view
from highlightbot.playground.views import View

TROUBLE = "We had some trouble connecting. Try again?"
_SOURCE = "https://docs.slack.dev/surfaces/modals"


def after_submission(
    installation: Installation, view: View, answer: Mapping[str, Any] | None
) -> Outcome:
    """Carry out `response_action`; an empty answer closes the view. Any other keeps it open.

    Nothing is shown to a person who has left the view in the meantime.
    """
    try:
        with installation.workspace.lock:
            if installation.views.find(view.id) is None:
                return Outcome()
            return _carry_out(installation, view, answer or {})
    except ApiError as error:
        installation.log.add(
            "interaction", "view_submission", answer or {}, None, 0.0,
            problem=f"answer refused: {error}", violations=error.violations,
        )  # fmt: skip
        return Outcome(False, TROUBLE)


def _carry_out(installation: Installation, view: View, answer: Mapping[str, Any]) -> Outcome:
    action = answer.get("response_action")
    if not answer:
        installation.views.close(view.id)
    elif action == "clear":
        installation.views.close(view.id, all_of_stack=True)
    elif action == "update":
        installation.views.update(_modal(installation, answer), view.id)
    elif action == "push":
        installation.views.push(view.user_id, _modal(installation, answer))
    elif action == "errors":
        errors = _field_errors(view, answer.get("errors"))
        installation.views.show_errors(view.id, errors)
        return Outcome(False, field_errors=errors)
    else:
        raise _refusal("/response_action", "must be one of: errors, update, push, clear")
    return Outcome()


def _modal(installation: Installation, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    return read_view(answer.get("view"), installation.workspace.app.scopes, "modal")


def _field_errors(view: View, errors: Any) -> Mapping[str, str]:
    if not isinstance(errors, dict) or not errors:
        raise _refusal("/errors", "must be an object with at least one block_id")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    for block_id, text in errors.items():
        if block_id not in inputs:
            raise _refusal(f"/errors/{block_id}", "is no input block of the view")
        if not isinstance(text, str) or not text:
            raise _refusal(f"/errors/{block_id}", "must be a non-empty string")
    return errors


def _refusal(pointer: str, message: str) -> ApiError:
    return ApiError("invalid_arguments", [Violation(pointer, message, _SOURCE)])
