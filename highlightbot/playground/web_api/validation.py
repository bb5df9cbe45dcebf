"""The method `blocks.validate`. https://docs.slack.dev/reference/methods/blocks.validate"""

from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.json_object import read_json
from highlightbot.playground.rules import Violation, check_message, check_view
from highlightbot.playground.web_api.arguments import Arguments
from highlightbot.playground.web_api.method import Body, Method

_SOURCE = "https://docs.slack.dev/reference/methods/blocks.validate"


def _validate(installation: Installation, arguments: Arguments) -> Body:
    given = [name for name in ("blocks", "view", "message") if arguments.get(name) is not None]
    if len(given) != 1:
        words = "must provide exactly one of `blocks`, `view`, or `message`"
        raise ApiError("invalid_arguments", [Violation("", words, _SOURCE)])
    (name,) = given
    payload = _parsed(arguments[name])
    violations = _check(name, payload)
    if violations:
        errors = [
            {"code": "failed_constraint", "message": one.message, "pointer": one.pointer}
            for one in violations
        ]
        raise ApiError(f"invalid_{name}", violations, errors=errors)
    return {}


def _check(name: str, payload: Any) -> list[Violation]:
    if name == "blocks":
        if not isinstance(payload, list):
            return [Violation("", "must provide an array", _SOURCE)]
        found = check_message({"blocks": payload})
        return [
            Violation(one.pointer.removeprefix("/blocks"), one.message, one.source) for one in found
        ]
    if not isinstance(payload, dict):
        return [Violation("", "must provide an object", _SOURCE)]
    return check_view(payload) if name == "view" else check_message(payload)


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ApiError:
        raise ApiError("invalid_arguments") from None


METHODS = (Method("blocks.validate", _validate),)
