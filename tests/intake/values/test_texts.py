"""What becomes of long texts."""

import pytest

from kbsearch.intake.values.line_ends import LineEndEvidence
from kbsearch.intake.values.markup import MarkupEvidence, plain_text
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
