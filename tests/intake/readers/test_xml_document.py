"""Reading XML."""

from collections.abc import Callable

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.xml_document import PIECES, read_xml
from kbsearch.intake.rows import BadRow, Row
from tests.intake.conftest import Desk

Read = Callable[[str], list[Row | BadRow]]


@pytest.fixture
def read(desk: Desk) -> Read:
    """Reads the text of an XML file."""
    return lambda text: list(read_xml(InputFile(desk.write("calls.xml", text))))


def test_elements_and_attributes_are_columns(read: Read) -> None:
    rows = read(
        '<calls type="array">\n<call no="1"><id>7</id><subject>Jam</subject></call>\n'
        "<call><id>8</id><subject>Fax</subject><tag>a</tag><tag>b</tag></call>\n</calls>"
    )
    assert rows[0] == Row(2, {"no": "1", "id": "7", "subject": "Jam"}, 4)
    assert rows[1].values == {"id": "8", "subject": "Fax", "tag": ["a", "b"]}


def test_rows_of_attributes_alone_are_read(read: Read) -> None:
    [row] = read('<posts><row Id="7" Subject="Jam" Body="It jams"/></posts>')
    assert row.values == {"Id": "7", "Subject": "Jam", "Body": "It jams"}


def test_items_of_a_feed_are_rows_and_its_title_is_none(read: Read) -> None:
    [row] = read(
        "<rss><channel><title>Calls</title><item><key id='1'>A-7</key><summary>Jam</summary>"
        "<labels><label>x</label></labels><project id='3' name='Desk'/></item></channel></rss>"
    )
    assert row.values["key"] == "A-7"
    assert row.values["_attributes"] == {"key": {"id": "1"}}
    assert row.values["labels"] == ["x"]
    assert row.values["project"] == {"id": "3", "name": "Desk"}


def test_what_is_shown_for_a_value_is_taken(read: Read) -> None:
    row = '<incident><number>I-7</number><subject display_value="Jam">9</subject></incident>'
    assert read(f"<xml>{row}</xml>")[0].values == {"number": "I-7", "subject": "Jam"}


def test_a_document_that_breaks_off_keeps_the_rows_before(desk: Desk) -> None:
    text = "<a><call><id>7</id><subject>Jam</subject></call><call><id>8</id><subj"
    rows = read_xml(InputFile(desk.write("calls.xml", text)))
    assert next(rows).values["id"] == "7"
    with pytest.raises(FileUnreadable, match="breaks off"):
        list(rows)


def test_characters_that_xml_has_not_are_spaces(desk: Desk) -> None:
    other = "<c><id>8</id><subject>Fax</subject></c>"
    text = f"<a><c><id>7</id><subject>J\x01am&#x1b;</subject></c>{other}</a>"
    file = InputFile(desk.write("calls.xml", text))
    assert [row.values["id"] for row in read_xml(file)] == ["7", "8"]
    assert any("control characters in it were read as spaces" in note for note in file.notes)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<a><b>1</b></a>", id="no names"),
        pytest.param("no XML", id="no XML"),
        pytest.param("<a>" * 5_000, id="deep"),
        pytest.param("<a>" + "<b>" * 5_000 + "</b>" * 5_000 + "</a>", id="deep and closed"),
    ],
)
def test_what_holds_no_tickets_is_told(read: Read, text: str) -> None:
    with pytest.raises(FileUnreadable, match="export it"):
        read(text)


def test_entities_are_not_read(desk: Desk, read: Read) -> None:
    secret = desk.write("secret.txt", "secret")
    rows = read(
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<a><call><id>7</id><subject>&x; jam</subject></call></a>"
    )
    assert rows[0].values["subject"] == "&x; jam"


def test_entities_that_make_gigabytes_are_refused(read: Read) -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(FileUnreadable, match="damaged"):
        read(
            f'<!DOCTYPE a [<!ENTITY l0 "lol">{bomb}]>'
            "<a><call><id>7</id><subject>&l9;</subject></call></a>"
        )


def test_a_row_of_very_many_elements_is_one_bad_row(read: Read) -> None:
    many = "<x/>" * (PIECES + 1)
    bad, good = read(
        f"<a><call><id>7</id><subject>Jam</subject>{many}</call>"
        "<call><id>8</id><subject>Fax</subject></call></a>"
    )
    assert isinstance(bad, BadRow)
    assert good.values["id"] == "8"


def test_a_row_of_very_many_attributes_is_one_bad_row(read: Read) -> None:
    many = " ".join(f'a{number}="1"' for number in range(20_000))
    bad, good = read(
        f"<a><call {many}><id>7</id><subject>Jam</subject></call>"
        "<call><id>8</id><subject>Fax</subject></call></a>"
    )
    assert isinstance(bad, BadRow)
    assert "columns, the limit is 2,000" in bad.reason
    assert good.values["id"] == "8"


def test_a_name_that_ends_in_a_colon_is_damage(read: Read) -> None:
    with pytest.raises(FileUnreadable, match="damaged"):
        read("<calls><call><id>7</id><subject>Jam</subject><part:>belt</part:></call></calls>")
