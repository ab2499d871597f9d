"""Texts in HTML: what a reader of the page would see of them."""

import html
import re

from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml.etree import ParserError
from lxml.html import HTMLParser, defs, document_fromstring

SHARE = 10
"""One text of so many in a column is HTML: then every text with a tag is."""
_KNOWN = "|".join(sorted(defs.tags | {"main", "template", "picture", "dialog", "center", "nobr"}))
_REST = r"(?:\s[^<>=]*=[^<>]*|\s+[\w-]+)?\s*/?>"
"""What may follow the name of a tag: attributes, but not the words of a sentence."""
_TAG = re.compile(rf"</?(?:{_KNOWN}){_REST}", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!/?(?:{_KNOWN}|[a-z]\w*:\w+){_REST}|!--|!\[|!doctype|\?)", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:br|p|div|li|tr|table|h[1-6]|pre|blockquote|hr)\b", re.IGNORECASE)
_BEGINS = re.compile(rf"(?:<!doctype|<(?:{_KNOWN})[\s>])", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_BARE = re.compile(r"&(?!(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});)", re.IGNORECASE)
_SWALLOWING = ("style", "script", "title", "textarea", "head", "iframe", "xmp", "noframes")
"""Tags that take all that follows along if they are not closed."""
_PICTURE_TAG = re.compile(r"<img\b(?>[^<>]*?\bdata:)[^<>]*>", re.IGNORECASE)
_PICTURE = re.compile(
    r"!?(?:\[[^\[\]]*\]\()?data:[\w.+-]+/[\w.+-]+(?:;[\w.+-]+(?:=[\w.+-]+)?)*"
    r"(?:;base64,\s*[A-Za-z0-9+/=_-]*(?:\s+[A-Za-z0-9+/=]{40,})*|,[^\s\"'<>)]*)\)?",
    re.IGNORECASE,
)
_CONFIG = ParserConfig(css=STRICT_CSS_PROFILE.copy())


def without_pictures(text: str) -> str:
    """Return a text without the pictures that are written into it as letters.

    >>> without_pictures('See <img src="data:image/png;base64,iVBORw0KGgo="> above')
    'See  above'
    """
    return _PICTURE.sub("", _PICTURE_TAG.sub("", text)) if "data:" in text else text


def has_tag(text: str) -> bool:
    """Tell whether a tag of HTML is in a text.

    >>> has_tag("One<br>two"), has_tag("5 < 6 and 7 > 2 in the formula <A1>")
    (True, False)
    """
    return "<" in text and _TAG.search(text) is not None


def is_wrapped(text: str) -> bool:
    """Tell whether a text is HTML from its first letter to its last.

    >>> is_wrapped("<p>No paper</p>"), is_wrapped("Type <b> here")
    (True, False)
    """
    text = text.strip()
    return text[-1:] == ">" and "</" in text and _BEGINS.match(text) is not None


def plain_text(markup: str) -> str:
    r"""Return what a reader of the page would see; what is no tag of HTML stays.

    >>> plain_text("<ol><li>Open it</li><li>Re<span>boot</span> &amp; wait</li></ol>")
    '1. Open it\n2. Reboot & wait'
    """
    markup = _NO_TAG.sub("&lt;", _unswallowed(markup))
    if not _BLOCK.search(markup):
        markup = markup.replace("\n", "<br>")
    lines = [line.rstrip() for line in _rendered(markup).replace("\u00a0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", _outdented(lines)).strip()


def _unswallowed(markup: str) -> str:
    """Return HTML in which no tag or remark that is never closed hides the rest."""
    folded = markup.casefold()
    for name in _SWALLOWING:
        if folded.count(f"<{name}") > folded.count(f"</{name}"):
            markup = re.sub(f"<(?={name}\\b)", "&lt;", markup, flags=re.IGNORECASE)
    return markup if markup.count("<!--") == markup.count("-->") else markup.replace("<!--", "")


def _rendered(markup: str) -> str:
    """Return the text of HTML; of what the parser gives up, all that is between the tags."""
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(f"<body>{markup}</body>", parser=parser)
    except (ParserError, ValueError):
        return html.unescape(_TAG.sub("\n", markup))
    if any(error.level_name == "FATAL" for error in parser.error_log):
        return html.unescape(_TAG.sub("\n", markup))
    return str(Inscriptis(tree, _CONFIG).get_text())


def _outdented(lines: list[str]) -> str:
    """Return the lines without the blanks that all of them, or the items of a list, begin with."""
    filled = [len(line) - len(line.lstrip(" ")) for line in lines if line]
    least = min(filled, default=0)
    return "\n".join(line[least:] for line in lines)


class MarkupEvidence:
    """Gathers how the texts of one column are marked up."""

    def __init__(self) -> None:
        self._texts = self._tagged = self._entities = self._bare = 0

    def add(self, text: str) -> None:
        """Take the next text that is not empty."""
        self._texts += 1
        if has_tag(text):
            self._tagged += 1
        elif "&" in text:
            self._entities += _ENTITY.search(text) is not None
            self._bare += _BARE.search(text) is not None

    @property
    def tagged(self) -> bool:
        """Whether every text with a tag is HTML."""
        return self._tagged * SHARE >= self._texts and self._tagged > 0

    @property
    def escaped(self) -> bool:
        """Whether & is mostly written as &amp;."""
        return 0 < self._entities >= self._bare
