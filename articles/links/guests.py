"""Notes of people without an account: tied to the words that they were shown, and not too many of them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import anchoring, commenting
from ..anchoring import Anchor
from ..commenting import FIELDS, CannotComment, text_of
from ..forms.links import GuestNoteForm
from ..models import ShareLink

NOTES, NOTES_WITHIN = 20, timedelta(hours=1)


def keep_note(link: ShareLink, form: GuestNoteForm) -> None:
    """Make the note that a valid `form` holds, or tell the form why not."""
    if link.comments.filter(created_at__gt=timezone.now() - NOTES_WITHIN).count() >= NOTES:
        form.add_error(None, _("Many notes have come by this link in the last hour: wait a while, then send it again."))
        return
    words, text = form.cleaned_data["words"].strip(), form.cleaned_data["text"]
    field, anchor = place_in(link.shown().document, words)
    if words and anchor is None:
        form.add_error("words", _("These words do not stand in the story: copy them from it, or leave this empty."))
        return
    who = {"guest_name": form.cleaned_data["name"], "share_link": link}
    try:
        commenting.add(link.article, text=text, field=field, anchor=anchor, **who)
    except CannotComment as reason:
        form.add_error(None, str(reason))


def place_in(document: dict, words: str) -> tuple[str, Anchor | None]:
    """The field in which the words stand and their anchor; ("", None) where there are none, or they do not."""
    if words:
        for field in FIELDS:
            text = text_of(document, field)
            if place := anchoring.find(text, Anchor(words)):
                return field, anchoring.make(text, *place)
    return "", None
