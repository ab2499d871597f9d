"""The options that several commands share."""

import functools
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import click

from kbsearch.engines.base import Filters
from kbsearch.search.results import RESULTS_LIMIT
from kbsearch.tickets import Kind

Function = Callable[..., None]
Decorator = Callable[[Function], Function]


def grouped(name: str, kind: type, *options: Decorator) -> Decorator:
    """Hand these options to a command as one argument: a dataclass whose fields they are."""
    names = [field.name for field in fields(kind)]

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def command(**given: Any) -> None:  # noqa: ANN401  # whatever types the options have
            chosen = {field: given.pop(field) for field in names}
            function(**{name: kind(**chosen)}, **given)

        decorated: Function = command
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def utc_day(
    _context: click.Context, _option: click.Parameter, value: datetime | None
) -> datetime | None:
    """Read a day as its first moment in UTC."""
    return None if value is None else value.replace(tzinfo=UTC)


DAY = click.DateTime(formats=["%Y-%m-%d"])

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
        type=click.Choice([kind.value for kind in Kind]),
        help="Only tickets, or only articles.",
    ),
    click.option(
        "--from",
        "created_from",
        type=DAY,
        metavar="YYYY-MM-DD",
        callback=utc_day,
        help="Created on this day or later.",
    ),
    click.option(
        "--before",
        "created_before",
        type=DAY,
        metavar="YYYY-MM-DD",
        callback=utc_day,
        help="Created before this day.",
    ),
)
"""Gives a command the argument `filters`."""

limit_option = click.option(
    "--limit",
    type=click.IntRange(1, RESULTS_LIMIT),
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
