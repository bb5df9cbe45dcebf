import subprocess
import sys

import pytest

OPEN = """
import sys
from highlightbot.persistence import open_database

open_database(sys.argv[1], calendar_for=lambda region: None)
assert sys.argv[2] not in sys.modules
"""


@pytest.mark.parametrize(
    ("url", "driver"), [("sqlite:///a.db", "psycopg"), ("postgres://bot@localhost/a", "sqlite3")]
)
def test_driver_of_the_other_database_is_not_imported(url: str, driver: str) -> None:
    subprocess.run([sys.executable, "-c", OPEN, url, driver], check=True)
