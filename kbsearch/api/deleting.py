"""Tickets are deleted and brought back by the API."""

from apiflask import APIBlueprint, Schema, fields
from marshmallow import RAISE

from kbsearch.api.failures import failure
from kbsearch.api.schemas import TicketByQuery, TicketKey
from kbsearch.api.values import Time
from kbsearch.runtime.per_process import services
from kbsearch.services.deletion import BroughtBack, Deleted

deleting = APIBlueprint("deleting", __name__, tag="kbsearch")


class DeletedOut(Schema):
    """A ticket that was deleted."""

    reference = fields.String()
    source = fields.String()
    deleted_at = Time()
    kept_until = Time(metadata={"description": "Until then `undelete` brings it back."})
    note = fields.String(
        metadata={"description": "What of it may still be seen, in sentences; empty if nothing."}
    )


class BackOut(Schema):
    """A ticket that was deleted and is back."""

    reference = fields.String()
    source = fields.String()
    note = fields.String(metadata={"description": "Why it cannot be found yet; empty if it can."})


@deleting.delete("/tickets/<reference:reference>")
@deleting.input(TicketKey, location="query", arg_name="key", unknown=RAISE)
@deleting.output(DeletedOut)
@deleting.doc(
    operation_id="deleteTicket", responses=failure(404, "No such ticket, or it is deleted already")
)
def delete_ticket(reference: str, key: dict[str, str | None]) -> dict[str, object]:
    """Delete a ticket: when the answer arrives, nothing finds or shows it any more.

    After 30 days it is purged; an import does not bring it back.
    """
    return _deleted(services().deletion.delete([reference], key["source"]))


@deleting.delete("/tickets")
@deleting.input(TicketByQuery, location="query", arg_name="key", unknown=RAISE)
@deleting.output(DeletedOut)
@deleting.doc(
    operation_id="deleteTicketByQuery",
    responses=failure(404, "No such ticket, or it is deleted already"),
)
def delete_ticket_by_query(key: dict[str, str]) -> dict[str, object]:
    """Delete a ticket whose reference cannot stand in a path, such as "..": `?reference=..`."""
    return _deleted(services().deletion.delete([key["reference"]], key["source"]))


@deleting.post("/tickets/<path:reference>/undelete")
@deleting.input(TicketKey, location="query", arg_name="key", unknown=RAISE)
@deleting.output(BackOut)
@deleting.doc(
    operation_id="undeleteTicket",
    responses=failure(404, "No such ticket, or it is purged")
    | failure(409, "The ticket is not deleted"),
)
def undelete_ticket(reference: str, key: dict[str, str | None]) -> dict[str, object]:
    """Bring a deleted ticket back as it was; it needs no body."""
    return _back(services().deletion.undelete([reference], key["source"]))


def _deleted(done: Deleted) -> dict[str, object]:
    (gone,) = done.tickets
    return {
        "reference": gone.reference,
        "source": gone.source,
        "deleted_at": gone.deleted_at,
        "kept_until": gone.kept_until,
        "note": done.note,
    }


def _back(done: BroughtBack) -> dict[str, object]:
    (ticket,) = done.tickets
    return {"reference": ticket.reference, "source": ticket.source, "note": done.note}
