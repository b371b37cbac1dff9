"""Who makes the paper: the index of those in print and the page of one. A name that is not in print has none."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from articles import structured_data, teasers
from articles.models.contributors import FormerSlug, Profile, StoryContributor

from . import paging
from .site import ReaderPage
from .stories import of_stories

INDEX_PAGE = 100
STORIES = 20
TRANSLATED = "translation"  # as `BylineRole` has it


class ContributorIndex(ReaderPage, TemplateView):
    """Everyone who signed a story in print, by name."""

    template_name = "contributors/index.html"

    def get_context_data(self, **kwargs):
        """`page` of profiles."""
        rows = Profile.objects.in_print().select_related("image")
        page = paging.by_name(rows, self.request.GET.get("before", ""), INDEX_PAGE)
        entries = ((profile.name, profile.get_absolute_url()) for profile in page.rows)
        told = structured_data.of_list(_("Contributors"), reverse("contributors"), entries) if page.is_first else None
        return super().get_context_data(page=page, profiles=page.rows, structured=told, **kwargs)


class ContributorPage(ReaderPage, DetailView):
    """One of them: what they do, how to reach them, what they signed."""

    template_name = "contributors/contributor.html"
    context_object_name = "profile"

    def get(self, request, *args, **kwargs):
        """301 for an address they once had."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            was = FormerSlug.objects.filter(kind="contributor", slug=kwargs["slug"]).values("key")
            now = Profile.objects.in_print().filter(pk__in=was).first()
            if now is None:
                raise
            return redirect(now, permanent=True)

    def get_object(self, queryset=None):
        """404 for who has signed nothing in print, as for who never was."""
        return get_object_or_404(Profile.objects.in_print().select_related("image"), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        """`page` of `signed`: rows with `story`, `role` and `role_label`; a translation is the translator's alone."""
        rows = of_stories(StoryContributor.objects.filter(contributor=self.object), "role", "role_label")
        page = paging.newest_first(rows, self.request.GET.get("before", ""), STORIES, pk="story_id")
        above = [(_("Contributors"), reverse("contributors"))]
        told = structured_data.of_contributor(self.object, above) if page.is_first else None
        language = settings.LANGUAGE_CODE
        signed = [row for row in page.rows if row.role == TRANSLATED or not row.story.teaser.is_also_in(language)]
        teasers.ready(row.story.teaser for row in signed)
        return super().get_context_data(page=page, signed=signed, structured=told, **kwargs)
