"""HTTP mode: Slack calls `/slack/events`, and every request is checked for its signature.

https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_LARGEST_BODY = 5_000_000
_WORKERS = 20


def http_app(app: App) -> Starlette:
    """The web application that hands Slack's requests to Bolt, off the event loop."""
    workers = ThreadPoolExecutor(_WORKERS, "slack-request")

    def answer(request: Request, body: bytes) -> Response:
        try:
            asked = bolt_request(request.headers, body)
        except ValueError:
            return PlainTextResponse("neither a form nor JSON", status_code=400)
        return to_starlette_response(app.dispatch(asked))

    async def events(request: Request) -> Response:
        if not _is_plausible(request):
            return PlainTextResponse("invalid request", status_code=401)
        body = await request.body()
        return await asyncio.get_running_loop().run_in_executor(workers, answer, request, body)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


def bolt_request(headers: Mapping[str, str], body: bytes) -> BoltRequest:
    """What Bolt is to check and dispatch. ValueError for a body that is no form and no JSON."""
    signed = body.decode("utf-8")
    request = BoltRequest(body=_without_form(signed), headers=dict(headers))
    request.raw_body = signed
    return request


def _without_form(body: str) -> str:
    """The JSON of an interaction, which comes as the one field of a form; else the body itself.

    Bolt reads both, but needs longer to decode the form than for everything else that it does:
    half of a form that holds JSON is escapes, nearly all of them of a few characters.
    """
    field = "payload="
    if not body.startswith(field) or "&" in body:
        return body
    json = body[len(field) :]
    for escape, character in _ESCAPES.items():
        json = json.replace(escape, character)
    return unquote(json)


_ESCAPES = {
    "+": " ",
    "%22": '"',
    "%2C": ",",
    "%3A": ":",
    "%5B": "[",
    "%5C": "\\",
    "%5D": "]",
    "%7B": "{",
    "%7D": "}",
}
"""What JSON is made of. A percent sign is not among them: its escape may stand before digits."""


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
