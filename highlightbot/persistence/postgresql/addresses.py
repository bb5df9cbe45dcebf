"""Where a PostgreSQL database is, as people write it and as a log may tell it."""

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from highlightbot.core.errors import Problems


def address_of(url: str) -> URL:
    """The address for psycopg, however its scheme is spelt; Problems where it cannot be read."""
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:  # ValueError: the port is no number
        raise Problems([_NO_ADDRESS]) from error
    if "@" in f"{address.host}{address.database}":  # a part of the password, which none may read
        raise Problems([_NO_ADDRESS])
    return address


_NO_ADDRESS = (
    "DATABASE_URL is no address of a PostgreSQL database: write for example"
    " postgresql://user:password@host:5432/highlightbot, with what is not a letter or a digit in"
    " the password as %XX."
)


def name_of(address: URL) -> str:
    """What to call the database in a sentence; the password is not in it."""
    host = address.host or address.query.get("host")
    named = f"PostgreSQL database {address.database or address.username or ''}".rstrip()
    return f"{named} at {host}" if isinstance(host, str) else named
