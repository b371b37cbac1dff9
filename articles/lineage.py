"""The same words in several stories: linked where they are the same, shown where wording or credit changed."""

from dataclasses import dataclass
from typing import Any

from . import anchoring, matching
from .models import Article, Quote, Utterance
from .models.quotes import ObtainedVia
from .models.sources import SourceKind

MOST = 400  # quotes of one speaker that are looked at, the latest
LEAST = 5  # words, below which likeness says nothing
SHARED = 0.5  # of the words, below which two quotes are not compared


@dataclass(frozen=True)
class Kin:
    """Another quote of the same words. `runs` is the word difference where the wording is another."""

    quote: Quote
    is_same: bool
    is_linked: bool
    has_lost_credit: bool
    runs: tuple[matching.Run, ...] = ()


def key_of(quote: Quote) -> str:
    """The words alone, in lower case."""
    return " ".join(matching.WORD.findall(anchoring.fold(quote.words).text.casefold()))


def kin_of(quote: Quote, user: Any) -> list[Kin]:
    """Quotes of the same utterance in other stories that `user` may read, and elsewhere in this one."""
    if quote.speaker_id is None and quote.utterance_id is None:
        return []
    words = key_of(quote).split()
    found = []
    for other in _others(quote, user):
        theirs = key_of(other).split()
        is_linked = quote.utterance_id is not None and quote.utterance_id == other.utterance_id
        if not is_linked and not _is_like(words, theirs):
            continue
        is_same = words == theirs
        held = None if is_same else matching.match([quote.text, *_segments(quote)], other.words)
        if held is not None and held.kind == matching.NOT_FOUND and not is_linked:
            continue
        runs = held.runs if held is not None and held.kind == matching.ALTERED else ()
        found.append(Kin(other, is_same or not runs, is_linked, _has_lost_credit(quote, other), runs))
    return sorted(found, key=lambda kin: (not kin.is_linked, kin.is_same, kin.quote.pk))


def _others(quote: Quote, user: Any) -> list[Quote]:
    seen = Article.objects.visible_to(user).values("pk")
    rows = Quote.objects.filter(article__in=seen).exclude(pk=quote.pk)
    rows = rows.filter(speaker=quote.speaker_id) if quote.speaker_id else rows.filter(utterance=quote.utterance_id)
    return list(rows.select_related("article", "attribution__source").order_by("-pk")[:MOST])


def _segments(quote: Quote) -> list[str]:
    return [segment["text"] for segment in quote.segments]


def _is_like(words: list[str], theirs: list[str]) -> bool:
    if min(len(words), len(theirs)) < LEAST:
        return False
    mine, their = set(words), set(theirs)
    return len(mine & their) >= SHARED * min(len(mine), len(their))


def _is_credited(quote: Quote) -> bool:
    """Whether it says that others obtained the words."""
    attribution = quote.attribution
    is_outlet = attribution is not None and attribution.source.kind == SourceKind.OUTLET
    return is_outlet or quote.obtained_via in (ObtainedVia.OUTLET, ObtainedVia.WIRE)


def _has_lost_credit(quote: Quote, other: Quote) -> bool:
    """Whether the earlier of the two credits another outlet and the later one does not."""
    earlier, later = sorted((quote, other), key=lambda each: each.pk)
    return _is_credited(earlier) and not _is_credited(later)


def link(quote: Quote, other: Quote) -> Utterance:
    """Both were said once. What either was linked to already comes along."""
    known = [each for each in (quote.utterance_id, other.utterance_id) if each]
    utterance = Utterance.objects.get(pk=min(known)) if known else Utterance.objects.create()
    Quote.objects.filter(pk__in=[quote.pk, other.pk]).update(utterance=utterance)
    Quote.objects.filter(utterance__in=set(known) - {utterance.pk}).update(utterance=utterance)
    Utterance.objects.filter(pk__in=set(known) - {utterance.pk}).delete()
    quote.utterance = other.utterance = utterance
    return utterance


def unlink(quote: Quote) -> None:
    """It was said another time."""
    quote.utterance = None
    quote.save(update_fields=["utterance"])


def link_same(article: Article) -> int:
    """Link the quotes of a story to those of the same speaker with the very same words. Returns how many."""
    loose = list(article.quotes.filter(speaker__isnull=False, utterance=None))
    loose = [quote for quote in loose if len(key_of(quote).split()) >= LEAST]
    if not loose:
        return 0
    speakers = {quote.speaker_id for quote in loose}
    known: dict[tuple[int, str], Quote] = {}
    for other in Quote.objects.filter(speaker__in=speakers).order_by("-pk")[:MOST]:
        known.setdefault((other.speaker_id, key_of(other)), other)
        if other.article_id != article.pk:
            known[other.speaker_id, key_of(other)] = other
    linked = 0
    for quote in loose:
        other = known.get((quote.speaker_id, key_of(quote)))
        if other is not None and other.pk != quote.pk:
            link(quote, other)
            linked += 1
    return linked
