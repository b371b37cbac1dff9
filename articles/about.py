"""The words of the pages about the newsroom: its own where it has written some, those of the program where not."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from .models import nameplates
from .models.pages import Page, PageName


def standing_words(name: str) -> str:
    """What the program says on a page while the newsroom has not: HTML, in the newsroom's language."""
    context = {"name": nameplates.current().name, "has_sessions_of": settings.SESSION_COOKIE_NAME}
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(f"about/words/{name}.html", context).strip()


def lay_out() -> None:
    """A row for each page, so that the desk finds them all; what is written stays."""
    Page.objects.bulk_create([Page(name=name) for name in PageName.values], ignore_conflicts=True)
