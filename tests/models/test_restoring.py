"""An earlier revision comes back whole, as a new one; what cannot come back is said."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import markup
from articles.models import (
    Article,
    ArticleImage,
    Attribution,
    Byline,
    Contributor,
    Event,
    Image,
    Quote,
    Revision,
    Source,
    Topic,
)
from articles.models.sealing import sealed
from articles.workflow import MoveNotAllowed
from tests import factories


@pytest.fixture
def full(article, people):
    """The article with everything that belongs to copy, saved; and its revision."""
    image, other = factories.image(), factories.image(alt="A crane")
    ArticleImage.objects.create(article=article, image=other, position=1)
    ArticleImage.objects.create(article=article, image=image, position=0)
    article.lead_image = image
    article.kicker, article.slugline = "Shipping", "SELM-HARBOUR"
    article.save()
    article.actors.add(factories.actor("Port authority", "organisation"))
    colleague = Contributor.objects.create(name="Ben Okar", slug="ben-okar")
    Byline.objects.create(article=article, contributor=colleague, role="photographs", position=1)
    quote = article.quotes.get()
    quote.said_on, quote.is_undated = dt.date(2031, 5, 5), False
    quote.verification, quote.verified_by, quote.verified_at = "verified", people.editor, timezone.now()
    quote.save()
    answer = factories.quote(article, "Ships waited off the breakwater", position=1, kind="indirect")
    answer.responds_to = quote
    answer.save()
    return article, article.record_revision(by=people.writer)


def spoil(article, people):
    """Change or take away all of it, and save."""
    article.quotes.first().delete()
    article.attributions.all().delete()
    article.quotes.update(text="Other words", responds_to=None)
    factories.attribution(article, "Somebody else entirely")
    article.image_items.all().delete()
    article.bylines.all().delete()
    article.actors.clear()
    article.topics.set([factories.topic("Weather")])
    Article.objects.filter(pk=article.pk).update(
        headline="Spoilt",
        body="<p>Spoilt.</p>",
        slug="spoilt",
        lead_image=None,
        kicker="",
        slugline="",
        genre="opinion",
    )
    return Article.objects.get(pk=article.pk).record_revision(by=people.writer)


def without_ids(document):
    """A document without the ids of rows that are made anew."""
    turns = {record["id"]: turn for turn, record in enumerate(document["attributions"])}
    answers = {record["id"]: turn for turn, record in enumerate(document["quotes"])}
    return document | {
        "attributions": [record | {"id": None} for record in document["attributions"]],
        "quotes": [
            record
            | {
                "id": None,
                "attribution": turns.get(record["attribution"]),
                "responds_to": answers.get(record["responds_to"]),
            }
            for record in document["quotes"]
        ],
    }


def test_everything_comes_back_as_it_stood(full, people):
    article, revision = full
    spoilt = spoil(article, people)
    article = Article.objects.get(pk=article.pk)
    restored = article.restore(revision, by=people.writer)
    assert (restored.is_new, restored.missing, restored.revision.number) == (True, (), spoilt.number + 1)
    assert without_ids(restored.revision.document) == without_ids(revision.document)
    assert restored.revision.note == f"Restored revision {revision.number}"
    assert article.headline == revision.document["headline"]
    assert Revision.objects.get(pk=spoilt.pk).document["headline"] == "Spoilt"


def test_rows_that_are_still_there_keep_their_ids(full, people):
    article, revision = full
    kept = list(Quote.objects.values_list("pk", flat=True))
    article.quotes.update(role="pilot")
    article.attributions.update(wording="an official")
    Article.objects.get(pk=article.pk).record_revision(by=people.writer)
    restored = article.restore(revision, by=people.writer).revision
    assert restored.document == revision.document
    assert list(Quote.objects.values_list("pk", flat=True)) == kept


def test_restoring_writes_an_event_and_counts_the_version(full, people):
    article, revision = full
    version = spoil(article, people) and Article.objects.get(pk=article.pk).version
    restored = article.restore(revision, by=people.editor)
    event = Event.objects.get(verb="restore")
    assert (event.article_id, event.by, event.revision) == (article.pk, people.editor, restored.revision)
    assert event.details == {"revision": [revision.number, restored.revision.number]}
    assert article.version == version + 1


def test_nothing_happens_when_it_stands_like_that_already(full, people):
    article, revision = full
    restored = article.restore(revision, by=people.writer)
    assert (restored.is_new, restored.revision) == (False, revision)
    assert not Event.objects.filter(verb="restore").exists()


def test_what_was_deleted_since_is_said_and_the_rest_comes_back(full, people):
    article, revision = full
    spoil(article, people)
    Quote.objects.all().delete()
    Attribution.objects.all().delete()
    Source.objects.all().delete()
    factories.actor().delete()
    Topic.objects.get(name="Shipping").delete()
    Contributor.objects.get(slug="ben-okar").delete()
    Image.objects.get(alt="A crane").delete()
    restored = Article.objects.get(pk=article.pk).restore(revision, by=people.writer)
    said = " ".join(restored.missing)
    for words in ("“Ilse Maran”", "“Shipping”", "Ben Okar", "“A crane”", "“Port authority statement”", "as a mention"):
        assert words in said
    document = restored.revision.document
    assert [quote["text"] for quote in document["quotes"]] == [quote["text"] for quote in revision.document["quotes"]]
    assert [quote["attribution"] for quote in document["quotes"]] == [None, None]
    assert document["quotes"][0]["speaker_mention"] == "Ilse Maran"
    assert document["headline"] == revision.document["headline"]


def test_a_deleted_picture_of_the_text_is_said(article, people):
    image = factories.image()
    key, before = image.pk, article.body
    article.body += f'<figure data-image="{image.pk}"></figure>'
    article.save()
    revision = article.record_revision(by=people.writer)
    article.image_items.all().delete()
    Article.objects.filter(pk=article.pk).update(body=before)
    Article.objects.get(pk=article.pk).record_revision(by=people.writer)
    image.delete()
    restored = article.restore(revision, by=people.writer)
    assert restored.missing == ("The picture “A closed harbour gate” was deleted: it did not come back.",)
    assert markup.figures(article.body) == [key]


def test_a_confidential_source_comes_back_by_its_row(article, people):
    Source.objects.update(is_confidential=True, actor=None)
    revision = article.record_revision(by=people.writer)
    source = Source.objects.get()
    article.attributions.all().delete()
    Article.objects.get(pk=article.pk).record_revision(by=people.writer)
    document = article.restore(revision, by=people.writer).revision.document
    assert document["attributions"][0]["source"]["label"] == ""
    assert Attribution.objects.get().source == source


def test_restoring_is_refused_to_who_may_not_edit_and_where_readers_have_it(article, people):
    first = article.revisions.get()
    with pytest.raises(PermissionDenied):
        article.restore(first, by=people.outsider)
    with pytest.raises(PermissionDenied):
        article.restore(first, by=people.reviewer)
    factories.publish(article, people)
    with pytest.raises(MoveNotAllowed) as refusal:
        article.restore(first, by=people.publisher)
    assert "begin a new draft first" in str(refusal.value)
    article.revise(by=people.publisher)
    assert not article.restore(first, by=people.publisher).is_new


def test_a_revision_of_another_story_is_not_found(article, people, desk):
    other = factories.article(people.writer, desk)
    with pytest.raises(Revision.DoesNotExist):
        article.restore(other.revisions.get(), by=people.writer)


def test_an_approval_lapses_when_other_copy_comes_back(full, people):
    article, revision = full
    spoil(article, people)
    Article.objects.filter(pk=article.pk).update(body=factories.BODY, headline="Another headline")
    article = Article.objects.get(pk=article.pk)
    latest = article.record_revision(by=people.writer)
    Article.objects.filter(pk=article.pk).update(status="approved", approved_revision=latest)
    article.refresh_from_db()
    article.restore(revision, by=people.publisher)
    assert (article.status, article.approved_revision) == ("in_review", None)


def test_nothing_is_half_restored_when_something_fails(full, people, monkeypatch):
    article, revision = full
    spoil(article, people)

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("articles.models.restoring._tie_answers", fail)
    with pytest.raises(RuntimeError):
        Article.objects.get(pk=article.pk).restore(revision, by=people.writer)
    assert Article.objects.get(pk=article.pk).headline == "Spoilt"
    assert Attribution.objects.get().source.label == "Somebody else entirely"


def test_a_source_made_confidential_since_is_not_named_by_old_documents(article, people, django_assert_num_queries):
    document = article.revisions.get().document
    assert sealed([document]) == [document]
    Source.objects.update(is_confidential=True, actor=None)
    with django_assert_num_queries(1):
        [closed, same] = sealed([document, document | {"attributions": []}])
    assert closed["attributions"][0]["source"] == document["attributions"][0]["source"] | {
        "is_confidential": True,
        "label": "",
        "actor": None,
    }
    assert same["attributions"] == []
