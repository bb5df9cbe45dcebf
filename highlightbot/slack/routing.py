"""Finds the listener for a request by the id that the request names.

Bolt itself asks one listener after the other, and gathers all that a listener might want to know
for each: the last of a dozen would wait longer for that than for everything else Bolt does.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.listener import CustomListener
from slack_bolt.middleware import Middleware

Listener: TypeAlias = Callable[..., BoltResponse | None]
Register: TypeAlias = Callable[[Listener], Listener]


class Routes(Middleware):
    """The listeners of an app, which are registered with decorators as Bolt's are.

    It is used as the app's last middleware. What it has no listener for goes on to Bolt's own.
    """

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, str], CustomListener] = {}

    def view(self, callback_id: str) -> Register:
        """Registers a listener to submissions of a view."""
        return self._at("view", callback_id)

    def action(self, action_id: str) -> Register:
        """Registers a listener to clicks on a button."""
        return self._at("action", action_id)

    def command(self, command: str) -> Register:
        """Registers a listener to a slash command."""
        return self._at("command", command)

    def event(self, event_type: str) -> Register:
        """Registers a listener to an event, which is acknowledged when the listener ends."""
        return self._at("event", event_type)

    def _at(self, kind: str, name: str) -> Register:
        def register(listener: Listener) -> Listener:
            self._listeners[kind, name] = CustomListener(
                app_name=__name__,
                ack_function=listener,
                lazy_functions=(),
                matchers=(),
                middleware=(),
                auto_acknowledgement=kind == "event",
            )
            return listener

        return register

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        """Answers the request if there is a listener for it."""
        address = _address(req.body)
        if address is None or (listener := self._listeners.get(address)) is None:
            return next()
        return req.context.listener_runner.run(
            request=req, response=resp, listener_name=address[1], listener=listener
        )


def _address(body: Mapping[str, Any]) -> tuple[str, str] | None:
    """https://docs.slack.dev/interactivity/handling-user-interaction/#payloads"""
    match body:
        case {"type": "view_submission", "view": {"callback_id": name}}:
            return "view", name
        case {"type": "block_actions", "actions": [{"action_id": name}, *_]}:
            return "action", name
        case {"type": "event_callback", "event": {"type": name}}:
            return "event", name
        case {"command": name}:
            return "command", name
    return None
