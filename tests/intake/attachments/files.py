"""Small documents to attach."""

from email.message import EmailMessage
from io import BytesIO
from zipfile import ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
AGAIN = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def docx(body: str) -> bytes:
    """Return a Word document with this body, in which w: and mc: are known."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}" xmlns:mc="{AGAIN}"><w:body>{body}</w:body></w:document>',
        )
    return content.getvalue()


def pdf(text: str) -> bytes:
    """Return a PDF file of one page that shows this text."""
    shown = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    content = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + b"xref\n0 7\n0000000000 65535 f \n" + table + end


def mail(*files: tuple[str, bytes], identifier: str = "1@a", before: str = "") -> bytes:
    """Return a mail with these files."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{identifier}>"
    mail["From"], mail["To"] = "Ann <ann@example.org>", "desk@help.example"
    mail["Subject"], mail["Date"] = "Till is dead", "Mon, 2 Mar 2026 09:30:00 +0000"
    if before:
        mail["References"] = f"<{before}>"
    mail.set_content("The till is dead. The log is attached.")
    for name, content in files:
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    return mail.as_bytes()
