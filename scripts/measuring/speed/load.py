"""Send requests at random moments, whether or not the server is ready for them."""

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
"""Seconds after which a request without an answer counts as failed."""

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
        self._idle.extend([await self._connection() for _ in range(CONNECTIONS)])
        gaps = random.Random(_SEED)
        due = time.perf_counter()
        async with asyncio.TaskGroup() as asked:
            for text in texts:
                due += gaps.expovariate(rate)
                await asyncio.sleep(due - time.perf_counter())
                self._load.late = max(self._load.late, time.perf_counter() - due)
                asked.create_task(self._ask(text, due))
        for _, writer in self._idle:
            writer.close()
            await writer.wait_closed()
        return self._load

    async def _ask(self, text: str, due: float) -> None:
        """Count one request as answered or failed."""
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                head = await self._answer(f"/api/v1/search?q={quote(text, safe='')}")
        except (OSError, asyncio.IncompleteReadError):  # a timeout is an OSError
            head = b""
        if b" 200 " in head.partition(b"\r\n")[0]:
            self._load.seconds.append(time.perf_counter() - due)
        else:
            self._load.failed += 1

    async def _answer(self, address: str) -> bytes:
        """Send a request on the connection that was idle longest; return the head of the answer.

        The server closes what is idle for long. Like a browser, the client then takes another one.
        """
        request = f"GET {address} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n\r\n".encode()
        while True:
            used = bool(self._idle)
            reader, writer = self._idle.popleft() if used else await self._connection()
            try:
                writer.write(request)
                head = await reader.readuntil(_END)
            except (ConnectionError, asyncio.IncompleteReadError):
                writer.close()
                if not used:
                    raise
            else:
                await reader.readexactly(_length(head))
                self._idle.append((reader, writer))
                return head

    async def _connection(self) -> Connection:
        return await asyncio.open_connection(self._host, self._port)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise ConnectionError("an answer does not say how long it is")
