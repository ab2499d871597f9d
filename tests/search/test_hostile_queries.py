"""Queries that nobody means are answered as what they say, or refused with a sentence."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from kbsearch.errors import QueryInvalid
from kbsearch.records.filters import Filters
from kbsearch.records.import_options import ImportOptions
from kbsearch.resources import resource
from kbsearch.search.query.parse import read_query
from kbsearch.search.results import SearchRequest, SearchResult
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.search.hostile import OF_DEATH, Case, cases, faults, lost, stripped


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The sample knowledge base; only to be searched."""
    home = tmp_path_factory.mktemp("samples") / "home"
    opened = KnowledgeBase.open(Settings(home=home, database_url=""))
    opened.local.importing.run([resource("index/samples")], ImportOptions(source="samples"))
    opened.parts.index.reindex()
    yield opened
    opened.close()


@pytest.mark.parametrize("text", OF_DEATH, ids=lambda text: ascii(text[:20]))
def test_a_query_of_death_is_answered_or_refused(kb: KnowledgeBase, text: str) -> None:
    assert list(faults(kb.local.searching.search, Case(text))) == []


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(case=cases())
def test_a_hostile_query_is_answered_as_what_it_says(kb: KnowledgeBase, case: Case) -> None:
    assert list(faults(kb.local.searching.search, case)) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("(printer)* [red]~2", "printer red 2"),
        ("ｐｒｉｎｔｅｒ + ﬁle", "printer file"),
        ('red" light -"paper jam" tag:usb', 'red light -"paper jam"'),
        ('"red light" -wi-fi', '"red light" -"wi-fi"'),
        ("½ inch", ""),
    ],
)
def test_a_query_is_stripped_to_what_it_says(text: str, plain: str) -> None:
    assert stripped(text, read_query(text, Filters())) == plain


def test_a_word_that_vanished_is_noticed() -> None:
    query = read_query("printer tag:usb -paper", Filters())
    assert lost("printer tag:usb -paper", query) == set()
    assert lost("printer tag:usb -paper toner", query) == {"toner"}


def test_an_answer_to_another_query_is_noticed(kb: KnowledgeBase) -> None:
    def deaf(request: SearchRequest) -> SearchResult:
        return kb.local.searching.search(
            SearchRequest("modem" if "*" in request.text else request.text)
        )

    assert list(faults(deaf, Case("printer*"))) == ["it is not answered as 'printer' is"]


def test_a_refusal_of_what_could_be_read_is_noticed(kb: KnowledgeBase) -> None:
    def fussy(request: SearchRequest) -> SearchResult:
        if "*" in request.text:
            raise QueryInvalid("No.")
        return kb.local.searching.search(request)

    assert list(faults(fussy, Case("printer*", "printer"))) == [
        "it says 'No.', which is no sentence",
        "it is refused (No.), yet it says 'printer'",
    ]
