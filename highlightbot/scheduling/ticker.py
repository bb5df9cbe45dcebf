"""A bell that rings at intervals, and on demand, for work that is then done once."""

import logging
import threading
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from highlightbot.core.errors import HighlightbotError

log = logging.getLogger(__name__)

_PAUSE = 0.1


class Ticker:
    """Runs ``work`` in a thread of its own whenever the bell rings.

    Rings that come while the work is being done lead to one more run. The schedule itself is
    data in the database: the ticker knows no times but its interval.
    """

    def __init__(self, work: Callable[[], None], *, seconds: float) -> None:
        self._work = work
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(self.ring, "interval", seconds=seconds)

    def start(self) -> None:
        """Begin, with a first ring at once."""
        self._thread.start()
        self._scheduler.start()
        self.ring()

    def ring(self) -> None:
        """Have the work done now."""
        self._bell.set()

    def stop(self, timeout: float = 10.0) -> None:
        """Finish the run that is under way, waiting at most ``timeout`` seconds, and end."""
        self._stopping.set()
        self._bell.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._thread.ident is not None:
            self._thread.join(timeout)

    @property
    def stopping(self) -> bool:
        """Whether the work should come to an end."""
        return self._stopping.is_set()

    def _run(self) -> None:
        while True:
            self._bell.wait()
            # Whoever rang is about to answer somebody, and shares the interpreter with the work.
            self._stopping.wait(_PAUSE)
            self._bell.clear()
            if self._stopping.is_set():
                return
            self._do_work()

    def _do_work(self) -> None:
        """The outermost boundary of the thread: one failed run must not be the last."""
        try:
            self._work()
        except HighlightbotError as error:
            log.error("what is due could not be done now, and is tried again: %s", error)
        except Exception:
            log.exception("what is due failed, and is tried again")
