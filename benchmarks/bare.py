"""The smallest Bolt apps: one listener that acknowledges a submission and stores nothing.

`python -m benchmarks.bare PORT API_URL` serves one with Bolt's default settings.
"""

import sys

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.adapter.starlette.handler import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.office import CONNECTION, SIGNING_SECRET, TOKEN
from highlightbot.slack import ids


def default_app(api_url: str) -> App:
    """With Bolt's default settings; asks `auth.test` at that address."""
    app = App(client=WebClient(TOKEN, base_url=api_url), signing_secret=SIGNING_SECRET)
    _acknowledge(app)
    return app


def quick_app() -> App:
    """With the settings of this program's app, the quickest that Bolt has."""
    app = empty_app()
    _acknowledge(app)
    return app


def empty_app() -> App:
    """The same without the listener."""
    authorization = CONNECTION.authorization()
    return App(
        client=WebClient(),
        authorize=lambda: authorization,
        signing_secret=SIGNING_SECRET,
        process_before_response=True,
    )


def _acknowledge(app: App) -> None:
    @app.view(ids.REVIEW)
    def submitted(ack: Ack) -> None:
        ack()


def _serve(port: int, api_url: str) -> None:
    handler = SlackRequestHandler(default_app(api_url))

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    web_app = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    uvicorn.run(
        web_app, host="127.0.0.1", port=port, log_level="warning", lifespan="off", ws="none"
    )


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
