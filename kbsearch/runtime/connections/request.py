"""Reads requests, and refuses those that are too long or can be read in two ways."""

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import Error, RequestEntityTooLarge

from kbsearch.runtime.connections.limits import ADDRESS_LIMIT, BODY_LIMIT, CHUNK_LINE_LIMIT


class _AddressTooLong(Error):
    code = 414
    reason = "URI Too Long"


class _TooSlow(Error):
    code = 408
    reason = "Request Timeout"


class _BadChunk(Error):
    code = 400
    reason = "Bad Request"


class Request(HTTPRequestParser):
    """One request as it arrives.

    unread  whether the rest of it may still be on its way when it is answered.
    """

    unread = False
    first_line = b""

    def received(self, data: bytes) -> int:
        """Take in more bytes; return how many of them belong to this request."""
        if self.body_rcv is None and not self.completed and self._starts_too_long(data):
            self.refuse(_AddressTooLong(""))
            return len(data)
        consumed: int = super().received(data)
        if self.chunked and not self.completed and self._is_chunk_line_too_long():
            self.refuse(_BadChunk(""))
        if isinstance(self.error, RequestEntityTooLarge):
            self._leave_to_application()
        self.unread = self.unread or self.error is not None
        if self.unread:
            self.expect_continue = False
            return len(data)
        return consumed

    def refuse(self, error: Error) -> None:
        """Answer with an error, whatever comes after."""
        self.error, self.completed, self.unread = error, True, True

    def be_late(self) -> None:
        """Answer that the request took too long."""
        self.refuse(_TooSlow(""))

    def parse_header(self, header_plus: bytes) -> None:
        """Read a whole header. Raises ParsingError if it is none, or says two things at once."""
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # of an address or a number that Python does not read
            raise ParsingError("") from error
        if self.version not in {"1.0", "1.1"}:
            raise ParsingError("")
        two_lengths = self.chunked and "CONTENT_LENGTH" in self.headers
        if two_lengths or "TRANSFER_ENCODING" in self.headers:
            raise ParsingError("")

    def _starts_too_long(self, data: bytes) -> bool:
        start = (self.header_plus[: ADDRESS_LIMIT + 2] + data[: ADDRESS_LIMIT + 2]).lstrip()
        if len(start) <= ADDRESS_LIMIT or b"\r\n" in start[: ADDRESS_LIMIT + 2]:
            return False
        self.first_line = start
        return True

    def _is_chunk_line_too_long(self) -> bool:
        waiting = len(self.body_rcv.control_line) + len(self.body_rcv.trailer)
        return waiting > CHUNK_LINE_LIMIT

    def _leave_to_application(self) -> None:
        """Let the application refuse a body that is too long: it does so in the reader's form."""
        self.headers["CONTENT_LENGTH"] = str(max(self.content_length, BODY_LIMIT + 1))
        self.error, self.unread = None, True
