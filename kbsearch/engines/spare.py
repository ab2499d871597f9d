"""Why an engine cannot go back to an earlier index."""

from kbsearch.errors import OperatorError


def no_spare() -> OperatorError:
    """Return what to raise where there is none."""
    return OperatorError("There is no earlier index to go back to; run: kbsearch reindex")


def foreign_spare() -> OperatorError:
    """Return what to raise where it belongs to another history than that of the store."""
    return OperatorError(
        "The spare belongs to another state of the database, so it cannot be gone back to; the"
        " index in use goes on"
    )
