"""Reads the JSON that programs send, and says where it cannot be read."""

import json
import math
import re
from collections.abc import Iterator

from flask import abort, request

from kbsearch.errors import BodyInvalid, shown

_DEEPEST = 20
"""Lists and objects in one another; what we read has three."""
_DIGITS = 30
"""In one whole number: more than in any that we read."""
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_WITHOUT_BODY = {"api.deleting.undelete_ticket"}
"""Operations that are posted and need no body."""

Problem = tuple[str, str]
"""A field, "" if it is the body itself, and what is wrong with it."""


def want_json() -> None:
    """Refuse a body in another format, which would count as an empty one, and one that is broken.

    Raises BodyInvalid if the JSON cannot be read, or holds what no field could take.
    """
    if request.method == "POST" and not request.is_json and request.endpoint not in _WITHOUT_BODY:
        abort(415)
    if request.is_json and (body := request.get_data()):
        check(body)


def check(body: bytes) -> None:
    """Raise BodyInvalid unless fields can be read from the body.

    >>> check(b'{"limit": 1e999}')
    Traceback (most recent call last):
    ...
    kbsearch.errors.BodyInvalid: limit: is no number that can be read; send a smaller one.
    """
    try:
        value = json.loads(body.decode(), parse_int=_whole)
    except UnicodeDecodeError as error:
        raise BodyInvalid(
            "", f"The body is not UTF-8 at byte {error.start + 1:,}; send it as UTF-8."
        ) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno:,}, column {error.colno:,}"
        raise BodyInvalid(
            "", f"The body is not JSON at {place}; check its quotes, commas and brackets."
        ) from None
    except RecursionError:
        raise BodyInvalid("", _too_deep("The body")) from None
    for problem in _problems(value):
        raise BodyInvalid(*problem)


def _problems(value: object) -> Iterator[Problem]:
    """Yield what is wrong with any part of what was sent."""
    waiting: list[tuple[str, object, int]] = [("", value, 1)]
    while waiting:
        field, found, depth = waiting.pop()
        inner: list[tuple[str, object]] = []
        if isinstance(found, dict):
            yield from _bad_names(field, found)
            inner = [(shown(name), part) for name, part in found.items()]
        elif isinstance(found, list):
            inner = [(str(number), part) for number, part in enumerate(found)]
        elif isinstance(found, str) and _HALF_A_CHARACTER.search(found):
            yield field, "holds half a character; send whole ones."
        elif isinstance(found, float) and not math.isfinite(found):
            yield field, "is no number that can be read; send a smaller one."
        if inner and depth > _DEEPEST:
            yield "", _too_deep(field.partition(".")[0] or "The body")
        waiting += [(f"{field}.{name}" if field else name, part, depth + 1) for name, part in inner]


def _bad_names(field: str, found: dict[str, object]) -> Iterator[Problem]:
    if any(_HALF_A_CHARACTER.search(name) for name in found):
        yield field, "A name of a field holds half a character; send whole ones."


def _too_deep(what: str) -> str:
    return f"{what} has more than {_DEEPEST} lists or objects in one another; send fewer."


def _whole(digits: str) -> float:
    """Return a whole number; one that is too long to be meant counts as infinite."""
    return int(digits) if len(digits) <= _DIGITS else math.inf
