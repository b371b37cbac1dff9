"""What every page of the desk has in common."""

from collections.abc import Iterator

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.text import capfirst
from js_asset import Media, Script

from .. import auditing


class DeskAdmin(admin.ModelAdmin):
    """A ModelAdmin whose lists can be asked for what their filters offer, and for nothing else.

    Stock Django lets any `?field__startswith=` through on the model's own fields, also on those that are shown
    nowhere: an oracle for what a person may not read, and with `__regex` a way to hold a worker.
    """

    show_facets = admin.ShowFacets.ALWAYS
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50
    save_as = False
    is_logged = True  # its saves, by field; a story's are revisions

    @property
    def media(self) -> Media:
        """Accessible names for rows of inlines."""
        return super().media + Media(js=[Script("js/desk.js", type="module")])

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the exact lookups that the list's own filters make."""
        return lookup in set(self._offered(request))

    def _offered(self, request: HttpRequest | None) -> Iterator[str]:
        filters = self.get_list_filter(request) if request is not None else self.list_filter
        for item in filters:
            if isinstance(item, type):
                yield from getattr(item, "parameters", None) or [item.parameter_name]
                continue
            path = item[0] if isinstance(item, (list, tuple)) else item
            yield from (path, f"{path}__exact", f"{path}__isnull")
            yield from (f"{path}__{part}" for part in self._parts(path))

    def _parts(self, path: str) -> Iterator[str]:
        """What a filter on this field may add to its name: the key of a relation, the bounds of a date."""
        model, field = self.model, None
        for name in path.split(LOOKUP_SEP):
            try:
                field = model._meta.get_field(name)
            except FieldDoesNotExist:
                return
            model = field.related_model or model
        if field.is_relation:
            yield from (f"{model._meta.pk.name}__exact", f"{model._meta.pk.name}__isnull")
        elif field.get_internal_type() in {"DateField", "DateTimeField"}:
            yield from ("gte", "lt")

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """Once all is saved, the log says what changed."""
        super().save_related(request, form, formsets, change)
        if self.is_logged:
            auditing.record_save(form, formsets, by=request.user, is_new=not change)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj) -> None:
        """The log outlives what is deleted."""
        auditing.record_deletions([obj], by=request.user)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset) -> None:
        """The same for many, all or none."""
        auditing.record_deletions(list(queryset), by=request.user)
        super().delete_queryset(request, queryset)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None):
        """The list is called what it lists."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        """Sign the page's scripts with the nonce of its policy; the import map is an inline script."""
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)


class ReadOnlyAdmin(DeskAdmin):
    """A record that the desk reads and nobody edits."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never."""
        return False
