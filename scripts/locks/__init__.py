"""What the lock files pin, and what they lack.

`requirements-metadata.json` has what every pinned distribution asks for, as its own metadata says:
`scripts/lock` records it. So a lock can be checked for every Python and system that it is made for,
also for what is not installed here.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {
    "requirements.lock": ("install",),
    "requirements-dev.lock": ("install", "dev"),
    "requirements-bench.lock": ("install", "bench"),
}
"""Each lock file, with the groups of pyproject.toml that it pins beside the dependencies."""
METADATA = ROOT / "requirements-metadata.json"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
"""kbsearch itself runs on the first; the locks are made for all of them."""
_ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[\w.!+-]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n"
    r"(?P<hashes>(?: +--hash=\S+(?: \\)?\n)+)",
    re.MULTILINE,
)

Environment = Mapping[str, str]
Metadata = Mapping[str, Sequence[str]]
"""`name==version` -> the requirements of that distribution."""


class Pin(NamedTuple):
    """An entry of a lock file.

    marker  where it counts, "" for everywhere.
    hashes  the lines with its hashes.
    """

    name: str
    version: str
    marker: str
    hashes: str

    @property
    def key(self) -> str:
        """Name what is pinned, as the metadata does."""
        return f"{self.name}=={self.version}"

    def counts_in(self, environment: Environment) -> bool:
        """Whether an installation in this environment takes it."""
        return _holds(self.marker, tuple(sorted(environment.items())))


def read_pins(lock: str) -> list[Pin]:
    """Return the entries of a lock file."""
    text = (ROOT / lock).read_text("utf-8")
    return [
        Pin(
            canonicalize_name(found["name"]),
            found["version"],
            found["marker"] or "",
            found["hashes"],
        )
        for found in _ENTRY.finditer(text)
    ]


def read_metadata() -> dict[str, list[str]]:
    """Return what was recorded of every pinned distribution."""
    recorded: dict[str, list[str]] = json.loads(METADATA.read_text("utf-8"))
    return recorded


def asked_for(lock: str) -> list[Requirement]:
    """Return what pyproject.toml asks for in this lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = list(project["project"]["dependencies"])
    lines += project["project"]["optional-dependencies"]["attachments"]
    for group in LOCKS[lock]:
        lines += project["dependency-groups"][group]
    return [Requirement(line) for line in lines]


def environments() -> Iterator[dict[str, str]]:
    """Yield what markers are read against, for every Python and system."""
    for python in PYTHONS:
        for system in _SYSTEMS:
            yield {
                "python_version": python,
                "python_full_version": f"{python}.0",
                "implementation_name": "cpython",
                "implementation_version": f"{python}.0",
                "platform_python_implementation": "CPython",
                "platform_machine": "x86_64",
                "platform_release": "",
                "platform_version": "",
                **system,
            }


def lacking(
    pins: Iterable[Pin], wanted: Sequence[Requirement], metadata: Metadata, environment: Environment
) -> Iterator[str]:
    """Yield a sentence for each requirement that the pins do not fulfil in this environment.

    wanted  where to begin: what the project asks for. From there every requirement of every
            requirement is followed, with the extras that are asked for.
    """
    pinned = {pin.name: pin for pin in pins if pin.counts_in(environment)}
    waiting = [("pyproject.toml", need) for need in wanted]
    seen = set()
    while waiting:
        asker, need = waiting.pop()
        pin = pinned.get(canonicalize_name(need.name))
        if pin is None:
            yield f"{asker} asks for {need}, which is not there"
            continue
        if not need.specifier.contains(pin.version, prereleases=True):
            yield f"{asker} asks for {need}, and {pin.version} is there"
        if (pin.key, frozenset(need.extras)) not in seen:
            seen.add((pin.key, frozenset(need.extras)))
            waiting += [
                (pin.key, one) for one in _requirements(pin, need.extras, metadata, environment)
            ]


def _requirements(
    pin: Pin, extras: Iterable[str], metadata: Metadata, environment: Environment
) -> Iterator[Requirement]:
    """Yield what a distribution with these extras asks for in an environment."""
    settings = tuple(sorted(environment.items()))
    for line in metadata[pin.key]:
        need = _requirement(line)
        marker = str(need.marker or "")
        if any(_holds(marker, (*settings, ("extra", extra))) for extra in ("", *extras)):
            yield need


@cache
def _requirement(line: str) -> Requirement:
    return Requirement(line)


@cache
def _holds(marker: str, settings: tuple[tuple[str, str], ...]) -> bool:
    if not marker:
        return True
    parsed = _requirement(f"x ; {marker}").marker
    return parsed is None or parsed.evaluate(dict(settings))
