"""kbsearch: past tickets and their resolutions, found while the caller is still talking."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbsearch.library.knowledge import Knowledge
    from kbsearch.library.knowledge import open_knowledge as open  # noqa: A004 - as gzip.open

__all__ = ["Knowledge", "open"]
__version__ = "0.1.0"

# Loaded when a program first asks for them, so that nothing else waits.
_LIBRARY = {"Knowledge": "Knowledge", "open": "open_knowledge"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as types.ModuleType has it
    """Return a name of the library."""
    if name not in _LIBRARY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("kbsearch.library.knowledge"), _LIBRARY[name])
