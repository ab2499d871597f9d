"""What a page says of tickets in a call, and the strip that shows it."""

from contextlib import suppress

from flask import Blueprint, render_template, request

from kbsearch.errors import CallNotFound, InputError
from kbsearch.records.outcome import QUERY_LIMIT, OutcomeReport
from kbsearch.runtime.per_process import services

calls = Blueprint("calls", __name__)


@calls.post("/call")
def strip() -> str:
    """What a call tried, as a strip of the page; nothing if it tried nothing yet."""
    return _strip(request.form.get("call", ""))


@calls.post("/outcome")
def say() -> str:
    """Take down what a call says of a ticket, or take it back; the strip says what it tried."""
    form = request.form
    call, said = form.get("call", ""), form.get("said", "")
    if not call or said not in {"solved", "failed", "undone"}:
        raise InputError("The page did not say what to note of which call; load it again.")
    key = form.get("reference", ""), form.get("source") or None
    if said == "undone":
        _take_back(key, call)
    else:
        query = form.get("query", "")[:QUERY_LIMIT]
        statement = OutcomeReport(solved=said == "solved", call=call, query=query)
        services().outcomes.record(key[0], statement, key[1])
    return _strip(call)


def _take_back(key: tuple[str, str | None], call: str) -> None:
    with suppress(CallNotFound):  # else it is as it should be: another page was quicker
        services().outcomes.take_back(key[0], call, key[1])


def _strip(call: str) -> str:
    try:
        known = services().outcomes.call(call)
    except CallNotFound:
        known = None
    return render_template("_call.html", call=known)
