"""What every test may ask for."""

from pathlib import Path

import pytest

from kbsearch.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder is a fresh temporary one."""
    return Settings(home=tmp_path / "home", database_url="", port=0, workers=1)
