"""Which pages are kept at all, under which queries, and the keys of the lists they show.

What a page is made of it notes itself (`surrogates.Shown`); a list is named here, since what is not in it yet cannot
note itself. Only its first page changes when a story comes: the pages below are cut by key and stay.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from django.urls import Resolver404, resolve

from .. import surrogates

PAGING = "before"


@dataclass(frozen=True)
class Kept:
    """A kind of page: the query keys it knows, and the lists it shows, which may name parts of its address."""

    asked: frozenset[str] = frozenset()
    lists: tuple[str, ...] = ()


def _kept(*asked: str, lists: tuple[str, ...] = ()) -> Kept:
    return Kept(frozenset(asked), lists)


LATEST, CORRECTED = (surrogates.STORIES,), (surrogates.CORRECTIONS,)
OF_SECTION = ("section-{slug}",)
PAGES: dict[str, Kept] = {
    "front": _kept(lists=(surrogates.FRONT, surrogates.STORIES)),
    "story": _kept(),
    "story-history": _kept(PAGING),
    "quote": _kept(),
    "latest": _kept(PAGING, lists=LATEST),
    "section": _kept(PAGING, lists=OF_SECTION),
    "package": _kept(),
    "corrections": _kept(PAGING, "kind", "section", "year", lists=CORRECTED),
    "about-sourcing": _kept(),
    "about-masthead": _kept(lists=(surrogates.STORIES, surrogates.CONTRIBUTORS)),
    "about-contact": _kept(),
    "about-privacy": _kept(),
    "about-accessibility": _kept(),
    "actors": _kept(PAGING, "kind", "letter", lists=(surrogates.ACTORS,)),
    "actor": _kept(PAGING),
    "actor-quotes": _kept(PAGING, "topic", "year", "how"),
    "actor-mentions": _kept(PAGING),
    "contributors": _kept(PAGING, lists=(surrogates.CONTRIBUTORS,)),
    "contributor": _kept(PAGING),
    "topics": _kept(lists=(surrogates.TOPICS,)),
    "topic": _kept(PAGING),
    "sitemap": _kept(lists=LATEST),
    "sitemap-file": _kept(lists=LATEST),
    "news-sitemap": _kept(lists=LATEST),
    "robots": _kept(),
    **{
        f"feed-{feed}-{form}": _kept(lists=lists)
        for form in ("rss", "atom", "json")
        for feed, lists in (
            ("latest", LATEST),
            ("corrected", CORRECTED),
            ("ofsection", OF_SECTION),
            ("ofactor", ()),
            ("oftopic", ()),
            ("ofcontributor", ()),
        )
    },
}
"""By the name of the address. What is not here is never kept: the desk, previews, search, pictures."""


def lists_at(path: str, query: str) -> tuple[str, ...] | None:
    """The keys of the lists that the page at this address shows; None where it is not to be kept.

    A query counts only in the one form that the site itself writes, each key once: nobody can fill the memory with a
    page under many addresses.
    """
    try:
        match = resolve(path)
    except Resolver404:
        return None
    kept = PAGES.get(match.view_name)
    if kept is None:
        return None
    asked = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _value in asked]
    if len(set(names)) < len(names) or not kept.asked.issuperset(names) or urlencode(asked) != query:
        return None
    if PAGING in names:
        return ()
    parts = {name: quote(str(value)) for name, value in match.kwargs.items()}
    return tuple(each.format(**parts) for each in kept.lists)
