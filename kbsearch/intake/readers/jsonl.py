"""Read JSONL: one JSON object a line."""

from collections.abc import Generator, Iterator
from io import TextIOBase

from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.decoding import decode_object
from kbsearch.intake.readers.encoding import marked_encoding
from kbsearch.intake.rows import BadRow, Gatherer, Row, RowText


def read_jsonl(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each line that is not blank."""
    with file.text(marked_encoding(file.sample())) as stream:
        for piece in lines(stream):
            if piece.text.strip():
                yield decode_object(piece)


def lines(stream: TextIOBase) -> Iterator[RowText]:
    """Yield each line that is not empty; a line may be longer than memory."""
    gatherer = Gatherer()
    while part := stream.readline(SAMPLE):
        gatherer.add(part)
        if part.endswith("\n"):
            yield gatherer.take()
    yield gatherer.take()
