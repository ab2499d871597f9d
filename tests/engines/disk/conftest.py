"""An index on disk."""

from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from tests.engines.desk import Listed, ticket


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of all views."""
    return tmp_path / "index"


@pytest.fixture
def folder(root: Path) -> Path:
    """The folder of the one view."""
    return root / View.INTERNAL.value


@pytest.fixture
def engine(root: Path) -> WhooshEngine:
    """An engine that holds two tickets."""
    engine = WhooshEngine(root)
    held = [ticket(1, "The printer jams"), ticket(2, "Printer offline")]
    engine.rebuild(View.INTERNAL, Listed(held, 10))
    return engine
