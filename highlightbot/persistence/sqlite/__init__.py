"""SQLite: one file, one machine, one process that writes."""

from highlightbot.persistence.sqlite.connections import connect, sqlite_driver
from highlightbot.persistence.sqlite.schema import check, migrate

__all__ = ["check", "connect", "migrate", "sqlite_driver"]
