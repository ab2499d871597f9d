"""The answer to a search, rendered from results made by hand."""

from dataclasses import replace

import pytest
from flask import render_template
from flask.testing import FlaskClient

from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import render
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.query.did_you_mean import Correction
from kbsearch.search.results import Hit, NearCode, Reason, SearchResult, Signal, Snippet
from kbsearch.web.forms import MORE_HITS, Asked

TICKET = StoredTicket(id=1, revision=1, reference="T-1", subject="Printer <jams>")
HIT = Hit(
    ticket=TICKET,
    score=3.0,
    problem=Snippet(""),
    resolution=None,
    reasons=(Reason(ReadingKind.EXACT, "printer", "printer", (Code.HAS, "printer"), 3.0),),
)
NEAR = NearCode("PAY-4418", "PAY-4471", ((6, 8),), (), total=12, tickets=(TICKET,))
RESULT = SearchResult("printer", (HIT,), 1, 0.01)


def shown(desk: FlaskClient, result: SearchResult) -> str:
    """Return the answer as the page holds it."""
    with desk.application.test_request_context():
        return render_template(
            "_answer.html", asked=Asked(result.query), result=result, more=MORE_HITS
        )


def test_what_was_meant_stands_above_the_hits(desk: FlaskClient) -> None:
    page = shown(desk, replace(RESULT, query="printr <b>", did_you_mean="printer <b>"))
    assert "Searched for <b>printer &lt;b&gt;</b>" in page
    assert page.index("Searched for") < page.index("<article")


def test_each_corrected_word_has_a_button_that_keeps_it(desk: FlaskClient) -> None:
    kept = (Correction("printr", "printer", '"printr" jams'), Correction("jamms", "jams", ""))
    page = shown(desk, replace(RESULT, did_you_mean="printer jams", corrections=kept))
    assert page.count("keep “") == 1
    assert 'data-go-on="&#34;printr&#34; jams">keep “printr”</button>' in page


def test_what_no_ticket_has_is_named_in_the_line_above_the_hits(desk: FlaskClient) -> None:
    notes = ((Code.WORD_NEAREST, "<kwer>", "kwa"),)
    page = shown(desk, replace(RESULT, notes=notes))
    line = page[page.index('<p class="meant">') : page.index("<article")]
    assert "No ticket has &#34;&lt;kwer&gt;&#34;; the nearest is &#34;kwa&#34;." in line
    assert 'class="note"' not in page


@pytest.mark.parametrize(
    ("signal", "chip"),
    [
        (Signal("outcome", (Code.HAS, "<x>"), 0.4), "<li>it has &#34;&lt;x&gt;&#34;</li>"),
        (
            Signal("outcome", (Code.WORKED, 0, 8), -0.1),
            '<li class="against">worked in 0 of 8 calls</li>',
        ),
        (
            Signal("failed", (Code.DID_NOT_HELP,), -3.0),
            '<li class="against">it did not help in this call</li>',
        ),
    ],
    ids=["for it", "against it", "against it in this call"],
)
def test_what_calls_said_of_a_hit_is_a_chip(desk: FlaskClient, signal: Signal, chip: str) -> None:
    page = shown(desk, replace(RESULT, hits=(HIT._replace(signals=(signal,)),)))
    assert chip in page


def test_a_signal_that_only_moves_a_hit_is_not_shown(desk: FlaskClient) -> None:
    signal = Signal("solved", (Code.SAYS_SOLUTION,), 0.1)
    page = shown(desk, replace(RESULT, hits=(HIT._replace(signals=(signal,)),)))
    assert render(signal.message) not in page


def test_what_differs_in_a_near_code_is_marked_and_the_rest_is_escaped(desk: FlaskClient) -> None:
    near = replace(
        NEAR, typed="<i>", found="PAY-<4", marks=((4, 5),), hints=((Code.LOOK_ALIKE, "<", "4"),)
    )
    page = shown(desk, replace(RESULT, near_codes=(near,)))
    assert "<code>PAY-<mark>&lt;</mark>4</code>" in page
    assert "you typed <code>&lt;i&gt;</code>" in page
    assert "<p>&lt; and 4 look alike</p>" in page
    assert "Printer &lt;jams&gt;</a>" in page


@pytest.mark.parametrize(
    ("total", "said"), [(12, "in 12 tickets, the newest:"), (1, "in 1 ticket:")]
)
def test_a_near_code_says_how_many_tickets_have_it(
    desk: FlaskClient, total: int, said: str
) -> None:
    page = shown(desk, replace(RESULT, near_codes=(replace(NEAR, total=total),)))
    assert said in page


def test_what_a_query_says_to_leave_out_is_a_link_that_leaves_it_out(desk: FlaskClient) -> None:
    page = shown(desk, replace(RESULT, notes=((Code.LEAVE_OUT, "<b>", 'till -"<b>"'),)))
    assert "Leave out “&lt;b&gt;”</a>" in page
    assert 'data-go-on="till -&#34;&lt;b&gt;&#34;"' in page
    assert 'href="/?q=till+-%22%3Cb%3E%22"' in page


def test_a_query_of_small_words_is_answered_by_one_sentence(desk: FlaskClient) -> None:
    page = shown(desk, SearchResult("don't", (), 0, 0.01, notes=((Code.ADD_WORD,),)))
    assert "Add a word for the thing that fails." in page
    assert "Nothing found" not in page
