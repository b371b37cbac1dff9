"""Actors and topics."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from .. import addresses, dossiers, press
from ..forms.relations import PositionForm
from ..forms.tags import fit_to
from ..forms.vocabularies import Actors, Topics
from ..models import Actor, ActorAlias, Article, Image, Position, Topic, TopicAlias
from .apart import ApartMixin, SplitMixin
from .base import DeskAdmin
from .merging import MergeMixin
from .site import site
from .suggestions import SuggestionsMixin


class ActorAliasInline(admin.TabularInline):
    model = ActorAlias
    extra = 1
    verbose_name = _("other name")
    verbose_name_plural = _("other names, by which copy and searches find the actor")


class PositionInline(admin.StackedInline):
    model = Position
    fk_name = "actor"
    form = PositionForm
    extra = 1
    verbose_name = _("position")
    verbose_name_plural = _("positions held, as readers are told of them")

    def get_formset(self, request, obj=None, **kwargs):
        """Bodies by name, as everywhere on the desk."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = fit_to(formset.form, request.user)
        return formset


class TopicAliasInline(admin.TabularInline):
    model = TopicAlias
    extra = 1
    verbose_name = _("other name")
    verbose_name_plural = _("other names, by which copy and searches find the topic")


class TagAdmin(ApartMixin, MergeMixin, SuggestionsMixin, DeskAdmin):
    """What actors and topics share. A name that changes is printed anew on the stories that carry it."""

    ordering = ["name"]

    def get_queryset(self, request):
        """With the number of working copies that the person may read: the others do not exist for them."""
        open_to_them = Q(article_items__content_object__in=Article.objects.visible_to(request.user).values("pk"))
        return super().get_queryset(request).annotate(uses=Count("article_items", distinct=True, filter=open_to_them))

    @admin.display(description=_("articles"), ordering="uses")
    def uses(self, tag) -> int:
        """On how many working copies."""
        return tag.uses

    def save_related(self, request, form, formsets, change):
        """Bring the pages of readers up to date."""
        super().save_related(request, form, formsets, change)
        was = form.initial.get("slug") if change and "slug" in form.changed_data else ""
        if was:
            addresses.keep_address(self.opts.model_name, was, form.instance)
        if change:
            press.reprint_tagged(form.instance)
        if isinstance(form.instance, Actor):
            dossiers.refresh(*dossiers.naming_it(form.instance))


@admin.register(Actor, site=site)
class ActorAdmin(SplitMixin, TagAdmin):
    vocabulary = Actors()
    list_display = ["name", "kind", "code", "uses"]
    list_filter = ["kind"]
    search_fields = ["name", "aliases__name"]
    inlines = [ActorAliasInline, PositionInline]
    fields = ["name", "slug", "kind", "description", "image", "wikidata_id", "code"]
    prepopulated_fields = {"slug": ["name"]}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Who does not work with copy chooses among the pictures in print."""
        if db_field.name == "image":
            kwargs["queryset"] = Image.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Topic, site=site)
class TopicAdmin(TagAdmin):
    vocabulary = Topics()
    list_display = ["name", "parent", "uses"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases__name"]
    inlines = [TopicAliasInline]
    fields = ["name", "slug", "parent", "description", "iptc_code"]
    prepopulated_fields = {"slug": ["name"]}
