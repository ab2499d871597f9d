"""Requests that come when they come, not when the server is ready for them."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

CONNECTIONS = 32
"""Connections held open, as by so many browsers; they are used in turn."""
_END = b"\r\n\r\n"
_SEED = 3
_ANSWER_WITHIN = 30
"""Seconds after the last request is due until what is unanswered counts as failed."""

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Load:
    """What became of the requests.

    seconds  from the moment each request was due until its whole answer was there.
    failed   requests without an answer, or with another status than 200.
    late     seconds that a request was sent after it was due, at most: the client's own share.
    """

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    late: float = 0.0


def load(host: str, port: int, texts: Sequence[str], rate: float) -> Load:
    """Ask each text once, on average `rate` of them a second, at random moments.

    A request is sent when it is due, however many are still unanswered, and the clock starts at
    that moment: a queue in the server counts.
    """
    return asyncio.run(_Client(host, port).send(texts, rate))


class _Client:
    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._idle: deque[Connection] = deque()
        self._load = Load()

    async def send(self, texts: Sequence[str], rate: float) -> Load:
        for _ in range(CONNECTIONS):
            self._idle.append(await asyncio.open_connection(self._host, self._port))
        gaps = random.Random(_SEED)  # noqa: S311 - the same moments in every run
        due = time.perf_counter()
        asked = []
        for text in texts:
            due += gaps.expovariate(rate)
            await asyncio.sleep(due - time.perf_counter())
            self._load.late = max(self._load.late, time.perf_counter() - due)
            asked.append(asyncio.create_task(self._ask(text, due)))
        _, unanswered = await asyncio.wait(asked, timeout=_ANSWER_WITHIN)
        for task in unanswered:
            task.cancel()
        self._load.failed += len(unanswered)
        for _, writer in self._idle:
            writer.close()
            await writer.wait_closed()
        return self._load

    async def _ask(self, text: str, due: float) -> None:
        address = f"/api/v1/search?q={quote(text, safe='')}"
        request = f"GET {address} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n\r\n".encode()
        try:
            head, connection = await self._head(request)
            await connection[0].readexactly(_length(head))
        except (OSError, asyncio.IncompleteReadError):
            self._load.failed += 1
            return
        self._idle.append(connection)
        if b" 200 " in head.partition(b"\r\n")[0]:
            self._load.seconds.append(time.perf_counter() - due)
        else:
            self._load.failed += 1

    async def _head(self, request: bytes) -> tuple[bytes, Connection]:
        """Send a request on the connection that was idle longest; return the head of the answer.

        The server closes what is idle for long. Like a browser, the client then takes another one.
        """
        while self._idle:
            reader, writer = self._idle.popleft()
            try:
                writer.write(request)
                return await reader.readuntil(_END), (reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                writer.close()
        reader, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(request)
        return await reader.readuntil(_END), (reader, writer)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise ConnectionError("an answer does not say how long it is")
