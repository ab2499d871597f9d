"""What a query says, taken apart."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbsearch.errors import QueryInvalid
from kbsearch.records.filters import Filters
from kbsearch.search.query.parse import LONGEST_QUERY, LONGEST_TYPED, Query, read_query
from kbsearch.search.query.tokens import MOST_WORDS
from tests.search.query_texts import phrases, texts
from tests.sentences import sentences

ANY_CHARACTER = st.characters(exclude_categories=())
"""Half characters too, which a browser may send."""


def read(text: str) -> Query:
    return read_query(text, Filters())


def test_words_are_folded_and_keep_their_order() -> None:
    assert texts(read("  The Café PRINTER\tjams\n").tokens) == ("the", "cafe", "printer", "jams")


def test_words_in_quotes_must_stand_side_by_side() -> None:
    query = read('modem "red light" blinks')
    assert (texts(query.tokens), phrases(query.quoted)) == (
        ("modem", "blinks"),
        (("red", "light"),),
    )


def test_quotes_that_a_phone_has_curled_are_quotes() -> None:
    assert phrases(read("“red light”").quoted) == (("red", "light"),)


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("printer -paper", (("paper",),)),
        ('printer -"paper jam"', (("paper", "jam"),)),
        ("printer -wi-fi -toner", (("wi-fi",), ("toner",))),
        ('printer -"365"', (("365",),)),
    ],
)
def test_a_minus_before_a_word_or_a_quote_leaves_it_out(
    text: str, excluded: tuple[tuple[str, ...], ...]
) -> None:
    query = read(text)
    assert (texts(query.tokens), phrases(query.excluded), query.notes) == (
        ("printer",),
        excluded,
        (),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wi-fi", ("wi-fi",)),
        ("pay-4417", ("pay-4417",)),
        ("modem - red", ("modem", "red")),
        ("push --force", ("push", "force")),
        ("modem-", ("modem",)),
        ('24"-monitor', ("24", "monitor")),
    ],
)
def test_any_other_minus_leaves_nothing_out(text: str, words: tuple[str, ...]) -> None:
    query = read(text)
    assert (texts(query.tokens), phrases(query.excluded), query.notes) == (words, (), ())


def test_a_negative_number_is_searched_and_a_note_says_how_to_leave_it_out() -> None:
    query = read("finder error -36?")
    assert (texts(query.tokens), phrases(query.excluded)) == (("finder", "error", "36"), ())
    assert sentences(query.notes) == ('"36" was searched; write -"36" to leave it out.',)


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ('"red light', ("red", "light"), ()),
        ('"red" light"', ("light",), (("red",),)),
        ('modem "" red', ("modem", "red"), ()),
        ('24" monitor', ("24", "monitor"), ()),
        ('modem"red light"', ("modem", "red", "light"), ()),
    ],
    ids=["never closed", "one too many", "nothing inside", "inches", "inside a word"],
)
def test_quotes_that_do_not_pair_are_no_obstacle(
    text: str, words: tuple[str, ...], quoted: tuple[tuple[str, ...], ...]
) -> None:
    query = read(text)
    assert (texts(query.tokens), phrases(query.quoted), query.notes) == (words, quoted, ())


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_an_empty_query_says_what_to_type(text: str) -> None:
    with pytest.raises(QueryInvalid, match="The query is empty; type a few words of the problem"):
        read(text)


@pytest.mark.parametrize("text", ["?!…", '"" ""', "-", "\u200b", "\u02bc", "__", "😀"])
def test_a_query_without_words_says_that_it_has_none(text: str) -> None:
    with pytest.raises(QueryInvalid, match="has no word, number or code in it; type a few words"):
        read(text)


def test_a_filter_that_was_left_out_is_named_when_nothing_else_is_asked() -> None:
    with pytest.raises(QueryInvalid, match=r"since:2026-13-01 was left out: write a day as"):
        read("since:2026-13-01")


def test_a_query_that_only_leaves_out_says_what_to_add() -> None:
    with pytest.raises(QueryInvalid, match=r"only says what to leave out\. Add a word"):
        read('-modem -"red light"')


def test_a_whole_file_is_refused_with_the_limit() -> None:
    with pytest.raises(QueryInvalid, match="has 100,000 characters, the limit is 20,000; search"):
        read("a" * 100_000)


def test_a_query_of_just_the_limit_is_read() -> None:
    assert set(texts(read("ab " * (LONGEST_QUERY // 3)).tokens)) == {"ab"}


def test_signs_of_a_pasted_log_are_no_quotes_filters_or_exclusions() -> None:
    query = read('at tray.Feed("main") -main tag:7 ' * 100)
    assert (query.quoted, query.excluded, query.notes) == ((), (), ())
    assert query.filters == Filters()
    assert {"tray.feed", "main", "tag", "7"} <= set(texts(query.tokens))


def test_a_long_quote_is_cut_with_a_note() -> None:
    query = read(f'"{"modem " * 40}"')
    assert [len(phrase) for phrase in query.quoted] == [MOST_WORDS]
    assert sentences(query.notes) == ("Only the first 32 words were searched.",)


@pytest.mark.parametrize("form", ['"word{} card"', "-word{}"], ids=["quotes", "exclusions"])
def test_quotes_and_exclusions_beyond_the_limit_are_left_out_with_a_note(form: str) -> None:
    many = " ".join(form.format(number) for number in range(MOST_WORDS + 1))
    query = read(f"modem {many}")
    assert MOST_WORDS in (len(query.quoted), len(query.excluded))
    assert sentences(query.notes) == ("Only the first 32 quotes and exclusions were read.",)


def test_each_part_of_a_word_of_very_many_parts_counts_as_a_word() -> None:
    assert sentences(read("wi-fi " * MOST_WORDS).notes) == ()
    query = read("-".join(["modem"] * (MOST_WORDS + 8)))
    assert texts(query.tokens) == ("modem",) * (MOST_WORDS + 8)


def test_what_was_typed_is_repeated_only_as_far_as_anybody_reads() -> None:
    assert sentences(read(f"{'a' * 1_900}:b").notes) == (
        f"There is no filter {'a' * 39}…:, so its words were searched.",
    )
    assert len(sentences(read(f"modem since:{'x' * 1_900}").notes)[0]) < 100


def test_a_pasted_log_with_many_colons_gets_a_handful_of_notes() -> None:
    notes = sentences(read(" ".join(f"{letter}:x" for letter in "abcdefghijklmno")).notes)
    assert notes[0] == "There is no filter a:, so its words were searched."
    assert notes[5:] == (
        "10 more pieces of the query could not be read as they were typed, either.",
    )


@pytest.mark.parametrize(
    ("text", "open_end"),
    [
        ("modem re", True),
        ("modem ré", True),
        ("modem ", False),
        ("modem?", False),
        ('"modem re"', False),
        ("modem -re", False),
        ("modem product:Ro", False),
        ("modem " * MOST_WORDS + "re", False),
    ],
)
def test_only_a_word_at_the_very_end_may_be_unfinished(text: str, open_end: bool) -> None:
    assert read(text).open_end is open_end


def test_filters_of_the_form_stay_beside_those_of_the_text() -> None:
    query = read_query("modem tag:usb", Filters(products=("Router",), tags=("red",)))
    assert query.filters == Filters(products=("Router",), tags=("red", "usb"))


def test_filters_alone_are_a_query() -> None:
    assert texts(read("product:Router").tokens) == ()
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert read_query("", Filters(created_from=day)).filters == Filters(created_from=day)


@given(st.text(ANY_CHARACTER, max_size=LONGEST_TYPED))
@example("ŉ ﷺ ½ ① ⒈ İ ß ʼn")
@example("from:9999-12-31T23:59-14:00 x")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        query = read(text)
    except QueryInvalid:
        return
    assert query.tokens or query.quoted or query.filters != Filters()


@given(st.text('ab1 "-:_./\\\u201c', max_size=60))
def test_any_mixture_of_marks_is_read_or_refused(text: str) -> None:
    try:
        query = read(text)
    except QueryInvalid:
        return
    assert all(texts(query.tokens))
    assert all(token.text for phrase in (*query.quoted, *query.excluded) for token in phrase)


@pytest.mark.parametrize(
    "piece",
    ['"', ":", "-", "a", "a:", '-a:"', "a-", "a.", "1.", "a1", ' "', 'a"', 'tag:"', "-a ", "a:b "],
)
def test_no_repeated_mark_takes_long_or_floods_the_notes(piece: str) -> None:
    text = (piece * LONGEST_TYPED)[: LONGEST_TYPED - 6] + " modem"
    assert len(read(text).notes) <= 4
