"""Make a row of the text of one JSON object."""

import json

from kbsearch.intake.rows import HEAD, WHOLE_ROW, BadRow, Row, RowText, beyond_limit, undecodable


def decode_object(piece: RowText) -> Row | BadRow:
    """Return the row that a piece of JSON is, or why it is none."""
    try:
        return Row(piece.line, _decode(piece), piece.length)
    except _NoObject as error:
        return BadRow(piece.line, str(error), WHOLE_ROW, {"_text": piece.text[:HEAD]})


class _NoObject(Exception):
    """Why a text is no object, as the end of a sentence."""


def _decode(piece: RowText) -> dict[str, object]:
    if piece.cut:
        raise _NoObject(beyond_limit(piece.length))
    if undecodable(piece.text):
        raise _NoObject("holds bytes that are no UTF-8; write this row as UTF-8")
    try:
        value = json.loads(piece.text)
    except json.JSONDecodeError as error:
        raise _NoObject(
            f"is no JSON ({error.msg}, character {error.pos + 1}); mend the row"
        ) from None
    except RecursionError:
        raise _NoObject("holds lists or objects too deep in each other; flatten them") from None
    except ValueError as error:
        raise _NoObject(f"cannot be read ({error}); mend the row") from None
    if not isinstance(value, dict):
        raise _NoObject('is no object; write it as {"column": "value", ...}')
    return value
