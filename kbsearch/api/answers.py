"""Send the answer to a search as JSON."""

from datetime import datetime
from operator import attrgetter

from flask import Response, jsonify

from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import SearchResult
from kbsearch.services.shapes import SUMMARY, Shape, result_shape

_VALUES = attrgetter(*SUMMARY)


def json_answer(result: SearchResult) -> Response:
    """Return the response that `SearchOut` describes, without its slow serialising."""
    return jsonify(result_shape(result, _summary))


def _summary(ticket: StoredTicket) -> Shape:
    return {name: _plain(value) for name, value in zip(SUMMARY, _VALUES(ticket), strict=True)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
