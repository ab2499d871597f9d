"""Cells that an export guards, so that no spreadsheet takes them for a formula or a number."""

import re

_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_LINK = re.compile(r'=HYPERLINK\("(?:[^"]|"")*"[,;]\s*"((?:[^"]|"")*)"\)', re.IGNORECASE)
_QUOTE = re.compile(r"'(?=[=+@\t-]|\d[\d .,/-]*$)(?![^'\s]*'(?:[\s.,;:!?)]|$))")


def unguarded(text: str) -> str:
    r"""Return a value without the guards that an export put around it.

    >>> unguarded('="00123"'), unguarded("'-Turn it off"), unguarded("'0077")
    ('00123', '-Turn it off', '0077')
    >>> unguarded("'-f' is no option"), unguarded("'Tis broken")
    ("'-f' is no option", "'Tis broken")
    """
    if text[:1] == "=":
        found = _FORMULA.fullmatch(text) or _LINK.fullmatch(text)
        return found[1].replace('""', '"') if found else text
    return text[1:] if text[:1] == "'" and _QUOTE.match(text) else text
