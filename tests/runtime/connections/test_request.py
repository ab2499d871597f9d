"""What is no request, or could be read in two ways, is refused in a sentence."""

import json
import logging
import socket
from contextlib import suppress

import pytest

from kbsearch.runtime.connections.failures import log_without_texts
from kbsearch.runtime.connections.limits import ADDRESS_LIMIT, BODY_LIMIT, HEADER_LIMIT
from tests.runtime.connections.conftest import Desk

HEAD = b"POST /form HTTP/1.1\r\nHost: localhost\r\n"
NO_HTTP = {
    "no version": b"GET /\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\n\r\n",
    "noise": b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
    "lower case": b"get / HTTP/1.1\r\n\r\n",
    "spaces": b"GET / HTTP/1.1 HTTP/1.1\r\n\r\n",
    "address of brackets": b"GET http://[::1 HTTP/1.1\r\n\r\n",
    "address that folds": "GET http://a\u2100b/ HTTP/1.1\r\n\r\n".encode(),
    "folded first header": b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
    "header without colon": HEAD + b"sesame\r\n\r\n",
    "space before the colon": HEAD + b"Content-Length : 3\r\n\r\nabc",
    "bare line feed": b"GET / HTTP/1.1\nHost: localhost\r\n\r\n",
    "NUL in a header": HEAD + b"X: a\0b\r\n\r\n",
    "two lengths": HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    "negative length": HEAD + b"Content-Length: -3\r\n\r\nabc",
    "length in words": HEAD + b"Content-Length: three\r\n\r\nabc",
    "length of many digits": HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "length and chunks": HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks in 1.0": b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "broken chunk size": HEAD + b"Transfer-Encoding: chunked\r\n\r\nsesame\r\n",
    "negative chunk size": HEAD + b"Transfer-Encoding: chunked\r\n\r\n-3\r\n",
    "chunk that is too long": HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
    "endless chunk line": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 6000,
    "endless trailer": HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"sesame: 1\r\n" * 600,
}


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_is_refused(desk: Desk, sent: bytes) -> None:
    status, header, body = answer(desk, sent)
    assert status == 400
    assert body.startswith("The request is not HTTP as this server reads it;")
    assert "sesame" not in body
    assert "server:" not in header
    assert "x-content-type-options: nosniff" in header


def test_an_encoding_that_is_not_known_is_refused(desk: Desk) -> None:
    status, _, body = answer(desk, HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n")
    assert (status, body.partition(";")[2]) == (501, " send it as it is, or in chunks.\n")


@pytest.mark.parametrize(
    "end", [b"", b" HTTP/1.1\r\nHost: localhost\r\n\r\n"], ids=["open", "whole"]
)
def test_an_address_that_is_too_long_is_refused(desk: Desk, end: bytes) -> None:
    status, _, body = answer(desk, b"GET /?q=" + b"x" * ADDRESS_LIMIT + end)
    assert status == 414
    assert "shorten the query" in body


def test_the_longest_address_is_read(desk: Desk) -> None:
    rest = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    start = b"GET /?q="
    length = ADDRESS_LIMIT - len(start) - len(b" HTTP/1.1")
    assert answer(desk, start + b"x" * length + rest)[0] == 200


def test_a_header_that_is_too_long_is_refused(desk: Desk) -> None:
    status, _, body = answer(desk, HEAD + b"Cookie: a=" + b"x" * HEADER_LIMIT)
    assert status == 431
    assert "remove cookies" in body


def test_a_program_that_asks_the_api_is_refused_in_json(desk: Desk) -> None:
    status, header, body = answer(desk, b"GET /api/v1/status HTTP/3.0\r\n\r\n")
    assert status == 400
    assert "content-type: application/json" in header
    assert json.loads(body)["error"]["message"].startswith("The request is not HTTP")


@pytest.mark.parametrize(
    "header",
    [b"Content-Length: 100000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n5f5e100\r\n"],
    ids=["length", "chunks"],
)
def test_a_body_that_is_too_long_is_left_to_the_application(desk: Desk, header: bytes) -> None:
    with desk.connect(HEAD + header) as one:
        one.setblocking(False)
        sent: list[int] = []
        desk.until(lambda: _send(one, b"x" * 100_000, sent) > BODY_LIMIT + 100_000)
        got = desk.read(one)
    assert got.startswith(b"HTTP/1.1 200 OK")
    assert b"Connection: close" in got


def test_nothing_after_a_refused_request_is_read_as_another(desk: Desk) -> None:
    with desk.connect(
        b"GET / HTTP/9.9\r\n\r\nGET /page HTTP/1.1\r\nHost: localhost\r\n\r\n"
    ) as one:
        assert desk.read(one).count(b"HTTP/1.") == 2  # in the first line, and in the sentence


def test_two_requests_in_one_go_are_answered_in_order(desk: Desk) -> None:
    asked = b"GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with desk.connect(asked % 1 + asked % 2) as one:
        got = desk.read(one, b"/2 0")
    assert got.index(b"/1 0") < got.index(b"/2 0")


def test_what_fails_in_the_server_is_logged_without_texts(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    log_without_texts(logging.getLogger("waitress"))
    status, _, body = answer(desk, b"GET /fail?q=sesame HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (status, body) == (500, "Something went wrong on our side; try again.\n")
    logged = capsys.readouterr().out
    assert "ValueError" in logged
    assert "conftest.py" in logged
    assert "sesame" not in logged
    assert "/fail" not in logged


def answer(desk: Desk, sent: bytes) -> tuple[int, str, str]:
    """Send bytes on a new connection; return the status, the header in small letters, the body."""
    with desk.connect(sent) as one:
        header, _, body = desk.read(one).decode().partition("\r\n\r\n")
    return int(header.split()[1]), header.lower(), body


def _send(one: socket.socket, data: bytes, sent: list[int]) -> int:
    """Send what can be sent; return how much that is by now."""
    with suppress(BlockingIOError):
        sent.append(one.send(data))
    return sum(sent)
