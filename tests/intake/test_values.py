"""What values mean."""

import pytest

from kbsearch.errors import TicketInvalid
from kbsearch.intake.values import tags_of, text_of, ticket_fields, time_of
from kbsearch.records.ticket import Audience, Kind


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2018-11-30", "2018-11-30T00:00:00+00:00"),
        ("2018-11-30T10:20:30Z", "2018-11-30T10:20:30+00:00"),
        ("2018-11-30T10:20:30.5+02:00", "2018-11-30T08:20:30.500000+00:00"),
        ("2018-11-30 10:20", "2018-11-30T10:20:00+00:00"),
        ("2018-11-30 10:20:30 UTC", "2018-11-30T10:20:30+00:00"),
        ("2018-11-30 10:20:30 +0100", "2018-11-30T09:20:30+00:00"),
        ("20181130", "2018-11-30T00:00:00+00:00"),
        ("2018/11/30 10:20", "2018-11-30T10:20:00+00:00"),
        ("1543573230", "2018-11-30T10:20:30+00:00"),
        ("1543573230.5", "2018-11-30T10:20:30.500000+00:00"),
        ("1543573230000", "2018-11-30T10:20:30+00:00"),
        (1543573230, "2018-11-30T10:20:30+00:00"),
        ("30/11/2018", "2018-11-30T00:00:00+00:00"),
        ("11/30/2018 10:20 PM", "2018-11-30T22:20:00+00:00"),
        ("05/05/2018", "2018-05-05T00:00:00+00:00"),
        ("3.4.2018", "2018-04-03T00:00:00+00:00"),
        ("30 Nov 2018", "2018-11-30T00:00:00+00:00"),
        ("Nov 30, 2018 10:20 am", "2018-11-30T10:20:00+00:00"),
        ("30/Nov/18 10:20 PM", "2018-11-30T22:20:00+00:00"),
        ("Friday, November 30, 2018", "2018-11-30T00:00:00+00:00"),
    ],
)
def test_times(written: object, meant: str) -> None:
    time = time_of("created_at", written)
    assert time is not None
    assert time.isoformat() == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        pytest.param("03/04/2026", "could be 2026-03-04 or 2026-04-03", id="two days"),
        pytest.param("3-4-2026 10:00", "could be", id="two days and a clock"),
        pytest.param("3/14/26", "no year of four digits", id="short year"),
        pytest.param("31/02/2026", "is no time", id="no such day"),
        pytest.param("soon", "is no time", id="word"),
        pytest.param("12", "is no time", id="number"),
        pytest.param("9" * 5000, "is no time", id="digits"),
        pytest.param("0001-01-01T00:00:00+02:00", "is no time", id="before time"),
        pytest.param("0001-01-01T00:00:00", "not between 1970 and 2100", id="empty in .NET"),
        pytest.param("9999-12-31", "not between", id="forever"),
        pytest.param({"date": "2026-01-01"}, "holds an object", id="object"),
        pytest.param(True, "is no time", id="truth"),
    ],
)
def test_what_is_no_time_or_two(written: object, reason: str) -> None:
    with pytest.raises(TicketInvalid, match=reason) as caught:
        time_of("created_at", written)
    assert caught.value.field == "created_at"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("vpn, mac os,,vpn", ("vpn", "mac os")),
        ("a, b; c", ("a, b", "c")),
        (["vpn", " mac  os ", None], ("vpn", "mac os")),
        ('["vpn"]', ("vpn",)),
        ("[urgent], vpn", ("[urgent]", "vpn")),
        ("", ()),
        (None, ()),
    ],
)
def test_tags(written: object, meant: tuple[str, ...]) -> None:
    assert tags_of("tags", written) == meant


def test_a_text_that_is_a_list_is_refused() -> None:
    with pytest.raises(TicketInvalid, match="problem: holds a list; write it as one text"):
        text_of("problem", ["one", "two"])


def test_numbers_and_truths_are_texts() -> None:
    assert [text_of("product", value) for value in (7, 1.5, True)] == ["7", "1.5", "true"]


def test_kind_and_audience_are_chosen_by_name() -> None:
    fields = ticket_fields({"reference": 1, "kind": "Article", "audience": " partner "})
    assert (fields["kind"], fields["audience"]) == (Kind.ARTICLE, Audience.PARTNER)


def test_an_unknown_kind_is_refused_with_those_that_are() -> None:
    with pytest.raises(TicketInvalid, match='"question" is neither ticket nor article'):
        ticket_fields({"reference": "1", "kind": "question"})


def test_what_no_ticket_is_without_is_left_out_when_empty() -> None:
    fields = ticket_fields({"reference": "1", "kind": "", "source": None, "product": ""})
    assert fields == {"reference": "1", "product": ""}
