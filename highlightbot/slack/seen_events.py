"""Recognises events that Slack delivers again.

Slack retries an event up to about five minutes later with the same event_id.
https://docs.slack.dev/apis/events-api/#retries
"""

import threading
from collections import OrderedDict

_REMEMBERED = 10_000


class SeenEvents:
    """The ids of the last events that were handled."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_new(self, event_id: str) -> bool:
        """Whether the id was not seen before; from now on it is."""
        with self._lock:
            if event_id in self._ids:
                return False
            self._ids[event_id] = None
            if len(self._ids) > _REMEMBERED:
                self._ids.popitem(last=False)
            return True
