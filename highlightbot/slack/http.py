"""HTTP mode: Slack calls `/slack/events`, and every request is checked for its signature.

https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from highlightbot.slack.payloads import payload_of

_LARGEST_BODY = 5_000_000
_LONGEST_TIMESTAMP = 12


def http_app(app: App, signing_secret: str) -> Starlette:
    """The web application that hands Slack's requests to Bolt, off the event loop.

    What Bolt is given is a payload as it comes in Socket Mode, whose origin is certain.
    """
    verifier = SignatureVerifier(signing_secret)

    async def events(request: Request) -> Response:
        if not _is_plausible(request):
            return _UNSIGNED
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
        return to_starlette_response(response)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


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
