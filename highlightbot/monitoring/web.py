"""`/healthz`, `/readyz` and `/metrics`."""

import hmac
from collections.abc import Mapping, Sequence

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from highlightbot.monitoring.metrics import CONTENT_TYPE, Metrics
from highlightbot.monitoring.readiness import Readiness

_PATIENCE = 2.5


def health_routes(readiness: Readiness, patience: float = _PATIENCE) -> Sequence[BaseRoute]:
    """`/healthz`: the process lives. `/readyz`: 200, or 503 naming what is not ready.

    Who waits longer than ``patience`` seconds for the checks is told that they hang. They tell
    nothing that strangers may not know.
    """
    one_by_one = anyio.CapacityLimiter(1)  # what hangs must not use up all threads

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(request: Request) -> Response:
        lacking: Mapping[str, str] = {"checks": "they hang"}
        with anyio.move_on_after(patience):
            lacking = await anyio.to_thread.run_sync(
                readiness.lacking, abandon_on_cancel=True, limiter=one_by_one
            )
        if lacking:
            return JSONResponse({"status": "not ready", "lacking": dict(lacking)}, 503)
        return JSONResponse({"status": "ready"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def metrics_route(metrics: Metrics, token: str | None) -> BaseRoute:
    """`/metrics`, for who brings the token (``Authorization: Bearer …``), if there is one."""
    expected = None if token is None else f"Bearer {token}".encode()
    one_by_one = anyio.CapacityLimiter(1)

    async def endpoint(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if expected is not None and not hmac.compare_digest(given, expected):
            return PlainTextResponse(
                "the token is missing or wrong", 401, {"WWW-Authenticate": "Bearer"}
            )
        page = await anyio.to_thread.run_sync(metrics.page, limiter=one_by_one)
        return Response(page, media_type=CONTENT_TYPE)

    return Route("/metrics", endpoint)
