"""Measure Whoosh as it ships: its own codec, stems and stop words, any of the words.

It answers slowly, so give it few tickets.
"""

from collections.abc import Iterable
from pathlib import Path

from whoosh import fields, index, qparser
from whoosh.analysis import DoubleMetaphoneFilter, StemmingAnalyzer
from whoosh.searching import Searcher

from measuring.dataset import TicketText
from measuring.peers.system import Ask, System, words

NAME = "Whoosh"
EVERY = 10
_EDITS = 2


def timed(tickets: Iterable[TicketText], folder: Path) -> System:
    """Return it with stems."""
    text = fields.TEXT(analyzer=StemmingAnalyzer(), phrase=True)
    searcher, parser = _opened(tickets, folder, text)

    def ready(text: str) -> Ask:
        query = parser.parse(text)
        return lambda: [hit["number"] for hit in searcher.search(query, limit=10)]

    return System("Whoosh as shipped", ready)


def ranked(tickets: Iterable[TicketText], folder: Path) -> System:
    """Return it with stems, its phonetic filter for the same words, and its own spelling."""
    sounds = DoubleMetaphoneFilter(combine=True)  # type: ignore[no-untyped-call]  # half typed
    text = fields.TEXT(analyzer=StemmingAnalyzer() | sounds, phrase=False, spelling=True)
    searcher, parser = _opened(tickets, folder, text)
    spelt = text.spelling_fieldname("text")
    corrector = searcher.reader().corrector("text")

    def corrected(word: str) -> str:
        if searcher.reader().doc_frequency(spelt, word):
            return word
        return next(iter(corrector.suggest(word, limit=1, maxdist=_EDITS)), word)

    def ready(asked: str) -> Ask:
        query = parser.parse(" ".join(map(corrected, words(asked))))
        return lambda: [hit["number"] for hit in searcher.search(query, limit=10)]

    return System(NAME, ready)


def _opened(
    tickets: Iterable[TicketText], folder: Path, text: fields.TEXT
) -> tuple[Searcher, qparser.QueryParser]:
    """Open the index, and its parser of queries; build the index if there is none."""
    schema = fields.Schema(number=fields.STORED, text=text)
    if not index.exists_in(str(folder)):
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for number, ticket in enumerate(tickets):
            writer.add_document(number=number, text=ticket.text)
        writer.commit()
    parser = qparser.QueryParser("text", schema, group=qparser.OrGroup, plugins=[])
    return index.open_dir(str(folder)).searcher(), parser
