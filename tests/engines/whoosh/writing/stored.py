"""Stored values as JSON: what JSON has no word for stands in a list after its kind."""

import json
from datetime import datetime
from typing import Any


def encode_stored(values: dict[str, Any]) -> bytes:
    """Return the stored values of a document. Raises TypeError for what cannot be stored.

    >>> encode_stored({"title": "Tray", "sizes": (4, 5)})
    b'{"title":"Tray","sizes":["tuple",[4,5]]}'
    """
    return json.dumps(_plain(values), ensure_ascii=False, separators=(",", ":")).encode()


def decode_stored(kept: bytes) -> dict[str, Any]:
    """Return what was encoded.

    >>> decode_stored(b'{"title":"Tray","sizes":["tuple",[4,5]]}')
    {'title': 'Tray', 'sizes': (4, 5)}
    """
    values: dict[str, Any] = _value(json.loads(kept))
    return values


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dict() if all(isinstance(name, str) for name in value):
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [type(value).__name__, [_plain(one) for one in value]]
        case bytes():
            return ["bytes", value.hex()]
        case datetime():
            return ["datetime", value.isoformat()]
    raise TypeError(f"a {type(value).__name__} cannot be stored; store text or numbers")


def _value(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {name: _value(one) for name, one in plain.items()}
    if not isinstance(plain, list):
        return plain
    kind, kept = plain
    match kind:
        case "bytes":
            return bytes.fromhex(kept)
        case "datetime":
            return datetime.fromisoformat(kept)
    values = [_value(one) for one in kept]
    return tuple(values) if kind == "tuple" else values
