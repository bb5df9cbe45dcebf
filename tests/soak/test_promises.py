"""Each promise at its short size; on PostgreSQL the one that races in threads."""

from pathlib import Path

import pytest

from soak.measures import MEASURES
from tests.databases import PostgresServer, SqliteFile

_SEED = 1


@pytest.mark.parametrize("name", MEASURES)
def test_promise_is_kept_on_sqlite(name: str, tmp_path: Path, sqlite_file: SqliteFile) -> None:
    measure = MEASURES[name]
    url = sqlite_file.copy(tmp_path / "soak.db")
    verdict = measure.take("sqlite", url, _SEED, measure.short)
    assert verdict.kept, verdict


def test_one_summary_is_posted_a_period_on_postgresql(postgresql: PostgresServer) -> None:
    measure = MEASURES["one summary"]
    verdict = measure.take("postgresql", postgresql.patient(), _SEED, measure.short)
    assert verdict.kept, verdict
