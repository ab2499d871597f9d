"""What can go wrong, and who can mend it.

    KbsearchError                 a sentence that names the place and the next step
    |- InputError                 the reader can mend it        HTTP 400, exit 2
    |  |- QueryInvalid            a query that cannot be read
    |  |  `- FilterInvalid        a filter that asks for too much
    |  |- BodyInvalid             a body that cannot be read
    |  |- TicketInvalid           a field of a ticket that cannot be stored
    |  |- FileUnreadable          a file that cannot be imported
    |  |- ReferenceTaken          a new ticket with a used reference   HTTP 409, exit 2
    |  |- TicketNotFound          no such ticket                HTTP 404, exit 2
    |  |  `- TicketDeleted        there was one: the same
    |  |- TicketNotDeleted        a ticket to be brought back is there  HTTP 409, exit 2
    |  |- DeletionUnconfirmed     it would delete more than anyone said
    |  `- CallNotFound            no such call, or it said nothing of the ticket: the same
    `- OperatorError              whoever runs kbsearch can     HTTP 503, exit 1
       |- SettingInvalid          a setting, or the place it names
       |- StoreUnavailable        the database does not answer
       |- StoreMissing            there is no store, and only an import would make one
       |- IndexMissing            no index was ever built
       |- IndexOutdated           the index was made by another analysis
       |  `- HistoryDiffers       the index was made of another state of the database
       |- IndexDamaged            the index cannot be read
       |- IndexBusy               another process writes or rebuilds it
       |- IndexWouldShrink        a rebuild has fewer tickets than anyone expects
       |- AnalysisStopped         a process that analysed tickets was ended from outside
       |- EngineUnusable          the search library is not the one we depend on
       |- AddressUnavailable      the port is taken, or not ours to open
       |- KeysUnusable            the key file cannot be read, made or trusted
       |  |- KeysMissing          there is none, and the store needs it
       |  `- KeysDiffer           it lacks a key that the store needs
       |- VaultDamaged            an original cannot be opened by its key
       |- AuditDamaged            the audit log is not as it was written
       |- MaskingFailed          a text may hold personal data that could not be masked
       `- ServerStopped           the processes of the server cannot start

Anything else that is raised is a defect of ours: HTTP 500, exit 70. Each face translates once.
"""

_SHOWN = 40
"""Characters of what was sent that a sentence repeats."""


def shown(text: str) -> str:
    """Return what was sent as a sentence repeats it: no more of it than anyone would read.

    >>> shown("x" * 1_000_000) == "x" * 39 + "…"
    True
    """
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class KbsearchError(Exception):
    """An expected failure: `str(error)` is one sentence fit to show, with the next step.

    exit_code    what a command exits with.
    http_status  what a page or the API answers with.
    """

    exit_code = 1
    http_status = 500


class InputError(KbsearchError):
    """The reader can mend it."""

    exit_code = 2
    http_status = 400


class QueryInvalid(InputError):
    """A query that cannot be read."""


class FilterInvalid(QueryInvalid):
    """A filter that asks for too much; `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field


class BodyInvalid(InputError):
    """A body that cannot be read; `field` names where, "" if it is all of it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field


class TicketInvalid(InputError):
    """A field of a ticket that cannot be stored; `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class FileUnreadable(InputError):
    """A file that cannot be imported."""


class ReferenceTaken(InputError):
    """A new ticket has a reference that was used before; `field` names the reference."""

    http_status = 409
    field = "reference"

    def __init__(self, reason: str) -> None:
        super().__init__(f"reference: {reason}")


class TicketNotFound(InputError):
    """No such ticket."""

    http_status = 404


class TicketDeleted(TicketNotFound):
    """There was such a ticket, and it was deleted."""


class TicketNotDeleted(InputError):
    """A ticket that a person wants back is there."""

    http_status = 409


class DeletionUnconfirmed(InputError):
    """A deletion that is too large, or for good, to be meant without a word."""


class CallNotFound(InputError):
    """No such call, or it has said nothing of the ticket."""

    http_status = 404


class OperatorError(KbsearchError):
    """Whoever runs kbsearch can mend it."""

    exit_code = 1
    http_status = 503


class SettingInvalid(OperatorError):
    """A setting, or the place that it names, cannot be used."""


class StoreUnavailable(OperatorError):
    """The database does not answer, or not as it should."""


class StoreMissing(OperatorError):
    """There is no store where the settings say, and the caller may not make one."""


class IndexMissing(OperatorError):
    """No index was ever built."""


class IndexOutdated(OperatorError):
    """The index was made by another analysis than the one that would read the query."""


class HistoryDiffers(IndexOutdated):
    """The index was made of another database, or of another state of it."""


class IndexDamaged(OperatorError):
    """The index cannot be read."""


class IndexBusy(OperatorError):
    """Another process is writing or rebuilding the index."""


class IndexWouldShrink(OperatorError):
    """A rebuilt index would have fewer tickets than were expected, and no one said so."""

    def __init__(self, tickets: int, expected: int) -> None:
        super().__init__(
            f"The new index would have {tickets:,} tickets, {expected:,} at least were expected;"
            " the one before goes on. If tickets were removed on purpose, run:"
            " kbsearch reindex --allow-shrink"
        )


class AnalysisStopped(OperatorError):
    """A process that analysed tickets was ended from outside."""


class EngineUnusable(OperatorError):
    """The search library that is installed is not the one that kbsearch depends on."""


class AddressUnavailable(OperatorError):
    """The port is taken, or not ours to open."""


class KeysUnusable(OperatorError):
    """The key file cannot be read, made or trusted."""


class KeysMissing(KeysUnusable):
    """There is no key file, and the store needs it."""


class KeysDiffer(KeysUnusable):
    """The key file lacks a key that the store needs."""


class VaultDamaged(OperatorError):
    """An original cannot be opened by the key that it was sealed with."""


class AuditDamaged(OperatorError):
    """The audit log is not as it was written."""


class MaskingFailed(OperatorError):
    """A text could not be masked, so no index and no reader may have it."""


class ServerStopped(OperatorError):
    """The processes of the server cannot start."""


REBUILDING = "The index is being rebuilt, which takes in all that is saved"
"""Why something cannot be found yet, and why no one needs to do anything about it."""
