"""Make collections of any size with the words of a real one, in the same proportions."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from measuring.dataset import Dataset, write_lines

_SEED = 5

Units = list[tuple[str, int]]
"""The distinct words of a ticket, each with its count there, the most common word first."""


def write_shuffled(dataset: Dataset, sizes: Sequence[int], folder: Path) -> dict[int, Path]:
    """Write a ticket file for each size, the smaller the beginning of the larger.

    A ticket is made of as many distinct words as a real one, each from a real one with as many:
    the words are sorted from common to rare, and those at the same place are shuffled. So a word is
    in the same share of the tickets at every size, and lengths stay. A size beyond the collection
    goes through it again, shuffled in another way.
    """
    paths = {size: folder / f"shuffled-{size}.jsonl.gz" for size in sizes}
    if all(path.exists() for path in paths.values()):
        return paths
    folder.mkdir(parents=True, exist_ok=True)
    made = shuffled([ticket.text for ticket in dataset.tickets()], max(sizes))
    rows = ({"id": f"s-{number}", "body": text} for number, text in enumerate(made))
    lines = [json.dumps(row) + "\n" for row in rows]
    for size, path in paths.items():
        write_lines(path, lines[:size])
    return paths


def shuffled(texts: Sequence[str], count: int) -> Iterator[str]:
    """Yield so many texts, the same ones each time."""
    chance = random.Random(_SEED)
    tickets = _units(texts)
    while count > 0:
        for units in _dealt(tickets, chance)[:count]:
            words = [word for word, times in units for _ in range(times)]
            chance.shuffle(words)
            yield " ".join(words)
        count -= len(tickets)


def _units(texts: Sequence[str]) -> list[Units]:
    counted = [Counter(text.lower().split()) for text in texts]
    holding = Counter(word for words in counted for word in words)
    return [
        sorted(words.items(), key=lambda unit: (-holding[unit[0]], unit[0]))
        for words in counted
        if words
    ]


def _dealt(tickets: Sequence[Units], chance: random.Random) -> list[Units]:
    """Return as many new tickets, in random order."""
    groups: defaultdict[int, list[Units]] = defaultdict(list)
    for units in tickets:
        groups[len(units)].append(units)
    dealt = []
    for group in groups.values():
        places = [list(place) for place in zip(*group, strict=True)]
        for place in places:
            chance.shuffle(place)
        dealt += [list(units) for units in zip(*places, strict=True)]
    chance.shuffle(dealt)
    return dealt
