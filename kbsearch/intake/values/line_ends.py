r"""Line ends that an export wrote as letters: \n, \r\n, #LBBR#."""

import re

MARKED = "\\"
_LINE_END = re.compile(r"\\r\\n|\\n|\\r(?![a-z])")
_SURE = re.compile(r"\\r\\n|\\n\\n|[^\s\\:/\"'`(\[]\\n(?:$|[A-Z\d*•-])|[.!?,:;)]\s?\\n")
_BETWEEN = re.compile(r"[\w.,;:!?-]+(?:\\n[\w.,;:!?-]+)+")
_PATH = re.compile(r"[A-Za-z]:\\|\\\\[\w.$-]+\\|%\w+%\\|\\(?![rnt\"'\\/]|u[0-9a-f]{4})")
_GLPI = re.compile(r"#LB[BH]?R#")


def without_marks(text: str) -> str:
    r"""Return a text with line ends where GLPI marked them.

    >>> without_marks("Tray empty#LBBR#Second floor")
    'Tray empty\nSecond floor'
    """
    return _GLPI.sub("\n", text) if "#LB" in text else text


def with_line_ends(text: str) -> str:
    r"""Return a text with real line ends in place of written ones; paths stay.

    >>> with_line_ends("Light is red.\\nOpen C:\\new\\tools")
    'Light is red.\nOpen C:\\new\\tools'
    """
    if MARKED not in text:
        return text
    words = re.split(r"([^\S\n]+)", text)
    return "".join(word if _PATH.search(word) else _unescaped(word) for word in words)


def _unescaped(word: str) -> str:
    return _LINE_END.sub("\n", word).replace("\\t", "\t")


class LineEndEvidence:
    """Gathers whether the texts of a file write line ends as letters."""

    def __init__(self) -> None:
        self._real = self._written = self._sure = 0

    def add(self, text: str) -> None:
        """Take the next text that is not empty."""
        if "\n" in text or "\r" in text:
            self._real += 1
        elif MARKED in text:
            words = [word for word in text.split() if MARKED in word and not _PATH.search(word)]
            self._written += any(_LINE_END.search(word) for word in words)
            plain = [word for word in words if _BETWEEN.fullmatch(word)]
            self._sure += len(plain) > 1 or any(_SURE.search(word) for word in words)

    @property
    def written(self) -> bool:
        r"""Whether \n is a line end: it surely is one somewhere, and more often than real ones."""
        return self._sure > 0 and self._written > self._real
