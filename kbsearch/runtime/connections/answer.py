"""Writes answers: those of the application, and those to what never reaches it."""

import json

from waitress.task import ErrorTask, WSGITask

from kbsearch.runtime.headers import HEADERS

SENTENCES = {
    400: "The request is not HTTP as this server reads it; send it again from a browser, or from a"
    " program that follows HTTP/1.1.",
    408: "The request came too slowly; send it again.",
    414: "The address is too long to be read; shorten the query, or send it by POST.",
    431: "The header of the request is too long to be read; remove cookies of this address, or send"
    " fewer headers.",
    500: "Something went wrong on our side; try again.",
    501: "The body comes in an encoding that this server does not read; send it as it is, or in"
    " chunks.",
}


class Answer(WSGITask):
    """What the application answers."""

    def build_response_header(self) -> bytes:
        """Return the header; the connection ends where the server stops or a body is unread."""
        if self.channel.server.stopping or self.request.unread:
            self.request.headers["CONNECTION"] = "close"
            self.channel.unread = self.request.unread
        header: bytes = super().build_response_header()
        return header


class Refusal(ErrorTask):
    """The answer to what is no request: a sentence, never what was sent."""

    def execute(self) -> None:
        """Write the sentence, as JSON where the API was asked."""
        error = self.request.error
        sentence = SENTENCES[error.code]
        for_a_program = b" /api/" in self.request.first_line
        text = json.dumps({"error": {"message": sentence}}) if for_a_program else sentence
        body = f"{text}\n".encode()
        kind = "application/json" if for_a_program else "text/plain; charset=utf-8"
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", kind),
            ("Cache-Control", "no-store"),
            *HEADERS.items(),
        ]
        self.channel.unread = error.code != 408
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
