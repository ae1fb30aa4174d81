"""Sockets for what no sandbox does."""

from __future__ import annotations

import socket
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self


CLOSED_PORT = 2
"""A port where nobody listens: below those that the system hands out, so that no test beside this one can be given it."""


class ByHand:
    """A server that reads each request to its end, answers with what a function says, and closes the connection."""

    def __init__(self, answer: bytes | Callable[[bytes], bytes]) -> None:
        self._answer = answer if callable(answer) else lambda _: answer
        self._server = socket.create_server(("127.0.0.1", 0))
        self.requests: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, name="by-hand")
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            connection, _ = self._server.accept()
            with connection:
                connection.settimeout(10)
                request = _read(connection)
                if request == b"":
                    return
                self.requests.append(request)
                connection.sendall(self._answer(request))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # An empty request is its end.
        socket.create_connection(self._server.getsockname()).close()
        self._thread.join(30)
        self._server.close()


def _read(connection: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        piece = connection.recv(65_536)
        if not piece:
            return read
        read += piece
    head, _, body = read.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body
