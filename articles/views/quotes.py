"""A quote at its permanent address: the words, their record, the exchange they stand in, the way to their story."""

from collections.abc import Iterable

from django.views.generic import DetailView

from articles import structured_data
from articles.models.quotes import QuoteKind
from articles.models.stories import StoryQuote

from .site import ReaderPage

COLUMNS = ("text", "kind", "speaker_name", "said_on", "answers", "record", "position", "story_id")
STORY = ("headline", "slug", "language", "genre", "published_at", "actors", "is_withdrawn")


class QuotePage(ReaderPage, DetailView):
    """One quote in print; one that no edition before readers holds is not found."""

    template_name = "quotes/quote.html"
    context_object_name = "quote"
    pk_url_kwarg = "quote"
    queryset = (
        StoryQuote.objects.filter(story__is_withdrawn=False)
        .select_related("story", "speaker")
        .only(
            *(field.name for field in StoryQuote._meta.concrete_fields),
            *(f"story__{name}" for name in STORY),
            *("speaker__slug", "speaker__name"),
        )
    )

    def get_context_data(self, **kwargs):
        """`exchange`: the quotes from the one that began it, each before its answers; `card`; `speaker_url` or ""."""
        quote = self.object
        told = StoryQuote.objects.filter(story=quote.story_id).only(*COLUMNS)
        known = {actor["slug"] for actor in quote.story.actors}
        url = quote.speaker.get_absolute_url() if quote.speaker and quote.speaker.slug in known else ""
        return super().get_context_data(
            exchange=exchange_of(quote, told),
            card=quote.as_card(),
            speaker_url=url,
            structured=None if quote.kind == QuoteKind.INDIRECT else structured_data.of_quote(quote, url),
            **kwargs,
        )


def exchange_of(quote: StoryQuote, told: Iterable[StoryQuote]) -> list[StoryQuote]:
    """All that hangs together with `quote` by answering, of the quotes `told` in its story: each before its answers.

    Never more than these, whatever they say of each other: of a ring each is there once.
    """
    rows = {each.pk: each for each in told} | {quote.pk: quote}
    first, seen = quote, {quote.pk}
    while first.answers in rows and first.answers not in seen:
        first = rows[first.answers]
        seen.add(first.pk)
    found: dict[int, StoryQuote] = {}
    waiting = [first]
    while waiting:
        each = waiting.pop()
        if each.pk in found:
            continue
        found[each.pk] = each
        answers = [row for row in rows.values() if row.answers == each.pk]
        waiting += sorted(answers, key=lambda row: row.position, reverse=True)
    return list(found.values())
