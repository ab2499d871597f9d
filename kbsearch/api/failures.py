"""How an operation may fail, as the OpenAPI document says it."""

from typing import Any

from kbsearch.api.schemas import ErrorOut

Failures = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]


def failure(status: int, text: str) -> Failures:
    """Return what the OpenAPI document says of an answer that is no success."""
    return {status: {"description": text, "content": {"application/json": {"schema": ErrorOut}}}}
