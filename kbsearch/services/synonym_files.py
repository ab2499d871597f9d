"""The table of synonyms and its draft, as the commands read and write them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kbsearch.errors import FileUnreadable, InputError
from kbsearch.messages.message import Message, render
from kbsearch.search.synonyms.file import (
    DraftChange,
    Synonym,
    apply,
    draft_lines,
    read_draft,
    read_synonyms,
    table_lines,
)
from kbsearch.settings import Settings
from kbsearch.text_files import new_lines

__all__ = ["Synonym", "SynonymFiles"]


@dataclass(frozen=True, slots=True)
class SynonymFiles:
    """What the two files held when they were read.

    faults  a message for each line of either that is no row.
    """

    path: Path
    draft_path: Path
    rows: tuple[Synonym, ...]
    changes: tuple[DraftChange, ...]
    faults: tuple[Message, ...]

    @classmethod
    def read(cls, settings: Settings) -> Self:
        """Read both. Raises FileUnreadable if nothing of one of them can be read."""
        path = settings.synonyms_file
        draft_path = path.with_suffix(".draft.tsv")
        table, draft = read_synonyms(path), read_draft(draft_path)
        return cls(path, draft_path, table.rows, draft.rows, table.faults + draft.faults)

    def refuse_faults(self) -> None:
        """Raise FileUnreadable if a line is no row: writing the file would lose it."""
        if self.faults:
            raise FileUnreadable(render(self.faults[0]))

    def refuse_no_changes(self) -> None:
        """Raise InputError if there is no draft."""
        if not self.changes:
            raise InputError("The draft is empty; run: kbsearch synonyms add PHRASE ALSO")

    @property
    def proposed(self) -> tuple[Synonym, ...]:
        """The table with the changes of the draft."""
        return apply(self.rows, self.changes)

    def save_draft(self, changes: Iterable[DraftChange]) -> None:
        """Write the draft again; without a change there is none."""
        kept = tuple(changes)
        if not kept:
            self.draft_path.unlink(missing_ok=True)
            return
        with new_lines(self.draft_path, private=True) as lines:
            lines.extend(draft_lines(kept))

    def publish(self) -> None:
        """Put the proposed table in place of the one in use, and end the draft.

        Should the machine stop in between, the draft is still there, and publishing it again
        changes nothing.
        """
        with new_lines(self.path, private=True) as lines:
            lines.extend(table_lines(self.proposed))
        self.save_draft(())
