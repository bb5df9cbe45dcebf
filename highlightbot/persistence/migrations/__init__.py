"""The schema's history: an Alembic environment and its scripts."""

from pathlib import Path

from sqlalchemy import Connection

REVISIONS = ("0001", "0002", "0003")
"""The revisions of `versions`, oldest first; the last is what this program needs."""

SCRIPTS = Path(__file__).parent


def upgrade(connection: Connection) -> None:
    """Run the scripts that the database lacks, in the transaction of the connection."""
    # Alembic takes as long to import as the rest of the program: only where there is work.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
