"""The files of a measurement: queries, labels (qrels) and rankings (runs).

    queries   qid TAB text
    qrels     qid TAB docid TAB relevance, or the four columns of TREC: qid 0 docid relevance
    run       qid Q0 docid rank score tag, as trec_eval and its like read it

The functions take lines and the file's name, for their messages; they open nothing. The columns of
a run are parted by spaces, so a reference with spaces in it is written with `_` for each run of
them (`document`), and labels are read the same way, so that the two still meet.
"""

from collections.abc import Iterable, Iterator, Sequence

from kbsearch.errors import FileUnreadable
from kbsearch.evaluation.metrics import RELEVANCE_LIMIT

SMALLEST_STEP = 0.000001
"""The least that two scores of one query differ by in a run: its last written digit."""


def document(reference: str) -> str:
    """Return a reference as a run and its labels write it.

    >>> document("Case 12  b")
    'Case_12_b'
    """
    return "_".join(reference.split())


def parse_queries(lines: Iterable[str], name: str) -> dict[str, str]:
    """Return query id -> text, in the order of the file.

    Raises FileUnreadable, naming the line, if one has no tab, an id that a run cannot hold, or an
    id that came before; or if there is no query at all.
    """
    queries: dict[str, str] = {}
    for number, line in _numbered(lines):
        qid, tab, text = line.partition("\t")
        if not tab:
            raise _wrong(name, number, "has no tab; write the query's id, a tab and its text")
        if len(qid.split()) != 1 or qid != qid.strip():
            raise _wrong(name, number, f"has the id {qid!r}; write one without spaces")
        if qid in queries:
            raise _wrong(name, number, f"has the id {qid!r} again; give each query its own")
        queries[qid] = text
    if not queries:
        raise FileUnreadable(f"{name} holds no query; write one a line: its id, a tab, its text.")
    return queries


def parse_qrels(lines: Iterable[str], name: str) -> dict[str, dict[str, int]]:
    """Return query id -> document -> relevance.

    Raises FileUnreadable, naming the line, if one cannot be read or contradicts another.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _numbered(lines):
        qid, docid, relevance = _label(line, name, number)
        known = qrels.setdefault(qid, {})
        if known.setdefault(docid, relevance) != relevance:
            raise _wrong(
                name,
                number,
                f"gives {docid} the relevance {relevance} for {qid}, an earlier line"
                f" {known[docid]}; keep one of them",
            )
    if not qrels:
        raise FileUnreadable(
            f"{name} holds no label; write one a line: query id, tab, document, tab, relevance."
        )
    return qrels


def parse_run(lines: Iterable[str], name: str) -> dict[str, list[str]]:
    """Return query id -> documents, the highest score first, ties by the written rank.

    Raises FileUnreadable, naming the line, if one is not `qid Q0 docid rank score tag`.
    """
    rows: dict[str, list[tuple[float, int, str]]] = {}
    for number, line in _numbered(lines):
        try:
            qid, _, docid, rank, score, _ = line.split()
            rows.setdefault(qid, []).append((-float(score), int(rank), docid))
        except ValueError:
            raise _wrong(name, number, "is not `qid Q0 docid rank score tag`") from None
    return {qid: [docid for *_, docid in sorted(found)] for qid, found in rows.items()}


def run_lines(qid: str, ranking: Sequence[tuple[str, float]], tag: str) -> Iterator[str]:
    """Yield the lines of one query in a run, for (reference, score) pairs, best first.

    Programs that read runs sort by score and break ties by name; so each score is written lower
    than the one before it, by the last digit at least, and the order stays as given.

    >>> list(run_lines("q1", [("A 1", 2.5), ("B2", 2.5)], "mine"))
    ['q1 Q0 A_1 1 2.500000 mine', 'q1 Q0 B2 2 2.499999 mine']
    """
    before = float("inf")
    for rank, (reference, score) in enumerate(ranking, start=1):
        before = min(round(score, 6), before - SMALLEST_STEP)
        yield f"{qid} Q0 {document(reference)} {rank} {before:.6f} {tag}"


def _label(line: str, name: str, number: int) -> tuple[str, str, int]:
    columns = line.split("\t") if "\t" in line else line.split()
    if len(columns) == 4:
        del columns[1]
    if len(columns) != 3:
        raise _wrong(name, number, "is not `qid TAB docid TAB relevance`")
    qid, docid, written = (column.strip() for column in columns)
    if not (written.removeprefix("-").isdecimal() and len(written) <= 3):
        raise _wrong(
            name, number, f"has the relevance {written!r}; write a whole number, as 0 or 1"
        )
    if int(written) > RELEVANCE_LIMIT:
        raise _wrong(name, number, f"has the relevance {written}; the highest is {RELEVANCE_LIMIT}")
    return qid, document(docid), int(written)


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n")
        if text.strip():
            yield number, text


def _wrong(name: str, number: int, reason: str) -> FileUnreadable:
    return FileUnreadable(f"{name}, line {number}: {reason}.")
