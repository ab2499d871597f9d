"""The server as a process."""

import http.client
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest

from kbsearch.errors import AddressUnavailable
from kbsearch.records.ticket import TicketFields
from kbsearch.runtime.server import serve
from kbsearch.settings import Settings
from kbsearch.web.app import create_app
from tests.patience import PATIENCE
from tests.web.desk import TICKETS, fill
from tests.web.server import Running, serving
from tests.web.sockets import BIG, KINDS, Kind, good_requests, held

CANNOT_START = """
import kbsearch.web.app
def create_app(_):
    raise ZeroDivisionError("sesame")
kbsearch.web.app.create_app = create_app
"""
LONG = TicketFields(reference=BIG, subject="Long", problem="word " * 190_000)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with a ticket that takes long to read."""
    return fill(tmp_path_factory.mktemp("long") / "home", *TICKETS, LONG)


@pytest.fixture
def server(long: Settings) -> Iterator[Running]:
    """A server over a few tickets."""
    with serving(long.home, workers=2) as running:
        yield running


@pytest.fixture(scope="module")
def shared(long: Settings) -> Iterator[Running]:
    """A server that no test stops."""
    with serving(long.home, workers=2) as running:
        yield running


def ask(server: Running, method: str, path: str, body: str = "") -> tuple[int, str]:
    """Return the status and the text of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_it_says_where_it_is_and_answers_there(server: Running) -> None:
    assert server.address.startswith("http://127.0.0.1:")
    status, page = ask(server, "GET", "/?q=headset")
    assert status == 200
    assert "Uninstall the device" in page


def test_it_listens_on_the_loopback_only(server: Running) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", server.port), timeout=2)


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_and_says_nothing(server: Running, signum: int) -> None:
    assert ask(server, "GET", "/")[0] == 200
    assert server.stop(signum) == (0, "stopped\n", "")


def test_no_log_holds_what_was_searched(server: Running) -> None:
    ask(server, "GET", "/?q=sesame")
    ask(server, "GET", "/api/v1/search?q=sesame&limit=0")
    ask(server, "POST", "/hits", "q=sesame")
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(b"GET /?q=sesame HTTP/9.9\r\n\r\n")
        raw.recv(1000)
    _, said, logged = server.stop()
    assert "sesame" not in said + logged


def test_an_address_that_is_too_long_is_refused_in_a_sentence(server: Running) -> None:
    status, text = ask(server, "GET", "/api/v1/search?q=" + "x" * 100_000)
    assert status == 414
    assert "shorten the query" in text


def test_a_query_too_long_for_an_address_is_refused_by_post(server: Running) -> None:
    status, text = ask(server, "POST", "/hits", "q=" + "x" * 100_000)
    assert status == 400
    assert "100,000 characters" in text


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_slow_sockets_hold_nobody_up(shared: Running, kind: Kind) -> None:
    with held(shared.port, kind, 40):
        answers = good_requests(shared.port, 10, rate=100)
    assert (len(answers.seconds), answers.failed, answers.refused) == (10, 0, 0)


def test_processes_are_started_again_without_a_failed_request(server: Running) -> None:
    before = workers(server)
    with asking(server) as asked:
        server.process.send_signal(signal.SIGHUP)
        until(lambda: len(workers(server)) == 2 and not before & workers(server))
    assert (asked.failed, asked.refused) == (0, 0)
    assert ask(server, "GET", "/?q=headset")[0] == 200
    assert server.stop() == (0, "stopped\n", "")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_stops_answers_what_it_was_asked(server: Running, signum: int) -> None:
    with asking(server) as asked:
        server.process.send_signal(signum)
        assert server.ended() == (0, "stopped\n", "")
    assert asked.failed == 0


def test_a_kept_connection_is_answered_once_more_while_the_server_stops(server: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/?q=headset")
    connection.getresponse().read()
    for worker in workers(server):
        os.kill(worker, signal.SIGTERM)
    connection.request("GET", "/?q=modem")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Connection")) == (200, "close")
    connection.close()


def test_a_process_that_is_killed_comes_back(server: Running) -> None:
    before = workers(server)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    until(lambda: len(workers(server)) == 2 and not before & workers(server))
    assert ask(server, "GET", "/?q=headset")[0] == 200


def test_processes_end_with_their_master(server: Running) -> None:
    before = workers(server)
    server.process.kill()
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in before))


def test_a_process_that_cannot_start_ends_the_server_in_a_sentence(
    settings: Settings, tmp_path: Path
) -> None:
    with serving(settings.home, before=CANNOT_START) as running:
        code, _, said = running.ended()
    assert code == 1
    assert "ServerStopped: A process of the server cannot start;" in said
    assert "ZeroDivisionError" in said
    assert "sesame" not in said


def test_a_port_that_is_taken_is_named(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressUnavailable, match=f"Port {port} .* --port"):
            serve(settings, create_app, port=port, announce=print, prepare=lambda _: None)
    assert not settings.home.exists()


def workers(server: Running) -> set[int]:
    """Return the processes that answer."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    return {int(child) for child in children.read_text().split()}


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    last = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < last, "it did not come to that"
        time.sleep(0.02)


@dataclass
class Asked:
    """What became of requests that were sent while something else went on."""

    failed: int = 0
    refused: int = 0


@contextmanager
def asking(server: Running) -> Iterator[Asked]:
    """Send requests, one after the other, from before the block until after it."""
    asked, begun, over = Asked(), Event(), Event()

    def ask_on() -> None:
        while not over.is_set():
            answers = good_requests(server.port, 1, rate=20)
            asked.failed += answers.failed
            asked.refused += answers.refused
            begun.set()
            over.wait(0.03)

    thread = Thread(target=ask_on)
    thread.start()
    try:
        assert begun.wait(60)
        yield asked
    finally:
        over.set()
        thread.join()
