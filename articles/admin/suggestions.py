"""The address that a combobox asks while somebody types."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..forms.vocabularies import Vocabulary


class SuggestionsMixin:
    """Adds `…/suggest/?q=` to the admin of a vocabulary, for staff who may see it or write with it."""

    vocabulary: Vocabulary

    def get_urls(self) -> list:
        """Before the stock addresses, which would read “suggest” as a key."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_suggest"
        view = self.admin_site.admin_view(never_cache(require_GET(self.suggest)))
        return [path("suggest/", view, name=name), *super().get_urls()]

    def suggest(self, request: HttpRequest) -> JsonResponse:
        """`{"results": [{"name", "kind", "alias"}]}`, at most 12."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.vocabulary.for_user(request.user).suggest(request.GET.get("q", ""))
        return JsonResponse({"results": [{"name": s.name, "kind": s.kind, "alias": s.alias} for s in found]})
