"""One engine after the other for the tests that hold for all."""

from pathlib import Path

import pytest

from kbsearch.engines.base import SearchEngine
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.whoosh.engine import WhooshEngine


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An engine that holds no index yet."""
    return MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")
