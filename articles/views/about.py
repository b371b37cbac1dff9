"""What the newsroom holds itself to, told from the table that holds it to it."""

from django.conf import settings
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from articles.about import standing_words
from articles.models import nameplates
from articles.models.contributors import Profile
from articles.models.pages import Page, PageName
from articles.models.stories import Story
from articles.preflight import BLOCKS, CHECKS, OFF, WARNS, level_of
from articles.preflight.told import TOLD

from .site import ReaderPage

NEWEST = 300  # stories whose bylines the masthead reads
DONE = {
    "by": gettext_lazy("writes"),
    "reporting": gettext_lazy("reports"),
    "photographs": gettext_lazy("photographs"),
    "translation": gettext_lazy("translates"),
}
SUMMARIES = {
    PageName.MASTHEAD: gettext_lazy("The people who make %(name)s, and who answers for what."),
    PageName.CONTACT: gettext_lazy("How to reach %(name)s: with an error, an answer, or something we should know."),
    PageName.PRIVACY: gettext_lazy("%(name)s sets no cookies and follows nobody."),
    PageName.ACCESSIBILITY: gettext_lazy("How %(name)s is made to be read by everybody, and what falls short."),
}


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


class AboutPage(ReaderPage, TemplateView):
    """A page of trust in the newsroom's own words, or in the program's."""

    template_name = "about/page.html"
    page = PageName.MASTHEAD

    def get_context_data(self, **kwargs):
        """`title`, `summary`, `body` (safe HTML), `changed_at` of the newsroom's words, `people` of the masthead."""
        name = PageName(self.page)
        row = Page.objects.filter(pk=name).exclude(body="").first()
        return super().get_context_data(
            title=name.label,
            summary=str(SUMMARIES[name]) % {"name": nameplates.current().name},
            body=row.body if row else standing_words(name),
            changed_at=row.changed_at if row else None,
            people=people_in_print() if name == PageName.MASTHEAD else [],
            **kwargs,
        )


def people_in_print() -> list[dict]:
    """{name, url, does} of everybody whose name stands over one of the newest stories, by name.

    `does` is their position where they have one, else what they did.
    """
    roles: dict[str, set] = {}
    for bylines in Story.objects.published().values_list("bylines", flat=True)[:NEWEST]:
        for each in bylines:
            roles.setdefault(each["slug"], set()).add(each["role"])
    profiles = Profile.objects.in_print().filter(slug__in=roles).only("name", "slug", "title").order_by("name", "id")
    return [
        {
            "name": profile.name,
            "url": profile.get_absolute_url(),
            "does": profile.title or ", ".join(str(done) for role, done in DONE.items() if role in roles[profile.slug]),
        }
        for profile in profiles
    ]
