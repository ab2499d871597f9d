"""Runs the web application on this computer, for this computer only."""

import errno
import gc
import os
import socket
import sys
from collections.abc import Callable

import structlog
from apiflask import APIFlask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from kbsearch.errors import AddressUnavailable
from kbsearch.service import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.web.app import create_app

LOOPBACK = "127.0.0.1"
"""The one address to listen on: there are no accounts yet, so nobody else may ask."""
THREADS = 8
"""Connections that a process holds open; a browser opens some before it needs them."""
GRACE = 5
"""Seconds that requests under way get when the server is told to stop."""

_COLLECT = (50_000, 20, 100)
"""New objects, and then looks at the younger ones, after which Python looks for garbage."""


def serve(
    settings: Settings,
    *,
    port: int,
    announce: Callable[[str], None],
    prepare: Callable[[KnowledgeBase], None],
) -> None:
    """Answer on the loopback until SIGINT or SIGTERM, with `settings.workers` processes.

    port      0 picks a free one.
    announce  told the address, such as "http://127.0.0.1:8321/", once connections are accepted.
    prepare   makes the knowledge base fit to be searched, once, before there are processes.

    Raises AddressUnavailable if the port is taken or not ours, and what opening or preparing the
    knowledge base raises: a new database gets its tables here, before several processes would try.
    """
    with _listen(port) as listener:
        kb = KnowledgeBase.open(settings)
        try:
            prepare(kb)
        finally:
            kb.close()
        process = os.getpid()
        try:
            _Server(settings, listener, announce).run()
        except SystemExit as stop:  # how gunicorn ends, its workers too: they must not come back
            if stop.code or os.getpid() != process:
                raise


def _listen(port: int) -> socket.socket:
    """Return a socket that is bound to the port, so that nobody can take it meanwhile."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        taken = error.errno == errno.EADDRINUSE
        reason = "is taken by another server" if taken else f"cannot be used ({error.strerror})"
        raise AddressUnavailable(
            f"Port {port} on {LOOPBACK} {reason}; choose another one with --port or KBSEARCH_PORT,"
            " such as 0 for a free one."
        ) from None
    return listener


def collect_seldom() -> None:
    """Let Python look for cycles of garbage far less often than it would.

    A search makes some ten thousand objects and hardly a cycle; looking through all that a process
    holds takes longer than the search, and whoever asks just then waits for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no type information
    """Gunicorn with our settings; every worker makes an application of its own."""

    def __init__(
        self, settings: Settings, listener: socket.socket, announce: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._port = listener.getsockname()[1]
        self._descriptor = listener.detach()
        self._announce = announce
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults; there is no access log unless one is set."""
        options = {
            "bind": f"fd://{self._descriptor}",
            "workers": self._settings.workers,
            "worker_class": "kbsearch.web.worker.Worker",
            "threads": THREADS,
            "graceful_timeout": GRACE,
            "loglevel": "error",
            "limit_request_line": 8190,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            "proc_name": "kbsearch",
            "post_worker_init": lambda _: collect_seldom(),
            "when_ready": lambda _: self._announce(f"http://{LOOPBACK}:{self._port}/"),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> APIFlask:
        """Return the application of one worker; what it logs goes to stderr."""
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
        return create_app(self._settings)
