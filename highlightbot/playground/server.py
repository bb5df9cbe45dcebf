"""The running playground: Starlette under uvicorn in a thread, on 127.0.0.1."""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route, WebSocketRoute
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from highlightbot.playground.control import Control
from highlightbot.playground.local_slack import LocalSlack
from highlightbot.playground.page.routes import page_routes
from highlightbot.playground.respond import Respond
from highlightbot.playground.transfers import Transfers
from highlightbot.playground.web_api import WebApi

_HOST = "127.0.0.1"
_BEGUN_WITHIN = 30
_STOP_WITHIN = 2
_LOOK_EVERY = 0.001


@dataclass(frozen=True, slots=True)
class Jump:
    """A button beside the clock, such as "To the period's end", and where it leads."""

    label: str
    at: datetime


class Playground:
    """A local Slack that can be reached: its page, Web API, sockets and response URLs.

    It binds to loopback only, and at once: a port that is taken raises OSError. `port` 0 takes a
    free one. It is no security boundary.
    """

    def __init__(
        self,
        slack: LocalSlack,
        *,
        port: int = 0,
        jumps: Callable[[], Sequence[Jump]] = tuple,
    ) -> None:
        self.slack = slack
        self._socket = socket.create_server((_HOST, port))
        self._web_api = WebApi(slack.installation)
        config = _config([*self._routes(), *page_routes(slack, jumps)])
        self._server = _Server(config, wake=slack.installation.workspace.changed)
        self._thread = threading.Thread(target=self._run, name="playground", daemon=True)
        slack.installation.base_url = self.url.rstrip("/")

    @property
    def url(self) -> str:
        """The page."""
        return f"http://{_HOST}:{self._port}/"

    @property
    def api_url(self) -> str:
        """The Web API's base URL, for `SLACK_API_URL`."""
        return f"{self.url}api/"

    def start(self) -> None:
        """Serve. Whoever connects from now on is answered."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving, close every connection, deliver nothing more. It cannot start again."""
        self.slack.installation.stop()
        if self._thread.is_alive():
            self._server.stop()
            self._thread.join()
        self._web_api.stop()
        self._socket.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def _port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    def _routes(self) -> list[BaseRoute]:
        installation = self.slack.installation
        transfers = Transfers(installation)
        return [
            Route("/api/{method}", self._web_api.endpoint, methods=["GET", "POST"]),
            Route("/respond/{key}", Respond(installation).endpoint, methods=["POST"]),
            Route(
                "/control/faults",
                Control(installation).faults,
                methods=["GET", "POST", "DELETE"],
            ),
            Route("/upload/{key}", transfers.upload, methods=["POST", "PUT"]),
            Route("/files/{file_id}/content", transfers.download),
            WebSocketRoute("/socket", installation.socket_mode.endpoint),
        ]

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


class _Server(uvicorn.Server):
    """Stops when told, and as soon as all are answered, rather than at its next look at a flag.

    `wake` ends what somebody waits for: it is called when there is no new connection any more.
    """

    def __init__(self, config: uvicorn.Config, wake: Callable[[], None]) -> None:
        super().__init__(config)
        self._wake = wake
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        self._wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(_STOP_WITHIN):
                while self.server_state.connections or self.server_state.tasks:
                    await asyncio.sleep(_LOOK_EVERY)
        for task in self.server_state.tasks:
            task.cancel()
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    def stop(self) -> None:
        """From any thread, once the server's own has been started."""
        if self._ready.wait(_BEGUN_WITHIN) and self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)


class _Protocol(HttpToolsProtocol):
    """Hands each request its transport, so that a fault can cut the connection."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def _config(routes: list[BaseRoute]) -> uvicorn.Config:
    return uvicorn.Config(
        Starlette(routes=routes),
        http=_Protocol,
        ws="websockets-sansio",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
    )
