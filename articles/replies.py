"""The sentence that tells readers what came of asking somebody: offered to the writer, never put in by itself. Pure."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def sentence(name: str, outcome: str, *, deadline: datetime | None, language: str) -> str:
    """What the body may say of it, in the story's language; empty where there is nothing to tell, or words to quote.

    `outcome` is one of `models.claims.Outcome`. R21 finds each of these sentences in the body.
    """
    with translation.override(language):
        if outcome == "declined":
            return _("%(name)s declined to comment.") % {"name": name}
        if outcome == "unreachable":
            return _("%(name)s could not be reached for comment.") % {"name": name}
        if outcome != "no_response":
            return ""
        if deadline is None:
            return _("%(name)s did not respond to a request for comment.") % {"name": name}
        when = date_format(timezone.localtime(deadline), _("j F, H:i"))
        return _("%(name)s did not respond to a request for comment by %(when)s.") % {"name": name, "when": when}
