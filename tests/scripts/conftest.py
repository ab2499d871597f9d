"""A copy of the checkout in which the scripts run with stub interpreters."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
STUBS = Path(__file__).parent
TOOLS = ("sh", "bash", "dirname", "cat", "cmp", "cp", "mkdir", "rm", "grep", "sleep")


@dataclass(frozen=True)
class Checkout:
    """A copy of what the scripts read, and a PATH with nothing on it but what they need."""

    folder: Path

    @property
    def bin(self) -> Path:
        """The only folder on PATH."""
        return self.folder.parent / "bin"

    @property
    def log(self) -> list[str]:
        """What the stubs were asked to do, in order."""
        path = self.folder.parent / "log"
        return path.read_text().splitlines() if path.exists() else []

    def add_python(self, name: str, version: str) -> None:
        """Put an interpreter on PATH that says it has this version."""
        python = self.bin / name
        script = (STUBS / "stub_python.sh").read_text()
        python.write_text(script.replace("$STUB_VERSION", version))
        python.chmod(0o755)

    def run(
        self, *command: str, user: str | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script from the root of the copy."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment(variables),
            user=user,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def start(self, *command: str, **variables: str) -> subprocess.Popen[str]:
        """Start a script in a group of processes of its own."""
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self._environment(variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def _environment(self, variables: dict[str, str]) -> dict[str, str]:
        return {
            "PATH": str(self.bin),
            "STUB_LOG": str(self.folder.parent / "log"),
            "STUB_KBSEARCH": str(STUBS / "stub_kbsearch.sh"),
            **variables,
        }


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    """A fresh copy, in a folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        base.chmod(0o755)
        (base / "bin").mkdir()
        for tool in TOOLS:
            (base / "bin" / tool).symlink_to(os.path.realpath(shutil.which(tool) or tool))
        folder = base / "kbsearch checkout"
        folder.mkdir()
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        for file in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / file, folder)
        yield Checkout(folder)
