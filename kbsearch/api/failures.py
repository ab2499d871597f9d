"""How operations may fail, as the OpenAPI document says it."""

from typing import Any

from kbsearch.api.schemas import ErrorOut

Failures = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]


def failure(status: int, text: str) -> Failures:
    """Return what the OpenAPI document says of an answer that is no success."""
    return {status: {"description": text, "content": {"application/json": {"schema": ErrorOut}}}}


_EVERYWHERE = {
    "403": "Another site, or another computer, sent the request",
    "503": "The database or the index cannot be used just now",
}
_WITH_BODY = {
    "413": "The body is longer than the server takes",
    "415": "The body does not say that it is JSON",
}
_ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorOut"}}}


def complete(document: dict[Any, Any] | str) -> dict[Any, Any] | str:
    """Add to the OpenAPI document what holds for many operations: failures, and needed bodies."""
    if isinstance(document, str):  # it would be YAML; ours is JSON
        raise TypeError("the OpenAPI document must be an object to add to")
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict):
                _complete(operation)
    return document


def _complete(operation: dict[str, Any]) -> None:
    shared = _EVERYWHERE
    if body := operation.get("requestBody"):
        body["required"] = True
        shared = _EVERYWHERE | _WITH_BODY
    for status, text in shared.items():
        operation["responses"].setdefault(status, {"description": text, "content": _ERROR})
