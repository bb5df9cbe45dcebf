"""HTTP mode: Slack calls `/slack/events`, and every request is checked for its signature.

https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_LARGEST_BODY = 5_000_000


def http_app(app: App) -> Starlette:
    """The web application that hands Slack's requests to Bolt, off the event loop."""

    async def events(request: Request) -> Response:
        if not _is_plausible(request):
            return PlainTextResponse("invalid request", status_code=401)
        try:
            bolt_request = to_bolt_request(request, await request.body())
        except UnicodeDecodeError:
            return PlainTextResponse("the body is no text", status_code=400)
        response: BoltResponse = await run_in_threadpool(app.dispatch, bolt_request)
        return to_starlette_response(response)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


def _is_plausible(request: Request) -> bool:
    """Whether the headers are such that the SDK can check them: it raises on others."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    length = request.headers.get("content-length", "0")
    return (
        timestamp.isascii()
        and timestamp.isdecimal()
        and signature.isascii()
        and length.isdecimal()
        and int(length) <= _LARGEST_BODY
    )
