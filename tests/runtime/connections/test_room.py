"""A process keeps a bounded number of connections, and no good one waits for a slow one."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.runtime.connections.conftest import LIMITS, Desk
from tests.runtime.connections.test_pace import ASK


def test_a_new_connection_takes_the_place_of_the_slowest(desk: Desk) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(desk.connect(b"GET / HT"))
        desk.later(3)
        others = [stack.enter_context(desk.connect()) for _ in range(LIMITS.connections - 1)]
        good = stack.enter_context(desk.connect(ASK))
        assert desk.read(good, b"/page 0").startswith(b"HTTP/1.1 200 OK")
        assert not desk.is_open(first)
        assert all(desk.is_open(one) for one in others)


def test_no_connection_makes_room_while_it_is_answered(desk: Desk) -> None:
    with ExitStack() as stack:
        waiting = b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"
        asked = [stack.enter_context(desk.connect(waiting)) for _ in range(LIMITS.connections)]
        good = stack.enter_context(desk.connect(ASK))
        assert len(desk.listener.active_channels) == LIMITS.connections
        desk.released.set()
        for one in asked:
            assert desk.read(one, b"/wait 0").startswith(b"HTTP/1.1 200 OK")
        desk.later(1)
        assert desk.read(good, b"/page 0").startswith(b"HTTP/1.1 200 OK")


def test_where_descriptors_run_out_a_slow_connection_makes_room(desk: Desk) -> None:
    with desk.connect() as slow, socket.socket() as new:
        desk.later(1)
        new.connect(("127.0.0.1", desk.port))
        new.sendall(ASK)
        with _no_more_descriptors():
            desk.turn()
        desk.later(1)
        assert desk.read(new, b"/page 0").startswith(b"HTTP/1.1 200 OK")
        assert not desk.is_open(slow)


@contextmanager
def _no_more_descriptors() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
