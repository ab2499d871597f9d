"""The same rows in any format are the same tickets."""

import csv
import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kbsearch.intake.importer import Importer
from kbsearch.progress import silent
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.ticket import FIELDS
from kbsearch.store.store import Store
from tests.masking import unmasked

Quoting = Literal[0, 1]
COLUMNS = ("Ticket ID", "Title", "Description", "Solution", "Tags", "Created at")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"))
ROW = st.tuples(
    st.integers(1, 9999).map(str),
    TEXT.map(lambda text: f"Jam {text}"),
    TEXT,
    TEXT,
    st.lists(st.sampled_from(["vpn", "mac os", "a|b"])).map("; ".join),
    st.datetimes().map(lambda time: time.replace(year=2020, day=1).isoformat()),
)
ROWS = st.lists(ROW, min_size=1, max_size=8, unique_by=lambda row: row[0])


def _table(rows: Sequence[Sequence[str]], delimiter: str, quoting: Quoting, line_end: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerows([COLUMNS, *rows])
    return text.getvalue()


def _lines(rows: Sequence[Sequence[str]]) -> str:
    objects = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in objects)


def _tickets(name: str, content: bytes) -> list[dict[str, object]]:
    """Return every field of the tickets that a file becomes, but when they were saved."""
    with TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/kbsearch.db", masking=unmasked)
        path = Path(folder, name)
        path.write_bytes(content)
        importer = Importer(store, ImportOptions(), rejects_folder=Path(folder), progress=silent)
        report = importer.run([path])
        tickets = list(store.tickets())
        store.close()
    assert report.rejected == 0
    kept = [field for field in FIELDS if field != "updated_at"]
    return [{field: getattr(ticket, field) for field in kept} for ticket in tickets]


# Shrinking a failure takes minutes with a store for every example, and the rows are small.
QUICK = [phase for phase in Phase if phase is not Phase.shrink]


@settings(phases=QUICK, max_examples=25, deadline=None)
@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    packed=st.booleans(),
)
def test_a_table_and_lines_of_json_become_equal_tickets(
    rows: list[tuple[str, ...]],
    delimiter: str,
    quoting: Quoting,
    line_end: str,
    encoding: str,
    packed: bool,
) -> None:
    table = _table(rows, delimiter, quoting, line_end).encode(encoding)
    from_table = _tickets("calls.csv", gzip.compress(table) if packed else table)
    assert from_table == _tickets("calls.jsonl", _lines(rows).encode())


WESTERN = st.lists(
    st.sampled_from(
        [
            "L’imprimante n’imprime plus après la mise à jour.",
            "Où est le câble réseau ? Merci – à bientôt.",
            "El señor preguntó por qué no funciona el ratón.",
            "“The tray” isn’t seen; refund £50, please.",
        ]
    ),
    min_size=1,
)


@settings(phases=QUICK, max_examples=15, deadline=None)
@given(texts=WESTERN, delimiter=st.sampled_from(",;\t|"))
def test_a_table_in_the_encoding_of_windows_becomes_the_same_tickets(
    texts: list[str], delimiter: str
) -> None:
    rows = [(str(n), text, "", "", "", "2020-01-01") for n, text in enumerate(texts)]
    table = _table(rows, delimiter, csv.QUOTE_MINIMAL, "\r\n").encode("cp1252")
    assert _tickets("calls.csv", table) == _tickets("calls.jsonl", _lines(rows).encode())
