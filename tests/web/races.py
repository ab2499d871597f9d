"""Clients of two servers that post one new reference at the same moment."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier

from tests.web.server import Running, serving

_CLIENTS = 2
_SECONDS = 60.0
"""After which a client gives up on an answer or on the other client."""


def pairs(home: Path, database_url: str, number: int) -> Iterator[str]:
    """Post `number` references, each by two clients at once; yield what is wrong, "" if nothing.

    The two servers share a data folder and a database.
    """
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serving(home, database_url=database_url)) for _ in range(_CLIENTS)
        ]
        clients = stack.enter_context(ThreadPoolExecutor(_CLIENTS))
        barrier = Barrier(_CLIENTS)
        for pair in range(number):
            reference = f"R-{pair}"
            posts = [
                clients.submit(_post, server, reference, f"Client {client}", barrier)
                for client, server in enumerate(servers)
            ]
            yield _wrong(servers[0], reference, [post.result() for post in posts])


def _post(server: Running, reference: str, subject: str, barrier: Barrier) -> tuple[int, str]:
    """Return the status of the answer and the subject that was sent."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=_SECONDS)
    connection.connect()
    body = json.dumps({"reference": reference, "subject": subject})
    barrier.wait(_SECONDS)
    connection.request("POST", "/api/v1/tickets", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, subject


def _wrong(server: Running, reference: str, answers: list[tuple[int, str]]) -> str:
    """Return what is wrong: one client gets 201 and its ticket stays, the other one gets 409."""
    statuses = sorted(status for status, _ in answers)
    if statuses != [201, 409]:
        return f"{reference}: the answers are {statuses}"
    winner = next(subject for status, subject in answers if status == 201)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=_SECONDS)
    connection.request("GET", f"/api/v1/tickets/{reference}")
    kept = json.load(connection.getresponse())
    connection.close()
    if (kept["subject"], kept["revision"]) != (winner, 1):
        return f"{reference}: {winner} was answered 201, {kept['subject']} is what is kept"
    return ""
