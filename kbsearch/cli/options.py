"""The options that several commands share."""

import functools
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import click

from kbsearch.records.filters import Filters
from kbsearch.records.ticket import Kind
from kbsearch.search.results import RESULTS_LIMIT

Function = Callable[..., None]
Decorator = Callable[[Function], Function]


def grouped(name: str, kind: type, *options: Decorator) -> Decorator:
    """Hand these options to a command as one argument: a dataclass whose fields they are."""
    names = [field.name for field in fields(kind)]

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def command(**given: Any) -> None:  # whatever types the options have
            chosen = {field: given.pop(field) for field in names}
            function(**{name: kind(**chosen)}, **given)

        decorated: Function = command
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


class Day(click.ParamType[datetime]):
    """A day, read as its first moment in UTC."""

    name = "day"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime:
        """Return the moment, or refuse what is no day."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            self.fail(
                f'"{value}" is no day; write it as YYYY-MM-DD, such as 2026-03-01.', param, ctx
            )


class Number(click.IntRange):
    """A whole number between two bounds; the second may be missing."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number, or refuse what is none or out of bounds."""
        try:
            return super().convert(int(str(value)), param, ctx)
        except (ValueError, click.BadParameter):
            bounds = f"from {self.min:,}" + (" up" if self.max is None else f" to {self.max:,}")
            self.fail(f'"{value}" cannot be used; give a whole number {bounds}.', param, ctx)


class OneOf(click.Choice[str]):
    """One of some words."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return why a word is refused."""
        del ctx
        return f'"{value}" is not known; give one of {", ".join(self.choices)}.'


KIND = OneOf([kind.value for kind in Kind])

filter_options = grouped(
    "filters",
    Filters,
    click.option("--product", "products", multiple=True, help="Only this product; repeatable."),
    click.option("--status", "statuses", multiple=True, help="Only this status; repeatable."),
    click.option("--category", "categories", multiple=True, help="Only this category; repeatable."),
    click.option("--tag", "tags", multiple=True, help="Only with this tag; each one given."),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=KIND,
        help="Only tickets, or only articles.",
    ),
    click.option(
        "--from",
        "created_from",
        type=Day(),
        metavar="YYYY-MM-DD",
        help="Created on this day or later.",
    ),
    click.option(
        "--before",
        "created_before",
        type=Day(),
        metavar="YYYY-MM-DD",
        help="Created before this day.",
    ),
)
"""Gives a command the argument `filters`."""

limit_option = click.option(
    "--limit",
    type=Number(1, RESULTS_LIMIT),
    default=10,
    metavar="N",
    show_default=True,
    help="Hits at most.",
)
plain_option = click.option(
    "--plain",
    is_flag=True,
    help="Read no word in another way than it is typed; same index, same ranking.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
