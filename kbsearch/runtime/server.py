"""Runs the web application on this computer, for this computer only."""

import errno
import gc
import math
import os
import resource
import socket
import sys
from collections.abc import Callable
from dataclasses import replace

import structlog
from apiflask import APIFlask
from gunicorn.app.base import BaseApplication

from kbsearch.errors import AddressUnavailable, ServerStopped
from kbsearch.runtime.connections.limits import LIMITS, Limits
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings

LOOPBACK = "127.0.0.1"
"""The one address to listen on: there are no accounts yet, so no one else may ask."""
_CLOSING = 2
"""Seconds more than the grace that a process gets to close what it has open."""
_DESCRIPTORS = 8192
"""Files and connections that each process may have open, if the system lets it."""
_OWN_DESCRIPTORS = 256
"""Those of the index, the database and the program."""
_PER_CONNECTION = 3
"""The connection itself, and a file for a long body and for a long answer."""

_COLLECT = (50_000, 20, 100)
"""New objects, and then looks at the younger ones, after which Python looks for garbage."""


def serve(
    settings: Settings,
    application: Callable[[Settings], APIFlask],
    *,
    port: int,
    announce: Callable[[str], None],
    prepare: Callable[[KnowledgeBase], None],
    limits: Limits = LIMITS,
) -> None:
    """Answer on the loopback until SIGINT or SIGTERM, with `settings.workers` processes.

    application  makes the application of one process.
    port      0 picks a free one.
    announce  told the address, such as "http://127.0.0.1:8321/", once connections are accepted.
    prepare   makes the knowledge base fit to be searched, once, before there are processes.
    limits    how long a process waits for a connection.

    Raises AddressUnavailable if the port is taken or not ours, ServerStopped if its processes
    cannot start, and what opening or preparing the knowledge base raises: a new database gets its
    tables here, before several processes would try.
    """
    with _listen(port) as listener:
        kb = KnowledgeBase.open(settings)
        try:
            prepare(kb)
        finally:
            kb.close()
        process = os.getpid()
        try:
            _Server(settings, application, listener, announce, _affordable(limits)).run()
        except SystemExit as stop:  # how gunicorn ends, its workers too: they must not come back
            if os.getpid() != process:
                raise
            if stop.code:
                raise ServerStopped(
                    "A process of the server cannot start; the lines above say where it failed,"
                    " and kbsearch serve tries again."
                ) from None


def _listen(port: int) -> socket.socket:
    """Return a socket that is bound to the port, so that no one can take it meanwhile."""
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


def _affordable(limits: Limits) -> Limits:
    """Return the limits with no more connections than the system has descriptors for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = _DESCRIPTORS
    wanted = max(soft, min(hard, _DESCRIPTORS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    room = max(1, (wanted - _OWN_DESCRIPTORS) // _PER_CONNECTION)
    return replace(limits, connections=min(limits.connections, room))


def collect_seldom() -> None:
    """Let Python look for cycles of garbage far less often than it would.

    A search makes some ten thousand objects and hardly a cycle; looking through all that a process
    holds takes longer than the search, and whoever asks just then waits for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)


class _Server(BaseApplication):
    """Gunicorn with our settings; every worker makes an application of its own."""

    def __init__(
        self,
        settings: Settings,
        application: Callable[[Settings], APIFlask],
        listener: socket.socket,
        announce: Callable[[str], None],
        limits: Limits,
    ) -> None:
        self.limits = limits
        self._settings = settings
        self._application = application
        self._port = listener.getsockname()[1]
        self._descriptor = listener.detach()
        self._announce = announce
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults; there is no access log unless one is set."""
        options = {
            "bind": f"fd://{self._descriptor}",
            "workers": self._settings.workers,
            "worker_class": "kbsearch.runtime.worker.Worker",
            "graceful_timeout": math.ceil(self.limits.grace) + _CLOSING,
            "loglevel": "error",
            "control_socket_disable": True,
            "proc_name": "kbsearch",
            "post_worker_init": lambda _: collect_seldom(),
            "when_ready": lambda _: self._announce(f"http://{LOOPBACK}:{self._port}/"),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> APIFlask:
        """Return the application of one worker; what it logs goes to stderr."""
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
        return self._application(self._settings)
