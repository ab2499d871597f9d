"""Applications to ask: one that is only read, and fresh ones."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from kbsearch.settings import Settings
from tests.web.desk import TICKETS, fill, running


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with a few tickets; only for tests that read."""
    return fill(tmp_path_factory.mktemp("desk") / "home", *TICKETS)


@pytest.fixture(scope="session")
def desk(filled: Settings) -> Iterator[FlaskClient]:
    """A client of the API over a few tickets; only for tests that read."""
    with running(filled) as app:
        yield app.test_client()


@pytest.fixture
def fresh(settings: Settings) -> Iterator[FlaskClient]:
    """A client of the API over an empty knowledge base without an index."""
    with running(settings) as app:
        yield app.test_client()
