"""How a template shows a picture: from which sources, how large. No queries."""

from typing import Any

from django import template

from .. import offering

register = template.Library()


@register.simple_tag
def offer(picture: Any, place: str) -> dict[str, Any] | None:
    """What `<picture>` needs in this place of the layout (`offering.PLACES`); None where there is none to show."""
    if getattr(picture, "is_expired", False):  # the portrait of an actor is no print: its row is asked
        return None
    return offering.offer(picture, place)
