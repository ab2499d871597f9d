"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from kbsearch.service import KnowledgeBase
from kbsearch.settings import Settings

# No test asserts a time: on a busy machine an example may take any.
hypothesis.settings.register_profile("kbsearch", deadline=None)
hypothesis.settings.load_profile("kbsearch")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder is a fresh temporary one."""
    return Settings(home=tmp_path / "home", database_url="", port=0, workers=1)


@pytest.fixture
def kb(settings: Settings) -> Iterator[KnowledgeBase]:
    """A knowledge base without tickets or index."""
    kb = KnowledgeBase.open(settings)
    yield kb
    kb.close()


@pytest.fixture
def neighbour(kb: KnowledgeBase, settings: Settings) -> Iterator[KnowledgeBase]:
    """The same knowledge base, as another process has it."""
    other = KnowledgeBase.open(settings)
    yield other
    other.close()
