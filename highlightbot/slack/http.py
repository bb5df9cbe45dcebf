"""HTTP mode: Slack calls `/slack/events`, and every request is checked for its signature.

https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_LARGEST_BODY = 5_000_000
_LONGEST_TIMESTAMP = 12


def http_app(app: App) -> Starlette:
    """The web application that hands Slack's requests to Bolt, off the event loop."""

    def answer(request: Request, body: bytes) -> Response:
        try:
            asked = BoltRequest(body=body.decode("utf-8"), headers=dict(request.headers))
        except ValueError:
            return PlainTextResponse("neither a form nor JSON", status_code=400)
        return to_starlette_response(app.dispatch(asked))

    async def events(request: Request) -> Response:
        if not _is_plausible(request):
            return PlainTextResponse("invalid request", status_code=401)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        return await run_in_threadpool(answer, request, body)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


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
