"""Whoosh as it ships, one field: stems, its phonetic filter beside them, its own spelling."""

from pathlib import Path

from whoosh import fields, index, qparser
from whoosh.analysis import DoubleMetaphoneFilter, StemmingAnalyzer

from quality_measure.peers.system import System, words
from quality_measure.tickets import Tickets

NAME = "Whoosh"
_EDITS = 2
EVERY = 10


def system(tickets: Tickets, folder: Path) -> System:
    """Build the index; it answers slowly, so give it few tickets."""
    sounds = DoubleMetaphoneFilter(combine=True)  # type: ignore[no-untyped-call]  # half typed
    analyzer = StemmingAnalyzer() | sounds
    text = fields.TEXT(analyzer=analyzer, phrase=False, spelling=True)
    schema = fields.Schema(number=fields.STORED, text=text)
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for number, said in enumerate(tickets.texts):
        writer.add_document(number=number, text=said)
    writer.commit()
    searcher = index.open_dir(str(folder)).searcher()
    parser = qparser.QueryParser("text", schema, group=qparser.OrGroup, plugins=[])
    spelt = text.spelling_fieldname("text")
    corrector = searcher.reader().corrector("text")

    def corrected(word: str) -> str:
        if searcher.reader().doc_frequency(spelt, word):
            return word
        return next(iter(corrector.suggest(word, limit=1, maxdist=_EDITS)), word)

    def answer(asked: str) -> list[int]:
        query = parser.parse(" ".join(map(corrected, words(asked))))
        return [hit["number"] for hit in searcher.search(query, limit=10)]

    return System(NAME, answer, every=EVERY)
