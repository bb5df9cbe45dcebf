"""Empty databases of both kinds, to be worked on until one is done with them."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from highlightbot.persistence import migrate
from tests.databases import postgres_server

KINDS = ("sqlite", "postgresql")


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    """The address of a migrated database with nothing in it."""
    with ExitStack() as opened:
        if kind == "postgresql":
            url = opened.enter_context(opened.enter_context(postgres_server()).new())
        else:
            directory = opened.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite:///{Path(directory)}/soak.db"
        migrate(url)
        yield url
