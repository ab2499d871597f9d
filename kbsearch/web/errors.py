"""Every failure as one sentence with a next step: a page for people, JSON under /api."""

import secrets
from collections.abc import Iterator

import structlog
from apiflask import APIFlask, HTTPError
from flask import Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kbsearch.errors import (
    BodyInvalid,
    FilterInvalid,
    KbsearchError,
    ReferenceTaken,
    TicketInvalid,
    shown,
)
from kbsearch.runtime.defects import defect_fields

PAGE_SENTENCES = {
    400: "The request cannot be read; go back, check what you sent and try again.",
    404: "There is nothing at this address; start from the search page.",
    405: "This address does not take such a request; start from the search page.",
    413: "That is more text than the server takes at once; send less.",
}
"""What is said where the library that found the failure says nothing of use to the reader."""
API_SENTENCES = PAGE_SENTENCES | {
    400: "The body is not JSON; check its quotes, commas and brackets.",
    404: "There is nothing at this address; /api/v1/openapi.json lists what there is.",
    405: "This address takes other methods; /api/v1/openapi.json lists them.",
    415: "The body must be JSON; send it with Content-Type: application/json.",
}

log = structlog.get_logger("kbsearch.web")


def handle_errors(app: APIFlask) -> None:
    """Translate every failure of this application, once."""
    app.register_error_handler(KbsearchError, _expected)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(HTTPError, _not_valid)
    app.register_error_handler(Exception, _unexpected)


def _expected(error: KbsearchError) -> Response:
    with_field = BodyInvalid | TicketInvalid | ReferenceTaken | FilterInvalid
    field = error.field if isinstance(error, with_field) else None
    return _answer(error.http_status, str(error), field)


def _refused(error: HTTPException) -> Response:
    """Answer for Flask: an address, method or body that leads nowhere, or our own `abort`."""
    status = error.code or 500
    response = _answer(status, _own_words(error) or _sentence(status))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _not_valid(error: HTTPError) -> Response:
    """Answer for the schemas of the API, with the first field that does not fit."""
    field, message = next(_messages(error.detail), (None, _sentence(error.status_code)))
    sentence = f"{field}: {message}" if field else message
    return _answer(error.status_code, sentence, field)


def _messages(detail: object) -> Iterator[tuple[str | None, str]]:
    """Yield (field, message) from what marshmallow says, such as {"json": {"q": ["Missing"]}}."""
    if not isinstance(detail, dict):
        return
    for where in detail.values():
        yield from _field_messages(where, ())


def _field_messages(found: object, path: tuple[str, ...]) -> Iterator[tuple[str | None, str]]:
    if isinstance(found, dict):
        for name, inner in found.items():
            step = () if name == "_schema" else (shown(str(name)),)
            yield from _field_messages(inner, path + step)
    elif isinstance(found, list):
        for message in found:
            yield ".".join(path) or None, str(message)


def _unexpected(error: Exception) -> Response:
    """Answer for a defect of ours; the log gets where and what kind, under the same number.

    The message of the error and the values around it stay out of the log: they may hold what
    a person searched for.
    """
    incident = secrets.token_hex(4)
    log.error(
        "incident",
        incident=incident,
        endpoint=request.endpoint,
        method=request.method,
        **defect_fields(error),
    )
    return _answer(
        500, f"Something went wrong on our side; try again, and report incident {incident}."
    )


def _own_words(error: HTTPException) -> str | None:
    """Return what we gave to `abort`, None for what werkzeug says by itself."""
    return error.description if error.description != type(error).description else None


def _sentence(status: int) -> str:
    sentences = API_SENTENCES if _for_a_program() else PAGE_SENTENCES
    return sentences.get(status, sentences[400])


def _for_a_program() -> bool:
    return f"{request.path}/".startswith("/api/")


def _answer(status: int, sentence: str, field: str | None = None) -> Response:
    if _for_a_program():
        error = {"message": sentence} | ({"field": field} if field else {})
        response = jsonify(error=error)
    else:
        response = make_response(render_template("error.html", status=status, sentence=sentence))
    response.status_code = status
    return response
