"""The stores of `highlightbot.workflows.ports` over SQLAlchemy Core."""

from highlightbot.persistence.schema import DatabaseCheck, check, migrate
from highlightbot.persistence.unit_of_work import SqlDatabase, open_database

__all__ = ["DatabaseCheck", "SqlDatabase", "check", "migrate", "open_database"]
