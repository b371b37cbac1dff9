"""The desk: every page that staff work in. Importing this package registers them on `site.site`."""

from . import (  # noqa: F401
    articles,
    board,
    calendar,
    contributors,
    events,
    images,
    logs,
    notices,
    pages,
    reports,
    session,
    shortcuts,
    sources,
    tags,
    users,
)
from .site import site

__all__ = ["site"]
