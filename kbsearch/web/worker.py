"""How a process of the server answers what never reaches the application."""

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.http.errors import LimitRequestLine  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

TOO_LONG = "The address is too long to be read; shorten the query, or send it by POST."


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no type information
    """A gunicorn thread worker that speaks in sentences and keeps addresses out of its log."""

    def handle_error(self, req: object, client: object, addr: object, exc: BaseException) -> None:
        """Answer a request that cannot be read.

        `req` is withheld from gunicorn: it would log the address, which may hold a query.
        """
        del req
        if isinstance(exc, LimitRequestLine):
            util.write_error(client, 414, "URI Too Long", TOO_LONG)
            return
        super().handle_error(None, client, addr, exc)
