"""What every page for readers shares: whose site it is, in which language, and for how long a page may be kept."""

from django.conf import settings
from django.db.models import Model, Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from articles import sections
from articles.models.contributors import FormerSlug
from articles.models.nameplates import current


def newsroom(request) -> dict:
    """Context of every template: `newsroom`: name, strapline, plate, url, language, direction, is_demo, sections."""
    language, plate = settings.LANGUAGE_CODE, current()
    return {
        "newsroom": {
            "name": plate.name,
            "strapline": plate.strapline,
            "plate": plate,
            "url": settings.NEWSROOM_URL,
            "language": language,
            "direction": "rtl" if translation.get_language_info(language)["bidi"] else "ltr",
            "is_demo": settings.NEWSROOM_DEMO,
            "sections": SimpleLazyObject(sections.in_print),
        }
    }


class MergedPage:
    """The page of an actor or topic; the address of one that was merged into another leads to that one."""

    former: type[Model]
    names: str  # its column, and the kind of a `FormerSlug`

    def get(self, request, *args, **kwargs):
        """301 for an old address; 404 where the one it leads to is not in print either, as for one that never was."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            now = self.standing_for(kwargs["slug"])
            if now is None:
                raise
            return self.moved_to(now)

    def standing_for(self, slug):
        """The one in print that an address leads to which another had, or which was its own before."""
        merged = self.former.objects
        was = list(FormerSlug.objects.filter(kind=self.names, slug=slug).values_list("key", flat=True))
        rows = merged.filter(Q(slug=slug) | Q(pk__in=was)).values(self.names)
        return self.queryset_in_print().filter(Q(pk__in=rows) | Q(pk__in=was)).first()

    def moved_to(self, now):
        """Where its readers are sent."""
        return redirect(now, permanent=True)


class InOurLanguage:
    """A page in the newsroom's language, whatever the browser prefers: dates must match the words around them."""

    def dispatch(self, request, *args, **kwargs):
        """Answer, and fill the template in, while that language is the active one."""
        with translation.override(settings.LANGUAGE_CODE):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        return response


class ReaderPage(InOurLanguage):
    """A page that is the same for everyone: in the newsroom's language, without cookies, kept only if confirmed.

    A copy is asked about each time (`max-age=0`, answered by ETag with 304), so that a withdrawn story is gone at once.
    """

    def dispatch(self, request, *args, **kwargs):
        """As made, with what caches may do."""
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response
