"""Each promise at its short size; on PostgreSQL the one that races in threads."""

from pathlib import Path

import pytest

from highlightbot.persistence import migrate
from soak.__main__ import MEASURES, Measure
from tests.databases import PostgresServer

_SEED = 1


def _name(measure: Measure) -> str:
    return f"{measure.promise} {measure.run.__module__}.{measure.run.__name__}"


@pytest.mark.parametrize("measure", MEASURES, ids=_name)
def test_promise_is_kept_on_sqlite(measure: Measure, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/soak.db"
    migrate(url)
    verdict = measure.take("sqlite", url, _SEED, short=True)
    assert verdict.kept, verdict


@pytest.mark.parametrize("measure", [one for one in MEASURES if one.promise == 6], ids=_name)
def test_promise_is_kept_on_postgresql(measure: Measure, postgresql: PostgresServer) -> None:
    verdict = measure.take("postgresql", postgresql.patient(), _SEED, short=True)
    assert verdict.kept, verdict
