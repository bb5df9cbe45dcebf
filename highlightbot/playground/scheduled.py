"""Messages that the app has scheduled, posted when the playground's clock has come to them.

https://docs.slack.dev/reference/methods/chat.scheduleMessage
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from highlightbot.playground.clock import MovableClock
from highlightbot.playground.postponed import Postponed


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One message to be posted. `post_at` and `created` are Unix seconds."""

    id: str
    conversation_id: str
    post_at: int
    created: int
    text: str
    post: Callable[[], object]


class ScheduledMessages:
    """The messages that are waiting, soonest first."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._waiting: list[Scheduled] = []
        self._lock = threading.Lock()
        self._bell = Postponed()
        clock.watch(self.post_due)

    def add(
        self, conversation_id: str, post_at: int, text: str, post: Callable[[], object]
    ) -> Scheduled:
        """Let `post` be called once `post_at` has come; it answers for its own errors."""
        scheduled_id = f"Q{secrets.token_hex(5).upper()}"
        created = int(self._now())
        added = Scheduled(scheduled_id, conversation_id, post_at, created, text, post)
        with self._lock:
            self._waiting = sorted([*self._waiting, added], key=lambda one: one.post_at)
        self._wait_for_next()
        return added

    def waiting(self) -> list[Scheduled]:
        """Those not posted yet, soonest first."""
        with self._lock:
            return list(self._waiting)

    def remove(self, scheduled_id: str) -> None:
        """Take one back; LookupError if it is not waiting."""
        with self._lock:
            kept = [one for one in self._waiting if one.id != scheduled_id]
            if len(kept) == len(self._waiting):
                raise LookupError(scheduled_id)
            self._waiting = kept

    def post_due(self) -> None:
        """Post what is due by now, in order."""
        now = self._now()
        with self._lock:
            due = [one for one in self._waiting if one.post_at <= now]
            self._waiting = [one for one in self._waiting if one.post_at > now]
        for one in due:
            one.post()
        self._wait_for_next()

    def stop(self) -> None:
        """Post nothing any more."""
        with self._lock:
            self._waiting = []
        self._bell.stop()

    def _wait_for_next(self) -> None:
        with self._lock:
            if self._waiting:
                wait = max(0.0, self._waiting[0].post_at - self._now())
                self._bell.call_instead(wait, self.post_due)

    def _now(self) -> float:
        now: datetime = self._clock.now()
        return now.timestamp()
