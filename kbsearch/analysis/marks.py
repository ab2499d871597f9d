"""What masking writes in the place of personal data: shown to a person, and met by no search."""

import re

PLAIN = (
    *("card", "IBAN", "account", "e-mail", "phone", "national id", "IP address", "MAC address"),
    *("address", "password", "id", "name"),
)
"""The marks that say nothing but the kind."""
MARK = re.compile(
    r"\[(?:card ending [0-9]{4}|e-mail at [a-z0-9.-]{1,40}|name [0-9]{1,6}|"
    + "|".join(PLAIN)
    + r")\]"
)


def unmarked(text: str) -> str:
    """Return a text with blanks in the place of its marks, as long as it was.

    >>> unmarked("call [phone] now")
    'call         now'
    """
    return MARK.sub(lambda mark: " " * len(mark[0]), text) if "[" in text else text


def as_names(text: str) -> str:
    """Return a text with a word such as a name in the place of its marks, as long as it was.

    >>> as_names("Hi [name],")
    'Hi Xxxxxx,'
    """
    return MARK.sub(lambda mark: "X" + "x" * (len(mark[0]) - 1), text) if "[" in text else text
