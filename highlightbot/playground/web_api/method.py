"""A Web API method: what it needs, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.web_api.arguments import Arguments

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """`answer` gives the body without `ok`, or raises ApiError. `scope` is what the bot token
    needs, if anything; methods whose scope depends on the conversation ask for it themselves.
    """

    name: str
    answer: Callable[[Installation, Arguments], Answer]
    scope: str | None = None
    token: Literal["bot", "app", "none"] = "bot"


def need_scope(installation: Installation, *scopes: str) -> None:
    """Raise ApiError `missing_scope` unless the bot token has one of the scopes."""
    provided = installation.workspace.app.scopes
    if not provided.intersection(scopes):
        needed = ",".join(scopes)
        raise ApiError("missing_scope", needed=needed, provided=",".join(sorted(provided)))


def scopes_header(installation: Installation, method: Method) -> Mapping[str, str]:
    """What Slack says about scopes in the headers of each answer."""
    headers = {"x-oauth-scopes": ",".join(sorted(installation.workspace.app.scopes))}
    if method.scope is not None:
        headers["x-accepted-oauth-scopes"] = method.scope
    return headers
