"""The record of every call, delivery and violation, for the page and for tests."""

import json
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from highlightbot.playground.rules import Violation

EntryKind = Literal["call", "event", "interaction", "command", "response_url", "socket"]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that passed between the playground and the app.

    `number` counts from 1 without gaps. `at` is the playground clock's instant. `name` is the
    Web API method, the event or interaction type, or the command. For a `call` and a
    `response_url`, `request` is what the app sent and `response` the playground's answer; for
    the others `request` is the payload delivered and `response` the app's ack body, None when
    there was none. `problem` says in words what was wrong, if anything.
    """

    number: int
    at: datetime
    kind: EntryKind
    name: str
    request: Mapping[str, Any]
    response: Mapping[str, Any] | None
    seconds: float
    acked: bool = True
    problem: str | None = None
    violations: tuple[Violation, ...] = ()

    @property
    def went_wrong(self) -> bool:
        """Whether there was a problem, a broken rule, or no ack."""
        return bool(self.violations or self.problem or not self.acked)


class CallLog:
    """The newest entries, bounded by number and by the characters of their payloads."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        most_entries: int = 2_000,
        most_characters: int = 32_000_000,
        on_add: Callable[[], None] = lambda: None,
    ) -> None:
        self._now = now
        self._most_entries = most_entries
        self._most_characters = most_characters
        self._on_add = on_add
        self._kept: deque[tuple[LogEntry, int]] = deque()
        self._characters = 0
        self._number = 0
        self._lock = threading.Lock()

    def add(
        self,
        kind: EntryKind,
        name: str,
        request: Mapping[str, Any],
        response: Mapping[str, Any] | None,
        seconds: float,
        *,
        acked: bool = True,
        problem: str | None = None,
        violations: Sequence[Violation] = (),
    ) -> LogEntry:
        """Note one entry; the oldest make room for it."""
        size = len(json.dumps([request, response], default=str))
        with self._lock:
            self._number += 1
            entry = LogEntry(
                self._number, self._now(), kind, name, request, response, seconds,
                acked, problem, tuple(violations),
            )  # fmt: skip
            self._kept.append((entry, size))
            self._characters += size
            while len(self._kept) > 1 and (
                len(self._kept) > self._most_entries or self._characters > self._most_characters
            ):
                self._characters -= self._kept.popleft()[1]
        self._on_add()
        return entry

    def entries(self, since: int = 0) -> list[LogEntry]:
        """The entries kept whose number is above `since`, oldest first."""
        with self._lock:
            return [entry for entry, _ in self._kept if entry.number > since]

    def calls(self, method: str) -> list[LogEntry]:
        """The kept calls of one Web API method, oldest first."""
        return [one for one in self.entries() if one.kind == "call" and one.name == method]

    def violations(self) -> list[Violation]:
        """Every rule violation in the kept entries, oldest first."""
        return [violation for entry in self.entries() for violation in entry.violations]

    def clear(self) -> None:
        """Forget the entries; numbers go on from where they were."""
        with self._lock:
            self._kept.clear()
            self._characters = 0
