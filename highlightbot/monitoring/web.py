"""`/healthz`, `/readyz` and `/metrics`."""

import hmac
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from highlightbot.monitoring.metrics import CONTENT_TYPE, Metrics
from highlightbot.monitoring.readiness import Readiness


def health_routes(readiness: Readiness) -> Sequence[BaseRoute]:
    """`/healthz`: the process lives. `/readyz`: 200, or 503 naming what is not ready.

    They tell nothing that strangers may not know.
    """

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(request: Request) -> Response:
        lacking = await run_in_threadpool(readiness.lacking)
        if lacking:
            return JSONResponse({"status": "not ready", "lacking": dict(lacking)}, 503)
        return JSONResponse({"status": "ready"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def metrics_route(metrics: Metrics, token: str | None) -> BaseRoute:
    """`/metrics`, for who brings the token (``Authorization: Bearer …``), if there is one."""
    expected = None if token is None else f"Bearer {token}".encode()

    async def endpoint(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if expected is not None and not hmac.compare_digest(given, expected):
            return PlainTextResponse(
                "the token is missing or wrong", 401, {"WWW-Authenticate": "Bearer"}
            )
        page = await run_in_threadpool(metrics.page)
        return Response(page, media_type=CONTENT_TYPE)

    return Route("/metrics", endpoint)
