"""Whoosh as it ships: its own codec, stems and stop words, any of the words."""

from collections.abc import Iterable
from pathlib import Path

from whoosh import fields, index, qparser
from whoosh.analysis import StemmingAnalyzer

from benchmark.systems import Ask, System


def systems(texts: Iterable[str], folder: Path) -> list[System]:
    """Build the index, or open the one that is there."""
    schema = fields.Schema(
        number=fields.STORED, text=fields.TEXT(analyzer=StemmingAnalyzer(), phrase=True)
    )
    if not index.exists_in(str(folder)):
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for number, text in enumerate(texts):
            writer.add_document(number=number, text=text)
        writer.commit()
    searcher = index.open_dir(str(folder)).searcher()
    parser = qparser.QueryParser("text", schema, group=qparser.OrGroup, plugins=[])

    def ready(text: str) -> Ask:
        query = parser.parse(text)
        return lambda: [hit["number"] for hit in searcher.search(query, limit=10)]

    return [System("Whoosh as shipped", ready)]
