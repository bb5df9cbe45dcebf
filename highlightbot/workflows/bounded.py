"""Keeps what goes wrong with one of many from the others."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from highlightbot.core.errors import StorageFailure

log = logging.getLogger(__name__)


@contextmanager
def bounded(kind: str, its_id: int) -> Iterator[None]:
    """A bug that comes up inside is logged with what it came up in, and goes no further.

    A StorageFailure does: it concerns all.
    """
    try:
        yield
    except StorageFailure:
        raise
    except Exception:
        log.exception("%s %d met a bug when it was its turn, and is tried again", kind, its_id)
