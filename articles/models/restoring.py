"""An earlier revision brought back as a new one: the rows that it was made of, as far as they can come back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from .. import channels, markup, signals
from ..workflow import MoveNotAllowed, Status
from .bylines import Byline, Contributor
from .events import Event
from .images import Image
from .quotes import Quote
from .revisions import ATTRIBUTION_FIELDS, COPY_FIELDS, QUOTE_FIELDS, Revision
from .sources import Attribution, Source
from .tagged import ArticleActor, ArticleImage, ArticleTopic
from .tags import Actor, Topic


@dataclass(frozen=True)
class Restoration:
    """What came of it: the revision that stands now, and a sentence for each thing that could not come back."""

    revision: Revision
    is_new: bool
    missing: tuple[str, ...] = ()


class Restoring(models.Model):
    """The verb `restore`. Mixed into `articles.Article`."""

    class Meta:
        abstract = True

    def reasons_against_restoring(self) -> list[str]:
        """Why no earlier revision can come back now; empty when one can. Says nothing of permission."""
        if self.is_editable():
            return []
        state = Status(self.status).label
        return [_("Not possible while the story is “%(state)s”: begin a new draft first.") % {"state": state}]

    @transaction.atomic
    def restore(self, revision: Revision, *, by, at: datetime | None = None) -> Restoration:
        """Put the copy back as it stood in `revision`, one of this article's, and keep that as the next revision.

        Nothing is lost: what stood before is a revision too. The desk it belongs to stays as it is. Raises
        `PermissionDenied`, or `MoveNotAllowed` while the copy is not a draft.
        """
        current = self.locked()
        if not current.allows("edit_draft", by):
            raise PermissionDenied("edit_draft is not for this person")
        if reasons := current.reasons_against_restoring():
            raise MoveNotAllowed(reasons)
        revision = current.revisions.get(pk=revision.pk)
        before = current.latest_revision()
        missing = write_copy(current, revision.document)
        note = _("Restored revision %(number)d") % {"number": revision.number}
        latest = current.record_revision(by=by, note=note, at=at)
        self.refresh_from_db()
        is_new = latest.pk != before.pk
        if is_new:
            self._announce_restoration(revision, latest, by=by, at=at)
        return Restoration(latest, is_new, tuple(missing))

    def _announce_restoration(self, restored: Revision, latest: Revision, *, by, at: datetime | None) -> None:
        event = Event.objects.create(
            article_id=self.pk,
            at=at or timezone.now(),
            verb="restore",
            by=by,
            before=self.status,
            after=self.status,
            note=latest.note,
            details={"revision": [restored.number, latest.number]},
            channel=channels.current(),
            revision=latest,
        )
        transaction.on_commit(lambda: signals.article_moved.send(type(self), event=event))


def write_copy(article: Any, document: dict[str, Any]) -> list[str]:
    """Make the rows of `article` those of `document`. Returns a sentence for each thing that is gone for good."""
    missing: list[str] = []
    _write_fields(article, document, missing)
    _write_bylines(article, document["bylines"], missing)
    _write_images(article, document, missing)
    gone = _("“%(name)s” is no longer in the vocabulary: the tag did not come back.")
    _write_tags(ArticleActor, article, _known(Actor, document["actors"], "id", gone, missing))
    _write_tags(ArticleTopic, article, _known(Topic, document["topics"], "id", gone, missing))
    attributions = _write_attributions(article, document["attributions"], missing)
    _write_quotes(article, document["quotes"], attributions, missing)
    return missing


def _known(model: Any, records: Iterable[dict], key: str, sentence: str, missing: list[str]) -> list[dict]:
    """The records whose row still exists; the others are told."""
    records = list(records)
    alive = set(model.objects.filter(pk__in=[record[key] for record in records]).values_list("pk", flat=True))
    missing += [sentence % record for record in records if record[key] not in alive]
    return [record for record in records if record[key] in alive]


def _write_fields(article: Any, document: dict[str, Any], missing: list[str]) -> None:
    fields = [*COPY_FIELDS, "slugline"]
    for name in fields:
        setattr(article, name, document[name])
    lead = document["lead_image"]
    sentence = _("The lead picture “%(alt)s” was deleted: choose another.")
    found = _known(Image, [lead] if lead else [], "id", sentence, missing)
    article.lead_image_id = found[0]["id"] if found else None
    original = document.get("translation_of")
    gone = _("The story “%(name)s” was deleted: this one is a translation of nothing now.")
    found = _known(type(article), [original] if original else [], "id", gone, missing)
    article.translation_of_id = found[0]["id"] if found else None
    article.save(update_fields=[*fields, "lead_image", "translation_of"])


def _write_bylines(article: Any, records: Iterable[dict], missing: list[str]) -> None:
    gone = _("%(name)s is no longer among the contributors: the byline did not come back.")
    found = _known(Contributor, records, "contributor", gone, missing)
    wanted = [(record["contributor"], record["role"]) for record in found]
    rows = {(row.contributor_id, row.role): row for row in article.bylines.all()}
    _write_in_order(rows, wanted, lambda key: Byline(article=article, contributor_id=key[0], role=key[1]))


def _write_images(article: Any, document: dict[str, Any], missing: list[str]) -> None:
    gone = _("The picture “%(alt)s” was deleted: it did not come back.")
    wanted = [record["id"] for record in _known(Image, document["images"], "id", gone, missing)]
    shown = set(markup.figures(document["body"])) - {record["id"] for record in document["images"]}
    if Image.objects.filter(pk__in=shown).count() < len(shown):
        missing.append(_("A picture in the text was deleted: take its place out of the text."))
    rows = {row.image_id: row for row in article.image_items.all()}
    _write_in_order(rows, wanted, lambda key: ArticleImage(article=article, image_id=key))


def _write_in_order(rows: dict[Any, Any], wanted: Sequence[Any], make: Callable[[Any], Any]) -> None:
    """Keep, make and take out rows until they are those wanted, in that order."""
    for key in rows.keys() - set(wanted):
        rows[key].delete()
    for position, key in enumerate(dict.fromkeys(wanted)):
        row = rows.get(key) or make(key)
        if row.pk is None or row.position != position:
            row.position = position
            row.save()


def _write_tags(model: Any, article: Any, records: Iterable[dict]) -> None:
    """Rows of tags have no order but that in which they were made."""
    wanted = list(dict.fromkeys(record["id"] for record in records))
    rows = model.objects.filter(content_object=article)
    if list(rows.values_list("tag_id", flat=True)) != wanted:
        rows.delete()
        model.objects.bulk_create(model(content_object=article, tag_id=key) for key in wanted)


def _write_attributions(article: Any, records: Iterable[dict], missing: list[str]) -> dict[int, int]:
    """Returns document's id → id of the row, which is another one where it had to be made anew."""
    sources = [{**record["source"], "record": record} for record in records]
    gone = _("The source “%(label)s” was deleted: what rested on it has no source now.")
    rows = {row.pk: row for row in article.attributions.all()}
    kept: dict[int, int] = {}
    for position, source in enumerate(_known(Source, sources, "id", gone, missing)):
        record = source["record"]
        row = rows.pop(record["id"], None) or Attribution(article=article)
        row.source_id, row.position = source["id"], position
        for name in ATTRIBUTION_FIELDS:
            setattr(row, name, record.get(name, _unset(Attribution, name)))
        row.save()
        kept[record["id"]] = row.pk
    for row in rows.values():
        row.delete()
    return kept


def _write_quotes(article: Any, records: Sequence[dict], attributions: dict[int, int], missing: list[str]) -> None:
    gone = _("%(name)s is no longer in the vocabulary: the speaker of a quote is kept as a mention.")
    speakers = {record["speaker"]["id"]: record["speaker"] for record in records if record["speaker"]}
    known = {record["id"] for record in _known(Actor, speakers.values(), "id", gone, missing)}
    checkers = {record["verified_by"] for record in records} - {None}
    staff = set(get_user_model().objects.filter(pk__in=checkers).values_list("pk", flat=True))
    evidence = set(article.evidence.values_list("pk", flat=True))
    rows = {row.pk: row for row in article.quotes.all()}
    kept: dict[int, Quote] = {}
    for position, record in enumerate(records):
        row = rows.pop(record["id"], None) or Quote(article=article)
        for name in QUOTE_FIELDS:
            setattr(row, name, record.get(name, _unset(Quote, name)))
        speaker = record["speaker"]
        row.speaker_id = speaker["id"] if speaker and speaker["id"] in known else None
        if speaker and not row.speaker_id:
            row.speaker_mention = row.speaker_mention or speaker["name"]
        row.position = position
        row.attribution_id = attributions.get(record["attribution"])
        row.said_on, row.verified_at = _date(record["said_on"]), _moment(record["verified_at"])
        row.verified_by_id = record["verified_by"] if record["verified_by"] in staff else None
        row.evidence_id = record.get("evidence") if record.get("evidence") in evidence else None
        row.responds_to = None
        row.save()
        kept[record["id"]] = row
    for row in rows.values():
        row.delete()
    _tie_answers(records, kept)


def _tie_answers(records: Iterable[dict], kept: dict[int, Quote]) -> None:
    """Once every quote has a row, each points to the one it answers."""
    for record in records:
        if record["responds_to"] in kept:
            row = kept[record["id"]]
            row.responds_to = kept[record["responds_to"]]
            row.save(update_fields=["responds_to"])


def _unset(model: Any, name: str) -> Any:
    """What a field is where a revision was saved before it was kept."""
    return model._meta.get_field(name).get_default()


def _date(value: str | None) -> date | None:
    return parse_date(value) if value else None


def _moment(value: str | None) -> datetime | None:
    return parse_datetime(value) if value else None
