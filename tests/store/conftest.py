"""Stores of either kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbsearch.store.store import Store
from tests.masking import unmasked


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'kbsearch.db'}"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store of either kind."""
    store = Store.open(database_url, masking=unmasked)
    yield store
    store.close()
