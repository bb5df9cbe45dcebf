"""A web address on loopback that tells when it is fetched."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue


@dataclass
class Address:
    """Answers with `status`, or not at all while `silent` is set and not released."""

    url: str = ""
    status: int = 200
    silent: threading.Event | None = None
    fetched: Queue[str] = field(default_factory=Queue)


@contextmanager
def address() -> Iterator[Address]:
    """An address that answers 200."""
    shown = Address()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.fetched.put(self.path)
            if shown.silent is not None:
                shown.silent.wait(10)
            self.send_response(shown.status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    shown.url = f"http://127.0.0.1:{server.server_port}/secret-of-the-switch"
    try:
        yield shown
    finally:
        if shown.silent is not None:
            shown.silent.set()
        server.shutdown()
        thread.join()
        server.server_close()
