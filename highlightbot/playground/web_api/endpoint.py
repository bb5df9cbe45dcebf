"""The endpoint `/api/{method}`: body, token, scope, faults, answer, log."""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from highlightbot.playground.errors import ApiError
from highlightbot.playground.faults import Fault
from highlightbot.playground.installation import Installation
from highlightbot.playground.postponed import Postponed
from highlightbot.playground.rules import Violation
from highlightbot.playground.web_api import (
    channels,
    chat,
    conversations,
    direct_messages,
    dnd,
    files,
    history,
    membership,
    reactions,
    scheduling,
    users,
    validation,
    views,
    workspaces,
)
from highlightbot.playground.web_api.arguments import Arguments, optional
from highlightbot.playground.web_api.body import read_arguments
from highlightbot.playground.web_api.method import Method, need_scope_of, scopes_header
from highlightbot.playground.web_api.places import with_one_name

FAMILIES = (
    channels,
    chat,
    conversations,
    direct_messages,
    dnd,
    files,
    history,
    membership,
    reactions,
    scheduling,
    users,
    validation,
    views,
    workspaces,
)
METHODS: Mapping[str, Method] = {
    method.name: method for family in FAMILIES for method in family.METHODS
}

_log = logging.getLogger(__name__)


class WebApi:
    """Answers calls in threads of its own, so that page requests that wait cannot hold it up."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._threads = ThreadPoolExecutor(8, "playground-api")
        self._late = Postponed()

    def stop(self) -> None:
        """Let the threads go."""
        self._late.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def endpoint(self, request: Request) -> Response:
        """Answer one call. Slack's errors come with HTTP 200, as Slack's do."""
        try:
            return await self._respond(request)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:  # noqa: BLE001 - the outermost boundary of a call
            # A fault of ours is Slack's `fatal_error` to the app; the playground stays up.
            _log.exception("%s failed", request.path_params["method"])
            return _json({"ok": False, "error": "fatal_error"}, 200)

    async def _respond(self, request: Request) -> Response:
        name = request.path_params["method"]
        method = METHODS.get(name)
        headers = scopes_header(self._installation, method) if method else {}
        started = time.monotonic()
        arguments: Arguments = {}
        violations: Sequence[Violation] = ()
        fault: Fault | None = None
        problems = []
        try:
            arguments = await read_arguments(request)
            if method is None:
                raise ApiError("unknown_method", req_method=name)
            self._authorise(method, request, arguments)
            addressed = with_one_name(self._installation, arguments)
            fault = self._installation.faults(name, addressed)
            if fault is not None and fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
                fault, problems = None, ["fault: slow"]
            if fault is not None and not fault.accepted:
                if fault.kind == "late":
                    self._carry_out_later(fault.seconds, method, arguments)
                return await self._strike(fault, request, name, arguments, None)
            body = await asyncio.get_running_loop().run_in_executor(
                self._threads, self._answer, method, arguments
            )
        except ApiError as error:
            body, violations = error.body(), error.violations
        if fault is not None:
            return await self._strike(fault, request, name, arguments, body)
        if not body["ok"]:
            problems.append(body["error"])
        self._installation.log.add(
            "call", name, _without_token(arguments), body, time.monotonic() - started,
            problem="; ".join(problems) or None, violations=violations,
        )  # fmt: skip
        return _json(body, 200, headers)

    def _answer(self, method: Method, arguments: Arguments) -> Mapping[str, Any]:
        return {"ok": True, **method.answer(self._installation, arguments)}

    def _carry_out_later(self, seconds: float, method: Method, arguments: Arguments) -> None:
        started = time.monotonic()

        def carry_out() -> None:
            violations: Sequence[Violation] = ()
            try:
                body = self._answer(method, arguments)
            except ApiError as error:
                body, violations = error.body(), error.violations
            self._installation.log.add(
                "call", method.name, _without_token(arguments), body, time.monotonic() - started,
                problem="fault: late, carried out now", violations=violations,
            )  # fmt: skip

        self._late.call(seconds, carry_out)

    def _authorise(self, method: Method, request: Request, arguments: Arguments) -> None:
        if method.token == "none":
            return
        app = self._installation.workspace.app
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        given = token.strip() if scheme.lower() == "bearer" else optional(arguments, "token")
        if not given:
            raise ApiError("not_authed")
        if given not in {app.bot_token, app.app_token}:
            raise ApiError("invalid_auth")
        if given != (app.app_token if method.token == "app" else app.bot_token):
            raise ApiError("not_allowed_token_type")
        need_scope_of(self._installation, method)

    async def _strike(
        self,
        fault: Fault,
        request: Request,
        name: str,
        arguments: Arguments,
        body: Mapping[str, Any] | None,
    ) -> Response:
        """The one place where an ordered fault happens; `body` is what a carried-out call gave."""
        done = "carried out" if body and body["ok"] else "not carried out"
        self._installation.log.add(
            "call", name, _without_token(arguments), body, 0.0,
            problem=f"fault: {fault.kind}, {done}",
        )  # fmt: skip
        if fault.kind == "rate_limited":
            headers = {"Retry-After": str(fault.retry_after)}
            return _json({"ok": False, "error": "ratelimited"}, 429, headers)
        if fault.kind == "reset":
            request.state.transport.abort()
            return Response()
        if fault.kind == "hang":
            await _until_gone(request, fault.seconds)
            return _json(body, 200) if body is not None else Response(status_code=503)
        return Response(HTTPStatus(fault.status).phrase, status_code=fault.status)


async def _until_gone(request: Request, seconds: float) -> None:
    """Wait so long, or until the caller has given up."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                pass


def _without_token(arguments: Arguments) -> Arguments:
    return {name: value for name, value in arguments.items() if name != "token"}


def _json(
    body: Mapping[str, Any], status: int, headers: Mapping[str, str] | None = None
) -> Response:
    dated = {**(headers or {}), "Date": formatdate(usegmt=True)}
    return Response(json.dumps(body), status, dated, media_type="application/json; charset=utf-8")
