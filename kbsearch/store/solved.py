"""Which queries led to what solved the problem, as calls have said."""

from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from kbsearch.store.tables import OutcomeRow, TicketRow


class SolvedQuery(NamedTuple):
    """A query, and the ticket that solved what it was about."""

    query: str
    reference: str
    source: str


_SAID = func.sum(case((OutcomeRow.solved.is_(True), 1), else_=-1))
_SOLVED = (
    select(OutcomeRow.query, TicketRow.reference, TicketRow.source)
    .join(TicketRow, TicketRow.id == OutcomeRow.ticket_id)
    .where(OutcomeRow.query != "", TicketRow.deleted_at.is_(None))
    .group_by(OutcomeRow.query, OutcomeRow.ticket_id, TicketRow.reference, TicketRow.source)
    .having(_SAID > 0)
    .order_by(func.min(OutcomeRow.id))
)


def solved_queries(connection: Connection) -> list[SolvedQuery]:
    """Return those of which more calls say that the ticket helped than that it did not.

    The order is that in which they were first said; a call that named no query says nothing here.
    """
    return [SolvedQuery(*row) for row in connection.execute(_SOLVED)]
