"""A TCP proxy on loopback that can fall silent, as a network does that loses every packet."""

import socket
import threading
from collections.abc import Iterable
from contextlib import suppress


class SilentProxy:
    """Passes on what comes, until it is told to pass nothing more on, closing no connection."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self._silent: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> "SilentProxy":
        self._accepting.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._accepting.join()
        with self._lock:
            _close(self._sockets)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listening.getsockname()[1])

    def fall_silent(self) -> None:
        """Drop what comes on the connections that are open now; new ones are served."""
        with self._lock:
            self._silent.update(self._sockets)

    def hang_up(self) -> None:
        """Close the connections that have fallen silent, as a network does that is back."""
        with self._lock:
            _close(self._silent)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(self._target)
            with self._lock:
                self._sockets += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if source not in self._silent:
                    sink.sendall(data)
            if source not in self._silent:
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            return  # hung up


def _close(sockets: Iterable[socket.socket]) -> None:
    for one in sockets:
        with suppress(OSError):  # closed already
            one.shutdown(socket.SHUT_RDWR)  # a thread that reads it would keep it open
        one.close()
