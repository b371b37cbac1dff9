"""The page of what a story asserts: claims, the ledger of replies, how actors stand, the rules answered for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from js_asset import Media

from .. import auditing, replies
from ..forms.claims import ClaimForm, ReplyForm, WaiverForm
from ..forms.tags import fit_to
from ..models import Article, Claim, RightOfReply
from ..models.claims import Outcome
from ..workflow import WITH_REVIEWERS, MoveNotAllowed
from .compare import readable
from .parts import may_answer
from .relations import RelationActs

EDITS = ("claim", "drop_claim", "reply", "drop_reply", "relation", "drop_relation")
ANSWERS = ("know", "approve", "waive", "withdraw_waiver")


class ClaimsAdminMixin:
    """Adds `admin:articles_article_claims` to the admin of articles."""

    def get_urls(self) -> list:
        """One page, which is read and posted."""
        view = never_cache(require_http_methods(["GET", "HEAD", "POST"])(self.claims_view))
        return [
            path("<int:pk>/claims/", self.admin_site.admin_view(view), name="articles_article_claims"),
            *super().get_urls(),
        ]

    @transaction.atomic
    def claims_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows them; POST `act` changes one and keeps the whole as a revision."""
        article = readable(request, pk)
        if request.method != "POST":
            return Page(self, request, article).answer()
        page = Page(self, request, article.locked())
        act = request.POST.get("act", "")
        if act == "late":
            return page.late()
        if not ((act in EDITS and page.may_edit) or (act in ANSWERS and page.may_answer)):
            raise PermissionDenied
        return getattr(page, act)()


class Page(RelationActs):
    """The claims and replies of one story for one person, and the acts on them."""

    def __init__(self, model_admin: Any, request: HttpRequest, article: Article) -> None:
        self.model_admin = model_admin
        self.request = request
        self.user = request.user
        self.article = article
        self.options: dict[str, list] = {}
        self.may_edit = model_admin.has_change_permission(request, article)
        self.may_answer = may_answer(self.user, article) and (article.is_editable() or article.status in WITH_REVIEWERS)
        self.may_approve = self.may_answer and article.allows("publish", self.user)

    # --- the acts of who writes

    def claim(self) -> HttpResponse:
        """Mark a passage, or say something else of one."""
        form = self._claim_form(self._row(self.article.claims, required=False), self.request.POST)
        if not form.is_valid():
            return self.answer(status=422, claim_form=form)
        if form.instance.pk is None:
            form.instance.created_by = self.user
        return self._saved(_("“%(claim)s” is a claim of this story.") % {"claim": form.save()})

    def drop_claim(self) -> HttpResponse:
        """It is no claim, or stands there no more."""
        self._row(self.article.claims).delete()
        return self._saved(_("No longer a claim."))

    def reply(self) -> HttpResponse:
        """Note a request, or what came of it."""
        form = self._reply_form(self._row(self.article.replies, required=False), self.request.POST)
        if not form.is_valid():
            return self.answer(status=422, reply_form=form)
        return self._saved(_("Noted: %(who)s.") % {"who": form.save()})

    def drop_reply(self) -> HttpResponse:
        """A line put in by mistake: only one of which readers do not know."""
        row = self._row(self.article.replies)
        if self._in_print(row):
            raise PermissionDenied
        row.delete()
        return self._saved(_("Taken out of the ledger."))

    def late(self) -> HttpResponse:
        """A reply to a story that is out: it goes into an update, which this opens."""
        row = self._row(self.article.replies)
        who = {"who": str(row)}
        try:
            self.article.revise(by=self.user, note=_("A reply of %(who)s came after publication.") % who)
        except MoveNotAllowed as refusal:
            for reason in refusal.reasons:
                messages.error(self.request, str(reason))
            return self._back()
        self.article.refresh_from_db()
        row.outcome, row.answered_at = Outcome.REPLIED, timezone.now()
        row.save(update_fields=["outcome", "answered_at"])
        return self._saved(
            _("An update is open: put the reply of %(who)s into the body as a quote, and tie it to the request.") % who
        )

    # --- the acts of who answers for it

    def know(self) -> HttpResponse:
        """The desk knows that it rests on one source (R19)."""
        row = self._row(self.article.claims)
        row.known_to_desk = self.user
        row.save(update_fields=["known_to_desk"])
        return self._saved(_("Noted: you know what “%(claim)s” rests on.") % {"claim": row})

    def approve(self) -> HttpResponse:
        """A senior person agrees to print a serious claim on one firm source (R18)."""
        if not self.may_approve:
            raise PermissionDenied
        row = self._row(self.article.claims)
        row.approve(by=self.user)
        return self._saved(_("You agreed to print “%(claim)s” on what it rests on now.") % {"claim": row})

    def waive(self) -> HttpResponse:
        """Answer by name for a rule that may be waived."""
        if not self.may_approve:
            raise PermissionDenied
        form = WaiverForm(self.request.POST)
        found = {finding.key: finding for finding in self._open()}
        if not form.is_valid():
            return self.answer(status=422, waiver_form=form)
        finding = found.get(form.cleaned_data["key"])
        if finding is None:
            messages.error(self.request, _("That problem does not stand any more: nothing needs to be waived."))
            return self._back()
        row = form.save(commit=False)
        row.article, row.by, row.key = self.article, self.user, finding.key
        row.code, row.sentence = finding.code, finding.sentence
        row.save()
        self._count()
        messages.success(self.request, _("You answer for %(code)s. It is kept with the edition.") % {"code": row.code})
        return self._back()

    def withdraw_waiver(self) -> HttpResponse:
        """Take one's name back."""
        row = self._row(self.article.waivers)
        if row.by_id != self.user.pk and not self.may_approve:
            raise PermissionDenied
        auditing.record_deletions([row], by=self.user)
        row.delete()
        self._count()
        messages.success(self.request, _("Nobody answers for %(code)s any more.") % {"code": row.code})
        return self._back()

    # --- what they have in common

    def _row(self, rows: Any, *, required: bool = True) -> Any:
        """The row of this story that the form names."""
        key = self.request.POST.get("row", "")
        if not key and not required:
            return None
        number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
        return get_object_or_404(rows, pk=number)

    def _open(self) -> list[Any]:
        return [each for each in self.article.preflight() if each.is_waivable and not each.is_waived]

    def _count(self) -> None:
        """What keeps it back has changed, although no word of it has."""
        self.article.blockers = len(self.article.blocking_findings())
        self.article.save(update_fields=["blockers"])

    def _saved(self, words: str) -> HttpResponse:
        self.article.record_revision(by=self.user)
        messages.success(self.request, words)
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect("admin:articles_article_claims", self.article.pk)

    def _in_print(self, row: RightOfReply) -> bool:
        live = self.article.live_document()
        return live is not None and any(each["id"] == row.pk for each in live.get("replies", []))

    def _claim_form(self, row: Claim | None, told: Any = None, **more: Any) -> ClaimForm:
        form = fit_to(type("ClaimForm", (ClaimForm,), {}), self.user)
        prefix = "claim" if row is None else f"claim-{row.pk}"
        return self._with_options(form(told, instance=row, article=self.article, prefix=prefix, **more))

    def _reply_form(self, row: RightOfReply | None, told: Any = None) -> ReplyForm:
        form = fit_to(type("ReplyForm", (ReplyForm,), {}), self.user)
        prefix = "reply" if row is None else f"reply-{row.pk}"
        return self._with_options(form(told, instance=row, article=self.article, by=self.user, prefix=prefix))

    def _with_options(self, form: Any) -> Any:
        """The rows of all forms offer the same: asked for once."""
        for name in ("attribution", "attributions", "claims", "quote", "asked_by"):
            field = form.fields.get(name)
            if field is None:
                continue
            if name not in self.options:
                self.options[name] = list(iter(field.choices))
            field.choices = self.options[name]
        return form

    # --- the page

    def answer(self, status: int = 200, **sent: Any) -> HttpResponse:
        """Everything on one page; a form that was refused comes back in its place with what was typed."""
        self.article.remember()
        claim_form, reply_form = sent.get("claim_form"), sent.get("reply_form")
        passage = self.request.GET.get("text", "").strip()[:2000]
        new_claim = claim_form if claim_form and claim_form.instance.pk is None else None
        new_reply = reply_form if reply_form and reply_form.instance.pk is None else None
        relation_form = sent.get("relation_form")
        new_relation = relation_form if relation_form and relation_form.instance.pk is None else None
        forms = {"claim": None, "reply": None, "relation": None}
        if self.may_edit:
            forms["claim"] = new_claim or self._claim_form(None, initial={"text": passage})
            forms["reply"] = new_reply or self._reply_form(None)
            forms["relation"] = new_relation or self._relation_form(None)
        media = (forms["claim"].media + forms["reply"].media) if self.may_edit else Media()
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": _("Claims and replies"),
            "opts": self.model_admin.opts,
            "article": self.article,
            "may_edit": self.may_edit,
            "may_answer": self.may_answer,
            "may_approve": self.may_approve,
            "claims": self._claims(claim_form),
            "replies": self._replies(reply_form),
            "new_claim": forms["claim"],
            "new_claim_is_open": bool(new_claim or passage),
            "new_reply": forms["reply"],
            "new_reply_is_open": bool(new_reply),
            "relations": self._relations(relation_form),
            "new_relation": forms["relation"],
            "new_relation_is_open": bool(new_relation),
            "open_rules": [(each, self._waiver_form(each, sent.get("waiver_form"))) for each in self._open()],
            "waivers": list(self.article.waivers.select_related("by")),
            "media": Media.from_media(self.model_admin.media + media, nonce=str(self.request.csp_nonce)),
        }
        return TemplateResponse(self.request, "admin/articles/article/claims.html", context, status=status)

    def _waiver_form(self, finding: Any, sent: WaiverForm | None) -> WaiverForm | None:
        if not self.may_approve:
            return None
        is_this = sent is not None and sent.data.get("key") == finding.key
        return sent if is_this else WaiverForm(initial={"key": finding.key}, auto_id=f"waiver-{finding.code}-%s")

    def _claims(self, sent: ClaimForm | None) -> list[dict[str, Any]]:
        """The claims with what they rest on, counted by origin."""
        rows = self.article.claims.select_related("known_to_desk", "approved_by").prefetch_related(
            "actors", "attributions__source__origin__origin"
        )
        return [
            {
                "row": row,
                "is_here": row.is_in(self.article.text()),
                "rests_on": list(row.attributions.all()),
                "origins": len({each.source.root_id for each in row.attributions.all()}),
                "form": self._form_of(row, sent, self._claim_form),
                "is_open": sent is not None and sent.instance.pk == row.pk,
            }
            for row in rows
        ]

    def _replies(self, sent: ReplyForm | None) -> list[dict[str, Any]]:
        """The ledger with the sentence that may stand in the body."""
        rows = self.article.replies.select_related("actor", "asked_by", "quote").prefetch_related("claims")
        live = self.article.is_live() and not self.article.is_editable()
        may_revise = live and self.article.allows("edit_published", self.user)
        return [
            {
                "row": row,
                "sentence": replies.sentence(
                    row.actor.name, row.outcome, deadline=row.deadline, language=self.article.language
                ),
                "may_come_late": may_revise and row.outcome != Outcome.REPLIED,
                "may_drop": self.may_edit and not self._in_print(row),
                "form": self._form_of(row, sent, self._reply_form),
                "is_open": sent is not None and sent.instance.pk == row.pk,
            }
            for row in rows
        ]

    def _form_of(self, row: Any, sent: Any, make: Any) -> Any:
        if not self.may_edit:
            return None
        return sent if sent is not None and sent.instance.pk == row.pk else make(row)
