"""Empty databases of both kinds, to be worked on until one is done with them."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from highlightbot.persistence import migrate
from tests.databases import postgres_server

KINDS = ("sqlite", "postgresql")
_MEMORY = Path("/dev/shm")
# As a server runs that nobody has tuned, but that it looks at its tables as quickly as they grow.
_DURABLE = (
    "ALTER SYSTEM SET fsync = on",
    "ALTER SYSTEM SET autovacuum = on",
    "ALTER SYSTEM SET autovacuum_naptime = '2s'",
    "SELECT pg_reload_conf()",
)


@contextmanager
def empty_database(kind: str, *, durable: bool) -> Iterator[str]:
    """The address of a migrated database with nothing in it.

    ``durable`` where processes die that write to it: every commit waits for the disk, as it does
    for the bot. Elsewhere nothing is there to be lost, and the disk's time is saved.
    """
    with ExitStack() as opened:
        if kind == "postgresql":
            server = opened.enter_context(postgres_server())
            if durable:
                server.execute(*_DURABLE)
            url = opened.enter_context(server.new())
        else:
            memory = _MEMORY if _MEMORY.is_dir() and not durable else None
            directory = opened.enter_context(tempfile.TemporaryDirectory(dir=memory))
            url = f"sqlite:///{Path(directory)}/soak.db"
        migrate(url)
        yield url
