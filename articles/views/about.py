"""What the newsroom holds itself to, told from the table that holds it to it."""

from django.conf import settings
from django.views.generic import TemplateView

from articles.preflight import BLOCKS, CHECKS, OFF, WARNS, level_of
from articles.preflight.told import TOLD

from .site import ReaderPage


class Sourcing(ReaderPage, TemplateView):
    """The rules of sourcing in force here: those without which nothing is printed, and those that are aimed at."""

    template_name = "about/sourcing.html"

    def get_context_data(self, **kwargs):
        """`required` and `sought`: {anchor, title, words} of each rule; one that is switched off is not told."""
        of_level = {BLOCKS: [], WARNS: []}
        for check in CHECKS:
            level = level_of(check, settings.NEWSROOM_POLICY)
            if level != OFF:
                row = {"anchor": check.handbook.removeprefix("#"), "title": check.title, "words": TOLD[check.code]}
                of_level[BLOCKS if level == BLOCKS else WARNS].append(row)
        return super().get_context_data(required=of_level[BLOCKS], sought=of_level[WARNS], **kwargs)
