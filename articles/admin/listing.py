"""The list of stories: what it shows, what it is narrowed and searched by, and a cost that does not grow with it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import desk_search
from ..forms.listing import ListForm
from ..models import Article
from ..models.people import name_of
from .paging import LIMIT, BoundedPaginator
from .saved_filters import kept


class Narrowing(admin.ListFilter):
    """All that `ListForm` offers, as one filter; the page shows the form itself instead of a column of links."""

    title = gettext_lazy("filter")
    parameters = tuple(ListForm.base_fields)

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.used_parameters = {name: params.pop(name) for name in self.parameters if name in params}
        self.form = list_form(request)

    def has_output(self) -> bool:
        """It always applies."""
        return True

    def choices(self, changelist: Any) -> list:
        """Shown by the form."""
        return []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """What is left."""
        return self.form.narrow(queryset)

    def expected_parameters(self) -> list[str]:
        """Names in the address."""
        return list(self.parameters)


def list_form(request: HttpRequest) -> ListForm:
    """The filters of this request, read once."""
    if not hasattr(request, "_list_form"):
        request._list_form = ListForm(request.GET)
    return request._list_form


class ListAdminMixin(admin.ModelAdmin):
    """The list of stories."""

    list_display = ["title", "state", "desk", "writer_name", "due", "changed_at"]
    list_display_links = ["title"]
    list_filter = [Narrowing]
    list_select_related = ["desk", "writer"]
    search_fields = ["headline"]  # opens the search; `get_search_results` does it
    sortable_by = ["changed_at"]
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What this person may read; the rest does not exist."""
        articles = Article.objects.visible_to(request.user).with_print()
        ordering = self.get_ordering(request)
        return articles.order_by(*ordering) if ordering else articles

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """By when it is due, where that is asked for; else the latest first."""
        return ["due_at", "id"] if list_form(request).value("due") else super().get_ordering(request)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """By the words of the copy and the names of who writes it."""
        return desk_search.matching(queryset, search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None):
        """With the filters, those that are kept, and readers' editions marked."""
        context = {
            "form": list_form(request),
            "limit": LIMIT,
            "saved_filters": kept(request.user, "list", request.GET.urlencode()),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("story"))
    def title(self, article: Article) -> str:
        """Headline over slugline."""
        if not article.slugline:
            return format_html("<bdi>{}</bdi>", str(article))
        return format_html('<bdi>{}</bdi><span class="desk-slugline">{}</span>', str(article), article.slugline)

    @admin.display(description=gettext_lazy("state"))
    def state(self, article: Article) -> str:
        """A word with a colour; a draft over a published story says so."""
        label = format_html('<span class="state state--{}">{}</span>', article.status, article.get_status_display())
        if article.is_in_print and article.is_editable():
            return format_html('{}<span class="desk-slugline">{}</span>', label, _("over a published edition"))
        return label

    @admin.display(description=gettext_lazy("writer"))
    def writer_name(self, article: Article) -> str:
        """As colleagues call them."""
        return name_of(article.writer)

    @admin.display(description=gettext_lazy("due"))
    def due(self, article: Article) -> Any:
        """When it is owed; marked where that has passed."""
        if article.due_at is None or not article.is_editable():
            return None
        when = timezone.localtime(article.due_at)
        name = "desk-overdue" if article.due_at < timezone.now() else "desk-due"
        words = date_format(when, "SHORT_DATETIME_FORMAT")
        return format_html('<time class="{}" datetime="{}">{}</time>', name, when.isoformat(), words)
