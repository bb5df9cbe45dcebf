"""Home tabs that are drawn anew."""

from collections.abc import Callable, Iterator
from queue import Queue
from threading import Event

import pytest

from highlightbot.core.errors import NotDelivered, RateLimited
from highlightbot.slack import open_homes
from highlightbot.slack.open_homes import OpenHomes

PATIENCE = 10.0


@pytest.fixture
def homes() -> Iterator[OpenHomes]:
    running = OpenHomes(pace=0)
    yield running
    running.stop()


def failing_first(error: Exception, drawn: "Queue[str]") -> Callable[[], object]:
    failures = [error]

    def draw() -> None:
        if failures:
            raise failures.pop()
        drawn.put("again")

    return draw


def test_only_what_is_open_is_drawn(homes: OpenHomes) -> None:
    drawn: Queue[str] = Queue()
    homes.opened("U-OPEN")
    homes.changed("U-CLOSED", lambda: drawn.put("closed"))
    homes.changed("U-OPEN", lambda: drawn.put("open"))
    assert drawn.get(timeout=PATIENCE) == "open"
    assert drawn.empty()


def test_many_changes_are_drawn_once_and_one_during_the_drawing_again(homes: OpenHomes) -> None:
    drawn: Queue[str] = Queue()
    begun, go_on = Event(), Event()

    def draw() -> None:
        begun.set()
        go_on.wait(PATIENCE)
        drawn.put("drawn")

    for user in ("U1", "U2"):
        homes.opened(user)
    homes.changed("U1", draw)
    assert begun.wait(PATIENCE)
    for _ in range(10):  # the tab that is just being drawn may lack these
        homes.changed("U1", draw)
    homes.changed("U2", lambda: drawn.put("last"))
    go_on.set()
    assert [drawn.get(timeout=PATIENCE) for _ in range(3)] == ["drawn", "drawn", "last"]


@pytest.mark.parametrize("error", [NotDelivered("Slack cannot be reached"), KeyError("a bug")])
def test_what_fails_stays_as_it_was_and_stops_no_other(
    homes: OpenHomes, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    drawn: Queue[str] = Queue()
    for user in ("U1", "U2"):
        homes.opened(user)
    homes.changed("U1", failing_first(error, drawn))
    homes.changed("U2", lambda: drawn.put("other"))
    assert drawn.get(timeout=PATIENCE) == "other"
    assert drawn.empty()
    (told,) = caplog.records
    assert told.message.startswith("a Home tab was not drawn anew")
    assert (told.exc_info is not None) == isinstance(error, KeyError)  # a bug, with its traceback


def test_a_tab_that_is_refused_for_a_while_is_drawn_after_it(homes: OpenHomes) -> None:
    drawn: Queue[str] = Queue()
    homes.opened("U1")
    homes.changed("U1", failing_first(RateLimited(0.01), drawn))
    assert drawn.get(timeout=PATIENCE) == "again"


def test_what_waits_to_be_drawn_is_dropped_at_a_stop(
    homes: OpenHomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_homes, "_LET_ANSWER", 60)
    drawn: Queue[str] = Queue()
    homes.opened("U1")
    homes.changed("U1", lambda: drawn.put("drawn"))
    homes.stop()
    assert drawn.empty()


def test_a_stop_waits_for_no_pace_and_nothing_is_drawn_after_it() -> None:
    homes = OpenHomes(pace=3600)
    drawn: Queue[str] = Queue()
    for user in ("U1", "U2"):
        homes.opened(user)
        homes.changed(user, lambda: drawn.put("drawn"))
    assert drawn.get(timeout=PATIENCE) == "drawn"
    homes.stop()
    homes.changed("U1", lambda: drawn.put("drawn"))
    assert drawn.empty()
