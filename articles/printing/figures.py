"""A picture with caption and credit, as HTML."""

from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .. import offering


def figure(picture: Any, place: str = "", *, eager: bool = False) -> SafeString:
    """The picture as that place of a layout (`offering.PLACES`) shows it; nothing where there is none to show.

    `picture`: {url, width, height, alt, caption, credit, focal_x, focal_y, tint}, or a row that has them. `eager`: it
    is seen first.
    """
    if getattr(picture, "is_expired", False):  # the portrait of an actor is no print: its row is asked
        return mark_safe("")
    shown = offering.offer(picture, place)
    if not shown:
        return mark_safe("")
    alt, caption, credit = (
        escape((picture.get(name) if isinstance(picture, dict) else getattr(picture, name, None)) or "")
        for name in ("alt", "caption", "credit")
    )
    tints = f' class="tint {escape(" ".join(shown["tints"]))}"' if shown["tints"] else ""
    is_sized = shown["width"] and shown["height"]
    size = f' width="{shown["width"]}" height="{shown["height"]}"' if is_sized else ""
    first = ' fetchpriority="high"' if eager else ' loading="lazy"'
    by = f' <span class="figure__credit">{credit}</span>' if credit else ""
    words = f'<figcaption class="figure__caption">{caption}{by}</figcaption>' if caption or credit else ""
    return mark_safe(  # noqa: S308  (every value is escaped)
        f'<figure class="figure">\n<picture>{"".join(map(_source, shown["sources"]))}'
        f'<img{tints} src="{escape(shown["url"])}" alt="{alt}"{size}{first} decoding="async"></picture>\n'
        f"{words}\n</figure>"
    )


def _source(source: dict[str, Any]) -> str:
    media = f' media="{escape(source["media"])}"' if source["media"] else ""
    return (
        f'<source type="{source["type"]}"{media} srcset="{escape(source["srcset"])}" sizes="{escape(source["sizes"])}"'
        f' width="{source["width"]}" height="{source["height"]}">'
    )
