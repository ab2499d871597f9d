"""A server in this process, whose clock stands still until a test moves it."""

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

import pytest

from kbsearch.runtime.connections.limits import Limits
from kbsearch.runtime.connections.listener import Listener

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

LIMITS = Limits(patience=30, pace=10_000, reading=120, connections=8, linger=1, grace=5)
BIG = 40_000_000
"""Bytes of the answer to /big: far more than the system buffers."""


class Desk:
    """A server with an application that says what it was asked, and the hands of its clock."""

    def __init__(self, listening: socket.socket) -> None:
        self.now = 1000.0
        self.port: int = listening.getsockname()[1]
        self.released = Event()
        self.listener = Listener(self._answer, listening, LIMITS, lambda: self.now)

    def _answer(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path, length = environ["PATH_INFO"], len(environ["wsgi.input"].read())
        if path == "/wait":
            assert self.released.wait(60)
        if path == "/fail":
            raise ValueError("somebody searched for sesame")
        body = b"x" * BIG if path == "/big" else f"{path} {length}".encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    def connect(self, first: bytes = b"") -> socket.socket:
        """Open a connection, send these bytes, and let the server take both in."""
        one = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        one.sendall(first)
        self.turn()
        return one

    def turn(self) -> None:
        """Let the server do what there is to do."""
        for _ in range(10):
            self.listener.turn(0.002)

    def later(self, seconds: float) -> None:
        """Move the clock, and let the server look at it."""
        self.now += seconds
        self.turn()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the server work until something is so."""
        last = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < last, "the server did not get there"
            self.listener.turn(0.002)

    def read(self, one: socket.socket, end: bytes = b"", least: int = 0) -> bytes:
        """Return what the server sends: up to this end, at least so many bytes, or all."""
        one.setblocking(False)
        got = bytearray()

        def is_over() -> bool:
            try:
                more = one.recv(1_000_000)
            except BlockingIOError:
                return False
            got.extend(more)
            return not more or bool(end and got.endswith(end)) or 0 < least <= len(got)

        self.until(is_over)
        return bytes(got)

    def is_open(self, one: socket.socket) -> bool:
        """Return whether the server keeps a connection."""
        one.setblocking(False)
        try:
            return bool(one.recv(1))
        except BlockingIOError:
            return True


@contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A server to connect to; everything is closed at the end."""
    with _listening() as listening:
        desk = Desk(listening)
        yield desk
        desk.released.set()
        desk.listener.stop()
        desk.listener.finish(lambda: desk.later(1))
        desk.until(lambda: not desk.listener.task_dispatcher.threads)
        desk.listener.trigger.close()
