"""A real server in a process of its own."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from kbsearch.settings import Settings
from kbsearch.web.server import serve
settings = Settings(
    home=Path(sys.argv[1]), workers=int(sys.argv[2]), database_url=sys.argv[3]
)
serve(
    settings,
    port=0,
    announce=lambda address: print(address, flush=True),
    prepare=lambda _: None,
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
        said, logged = self.process.communicate(timeout=30)
        return self.process.returncode, said, logged


@contextmanager
def serving(home: Path, *, workers: int = 1, database_url: str = "") -> Iterator[Running]:
    """Serve a data folder until the block ends, by default with the database in it."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home), str(workers), database_url],
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
