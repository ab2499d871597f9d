"""Every error has an owner, a code to exit with and a status to answer with."""

import inspect

import pytest

from kbsearch import errors
from kbsearch.errors import InputError, KbsearchError, OperatorError, TicketInvalid, TicketNotFound

ALL = [
    found
    for _, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, KbsearchError)
]


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_the_tree_in_the_docstring_names_every_error(error: type[KbsearchError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize(
    "error", [one for one in ALL if one is not KbsearchError], ids=lambda error: error.__name__
)
def test_an_error_is_mended_by_the_reader_or_by_the_operator(error: type[KbsearchError]) -> None:
    assert issubclass(error, InputError) != issubclass(error, OperatorError)
    assert error.exit_code == (2 if issubclass(error, InputError) else 1)


@pytest.mark.parametrize(
    ("error", "status"),
    [(InputError, 400), (TicketInvalid, 400), (TicketNotFound, 404), (OperatorError, 503)],
)
def test_a_page_answers_with_a_status(error: type[KbsearchError], status: int) -> None:
    assert error.http_status == status


def test_a_bad_field_is_named() -> None:
    error = TicketInvalid("subject", "is empty")
    assert (str(error), error.field, error.reason) == ("subject: is empty", "subject", "is empty")
