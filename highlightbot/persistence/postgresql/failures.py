"""What psycopg's errors mean to who runs the bot."""

from sqlalchemy.exc import DBAPIError

_SENTENCES = {
    "25006": "cannot be written: the server only reads, as a standby does",
    "42501": "does not let this user do what the bot must",
    "53100": "cannot grow: the server's disk is full",
    "53200": "failed: the server is out of memory",
    "53300": "has no connection left: raise max_connections, or let fewer programs connect",
    "55P03": "is busy: another transaction holds what this one needs",
    "57014": "is busy: a statement took too long",
}
"""By code: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

_OUR_FAULT = ("22", "23", "42")
"""Classes of codes: data, constraints, SQL."""

_UNREACHABLE = "cannot be reached"


def cause_of(error: Exception) -> Exception:
    """What psycopg raised, if SQLAlchemy wrapped it."""
    original = error.orig if isinstance(error, DBAPIError) else None
    return original if isinstance(original, Exception) else error


def sentence_of(error: Exception) -> str | None:
    """What the database does not do, to go after its name; None for a mistake of ours."""
    # Loaded with the first connection, and only where there is a PostgreSQL.
    from psycopg import Error, InterfaceError, OperationalError

    cause = cause_of(error)
    if not isinstance(cause, Error):
        return None
    code = cause.sqlstate
    if code is None:  # made by the client: nobody answered, or what it was given is wrong
        lost = isinstance(cause, (OperationalError, InterfaceError))
        return f"{_UNREACHABLE} ({said(cause)})" if lost else None
    if code in _SENTENCES:
        return f"{_SENTENCES[code]} ({said(cause)})"
    return None if code[:2] in _OUR_FAULT else f"failed ({code}: {said(cause)})"


def said(error: Exception) -> str:
    """An error's words in one line."""
    return " ".join(str(cause_of(error)).split())
