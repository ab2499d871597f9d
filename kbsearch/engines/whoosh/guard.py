"""Refuse to work with another `whoosh` than the one that was tried.

Several distributions share the import name and overwrite each other's files in silence; their
index files differ in ways that lose tickets.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions

from kbsearch.errors import EngineUnusable

DISTRIBUTION = "whoosh3"
VERSION = "3.54.0"
_MEND = "run: pip install --force-reinstall --no-deps --require-hashes -r requirements.lock"


@cache
def check_whoosh() -> None:
    """Raise EngineUnusable unless exactly the `whoosh` that kbsearch depends on is installed."""
    check_installed(packages_distributions().get("whoosh", []))
    try:
        version = distribution(DISTRIBUTION).version
    except PackageNotFoundError:
        version = "no version"
    if version != VERSION:
        raise EngineUnusable(f"kbsearch needs {DISTRIBUTION} {VERSION}, found {version}; {_MEND}")


def check_installed(names: list[str]) -> None:
    """Raise EngineUnusable unless `names`, who provide the package `whoosh`, are as they should."""
    others = sorted(set(names) - {DISTRIBUTION})
    if others:
        raise EngineUnusable(
            f"Another whoosh is installed ({', '.join(others)}) in place of {DISTRIBUTION};"
            f" uninstall it, then {_MEND}"
        )
    if not names:
        raise EngineUnusable(f"{DISTRIBUTION} {VERSION} is not installed; {_MEND}")
