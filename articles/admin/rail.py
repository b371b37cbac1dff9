"""The rail of the writing desk: what state is it in, what keeps it from going out, what can I do now."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Article
from ..models.editions import EditionKind
from .logs import verb_label
from .site import url_or_none

HISTORY = 8  # events and revisions shown; the rest is a link away
INLINES = {"quote": "quotes", "attribution": "attributions"}  # finding's target -> prefix of the formset


def rail(article: Article, user: Any, formsets: Iterable[Any]) -> dict[str, Any]:
    """Everything the rail's template shows, in its order, by a number of queries that is always the same."""
    findings = article.preflight()
    rows = _rows(formsets)
    return {
        "status": article.status,
        "status_label": article.get_status_display(),
        "editions": list(article.editions.select_related("by").order_by("-number")[:HISTORY]),
        "is_live": article.is_live(),
        "findings": [_finding(finding, rows) for finding in findings],
        "blocking": sum(1 for finding in findings if finding.blocks),
        "moves": [_move(article, move, reasons) for move, reasons in article.open_moves(user)],
        "proposals_url": url_or_none("admin:articles_article_proposals", article.pk),
        "events": [
            {"label": verb_label(event.verb), "by": event.by, "at": event.at, "note": event.note}
            for event in article.events.select_related("by")[:HISTORY]
        ],
        "revisions": list(article.revisions.select_related("created_by").defer("document")[:HISTORY]),
    }


def _move(article: Article, move: Any, reasons: list[str]) -> dict[str, Any]:
    """A button. A second publication asks whether it is an update or a correction."""
    kinds = []
    if move.verb == "publish" and article.was_ever_published():
        kinds = [(kind.value, kind.label) for kind in (EditionKind.UPDATE, EditionKind.CORRECTION)]
    return {
        "verb": move.verb,
        "label": move.label,
        "note": move.note or (_("Public note, needed for a correction") if kinds else ""),
        "needs_note": bool(move.note),
        "kinds": kinds,
        "is_destructive": move.is_destructive,
        "reasons": [] if move.verb == "publish" and reasons and _only_findings(reasons, article) else reasons,
        "is_open": not reasons,
        "sees_findings": move.verb == "publish" and bool(reasons),
    }


def _only_findings(reasons: list[str], article: Article) -> bool:
    """Whether the checks, listed above the button already, are all that keeps the story back."""
    return all(reason.split(":")[0].startswith("R") and reason.split(":")[0][1:].isdigit() for reason in reasons)


def _rows(formsets: Iterable[Any]) -> dict[tuple[str, int], str]:
    """(prefix, key) → the element id of the row on the page."""
    return {
        (formset.formset.prefix, form.instance.pk): form.prefix
        for formset in formsets
        for form in formset.formset.initial_forms
    }


def _finding(finding: Any, rows: dict[tuple[str, int], str]) -> dict[str, Any]:
    """A finding with the address of what mends it."""
    kind, _colon, key = finding.target.partition(":")
    if not key:
        url = f"#id_{kind}"
    elif kind == "image":
        url = reverse("admin:articles_image_change", args=[key])
    else:
        prefix = INLINES.get(kind, kind)
        url = f"#{rows.get((prefix, int(key)), f'{prefix}-group')}"
    return {"code": finding.code, "level": finding.level, "sentence": finding.sentence, "url": url}
