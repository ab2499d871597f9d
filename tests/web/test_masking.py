"""What pages say while tickets are not masked."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kbsearch.privacy.key_file import KeyFile
from kbsearch.records.ticket import TicketFields
from kbsearch.runtime.per_process import detach
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.store.store import Store
from kbsearch.web.app import create_app
from tests.masking import unmasked

WARNING = "Some tickets came before masking and show personal data."


@pytest.fixture
def old(tmp_path: Path) -> Iterator[tuple[FlaskClient, Settings]]:
    """A page over a ticket that came before there were rules."""
    settings = Settings(home=tmp_path / "home", database_url="")
    settings.home.mkdir()
    keys = KeyFile(settings.key_file)
    with closing(Store.open(settings.store_url, masking=unmasked, keys=keys)) as store:
        store.save(TicketFields(reference="T-1", subject="Till", problem="call +1 415 555 2671"))
    app = create_app(settings)
    yield app.test_client(), settings
    detach(app)


def test_every_page_warns_until_the_tickets_are_masked(
    old: tuple[FlaskClient, Settings],
) -> None:
    client, settings = old
    pages = ("/", "/tickets/T-1", "/add", "/import")
    assert all(WARNING in client.get(page).get_data(as_text=True) for page in pages)
    with closing(KnowledgeBase.open(settings)) as kb:
        kb.local.privacy.remask(agreed=1)
    texts = [client.get(page).get_data(as_text=True) for page in pages]
    assert not any(WARNING in text for text in texts)
    assert "[phone]" in texts[1]
