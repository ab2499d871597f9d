"""Values as programs send them: in JSON by their type, in an address as text."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

from apiflask import Schema, fields
from marshmallow import ValidationError

_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)


class FromAddress(Schema):
    """A schema whose values stand in an address, where all of them are text."""


class Whole(fields.Integer):
    """A whole number: in JSON 10 or 10.0, which are one, but no text and no 1.5."""

    default_error_messages = {"invalid": "must be a whole number, such as 10."}

    def _validated(self, value: object) -> int:
        if isinstance(self.root, FromAddress):
            is_whole = isinstance(value, str) and _WHOLE.fullmatch(value) is not None
        else:
            is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if not is_whole:
            raise self.make_error("invalid")
        return super()._validated(value)


class YesNo(fields.Boolean):
    """True or false: in an address also 1 and 0, yes and no, on and off."""

    default_error_messages = {"invalid": "must be true or false."}

    def _deserialize(
        self,
        value: object,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **options: Any,
    ) -> bool:
        if not isinstance(value, bool) and not isinstance(self.root, FromAddress):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **options)


class Values(fields.List[Any]):
    """A list that is refused if it is too long, before any of its values is looked at."""

    def __init__(
        self,
        inner: fields.Field[Any],
        most: int,
        sentence: Callable[[int], str],
        **options: Any,
    ) -> None:
        metadata = {**options.pop("metadata", {}), "maxItems": most}
        super().__init__(inner, metadata=metadata, **options)
        self._most = most
        self._sentence = sentence

    def _deserialize(self, value: Any, *given: Any, **options: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self._most:
            raise ValidationError(self._sentence(len(value)))
        found: list[Any] = super()._deserialize(value, *given, **options)
        return found


class Time(fields.AwareDateTime):
    """A time in ISO 8601; one without a zone is UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", default_timezone=UTC, **options)
