"""Files that no export holds: bombs, tricks and rubbish, made under names that readers know."""

import gzip
import io
import os
import socket
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

WORKBOOKS = Path(__file__).parent / "readers" / "workbooks"
HEAD = b"id,subject,description\n"
MAIL = b"From: ann@example.org\nTo: desk@example.org\nMessage-ID: <1@example.org>\nSubject: "
TICKET = b"<id>1</id><subject>Jam</subject><description>It jams</description><status>open</status>"
FROM = b"From ann@example.org Mon Mar  2 09:30:00 2026\n"


def _many(text: bytes, count: int) -> bytes:
    """Return a text again and again, with a number in it."""
    return b"".join(text % number for number in range(count))


def _json(text: bytes) -> bytes:
    return b'[{"id": 1, "subject": "Jam", "description": ' + text + b"}]"


def _xml(text: bytes, doctype: bytes = b"") -> bytes:
    return b'<?xml version="1.0"?>' + doctype + b"<tickets>" + text + b"</tickets>"


def _laughs(depth: int, width: int, size: int = 3) -> bytes:
    lines = [b'<!ENTITY e0 "' + b"ha " * size + b'">']
    lines += [b'<!ENTITY e%d "%b">' % (n, b"&e%d;" % (n - 1) * width) for n in range(1, depth)]
    text = TICKET.replace(b"It jams", b"&e%d;" % (depth - 1))
    return _xml(b"<ticket>" + text + b"</ticket>", b"<!DOCTYPE t [" + b"".join(lines) + b"]>")


def _external() -> bytes:
    doctype = b'<!DOCTYPE t [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return _xml(b"<ticket>" + TICKET.replace(b"It jams", b"&e;") + b"</ticket>", doctype)


def _remote() -> bytes:
    doctype = b'<!DOCTYPE t [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
    return _xml(b"<ticket>" + TICKET.replace(b"It jams", b"&e;") + b"</ticket>", doctype)


def _zip(members: Mapping[str, bytes], mode: int = 0, flags: int = 0) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (mode or stat.S_IFREG | 0o644) << 16
            archive.writestr(info, content)
            info.flag_bits |= flags
    return packed.getvalue()


def _repacked(name: str, member: str, content: bytes) -> bytes:
    """Return a workbook of ours with another content in one of its files."""
    with zipfile.ZipFile(WORKBOOKS / name) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    return _zip(members | {member: content})


def _workbook(sheet: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>' % (space, sheet)
    return _repacked("one_far_cell.xlsx", "xl/worksheets/sheet1.xml", content)


def _sheet_row(number: int, cells: int) -> bytes:
    return b'<row r="%d">' % number + b"<c><v>1</v></c>" * cells + b"</row>"


def _ods(columns: int, rows: int) -> bytes:
    """Return a table with a heading, and one cell that is so many columns and rows."""
    cell = (
        b'<table:table-cell table:number-columns-repeated="%d" office:value-type="string">'
        b"<text:p>%b</text:p></table:table-cell>"
    )
    row = b'<table:table-row table:number-rows-repeated="%d">%b</table:table-row>'
    heading = row % (1, b"".join(cell % (1, name) for name in (b"id", b"subject")))
    with zipfile.ZipFile(WORKBOOKS / "calls.ods") as archive:
        begin, table, _ = archive.read("content.xml").partition(b'<table:table table:name="Calls">')
    end = b"</table:table></office:spreadsheet></office:body></office:document-content>"
    table += heading + row % (rows, cell % (columns, b"x"))
    return _repacked("calls.ods", "content.xml", begin + table + end)


def _mail(subject: bytes, body: bytes, more: bytes = b"") -> bytes:
    return MAIL + subject + b"\n" + more + b"\n" + body


def _parts(count: int) -> bytes:
    part = b"--b\nContent-Type: text/plain\n\nx\n"
    return _mail(b"Parts", part * count, b"Content-Type: multipart/mixed; boundary=b\n")


def _nested(depth: int) -> bytes:
    opened = b"".join(
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(depth)
    )
    return _mail(b"Nested", opened, b"Content-Type: multipart/mixed; boundary=b0\n")


def _thread(mails: int, references: int) -> bytes:
    return b"\n".join(
        b"%bMessage-ID: <%d@x>\nReferences: %b\nSubject: Re: Jam\n\nIt jams\n"
        % (FROM, n, b" ".join(b"<%d@x>" % (n - m) for m in range(1, references)))
        for n in range(mails)
    )


FILES: Mapping[str, Callable[[], bytes]] = {
    "columns.csv": lambda: b"id,subject," + b",".join(b"c%d" % n for n in range(1_000_000)),
    "cell.csv": lambda: HEAD + b'1,"' + b"x" * 40_000_000 + b'",y\n',
    "nul.csv": lambda: HEAD + b"1,a\0b,c\n" * 1_000,
    "nuls.csv": lambda: HEAD + b"\0" * 1_000_000,
    "quotes.csv": lambda: HEAD + b'"\n' * 1_000_000,
    "quote-runs.csv": lambda: HEAD + b'1,""""""""\n2,"""\n' * 300_000,
    "quote-spaces.csv": lambda: HEAD + b'1,a,b\n2,"a' + b" " * 100_000_000,
    "quote-lines.csv": lambda: HEAD + b'1,a,b\n2,"a' + (b" " * 99 + b"\n") * 500_000,
    "stray.csv": lambda: HEAD + b"1,a,b,c\n" * 3_000_000,
    "stray-after.csv": lambda: HEAD + b"1,Jam,It jams\n" + b"2,a,b,c\n" * 1_000_000,
    "hopeless.csv": lambda: b"x1,x2\n" + b"1,2\n" * 1_000_000,
    "binary.csv": lambda: Random(1).randbytes(1_000_000),
    "zeros.csv.gz": lambda: gzip.compress(bytes(300_000_000), 9),
    "broken.csv.gz": lambda: gzip.compress(HEAD + Random(2).randbytes(99_999).hex().encode())[
        :-999
    ],
    "blank.csv": lambda: HEAD + b"\n" * 3_000_000,
    "headings.csv": lambda: HEAD * 300_000,
    "backslashes.csv": lambda: HEAD + b'1,"\\"\\\\' + b'\\"' * 3_000_000,
    "one-line.csv": lambda: b"id subject " * 3_000_000,
    "returns.csv": lambda: HEAD + b"\r" * 3_000_000,
    "separators.csv": lambda: HEAD + b"," * 20_000_000,
    "wide.csv": lambda: HEAD + (b"," * 200_000 + b"x\n") * 60,
    "odd-utf-16.csv": lambda: b"\xff\xfe" + HEAD.decode().encode("utf-16-le") + b"\xd8\x00\xd8",
    "utf-32.csv": lambda: b"\xff\xfe\0\0" + b"\xff" * 4_000,
    "date-digits.csv": lambda: b"id,subject,created_at\n1,Jam," + b"9" * 900_000 + b"\n",
    "id-digits.csv": lambda: b"id,subject\n" + b"9" * 900_000 + b",Jam\n",
    "html.csv": lambda: HEAD + b"1,Jam," + b"<div>" * 180_000 + b"\n",
    "html-lists.csv": lambda: HEAD + b"1,Jam,<p>a</p>" + b"<ul><li>" * 100_000 + b"\n",
    "angles.csv": lambda: HEAD + b"1,Jam,<b>x</b>" + b"<" * 900_000 + b"\n",
    "entities.csv": lambda: HEAD + b"1,Jam," + b"&amp;" * 180_000 + b"\n",
    "quoted.csv": lambda: HEAD + b'1,Jam,"' + b"> " * 300_000 + b"\n> " * 99_000 + b'"\n',
    "tags.csv": lambda: b"id,subject,tags\n1,Jam," + b"a;" * 400_000 + b"\n",
    "letters.csv": lambda: HEAD + b"1,Jam," + "Ã¢â‚¬".encode() * 90_000 + b"\n",
    "tag.csv": lambda: HEAD + b"1,Jam,<a " + b"=" * 900_000 + b"\n",
    "accents.csv": lambda: HEAD + b"1,Jam,e" + "\u0301\u0323".encode() * 220_000 + b"\n",
    "deep.jsonl": lambda: b'{"id": 1, "subject": ' + b"[" * 900_000 + b"\n",
    "digits.jsonl": lambda: b'{"id": 1, "subject": ' + b"9" * 1_000_000 + b"}\n",
    "string.jsonl": lambda: b'{"id": 1, "subject": "' + b"x" * 100_000_000 + b'"}\n',
    "surrogates.jsonl": lambda: b'{"id": 1, "subject": "\\ud800\\udfff\\udc00"}\n' * 99,
    "same-keys.jsonl": lambda: b'{"id": 1' + b', "subject": "x"' * 400_000 + b"}\n",
    "keys.jsonl": lambda: (
        b'{"id": 1' + b"".join(b', "k%d": 1' % n for n in range(400_000)) + b"}\n"
    ),
    "infinite.jsonl": lambda: b'{"id": 1e999, "subject": NaN, "created_at": -1e999}\n' * 9,
    "deep.json": lambda: b"[" * 1_000_000,
    "deep-objects.json": lambda: b'{"a":' * 500_000,
    "deep-row.json": lambda: _json(b"[" * 400_000 + b"]" * 400_000),
    "deep-enough.json": lambda: _json(b"[" * 900 + b"]" * 900),
    "unclosed.json": lambda: b'[{"id": "' + b"x" * 50_000_000,
    "empty-rows.json": lambda: b"[" + b"{}," * 1_000_000 + b"{}]",
    "digits.json": lambda: _json(b"9" * 1_000_000),
    "string.json": lambda: _json(b'"' + b"x" * 100_000_000 + b'"'),
    "keys.json": lambda: b'[{"id": 1' + _many(b', "k%d": 1', 400_000) + b"}]",
    "lists.json": lambda: b"{" + b",".join(b'"l%d":[{"a":1}]' % n for n in range(300_000)) + b"}",
    "commas.json": lambda: b"[" + b"," * 5_000_000,
    "backslashes.json": lambda: _json(b'"' + b"\\\\" * 3_000_000 + b'"'),
    "laughs.xml": lambda: _laughs(10, 10),
    "one-laugh.xml": lambda: _laughs(2, 9_000, 30_000),
    "external.xml": _external,
    "remote.xml": _remote,
    "deep.xml": lambda: _xml(b"<a>" * 500_000),
    "attributes.xml": lambda: _xml(
        b"<ticket "
        + b" ".join(b'a%d="1"' % n for n in range(700_000))
        + b">"
        + TICKET
        + b"</ticket>"
    ),
    "elements.xml": lambda: _xml(b"<ticket>" + TICKET + b"<a/>" * 2_000_000 + b"</ticket>"),
    "namespaces.xml": lambda: _xml(
        b"<ticket" + _many(b' xmlns:n%d="u"', 100_000) + b">" + TICKET + b"</ticket>"
    ),
    "text.xml": lambda: _xml(
        b"<ticket>" + TICKET + b"<note>" + b"x" * 50_000_000 + b"</note></ticket>"
    ),
    "charset.xml": lambda: b'<?xml version="1.0" encoding="x-no-such"?><tickets/>',
    "nothing.xml": lambda: _xml(b"<a><b>1</b></a>" * 500_000),
    "parts.eml": lambda: _parts(100_000),
    "nested.eml": lambda: _nested(5_000),
    "header.eml": lambda: _mail(b"Jam", b"It jams", b"X-Long: " + b"x" * 10_000_000 + b"\n"),
    "headers.eml": lambda: _mail(b"Jam", b"It jams", b"X-A: b\n" * 1_000_000),
    "charset.eml": lambda: _mail(b"Jam", b"\xff\xfe", b"Content-Type: text/plain;charset=rot13\n"),
    "words.eml": lambda: _mail(b"=?utf-8?q?=41?= " * 200_000, b"It jams"),
    "slow.mbox": lambda: FROM + _parts(100_000) + b"\n" + FROM + _mail(b"Jam", b"It jams"),
    "addresses.eml": lambda: _mail(
        b"Jam", b"It jams", b"Cc: " + b"a <b@c.org>, " * 500_000 + b"\n"
    ),
    "brackets.eml": lambda: _mail(b"Jam", b"It jams", b"Cc: " + b"(" * 200_000 + b"\n"),
    "html.eml": lambda: _mail(b"Jam", b"<table><tr><td>" * 100_000, b"Content-Type: text/html\n"),
    "froms.mbox": lambda: FROM * 500_000,
    "thread.mbox": lambda: _thread(3_000, 400),
    "no-mail.mbox": lambda: b"no mail\n" * 3_000_000,
    "cut.xlsx": lambda: _workbook(_sheet_row(1, 90))[:-300],
    "rows.xlsx": lambda: _workbook(b"".join(_sheet_row(n, 3) for n in range(1, 900_000))),
    "cells.xlsx": lambda: _workbook(_sheet_row(1, 16_000) + _sheet_row(2, 16_000)),
    "far.xlsx": lambda: _workbook(
        b'<row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    ),
    "zeros.xlsx": lambda: _workbook(b" " * 300_000_000),
    "cut.xls": lambda: (WORKBOOKS / "calls.xls").read_bytes()[:4_500],
    "rubbish.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + Random(3).randbytes(500_000),
    "repeated.ods": lambda: _ods(1_000, 1_000_000),
    "repeated-cells.ods": lambda: _ods(1_000, 20_000),
    "slip.zip": lambda: _zip({"../../evil.csv": HEAD, "/etc/evil.csv": HEAD, "a\\..\\b.csv": HEAD}),
    "bomb.zip": lambda: _zip({"a.csv": bytes(300_000_000)}),
    "nested.zip": lambda: _zip({"inner.zip": _zip({"a.csv": HEAD})}),
    "link.zip": lambda: _zip({"a.csv": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777),
    "members.zip": lambda: _zip({f"{n}.csv": b"" for n in range(12_000)}),
    "locked.zip": lambda: _zip({"a.csv": HEAD + b"1,a,b\n"}, flags=1),
    "cut.zip": lambda: _zip({"a.csv": HEAD + b"1,a,b\n"})[:-40],
}
"""Name -> what makes the content."""
HARMLESS = {
    *("accents.csv", "tag.csv", "tags.csv", "quoted.csv", "quote-runs.csv"),
    *("same-keys.jsonl", "html.csv", "html-lists.csv", "parts.eml", "header.eml", "headers.eml"),
    *("charset.eml", "words.eml", "addresses.eml", "brackets.eml", "html.eml"),
}
"""Files whose ticket gets in as any other does."""


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # the address of a socket must be short
        one.bind(path.name)
        os.chdir(here)


ODD: Mapping[str, Callable[[Path], None]] = {
    "link.csv": lambda path: path.symlink_to("/etc/passwd"),
    "device.csv": lambda path: path.symlink_to("/dev/zero"),
    "loop.json": lambda path: path.symlink_to(path.name),
    "up.xml": lambda path: path.symlink_to(path.parent),
    "pipe.csv": _pipe,
    "socket.jsonl": _socket,
    "folder.csv": lambda path: path.mkdir(),
}
"""Name -> what makes a thing of that name that is no file."""


def make(name: str, folder: Path) -> Path:
    """Write a hostile file into a folder, and return its path."""
    path = folder / name
    if name in ODD:
        ODD[name](path)
    else:
        path.write_bytes(FILES[name]())
    return path
