"""The arrays of a lexicon; `table.WordTable` reads them.

    text            the words in UTF-8, ascending, each with a line feed after it
    starts          uint32, (words + 1,): where each begins
    heads           uint64: the first 8 bytes of every 8th word, as a number
    counts          uint32, (words,): how many tickets hold each
    by_length       uint32, (words,): the words' numbers, the shortest words first
    length_starts   uint32: where those of each length, from 0, begin in that order; and its end
    signatures      uint64, (words,): see `rows.signature`; in that order
    rules           uint16, (words,): which of `rule_names` leads from the word to its term
    rule_names      a line each: how many letters to cut off, a space, what comes in their place
    buckets         uint32: where the marks of each value of a sound key's upper bits begin
    marks           uint32, (codes,): the lower 32 bits of each sound key; the keys ascend
    holders         uint32, (codes,): the word with that code and ALONE; of several, where in
                    `members` their number stands, with themselves after it, ascending
    members         uint32

A word among `holders` or `members` has CLIPPED set where the code is its clipped one.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kbsearch.inverted.array_file import Array
from kbsearch.inverted.documents import WordCounts
from kbsearch.lexicon.rows import KEY_BITS, SoundKeys, WordRow

HEAD_BYTES = 8
HEAD_STEP = 8
MARK_BITS = 32
BUCKET_BITS = KEY_BITS - MARK_BITS
CLIPPED = 1 << 31
ALONE = 1 << 30
NUMBER = (1 << 28) - 1
_TO_A_BUCKET = 2
_CLIPPED_COLUMN = SoundKeys._fields.index("clipped")


def lexicon_arrays(words: WordCounts, rows: Sequence[WordRow]) -> dict[str, Array | bytes]:
    """Return the arrays of a lexicon of these words, to be written with `array_file.laid_out`.

    rows  of each word, as `rows.word_rows` gives them.

    Raises ValueError if the words do not ascend, or are not as many as the rows and the counts.
    """
    if not len(words.words) == len(rows) == words.counts.size:
        raise ValueError(f"{len(words.words)} words with {len(rows)} rows, {words.counts.size}")
    heads = [word.encode() for word in words.words[::HEAD_STEP]]
    return {
        **_text(words.words),
        "heads": np.fromiter(map(head, heads), np.uint64, len(heads)),
        "counts": words.counts.astype(np.uint32),
        **_shapes(words.words, rows),
        **_rules(rows),
        **_sounds(rows),
    }


def head(word: bytes) -> int:
    """Return the first bytes of a word as a number; heads ascend as the words do."""
    return int.from_bytes(word[:HEAD_BYTES].ljust(HEAD_BYTES, b"\0"))


def first_of_each(ascending: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Return where each number of an ascending array first stands."""
    is_first = np.ones(ascending.size, np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=is_first[1:])
    return is_first.nonzero()[0]


def _text(words: Sequence[str]) -> dict[str, Array | bytes]:
    if any(left >= right for left, right in pairwise(words)):
        raise ValueError("the words of a lexicon must ascend")
    text = "".join(f"{word}\n" for word in words).encode()
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")) + 1
    return {"text": text, "starts": np.concatenate(([0], ends)).astype(np.uint32)}


def _shapes(words: Sequence[str], rows: Sequence[WordRow]) -> dict[str, Array | bytes]:
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    by_length = np.argsort(lengths, kind="stable")
    signatures = np.fromiter((row.signature for row in rows), np.uint64, len(rows))
    starts = np.concatenate(([0], np.cumsum(np.bincount(lengths))))
    return {
        "by_length": by_length.astype(np.uint32),
        "length_starts": starts.astype(np.uint32),
        "signatures": signatures[by_length],
    }


def _rules(rows: Sequence[WordRow]) -> dict[str, Array | bytes]:
    numbers: dict[tuple[int, str], int] = {}
    of_words = [numbers.setdefault((row.cut, row.ending), len(numbers)) for row in rows]
    names = "".join(f"{cut} {ending}\n" for cut, ending in numbers)
    return {"rules": np.array(of_words, np.uint16), "rule_names": names.encode()}


def _sounds(rows: Sequence[WordRow]) -> dict[str, Array | bytes]:
    keys = np.array([row.sounds for row in rows], np.int64).reshape(
        len(rows), len(SoundKeys._fields)
    )
    entries = np.repeat(np.arange(len(rows), dtype=np.uint32), keys.shape[1]).reshape(keys.shape)
    entries[:, _CLIPPED_COLUMN] |= CLIPPED
    held = keys > 0
    entries, flat = entries[held], keys[held]
    order = np.argsort(flat, kind="stable")
    entries, flat = entries[order], flat[order]
    firsts = first_of_each(flat)
    sizes = np.diff(firsts, append=flat.size)
    bits = min(BUCKET_BITS, (firsts.size // _TO_A_BUCKET).bit_length())
    bounds = np.arange((1 << bits) + 1) << KEY_BITS - bits
    return {
        "buckets": np.searchsorted(flat[firsts], bounds).astype(np.uint32),
        "marks": flat[firsts].astype(np.uint32),
        **_holders(entries, firsts, sizes),
    }


def _holders(
    entries: NDArray[np.uint32], firsts: NDArray[np.intp], sizes: NDArray[np.intp]
) -> dict[str, Array | bytes]:
    """Return who holds each code; those of code c are `entries[firsts[c] :][: sizes[c]]`."""
    alone = sizes == 1
    members = np.insert(entries, firsts, sizes.astype(np.uint32))
    sizes_in_members = np.where(alone, 0, sizes + 1)
    holders = np.cumsum(sizes_in_members) - sizes_in_members
    holders[alone] = entries[firsts[alone]] | np.uint32(ALONE)
    kept = np.repeat(~alone, sizes + 1)
    return {"holders": holders.astype(np.uint32), "members": members[kept]}
