"""Stories of an archive into the newsroom: working copy, revision, editions and everything beside them, in bulk.

They were published already: nothing is checked or approved again, and the log says who brought them in.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from ... import anchoring, channels, desk_search, markup, permissions, press, slips
from ...anchoring import Anchor
from ...models import (
    ArchivedStory,
    Article,
    ArticleActor,
    ArticleImage,
    ArticleTopic,
    Attribution,
    Byline,
    Edition,
    Event,
    Quote,
    Revision,
)
from ...models.editions import EditionKind
from ...models.revisions import document_of
from ...workflow import Status
from .names import Names, free_story_slugs
from .records import Record, Said

BATCH = 200  # stories in one transaction
REFERRED = (Attribution, Quote)  # what rows and documents refer to by key
COPIED = ("headline", "standfirst", "kicker", "language", "dateline", "genre")


@dataclass(frozen=True)
class Taken:
    """What became of one batch: the new articles, how many were known, how many quotes did not stand in their story."""

    articles: list[Article]
    known: int
    lost_quotes: int

    @property
    def keys(self) -> set[int]:
        """Of the articles."""
        return {article.pk for article in self.articles}


class Archivist:
    """Takes stories in on the account of `by`, who may publish; else `PermissionDenied`."""

    def __init__(self, by: Any) -> None:
        if not permissions.scopes(permissions.roles_of(by), "publish"):
            raise PermissionDenied("an archive is brought in by who may publish")
        self.by = by
        self.names = Names(by)

    @transaction.atomic
    def take_in(self, records: Iterable[Record]) -> Taken:
        """Make published stories of those that are not known yet, and print them: all or none.

        What many stories share (dossiers, sections) waits for `settle`.
        """
        taken, latest = self._fill(records)
        press.print_in_bulk(latest)
        return taken

    def take_in_all(self, batches: Iterable[Iterable[Record]], *, workers: int = 1) -> Iterator[Taken]:
        """The same of one batch after another, printed by that many processes; each is told of when it is in print.

        Where it is stopped some stories wait to be printed: the next run begins with those.
        """
        waiting: deque[Taken] = deque()

        def filled() -> Iterator[list[int]]:
            yield from press.left_unprinted()
            for records in batches:
                taken, latest = self._filled(records)
                waiting.append(taken)
                yield [edition.article_id for edition in latest]

        for keys, _number in press.printed_in_bulk(filled(), workers):
            while waiting and waiting[0].keys <= set(keys):
                yield waiting.popleft()

    @transaction.atomic
    def _filled(self, records: Iterable[Record]) -> tuple[Taken, list[Edition]]:
        return self._fill(records)

    def _fill(self, records: Iterable[Record]) -> tuple[Taken, list[Edition]]:
        batch = {record.key: record for record in records}
        known = set(ArchivedStory.objects.filter(key__in=list(batch)).order_by().values_list("key", flat=True))
        new = [record for key, record in batch.items() if key not in known]
        if not new:
            return Taken([], len(known), 0), []
        self.names.learn(new)
        filled = _Filled(self.by, self.names, new)
        return Taken(filled.articles, len(known), filled.lost_quotes), filled.latest

    def settle(self) -> None:
        """To be called when all are in; after a run that was stopped, the next one does it for both."""
        press.settle()


@dataclass(frozen=True)
class _Place:
    """Words of one story, found in its body: where they begin, and their anchor."""

    article: Article
    said: Said
    start: int
    anchor: Anchor


class _Filled:
    """The desk's rows of one batch, in the database when it is made; `latest` are the editions to print."""

    def __init__(self, by: Any, names: Names, batch: list[Record]) -> None:
        self.by, self.names, self.batch = by, names, batch
        self.lost_quotes = 0
        self.texts: list[str] = []
        self.places: list[_Place] = []
        self.articles = self._articles()
        self._link()
        self._quote()
        self.latest = self._publish()

    def _articles(self) -> list[Article]:
        slugs = free_story_slugs(
            [
                (
                    record.slug or slugify(record.headline, allow_unicode=True) or "story",
                    f"{record.published_at:%Y%m%d}",
                )
                for record in self.batch
            ]
        )
        rows = [self._article(record, slug) for record, slug in zip(self.batch, slugs, strict=True)]
        return Article.objects.bulk_create(rows)

    def _article(self, record: Record, slug: str) -> Article:
        """The working copy; its text is read and its quotes are found while it is at hand."""
        article = Article(
            **{name: getattr(record, name) for name in COPIED},
            slug=slug,
            body=markup.sanitise(record.body),
            lead_image=self.names.images[record.picture.file] if record.picture else None,
            desk=self.names.desks.get(record.section),
            writer=self.by,
            status=Status.PUBLISHED,
            version=1,
            created_at=record.published_at,
            changed_at=record.published_at,
        )
        text = article.text()
        self.texts.append(text)
        found = []
        for said in record.quotes:
            place = anchoring.find(text, Anchor(said.text))
            if place is None:
                self.lost_quotes += 1
            else:
                found.append(_Place(article, said, place[0], anchoring.make(text, *place)))
        self.places += sorted(found, key=lambda each: each.start)
        return article

    def _link(self) -> None:
        """Tags, bylines, the picture; each article remembers its own, so that nothing is read again."""
        names, pairs = self.names, list(zip(self.articles, self.batch, strict=True))
        self._keep(
            "actor_items",
            ArticleActor,
            (
                (article, ArticleActor(content_object=article, tag=tag))
                for article, record in pairs
                for tag in _once(names.actors[each.name] for each in record.actors)
            ),
        )
        self._keep(
            "topic_items",
            ArticleTopic,
            (
                (article, ArticleTopic(content_object=article, tag=tag))
                for article, record in pairs
                for tag in _once(names.topics[each.name] for each in record.topics)
            ),
        )
        self._keep(
            "bylines",
            Byline,
            (
                (article, Byline(article=article, contributor=names.contributors[name], position=position))
                for article, record in pairs
                for position, name in enumerate(record.bylines)
            ),
        )
        images = ((article, names.images[record.picture.file]) for article, record in pairs if record.picture)
        self._keep(
            "image_items",
            ArticleImage,
            ((article, ArticleImage(article=article, image=row)) for article, row in images),
        )

    def _keep(self, name: str, model: Any, rows: Iterable[tuple[Article, Any]]) -> None:
        """Write rows, and leave them with their articles under the name of the relation."""
        rows = list(rows)
        if model in REFERRED:
            model.objects.bulk_create([row for _article, row in rows])
        else:
            slips.put(model, [row for _article, row in rows])
        for article in self.articles:
            article.__dict__.setdefault("_prefetched_objects_cache", {})[name] = []
        for article, row in rows:
            article._prefetched_objects_cache[name].append(row)

    def _quote(self) -> None:
        """Sources as used, and quotes tied to their words; what does not stand in the body is left out."""
        used: dict[tuple[int, int], Attribution] = {}
        for each in self.places:
            if source := self._source(each.said):
                row = Attribution(
                    article=each.article, source=source, wording=each.said.speaker.name, position=len(used)
                )
                used.setdefault((each.article.pk, source.pk), row)
        self._keep("attributions", Attribution, ((row.article, row) for row in used.values()))
        self._keep("quotes", Quote, [(each.article, self._row(each, used)) for each in self.places])

    def _source(self, said: Said) -> Any:
        return self.names.sources[self.names.actors[said.speaker.name].pk] if said.speaker else None

    def _row(self, place: _Place, used: dict[tuple[int, int], Attribution]) -> Quote:
        said, source = place.said, self._source(place.said)
        return Quote(
            article=place.article,
            position=place.start,
            kind=said.kind,
            text=place.anchor.exact,
            prefix=place.anchor.prefix,
            suffix=place.anchor.suffix,
            speaker=self.names.actors[said.speaker.name] if said.speaker else None,
            speaker_mention=said.mention,
            role=said.role,
            attribution=used[place.article.pk, source.pk] if source else None,
            obtained_via=said.how,
            said_on=said.said_on,
            is_undated=said.said_on is None,
        )

    def _publish(self) -> list[Edition]:
        """Revision, editions, log, and what the desk finds them by. Returns the latest edition of each."""
        revisions = Revision.objects.bulk_create(
            Revision(
                article=article,
                number=1,
                document=self._document(article),
                created_by=self.by,
                created_at=article.created_at,
            )
            for article in self.articles
        )
        editions = []
        for revision, record in zip(revisions, self.batch, strict=True):
            told = [(EditionKind.FIRST, record.published_at, {})]
            told += [(each.kind, each.at, _words(each)) for each in record.notes]
            editions += [
                Edition(article=revision.article, number=n, kind=kind, at=at, revision=revision, by=self.by, **words)
                for n, (kind, at, words) in enumerate(told, start=1)
            ]
        Edition.objects.bulk_create(editions)
        now = timezone.now()
        events = (
            Event(
                article_id=revision.article_id,
                label=record.headline,
                verb="import",
                by=self.by,
                at=now,
                after=Status.PUBLISHED,
                note=record.key,
                channel=channels.current(),
                revision=revision,
            )
            for revision, record in zip(revisions, self.batch, strict=True)
        )
        slips.put(Event, events)
        known = (
            ArchivedStory(article=each, key=told.key) for each, told in zip(self.articles, self.batch, strict=True)
        )
        slips.put(ArchivedStory, known)
        desk_search.keep_words_of(self.articles, self.texts)
        return list({edition.article_id: edition for edition in editions}.values())

    def _document(self, article: Article) -> dict[str, Any]:
        """What `document_of` says of it, of rows at hand: no query."""
        article._prefetched_objects_cache |= {"claims": [], "replies": []}
        speakers = {row.source.actor_id for row in article._prefetched_objects_cache["attributions"]}
        aliases = [(pk, name) for pk in sorted(speakers) for name in self.names.aliases.get(pk, ())]
        return document_of(article.remember({"aliases": aliases, "relations": [], "disputes": []}))


def _once(tags: Iterable[Any]) -> list[Any]:
    return list({tag.pk: tag for tag in tags}.values())


def _words(note: Any) -> dict[str, str]:
    return {name: getattr(note, name) for name in ("note", "wrong", "right")}
