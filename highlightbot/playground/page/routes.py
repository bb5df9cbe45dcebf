"""The page's addresses: the page, its parts, what a person does, and the live update."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from anyio import CapacityLimiter, create_task_group, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from highlightbot.playground.errors import ApiError
from highlightbot.playground.json_object import read_json_object
from highlightbot.playground.local_slack import LocalSlack, Outcome
from highlightbot.playground.page import deeds, render
from highlightbot.playground.page.screen import NEWEST, Jumps, Screen, people_of, screen, viewpoint
from highlightbot.playground.page.sifting import sifted

Result = TypeVar("Result")

_STATIC = Path(__file__).parent / "static"
_POLLS = 20
_MOST_ENTRIES = 200
_HEADERS = {
    # Bots and people write what the page shows: nothing of it may run or reach out.
    "content-security-policy": "default-src 'self'; img-src 'self' http: https: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def page_routes(slack: LocalSlack, jumps: Jumps) -> list[BaseRoute]:
    """The routes of the page, to be mounted at the root."""
    page = _Page(slack, jumps)
    return [
        Route("/", page.show),
        Route("/parts", page.parts),
        Route("/changes", page.changes),
        Route("/log", page.log),
        *(
            Route(f"/do/{name}", page.deed(act), methods=["POST"])
            for name, act in deeds.DEEDS.items()
        ),
        Route("/do/suggest", page.suggest, methods=["POST"]),
        Route("/do/move-clock", page.move_clock, methods=["POST"]),
        Mount("/static", StaticFiles(directory=_STATIC), name="static"),
    ]


class _Page:
    def __init__(self, slack: LocalSlack, jumps: Jumps) -> None:
        self._slack = slack
        self._jumps = jumps
        self._threads = CapacityLimiter(64)

    async def show(self, request: Request) -> Response:
        people = people_of(self._slack)
        if request.query_params.get("as") not in {one.id for one in people}:
            if not people:
                raise HTTPException(404, "there is nobody in this workspace")
            return RedirectResponse(request.url.include_query_params(**{"as": people[0].id}))
        html = await self._in_thread(lambda: render.page(self._screen(request)))
        return HTMLResponse(html, headers=_HEADERS)

    async def parts(self, request: Request) -> Response:
        parts = await self._in_thread(lambda: render.parts(self._screen(request)))
        return JSONResponse(parts, headers=_HEADERS)

    async def changes(self, request: Request) -> Response:
        """Answers when the version is no longer `since`, or unchanged after about twenty seconds.

        It ends when the page goes away. It waits a second at a time, so that its thread does too.
        """
        since = _whole(request, "since")
        version = self._slack.version

        async def wait() -> None:
            nonlocal version
            for _ in range(_POLLS):
                if version != since:  # below it, the playground was started anew
                    break
                version = await self._in_thread(partial(self._slack.wait_for_change, since, 1.0))
            waiting.cancel_scope.cancel()

        async def leave() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            waiting.cancel_scope.cancel()

        async with create_task_group() as waiting:
            waiting.start_soon(wait)
            waiting.start_soon(leave)
        return JSONResponse({"version": version}, headers=_HEADERS)

    async def log(self, request: Request) -> Response:
        """The newest entries above `since` that are looked for, as HTML.

        `last` is the number of the newest entry of all, `kept` how many there are.
        """
        return JSONResponse(await self._in_thread(lambda: self._log(request)), headers=_HEADERS)

    def deed(self, act: deeds.Deed) -> Callable[[Request], Any]:
        async def perform(request: Request) -> Response:
            sent = await _body(request)
            try:
                outcome = await self._in_thread(partial(act, self._slack, sent))
            except (LookupError, ValueError) as refused:
                outcome = Outcome(ok=False, error=_sentence(refused))
            return JSONResponse(
                {
                    "ok": outcome.ok,
                    "error": outcome.error,
                    "field_errors": dict(outcome.field_errors),
                },
                headers=_HEADERS,
            )

        return perform

    async def suggest(self, request: Request) -> Response:
        """The options that the app offers for what is typed, as HTML."""
        sent = await _body(request)
        try:
            html = await self._in_thread(partial(deeds.suggest, self._slack, sent))
        except (LookupError, ValueError) as refused:
            return JSONResponse({"ok": False, "error": _sentence(refused), "html": ""})
        return JSONResponse({"ok": True, "error": None, "html": html}, headers=_HEADERS)

    async def move_clock(self, request: Request) -> Response:
        """Moves the clock to the aware instant `to`, or on by `seconds`."""
        sent = await _body(request)
        clock = self._slack.clock
        try:
            if "to" in sent:
                instant = datetime.fromisoformat(sent["to"])
            else:
                instant = clock.now() + timedelta(seconds=float(sent["seconds"]))
            await self._in_thread(partial(clock.move_to, instant))
        except (LookupError, ValueError, TypeError, OverflowError):
            error = "That is no time from 2002 to 2285."
            return JSONResponse({"ok": False, "error": error}, status_code=400)
        return JSONResponse({"ok": True, "error": None, "field_errors": {}})

    def _log(self, request: Request) -> Mapping[str, Any]:
        asked = request.query_params
        try:
            seen = viewpoint(self._slack, asked.get("as", ""))
        except LookupError as missing:
            raise HTTPException(404, _sentence(missing)) from missing
        since, kept = _whole(request, "since"), self._slack.log.entries()
        sought = {name: asked.get(name, "") for name in ("words", "kind", "only")}
        found = sifted((one for one in kept if one.number > since), **sought)
        return {
            "html": render.log(found[-_MOST_ENTRIES:], seen.zone),
            "last": kept[-1].number if kept else 0,
            "kept": len(kept),
        }

    def _screen(self, request: Request) -> Screen:
        asked = request.query_params
        try:
            return screen(
                self._slack,
                user_id=asked.get("as", ""),
                place=asked.get("in"),
                thread_ts=asked.get("thread"),
                newest=max(1, _whole(request, "newest", NEWEST)),
                jumps=self._jumps,
            )
        except LookupError as missing:
            raise HTTPException(404, _sentence(missing)) from missing

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await to_thread.run_sync(work, limiter=self._threads, abandon_on_cancel=True)


def _whole(request: Request, name: str, default: int = 0) -> int:
    value = request.query_params.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else default


async def _body(request: Request) -> Mapping[str, Any]:
    # A page of another site can send a form or plain text across, but not this content type.
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "send JSON")
    try:
        return read_json_object(await request.body())
    except ApiError as malformed:
        raise HTTPException(400, str(malformed)) from malformed


def _sentence(refused: Exception) -> str:
    return str(refused.args[0]) if refused.args else type(refused).__name__
