import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from highlightbot.cli import main
from highlightbot.core.deliveries import GRACE, LEASE, DeliveryStatus, MessageRef
from highlightbot.persistence import open_database
from highlightbot.scheduling.holidays import calendar_of
from tests.databases import SqliteFile
from tests.samples import NOW, Stored, store_programme


@pytest.fixture
def url(tmp_path: Path, sqlite_file: SqliteFile) -> str:
    return sqlite_file.copy(tmp_path / "ledger.db")


@pytest.fixture
def stored(url: str) -> Iterator[Stored]:
    """Row 1 is dead, 2 dead and may have arrived, 3 sent, 4 pending, all to Alex."""
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        stored = store_programme(database)
        period = stored.open_period()
        with database.writing() as unit:
            for number in range(1, 5):
                unit.deliveries.enqueue(stored.reminder(period, f"row {number}"), NOW)
        end(stored, DeliveryStatus.DEAD, "Slack refuses: user_not_found")
        with database.writing() as unit:
            unknown = unit.deliveries.claim(NOW, LEASE)
            assert unknown is not None
            unit.deliveries.put_back(unknown, NOW - GRACE, unknown=True, reason="timeout")
        end(stored, DeliveryStatus.DEAD, "cannot look")
        end(stored, DeliveryStatus.SENT, "")
        yield stored


def end(stored: Stored, status: DeliveryStatus, reason: str) -> None:
    with stored.database.writing() as unit:
        claimed = unit.deliveries.claim(NOW, LEASE)
        assert claimed is not None
        unit.deliveries.finish(claimed, status, NOW, ref=MessageRef("D", "1"), reason=reason)


def states(stored: Stored) -> list[str]:
    with stored.database.reading() as unit:
        return [row.status for row in unit.ledger.rows(tuple(DeliveryStatus), 9)][::-1]


def run(url: str, *words: str) -> int:
    return main(["deliveries", *words], {"DATABASE_URL": url})


@pytest.mark.usefixtures("stored")
def test_list_shows_what_was_not_sent(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(url) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["id", "state"],
        ["4", "pending"],
        ["2", "dead?"],
        ["1", "dead"],
    ]
    assert "Alex Sample" in lines[3]
    assert "reminder for 7–20 November 2026" in lines[3]
    assert lines[3].endswith("Slack refuses: user_not_found")


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("state", "ids"), [("dead", [2, 1]), ("sent", [3]), ("pending", [4]), ("unknown", [])]
)
def test_list_in_json_is_whole(
    url: str, state: str, ids: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(url, "--state", state, "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in listed] == ids
    if state == "dead":
        assert listed[0]["may_have_arrived"]
        assert listed[1] == {
            "id": 1,
            "kind": "reminder",
            "what": "reminder for 7–20 November 2026",
            "to": "Alex Sample",
            "state": "dead",
            "may_have_arrived": False,
            "attempts": 1,
            "next_attempt_at": None,
            "created_at": NOW.isoformat(),
            "finished_at": NOW.isoformat(),
            "reason": "Slack refuses: user_not_found",
        }


def test_dead_rows_are_requeued_and_looked_up_if_they_may_have_arrived(
    url: str, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(url, "requeue", "1", "2") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Delivery 1 is tried again.",
        "Delivery 2 is looked up, and sent if it is not there.",
    ]
    assert states(stored) == ["pending", "unknown", "sent", "pending"]


def test_what_somebody_looked_for_is_sent_at_once(url: str, stored: Stored) -> None:
    assert run(url, "requeue", "2", "--not-there") == 0
    assert states(stored) == ["dead", "pending", "sent", "pending"]


def test_wrong_ids_and_states_are_told(
    url: str, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(url, "requeue", "3", "4", "99") == 1
    assert capsys.readouterr().err.splitlines() == [
        "Delivery 3 was sent at 2026-11-20 09:30 UTC: it is not sent twice.",
        "Delivery 4 is being tried as it is: there is nothing to requeue.",
        "There is no delivery 99: `python bot.py deliveries` lists them.",
    ]
    assert run(url, "cancel", "3", "99") == 1
    assert capsys.readouterr().err.splitlines() == [
        "Delivery 3 was sent at 2026-11-20 09:30 UTC: it cannot be called back.",
        "There is no delivery 99: `python bot.py deliveries` lists them.",
    ]
    assert states(stored) == ["dead", "dead", "sent", "pending"]


def test_cancelled_rows_are_not_sent(
    url: str, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(url, "cancel", "1", "4") == 0
    assert states(stored) == ["cancelled", "dead", "sent", "cancelled"]
    capsys.readouterr()
    assert run(url, "requeue", "4") == 1
    refused = capsys.readouterr().err
    assert refused.startswith("Delivery 4 was cancelled at ")
    assert refused.endswith(" UTC: it is not sent.\n")


def test_what_is_on_its_way_cannot_be_cancelled(
    url: str, stored: Stored, capsys: pytest.CaptureFixture[str]
) -> None:
    with stored.database.writing() as unit:
        assert unit.deliveries.claim(datetime.now(UTC) + timedelta(days=1), LEASE) is not None
    assert run(url, "cancel", "4") == 1
    assert capsys.readouterr().err == "Delivery 4 is on its way just now: ask again in a minute.\n"


def test_an_empty_ledger_says_so(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(url) == 0
    assert capsys.readouterr().out == "Nothing waits to be sent, and nothing was given up.\n"
