"""Several bots on one database."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from highlightbot.persistence import SqlDatabase


def at_once(replicas: Sequence[SqlDatabase], work: Callable[[SqlDatabase], object]) -> list[object]:
    """What the work gives in each replica, all of them beginning together."""
    barrier = Barrier(len(replicas))

    def begin(database: SqlDatabase) -> object:
        with database.reading():  # connected, so that nobody has a start
            barrier.wait()
        return work(database)

    with ThreadPoolExecutor(len(replicas)) as threads:
        return list(threads.map(begin, replicas))
