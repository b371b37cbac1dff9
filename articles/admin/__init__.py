"""The desk: every page that staff work in. Importing this package registers them on `site.site`."""

from . import articles, board, calendar, contributors, events, images, logs, notices, sources, tags, users  # noqa: F401
from .site import site

__all__ = ["site"]
