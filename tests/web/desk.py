"""A small help desk to test the pages and the API with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from apiflask import APIFlask

from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import Kind, TicketFields
from kbsearch.runtime.per_process import detach
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.web.app import create_app

HEADSET = TicketFields(
    reference="KB-1042",
    subject="No sound in the headset after an update",
    problem="The caller hears nothing in the USB headset, error 0x80070005.",
    cause="The driver of the update.",
    environment="Windows 11\n\tUSB 3 hub",
    resolution="1. Uninstall the device.\n2. Plug it in again.\n   Wait ten seconds.",
    product="Headset 40",
    category="Audio",
    status="resolved",
    tags=("usb", "driver"),
    created_at=datetime(2026, 3, 7, tzinfo=UTC),
    agents=("Ravi Nair",),
    raw={"problem": "<p>The caller hears <b>nothing</b></p><script>alert(1)</script>"},
    messages=(
        Message("Kim", Role.REQUESTER, datetime(2026, 3, 7, 9, 5, tzinfo=UTC), True, "Any news?"),
        Message("Ravi Nair", Role.AGENT, None, False, "He waits now.\n\n> Any news?\n> <b>Kim</b>"),
    ),
)
PRINTER = TicketFields(
    reference="KB-0877",
    subject="Color printer jams",
    problem="The color printer pulls in several sheets at once.",
    resolution="Reseat the tray.",
    product="Printers",
    category="Printing",
    status="resolved",
    created_at=datetime(2026, 1, 5, tzinfo=UTC),
)
MODEM = TicketFields(
    reference="DESK/2026/7",
    subject="Modem light stays red",
    problem="The light of the modem stays red after a storm.",
    product="Modem 3",
    category="Network",
    created_at=datetime(2026, 2, 5, tzinfo=UTC),
)
DOTS = TicketFields(reference="..", subject="A scanner that hums", resolution="Oil it.")
ARTICLE = TicketFields(
    reference="A-1",
    kind=Kind.ARTICLE,
    subject="How to print on both sides",
    resolution="Open the settings of the printer and choose duplex.",
    product="Printers",
)
TICKETS = (HEADSET, PRINTER, MODEM, DOTS, ARTICLE)


def fill(home: Path, *tickets: TicketFields) -> Settings:
    """Put tickets into a new data folder, index them, and return its settings."""
    settings = Settings(home=home, database_url="", port=0, workers=1)
    kb = KnowledgeBase.open(settings)
    kb.parts.store.save_many(tickets)
    kb.parts.index.reindex()
    kb.close()
    return settings


@contextmanager
def running(settings: Settings) -> Iterator[APIFlask]:
    """An application over a data folder, its knowledge base closed at the end."""
    app = create_app(settings)
    yield app
    detach(app)
