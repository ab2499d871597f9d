"""What an index is made of."""

from dataclasses import dataclass

from kbsearch.messages.message import Message
from kbsearch.records.history import Mark


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index is made of.

    watermark    the last row of the store's change log that it has taken in.
    store        the identity of that store; `change` the digest of that row.
    fingerprint  the analysis that made its terms.
    unmerged     documents whose words stand next to the lexicon until a rebuild: all of those
                 words are joined again whenever a process opens the index.
    spare        whether there is an earlier index to go back to.
    partial      a part of it is damaged and left out, until it is rebuilt.
    damage       what is damaged, nothing if it is sound. Answers are whole, if perhaps old, unless
                 it is partial.
    """

    tickets: int
    watermark: int
    fingerprint: str
    size_bytes: int
    unmerged: int = 0
    spare: bool = False
    partial: bool = False
    damage: tuple[Message, ...] = ()
    store: str = ""
    change: str = ""

    @property
    def mark(self) -> Mark:
        """The place in the history of its store up to which changes are taken in."""
        return Mark(self.watermark, self.store, self.change)
