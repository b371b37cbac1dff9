"""What had to be put right, as a feed: who follows a newsroom's mistakes need not come and look."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import nameplates
from articles.models.stories import Correction

from .listed import LENGTH
from .told import Told


class Corrected(Told):
    """The newest corrections, clarifications, editor's notes and withdrawals."""

    item_guid_is_permalink = False

    def title(self, obj: None) -> str:
        """Corrections of this newsroom."""
        return f"{_('Corrections')} | {nameplates.current().name}"

    def link(self, obj: None) -> str:
        """The page of all of them."""
        return f"{settings.NEWSROOM_URL}{reverse('corrections')}"

    def description(self, obj: None) -> str:
        """What the feed holds."""
        return _("Everything we had to correct, clarify or withdraw, newest first.")

    def items(self, obj: None):
        """With their stories."""
        return Correction.objects.select_related("story").only(
            *("edition_number", "kind", "note", "wrong", "right", "at"),
            *("story__headline", "story__slug", "story__language", "story__published_at", "story__is_withdrawn"),
        )[:LENGTH]

    def item_title(self, item: Correction) -> str:
        """The kind and the headline; a withdrawn story has none."""
        day = date_format(timezone.localtime(item.story.published_at), "j F Y")
        about = _("a story of %(day)s") % {"day": day} if item.story.is_withdrawn else item.story.headline
        return f"{item.kind_label.capitalize()}: {about}"

    def item_description(self, item: Correction) -> str:
        """What was wrong, what is right, the note."""
        said = [
            _("What was wrong: %(words)s") % {"words": item.wrong} if item.wrong else "",
            _("What is right: %(words)s") % {"words": item.right} if item.right else "",
            item.note,
        ]
        return "\n\n".join(words for words in said if words)

    def item_link(self, item: Correction) -> str:
        """The story; a correction stands at its top."""
        return f"{settings.NEWSROOM_URL}{item.story.get_absolute_url()}"

    def item_guid(self, item: Correction) -> str:
        """Its place on the page of all, which stays when the story moves to another address."""
        return f"{self.link(None)}#correction-{item.pk}"

    def item_pubdate(self, item: Correction) -> datetime:
        """When readers were told."""
        return item.at

    def item_updateddate(self, item: Correction) -> datetime:
        """It is said once."""
        return item.at

    def item_categories(self, item: Correction) -> list[str]:
        """The kind."""
        return [item.kind_label]

    def item_extra_kwargs(self, item: Correction) -> dict[str, Any]:
        """The newsroom speaks; no picture, no text beside the description."""
        return {"creators": [], "picture": None, "language": item.story.language, "content": ""}
