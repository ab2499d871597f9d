"""The same faults for a whole knowledge base: no accepted ticket is lost, nobody has to mend it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.errors import IndexDamaged, KbsearchError, ReferenceTaken
from kbsearch.messages.message import render
from kbsearch.privacy.key_file import KeyFile
from kbsearch.records.ticket import StoredTicket, TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.services.parts import Parts
from kbsearch.settings import Settings
from kbsearch.store.store import Store
from tests.engines.disk.faults.bad_disk import Damaged, damaged_copies
from tests.engines.disk.faults.looking import Wrong, generations, leftovers
from tests.engines.disk.faults.operations import Operation
from tests.engines.disk.faults.watched import QuickDisk
from tests.masking import unmasked

DELETED = 2


def knowledge_base(home: Path, disk: Disk) -> KnowledgeBase:
    """Open the knowledge base of a data folder, its index on this disk."""
    settings = Settings(home=home)
    keys = KeyFile(settings.key_file)
    store = Store.open(settings.store_url, masking=unmasked, keys=keys)
    return KnowledgeBase(
        Parts.over(settings, store, WhooshEngine(settings.index_folder, disk), unmasked)
    )


def ticket(number: int) -> TicketFields:
    """Return a ticket that its code alone finds."""
    return {
        "reference": f"T-{number}",
        "subject": f"The printer stops with {code(number)}",
        "resolution": "Reseat the paper tray.",
    }


def code(number: int) -> str:
    """Return the code in a ticket."""
    return f"err{1000 + 37 * number}"


def save(*numbers: int) -> Callable[[Path], None]:
    """Return what puts tickets into the store that no index has taken in yet."""

    def prepare(home: Path) -> None:
        with closing(knowledge_base(home, QuickDisk())) as kb:
            kb.parts.store.save_many([ticket(number) for number in numbers])

    return prepare


def prepare_index(home: Path) -> None:
    """Make an index with a spare; a ticket was added and one deleted since."""
    save(1, DELETED, 3, 4)(home)
    with closing(knowledge_base(home, QuickDisk())) as kb:
        kb.parts.index.reindex()
        kb.local.tickets.add(ticket(5))
        kb.parts.index.reindex()
        kb.local.tickets.add(ticket(6))
        kb.parts.store.delete(f"T-{DELETED}")
        kb.parts.index.catch_up()


def prepare_without_spare(home: Path) -> None:
    """Make an index that was built once, and changed since."""
    save(1, DELETED, 3, 4)(home)
    with closing(knowledge_base(home, QuickDisk())) as kb:
        kb.parts.index.reindex()
        kb.local.tickets.add(ticket(5))
        kb.parts.store.delete(f"T-{DELETED}")
        kb.parts.index.catch_up()


def prepare_merge(home: Path) -> None:
    """Make an index in which one more small segment leads to a merge."""
    prepare_index(home)
    with closing(knowledge_base(home, QuickDisk())) as kb:
        kb.parts.index.reindex()
        for number in (10, 11, 12):
            kb.local.tickets.add(ticket(number))


def add(home: Path, disk: Disk) -> None:
    """Add a ticket; one that was saved before a crash only waits for the index."""
    with closing(knowledge_base(home, disk)) as kb:
        try:
            kb.local.tickets.add(ticket(20))
        except ReferenceTaken:
            kb.parts.index.catch_up()


def reindex(home: Path, disk: Disk) -> None:
    """Rebuild the index."""
    with closing(knowledge_base(home, disk)) as kb:
        kb.parts.index.reindex()


def rollback(home: Path, disk: Disk) -> None:
    """Go back to the spare, and take in what changed since."""
    with closing(knowledge_base(home, disk)) as kb:
        kb.parts.index.rollback()


def erase(home: Path, disk: Disk) -> None:
    """Remove what was deleted from the store and the index."""
    with closing(knowledge_base(home, disk)) as kb:
        kb.local.deletion.erase([f"T-{DELETED}"], agreed=1)


def go_on(home: Path) -> None:
    """Do what a server does when it starts, look for every ticket, and add one."""
    built = generations(home, QuickDisk()).stamp()
    with closing(knowledge_base(home, QuickDisk())) as kb:
        why = kb.parts.index.ensure()
        if built and why:
            raise Wrong(f"it had to be rebuilt: {render(why)}")
        kb.local.tickets.add(ticket(30))
        _look_for_all(kb)
        if damaged := kb.parts.index.verify():
            raise Wrong(render(damaged[0]))
    if left := leftovers(home):
        raise Wrong(f"{', '.join(sorted(left))} stayed")


def _look_for_all(kb: KnowledgeBase) -> None:
    for stored in kb.parts.store.tickets():
        if stored.reference not in _found(kb, _code_in(stored)):
            raise Wrong(f"{stored.reference} is lost")
    if f"T-{DELETED}" in _found(kb, code(DELETED)):
        raise Wrong(f"T-{DELETED} was deleted and is back")


def _found(kb: KnowledgeBase, text: str) -> list[str]:
    found = kb.local.searching.search(SearchRequest(text))
    if found.notes:
        raise Wrong(render(found.notes[0]))
    return [hit.ticket.reference for hit in found.hits]


OPERATIONS = (
    Operation("first build of tickets", save(1, 3), reindex, go_on),
    Operation("add of a ticket", prepare_index, add, go_on),
    Operation("add and merge of tickets", prepare_merge, add, go_on),
    Operation("reindex of tickets", prepare_index, reindex, go_on),
    Operation("rollback of tickets", prepare_index, rollback, go_on),
    Operation("removal of a deleted ticket", prepare_index, erase, go_on),
)


def damaged_knowledge(prepared: Path, random: Random, count: int) -> Iterator[Damaged]:
    """Damage files of the current index, ask for every ticket, mend it, and ask again.

    Before it is mended an answer may lack a ticket if it says that it may; afterwards none does.
    """
    current = generations(prepared, QuickDisk()).current()
    for home, what in damaged_copies(prepared, current, random, count):
        with closing(knowledge_base(home, QuickDisk())) as kb:
            whole, wrong = _wrong_before(kb)
            yield Damaged(what, whole, wrong or _wrong_when_mended(kb))


def _wrong_before(kb: KnowledgeBase) -> tuple[bool, str]:
    """Return whether every answer was in full, and what is wrong with any."""
    whole = True
    for stored in kb.parts.store.tickets():
        try:
            found = kb.local.searching.search(SearchRequest(_code_in(stored)))
        except IndexDamaged:
            whole = False
            continue
        if stored.reference not in [hit.ticket.reference for hit in found.hits]:
            whole = False
            if not found.partial and not found.notes:
                return False, f"nothing said that {stored.reference} may be missing"
    return whole, ""


def _wrong_when_mended(kb: KnowledgeBase) -> str:
    try:
        kb.parts.index.ensure()
        _look_for_all(kb)
        if damaged := kb.parts.index.verify():
            return render(damaged[0])
    except (KbsearchError, Wrong) as error:
        return str(error)
    return ""


def _code_in(stored: StoredTicket) -> str:
    return stored.subject.rpartition(" ")[2]
