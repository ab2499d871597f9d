"""How a word sounds, to several kinds of ears.

One code conflates too much (modem, madam) and misses what another accent confuses (light, right),
so a word has several, and a word that shares any of them is a candidate.
"""

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

import jellyfish

from kbsearch.analysis.tables import table

_REPEATS = re.compile(r"(.)\1+")
_LONG_ENOUGH_TO_CLIP = 4
_LETTERS = re.compile(r"[a-z]+")


class Sounds(NamedTuple):
    """The phonetic codes of a word, empty where it has none (digits, other scripts).

    metaphone  Metaphone (Philips 1990) after the rewrites of `index/sounds.tsv`.
    nysiis     New York State Identification and Intelligence System (Taft 1970), keeps vowels.
    accent     the Metaphone code with the sounds that accents confuse made one.
    clipped    the same without a last consonant that some ears do not hear, "" if that says little.
    """

    metaphone: str
    nysiis: str
    accent: str
    clipped: str


NO_SOUNDS = Sounds("", "", "", "")


class SoundTables:
    """The tables that `sounds` reads."""

    @cached_property
    def _rewrites(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        rows = table("sounds.tsv")
        return tuple((re.compile(pattern), "" if to == "-" else to) for pattern, to, _ in rows)

    @cached_property
    def _any_rewrite(self) -> re.Pattern[str]:
        """What finds something in a word that any of the rewrites changes, and in no other."""
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self._rewrites))

    @cached_property
    def _classes(self) -> dict[int, str]:
        rows = table("confusions.tsv")
        return str.maketrans({sound: to for sound, to, *_ in rows if len(sound) == 1})

    @cached_property
    def _unheard(self) -> frozenset[str]:
        """The last sounds of a word that some ears do not hear: the rows such as `T$`."""
        return frozenset(sound[0] for sound, *_ in table("confusions.tsv") if sound[1:] == "$")

    def hear(self, word: str) -> Sounds:
        """Return the codes of one folded word."""
        if not _LETTERS.fullmatch(word):
            return NO_SOUNDS
        spoken = self._spoken(word)
        metaphone = jellyfish.metaphone(spoken)
        accent = self._accented(metaphone)
        unheard = metaphone[-1:] in self._unheard and len(metaphone) >= _LONG_ENOUGH_TO_CLIP
        clipped = self._accented(metaphone[:-1]) if unheard else ""
        return Sounds(metaphone, jellyfish.nysiis(spoken), accent, clipped)

    def _spoken(self, word: str) -> str:
        """Return the word as the codes can hear it: one in forty is rewritten."""
        if self._any_rewrite.search(word):
            for pattern, to in self._rewrites:
                word = pattern.sub(to, word)
        return word

    def _accented(self, metaphone: str) -> str:
        return _REPEATS.sub(r"\1", metaphone.translate(self._classes))


_EAR = SoundTables()


@lru_cache(maxsize=50_000)
def sounds(word: str) -> Sounds:
    """Return the phonetic codes of a folded word.

    >>> sounds("resolushun").metaphone == sounds("resolution").metaphone
    True
    >>> sounds("light").accent == sounds("right").accent
    True
    >>> sounds("0x80070005")
    Sounds(metaphone='', nysiis='', accent='', clipped='')
    """
    return _EAR.hear(word)
