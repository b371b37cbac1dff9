"""Log lines for machines: one JSON object a line, with the request's number and without secret addresses."""

import json
import logging
from datetime import UTC, datetime

from . import tracing
from .links.redaction import without_tokens

KNOWN = {*vars(logging.makeLogRecord({})), "message", "asctime", "server_time", "taskName"}


class JsonFormatter(logging.Formatter):
    """{at, level, logger, message, request, …, error}: what a call gives as `extra` stands beside them, if it is plain.

    Each string loses its tokens before it is encoded, so that no cut falls into an escape.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever breaks the message holds."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := tracing.current(vars(record).get("request")):
            told["request"] = number
        given = {name: value for name, value in vars(record).items() if name not in KNOWN}
        told |= {name: value for name, value in given.items() if isinstance(value, str | int | float)}
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        if record.stack_info:
            told["stack"] = self.formatStack(record.stack_info)
        redacted = {name: without_tokens(value) if isinstance(value, str) else value for name, value in told.items()}
        return json.dumps(redacted, ensure_ascii=False)
