"""A web server in a thread of its own."""

import errno
import socket
import threading

import uvicorn
from starlette.applications import Starlette

from highlightbot.core.errors import Problems

_STOP_SECONDS = 3


class WebServer:
    """Serves an application at a port, from when it is started until it is stopped."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        """Problems with what to do where the host or the port cannot be had."""
        try:
            self._socket = _bound(host, port)
        except (OSError, UnicodeError) as error:  # UnicodeError: of "a..b", which names no host
            raise Problems([_refused(host, port, error)]) from error
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="http", daemon=True
        )

    @property
    def port(self) -> int:
        """Where it is to be asked; a free port where 0 was given."""
        port: int = self._socket.getsockname()[1]
        return port

    def start(self) -> None:
        """Answer whoever asks."""
        self._thread.start()

    @property
    def serves(self) -> bool:
        """Whether it has not ended by itself."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Finish what is being answered, for three seconds at most, and answer nothing more."""
        self._server.should_exit = True
        self._thread.join(_STOP_SECONDS + 1)
        self._socket.close()


def _refused(host: str, port: int, error: OSError | UnicodeError) -> str:
    if isinstance(error, socket.gaierror | UnicodeError) or error.errno == errno.EADDRNOTAVAIL:
        return (
            f"HOST is “{host}”, which is no address of this machine: write 127.0.0.1 to be reached"
            " from this machine alone, or 0.0.0.0 from everywhere."
        )
    return f"Port {port} cannot be used: {error}. Set another PORT."


def _bound(host: str, port: int) -> socket.socket:
    """A socket that names its protocol: on others asyncio leaves out TCP_NODELAY.

    Without it the second packet of an answer waits 40 ms for the first to be acknowledged.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # asyncio does so only for sockets it opened; without, an answer's body waits 40 ms for an
        # ack.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind(address)
        listening.listen()  # who asks from now on is answered as soon as the server runs
    except OSError:
        listening.close()
        raise
    return listening
