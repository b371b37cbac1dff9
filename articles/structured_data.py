"""A story as schema.org tells it (https://schema.org/NewsArticle), with its quotations and its corrections.

Pure of queries: made from what is printed, when it is printed.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from .models.copy import Genre
from .models.tags import ActorKind

KINDS = {
    Genre.ANALYSIS: "AnalysisNewsArticle",
    Genre.BACKGROUND: "BackgroundNewsArticle",
    Genre.EXPLAINER: "BackgroundNewsArticle",
    Genre.FEATURE: "ReportageNewsArticle",
    Genre.INTERVIEW: "ReportageNewsArticle",
    Genre.OPINION: "OpinionNewsArticle",
}
"""The subtype of a genre; any other is plain news."""
SORTS = {ActorKind.PERSON: "Person", ActorKind.PLACE: "Place", ActorKind.STATE: "Country"}
CORRECTING = {"correction", "clarification"}


def of_story(story: Any, quotes: list[dict[str, Any]], evidence: list[str]) -> dict[str, Any]:
    """The document of one story; `quotes`: values of its `StoryQuote` rows, `evidence`: addresses readers have."""
    url = _absolute(story.get_absolute_url())
    told = {
        "@context": "https://schema.org",
        "@type": KINDS.get(story.genre, "NewsArticle"),
        "@id": url,
        "mainEntityOfPage": url,
        "url": url,
        "headline": story.headline,
        "description": story.standfirst,
        "datePublished": story.published_at.isoformat(),
        "dateModified": story.updated_at.isoformat(),
        "inLanguage": story.language,
        "dateline": story.dateline,
        "articleSection": story.section["name"] if story.section else "",
        "wordCount": story.word_count,
        "isAccessibleForFree": True,
        "author": [{"@type": "Person", "name": each["name"]} for each in story.bylines if each["role"] == "by"],
        "publisher": publisher(),
        "image": [_absolute(story.picture["url"])] if story.picture else [],
        "about": [_actor(each) for each in story.actors],
        "keywords": [topic["name"] for topic in story.topics],
        "correction": [_correction(note) for note in story.notes if note["kind"] in CORRECTING],
        "isBasedOn": evidence,
        "hasPart": [_quotation(each, url) for each in quotes if each["kind"] != "indirect"],
    }
    return {key: value for key, value in told.items() if value not in ("", [], None)}


def publisher() -> dict[str, Any]:
    """The newsroom, with where it says what it holds itself to."""
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.NEWSROOM_NAME,
        "url": f"{settings.NEWSROOM_URL}/",
        "verificationFactCheckingPolicy": _absolute(reverse("about-sourcing")),
        "unnamedSourcesPolicy": _absolute(reverse("about-sourcing")),
        "correctionsPolicy": _absolute(reverse("corrections")),
    }


def _quotation(quote: dict[str, Any], url: str) -> dict[str, Any]:
    told = {
        "@type": "Quotation",
        "@id": f"{url}#q-{quote['id']}",
        "text": quote["text"],
        "spokenByCharacter": {"@type": "Person", "name": quote["speaker_name"]} if quote["speaker_id"] else None,
        "citation": quote["wording"],
        "dateCreated": quote["said_on"] and quote["said_on"].isoformat(),
    }
    return {key: value for key, value in told.items() if value}


def _actor(actor: dict[str, Any]) -> dict[str, Any]:
    kind = SORTS.get(actor["kind"], "Organization")
    return {"@type": kind, "name": actor["name"], "url": _absolute(reverse("actor", args=[actor["slug"]]))}


def _correction(note: dict[str, Any]) -> dict[str, Any]:
    words = " ".join(each for each in (note["text"], note.get("wrong"), note.get("right")) if each)
    return {"@type": "CorrectionComment", "text": words, "datePublished": note["at"]}


def _absolute(path: str) -> str:
    return f"{settings.NEWSROOM_URL}{path}"
