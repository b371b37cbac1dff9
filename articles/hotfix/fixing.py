"""What a fix is: the live edition with a typo mended, and what is refused as more than that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .. import alterations, anchoring, comparing, markup, preflight, workflow
from ..models import Article, Edition
from ..models.editions import EditionKind
from ..workflow import MoveNotAllowed, Status

FIELDS = alterations.WRITTEN
MOST_WORDS = 25
"""Words that a fix may change. A typo takes one or two, one made throughout a story a dozen; beyond that somebody else
has to have read it, which is what an update is for."""


@dataclass(frozen=True)
class Fix:
    """The live edition, and its document with the edit in it."""

    live: Edition
    document: dict[str, Any]

    @property
    def before(self) -> dict[str, Any]:
        """What readers have."""
        return self.live.revision.document


def live_edition(article: Article) -> Edition | None:
    """The edition that readers have now."""
    latest = article.editions.select_related("revision").order_by("-number").first()
    return None if latest is None or latest.kind == EditionKind.WITHDRAWAL else latest


def has_draft(article: Article, live: Edition) -> bool:
    """Whether a draft waits over the live text, which has to take a fix in."""
    latest = article.revisions.order_by("-number").values_list("pk", flat=True).first()
    return article.status != Status.PUBLISHED or latest != live.revision_id


def prepare(article: Article, texts: Mapping[str, str | None], *, by: Any) -> Fix:
    """The fix that these texts make of the live edition; a field that is missing or None stays as it is.

    Raises `PermissionDenied`, or `MoveNotAllowed` with a sentence for each thing that is more than a typo.
    """
    workflow.check("hotfix", article, by=by)
    live = live_edition(article)
    fix = Fix(live, _mended(live.revision.document, texts))
    if reasons := list(_reasons_against(fix)):
        raise MoveNotAllowed(reasons)
    return fix


def _mended(document: dict[str, Any], texts: Mapping[str, str | None]) -> dict[str, Any]:
    """The document with other text, its quotes tied to where their words stand in it."""
    written = {name: text.replace("\r\n", "\n") for name, text in texts.items() if text is not None}
    mended = {**document, **written}
    mended["headline"] = " ".join(mended["headline"].split())
    if markup.sanitise(mended["body"]) == markup.sanitise(document["body"]):
        mended["body"] = document["body"]
    else:
        mended["body"] = markup.sanitise(mended["body"])
    words = markup.to_text(mended["body"])
    mended["quotes"] = [_anchored(quote, words) for quote in document["quotes"]]
    return mended


def _anchored(quote: dict[str, Any], text: str) -> dict[str, Any]:
    place = anchoring.find(text, anchoring.Anchor(quote["text"], quote["prefix"], quote["suffix"]))
    if place is None:
        return quote
    anchor = anchoring.make(text, *place)
    return quote | {"text": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}


def _reasons_against(fix: Fix) -> Iterator[str]:
    """Why it is no fix of a typo, a sentence each."""
    before, after = fix.before, fix.document
    if all(before[name] == after[name] for name in FIELDS):
        yield _("Nothing is changed yet: mend the typo first.")
        return
    if fix.live.revision.names_confidential_source():
        yield _("A source of this story was made confidential since: publish an update that no longer names it.")
        return
    answer = _("That is no typo: write an update, and publish it as a correction.")
    for words in alterations.quoted_words_touched(before, after):
        yield _("R31: readers have “%(words)s” as somebody’s words.") % {"words": _short(words)} + " " + answer
    for change in alterations.names_touched(before, after):
        yield _("R31: the name of somebody quoted reads otherwise (%(change)s).") % named(change) + " " + answer
    for change in alterations.figures_touched(before, after):
        yield _("R31: a figure reads otherwise (%(change)s).") % named(change) + " " + answer
    yield from _too_much(before, after)
    codes = {"R31"} if alterations.quoted_words_touched(before, after) else set()
    for finding in preflight.run(after, preflight.Facts(live=before)):
        if finding.level == preflight.BLOCKS and finding.code not in {"R31", *(codes and {"R1", "R2"})}:
            yield f"{finding.code}: {finding.sentence}"


def _too_much(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    comparison = _compared(before, after)
    is_moved = any(block.is_moved or block.old_style for block in comparison.body)
    is_large = max(comparison.words_new, comparison.words_gone) > MOST_WORDS
    if is_moved or is_large or _beside(before) != _beside(after):
        yield _(
            "That is more than a typo: a fix changes up to %(n)d words, and moves no paragraph and no picture. "
            "Write an update instead."
        ) % {"n": MOST_WORDS}


def _beside(document: Mapping[str, Any]) -> list[tuple]:
    """What stands beside the text, without its words: a caption may have a typo too."""
    pieces = [(piece.kind, piece.image, piece.href) for piece in markup.pieces(document["body"])]
    return pieces + [(note.title, note.href) for note in markup.notes(document["body"])]


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> comparing.Comparison:
    return comparing.compare(words_of(before), words_of(after))


def named(change: alterations.Change) -> dict[str, str]:
    """A change as it stands in a sentence: {"change": "“old” → “new”"}."""
    return {"change": " → ".join(f"“{_short(words)}”" for words in (change.gone, change.new) if words)}


def _short(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(70)


def words_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The fields that a fix may change."""
    return {name: document[name] for name in FIELDS}
