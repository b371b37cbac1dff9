"""The writing desk: one article with everything that belongs to it, and the list of them."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import lineage, markup, permissions
from ..forms.articles import TAGS, WritingForm
from ..forms.tags import fit_to
from ..models import Article, ArticleImage, Attribution, Byline, Contributor, Image, Quote
from ..models.claims import anchor_claims
from ..models.quotes import anchor_quotes
from ..workflow import Status
from .assignment import AssignmentAdminMixin
from .autosave import AutosaveAdminMixin
from .base import DeskAdmin
from .bulk import BulkAdminMixin
from .checking import CheckingAdminMixin
from .claims import ClaimsAdminMixin
from .compare import CompareAdminMixin
from .conflicts import ConflictAdminMixin
from .facts import recall, with_facts, with_parts
from .history import HistoryAdminMixin
from .hotfix import HotfixAdminMixin
from .imports import ImportAdminMixin
from .listing import ListAdminMixin
from .moves import kept_input, move
from .parts import ArticleImageInline, AttributionInline, BylineInline, QuoteInline, note_check, note_terms
from .presence import PresenceAdminMixin
from .proposals import ProposalsAdminMixin
from .rail import rail
from .review import ReviewAdminMixin
from .share import ShareAdminMixin
from .site import site


@admin.register(Article, site=site)
class ArticleAdmin(
    BulkAdminMixin,
    HistoryAdminMixin,
    ListAdminMixin,
    HotfixAdminMixin,
    ProposalsAdminMixin,
    ImportAdminMixin,
    ShareAdminMixin,
    AssignmentAdminMixin,
    CheckingAdminMixin,
    ClaimsAdminMixin,
    CompareAdminMixin,
    ReviewAdminMixin,
    PresenceAdminMixin,
    AutosaveAdminMixin,
    ConflictAdminMixin,
    DeskAdmin,
):
    form = WritingForm
    is_logged = False
    inlines = [BylineInline, ArticleImageInline, AttributionInline, QuoteInline]
    change_form_template = "admin/articles/article/change_form.html"
    exclude = list(TAGS)  # fields of the form, read with the story’s other parts and set by it
    fieldsets = [
        (None, {"fields": ["headline", "standfirst", "body", "seen_version"], "classes": ["desk-copy"]}),
        (gettext_lazy("Tags"), {"fields": ["actors", "topics"], "classes": ["rail"]}),
        (gettext_lazy("Lead picture"), {"fields": ["lead_image"], "classes": ["rail"]}),
        (
            gettext_lazy("Desk"),
            {
                "fields": [
                    *("desk", "slugline", "assignee", "reviewer"),
                    *("due_at", "priority", "length_ordered", "planning_note"),
                ],
                "classes": ["rail"],
            },
        ),
        (
            gettext_lazy("Address and labels"),
            {
                "fields": ["slug", "kicker", "dateline", "genre", "language", "translation_of", "ed_note"],
                "classes": ["rail"],
            },
        ),
    ]

    # --- who sees and edits what

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None):
        """Locked while it is saved, so that two saves are made one after the other; with its parts to be shown."""
        if request.method in ("GET", "HEAD") and from_field is None:
            return self._shown(request, object_id)
        if request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return super().get_object(request, object_id, from_field)
        known = request.__dict__.setdefault("_locked", {})  # it stays as it is until this request has saved it
        if object_id not in known:
            article = super().get_object(request, object_id, from_field)
            known[object_id] = article and article.locked()
        return known[object_id]

    def _shown(self, request: HttpRequest, object_id: str) -> Article | None:
        """The story with what its page asks of it."""
        try:
            key = self.opts.pk.to_python(object_id)
        except ValidationError:
            return None
        article = with_facts(Article.objects.visible_to(request.user), request.user).filter(pk=key).first()
        if article is None:
            return None
        return with_parts(recall(article, request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By the table of roles."""
        may = permissions.scopes(permissions.roles_of(request.user), "create_draft")
        return bool(may) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """By the table of roles, and only while readers do not have it before them."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.pk is None:
            return True
        known = request.__dict__.setdefault("_may_edit", {})
        if obj.pk not in known:
            known[obj.pk] = obj.is_editable() and obj.allows("edit_draft", request.user)
        return known[obj.pk]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """A draft that was never published; what was, is withdrawn."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (
            obj.status == Status.DRAFT and obj.allows("delete_draft", request.user) and not obj.was_ever_published()
        )

    def get_deleted_objects(self, objs, request: HttpRequest):
        """Revisions go with a draft, although nobody may delete one alone."""
        to_delete, counts, _missing, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set(), protected

    # --- the writing desk

    def get_urls(self) -> list:
        """With the address of the moves."""
        view = self.admin_site.admin_view(move)
        return [path("<int:pk>/move/", view, name="articles_article_move"), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None):
        """Who may not edit reads the copy as a page, not as a form with locked fields."""
        return super().get_fieldsets(request, obj) if self.has_change_permission(request, obj) else []

    def get_inline_instances(self, request: HttpRequest, obj: Article | None = None) -> list:
        """The same of what stands beside it."""
        return super().get_inline_instances(request, obj) if self.has_change_permission(request, obj) else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """A new story starts on the desk of whoever writes it."""
        desk = request.user.desks.first()
        return {"desk": desk.pk if desk else None, **super().get_changeform_initial_data(request)}

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs):
        """Fields learn whether this person may add to the vocabulary, and change an address that readers have."""
        form = fit_to(super().get_form(request, obj, change=change, **kwargs), request.user)
        if "translation_of" in form.base_fields:
            form.base_fields["translation_of"].fit_to(obj, Article.objects.visible_to(request.user))
        if "slug" in form.base_fields and obj is not None and obj.pk and obj.was_ever_published():
            form.base_fields["slug"].disabled = not obj.allows("edit_published", request.user)
        return form

    def render_change_form(self, request: HttpRequest, context: dict, add=False, change=False, form_url="", obj=None):
        """With the rail and, for who may not edit, the copy to read."""
        if obj is not None:
            context["rail"] = rail(obj, request.user, context["inline_admin_formsets"], kept_input(request, obj.pk))
            context["reading"] = None if self.has_change_permission(request, obj) else reading(obj)
            context["title"] = str(obj)
            context["subtitle"] = None
        else:
            context["title"] = _("New story")
        return super().render_change_form(request, context, add, change, form_url, obj=obj)

    # --- saving

    def save_model(self, request: HttpRequest, obj: Article, form, change: bool) -> None:
        """Whoever starts a story is its writer."""
        if not change:
            obj.writer = request.user
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        """Quotes remember who checked them."""
        if formset.model is Quote:
            for row in formset.forms:
                if row.has_changed() and row not in formset.deleted_forms:
                    note_check(row.instance, row.changed_data, request.user)
        super().save_formset(request, form, formset, change)
        if formset.model is Attribution:
            for row in formset.forms:
                if row.has_changed() and row not in formset.deleted_forms:
                    note_terms(row, request.user, form.instance)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """Tie quotes and pictures to the text, then keep the whole as a revision."""
        super().save_related(request, form, formsets, change)
        article = form.instance
        if not change:
            sign(article, request.user)
        keep_pictures(article)
        anchor_quotes(article)
        anchor_claims(article)
        lineage.link_same(article)
        request.saved_revision = article.record_revision(by=request.user)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue=None) -> HttpResponseRedirect:
        """Stay with the story."""
        return self._saved(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponseRedirect:
        """Stay with the story, unless asked to close it."""
        return self._saved(request, obj) or super().response_change(request, obj)

    def _saved(self, request: HttpRequest, article: Article) -> HttpResponseRedirect | None:
        if "_continue" not in request.POST:
            return None
        self.message_user(
            request,
            _("Saved as revision %(number)d.") % {"number": request.saved_revision.number},
            messages.SUCCESS,
        )
        return redirect(reverse("admin:articles_article_change", args=[article.pk]))


def sign(article: Article, user) -> None:
    """A new story carries the byline of its writer, where none was chosen and they have one."""
    contributor = Contributor.objects.filter(user=user).first()
    if contributor and not article.bylines.exists():
        Byline.objects.create(article=article, contributor=contributor)


def keep_pictures(article: Article) -> None:
    """A picture put into the text belongs to the story."""
    shown = markup.figures(article.body)
    known = set(article.image_items.values_list("image_id", flat=True))
    for image in Image.objects.filter(pk__in=set(shown) - known):
        ArticleImage.objects.create(article=article, image=image, position=shown.index(image.pk))


def reading(article: Article) -> dict:
    """The copy as a page, for who reads it here without editing."""
    return {
        "article": article,
        "body": markup.sanitise(article.body),
        "bylines": article.rows("bylines", "contributor"),
        "actors": [item.tag for item in article.rows("actor_items", "tag")],
        "topics": [item.tag for item in article.rows("topic_items", "tag")],
        "quotes": article.rows("quotes", "speaker", "attribution__source"),
        "words": article.word_count(),
    }
