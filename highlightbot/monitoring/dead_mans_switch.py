"""A dead-man's switch: a service elsewhere that raises the alarm when its address is not fetched.

Healthchecks.io, Dead Man's Snitch, Cronitor and Uptime Kuma offer such addresses.
"""

import http.client
import logging
import threading
import urllib.request

log = logging.getLogger(__name__)

_TIMEOUT = 10.0
_AT_MOST_EVERY = 60.0


class DeadMansSwitch:
    """Fetches an address while all goes well, in a thread of its own, at most once a minute.

    The address is a secret and stays out of the log.
    """

    def __init__(
        self, url: str, *, at_most_every: float = _AT_MOST_EVERY, timeout: float = _TIMEOUT
    ) -> None:
        self._request = urllib.request.Request(url, headers={"User-Agent": "highlightbot"})
        self._at_most_every = at_most_every
        self._timeout = timeout
        self._all_is_well = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="switch", daemon=True)
        self._failing = False

    def start(self) -> None:
        """Begin to wait for good news."""
        self._thread.start()

    def hold(self) -> None:
        """All is well: have the address fetched. Returns at once."""
        self._all_is_well.set()

    def stop(self) -> None:
        """Fetch nothing more. A fetch that is under way is left to itself."""
        self._stopping.set()
        self._all_is_well.set()

    def _run(self) -> None:
        while True:
            self._all_is_well.wait()
            self._all_is_well.clear()
            if self._stopping.is_set():
                return
            self._fetch()
            self._stopping.wait(self._at_most_every)

    def _fetch(self) -> None:
        try:
            with urllib.request.urlopen(self._request, timeout=self._timeout):
                pass
        except (OSError, ValueError, http.client.HTTPException) as error:
            if not self._failing:
                log.warning("the address in PING_URL cannot be fetched: %s", error)
            self._failing = True
        else:
            if self._failing:
                log.info("the address in PING_URL can be fetched again")
            self._failing = False
