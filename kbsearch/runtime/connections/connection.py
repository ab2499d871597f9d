"""One connection, and whether it keeps up."""

import socket
from collections.abc import Callable
from typing import NamedTuple, Protocol

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel

from kbsearch.runtime.connections.answer import Answer, Refusal
from kbsearch.runtime.connections.limits import Limits
from kbsearch.runtime.connections.request import Request


class Server(Protocol):
    """What a connection asks of the listener that accepted it."""

    clock: Callable[[], float]

    def add_task(self, task: "Connection") -> None:
        """Have a thread call `task.service`."""


class _Stage(NamedTuple):
    """How far a connection is: a new stage has all the time of the world again."""

    answered: int
    has_header: bool
    has_answer: bool
    draining: bool


class Connection(HTTPChannel):
    """A connection of waitress that must make progress.

    begun    when the time began in which it must get on.
    touched  when bytes went either way last.
    unread   whether the peer may still be sending what no one reads any more.
    """

    task_class = Answer
    error_task_class = Refusal
    parser_class = Request
    request: Request | None
    close_when_flushed: bool
    server: Server

    def __init__(
        self,
        server: Server,
        sock: socket.socket,
        addr: tuple[str, int],
        adj: Adjustments,
        map: dict[int, object],  # noqa: A002 - waitress passes it by this name
    ) -> None:
        self.unread = False
        self.begun = self.touched = server.clock()
        self._moved = self._moved_before = 0
        self._answered = 0
        self._draining = False
        super().__init__(server, sock, addr, adj, map=map)
        self._stage = self._stage_now()

    def received(self, data: bytes) -> bool:
        """Take in bytes, or throw them away if the answer is out already."""
        self._move(len(data))
        if self._draining:
            return False
        taken: bool = super().received(data)
        return taken

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send some of the bytes; return how many."""
        sent: int = super().send(data, do_close=do_close)
        self._move(sent)
        return sent

    def service(self) -> None:
        """Let the application answer one request; threads call this."""
        self._answered += 1
        super().service()
        self.touched = self.server.clock()

    def writable(self) -> bool:
        """Whether to send: not while a thread answers, for it sends by itself.

        Two that send take turns at the same lock, and the search of that thread waits for both.
        """
        waits = self.total_outbufs_len > self.adj.outbuf_high_watermark
        return bool((waits or not self.requests) and super().writable())

    def handle_write(self) -> None:
        """Send what waits; then close, but first read what the peer still sends.

        A socket that is closed with unread bytes is reset, and takes the answer with it.
        """
        if not self.unread or self._draining:
            super().handle_write()
            return
        closes, self.close_when_flushed = self.close_when_flushed, False
        super().handle_write()
        self.close_when_flushed = self.close_when_flushed or closes
        if self.close_when_flushed and self.connected and not self.total_outbufs_len:
            self.close_when_flushed = False
            self._draining = True
            self._end_sending()

    def handle_close(self) -> None:
        """Close the connection, and what has arrived of a request."""
        super().handle_close()
        if self.request is not None:
            self.request.close()

    @property
    def is_working(self) -> bool:
        """Whether the application has a request of it."""
        return bool(self.requests)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is under way: no part of a request, and none of an answer."""
        return not (self.requests or self.request or self.total_outbufs_len)

    def is_late(self, now: float, limits: Limits) -> bool:
        """Whether it did not get on in time: to a new stage, or by enough bytes."""
        stage, moved = self._stage_now(), self._moved - self._moved_before
        # The system buffers an answer, and asks for more of it in pieces of a megabyte.
        enough = 1 if stage.has_answer else limits.pace * limits.patience
        gets_on = stage != self._stage or (moved >= enough and not self._draining)
        if gets_on or self.is_working:
            self.begun, self._stage, self._moved_before = now, stage, self._moved
        return now - self.begun > (limits.reading if stage.has_answer else limits.patience)

    def cut(self) -> None:
        """End a connection that is late; who sent a part of a request is answered."""
        with self.requests_lock:
            request = self.request
            if request is not None and not request.completed and not self.total_outbufs_len:
                request.be_late()
                self.request = None
                self.requests.append(request)
                self.server.add_task(self)
                return
        self.handle_close()

    def _stage_now(self) -> _Stage:
        has_header = self.request is not None and self.request.headers_finished
        return _Stage(self._answered, has_header, bool(self.total_outbufs_len), self._draining)

    def _move(self, count: int) -> None:
        self._moved += count
        self.touched = self.server.clock()

    def _end_sending(self) -> None:
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:  # the peer is gone
            self.handle_close()
