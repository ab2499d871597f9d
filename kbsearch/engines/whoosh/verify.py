"""Read an index through, and say what is wrong with it."""

from kbsearch.engines.whoosh.failures import storage_errors
from kbsearch.engines.whoosh.folder import IndexFolder
from kbsearch.engines.whoosh.snapshot import open_snapshot
from kbsearch.errors import OperatorError


def problems(folder: IndexFolder) -> list[str]:
    """Return a sentence for each thing that is wrong. Raises IndexMissing if there is no index."""
    build = folder.current()
    try:
        with storage_errors(folder):
            snapshot = open_snapshot(folder, None)
            for segment in snapshot.segments.values():
                segment.read_terms()
    except OperatorError as error:
        return [str(error)]
    held, said = snapshot.collection.documents, snapshot.state.tickets
    return [] if held == said else [f"{build} says {said} tickets, holds {held}"]
