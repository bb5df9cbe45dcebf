"""What it costs to find the right listener among all that this program registers."""

import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import mean, median
from typing import Any
from urllib.parse import urlencode

from slack_bolt import Ack, App, BoltRequest

from benchmarks.bare import empty_app
from benchmarks.measuring import Ratio, old_garbage_kept, turns
from benchmarks.office import AUTHOR, TEAM, wired_bot
from benchmarks.submissions import Request, interaction, signed
from highlightbot.scheduling.clock import SystemClock
from highlightbot.slack.app import CONVERSATIONS
from highlightbot.slack.context import Context
from highlightbot.slack.routing import Listener, Register, Routes

ROUNDS = 300
_WARM_UP = 20


def measure(rounds: int = ROUNDS, warm_up: int = _WARM_UP) -> list[Ratio]:
    """Every kind of request that the bot hears, each as often as the others."""
    full_app = empty_app()
    routes = HollowRoutes()
    with tempfile.TemporaryDirectory() as name:
        bot = wired_bot(Path(name))
        context = Context(
            bot.database, bot.workspace_id, TEAM, SystemClock(), bot.ticker.ring, bot.homes
        )
        for conversation in CONVERSATIONS:
            conversation.register(routes, context)
        bot.stop()
    full_app.use(routes)
    with old_garbage_kept():
        medians = [_medians(full_app, kind, name, rounds, warm_up) for kind, name in routes.heard]
    ours, theirs = (mean(side) for side in zip(*medians, strict=True))
    return [Ratio(f"dispatch, {len(medians)} listeners / one", ours, theirs, "ms", 1.15)]


class HollowRoutes(Routes):
    """Registers a listener that does nothing in place of each, so that only finding it counts."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, str]] = []

    def _at(self, kind: str, name: str) -> Register:
        register = super()._at(kind, name)

        def hollow(listener: Listener) -> Listener:
            self.heard.append((kind, name))
            register(_nothing)
            return listener

        return hollow


def _nothing(ack: Ack) -> None:
    ack()


def _medians(full_app: App, kind: str, name: str, rounds: int, warm_up: int) -> tuple[float, float]:
    app_with_one = empty_app()
    getattr(app_with_one, kind)(name)(_nothing)
    request = _request(kind, name)
    ours, theirs = turns(
        lambda: _timed(full_app, request),
        lambda: _timed(app_with_one, request),
        rounds=rounds,
        warm_up=warm_up,
    )
    return median(ours), median(theirs)


def _timed(app: App, asked: Request) -> float:
    """The milliseconds that the request takes."""
    request = BoltRequest(body=asked.body, headers=dict(asked.headers))
    started = time.perf_counter()
    response = app.dispatch(request)
    ended = time.perf_counter()
    if response.status != 200:
        raise AssertionError(f"answered {response.status} {response.body}")
    return (ended - started) * 1000


def _request(kind: str, name: str) -> Request:
    if kind == "command":
        typed = {"command": name, "text": "latest", "user_id": AUTHOR, "team_id": TEAM}
        return signed(urlencode(typed), "application/x-www-form-urlencoded")
    if kind == "event":
        event = {"type": "event_callback", "team_id": TEAM, "event": {"type": name, **_SAID}}
        return signed(json.dumps(event), "application/json")
    return interaction(_interactions(name)[kind])


def _interactions(name: str) -> Mapping[str, Mapping[str, Any]]:
    view = {"id": "V1", "type": "modal", "blocks": [], "state": {"values": {}}}
    button = {"type": "button", "action_id": name, "block_id": "b1", "value": "1"}
    return {
        "view": {"type": "view_submission", "view": {**view, "callback_id": name}},
        "action": {"type": "block_actions", "view": view, "actions": [button]},
    }


_SAID = {"user": AUTHOR, "channel": "D1", "channel_type": "im", "text": "latest", "ts": "1.2"}
