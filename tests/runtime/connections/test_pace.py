"""Connections that do not get on are cut; those that do are not."""

import pytest

from tests.runtime.connections.conftest import BIG, Desk

ASK = b"GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
CHUNKS = b"POST /form HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"


def test_a_silent_connection_is_closed_after_thirty_seconds(desk: Desk) -> None:
    with desk.connect() as silent:
        desk.later(29)
        assert desk.is_open(silent)
        desk.later(2)
        assert not desk.is_open(silent)


def test_a_header_that_drips_is_answered_that_it_is_late(desk: Desk) -> None:
    with desk.connect(b"GET /page HTTP/1.1\r\nX: ") as slow:
        for _ in range(30):
            slow.sendall(b"x")
            desk.later(1)
        assert desk.is_open(slow)
        desk.later(1)
        assert desk.read(slow).startswith(b"HTTP/1.0 408 Request Timeout\r\n")


@pytest.mark.parametrize("header", [POST, CHUNKS], ids=["length", "chunks"])
def test_a_body_that_drips_is_answered_that_it_is_late(desk: Desk, header: bytes) -> None:
    with desk.connect(header) as slow:
        for _ in range(31):
            slow.sendall(b"x")
            desk.later(1)
        assert desk.is_open(slow)
        desk.later(1)
        answer = desk.read(slow)
    assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"The request came too slowly; send it again." in answer


def test_a_body_that_is_not_sent_is_cut(desk: Desk) -> None:
    with desk.connect(POST) as silent:
        desk.later(1)
        desk.later(30)
        assert desk.is_open(silent)
        desk.later(1)
        assert desk.read(silent).startswith(b"HTTP/1.1 408 ")


def test_a_body_may_take_minutes_at_ten_thousand_bytes_a_second(desk: Desk) -> None:
    with desk.connect(POST) as slow:
        for _ in range(100):
            slow.sendall(b"x" * 10_000)
            desk.later(1)
        assert desk.read(slow, b"/form 1000000").startswith(b"HTTP/1.1 200 OK")


def test_a_connection_that_is_kept_alive_is_closed_thirty_seconds_after_its_last_answer(
    desk: Desk,
) -> None:
    with desk.connect() as kept:
        for _ in range(3):
            desk.later(25)
            kept.setblocking(True)
            kept.sendall(ASK)
            assert desk.read(kept, b"/page 0")
        desk.later(1)
        desk.later(30)
        assert desk.is_open(kept)
        desk.later(1)
        assert not desk.is_open(kept)


def test_blank_lines_are_no_progress(desk: Desk) -> None:
    with desk.connect() as blank:
        for _ in range(30):
            blank.sendall(b"\r\n\r\n")
            desk.later(1)
        assert desk.is_open(blank)
        desk.later(1)
        assert not desk.is_open(blank)


def test_who_reads_nothing_holds_no_thread_and_is_cut(desk: Desk) -> None:
    with desk.connect(b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n") as deaf:
        [connection] = desk.listener.active_channels.values()
        desk.until(lambda: connection.total_outbufs_len > 0 and not connection.is_working)
        for _ in range(10):
            desk.later(12)
        assert desk.listener.active_channels
        for _ in range(3):
            desk.later(12)
        assert desk.listener.active_channels == {}
        assert deaf.fileno() > 0


def test_who_reads_slowly_gets_all_of_it(desk: Desk) -> None:
    with desk.connect(b"GET /big HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as slow:
        read = 0
        for _ in range(10):
            read += len(desk.read(slow, least=3_000_000))
            desk.later(100)
        assert read + len(desk.read(slow)) > BIG


def test_a_request_that_is_being_answered_is_never_cut(desk: Desk) -> None:
    with desk.connect(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n") as patient:
        for _ in range(5):
            desk.later(100)
        desk.released.set()
        assert desk.read(patient, b"/wait 0").startswith(b"HTTP/1.1 200 OK")


def test_who_closes_the_sending_side_is_answered(desk: Desk) -> None:
    with desk.connect(ASK) as half:
        half.shutdown(1)
        assert desk.read(half).endswith(b"/page 0")
