"""The whole text of a story as a feed carries it: what a reader of feeds can show, with whole addresses."""

import re

import nh3
from django.conf import settings

from articles.markup import ATTRIBUTES, TAGS
from articles.models.stories import Story

LEFT_OUT = {"details", "script", "style", "svg"}  # with all that is in them: cards, folds, drawings
EMPTY = re.compile(r"<aside>\s*</aside>")  # what is left of a card; an aside of the text has words
SHOWN = {**ATTRIBUTES, "img": {"src", "alt", "width", "height"}, "figure": set()}


def whole_text(story: Story) -> str:
    """The body in print without its cards: quoted words link to their record on the story's page."""
    page = f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"

    def absolute(_tag: str, name: str, value: str) -> str:
        if name not in ("href", "src"):
            return value
        if value.startswith("#"):
            return f"{page}{value}"
        return f"{settings.NEWSROOM_URL}{value}" if value.startswith("/") else value

    text = nh3.clean(
        story.body,
        tags=TAGS - LEFT_OUT,
        clean_content_tags=LEFT_OUT,
        attributes=SHOWN,
        attribute_filter=absolute,
        link_rel=None,
    )
    return EMPTY.sub("", text)
