"""Stories, actors and pages as schema.org tells them (https://schema.org/NewsArticle), quotations and corrections too.

Pure of queries. A story's document is made from what is printed, when it is printed; a page's when it is asked for.
"""

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .models import nameplates
from .models.copy import Genre
from .models.tags import ActorKind
from .paths import path_of

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
WIKIDATA = "https://www.wikidata.org/wiki/"
LISTED = 30
CONTEXT = {"@context": "https://schema.org"}


NOT_IN_HTML = {">": "\\u003E", "<": "\\u003C", "&": "\\u0026"}


def block(told: dict[str, Any] | None) -> str:
    """The block of a page in which machines read it; nothing in it can end it, and nothing runs it."""
    if not told:
        return ""
    words = json.dumps(told, ensure_ascii=False, sort_keys=True)
    for sign, code in NOT_IN_HTML.items():
        words = words.replace(sign, code)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308  (no mark-up is left in it)


def of_story(
    story: Any, quotes: list[dict[str, Any]], evidence: list[str], pictures: Iterable[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The document of one story.

    `quotes`: values of its `StoryQuote` rows, `evidence`: addresses readers have, `pictures`: as in `Story.picture`,
    the lead first.
    """
    url = _absolute(story.get_absolute_url())
    speakers = {each["name"]: each for each in story.actors}  # a name is one actor's
    above = [(story.section["name"], path_of("section", story.section["slug"]))] if story.section else []
    return {
        **CONTEXT,
        **_told(
            {
                "@type": KINDS.get(story.genre, "NewsArticle"),
                "@id": url,
                "mainEntityOfPage": {
                    "@type": "WebPage",
                    "@id": url,
                    "breadcrumb": trail([*above, (story.headline, story.get_absolute_url())]),
                },
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
                "author": [_author(each) for each in story.bylines if each["role"] == "by"],
                "publisher": publisher(),
                "image": [_picture(each) for each in pictures],
                "about": [_actor(each) for each in story.actors],
                "keywords": [topic["name"] for topic in story.topics],
                "correction": [_correction(note) for note in story.notes if note["kind"] in CORRECTING],
                "isBasedOn": evidence,
                "hasPart": [_quotation(each, url, speakers) for each in quotes if each["kind"] != "indirect"],
            }
        ),
    }


def of_actor(actor: Any, dossier: Any, above: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The document of an actor's page; `dossier` may be None, `above`: (name, path) of the pages over it."""
    kind = SORTS.get(actor.kind, "Organization")
    held = [each for each in (dossier.positions if dossier else []) if not each["until"]]
    bodies = [each for each in held if each["body"]]
    entity = {
        "@type": kind,
        "@id": f"{_absolute(actor.get_absolute_url())}#actor",
        "name": actor.name,
        "url": _absolute(actor.get_absolute_url()),
        "description": actor.description,
        "alternateName": [name for group in (dossier.names if dossier else []) for name in group["names"]],
        "image": _absolute(actor.image.url) if actor.image else "",
        "sameAs": f"{WIKIDATA}{actor.wikidata_id}" if actor.wikidata_id else "",
    }
    if kind == "Person":
        entity["jobTitle"] = [each["title"] for each in held]
        entity["affiliation"] = [{"@type": "Organization", "name": each["body"]} for each in bodies]
    page_kind = "ProfilePage" if kind in ("Person", "Organization") else "WebPage"
    return of_page(page_kind, actor.name, actor.get_absolute_url(), above, mainEntity=_told(entity))


def of_contributor(profile: Any, above: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The document of a contributor's page; `above`: (name, path) of the pages over it."""
    url = _absolute(profile.get_absolute_url())
    entity = {
        "@type": "Person",
        "@id": f"{url}#contributor",
        "name": profile.name,
        "url": url,
        "jobTitle": profile.title,
        "description": profile.bio,
        "image": _absolute(profile.image.url) if profile.image else "",
        "worksFor": {"@id": publisher()["@id"]},
    }
    return of_page("ProfilePage", profile.name, profile.get_absolute_url(), above, mainEntity=_told(entity))


def of_quote(quote: Any, speaker_url: str) -> dict[str, Any]:
    """The document of a quote's page; `quote` a row with its story, `speaker_url` the path of the speaker's or ""."""
    story, path = quote.story, quote.get_absolute_url()
    url = _absolute(story.get_absolute_url())
    speaker = {"@type": "Person", "name": quote.speaker_name}
    if speaker_url:
        kinds = {each["name"]: each for each in story.actors}
        known = kinds.get(quote.speaker_name)
        speaker = _actor(known) if known else {**speaker, "url": _absolute(speaker_url)}
    words = {
        "@type": "Quotation",
        "@id": f"{url}#q-{quote.pk}",
        "text": quote.text,
        "spokenByCharacter": speaker if quote.speaker_id else None,
        "citation": quote.wording,
        "dateCreated": quote.said_on and quote.said_on.isoformat(),
        "isPartOf": {"@type": KINDS.get(story.genre, "NewsArticle"), "@id": url, "headline": story.headline},
    }
    above = [(story.headline, story.get_absolute_url())]
    return of_page("WebPage", f"{quote.speaker_name}: {quote.text[:80]}", path, above, mainEntity=_told(words))


def of_page(kind: str, name: str, path: str, above: Iterable[tuple[str, str]] = (), **more: Any) -> dict[str, Any]:
    """The document of a page that is no story; `kind`: a type of schema.org, `above`: (name, path) from the root."""
    told = {
        "@type": kind,
        "@id": _absolute(path),
        "name": str(name),
        "url": _absolute(path),
        "inLanguage": settings.LANGUAGE_CODE,
        "breadcrumb": trail([*above, (name, path)]),
        "publisher": publisher(),
        **more,
    }
    return {**CONTEXT, **_told(told)}


def of_list(
    name: str, path: str, entries: Iterable[tuple[str, str]], above: Iterable[tuple[str, str]] = (), **more: Any
) -> dict[str, Any]:
    """The document of a page that lists others: (name, path) of each entry, the first `LISTED` of them."""
    listed = [
        {"@type": "ListItem", "position": place, "name": entry, "url": _absolute(there)}
        for place, (entry, there) in enumerate(islice(entries, LISTED), start=1)
    ]
    entity = {"@type": "ItemList", "itemListElement": listed} if listed else None
    return of_page("CollectionPage", name, path, above, mainEntity=entity, **more)


def of_package(package: Any) -> dict[str, Any]:
    """The document of a running story: its parts in their order."""
    parts = ((part["headline"], part["url"]) for part in package.parts)
    moment = package.updated_at.isoformat()
    return of_list(package.title, package.get_absolute_url(), parts, description=package.intro, dateModified=moment)


def of_site() -> dict[str, Any]:
    """The document of the front: the site, who publishes it, and how it is searched."""
    return {
        **CONTEXT,
        "@type": "WebSite",
        "@id": f"{settings.NEWSROOM_URL}/#site",
        "name": nameplates.current().name,
        "alternateName": nameplates.current().strapline,
        "url": f"{settings.NEWSROOM_URL}/",
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{settings.NEWSROOM_URL}/search/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def trail(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The way from the front to a page: (name, path) of each step under the front, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": str(name), "item": _absolute(path)}
            for place, (name, path) in enumerate([(_("Front page"), "/"), *steps], start=1)
        ],
    }


def publisher() -> dict[str, Any]:
    """The newsroom, with where it says what it holds itself to."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{settings.NEWSROOM_URL}/#newsroom",
        "name": nameplates.current().name,
        "url": f"{settings.NEWSROOM_URL}/",
        "logo": _absolute(f"{settings.STATIC_URL}img/apple-touch-icon.png"),
        "publishingPrinciples": _absolute(path_of("about-sourcing")),
        "verificationFactCheckingPolicy": _absolute(path_of("about-sourcing")),
        "unnamedSourcesPolicy": _absolute(path_of("about-sourcing")),
        "correctionsPolicy": _absolute(path_of("corrections")),
        "actionableFeedbackPolicy": _absolute(path_of("about-contact")),
        "masthead": _absolute(path_of("about-masthead")),
    }


def _quotation(quote: dict[str, Any], url: str, speakers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    speaker = speakers.get(quote["speaker_name"]) if quote["speaker_id"] else None
    return _told(
        {
            "@type": "Quotation",
            "@id": f"{url}#q-{quote['id']}",
            "text": quote["text"],
            "spokenByCharacter": speaker and _actor(speaker),
            "citation": quote["wording"],
            "dateCreated": quote["said_on"] and quote["said_on"].isoformat(),
        }
    )


def _actor(actor: dict[str, Any]) -> dict[str, Any]:
    kind = SORTS.get(actor["kind"], "Organization")
    url = _absolute(path_of("actor", actor["slug"]))
    return {"@type": kind, "@id": f"{url}#actor", "name": actor["name"], "url": url}


def _picture(picture: dict[str, Any]) -> dict[str, Any]:
    return _told(
        {
            "@type": "ImageObject",
            "url": _absolute(picture["url"]),
            "width": picture["width"],
            "height": picture["height"],
            "caption": picture["caption"],
            "creditText": picture["credit"],
        }
    )


def _told(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in ("", [], None)}


def _author(byline: dict[str, Any]) -> dict[str, Any]:
    """By name, with their page where they have one."""
    url = _absolute(path_of("contributor", byline["slug"])) if byline["slug"] else ""
    return _told({"@type": "Person", "name": byline["name"], "url": url})


def _correction(note: dict[str, Any]) -> dict[str, Any]:
    words = " ".join(each for each in (note["text"], note.get("wrong"), note.get("right")) if each)
    return {"@type": "CorrectionComment", "text": words, "datePublished": note["at"]}


def _absolute(path: str) -> str:
    return f"{settings.NEWSROOM_URL}{path}"
