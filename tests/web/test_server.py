"""The server as a process."""

import http.client
import signal
import socket
from collections.abc import Iterator

import pytest

from kbsearch.errors import AddressUnavailable
from kbsearch.settings import Settings
from kbsearch.web.server import serve
from tests.web.server import Running, serving


@pytest.fixture
def server(filled: Settings) -> Iterator[Running]:
    """A server over a few tickets."""
    with serving(filled.home, workers=2) as running:
        yield running


def ask(server: Running, method: str, path: str, body: str = "") -> tuple[int, str]:
    """Return the status and the text of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
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


def test_an_idle_connection_holds_nobody_up(server: Running) -> None:
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(6)]
    assert ask(server, "GET", "/?q=modem")[0] == 200
    for connection in idle:
        connection.close()


def test_a_port_that_is_taken_is_named(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressUnavailable, match=f"Port {port} .* --port"):
            serve(settings, port=port, announce=print, prepare=lambda _: None)
    assert not settings.home.exists()
