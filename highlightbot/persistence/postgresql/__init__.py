"""PostgreSQL: a server, and as many processes beside each other as one likes."""

from highlightbot.persistence.postgresql.connections import connect
from highlightbot.persistence.postgresql.schema import check, migrate

__all__ = ["check", "connect", "migrate"]
