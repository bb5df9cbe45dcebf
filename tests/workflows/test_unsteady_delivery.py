"""Ledger, clock, crashes and a faulty platform: whatever comes, each message arrives once.

A machine draws what becomes of every call and every commit. With a guard taken away it finds a
way to break the promise: `make soak` takes every one away, which lasts half a minute for each, and
five for one whose loss is missed.
"""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from highlightbot.core.deliveries import DeliveryStatus, LedgerRow
from highlightbot.persistence import migrate, open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.do_what_is_due import do_what_is_due
from soak.guards import GUARDS, Guard
from tests.fakes.clock import FakeClock
from tests.fakes.mortal_database import Mishap, MortalDatabase
from tests.fakes.unsteady_slack import Fate, Killed, UnsteadySlack
from tests.workflows.office import LAST_DAY, set_up_office

AUTHORS = {"Libraries": "alex", "Parks": "bo", "Housing": "casey"}
_EMPTY = Path(tempfile.gettempdir()) / f"highlightbot-empty-{os.getpid()}.db"


class Delivery(RuleBasedStateMachine):
    """A programme through a fortnight in which nothing can be relied on."""

    def __init__(self) -> None:
        super().__init__()
        self._directory = Path(tempfile.mkdtemp())
        path = self._directory / "office.db"
        shutil.copy(_EMPTY, path)
        self.database = open_database(f"sqlite:///{path}", calendar_for=calendar_of)
        self.office = set_up_office(self.database)
        self.clock = FakeClock(LAST_DAY)
        self.fates: list[Fate] = []
        self.mishaps: list[Mishap | None] = []
        self.submitted: set[str] = set()
        self.slack = UnsteadySlack(
            clock=self.clock,
            fate=lambda: self.fates.pop(0) if self.fates else Fate.ARRIVES,
            is_submitted=self.submitted.__contains__,
        )
        self.mortal = MortalDatabase(
            self.database,
            mishap=lambda: self.mishaps.pop(0) if self.mishaps else None,
            meanwhile=self._let_others_work,
        )

    @rule(
        fates=st.lists(st.sampled_from(Fate), max_size=5),
        mishaps=st.lists(st.sampled_from([None, None, None, *Mishap]), max_size=8),
    )
    def tick(self, fates: list[Fate], mishaps: list[Mishap | None]) -> None:
        """A process does what is due, for as long as it lives."""
        self.fates, self.mishaps = fates, mishaps
        with suppress(Killed):
            do_what_is_due(self.mortal, self.slack, self.clock)
        self.fates, self.mishaps = [], []

    def _let_others_work(self) -> None:
        fates, self.fates = self.fates, []
        for _ in range(4):
            self.clock.move_on(timedelta(seconds=61))
            do_what_is_due(self.database, self.slack, self.clock)
        self.fates = fates

    @rule(seconds=st.sampled_from([1, 20, 61, 200, 1000]))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.clock.move_on(timedelta(seconds=seconds))

    @rule(hours=st.sampled_from([-5, -1, 1, 5, 24]))
    def set_clock(self, hours: int) -> None:
        """The clock is set, or the machine was down."""
        self.clock.move_on(timedelta(hours=hours))

    @rule(area=st.sampled_from(sorted(AUTHORS)))
    def submit(self, area: str) -> None:
        """A report comes in, for the first time or as a correction."""
        with suppress(IndexError):  # the period may be closed by now
            self.office.submit(area, AUTHORS[area], self.clock.now(), activity="Some")
            self.submitted.add(area)

    @invariant()
    def nothing_arrived_twice(self) -> None:
        doubled = {key: count for key, count in self.slack.arrivals.items() if count > 1}
        assert not doubled

    @invariant()
    def nothing_was_sent_that_should_not_be(self) -> None:
        assert self.slack.trespasses == 0
        assert self.slack.pointless == []

    @invariant()
    def nobody_is_bothered_twice(self) -> None:
        assert max(self.slack.reminded.values(), default=0) <= 1
        posted = Counter(sent.conversation for sent in self.slack.sent if "edition" in sent.what)
        assert max(posted.values(), default=0) <= 1

    def teardown(self) -> None:
        try:
            self._calm_down()
        finally:
            self.database.close()
            shutil.rmtree(self._directory)

    def _calm_down(self) -> None:
        """With a platform that answers and processes that live, everything comes to its end."""
        for _ in range(40):
            do_what_is_due(self.database, self.slack, self.clock)
            self.clock.move_on(timedelta(minutes=2))
            if not any(self._is_unfinished(row) for row in self._rows()):
                break
        rows = self._rows()
        assert [row for row in rows if self._is_unfinished(row)] == []
        arrived = self.slack.arrivals.keys()
        assert {row.key for row in rows if self._was_sent(row)} <= arrived
        # What may have arrived is not looked up once it is pointless.
        assert arrived <= {row.key for row in rows if row.status in _DONE}
        self.nothing_arrived_twice()
        self.nothing_was_sent_that_should_not_be()
        self.nobody_is_bothered_twice()

    def _was_sent(self, row: LedgerRow) -> bool:
        return row.status is DeliveryStatus.SENT and is_a_message(row.key)

    def _rows(self) -> Sequence[LedgerRow]:
        with self.database.reading() as unit:
            return unit.ledger.rows(list(DeliveryStatus), 1000)

    def _is_unfinished(self, row: LedgerRow) -> bool:
        """Whether something should become of it within the hour."""
        if row.status is DeliveryStatus.CLAIMED:
            return True
        soon = self.clock.now() + timedelta(hours=1)
        return not row.status.is_final and row.next_attempt_at <= soon


_DONE = (DeliveryStatus.SENT, DeliveryStatus.NOT_NEEDED)


def is_a_message(key: str) -> bool:
    """Whether the row of that key is a message of its own, and no change of one."""
    kind, _, rest = key.partition(":")
    if kind == "reminder":
        return "#" not in rest
    if kind == "summary":
        _, edition, part = rest.split(":")
        return edition == "1" or part != "0"
    return True


@pytest.fixture(autouse=True, scope="module")
def _empty_database() -> Iterator[None]:
    migrate(f"sqlite:///{_EMPTY}")
    yield
    _EMPTY.unlink()


def examples(count: int) -> settings:
    return settings(
        max_examples=count,
        stateful_step_count=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


def test_whatever_comes_each_message_arrives_once() -> None:
    run_state_machine_as_test(Delivery, settings=examples(15))


@pytest.mark.skipif("SOAK" not in os.environ, reason="takes minutes: make soak")
@pytest.mark.parametrize("guard", [one for one in GUARDS if one.drawn], ids=lambda one: one.name)
def test_a_guard_is_missed(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    guard.take_away(monkeypatch.setattr)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Delivery, settings=examples(2000))
