"""Take down what calls say of tickets, and tell what is known of tickets besides their words."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from kbsearch.names import is_storable
from kbsearch.records.outcome import UNTRIED, Call, OutcomeReport, TrackRecord, Tried
from kbsearch.store.facts import TicketFeatures
from kbsearch.store.rows import portions
from kbsearch.store.tables import CallRow, CounterRow, OutcomeRow, TicketRow, TrackRecordRow

# Every search asks these, so they are made once.
_ASKED = TicketRow.id.in_(bindparam("ids", expanding=True)), TicketRow.deleted_at.is_(None)
_RECORDS = (
    select(TrackRecordRow.ticket_id, TrackRecordRow.solved, TrackRecordRow.tried)
    .join(TicketRow, TicketRow.id == TrackRecordRow.ticket_id)
    .where(*_ASKED)
)
_DATES = select(TicketRow.id, TicketRow.created_at).where(*_ASKED)
_FAILED = select(OutcomeRow.ticket_id).where(
    OutcomeRow.call == bindparam("call"), OutcomeRow.solved.is_(False)
)
_SAID = select(OutcomeRow.id, OutcomeRow.solved).where(
    OutcomeRow.call == bindparam("call"), OutcomeRow.ticket_id == bindparam("ticket_id")
)
_RECORD = select(TrackRecordRow.solved, TrackRecordRow.tried).where(
    TrackRecordRow.ticket_id == bindparam("ticket_id")
)
_CALL = select(CallRow.started_at, CallRow.last_at).where(CallRow.id == bindparam("call"))
_TRIED = (
    select(
        TicketRow.id, TicketRow.reference, TicketRow.source, TicketRow.subject, OutcomeRow.solved
    )
    .join(OutcomeRow, OutcomeRow.ticket_id == TicketRow.id)
    .where(OutcomeRow.call == bindparam("call"), TicketRow.deleted_at.is_(None))
    .order_by(OutcomeRow.solved.desc(), OutcomeRow.at.desc(), OutcomeRow.id.desc())
)
_LOCKED_COUNTER = select(CounterRow.id).with_for_update()


def record(connection: Connection, ticket_id: int, said: OutcomeReport) -> TrackRecord:
    """Take down a statement inside the caller's transaction; return what is known then.

    It holds the counter row, as every writer does, so that two at a time lose nothing.
    """
    connection.execute(_LOCKED_COUNTER)
    now = datetime.now(UTC)
    if said.call:
        _keep_call(connection, said.call, now)
    before = _said_before(connection, ticket_id, said, now)
    held = _held(connection, ticket_id)
    known = TrackRecord(
        solved=held.solved + said.solved - (before is True),
        tried=held.tried + (before is None),
    )
    _sum_up(connection, ticket_id, known, is_new=held == UNTRIED)
    return known


def take_back(connection: Connection, ticket_id: int, call: str) -> TrackRecord | None:
    """Take back what a call said of a ticket, inside the caller's transaction.

    Returns what is known of the ticket then, None if the call has said nothing of it.
    """
    if not call or not is_storable(call):
        return None
    connection.execute(_LOCKED_COUNTER)
    said = connection.execute(_SAID, {"call": call, "ticket_id": ticket_id}).first()
    if said is None:
        return None
    connection.execute(delete(OutcomeRow).where(OutcomeRow.id == said.id))
    _keep_call(connection, call, datetime.now(UTC))
    held = _held(connection, ticket_id)
    known = TrackRecord(solved=held.solved - said.solved, tried=held.tried - 1)
    _sum_up(connection, ticket_id, known, is_new=False)
    return known


def call_of(connection: Connection, call: str) -> Call | None:
    """Return a call and what it tried, None if it never said anything."""
    if not is_storable(call):
        return None
    row = connection.execute(_CALL, {"call": call}).first()
    if row is None:
        return None
    tried = tuple(Tried(*one) for one in connection.execute(_TRIED, {"call": call}))
    return Call(call, row.started_at, row.last_at, tried)


def facts(
    connection: Connection, ids: Sequence[int], call: str, *, dated: bool
) -> dict[int, TicketFeatures]:
    """Return what is known of these tickets; those of which nothing is known are absent.

    call   the call that a search is for, "" for none.
    dated  also when they were created.
    """
    found: dict[int, TicketFeatures] = {}
    for portion in portions(ids):
        asked = {"ids": portion}
        for number, solved, tried in connection.execute(_RECORDS, asked).all():
            found[number] = TicketFeatures(record=TrackRecord(solved, tried))
        for number, created_at in connection.execute(_DATES, asked).all() if dated else ():
            found[number] = found.get(number, TicketFeatures())._replace(created_at=created_at)
    for number in _failed_in(connection, call).intersection(ids):
        found[number] = found.get(number, TicketFeatures())._replace(failed_here=True)
    return found


def _failed_in(connection: Connection, call: str) -> frozenset[int]:
    """Return the tickets that did not help in a call."""
    if not call or not is_storable(call):
        return frozenset()
    return frozenset(connection.scalars(_FAILED, {"call": call}))


def _keep_call(connection: Connection, call: str, now: datetime) -> None:
    """Write down that a call is alive; its first statement makes its row."""
    known = connection.execute(update(CallRow).where(CallRow.id == call), {"last_at": now})
    if not known.rowcount:
        connection.execute(insert(CallRow), {"id": call, "started_at": now, "last_at": now})


def _said_before(
    connection: Connection, ticket_id: int, said: OutcomeReport, now: datetime
) -> bool | None:
    """Write the statement down; return what the call said of the ticket before, None if nothing."""
    values = {
        "ticket_id": ticket_id,
        "solved": said.solved,
        "call": said.call or None,
        "query": said.query,
        "at": now,
    }
    same_call = {"call": said.call, "ticket_id": ticket_id}
    before = connection.execute(_SAID, same_call).first() if said.call else None
    if before is None:
        connection.execute(insert(OutcomeRow), values)
        return None
    connection.execute(update(OutcomeRow).where(OutcomeRow.id == before.id), values)
    return bool(before.solved)


def _held(connection: Connection, ticket_id: int) -> TrackRecord:
    row = connection.execute(_RECORD, {"ticket_id": ticket_id}).first()
    return UNTRIED if row is None else TrackRecord(*row)


def _sum_up(connection: Connection, ticket_id: int, known: TrackRecord, *, is_new: bool) -> None:
    values = asdict(known)
    if known == UNTRIED:
        connection.execute(delete(TrackRecordRow).where(TrackRecordRow.ticket_id == ticket_id))
    elif is_new:
        connection.execute(insert(TrackRecordRow), {"ticket_id": ticket_id, **values})
    else:
        connection.execute(
            update(TrackRecordRow).where(TrackRecordRow.ticket_id == ticket_id), values
        )
