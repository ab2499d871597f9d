"""What the words before a place lead to: a name, or how a sentence begins."""

from functools import cache

from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import words


@cache
def _leads() -> dict[str, str]:
    sorts = ("introduces", "presents", "sign_off", "greeting", "title")
    return {word: sort for sort in sorts for word in words(sort)}


def lead_of(text: Text, start: int) -> str:
    """Return what the words before a place lead to: a title, greeting, sign_off, field or name.

    >>> texts = ("my name is Ann", "User: Ann", "an Ann")
    >>> [lead_of(Text(text), text.find("Ann")) for text in texts]
    ['presents', 'field', '']
    """
    before = text.before(start, 40)
    bare = before.rstrip(" \t\r\n>:,.!?-('\"*")
    gap = before[len(bare) :]
    last = bare[bare.rfind("\n") + 1 :].split()[-4:]
    for size in range(min(len(last), 4), 0, -1):
        key = " ".join(last[-size:]).lstrip("('\"*>-.,:!?")
        sort = _leads().get(key)
        if sort:
            written = text.plain[start - len(gap) - len(key) : start - len(gap)]
            is_firm = sort == "title" and written.isupper()  # MS Office, MX Linux
            return "" if is_firm else _sort_with_gap(key, sort, gap)
    if not last and gap.lstrip(" \r\n").startswith("-") and "\n" in before:
        return "sign_off"
    return ""


def _sort_with_gap(key: str, sort: str, gap: str) -> str:
    if sort == "title":
        return sort if gap.strip(". ") == "" and "\n" not in gap else ""
    if key in words("sign_off") and ("\n" in gap or key not in words("greeting")):
        return "sign_off" if gap.strip(" .\r\n>") in ("", ",", "!", "-", ",-") else ""
    if sort == "greeting" or key in words("greeting"):
        return "greeting" if gap.strip() in ("", ",") and "\n" not in gap else ""
    if ":" in gap:
        return "field" if gap.count("\n") < 2 else ""
    return (
        sort
        if gap.strip() in ("", *"?"[: sort == "presents"], "'", '"', "(") and "\n" not in gap
        else ""
    )


def starts_sentence(text: Text, start: int) -> bool:
    """Tell whether a capital says nothing, for a sentence or a line begins here."""
    before = text.plain[max(start - 4, 0) : start].rstrip(" \t")
    return not before or before[-1] in ".!?:;\n>*-•\"'([|"
