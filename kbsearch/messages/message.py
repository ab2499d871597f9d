"""A code with parameters, which becomes a sentence only where a person reads it."""

import re
from functools import lru_cache
from typing import TypeAlias, TypeGuard

Parameter: TypeAlias = "str | int | tuple[Parameter, ...] | Message"
Message: TypeAlias = tuple["Template", *tuple["Parameter", ...]]
"""A template and what fills it, in the order of its names.

It is a plain tuple, for one is made for every reading of a word, and most are never read.
"""
_NAME = re.compile(r"\{(\w+)")


class Template:
    """The English of a message, such as `"{word}" is also spelt "{other}"`.

    code   the name of the message, that of its attribute in `Code`.
    text   `{name}` is a parameter; a message within a message is its sentence. Of a list, `{name}`
           has commas between the words, `{name:and}` also names what joins the last, and
           `{name:"or}` also puts the words in quotes,
           and `{name:;}` has semicolons between messages.
           It is kept with the places of the parameters instead of their names.
    one    the same where the first number of the parameters is 1, "" if that changes nothing.
    names  those of the parameters, in the order in which the English has them.
    """

    __slots__ = ("code", "names", "one", "text")

    def __init__(self, text: str, *, one: str = "") -> None:
        self.names = tuple(dict.fromkeys(re.findall(_NAME, text)))
        self.text, self.one = (
            re.sub(_NAME, lambda found: f"{{{self.names.index(found[1])}", english)
            for english in (text, one)
        )

    def __repr__(self) -> str:
        """Return the code, as a program prints it."""
        return f"<{self.code}>"

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name of the attribute as the code."""
        self.code = name.lower()


class _List(tuple[object, ...]):
    """Several words of a sentence."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        quote, join = spec[: spec.startswith('"')], spec.removeprefix('"')
        words = [render(one) if is_message(one) else f"{quote}{one}{quote}" for one in self]
        if join == ";":
            return "; ".join(words)
        if join and words[1:]:
            words[-2:] = [f"{words[-2]} {join} {words[-1]}"]
        return ", ".join(words)


def is_message(value: object) -> TypeGuard[Message]:
    """Tell whether a value is a message, and no list of words."""
    return isinstance(value, tuple) and isinstance(value[0], Template)


@lru_cache(maxsize=10_000)
def render(message: Message) -> str:
    """Return the sentence of a message, or the part of one that it is made for."""
    template, *values = message
    text = template.text
    if template.one and next(value for value in values if isinstance(value, int)) == 1:
        text = template.one
    return text.format(*[_filling(one) if isinstance(one, tuple) else one for one in values])


def sentence(message: Message) -> str:
    """Return a message as a sentence of its own: with a capital letter, without its full stop."""
    text = render(message)
    return f"{text[0].upper()}{text[1:]}"


def _filling(value: tuple[Parameter, ...] | Message) -> object:
    return render(value) if is_message(value) else _List(value)


def shape(message: Message) -> dict[str, object]:
    """Return a message as JSON carries it: its code, its parameters by name, and its sentence."""
    return {
        "code": message[0].code,
        "parameters": parameters(message),
        "sentence": render(message),
    }


def parameters(message: Message) -> dict[str, object]:
    """Return the parameters of a message by name, as JSON carries them."""
    template, *values = message
    return dict(zip(template.names, map(_plain, values), strict=True))


def _plain(value: object) -> object:
    if is_message(value):
        return shape(value)
    return [*map(_plain, value)] if isinstance(value, tuple) else value
