"""A query of more words than are searched: which of them are?"""

from kbsearch.search.query.tokens import MOST_WORDS
from kbsearch.search.results import SearchResult
from tests.search.desk import search as search_among
from tests.search.desk import ticket
from tests.sentences import sentences

FILLER = " ".join(f"qz{chr(97 + place // 26)}x{chr(97 + place % 26)}w" for place in range(80))
HELD = (ticket(1, "Spooler deadlock"), *(ticket(number, "Frame") for number in range(2, 9)))


def search(text: str) -> SearchResult:
    return search_among(text, *HELD)


def test_the_rarest_words_that_tickets_hold_are_searched_wherever_they_are() -> None:
    found = search(f"{FILLER} frame the spooler deadlock")
    assert found.hits[0].ticket.id == 1
    (note,) = sentences(found.notes)
    assert note.startswith(
        f"The query is long; its {MOST_WORDS} most telling words were searched: "
    )
    assert note.endswith("and 24 others.")


def test_a_pasted_log_of_many_lines_is_searched() -> None:
    found = search("SpoolerFault: deadlock\n" + "    at tray.Feed.run(Feed.java:12)\n" * 300)
    assert [hit.ticket.id for hit in found.hits] == [1]
    assert "words were searched: spoolerfault and deadlock." in sentences(found.notes)[0]


def test_a_pasted_log_is_not_corrected() -> None:
    found = search("Spoler deadlok\n" + "    at tray.Feed.run(Feed.java:12)\n" * 300)
    assert (found.did_you_mean, [hit.ticket.id for hit in found.hits]) == ("", [1])


def test_a_word_that_is_repeated_is_one_word() -> None:
    found = search("deadlock " * 90)
    assert [hit.ticket.id for hit in found.hits] == [1]
    assert found.notes == ()


def test_a_code_that_a_log_repeats_tells_more_than_its_times_and_its_odd_words() -> None:
    lines = [
        f"2026-03-0{place % 9} 08:{place:02}:{place * 7 % 60:02}.{place} [pool-{place}] IOException"
        f" handler{place} s 00 retry state=RT-{place} code TX-4410"
        for place in range(60)
    ]
    held = [
        ticket(1, "TX-4410 while posting"),
        *(ticket(number, f"Retry s 00 of the 0{number} pool, no ios") for number in range(2, 9)),
    ]
    found = search_among("\n".join(lines), *held)
    assert found.hits[0].ticket.id == 1
    reasons = {reason.word for hit in found.hits for reason in hit.reasons}
    assert reasons.isdisjoint({"s", "00", "03"})
