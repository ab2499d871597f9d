"""The noisy channel word by word: what `candidates` must agree with."""

import math

from jellyfish import jaro_winkler_similarity
from rapidfuzz.distance import OSA

from kbsearch.analysis.sounds import Sounds, sounds
from kbsearch.analysis.terms import term
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.rough_sound import VOWEL, rough_sound
from kbsearch.search.understand.spelling import CHANNEL, Candidate, edit_limit
from tests.lexicon.plain import PlainLexicon


def plain_candidates(word: str, lexicon: PlainLexicon, limit: int) -> list[Candidate]:
    """Return the likeliest of the 96 nearest words and the 96 most frequent that sound alike.

    The 16 best by all but their rough sounds are weighed by these as well.
    """
    near = [other for other, _ in lexicon.similar(word, edit_limit(word), 96)]
    others = {*near, *lexicon.sounding(word, 96)}
    weighed = [_weigh(word, other, lexicon.count(other)) for other in others]
    close = sorted((one for one in weighed if one.closeness >= 0.4), key=_likeliest_first)
    found = [one._replace(likelihood=one.likelihood + _rough(word, one.word)) for one in close[:16]]
    return sorted(found, key=_likeliest_first)[:limit]


def plain_likelihood(word: str, other: str, tickets: int) -> float:
    """Return how likely `other`, which so many tickets hold, is meant by `word`, in nats."""
    return _by_letters(word, other, tickets) + _rough(word, other)


def _by_letters(word: str, other: str, tickets: int) -> float:
    edits = OSA.distance(word, other)
    more = len(other) - len(word)
    return (
        CHANNEL.often * math.log(tickets + 1)
        + CHANNEL.edit * edits
        + CHANNEL.edits * edits / max(len(word), len(other))
        + CHANNEL.slip * (edits <= 1)
        + CHANNEL.shape * _shape(word, other)
        + CHANNEL.first * (word[0] != other[0])
        + CHANNEL.last * (word[-1] != other[-1])
        + (CHANNEL.longer * more if more > 0 else CHANNEL.shorter * -more)
        + CHANNEL.accent * (sounds(word).accent == sounds(other).accent != "")
    )


def _shape(word: str, other: str) -> float:
    """Return Winkler's similarity; letters of short words count wherever they stand if all do."""
    if len(word) > 3 or OSA.distance(word, other) != 1 or sorted(word) != sorted(other):
        return jaro_winkler_similarity(word, other)
    transpositions, letters = 1, len(word)
    jaro = (1 + 1 + (letters - transpositions) / letters) / 3
    return jaro + 0.1 * (word[0] == other[0]) * (1 - jaro)


def _rough(word: str, other: str) -> float:
    sound, heard = rough_sound(word), rough_sound(other)
    bare = OSA.distance(sound.replace(VOWEL, ""), heard.replace(VOWEL, ""))
    return CHANNEL.rough * OSA.distance(sound, heard) / len(heard) + CHANNEL.consonant * bare


def _weigh(word: str, other: str, tickets: int) -> Candidate:
    closeness = 1 - OSA.distance(word, other) / max(len(word), len(other))
    left, right = sounds(word), sounds(other)
    same = left.metaphone == right.metaphone != ""
    if same:
        closeness = (1 + closeness) / 2
    kind = ReadingKind.SOUND if _heard_alike(left, right) >= 1 else ReadingKind.SPELLING
    return Candidate(
        other,
        kind,
        closeness,
        _by_letters(word, other, tickets),
        term(other),
        same and word.endswith("y") is other.endswith("y"),
    )


def _likeliest_first(one: Candidate) -> tuple[float, str]:
    return -one.likelihood, one.word


def _heard_alike(left: Sounds, right: Sounds) -> float:
    found = float(left.metaphone == right.metaphone != "") + (left.nysiis == right.nysiis != "")
    if left.accent == right.accent != "":
        return found + 1
    clipped = left.accent == right.clipped != "" or left.clipped == right.accent != ""
    return found + clipped / 2
