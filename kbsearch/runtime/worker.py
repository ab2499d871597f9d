"""A process of the server: gunicorn starts and stops it, waitress reads and answers in it."""

import logging
import os
import sys
from types import FrameType

import structlog
from gunicorn.arbiter import Arbiter
from gunicorn.workers import base

from kbsearch.runtime.connections.failures import log_without_texts
from kbsearch.runtime.connections.listener import Listener
from kbsearch.runtime.defects import defect_fields
from kbsearch.runtime.per_process import detach

log = structlog.get_logger("kbsearch.web")

_LONGEST_WAIT = 1.0
"""Seconds after which a process looks whether its master is alive, and says that it is itself."""


class Worker(base.Worker):
    """A gunicorn worker around waitress's server."""

    listener: Listener

    def init_process(self) -> None:
        """Run; a process that cannot start ends the server, one that fails later is replaced."""
        try:
            super().init_process()
        except Exception as error:  # noqa: BLE001 - gunicorn would print it, with texts
            log.critical("a process of the server failed", **defect_fields(error))
            sys.exit(1 if self.booted else Arbiter.APP_LOAD_ERROR)

    def load_wsgi(self) -> None:
        """Make the application, and what listens for it."""
        super().load_wsgi()
        log_without_texts(logging.getLogger("waitress"))
        self.listener = Listener(self.wsgi, self.sockets[0].sock, self.app.limits)

    def run(self) -> None:
        """Answer until the master says stop, or is gone."""
        while self.alive and os.getppid() == self.ppid:
            self.notify()
            self.listener.turn(_LONGEST_WAIT)
        self.listener.stop()
        self.listener.finish(self.notify)
        detach(self.wsgi)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, but answer what is under way."""
        super().handle_exit(sig, frame)
        if self.booted:
            self.listener.pull_trigger()

    handle_quit = handle_exit  # Ctrl-C reaches every process: it must not cut what is under way
