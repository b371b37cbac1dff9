"""The receipt under a story, as HTML: its sources as printed, what is unnamed, shown, asked and checked."""

from functools import lru_cache
from html import escape
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from .. import languages
from .phrases import stamp

TOTAL = ' class="receipt__total"'


def ledger(story: Any) -> SafeString:
    """The receipt of a story in print; nothing where there is nothing to tell."""
    told, say = story.receipt, _words(languages.active())
    documents, asked = told.get("documents"), told.get("asked")
    if not (story.sources or documents or asked):
        return mark_safe("")
    rows = [_row(say["Named sources"], story.named_sources), _row(say["Unnamed sources"], story.unnamed_sources)]
    rows += [_row(say["Documents shown"], documents)] if documents else []
    if asked:
        rows.append(_row(f"{say['Asked for a reply']}{''.join(map(_reply, told.get('replies', ())))}", asked))
    quotes = sum(source.get("quotes") or 0 for source in story.sources)
    return mark_safe(  # noqa: S308  (every value is escaped)
        f'<section class="receipt" aria-labelledby="receipt-title">\n'
        f'<h2 class="receipt__title" id="receipt-title">{say["Receipt"]}</h2>\n'
        f'<p class="receipt__lead">{say["lead"]}</p>\n'
        f'<table class="receipt__table">\n'
        f'<thead><tr><th scope="col">{say["Source"]}</th>'
        f'<th scope="col" class="receipt__number">{say["Quotes"]}</th></tr></thead>\n'
        f"<tbody>\n{''.join(_source(each, say) for each in story.sources)}\n</tbody>\n"
        f"<tfoot>\n{''.join(rows)}"
        f"{_row(say['Quotes on record'] + _checked(told, say), quotes, look=TOTAL)}"
        f"</tfoot>\n</table>\n</section>"
    )


def _row(words: str, number: int, look: str = "") -> str:
    return f'<tr{look}><th scope="row">{words}</th><td class="receipt__number">{number}</td></tr>\n'


def _source(source: dict[str, Any], say: dict[str, str]) -> str:
    terms = f"{escape(capfirst(source['kind_label']))}{say[', ']}{escape(source['basis_label'])}"
    if source["head_count"] and source["head_count"] > 1:
        terms += say[", "] + gettext("%(count)s people") % {"count": source["head_count"]}
    why = ""
    if not source["is_named"]:
        reason = say["reason"] % {"reason": escape(source["reason"])} if source["reason"] else say["Not named"]
        why = f'<span class="receipt__terms state state--anonymous">{reason}</span>'
    none = f'<span aria-hidden="true">–</span><span class="unseen">{say["none"]}</span>'
    return (
        f'<tr>\n<th scope="row"><span class="receipt__wording">{escape(source["wording"])}</span>\n'
        f'<span class="receipt__terms">{terms}</span>\n{why}</th>\n'
        f'<td class="receipt__number">{source["quotes"] or none}</td>\n</tr>'
    )


def _reply(each: dict[str, Any]) -> str:
    """Who was asked, by what came of it."""
    comma, others = gettext(", "), each["others"]
    told = comma.join(map(escape, each["names"]))
    if others and each["names"]:
        told += comma + ngettext("%(others)s other", "%(others)s others", others) % {"others": others}
    elif others:
        told += ngettext("%(others)s not named here", "%(others)s not named here", others) % {"others": others}
    return f'<span class="receipt__terms">{escape(capfirst(each["label"]))}: {told}</span>'


def _checked(told: dict[str, Any], say: dict[str, str]) -> str:
    last = told.get("last_checked")
    if not last:
        return ""
    return f'<span class="receipt__terms">{say["Last checked"]} {stamp(parse_datetime(last), told=last)}</span>'


@lru_cache(maxsize=50)
def _words(_language: str | None) -> dict[str, str]:
    """The words around the values, in the language that is active."""
    return {
        ", ": gettext(", "),
        "Receipt": gettext("Receipt"),
        "lead": gettext("Where the information in this story comes from, worded as in print."),
        "Source": gettext("Source"),
        "Quotes": gettext("Quotes"),
        "reason": gettext("Why not named: %(reason)s"),
        "Not named": gettext("Not named"),
        "none": gettext("none"),
        "Named sources": gettext("Named sources"),
        "Unnamed sources": gettext("Unnamed sources"),
        "Documents shown": gettext("Documents shown"),
        "Asked for a reply": gettext("Asked for a reply"),
        "Quotes on record": gettext("Quotes on record"),
        "Last checked": gettext("Last checked"),
    }
