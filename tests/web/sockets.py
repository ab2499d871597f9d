"""Sockets that hold on to a server, and good requests meanwhile."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from urllib.parse import urlencode

HOST = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"
QUERIES = ("printer jams", "no sound headset", "vpn drops", "outlook keeps asking", "wifi slow")
BIG = "BIG-1"
"""The reference of a ticket whose answer is far longer than what a socket buffers."""


def post(length: int) -> bytes:
    """Return the header of a search that is posted."""
    lines = ("POST /hits HTTP/1.1", f"Host: {HOST}", f"Content-Type: {FORM}")
    return "\r\n".join((*lines, f"Content-Length: {length}", "", "")).encode()


@dataclass(frozen=True)
class Kind:
    """A way to hold on to a server.

    first   what is sent at once.
    drip    what is sent every second after that.
    reads   how many bytes of the answer are waited for at once.
    closes  whether the sending side is closed after `first`.
    """

    first: bytes = b""
    drip: bytes = b""
    reads: int = 0
    closes: bool = False


PAGE = f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
KINDS = {
    "silent": Kind(),
    "header byte a second": Kind(PAGE[:-2] + b"X-Slow: ", b"x"),
    "body byte a second": Kind(post(100_000) + b"q=", b"x"),
    "body never sent": Kind(post(100_000)),
    "chunk byte a second": Kind(
        f"POST /hits HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {FORM}\r\n"
        "Transfer-Encoding: chunked\r\n\r\nfffff\r\nq=".encode(),
        b"x",
    ),
    "reader of nothing": Kind(
        f"GET /api/v1/tickets/{BIG} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    ),
    "half closed": Kind(PAGE, closes=True),
    "idle after a request": Kind(PAGE, reads=1),
}


@contextmanager
def held(port: int, kind: Kind, count: int) -> Iterator[list[socket.socket]]:
    """Hold on to a server with so many sockets until the block ends."""
    sockets = [_opened(port, kind) for _ in range(count)]
    stopped = Event()
    dripping = Thread(target=_drip, args=(sockets, kind.drip, stopped))
    dripping.start()
    try:
        yield sockets
    finally:
        stopped.set()
        dripping.join()
        for one in sockets:
            one.close()


def _opened(port: int, kind: Kind) -> socket.socket:
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # as small as the system lets it be
    one.settimeout(30)
    one.connect((HOST, port))
    one.sendall(kind.first)
    if kind.closes:
        one.shutdown(socket.SHUT_WR)
    if kind.reads:
        one.recv(kind.reads)
    return one


def _drip(sockets: list[socket.socket], drop: bytes, stopped: Event) -> None:
    """Send the drop on each socket, one after the other, so that all have it in a second."""
    dropped = set[socket.socket]()
    while drop and not stopped.is_set():
        for one in sockets:
            if stopped.wait(1 / len(sockets)):
                return
            if one in dropped:
                continue
            try:
                one.sendall(drop)
            except OSError:  # the server has cut it
                dropped.add(one)


@dataclass(frozen=True)
class Answers:
    """What became of good requests.

    seconds  of each that was answered with 200.
    failed   how many were not.
    refused  how many found no server.
    """

    seconds: list[float]
    failed: int = 0
    refused: int = 0

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.seconds + other.seconds,
            self.failed + other.failed,
            self.refused + other.refused,
        )

    def percentile(self, part: float) -> float:
        """Return the milliseconds within which this part of the requests was answered."""
        ranked = sorted(self.seconds) or [float("nan")]
        return 1000 * ranked[min(len(ranked) - 1, int(part * len(ranked)))]


def search(port: int, text: str) -> None:
    """Ask for one page of hits on a connection of its own. Raises OSError if that fails."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("POST", "/hits", urlencode({"q": text}), {"Content-Type": FORM})
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise ConnectionError(f"status {answer.status}")


def good_requests(port: int, count: int, rate: float) -> Answers:
    """Send good requests, so many a second, one after the other."""
    seconds, failed, refused = [], 0, 0
    due = time.perf_counter()
    for number in range(count):
        time.sleep(max(0.0, due - time.perf_counter()))
        begun = time.perf_counter()
        try:
            search(port, QUERIES[number % len(QUERIES)])
        except ConnectionRefusedError:
            refused += 1
        except (OSError, http.client.HTTPException):
            failed += 1
        else:
            seconds.append(time.perf_counter() - begun)
        due = max(due + 1 / rate, begun)
    return Answers(seconds, failed, refused)
