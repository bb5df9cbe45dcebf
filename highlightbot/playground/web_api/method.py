"""A Web API method: what it needs, and what it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.web_api.arguments import Arguments

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """`answer` gives the body without `ok`, or raises ApiError. `scope` is what its token needs,
    if anything; methods whose scope depends on the conversation ask for it themselves.
    """

    name: str
    answer: Callable[[Installation, Arguments], Body]
    scope: str | None = None
    token: Literal["bot", "app", "none"] = "bot"


def need_scope(installation: Installation, *scopes: str) -> None:
    """Raise ApiError `missing_scope` unless the bot token has one of the scopes."""
    _need(installation.workspace.app.scopes, scopes)


def need_scope_of(installation: Installation, method: Method) -> None:
    """Raise ApiError `missing_scope` unless the method's token has the scope that it needs."""
    if method.scope is not None:
        _need(_granted(installation, method), [method.scope])


def scopes_header(installation: Installation, method: Method) -> Mapping[str, str]:
    """What Slack says about scopes in the headers of each answer."""
    headers = {"x-oauth-scopes": ",".join(sorted(_granted(installation, method)))}
    if method.scope is not None:
        headers["x-accepted-oauth-scopes"] = method.scope
    return headers


def _granted(installation: Installation, method: Method) -> frozenset[str]:
    app = installation.workspace.app
    return app.app_token_scopes if method.token == "app" else app.scopes


def _need(granted: frozenset[str], scopes: Sequence[str]) -> None:
    if granted.isdisjoint(scopes):
        needed = ",".join(scopes)
        raise ApiError("missing_scope", needed=needed, provided=",".join(sorted(granted)))
