"""The page around what is set already: masthead, foot and head made once, with gaps, for all pages of a kind."""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from articles import standing

from .site import newsroom

MARK = secrets.token_hex(12)  # nobody can write it into a name


def framed(request, template: str, values: Mapping[str, object]) -> str:
    """What `template` makes with `set` being these values, in words or safe HTML.

    Beside them it may show nothing but what `site.newsroom` gives and what is the same for the life of the process: it
    is kept as it stands, with a gap for each value, and so cannot ask of a value whether there is one.
    """

    def make() -> str:
        return render_to_string(template, {"set": {name: f"{MARK}{name}{MARK}" for name in values}}, request)

    frame = make() if settings.DEBUG else standing.forme.get(standing.key(template, newsroom(request)), make)
    parts = frame.split(MARK)
    parts[1::2] = [conditional_escape(values[name]) for name in parts[1::2]]
    return "".join(parts)
