"""The control API, `/control/faults`: orders faults for the app's calls and deliveries.

It is the playground's own and no part of Slack. Like all of the playground it is reached from
this machine only.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.json_object import read_json
from highlightbot.playground.ordering import read_order, tell_order

MOST_BYTES = 100_000


class Control:
    """POST orders faults in place of those before, GET tells them, DELETE ends them."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def faults(self, request: Request) -> Response:
        """Answer with the faults then ordered; 400 or 415 with a sentence if the body is wrong."""
        if request.method == "DELETE":
            self._installation.order_faults(())
        elif request.method == "POST":
            # A page of another site can send a form or plain text across, not this content type.
            content_type = request.headers.get("content-type", "").partition(";")[0]
            if content_type.strip().lower() != "application/json":
                return _refusal("send JSON, as application/json", 415)
            try:
                body = await _body(request)
                faults, seed = read_order(read_json(body))
            except (ApiError, ValueError) as error:
                return _refusal(str(error), 400)
            self._installation.order_faults(faults, seed)
        return JSONResponse(tell_order(self._installation.ordered))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ValueError("that is too long")
    return bytes(body)


def _refusal(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status)
