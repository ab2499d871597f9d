"""The texts of attached files."""

import subprocess
import sys
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from kbsearch.intake.attachment_texts import AttachmentReader, document_text
from kbsearch.intake.attachments.attached import BYTES, CHARACTERS, MOST, AttachedFile
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import THREAD_LIMIT
from tests.intake.attachments.files import docx, mail, pdf
from tests.intake.conftest import Desk

SAID = Message("Ann", Role.REQUESTER, None, True, "Till is dead")


def read(*files: tuple[str, bytes]) -> tuple[list[Message], str]:
    """Return the messages of files, and what is said of them."""
    reader = AttachmentReader()
    given = [AttachedFile(name, content, None) for name, content in files]
    messages = reader.messages(given, [SAID])
    assert messages[0] is SAID
    return list(messages[1:]), " ".join(reader.sentences())


def test_a_log_is_a_message_by_its_name() -> None:
    (message,), said = read(("till.log", "Größe 0\r\nE-17".encode("cp1252")))
    assert message == Message("till.log", Role.ATTACHMENT, None, True, "Größe 0\nE-17")
    assert said == ""


def test_documents_are_read_by_their_programs() -> None:
    messages, said = read(("a.PDF", pdf("Replace the fuse")), ("b.docx", docx(PARAGRAPH)))
    assert [one.text for one in messages] == ["Replace the fuse", "Press\tOK"]
    assert said == ""


PARAGRAPH = "<w:p><w:r><w:t>Press</w:t><w:tab/><w:t>OK</w:t></w:r></w:p>"


def test_a_table_is_read_and_what_older_programs_show_in_its_place_is_not() -> None:
    cells = "".join(f"<w:tc><w:p><w:t>{text}</w:t></w:p></w:tc>" for text in ("Fuse", "2 A"))
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><mc:Fallback>{PARAGRAPH}</mc:Fallback>"
    assert document_text(docx(body)) == "Fuse\n2 A\n"


def test_what_a_document_names_outside_itself_is_not_read(desk: Desk) -> None:
    path = desk.write("secret.txt", "quokka")
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY s SYSTEM "file://{path}">]><d>&s;</d>',
        )
    assert "quokka" not in (document_text(content.getvalue()) or "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.pdf", pdf("x")[:60]),
        ("no.docx", b"PK\x03\x04 no archive"),
        ("other.docx", docx("</w:body>")),
        ("picture.txt", b"\x89PNG\x00\x01"),
    ],
)
def test_a_broken_one_is_said_by_its_name(name: str, content: bytes) -> None:
    messages, said = read((name, content))
    assert messages == []
    assert said.startswith("attachments that cannot be read, ")
    assert said.endswith(f': 1, such as "{name}".')


def test_a_document_that_unpacks_to_very_much_ends_in_a_sentence() -> None:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<d>{'<p>' * 100_000_000}")
    messages, said = read(("bomb.docx", content.getvalue()))
    assert (messages, "cannot be read" in said) == ([], True)


def test_large_long_and_many_files_are_kept_by_name_and_said() -> None:
    _, large = read(("a.txt", b"x" * (BYTES + 1)))
    assert "have more than 1,000,000 bytes" in large
    (message,), long = read(("a.txt", b"x" * (CHARACTERS + 1)))
    assert (len(message.text), "first 100,000 characters" in long) == (CHARACTERS, True)
    messages, many = read(*[(f"{n}.txt", b"x") for n in range(MOST + 2)])
    assert (len(messages), ": 2, such as" in many) == (MOST, True)


def test_files_never_make_a_conversation_too_long_to_be_stored() -> None:
    full = Message("Ann", Role.REQUESTER, None, True, "x" * THREAD_LIMIT)
    reader = AttachmentReader()
    assert reader.messages([AttachedFile("a.txt", b"E-17", None)], [full]) == (full,)
    assert "no room" in " ".join(reader.sentences())


def test_without_the_library_for_pdf_the_report_says_what_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    messages, said = read(("a.pdf", pdf("x")), ("b.pdf", pdf("x")))
    assert messages == []
    assert "run pip install 'kbsearch[attachments]' and import again" in said
    assert said.endswith(': 2, such as "a.pdf".')


def test_the_program_for_word_documents_needs_no_library_for_pdf() -> None:
    code = (
        "import sys; from kbsearch.intake.attachments.document import reader_of;"
        "reader_of(b'PK'); sys.exit('pypdf' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_files_of_a_mail_stand_in_its_conversation(desk: Desk) -> None:
    report = desk.take(desk.write("1.eml", mail(("till.log", b"E-17"), ("till.png", b"x"))))
    (ticket,) = desk.tickets().values()
    assert ticket.attachments == ("till.log", "till.png")
    assert [(one.role, one.author, one.text) for one in ticket.messages[1:]] == [
        (Role.ATTACHMENT, "till.log", "E-17")
    ]
    assert ticket.messages[1].at == ticket.messages[0].at
    assert (report.new, ticket.resolution) == (1, "")


def test_a_mail_that_is_imported_again_with_its_files_changes_nothing(desk: Desk) -> None:
    path = desk.write("1.eml", mail(("a.txt", b"E-17"), ("b.docx", docx(PARAGRAPH))))
    desk.take(path)
    assert desk.take(path).unchanged == 1


def test_of_a_conversation_only_the_first_files_are_read(desk: Desk) -> None:
    for number in range(3):
        files = [(f"{number}-{n}.txt", b"E-17") for n in range(9)]
        before = f"{number - 1}@a" if number else ""
        desk.write(f"mails/{number}.eml", mail(*files, identifier=f"{number}@a", before=before))
    report = desk.take(desk.folder / "mails")
    (ticket,) = desk.tickets().values()
    assert sum(one.role is Role.ATTACHMENT for one in ticket.messages) == MOST
    assert any("come after the first 20" in note and ": 7, " in note for note in report.notes)
