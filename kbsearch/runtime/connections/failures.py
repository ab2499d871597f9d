"""What a log holds of a connection that failed: never an address, nor another text."""

import logging
import sys

import structlog

from kbsearch.runtime.defects import defect_fields

log = structlog.get_logger("kbsearch.web")


def log_without_texts(logger: logging.Logger) -> None:
    """Write down the errors of a logger by their kind and place; drop its messages and warnings."""
    logger.handlers, logger.propagate = [_WithoutTexts(logging.ERROR)], False


class _WithoutTexts(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        log.error(
            "a connection failed", **(defect_fields(error) if error else {"where": record.funcName})
        )
