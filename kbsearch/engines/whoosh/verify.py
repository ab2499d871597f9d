"""Read an index through, and say what is wrong with it."""

from whoosh import index
from whoosh.codec.whoosh3 import CorruptIndexError

from kbsearch.engines.base import Field
from kbsearch.engines.whoosh.folder import IndexFolder, read_manifest, shortened_files
from kbsearch.engines.whoosh.schema import make_schema
from kbsearch.engines.whoosh.words_file import ADDED, BUILT, read_words
from kbsearch.errors import IndexDamaged


def problems(folder: IndexFolder) -> list[str]:
    """Return a sentence for each thing that is wrong. Raises IndexMissing if there is no index."""
    build = folder.current()
    found: list[str] = []
    try:
        state = read_manifest(build)
        if found := shortened_files(build):
            return found
        sum(1 for _ in read_words(build / BUILT))
        sum(1 for _ in read_words(build / ADDED, growing=True))
        opened = index.open_dir(str(build), schema=make_schema())
        with opened.reader() as reader:
            if reader.doc_count() != state.tickets:
                found.append(f"{build} says {state.tickets} tickets, holds {reader.doc_count()}")
            for term in reader.all_terms():
                if term[0] in set(Field):
                    reader.term_info(*term)
    except (IndexDamaged, CorruptIndexError, index.IndexError, OSError) as error:
        found.append(str(error))
    return found
