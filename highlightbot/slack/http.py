"""HTTP mode: Slack calls `/slack/events`, and every request is checked for its signature.

https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

import time
from collections.abc import Callable

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from highlightbot.slack.payloads import payload_of

_LARGEST_BODY = 5_000_000
_LONGEST_TIMESTAMP = 12


def events_route(
    app: App, signing_secret: str, answered: Callable[[float], None] = lambda seconds: None
) -> Route:
    """The address at which Slack's requests are handed to Bolt, off the event loop.

    What Bolt is given is a payload as it comes in Socket Mode, whose origin is certain.
    ``answered`` is told how many seconds passed from a request's arrival to its answer.
    """
    verifier = SignatureVerifier(signing_secret)

    async def events(request: Request) -> Response:
        if not _is_plausible(request):
            return _UNSIGNED
        arrived = time.perf_counter()
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        if not _is_signed(verifier, request, body):
            return _UNSIGNED
        try:
            payload = payload_of(body)
        except ValueError:
            return PlainTextResponse("neither a form nor JSON", status_code=400)
        response = await run_in_threadpool(
            app.dispatch, BoltRequest(body=payload, mode="socket_mode")
        )
        answered(time.perf_counter() - arrived)
        return to_starlette_response(response)

    return Route("/slack/events", events, methods=["POST"])


_UNSIGNED = PlainTextResponse("invalid request", status_code=401)


async def _body(request: Request) -> bytes | None:
    """The body, None as soon as it is larger than anything that Slack sends."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            return None
    return bytes(body)


def _is_plausible(request: Request) -> bool:
    """Whether the headers are such that the SDK can check them: it raises on others."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    return (
        timestamp.isascii()
        and timestamp.isdecimal()
        and len(timestamp) <= _LONGEST_TIMESTAMP
        and signature.isascii()
    )


def _is_signed(verifier: SignatureVerifier, request: Request, body: bytes) -> bool:
    try:
        return verifier.is_valid(
            body,
            request.headers["x-slack-request-timestamp"],
            request.headers["x-slack-signature"],
        )
    except UnicodeDecodeError:  # the SDK signs text alone, and so does Slack
        return False
