"""What becomes of long texts."""

import pytest

from kbsearch.intake.values.line_ends import LineEndEvidence
from kbsearch.intake.values.markup import MarkupEvidence, has_tag, plain_text, without_pictures
from kbsearch.records.raw_text import raw_texts
from tests.intake.conftest import Desk


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Line</p><p>dead</p>", "Line\n\ndead"),
        ("<ol><li>Open it</li><li>Re<span>boot</span></li></ol>", "1. Open it\n2. Reboot"),
        ("<style>p{color:red}</style><p>Dim&nbsp;screen</p><!-- x -->", "Dim screen"),
        ("<p>5 < 6 in <A1> for <ann@desk.example></p>", "5 < 6 in <A1> for <ann@desk.example>"),
        ("Press <b>OK</b>\nand wait", "Press OK\nand wait"),
        ("<p>if a<b then c>d</p>", "if a<b then c>d"),
        ("<style>never closed <p>but read", "<style>never closed\n\nbut read"),
        ("<div>" * 400 + "deep" + "</div>" * 400, "deep"),
        ("<p>\n</p>", ""),
    ],
)
def test_html_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    "text", ["<a " + "=" * 900_000, "<img " + "data:" * 180_000, "<img data:" + "=" * 900_000]
)
def test_a_tag_that_never_ends_is_a_text(text: str) -> None:
    assert not has_tag(text)
    assert without_pictures(text).startswith(text[:4])


def test_a_column_of_plain_texts_keeps_what_looks_like_a_tag(desk: Desk) -> None:
    rows = "id,problem\n" + "It hums\n".join(f"{n}," for n in range(30))
    desk.take(desk.write("calls.csv", rows + "It hums\n99,Type <b> before it\n"))
    assert desk.tickets()["99"].problem == "Type <b> before it"


def test_entities_are_read_where_most_ampersands_are_some() -> None:
    escaped, plain = MarkupEvidence(), MarkupEvidence()
    for text in ("Q&amp;A", "Say &quot;hi&quot;"):
        escaped.add(text)
        plain.add(text)
    for text in ("R&D", "A&B", "Tips & tricks"):
        plain.add(text)
    assert (escaped.escaped, plain.escaped) == (True, False)


def test_pictures_in_a_text_go_before_its_length_is_measured(desk: Desk) -> None:
    picture = '<img src="data:image/png;base64,' + "QUJD" * 300_000 + '">'
    report = desk.take(
        desk.write(
            "calls.csv", f'id,problem\n1,"Low toner {picture.replace(chr(34), chr(34) * 2)}"\n'
        )
    )
    assert (report.new, desk.tickets()["1"].problem) == (1, "Low toner")


def test_written_line_ends_become_real_and_paths_stay(desk: Desk) -> None:
    rows = "id,problem\n1,It stops.\\nThe light is red.\n2,Open C:\\new\\tools\n"
    report = desk.take(desk.write("calls.csv", rows))
    assert desk.tickets()["1"].problem == "It stops.\nThe light is red."
    assert desk.tickets()["2"].problem == "Open C:\\new\\tools"
    assert r'such as \n, became line ends in one value of "problem".' in report.notes[-1]


def test_a_backslash_and_n_in_code_proves_no_line_ends() -> None:
    evidence = LineEndEvidence()
    evidence.add(r"Type \n in print('x\n')")
    assert not evidence.written


def test_broken_letters_are_mended_and_letters_in_two_parts_joined(desk: Desk) -> None:
    broken = "Caf\u00c3\u00a9 till \u00e2\u20ac\u201c no receipt\u00e2\u20ac\ufffd"
    desk.take(desk.write("calls.csv", f"id,subject\n1,{broken}\n2,Cafe\u0301\n3,na\u00efve\n"))
    subjects = [ticket.subject for ticket in desk.tickets().values()]
    assert subjects == ["Caf\u00e9 till \u2013 no receipt\u201d", "Caf\u00e9", "na\u00efve"]


def test_the_marks_of_glpi_are_line_ends(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,problem\n1,Tray empty#LBBR#Second floor\n"))
    assert desk.tickets()["1"].problem == "Tray empty\nSecond floor"


def raw_of(desk: Desk, reference: str) -> list[tuple[str, str]]:
    return [(one.field, one.text) for one in raw_texts(desk.store.get(reference))]


def test_a_text_that_was_changed_is_kept_as_it_came_without_its_pictures(desk: Desk) -> None:
    picture = "<img src='data:image/png;base64,QUJD'>"
    rows = f'id,subject,problem\n1,Till,"<p>No&nbsp;paper</p>{picture}"\n2,Toner,Low  toner \n'
    desk.take(desk.write("calls.csv", rows))
    assert raw_of(desk, "1") == [("problem", "<p>No&nbsp;paper</p>")]
    assert raw_of(desk, "2") == []


def test_the_messages_and_the_likely_resolution_are_kept_as_they_came(desk: Desk) -> None:
    head = "ticket id,subject,message,author,role,created at\n"
    asked = "7,Scale,<p>It shows 3 g</p>,Ann,customer,2026-03-02T09:00:00Z\n"
    answer = "7,Re: Scale,<p>Press the tare key twice</p>,Bo,agent,2026-03-02T10:00:00Z\n"
    desk.take(desk.write("calls.csv", head + answer + asked))
    texts = ["<p>It shows 3 g</p>", "<p>Press the tare key twice</p>"]
    fields = list(zip(("problem", "resolution"), texts, strict=True))
    assert raw_of(desk, "7") == [*fields, *(("messages", text) for text in texts)]


def test_the_versions_of_a_ticket_leave_how_the_newest_came(desk: Desk) -> None:
    head = "id,subject,problem,status,updated_at\n"
    old = "1,Till,<p>No paper</p>,open,2026-03-02T09:00:00Z\n"
    new = "1,Till,,closed,2026-03-03T09:00:00Z\n2,Scale,<p>Odd</p>,open,2026-03-03T09:00:00Z\n"
    desk.take(desk.write("calls.csv", head + old + new))
    assert raw_of(desk, "1") == [("problem", "<p>No paper</p>")]


def test_how_a_text_came_makes_no_other_reference_of_a_row_without_one(desk: Desk) -> None:
    desk.take(desk.write("a.csv", "subject,problem\nTill,<p>No paper</p>\n"))
    desk.take(desk.write("b.csv", "subject,problem\nTill,<div>No paper</div>\n"))
    assert len(desk.tickets()) == 1


def test_of_a_long_text_as_it_came_only_the_beginning_is_kept_and_the_report_says_so(
    desk: Desk,
) -> None:
    rows = "id,problem\n1,<p>No paper</p>" + "<br>" * 300_000 + "\n"
    report = desk.take(desk.write("calls.csv", rows))
    assert len(raw_of(desk, "1")[0][1]) == 1_000_000
    assert any("the first 1,000,000 characters were kept" in note for note in report.notes)
