"""The page around what is set already: masthead, foot and head made once, with gaps, for all pages of a kind."""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.views.generic import View

from articles import sections, standing
from articles.models import nameplates

from .site import ReaderPage

MARK = secrets.token_hex(12)  # nobody can write it into a name


def framed(request, template: str, values: Mapping[str, object], **beside: object) -> str:
    """What `template` makes with `set` being these values, in words or safe HTML.

    Apart from them it may show nothing but what `site.newsroom` gives, what stands `beside` it, and what is the same
    for the life of the process: it is kept as it stands, with a gap for each value, and so cannot ask of a value
    whether there is one.
    """

    def make() -> str:
        return render_to_string(template, {"set": {name: f"{MARK}{name}{MARK}" for name in values}, **beside}, request)

    told = (nameplates.current(), sections.in_print(), settings.NEWSROOM_URL, settings.NEWSROOM_DEMO, beside)
    parts = standing.piece(template, told, make).split(MARK)
    parts[1::2] = [conditional_escape(values[name]) for name in parts[1::2]]
    return "".join(parts)


def made(template: str, **content: object) -> SafeString:
    """A component with these values, in plain parts, as it stands or as it is made now."""
    return standing.piece(template, content, lambda: render_to_string(template, content).strip())


def older(page, **said: str) -> SafeString:
    """The way through a list that pages by key; see `components/older.html`."""
    told = {"next_key": page.next_key, "is_first": page.is_first}
    return made("components/older.html", page=told, **said)


class FramedPage(ReaderPage, View, ABC):
    """A page of what stands in rows, in its frame."""

    template_name: str

    def get(self, request, *args, **kwargs):
        """See `answer`."""
        return self.answer()

    @abstractmethod
    def answer(self) -> HttpResponse:
        """`framed` with all that the page says."""

    def framed(self, values: Mapping[str, object], **beside: object) -> HttpResponse:
        """The frame of this page with these values, and its path."""
        return HttpResponse(framed(self.request, self.template_name, {"path": self.request.path, **values}, **beside))

    @property
    def key(self) -> str:
        """Of the page of a list that is asked for."""
        return self.request.GET.get("before", "")
