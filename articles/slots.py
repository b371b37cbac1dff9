"""The slots of a front, in the order of their weight. Pure: the table that form, print and page read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

PACKAGE = "package"
"""Where a front shows a running story; no story is placed there."""


@dataclass(frozen=True)
class Slot:
    """A place for one story, as forms and rows name it and as people do."""

    name: str
    label: Any


SLOTS = (
    Slot("lead", _("Lead")),
    Slot("second-1", _("Second, first")),
    Slot("second-2", _("Second, next")),
    Slot("second-3", _("Second, last")),
    Slot("under-1", _("Under the lead, first")),
    Slot("under-2", _("Under the lead, next")),
)
NAMES = tuple(slot.name for slot in SLOTS)
SECONDS = tuple(name for name in NAMES if name.startswith("second"))
UNDER = tuple(name for name in NAMES if name.startswith("under"))

KEPT = timedelta(hours=24)
"""How long a story that is not pinned stays where it was placed: a front that nobody looks after renews itself."""


def shown_until(live_at: datetime, *, is_pinned: bool, until: datetime | None) -> datetime | None:
    """When a placement gives way to the newest story; None where it stays until it is taken away."""
    if is_pinned:
        return until
    return min(live_at + KEPT, until) if until else live_at + KEPT
