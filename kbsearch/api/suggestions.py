"""What the API answers while a person types: how a query goes on, and which tickets are alike."""

from typing import Any

from apiflask import APIBlueprint, Schema, fields
from apiflask.validators import Range
from flask import Response
from marshmallow import RAISE, post_load

from kbsearch.api.answers import json_answer
from kbsearch.api.failures import failure
from kbsearch.api.schemas import Body, SearchOut
from kbsearch.api.values import Whole, YesNo
from kbsearch.runtime.per_process import services
from kbsearch.search.results import RESULTS_LIMIT, SimilarRequest, Suggestions

suggestions = APIBlueprint("suggestions", __name__, tag="kbsearch")


class SuggestIn(Body):
    """What a person has typed so far."""

    q = fields.String(
        required=True,
        error_messages={"required": "is missing; send what is typed so far."},
        metadata={"description": "The query so far; its last word may be unfinished."},
    )


class SuggestOut(Schema):
    """How a query may go on; nothing is no failure."""

    words = fields.List(
        fields.String(),
        metadata={"description": "What the last word may become, the likeliest first."},
    )
    subjects = fields.List(
        fields.String(), metadata={"description": "Subjects of tickets that fit, the best first."}
    )


class SimilarIn(Body):
    """A ticket or a text, never both."""

    reference = fields.String(load_default="", metadata={"description": "The ticket."})
    source = fields.String(
        load_default=None,
        metadata={"description": "Needed only where several sources have the reference."},
    )
    text = fields.String(
        load_default="",
        metadata={
            "description": "Such as the note that is taken during a call; its first 10,000"
            " characters count."
        },
    )
    limit = Whole(
        load_default=10,
        validate=Range(1, RESULTS_LIMIT, error="must be from {min} to {max}."),
        metadata={"description": "The most hits to send."},
    )
    unsolved = YesNo(
        load_default=False,
        data_key="all",
        metadata={"description": "Send tickets without a resolution, too."},
    )

    @post_load
    def as_request(self, data: dict[str, Any], **_: object) -> SimilarRequest:
        """Return what the knowledge base is asked."""
        return SimilarRequest(**data)


@suggestions.post("/suggest")
@suggestions.input(SuggestIn, location="json", arg_name="typed", unknown=RAISE)
@suggestions.output(SuggestOut)
@suggestions.doc(operation_id="suggest", responses=failure(503, "There is no index to search"))
def suggest(typed: dict[str, str]) -> Suggestions:
    """Say how a query that is being typed may go on."""
    return services().searching.suggest(typed["q"])


@suggestions.post("/similar")
@suggestions.input(SimilarIn, location="json", arg_name="asked", unknown=RAISE)
@suggestions.output(SearchOut)
@suggestions.doc(
    operation_id="similar",
    responses=failure(404, "No such ticket") | failure(503, "There is no index to search"),
)
def similar(asked: SimilarRequest) -> Response:
    """Find the solved tickets that are like one, or like the note about a call."""
    return json_answer(services().searching.similar(asked))
