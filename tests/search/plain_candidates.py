"""The noisy channel word by word: what `candidates` must agree with."""

import math

from jellyfish import jaro_winkler_similarity
from rapidfuzz.distance import OSA

from kbsearch.analysis.sounds import Sounds, sounds
from kbsearch.engines.base import Lexicon, ReadingKind
from kbsearch.search.candidates import CHANNEL, Candidate, edit_limit


def plain_candidates(word: str, lexicon: Lexicon, limit: int) -> list[Candidate]:
    """Return the likeliest of the 96 nearest words and the 96 most frequent that sound alike."""
    near = [other for other, _ in lexicon.similar(word, edit_limit(word), 96)]
    others = {*near, *lexicon.sounding(word, 96)}
    weighed = [_weigh(word, other, lexicon.count(other)) for other in others]
    found = [one for one in weighed if one.closeness >= 0.5]
    return sorted(found, key=lambda one: (-one.likelihood, one.word))[:limit]


def plain_likelihood(word: str, other: str, tickets: int) -> float:
    """Return how likely `other`, which so many tickets hold, is meant by `word`, in nats."""
    length = max(len(word), len(other))
    return (
        CHANNEL.often * math.log(tickets + 1)
        - CHANNEL.edit * OSA.distance(word, other) * 2 / (1 + length / 6)
        - CHANNEL.first * (word[0] != other[0])
        + CHANNEL.sound * _heard_alike(sounds(word), sounds(other))
        + CHANNEL.shape * jaro_winkler_similarity(word, other)
    )


def _weigh(word: str, other: str, tickets: int) -> Candidate:
    closeness = 1 - OSA.distance(word, other) / max(len(word), len(other))
    left, right = sounds(word), sounds(other)
    if left.metaphone == right.metaphone != "":
        closeness = (1 + closeness) / 2
    kind = ReadingKind.SOUND if _heard_alike(left, right) >= 1 else ReadingKind.SPELLING
    return Candidate(other, kind, closeness, plain_likelihood(word, other, tickets))


def _heard_alike(left: Sounds, right: Sounds) -> float:
    found = float(left.metaphone == right.metaphone != "") + (left.nysiis == right.nysiis != "")
    if left.accent == right.accent != "":
        return found + 1
    clipped = left.accent == right.clipped != "" or left.clipped == right.accent != ""
    return found + clipped / 2
