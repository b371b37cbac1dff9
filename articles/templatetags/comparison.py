"""What the templates of a comparison need to say a stored value in words. No queries."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models.bylines import BylineRole
from ..models.copy import Genre
from ..models.quotes import ObtainedVia, QuoteKind, Verification
from ..models.sources import AnonymityReason, Basis, SourceKind
from ..models.tags import ActorKind

register = template.Library()

CHOICES = {
    ("", "genre"): Genre,
    ("bylines", "role"): BylineRole,
    ("actors", "kind"): ActorKind,
    ("attributions", "source_kind"): SourceKind,
    ("attributions", "basis"): Basis,
    ("attributions", "anonymity_reason"): AnonymityReason,
    ("quotes", "kind"): QuoteKind,
    ("quotes", "obtained_via"): ObtainedVia,
    ("quotes", "verification"): Verification,
}


@register.simple_tag
def shown(part: str, name: str, value: Any) -> str:
    """The value of a field as people read it: the label of a choice, a date, yes or no. `part` is "" for the copy."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = dict(CHOICES[part, name].choices) if (part, name) in CHOICES else {}
    if value in labels:
        return str(labels[value])
    return _moment(name, value) or str(value)


def _moment(name: str, value: Any) -> str:
    found: date | datetime | None = None
    if name.endswith("_on"):
        found = parse_date(str(value))
        return date_format(found, "j M Y") if found else ""
    if name.endswith("_at"):
        found = parse_datetime(str(value))
        return date_format(timezone.localtime(found), _("j M Y, H:i")) if found else ""
    return ""
