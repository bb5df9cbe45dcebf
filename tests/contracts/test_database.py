"""What holds for a database as a whole, and between threads."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import StorageFailure
from highlightbot.core.reports import Answer
from highlightbot.core.rich_text import RichText
from highlightbot.workflows.ports import Database
from tests.samples import NOW, Stored

THREADS = 8


def at_once(work: Callable[[int], object]) -> list[object]:
    """What the work gives in each of eight threads that begin together."""
    barrier = Barrier(THREADS)

    def begin(number: int) -> object:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(begin, range(THREADS)))


def test_what_an_exception_leaves_is_undone(stored: Stored) -> None:
    period = stored.open_period()
    report = stored.report(period, "Libraries")

    def interrupted() -> None:
        with stored.database.writing() as unit:
            unit.people.workspace("slack", "T-9")
            unit.reports.submit(
                report.id, submission_key="k1", person_id=1, headline="Half", now=NOW
            )
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    with stored.database.reading() as unit:
        assert unit.reports.get(report.id) == report
        assert unit.reports.newest_revisions(period.id) == []
        assert unit.people.workspace("slack") == stored.workspace_id


def test_reading_unit_refuses_to_write(stored: Stored) -> None:
    with pytest.raises(StorageFailure), stored.database.reading() as unit:
        unit.people.workspace("slack", "T-9")


def test_reading_unit_sees_one_state(stored: Stored) -> None:
    period = stored.open_period()
    report = stored.report(period, "Libraries")
    with stored.database.reading() as unit:
        assert unit.reports.newest_revisions(period.id) == []
        stored.submit(report, "k1")
        assert unit.reports.newest_revisions(period.id) == []
        assert unit.reports.get(report.id) == report
    with stored.database.reading() as unit:
        assert len(unit.reports.newest_revisions(period.id)) == 1


def test_concurrent_changes_lose_none(stored: Stored) -> None:
    """Each thread reads a section's version and saves upon it, twenty times."""
    report = stored.report(stored.open_period(), "Libraries")

    def change(number: int) -> None:
        for step in range(20):
            with stored.database.writing() as unit:
                current = unit.reports.hold(report.id)
                assert current is not None
                saved = current.draft.get("news")
                text = stored_answer(f"{number} {step}")
                version = saved.version if saved else 0
                unit.reports.save_answer(report.id, text, version, 1, NOW)

    at_once(change)
    with stored.database.reading() as unit:
        current = unit.reports.get(report.id)
    assert current is not None
    assert current.draft["news"].version == THREADS * 20


def stored_answer(text: str) -> Answer:
    return Answer("news", RichText.from_plain(text))


def test_concurrent_submissions_get_numbers_of_their_own(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    numbers = at_once(
        lambda thread: [stored.submit(report, f"{thread}:{step}") for step in range(10)]
    )
    made = sorted(number for several in numbers for number in several)  # type: ignore[attr-defined]
    assert made == list(range(1, THREADS * 10 + 1))


def test_concurrent_submissions_with_one_key_make_one_revision(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    assert at_once(lambda _: stored.submit(report, "k1")) == [1] * THREADS


def test_concurrent_claims_never_overlap(stored: Stored) -> None:
    period = stored.open_period()
    with stored.database.writing() as unit:
        for number in range(100):
            somebody = DeclaredPerson(external_id=f"U-{number}")
            person_id = unit.people.declare(stored.workspace_id, somebody, None)
            reminder = stored.reminder(period, f"k{number}")
            unit.deliveries.enqueue(replace(reminder, person_id=person_id), NOW)

    def claim(_: int) -> list[str]:
        keys = []
        while True:
            with stored.database.writing() as unit:
                delivery = unit.deliveries.claim(NOW, timedelta(seconds=60))
            if delivery is None:
                return keys
            keys.append(delivery.key)

    counted = Counter(key for keys in at_once(claim) for key in keys)  # type: ignore[attr-defined]
    assert counted == {f"k{number}": 1 for number in range(100)}


def test_threads_that_set_up_at_once_make_one_workspace(database: Database) -> None:
    def workspace(_: int) -> int:
        with database.writing() as unit:
            return unit.people.workspace("slack", "T-1")

    assert len(set(at_once(workspace))) == 1
