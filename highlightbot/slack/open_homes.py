"""Draws the Home tabs that people have opened anew, after what they did and off its way."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from highlightbot.core.errors import HighlightbotError, RateLimited

log = logging.getLogger(__name__)

_LET_ANSWER = 0.1


class OpenHomes:
    """Who has opened their Home tab since the start, and a thread that draws what changed.

    ``pace`` is in seconds between two: Slack takes at least 100 in a minute, those that are drawn
    when somebody opens them among these. https://docs.slack.dev/reference/methods/views.publish
    """

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._open: set[str] = set()
        self._waiting: set[str] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="homes")

    def opened(self, user_id: str) -> None:
        """Keep that somebody has a tab that can grow old."""
        with self._lock:
            self._open.add(user_id)

    def changed(self, user_id: str, draw: Callable[[], object]) -> None:
        """Have ``draw`` called soon if the tab is open, once for all that changes until then."""
        with self._lock:
            if user_id not in self._open or user_id in self._waiting or self._stopping.is_set():
                return
            self._waiting.add(user_id)
            self._pool.submit(self._take_turn, user_id, draw)

    def stop(self) -> None:
        """Finish the one that is being drawn, and draw no other."""
        with self._lock:
            self._stopping.set()
        self._pool.shutdown(cancel_futures=True)

    def _take_turn(self, user_id: str, draw: Callable[[], object]) -> None:
        # Who changed it is about to answer somebody, and shares the interpreter with this thread.
        self._stopping.wait(_LET_ANSWER)
        with self._lock:
            self._waiting.discard(user_id)
        if not self._stopping.is_set():
            self._draw(user_id, draw)
            self._stopping.wait(self._pace)

    def _draw(self, user_id: str, draw: Callable[[], object]) -> None:
        """The outermost boundary of the thread: a tab that cannot be drawn stays as it was."""
        try:
            draw()
        except RateLimited as failure:
            self._stopping.wait(failure.retry_after)
            self.changed(user_id, draw)
        except HighlightbotError as error:
            log.warning("a Home tab was not drawn anew: %s", error)
        except Exception:
            log.exception("a Home tab was not drawn anew")
