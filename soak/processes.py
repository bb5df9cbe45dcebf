"""Worker processes that are killed and stopped while they work."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_PATIENCE = 30.0


@dataclass
class Crew:
    """So many processes of one kind, each replaced as soon as it is killed.

    A worker ends by itself, with status 0, when nothing is left to do.
    """

    command: Sequence[str]
    size: int
    kills: int = 0
    stops: int = 0
    _workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _stopped: dict[int, float] = field(default_factory=dict)

    def start(self) -> None:
        """Start them all."""
        while len(self._workers) < self.size:
            self._workers.append(subprocess.Popen([sys.executable, *self.command]))

    def is_done(self) -> bool:
        """Whether every worker has ended; AssertionError if one failed."""
        statuses = [worker.poll() for worker in self._workers]
        if any(status not in (None, 0) for status in statuses):
            raise AssertionError(f"a worker failed: {statuses}")
        return all(status == 0 for status in statuses)

    def kill_one(self, chance: random.Random) -> None:
        """`kill -9`, and another in its place."""
        worker = self._pick(chance)
        if worker is None:
            return
        worker.kill()
        worker.wait(_PATIENCE)
        self._stopped.pop(worker.pid, None)
        self._workers.remove(worker)
        self.kills += 1
        self.start()

    def stop_one(self, chance: random.Random, seconds: float) -> None:
        """SIGSTOP, until `resume` finds that so many seconds have passed."""
        worker = self._pick(chance)
        if worker is None or worker.pid in self._stopped:
            return
        os.kill(worker.pid, signal.SIGSTOP)
        self._stopped[worker.pid] = time.monotonic() + seconds
        self.stops += 1

    def resume(self) -> None:
        """SIGCONT to whoever has stood still long enough."""
        for pid, until in list(self._stopped.items()):
            if time.monotonic() >= until:
                os.kill(pid, signal.SIGCONT)
                del self._stopped[pid]

    def end(self) -> None:
        """Kill whoever is left."""
        for worker in self._workers:
            worker.kill()
            worker.wait(_PATIENCE)

    def _pick(self, chance: random.Random) -> subprocess.Popen[bytes] | None:
        alive = [worker for worker in self._workers if worker.poll() is None]
        return chance.choice(alive) if alive else None
