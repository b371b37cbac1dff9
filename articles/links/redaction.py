"""Keeps secret addresses out of the log: whoever reads a log must not thereby come to read a draft."""

import logging
import re

SECRET = re.compile(r"(/(?:preview|calendar)/)[^/\s'\"?]{16,}")


def without_tokens(text: str) -> str:
    """The text with the secret part of every private address left out."""
    return SECRET.sub(r"\1…", text)


class PlainFormatter(logging.Formatter):
    """A line of the log, tracebacks included, without the tokens of private addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """As ever, with the tokens cut out of the whole."""
        return without_tokens(super().format(record))
