"""Log lines as JSON, one object a line, for programs to read."""

import json
import logging
from datetime import UTC, datetime

FIELDS = ("delivery", "kind", "attempt", "outcome", "programme")
"""What a record may hold beside its message: numbers and words of ours, nothing of people's."""

CHATTY = ("alembic", "slack_bolt", "slack_sdk", "uvicorn", "websockets")
"""Loggers to be heard on WARNING at the most: some of them tell on DEBUG what people write."""


class JsonLines(logging.Formatter):
    """Each record as one JSON object.

    ``time`` is UTC (RFC 3339); ``level``, ``logger`` and ``message`` are always there, ``error``
    is a traceback; of `FIELDS` those that the record has.
    """

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`."""
        time = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in FIELDS if hasattr(record, name)},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
