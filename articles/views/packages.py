"""A running story: its introduction, its timeline, its parts."""

from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from articles import structured_data
from articles.models.running import StoryPackage

from .site import ReaderPage


class PackagePage(ReaderPage, DetailView):
    """One row; 404 for one that readers do not have, as for one that never was."""

    template_name = "packages/package.html"
    context_object_name = "package"

    def get_object(self, queryset=None):
        """By its slug."""
        return get_object_or_404(StoryPackage, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        """`package`, and the same for machines."""
        return super().get_context_data(structured=structured_data.of_package(self.object), **kwargs)
