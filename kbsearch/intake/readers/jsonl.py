"""Read JSONL: one JSON object a line."""

from collections.abc import Generator
from contextlib import ExitStack

from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.decoding import decode_object
from kbsearch.intake.readers.encoding import marked_encoding
from kbsearch.intake.readers.lines import Lines
from kbsearch.intake.rows import BadRow, Row, RowText


def read_jsonl(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each line that is not blank; a line may be longer than memory."""
    encoding = marked_encoding(file)
    with ExitStack() as stack:
        lines = Lines(file, lambda: stack.enter_context(file.text(encoding)))
        for line in lines.filled():
            lines.claim(line.number, line.last)
            yield decode_object(RowText(line.number, line.text, line.length))
        lines.close()
