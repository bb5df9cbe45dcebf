"""Trigger ids: leave to open one modal, given with every interaction and command."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from highlightbot.playground.errors import ApiError

LIFETIME = 3.0
"""Seconds. https://docs.slack.dev/interactivity/handling-user-interaction"""


@dataclass(slots=True)
class _Trigger:
    user_id: str
    in_modal: bool
    issued_at: float
    exchanged: bool = False


class TriggerIds:
    """The trigger ids issued of late. Real seconds, whatever the playground's clock says."""

    def __init__(self, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._stopwatch = stopwatch
        self._triggers: dict[str, _Trigger] = {}
        self._lock = threading.Lock()

    def issue(self, user_id: str, *, in_modal: bool = False) -> str:
        """A new trigger id; `in_modal` when the person acted in a modal, so may push onto it."""
        part = secrets.randbelow(10**12)
        trigger_id = f"{part:012d}.{secrets.randbelow(10**9):09d}.{secrets.token_hex(16)}"
        with self._lock:
            self._forget_old()
            self._triggers[trigger_id] = _Trigger(user_id, in_modal, self._stopwatch())
        return trigger_id

    def exchange(self, trigger_id: str, *, to_push: bool = False) -> str:
        """Use a trigger id up; the user id of the person who caused it.

        Raises ApiError with `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        with self._lock:
            trigger = self._triggers.get(trigger_id)
            if trigger is None or (to_push and not trigger.in_modal):
                raise ApiError("invalid_trigger_id")
            if trigger.exchanged:
                raise ApiError("exchanged_trigger_id")
            if self._stopwatch() - trigger.issued_at > LIFETIME:
                raise ApiError("expired_trigger_id")
            trigger.exchanged = True
            return trigger.user_id

    def _forget_old(self) -> None:
        # Long enough to tell an expired trigger id from an invented one.
        limit = self._stopwatch() - 600
        for trigger_id in [key for key, one in self._triggers.items() if one.issued_at < limit]:
            del self._triggers[trigger_id]
