"""Who writes a story, who reviews it and until when: shown in the rail and on the review page, changed from both.

Also the page that plans a story before there is copy.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .. import permissions
from ..forms.assignment import HandOverForm, PlanForm, people_for
from ..models import Article, Priority
from ..models.assignments import ASSIGNABLE
from ..models.people import name_of
from ..workflow import BEFORE_PRINT, MoveNotAllowed, Status


class AssignmentAdminMixin:
    """Adds planning, claiming, handing over and giving back to the admin of articles; its saves record who got what."""

    def get_urls(self) -> list:
        """One page and three acts."""
        wrap = self.admin_site.admin_view
        return [
            path("plan/", wrap(never_cache(self.plan_view)), name="articles_article_plan"),
            path("<int:pk>/claim/", wrap(require_POST(claim)), name="articles_article_claim"),
            path("<int:pk>/hand-over/", wrap(require_POST(hand_over)), name="articles_article_hand_over"),
            path("<int:pk>/give-back/", wrap(require_POST(give_back)), name="articles_article_give_back"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """With the way to a plan for whoever starts drafts."""
        url = reverse("admin:articles_article_plan") if may_plan(request.user) else ""
        return super().changelist_view(request, {"plan_url": url, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, obj: Article | None = None, **kwargs):
        """With who has the story."""
        if obj is not None:
            context["assignment"] = assignment(obj, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """What the Desk fields say is assigned by the verb, which records it; the rest is a save."""
        given = form.assigned()
        if change:
            if given:
                assign(obj, given, request)
            super().save_model(request, obj, form, change)
            return
        given.pop("desk", None)
        for name in given:
            setattr(obj, name, Article._meta.get_field(name).get_default())
        super().save_model(request, obj, form, change)
        assign(obj, given, request)

    def plan_view(self, request: HttpRequest) -> HttpResponse:
        """A short form; what it makes is a story without copy."""
        if not may_plan(request.user):
            raise PermissionDenied
        may_assign = bool(permissions.scopes(permissions.roles_of(request.user), "assign"))
        initial = {"desk": request.user.desks.first()}
        form = PlanForm(request.POST if request.method == "POST" else None, initial=initial, may_assign=may_assign)
        if request.method == "POST" and form.is_valid():
            try:
                article = Article.plan(by=request.user, **form.cleaned_data)
            except MoveNotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%(slugline)s is planned.") % {"slugline": article.slugline})
                return to_story(request, article.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Plan a story"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(
            request, "admin/articles/article/plan.html", context, status=422 if form.errors else 200
        )


def may_plan(user: Any) -> bool:
    """Whether this person starts drafts."""
    return bool(permissions.scopes(permissions.roles_of(user), "create_draft"))


def assign(article: Article, given: dict[str, Any], request: HttpRequest) -> None:
    """Assign what the form gave; where that has become impossible meanwhile, say so and keep the save."""
    try:
        article.assign(by=request.user, **given)
    except MoveNotAllowed as refusal:
        stored = Article.objects.only(*ASSIGNABLE).get(pk=article.pk)
        for name in given:
            setattr(article, name, getattr(stored, name))
        messages.warning(request, _("The text is saved, the assignment is not: %(why)s") % {"why": refusal})


# --- what is shown --------------------------------------------------------------------------------------------------


def assignment(article: Article, user: Any) -> dict[str, Any]:
    """What `_assignment.html` shows, by a number of queries that is always the same."""
    people = people_for(article, "reviewer")
    reviewer = next((person for person in people if person.pk == article.reviewer_id), None)
    may_pass_on = article.status in BEFORE_PRINT and article.may_pass_on_review(user)
    is_mine = reviewer is not None and reviewer.pk == user.pk
    may_claim = article.status == Status.IN_REVIEW and not is_mine and article.allows("approve", user)
    return {
        "article": article,
        "writer": name_of(article.assignee or article.writer),
        "is_writer": user.pk == (article.assignee_id or article.writer_id),
        "commissioned_by": name_of(article.writer) if article.assignee_id not in (None, article.writer_id) else "",
        "reviewer": name_of(reviewer),
        "is_reviewer": is_mine,
        "reviewer_lost_role": reviewer is not None and not reviewer.is_fitting,
        "due_at": article.due_at,
        "is_overdue": article.is_overdue(),
        "priority": article.get_priority_display() if article.priority != Priority.NORMAL else "",
        "length": length(article),
        "planning_note": article.planning_note,
        "may_claim": may_claim,
        "reasons": article.reasons_against_claim(user) if may_claim else [],
        "colleagues": [
            (person.pk, name_of(person))
            for person in people
            if person != reviewer and person.is_fitting and may_pass_on
        ],
        "may_give_back": may_pass_on and reviewer is not None,
    }


def length(article: Article) -> str:
    """The words there are, of those that were ordered."""
    words = article.word_count()
    if article.length_ordered:
        return _("%(words)s of %(ordered)s words") % {"words": words, "ordered": article.length_ordered}
    return ngettext("%(words)s word", "%(words)s words", words) % {"words": words}


# --- the acts -------------------------------------------------------------------------------------------------------


def claim(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST: “I read this one”."""
    return _act(request, pk, "claim_review", _("You have this review."))


def give_back(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST: the review waits for anybody again."""
    return _act(request, pk, "release_claim", _("The review is given back: it waits for anybody who may decide."))


def hand_over(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `to`: the key of a colleague who may decide on the story."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    if not article.may_pass_on_review(request.user):
        raise PermissionDenied
    form = HandOverForm(request.POST, article=article)
    if not form.is_valid():
        messages.error(request, _("Choose somebody who may decide on this story."))
        return back_from(request, pk)
    to = form.cleaned_data["to"]
    return _act(request, pk, "hand_over", _("%(who)s has the review.") % {"who": name_of(to)}, to=to)


def _act(request: HttpRequest, pk: int, verb: str, done: str, **given: Any) -> HttpResponseRedirect:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    try:
        getattr(article, verb)(by=request.user, **given)
    except MoveNotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return back_from(request, pk)


def back_from(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """To the page it was done on, the writing desk or that of the review."""
    asked = request.POST.get("next") or request.headers.get("Referer", "")
    is_here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return to_story(request, pk, asked if is_here else "")


def to_story(request: HttpRequest, pk: int, url: str = "") -> HttpResponseRedirect:
    """To the story, by its writing desk or by `url`; to my desk where it is no longer this person's to read."""
    if not Article.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("admin:index")
    return redirect(url or reverse("admin:articles_article_change", args=[pk]))
