"""The card of the record behind quoted words, and the record alone, as HTML.

Written in Python: the press sets three a story, and a template made a third of what printing cost.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext

from .. import languages
from ..paths import path_of

WORDS = 14  # of a quote that is answered, or answers
Quote = Mapping[str, Any]


def card(quote: Quote, *, is_proof: bool = False) -> SafeString:
    """The card in the margin, or folded below the words. `quote`: as `records.card` gives it.

    The quote of a proof has no page of its own yet.
    """
    say, number, name = _words(languages.active()), quote["id"], escape(quote["speaker_name"])
    role = f'<p class="quote-card__role">{escape(quote["role"])}</p>\n' if quote["role"] else ""
    links = "" if is_proof else f'<a href="{escape(path_of("quote", number))}">{say["alone"]}</a> '
    if quote.get("speaker_url"):
        links += f'<a href="{escape(quote["speaker_url"])}">{say["more"] % {"name": name}}</a> '
    exchange = [("In answer to", quote["answers"])] if quote.get("answers") else []
    exchange += [("Answered by", each) for each in quote.get("answered_by", ())]
    return mark_safe(  # noqa: S308  (every value is escaped)
        f'<aside class="quote-card" id="card-{number}">\n'
        f'<details class="quote-card__fold">\n'
        f'<summary class="quote-card__who"><span class="quote-card__label">{say["record"]}</span> {name}</summary>\n'
        f'<div class="quote-card__body">\n'
        f"{role}{record(quote)}"
        f"{''.join(_exchange(say[words], other) for words, other in exchange)}"
        f'<p class="quote-card__links">{links}'
        f'<a class="quote-card__back" href="#q-{number}">{say["back"]}</a></p>\n'
        f"</div>\n</details>\n</aside>"
    )


def record(quote: Quote) -> SafeString:
    """How the newsroom has quoted words: way, day, source, check, evidence, original."""
    return mark_safe("".join(f"{part}\n" for part in ("", *_record(quote, languages.active()), "")))  # noqa: S308  (escaped)


def _record(quote: Quote, language: str | None) -> Iterator[str]:
    say = _words(language)
    comma = say[","]
    how = escape(capfirst(quote["how"])) if quote["how"] else say["not recorded"]
    day = _time(quote["said_on"], language) if quote["said_on"] else say["undated"]
    yield f"<p>{how}{comma}{day}</p>"
    if quote["wording"]:
        basis = f"{comma}{escape(quote['basis'])}" if quote.get("basis") else ""
        yield f'<p class="quote-card__source">{say["source"]} {escape(quote["wording"])}{basis}</p>'
    checked = f"{comma}{_time(quote['checked_on'], language)}" if quote.get("checked_on") else ""
    if quote.get("method"):
        checked += f'. <span class="quote-card__method">{escape(quote["method"])}</span>'
    state, label = escape(quote["verification"]), escape(capfirst(quote["verification_label"]))
    yield f'<p><span class="state state--{state}">{label}</span>{checked}</p>'
    if evidence := quote.get("evidence"):
        title = escape(evidence.get("title", ""))
        if evidence.get("url"):
            title = f'<a href="{escape(evidence["url"])}" rel="noopener noreferrer">{title}</a>'
        locator = f"{comma}{escape(evidence['locator'])}" if evidence.get("locator") else ""
        yield f'<p class="quote-card__evidence">{say["evidence"]} {title}{locator}</p>'
    if original := quote.get("original"):
        code, way = escape(original["language"]), languages.direction(original["language"])
        words = f'<q lang="{code}" dir="{way}">{escape(original["text"])}</q>'
        yield f'<p class="quote-card__original">{say["original"]} {words}</p>'


def _exchange(words: str, other: Quote) -> str:
    """What the quote answers, or what answers it; a paraphrase has no place in the text to lead to."""
    name = escape(other["speaker_name"])
    if other["kind"] != "indirect":
        name = f'<a href="#q-{other["id"]}">{name}</a>'
    said = escape(Truncator(spoken(other["text"])).words(WORDS, truncate=" …"))
    return f'<p class="quote-card__exchange">{words} {name}: “{said}”</p>\n'


def spoken(text: str) -> str:
    """Quoted words as they stand alone: without the comma that led on to "she said"."""
    return text.strip().removesuffix(",")


@lru_cache(maxsize=2_000)
def _time(day: date, _language: str | None) -> str:
    return f'<time datetime="{day.isoformat()}">{escape(date_format(day, "j F Y"))}</time>'


@lru_cache(maxsize=50)
def _words(_language: str | None) -> dict[str, str]:
    """The words around the values, in the language that is active."""
    return {
        "record": gettext("Record"),
        ",": gettext(", "),
        "not recorded": gettext("How obtained: not recorded"),
        "undated": gettext("undated"),
        "source": gettext("Source:"),
        "evidence": gettext("Evidence:"),
        "original": gettext("In the original:"),
        "In answer to": gettext("In answer to"),
        "Answered by": gettext("Answered by"),
        "alone": gettext("This quote alone"),
        "more": gettext("More from %(name)s"),
        "back": gettext("Back to the words"),
    }
