"""The desk: every page that staff work in. Importing this package registers them on `site.site`."""

from . import (  # noqa: F401
    articles,
    board,
    calendar,
    contributors,
    events,
    front_history,
    front_preview,
    fronts,
    images,
    logs,
    nameplates,
    notices,
    packages,
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
