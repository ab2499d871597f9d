"""The text of a Word document."""

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from lxml import etree

MEMBER = "word/document.xml"
MEMBER_LIMIT = 20_000_000
"""Bytes of that member that are read; a text of 100,000 characters has far fewer."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs show in place of what stands before it."""
_SHOWN = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}


def text_of(content: BinaryIO) -> Iterator[str]:
    """Yield the text of each paragraph, those of tables too, with its line end.

    Raises BadZipFile, KeyError or XMLSyntaxError if it is no document.
    """
    with ZipFile(content) as archive, archive.open(MEMBER) as member:
        data = member.read(MEMBER_LIMIT)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    etree.strip_elements(root, _AGAIN, with_tail=False)
    for paragraph in root.iter(f"{_WORD}p"):
        pieces = (_piece(one) for one in paragraph.iter() if _is_own(one, paragraph))
        yield "".join(pieces) + "\n"


def _piece(element: etree._Element) -> str:
    if element.tag == f"{_WORD}t":
        return element.text or ""
    return _SHOWN.get(str(element.tag), "")


def _is_own(element: etree._Element, paragraph: etree._Element) -> bool:
    """Tell whether a piece is of this paragraph, and not of one in a text box inside it."""
    return next(element.iterancestors(f"{_WORD}p"), None) is paragraph
