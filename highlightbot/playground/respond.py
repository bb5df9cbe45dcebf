"""The endpoint of response URLs, `/respond/{key}`."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from highlightbot.playground.answering import post_answer
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.rules import Violation
from highlightbot.playground.web_api.body import read_arguments


class Respond:
    """Takes the app's answers. Refusals are Slack's words as plain text, with 404 or 400."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def endpoint(self, request: Request) -> Response:
        """Show one answer, or refuse it."""
        started = time.monotonic()
        status, text = 200, "ok"
        body: Mapping[str, Any] = {}
        violations: Sequence[Violation] = ()
        try:
            body = await read_arguments(request)
            target = self._installation.response_urls.use(request.path_params["key"])
            await run_in_threadpool(post_answer, self._installation, target, body)
        except LookupError as error:
            status, text = 404, str(error.args[0])
        except ApiError as error:
            status, text, violations = 400, error.code, error.violations
        self._installation.log.add(
            "response_url", request.path_params["key"], body, {"status": status, "text": text},
            time.monotonic() - started, problem=None if status == 200 else text,
            violations=violations,
        )  # fmt: skip
        return PlainTextResponse(text, status)
