"""What belongs to an article and is edited with it: bylines, pictures, attributions, quotes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..forms.inlines import AttributionForm, BylineForm, ImageFormSet, QuoteForm, QuoteFormSet, SharedChoicesFormSet
from ..forms.tags import fit_to
from ..models import Article, ArticleImage, Attribution, Byline, Quote
from ..models.quotes import Verification


class PartInline:
    """Who may edit the article may edit its parts; nobody else sees them here."""

    formset = SharedChoicesFormSet
    extra = 1
    in_rail = False

    def _may_edit(self, request, article) -> bool:
        return self.admin_site.get_model_admin(Article).has_change_permission(request, article)

    def has_view_permission(self, request, obj=None) -> bool:
        """As the article."""
        return self._may_edit(request, obj)

    def has_add_permission(self, request, obj=None) -> bool:
        """As the article."""
        return self._may_edit(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        """As the article."""
        return self._may_edit(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        """As the article."""
        return self._may_edit(request, obj)

    def get_formset(self, request, obj=None, **kwargs):
        """Fields of names learn whether this person may add to their vocabulary."""
        formset = super().get_formset(request, obj, **kwargs)
        fit_to(formset.form, request.user)
        return formset


class BylineInline(PartInline, admin.StackedInline):
    model = Byline
    form = BylineForm
    template = "admin/edit_inline/rail.html"
    in_rail = True
    fields = ["contributor", "role", "position"]

    def get_queryset(self, request):
        """With the names that stand in the fields."""
        return super().get_queryset(request).select_related("contributor")


class ArticleImageInline(PartInline, admin.StackedInline):
    model = ArticleImage
    formset = ImageFormSet
    template = "admin/edit_inline/rail.html"
    in_rail = True
    verbose_name = _("picture")
    verbose_name_plural = _("pictures of the story")
    fields = ["image", "position"]


class AttributionInline(PartInline, admin.StackedInline):
    model = Attribution
    form = AttributionForm
    template = "admin/edit_inline/parts.html"
    verbose_name_plural = _("sources, as used in this story")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "source",
                    ("basis", "wording", "head_count"),
                    ("anonymity_reason", "anonymity_wording"),
                    ("basis_of_knowledge", "is_second_hand"),
                    ("motive", "position"),
                    ("knows", "approves"),
                ]
            },
        )
    ]

    def get_queryset(self, request):
        """With the sources, which name the rows."""
        return super().get_queryset(request).select_related("source", "known_by", "approved_by")

    def get_formset(self, request, obj=None, **kwargs):
        """Who wrote it, or may not approve it, does not answer for its unnamed sources."""
        formset = super().get_formset(request, obj, **kwargs)
        for name in ("knows", "approves"):
            formset.form.base_fields[name].disabled = not may_answer(request.user, obj)
        return formset


class QuoteInline(PartInline, admin.StackedInline):
    model = Quote
    form = QuoteForm
    formset = QuoteFormSet
    template = "admin/edit_inline/parts.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "text",
                    "parts",
                    ("kind", "speaker", "role"),
                    ("speaker_mention", "speaker_unknown_because"),
                    ("attribution", "obtained_via"),
                    ("said_on", "is_undated", "is_opinion"),
                    ("verification", "verification_method"),
                    "original_text",
                    ("original_language", "responds_to"),
                    "anchors",
                ]
            },
        )
    ]

    def get_queryset(self, request):
        """With the speakers, which stand in the fields."""
        return super().get_queryset(request).select_related("speaker")


def note_check(quote: Quote, changed: list[str], user) -> None:
    """Write down who checked the words, and against what, where the check itself was changed."""
    if "verification" in changed or (quote.verification != Verification.UNVERIFIED and quote.verified_by_id is None):
        quote.check_words(quote.verification, by=user, method=quote.verification_method, match=quote.match)


def may_answer(user, article: Article | None) -> bool:
    """Whether this person may say that they know an unnamed source, and agree to leave it unnamed: whoever approves."""
    return article is not None and article.allows("approve", user) and not article.is_work_of(user)


def note_terms(form, user, article: Article) -> None:
    """Write down who knows an unnamed source and who agreed to its terms, once they are saved."""
    if not form.instance.pk or not may_answer(user, article):
        return
    if form.cleaned_data.get("knows"):
        form.instance.note_known(by=user)
    if form.cleaned_data.get("approves"):
        form.instance.approve(by=user)
