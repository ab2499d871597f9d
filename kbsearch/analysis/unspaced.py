"""Scripts that put no blank between words: their texts are cut into pairs of neighbours.

No word list says where a word of a Chinese or Japanese sentence ends, so each two letters that are
side by side are filed. A word of two letters or more is then found wherever it is, as a phrase.
"""

import re

_LETTERS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Han, Hiragana and Katakana."""
_LETTER = re.compile(f"[{_LETTERS}]")
_RUN = re.compile(f"[{_LETTERS}]+|[^{_LETTERS}]+")


def has_unspaced(chunk: str) -> bool:
    """Tell whether a chunk has a letter of such a script."""
    return not chunk.isascii() and _LETTER.search(chunk) is not None


def unspaced_runs(chunk: str) -> list[str]:
    """Return the runs of such letters in a chunk and those of others, in order.

    >>> unspaced_runs("usb打印机")
    ['usb', '打印机']
    """
    return _RUN.findall(chunk)


def neighbours(run: str) -> list[str]:
    """Return each two letters of a run that are side by side, a single letter alone.

    >>> neighbours("打印机"), neighbours("纸")
    (['打印', '印机'], ['纸'])
    """
    return [run[place : place + 2] for place in range(max(len(run) - 1, 1))]
