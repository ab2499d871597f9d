"""What every test may ask for."""

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.databases import Server, Unavailable, postgresql_server
from tests.patience import PATIENT

# No test asserts a time: on a busy machine an example may take any, and so may making one.
hypothesis.settings.register_profile(
    "kbsearch", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("kbsearch")
# Whoever runs this in the background may ignore Ctrl-C; what the tests start must not.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Searches take as long as they need. Every process that a test starts inherits it.
_KEYS = tempfile.mkdtemp(prefix="kbsearch-keys-")
atexit.register(shutil.rmtree, _KEYS, ignore_errors=True)
# Tests leave the key file of the person who runs them alone.
PATIENT["KBSEARCH_KEYS"] = f"{_KEYS}/keys.json"
os.environ.update(PATIENT)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder is a fresh temporary one."""
    keys = tmp_path / "keys" / "keys.json"
    return Settings(home=tmp_path / "home", keys=keys, database_url="", port=0, workers=1)


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


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server; its tests are skipped without one, or fail where it is required."""
    try:
        with postgresql_server() as server:
            yield server
    except Unavailable as reason:
        if os.environ.get("KBSEARCH_REQUIRE_POSTGRESQL") == "1":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kbsearch.db'}"
    server: Server = request.getfixturevalue("server")
    return server.url(server.new_database())
