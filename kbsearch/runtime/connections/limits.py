"""How much of a server one connection may take, and how long."""

from dataclasses import dataclass

ADDRESS_LIMIT = 8190
"""Bytes in the first line of a request."""
HEADER_LIMIT = 64 * 1024
"""Bytes in the header of a request: a browser sends the cookies of every local server to us."""
CHUNK_LINE_LIMIT = 4096
"""Bytes in a line that says how long a chunk is, and in what follows the last chunk."""
BODY_LIMIT = 32 * 1024 * 1024
"""Bytes in one request: room for the longest ticket in any script, so that what is too long is
refused by the field that is too long, in a sentence."""


@dataclass(frozen=True)
class Limits:
    """What a server waits for; tests hand in shorter times.

    patience     seconds in which the header of a request must be complete.
    pace         bytes a second that a body must make, on average over `patience` seconds; it may
                 take as long as it likes at that.
    reading      seconds in which whoever reads an answer must take some more of it.
    connections  how many a process keeps open; a new one then takes the place of the slowest.
    linger       seconds that a server which stops waits for a request that is on its way.
    grace        seconds that requests under way get when the server stops.
    """

    patience: float = 30.0
    pace: int = 10_000
    reading: float = 120.0
    connections: int = 1000
    linger: float = 1.0
    grace: float = 5.0


LIMITS = Limits()
