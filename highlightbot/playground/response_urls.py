"""Response URLs: leave to answer an interaction or command, five times in half an hour.

https://docs.slack.dev/interactivity/handling-user-interaction
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

LIFETIME = 30 * 60.0
MOST_USES = 5


@dataclass(slots=True)
class ResponseUrl:
    """Where an answer would go.

    `message_ts` is the message acted on, or the first answer to a command.
    """

    user_id: str
    conversation_id: str
    message_ts: str | None
    thread_ts: str | None
    issued_at: float
    uses: int = 0


class ResponseUrls:
    """The response URLs issued of late. Real seconds, whatever the playground's clock says."""

    def __init__(self, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._stopwatch = stopwatch
        self._issued: dict[str, ResponseUrl] = {}
        self._lock = threading.Lock()

    def issue(
        self,
        user_id: str,
        conversation_id: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """The secret last part of a new response URL."""
        now = self._stopwatch()
        key = secrets.token_urlsafe(18)
        with self._lock:
            # Long enough to tell an expired URL from an invented one.
            for old in [key for key, one in self._issued.items() if now - one.issued_at > 7200]:
                del self._issued[old]
            self._issued[key] = ResponseUrl(user_id, conversation_id, message_ts, thread_ts, now)
        return key

    def use(self, key: str) -> ResponseUrl:
        """Count one use.

        Raises LookupError with Slack's word for it: `invalid_url`, `expired_url`, `used_url`.
        """
        with self._lock:
            found = self._issued.get(key)
            if found is None:
                raise LookupError("invalid_url")
            if self._stopwatch() - found.issued_at > LIFETIME:
                raise LookupError("expired_url")
            if found.uses >= MOST_USES:
                raise LookupError("used_url")
            found.uses += 1
            return found
