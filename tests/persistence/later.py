"""A later version of this program, with one migration more."""

import shutil
from pathlib import Path

import pytest

from highlightbot.persistence import migrations

LATER = "9999"


def add_later_revision(
    directory: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool = False
) -> None:
    """Have `migrate` bring databases to the revision that makes a table ``later``."""
    scripts = directory / "%migrations"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{LATER}_later.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '{LATER}', '{migrations.REVISIONS[-1]}'\n"
        "def upgrade():\n    op.execute('CREATE TABLE later (id INTEGER)')\n"
        + ("    1 / 0\n" if fails else "")
    )
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, LATER))
    monkeypatch.setattr(migrations, "SCRIPTS", scripts)
