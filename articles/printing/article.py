"""A story as readers get it, from kicker to receipt, as HTML: what the press keeps, and what a preview shows.

Written in Python, as the cards of quotes are: templates were half of what a print cost. What few stories have (notes,
documents) is set by templates still.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from .. import languages
from ..paths import path_of
from .entries import genre
from .figures import figure
from .ledger import ledger
from .phrases import minutes, stamp

NOTES, DOCUMENTS = "components/notes.html", "components/documents.html"
TRANSLATIONS, RUNNING = "components/translations.html", "components/running_story.html"
OPEN = 12  # tags that are not folded
SPACE = "\n"


def article(story: Any, gap: str = "") -> SafeString:
    """The story and nothing around it. `story`: as in print; the review page lays notes over headline and standfirst.

    `gap` stands for body, translations and running stories while it is printed: others write those.
    """
    with languages.speaking(languages.around(story.language)):
        return mark_safe(  # noqa: S308  (every value is escaped)
            f'<article class="story" lang="{escape(story.language)}" dir="{languages.direction(story.language)}">\n'
            f"{_head(story, gap)}\n{_meta(story)}\n{_above(story)}\n"
            f'<div class="story__body">{gap or story.body}</div>\n'
            f"{_end(story, gap)}\n</article>"
        )


def byline(bylines: Iterable[Mapping[str, Any]]) -> SafeString:
    """Who made the story, by role. `bylines`: [{name, slug, role, role_label}]."""
    found = (
        f'<p class="byline"><span class="byline__role">{escape(capfirst(role))}</span> {_signers(list(signers))}</p>'
        for role, signers in groupby(bylines, key=lambda each: each["role_label"])
    )
    return mark_safe("".join(found))  # noqa: S308  (escaped)


def _head(story: Any, gap: str) -> str:
    kicker = story.kicker or (story.section["name"] if story.section else "")
    standfirst = f'<p class="story__standfirst">{conditional_escape(story.standfirst)}</p>' if story.standfirst else ""
    links = gap or render_to_string(TRANSLATIONS, {"translations": story.translations})
    return (
        f'<header class="story__head">\n'
        f'<p class="kicker">{escape(kicker)}{genre(story, "kicker__genre", before=" ")}</p>\n'
        f'<h1 class="story__headline">{conditional_escape(story.headline)}</h1>\n'
        f"{standfirst}\n{links}\n</header>"
    )


def _signers(signers: list[Mapping[str, Any]]) -> str:
    """Their names, in the way of a sentence."""
    say, found = _words(languages.active()), ""
    for left, each in zip(reversed(range(len(signers))), signers, strict=True):
        name = f'<span class="byline__name">{escape(each["name"])}</span>'
        if each["slug"]:
            address = escape(path_of("contributor", each["slug"]))
            name = f'<a class="byline__name" href="{address}">{escape(each["name"])}</a>'
        found += name + {0: "", 1: f" {say['and']} "}.get(left, say[", "])
    return found


def _meta(story: Any) -> str:
    say, facts = _words(languages.active()), [f"<span>{minutes(story.reading_minutes)}</span>"]
    times = [f'<span class="story__dateline">{escape(story.dateline)}</span>' if story.dateline else ""]
    if story.published_at:
        times.append(f'<span class="story__time">{say["Published"]} {stamp(story.published_at)}</span>')
        edition = say["Edition"] % {"number": story.edition_number}
        if story.pk and story.edition_number > 1:
            edition = f'<a href="{escape(story.get_history_url())}">{edition}</a>'
        facts.append(f"<span>{edition}</span>")
    if story.is_updated:
        times.append(f'<span class="story__time">{say["Updated"]} {stamp(story.updated_at)}</span>')
    if story.sources:
        facts.append(f'<a href="#receipt-title">{_sources(len(story.sources), story.unnamed_sources)}</a>')
    return (
        f'<div class="story__meta">\n{byline(story.bylines)}\n'
        f'<p class="story__times">{SPACE.join(times)}</p>\n<p class="story__facts">{SPACE.join(facts)}</p>\n</div>'
    )


def _sources(number: int, unnamed: int) -> str:
    found = ngettext("%(count)s source", "%(count)s sources", number) % {"count": number}
    if unnamed:
        found += gettext(", ") + gettext("%(count)s unnamed") % {"count": unnamed}
    return found


def _above(story: Any) -> str:
    """What is to be read and seen before the text."""
    notes = ""
    if story.notes_above:
        told = {"notes": story.notes_above, "label": gettext("What had to be put right")}
        notes = render_to_string(NOTES, {**told, "history": story.get_history_url()})
        notes = f'<div class="story__notes">{notes}</div>'
    if not story.picture:
        return notes
    return f'{notes}\n<div class="story__picture">{figure(story.picture, "story", eager=True)}</div>'


def _end(story: Any, gap: str) -> str:
    say = _words(languages.active())
    notes = documents = ""
    if story.notes_below:
        told = {"notes": story.notes_below, "label": gettext("What was added since")}
        notes = render_to_string(NOTES, told)
    if story.documents:
        documents = render_to_string(DOCUMENTS, {"documents": story.documents})
    running = gap or render_to_string(RUNNING, {"running": story.running})
    tags = [
        f'<section aria-labelledby="story-{kind}s"><h2 class="label" id="story-{kind}s">{words}</h2>\n'
        f"{_tags(found, kind)}</section>"
        for kind, words, found in (("actor", say["actors"], story.actors), ("topic", say["Topics"], story.topics))
        if found
    ]
    return (
        f'<div class="story__end">\n{notes}\n{documents}\n{running}\n{ledger(story)}\n'
        f'<div class="story__tags">\n{SPACE.join(tags)}\n</div>\n</div>'
    )


def _tags(tags: list[dict[str, Any]], kind: str) -> str:
    """The actors or topics, the first dozen open. `tags`: [{name, slug, kind_label}]."""
    shown = [_tag(each, kind) for each in tags]
    found = f'<ul class="tags">{"".join(shown[:OPEN])}</ul>\n'
    if rest := shown[OPEN:]:
        more = ngettext("%(count)s more", "%(count)s more", len(rest)) % {"count": len(rest)}
        found += f'<details class="tags__fold"><summary>{more}</summary>\n'
        found += f'<ul class="tags">{"".join(rest)}</ul></details>\n'
    return found


def _tag(tag: dict[str, Any], kind: str) -> str:
    label = f' <span class="tags__kind">{escape(tag["kind_label"])}</span>' if tag.get("kind_label") else ""
    return f'<li><a href="{escape(path_of(kind, tag["slug"]))}">{escape(tag["name"])}</a>{label}</li>'


@lru_cache(maxsize=50)
def _words(_language: str | None) -> dict[str, str]:
    """The words around the values, in the language that is active."""
    return {
        ", ": gettext(", "),
        "and": gettext("and"),
        "Published": gettext("Published"),
        "Updated": gettext("Updated"),
        "Edition": gettext("Edition %(number)s"),
        "actors": gettext("Actors in this story"),
        "Topics": gettext("Topics"),
    }
