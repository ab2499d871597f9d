"""Files that are damaged while a process has them open: noticed, said, and mended."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.engines.disk.generations.pool import Pool
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.messages.catalogue import Code
from kbsearch.privacy.key_file import KeyFile
from kbsearch.records.ticket import TicketFields
from kbsearch.runtime.maintenance import MaintenanceThread
from kbsearch.runtime.per_process import EXTENSION, OpenPerProcess
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.services.parts import Parts
from kbsearch.settings import Settings
from kbsearch.store.store import Store
from tests.masking import unmasked
from tests.sentences import sentences, told
from tests.web.desk import TICKETS, fill, running

PAGE = 4096
QUESTION = SearchRequest("headset sound")


class Clock:
    """Stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def filled(tmp_path: Path) -> Settings:
    """The settings of a small desk."""
    return fill(tmp_path / "home", *TICKETS)


@pytest.fixture
def clock() -> Clock:
    """What tells how long files are trusted that were hashed."""
    return Clock()


@pytest.fixture
def open_kb(filled: Settings, clock: Clock) -> Iterator[KnowledgeBase]:
    """Its knowledge base, with the index open."""
    store = Store.open(filled.store_url, masking=unmasked, keys=KeyFile(filled.key_file))
    with closing(
        KnowledgeBase(
            Parts.over(filled, store, WhooshEngine(filled.index_folder, None, clock), unmasked)
        )
    ) as kb:
        kb.parts.index.snapshot()
        yield kb


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are hashed once more, as they are."""
    names: list[str] = []
    check = Pool.check

    def counted(pool: Pool, file: Any, pace: Any = None) -> None:
        names.append(str(file))
        check(pool, file, pace)

    monkeypatch.setattr(Pool, "check", counted)
    return names


def files(settings: Settings, pattern: str) -> list[Path]:
    return sorted((settings.index_folder / View.INTERNAL.value / "segments").glob(pattern))


def rot(path: Path, change: Callable[[bytearray], None]) -> None:
    """Change the bytes of a file in place as a disk does: its time and size stay."""
    content, status = bytearray(path.read_bytes()), path.stat()
    change(content)
    with path.open("r+b") as file:
        file.write(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def noise(content: bytearray) -> None:
    content[:] = b"\xff" * len(content)


def another_letter(content: bytearray) -> None:
    """Change what no search can tell from what was written: a word is spelt otherwise."""
    content[content.index(b"scanner")] ^= 1


def last_bit(content: bytearray) -> None:
    """Change what no search reads: the directory, which was read at the opening."""
    content[-1] ^= 1


def test_what_cannot_be_read_has_the_files_hashed_and_the_rest_answers(
    open_kb: KnowledgeBase, filled: Settings
) -> None:
    for path in files(filled, "*.arrays"):
        rot(path, noise)
    result = open_kb.local.searching.search(QUESTION)
    assert (result.hits, result.partial) == ((), True)
    assert (Code.INDEX_PARTIAL,) in result.notes
    assert "is not as it was written" in told(open_kb.parts.index.ensure())
    assert [hit.ticket.reference for hit in open_kb.local.searching.search(QUESTION).hits] == [
        "KB-1042"
    ]


def test_every_kind_of_question_is_answered(open_kb: KnowledgeBase, filled: Settings) -> None:
    for path in (*files(filled, "*.lexicon"), *files(filled, "*.arrays")):
        rot(path, noise)
    before = open_kb.parts.index.snapshot()
    assert open_kb.local.searching.completions("head") == ()
    assert open_kb.local.searching.suggest("head").words == ()
    assert open_kb.parts.index.differences()
    assert open_kb.parts.index.snapshot() is not before
    assert open_kb.parts.index.snapshot().state.damage


def test_a_ticket_is_added_to_what_is_whole(open_kb: KnowledgeBase, filled: Settings) -> None:
    for path in files(filled, "*.arrays"):
        rot(path, noise)
    open_kb.local.tickets.add(TicketFields(reference="T-9", subject="Scanner hums"))
    found = open_kb.local.searching.search(SearchRequest("hums")).hits
    assert [hit.ticket.reference for hit in found] == ["T-9"]


def test_a_defect_of_ours_stays_one_and_does_not_hash_at_each_search(
    open_kb: KnowledgeBase, clock: Clock, hashed: list[str]
) -> None:
    def fail(_: IndexSnapshot) -> None:
        raise ZeroDivisionError

    counts = []
    for moment in (100.0, 105.0, 109.9, 110.0):
        clock.now = moment
        with pytest.raises(ZeroDivisionError):
            open_kb.parts.index.ask(fail)
        counts.append(len(hashed))
    assert counts == [counts[0], counts[0], counts[0], 2 * counts[0]]
    assert counts[0] == 2  # a segment and the lexicon


def test_ids_that_no_ticket_ever_had_have_the_files_hashed(
    open_kb: KnowledgeBase, filled: Settings, hashed: list[str], clock: Clock
) -> None:
    assert open_kb.parts.index.fetch([1, 10_000]).keys() == {1}
    assert hashed
    for path in files(filled, "*.lexicon"):
        rot(path, noise)
    clock.now = 10.0
    with pytest.raises(LookupError):
        open_kb.parts.index.fetch([-5])


def test_a_deleted_ticket_is_no_reason_to_hash(open_kb: KnowledgeBase, hashed: list[str]) -> None:
    open_kb.parts.store.delete("KB-1042")
    assert open_kb.local.searching.search(QUESTION).hits == ()
    assert hashed == []


def test_a_file_that_somebody_wrote_to_is_hashed_at_the_next_look(
    open_kb: KnowledgeBase, filled: Settings, hashed: list[str]
) -> None:
    [lexicon] = files(filled, "*.lexicon")
    os.utime(lexicon)
    assert (open_kb.parts.index.ensure(), open_kb.parts.index.ensure(), len(hashed)) == (
        None,
        None,
        2,
    )
    with lexicon.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\0")
    assert f"{lexicon} is not as it was written" in told(open_kb.parts.index.ensure())
    assert open_kb.parts.index.verify() == []


def test_another_file_of_the_same_name_is_opened(open_kb: KnowledgeBase, filled: Settings) -> None:
    [lexicon] = files(filled, "*.lexicon")
    before = open_kb.parts.index.snapshot()
    whole = lexicon.read_bytes()
    lexicon.unlink()
    lexicon.write_bytes(whole)
    open_kb.parts.index.ensure()
    assert open_kb.parts.index.snapshot() is not before
    assert open_kb.parts.index.snapshot().state.damage == ()


def test_the_keeper_finds_what_no_answer_shows(open_kb: KnowledgeBase, filled: Settings) -> None:
    rot(files(filled, "*.arrays")[0], last_bit)
    before = open_kb.parts.index.snapshot()
    keeper = MaintenanceThread(open_kb, pause=0.01, check_pause=0)
    keeper.start()
    patience = time.monotonic() + 60
    while open_kb.parts.index.snapshot() is before and time.monotonic() < patience:
        time.sleep(0.01)
    keeper.stop()
    assert open_kb.parts.index.ensure() is None
    assert open_kb.parts.index.verify() == []


def test_the_keeper_checks_when_it_is_time(
    open_kb: KnowledgeBase, clock: Clock, hashed: list[str]
) -> None:
    keeper = MaintenanceThread(open_kb, pause=0.001, check_pause=3600, clock=clock)
    keeper.start()
    for moment, checks in ((3599.0, 0), (3600.0, 1), (7199.0, 1), (7200.0, 2)):
        clock.now = moment
        patience = time.monotonic() + 60
        while len(hashed) < 2 * checks and time.monotonic() < patience:
            time.sleep(0.001)
        assert len(hashed) == 2 * checks
    keeper.stop()


def test_a_check_ends_when_the_server_does(open_kb: KnowledgeBase) -> None:
    class Stopped(Exception):
        pass

    def stop(size: int) -> None:
        sizes.append(size)
        raise Stopped

    sizes: list[int] = []
    with pytest.raises(Stopped):
        open_kb.parts.index.check(stop)
    assert len(sizes) == 1


def test_one_process_checks_at_a_time(open_kb: KnowledgeBase, filled: Settings) -> None:
    def nested(_: int) -> None:
        answers.append(neighbour.parts.index.check(lambda _: None))

    answers: list[bool] = []
    with closing(KnowledgeBase.open(filled)) as neighbour:
        neighbour.parts.index.snapshot()
        assert open_kb.parts.index.check(nested)
    assert set(answers) == {False}


def test_another_process_sees_what_one_has_mended(open_kb: KnowledgeBase, filled: Settings) -> None:
    with closing(KnowledgeBase.open(filled)) as other:
        before = other.parts.index.snapshot()
        rot(files(filled, "*.arrays")[0], last_bit)
        open_kb.parts.index.check(lambda _: None)
        assert told(open_kb.parts.index.ensure()).endswith("It was rebuilt.")
        assert other.parts.index.snapshot() is not before
        assert [hit.ticket.reference for hit in other.local.searching.search(QUESTION).hits] == [
            "KB-1042"
        ]


def test_a_merge_writes_nothing_damaged_afresh(open_kb: KnowledgeBase, filled: Settings) -> None:
    added: list[Path] = []
    for number in range(3):
        before = set(files(filled, "*.arrays"))
        open_kb.local.tickets.add(TicketFields(reference=f"T-{number}", subject="Scanner hums"))
        added += set(files(filled, "*.arrays")) - before
    rot(added[0], another_letter)
    open_kb.local.tickets.add(TicketFields(reference="T-3", subject="Scanner hums"))
    assert str(added[0]) in " ".join(sentences(open_kb.parts.index.verify()))
    assert "It was rebuilt" in told(open_kb.parts.index.ensure())
    assert open_kb.local.searching.search(SearchRequest("hums")).total == 5


def test_a_server_with_a_third_of_its_pages_zeroed_answers_every_search(filled: Settings) -> None:
    def zero_a_third(content: bytearray) -> None:
        for at in range(0, len(content), 3 * PAGE):
            content[at : at + PAGE] = bytes(len(content[at : at + PAGE]))

    with running(filled) as app:
        client = app.test_client()
        assert client.get("/?q=headset").status_code == 200
        for path in files(filled, "*.arrays"):
            rot(path, zero_a_third)
        texts = ("headset", "prnter", "0x80070005", "modem", "how to print on both sides")
        for text in texts:
            _asked(client, text)
        index = cast(OpenPerProcess, app.extensions[EXTENSION]).get().parts.index
        index.check(lambda _: None)
        checked = [_asked(client, text) for text in texts]
        assert "It was rebuilt" in told(index.ensure())
        mended = [_asked(client, text) for text in texts]
    assert all(
        Code.INDEX_PARTIAL.code in [note["code"] for note in answer["notes"]] for answer in checked
    )
    assert [answer["partial"] for answer in checked + mended] == [True] * 5 + [False] * 5
    assert mended[0]["hits"][0]["ticket"]["reference"] == "KB-1042"


def _asked(client: FlaskClient, text: str) -> dict[str, Any]:
    assert client.get("/", query_string={"q": text}).status_code == 200
    answer = client.post("/api/v1/search", json={"q": text})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found
