"""What calls say of tickets by the API: that one solved the problem, or did not help."""

from typing import Any

from apiflask import APIBlueprint, Schema, fields
from apiflask.validators import Length
from marshmallow import RAISE, post_load

from kbsearch.api.failures import failure
from kbsearch.api.schemas import MessageOut, TicketKey
from kbsearch.api.values import Time, YesNo
from kbsearch.messages.message import sentence
from kbsearch.records.outcome import CALL_LIMIT, QUERY_LIMIT, Call, OutcomeReport, TrackRecord
from kbsearch.runtime.per_process import services

outcomes = APIBlueprint("outcomes", __name__, tag="kbsearch")


class OutcomeIn(TicketKey):
    """What a call says of a ticket; only `solved` must be there."""

    solved = YesNo(
        required=True,
        error_messages={"required": "is missing; send true or false."},
        metadata={"description": "Whether what the ticket says solved the problem."},
    )
    call = fields.String(
        load_default="",
        validate=Length(max=CALL_LIMIT, error="has more than {max} characters; send the id alone."),
        metadata={
            "description": "Which call it was: an id that names no person. A call says one thing of"
            " a ticket: what it says last counts."
        },
    )
    query = fields.String(
        load_default="",
        validate=Length(max=QUERY_LIMIT, error="has more than {max} characters; shorten it."),
        metadata={"description": "What was searched for."},
    )

    @post_load
    def as_statement(self, data: dict[str, Any], **_: object) -> tuple[OutcomeReport, str | None]:
        """Return what the knowledge base takes down, and which source is meant."""
        source = data.pop("source")
        return OutcomeReport(**data), source


class UndoIn(TicketKey):
    """Whose statement is taken back."""

    call = fields.String(
        required=True,
        error_messages={"required": "is missing; send the id of the call that said it."},
        metadata={"description": "The call that said it."},
    )


class TriedOut(Schema):
    """A ticket that a call tried."""

    reference = fields.String()
    source = fields.String()
    subject = fields.String()
    solved = fields.Boolean(metadata={"description": "Whether it solved the problem."})


class CallOut(MessageOut):
    """What a call tried."""

    id = fields.String()
    started_at = Time(metadata={"description": "When it first said something of a ticket."})
    last_at = Time(metadata={"description": "When it last said something, or took it back."})
    tried = fields.Integer(metadata={"description": "Tickets that it tried."})
    solved = fields.Integer(metadata={"description": "Those that solved the problem."})
    sentence = fields.Function(
        lambda call: f"{sentence(call.message)}.",
        metadata={"type": "string", "description": "The same in words."},
    )
    tickets = fields.List(
        fields.Nested(TriedOut),
        metadata={"description": "What solved it first, then what was said last."},
    )


class OutcomeOut(MessageOut):
    """What is known of a ticket then."""

    solved = fields.Integer(metadata={"description": "Calls that it solved."})
    tried = fields.Integer(metadata={"description": "Calls that tried it."})
    sentence = fields.Function(
        lambda known: f"{sentence(known.message)}.",
        metadata={"type": "string", "description": "The same in words."},
    )


@outcomes.post("/tickets/<path:reference>/outcome")
@outcomes.input(OutcomeIn, location="json", arg_name="said", unknown=RAISE)
@outcomes.output(OutcomeOut)
@outcomes.doc(operation_id="recordOutcome", responses=failure(404, "No such ticket"))
def record_outcome(reference: str, said: tuple[OutcomeReport, str | None]) -> TrackRecord:
    """Say whether a ticket solved the problem; from then on searches rank it by that, too."""
    return services().outcomes.record(reference, *said)


@outcomes.delete("/tickets/<path:reference>/outcome")
@outcomes.input(UndoIn, location="query", arg_name="said", unknown=RAISE)
@outcomes.output(OutcomeOut)
@outcomes.doc(
    operation_id="takeBackOutcome",
    responses=failure(404, "No such ticket, or the call has said nothing of it"),
)
def take_back_outcome(reference: str, said: dict[str, Any]) -> TrackRecord:
    """Take back what a call said of a ticket, as if it had never said it."""
    return services().outcomes.take_back(reference, said["call"], said["source"])


@outcomes.get("/calls/<path:call>")
@outcomes.output(CallOut)
@outcomes.doc(operation_id="call", responses=failure(404, "No such call"))
def call(call: str) -> Call:
    """Return what a call tried; its first statement of a ticket begins it."""
    return services().outcomes.call(call)
