"""The rail of the writing desk: what state is it in, what keeps it from going out, what can I do now."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from .. import mix, workflow
from ..forms.moves import MoveForm
from ..models import Article
from ..models.revisions import document_of
from ..workflow import Status
from .moves import ELSEWHERE
from .reports import speaking
from .review_notes import Notes
from .site import url_or_none

PRIMARY = ("submit", "approve", "publish", "revise")
PLACES = {"review": "admin:articles_article_review"}
INLINES = {"quote": "quotes", "attribution": "attributions"}  # finding's target -> prefix of the formset
PAGES = {"claim": "admin:articles_article_claims", "reply": "admin:articles_article_claims"}  # those of another page


def rail(article: Article, user: Any, formsets: Iterable[Any], typed: dict[str, dict] | None = None) -> dict[str, Any]:
    """Everything the rail's template shows, in its order, by a number of queries that is always the same."""
    document = document_of(article)
    findings = article.preflight(document)
    article.remember({"findings": findings})
    rows = _rows(formsets)
    return {
        "status": article.status,
        "status_label": article.get_status_display(),
        "was_published": article.was_ever_published(),
        "is_live": article.is_live(),
        "findings": [_finding(finding, article, rows) for finding in findings],
        "blocking": sum(1 for finding in findings if finding.blocks),
        "moves": moves_of(article, user, rows, typed),
        "holds": article.open_holds(),
        "embargo": article.embargo_in_force(),
        "publish_at": article.publish_at,
        "is_scheduled": article.status == Status.SCHEDULED,
        "failure": _failure(article),
        "approvals": article.standing_approvals(),
        "approvals_needed": article.approvals_needed(),
        "review_url": url_or_none("admin:articles_article_review", article.pk),
        "notes": Notes(article, user, document),
        "mix": speaking(mix.count(document)),
        "claims_url": url_or_none("admin:articles_article_claims", article.pk),
        "proposals_url": url_or_none("admin:articles_article_proposals", article.pk),
    }


def _failure(article: Article) -> str:
    """Why it did not go out by itself, where that was the last thing that happened to it."""
    if article.publish_at is None or article.status == Status.SCHEDULED:
        return ""
    last = article.events.first()
    return last.note if last and last.verb == "release_failed" else ""


def moves_of(
    article: Any, user: Any, rows: dict | None = None, typed: dict[str, dict] | None = None
) -> list[dict[str, Any]]:
    """The buttons of `_moves.html`; `typed` is what `kept_input` gives."""
    return [
        _move(article, move, reasons, rows or {}, (typed or {}).get(move.verb))
        for move, reasons in workflow.open_moves(article, user)
        if not workflow.is_idle(move, article, user)
    ]


def _move(article: Article, move: Any, reasons: list[Any], rows: dict, typed: dict | None) -> dict[str, Any]:
    """A button with what it asks for, or with what keeps it back and where that is mended."""
    is_open = not reasons
    form = MoveForm(move, article, typed) if is_open else None
    if form and typed is not None:
        form.full_clean()  # before it is drawn: a time that comes twice adds a field
    return {
        "verb": move.verb,
        "label": move.label,
        "url": url_or_none(f"admin:articles_article_{move.verb}", article.pk) if move.verb in ELSEWHERE else None,
        "form": form,
        "asks": bool(form and form.fields),
        "is_retry": typed is not None,
        "is_destructive": move.is_destructive,
        "is_primary": move.verb in PRIMARY,
        "reasons": [{"sentence": reason, "url": _place(reason, article, rows)} for reason in reasons],
        "is_open": is_open,
    }


def place_of(reason: Any, article: Article) -> str:
    """The address of what mends it, from another page than the writing desk; empty where nothing does."""
    place = _place(reason, article, {}) if isinstance(reason, workflow.Reason) else ""
    return reverse("admin:articles_article_change", args=[article.pk]) + place if place.startswith("#") else place


def _place(reason: Any, article: Article, rows: dict) -> str:
    """The address of what mends it; empty where nothing on the desk does."""
    if reason.target in PLACES:
        return url_or_none(PLACES[reason.target], article.pk) or ""
    if not reason.target or reason.target in ("holds", "embargo", "schedule"):
        return reason.target and f"#rail-{reason.target}"
    return _target_url(reason.target, article, rows)


def _rows(formsets: Iterable[Any]) -> dict[tuple[str, int], str]:
    """(prefix, key) → the element id of the row on the page."""
    return {
        (formset.formset.prefix, form.instance.pk): form.prefix
        for formset in formsets
        for form in formset.formset.initial_forms
    }


def _finding(finding: Any, article: Article, rows: dict[tuple[str, int], str]) -> dict[str, Any]:
    """A finding with the address of what mends it; one that a kind of edition answers keeps back the others alone."""
    return {
        "code": finding.code,
        "level": "W" if finding.answered_by else finding.level,
        "needs_correction": bool(finding.answered_by),
        "sentence": finding.sentence,
        "is_waived": finding.is_waived,
        "url": _target_url(finding.target, article, rows),
    }


def _target_url(target: str, article: Article, rows: dict[tuple[str, int], str]) -> str:
    """Where on the desk a field or a record is."""
    kind, _colon, key = target.partition(":")
    if not key:
        return f"#id_{kind}"
    if kind == "image":
        return reverse("admin:articles_image_change", args=[key])
    if kind in PAGES:
        return f"{reverse(PAGES[kind], args=[article.pk])}#{kind}-{key}"
    prefix = INLINES.get(kind, kind)
    return f"#{rows.get((prefix, int(key)), f'{prefix}-group')}"
