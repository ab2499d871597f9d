"""A real server in a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kbsearch.runtime.connections.limits import Limits

PATIENT = Limits(linger=10, grace=40)

PROGRAM = """
import json, sys
from pathlib import Path
from kbsearch.settings import Settings
from kbsearch.runtime.connections.limits import Limits
from kbsearch.runtime.server import serve
from kbsearch.web.app import create_app
settings = Settings(
    home=Path(sys.argv[1]), workers=int(sys.argv[2]), database_url=sys.argv[3]
)
serve(
    settings,
    create_app,
    port=int(sys.argv[5]),
    announce=lambda address: print(address, flush=True),
    prepare=lambda _: None,
    limits=Limits(**json.loads(sys.argv[4])),
)
print("stopped", flush=True)
"""


@dataclass(frozen=True)
class Running:
    """A server that answers at `address`, such as "http://127.0.0.1:40123/"."""

    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        """The port that it picked."""
        return int(self.address.rstrip("/").rpartition(":")[2])

    def stop(self, signum: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Stop it; return its exit code and all that it said on stdout and stderr."""
        self.process.send_signal(signum)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        """Wait until it has stopped; return its exit code and all that it said."""
        said, logged = self.process.communicate(timeout=60)
        return self.process.returncode, said, logged


@contextmanager
def serving(
    home: Path, *, workers: int = 1, database_url: str = "", before: str = "", port: int = 0
) -> Iterator[Running]:
    """Serve a data folder until the block ends, by default with the database in it.

    It has more patience than ours, for a test may run beside much else.

    before  Python that the process runs first.
    """
    arguments = (home, workers, database_url, json.dumps(asdict(PATIENT)), port)
    process = subprocess.Popen(
        [sys.executable, "-c", before + PROGRAM, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        try:
            yield Running(process.stdout.readline().strip(), process)
        finally:
            process.kill()
