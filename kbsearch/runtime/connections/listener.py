"""Takes connections and hands their requests to threads; no connection holds a thread."""

import errno
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from kbsearch.runtime.connections.connection import Connection
from kbsearch.runtime.connections.limits import BODY_LIMIT, HEADER_LIMIT, Limits

THREADS = 8
"""Requests that a process answers at once: room for those that wait for the database."""
_ANSWER_LIMIT = 8 * BODY_LIMIT
"""Bytes of answers that wait for one reader. No answer is longer, so no thread waits for it."""
_TEND = 1.0
"""Seconds between two looks for connections that are late."""
_STOPPING = 0.05
"""Seconds between two looks for connections that are done, when the server stops."""
_NO_ROOM = 0.1
"""Seconds until the next look for a connection, where there was no room."""
_NO_DESCRIPTOR = {errno.EMFILE, errno.ENFILE}


class Listener(TcpWSGIServer):
    """A server of waitress on a socket that is bound already.

    Two processes may share the socket: whichever has time takes the next connection.

    stopping  whether it takes no more requests than are on their way.
    """

    channel_class = Connection
    active_channels: dict[int, Connection]

    def __init__(
        self,
        application: WSGIApplication,
        listening: socket.socket,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stopping = False
        self.clock = clock
        self._limits = limits
        self._next_look = self._takes_from = clock()
        adjustments = Adjustments(
            sockets=[listening],
            ident="",
            log_socket_errors=False,
            max_request_header_size=HEADER_LIMIT,
            max_request_body_size=BODY_LIMIT + 1,
            outbuf_high_watermark=_ANSWER_LIMIT,
        )
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(THREADS)
        place = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            application,
            _sock=listening,
            dispatcher=threads,
            adj=adjustments,
            sockinfo=place,
            bind_socket=False,
        )

    def turn(self, timeout: float) -> None:
        """Wait until something happens, at most so many seconds, and see to it."""
        now = self.clock()
        if now >= self._next_look:
            self._next_look = now + _TEND
            for connection in list(self.active_channels.values()):
                if connection.is_late(now, self._limits):
                    connection.cut()
        wasyncore.poll2(timeout, self._map)

    def readable(self) -> bool:
        """Whether to look for a connection to take."""
        return self.accepting and self.clock() >= self._takes_from

    def handle_accept(self) -> None:
        """Take one connection, so that the other processes get theirs.

        Where there is no room, the one makes it that got on least. If all are being answered, the
        new one waits in the queue of the system.
        """
        self._take_one()

    def stop(self) -> None:
        """Take what waits in the queue of the system, and nothing after it."""
        self.stopping = True
        while self._take_one():
            pass
        wasyncore.dispatcher.close(self)

    def finish(self, still_here: Callable[[], None]) -> None:
        """Answer what is under way, as long as the grace lasts; then close everything.

        still_here  called all the while.
        """
        begun = self.clock()
        while self.active_channels and (now := self.clock()) < begun + self._limits.grace:
            for connection in list(self.active_channels.values()):
                if connection.is_quiet and now - connection.touched >= self._limits.linger:
                    connection.handle_close()
            still_here()
            self.turn(_STOPPING)
        for connection in list(self.active_channels.values()):
            connection.handle_close()
        self.task_dispatcher.shutdown(timeout=_STOPPING)
        if not self.task_dispatcher.threads:  # one that still runs would write to the descriptor
            self.trigger.close()

    def _take_one(self) -> bool:
        """Take a connection if there is one; return whether to look for another."""
        full = len(self.active_channels) >= self._limits.connections
        if full and not self._make_room():
            return self._wait()
        try:
            taken, place = self.socket.accept()
        except OSError as error:
            return error.errno in _NO_DESCRIPTOR and (self._make_room() or self._wait())
        with suppress(OSError):  # the peer is gone already
            self.set_socket_options(taken)
        self.channel_class(self, taken, place, self.adj, map=self._map)
        return True

    def _make_room(self) -> bool:
        """Close the connection that got on least; return False if all are being answered."""
        waiting = [one for one in self.active_channels.values() if not one.is_working]
        if waiting:
            min(waiting, key=lambda one: one.begun).handle_close()
        return bool(waiting)

    def _wait(self) -> bool:
        self._takes_from = self.clock() + _NO_ROOM
        return False
