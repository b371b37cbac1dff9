"""Every save is a revision, and a revision is the whole copy."""

import pytest

from articles.models import Article, Revision
from tests import factories


def test_saving_without_a_change_makes_no_second_revision(article, people):
    first = article.record_revision(by=people.writer)
    assert article.record_revision(by=people.writer) == first
    assert Revision.objects.count() == 1


def test_every_change_is_the_next_revision_and_counts_the_version(article, people):
    version = article.version
    for number, change in enumerate(
        (
            lambda article: Article.objects.filter(pk=article.pk).update(headline="Another"),
            lambda article: article.actors.add(factories.actor("Somebody Else")),
            lambda article: article.quotes.update(role="pilot"),
            lambda article: article.attributions.update(wording="the harbour's master"),
            lambda article: article.bylines.update(role="reporting"),
        ),
        start=2,
    ):
        change(article)
        article = Article.objects.get(pk=article.pk)
        revision = article.record_revision(by=people.editor)
        assert (revision.number, revision.base.number) == (number, number - 1)
    assert Article.objects.get().version == version + 5


def test_a_revision_tells_whether_the_words_changed(article, people):
    article.topics.add(factories.topic("Weather"))
    assert not article.record_revision(by=people.editor).is_text_change
    article.standfirst = "Other words."
    article.save()
    assert article.record_revision(by=people.editor).is_text_change


@pytest.mark.parametrize("name", ["headline", "standfirst", "kicker", "dateline", "body"])
def test_who_writes_any_of_the_printed_words_has_written_in_the_story(name, article, people):
    assert not article.is_work_of(people.editor)
    Article.objects.filter(pk=article.pk).update(**{name: "Other words"})
    Article.objects.get(pk=article.pk).record_revision(by=people.editor)
    assert article.is_work_of(people.editor)


def test_a_picture_in_the_body_joins_the_articles_pictures(article, people):
    image = factories.image()
    article.body += f'<figure data-image="{image.pk}"></figure><figure data-image="999999"></figure>'
    article.save()
    revision = article.record_revision(by=people.writer)
    assert [each["id"] for each in revision.document["images"]] == [image.pk]


def test_the_document_is_the_whole_copy(article):
    document = article.revisions.get().document
    assert document["headline"] == article.headline
    assert [byline["name"] for byline in document["bylines"]] == ["Wren"]
    assert document["quotes"][0]["speaker"]["name"] == "Ilse Maran"
    assert document["attributions"][0]["source"]["label"] == "Port authority statement"
    assert {"schema", "body", "slug", "desk", "actors", "topics", "images", "lead_image"} <= set(document)


@pytest.mark.parametrize("extra", [1, 6])
def test_reading_the_whole_copy_costs_the_same_however_much_there_is(article, extra, django_assert_num_queries):
    for number in range(extra):
        article.actors.add(factories.actor(f"Person {number}"))
        source = factories.attribution(article, label=f"Source {number}")
        factories.quote(article, speaker=factories.actor(), attribution=source)
    article = Article.objects.select_related("desk", "lead_image").get()
    with django_assert_num_queries(13):
        article.preflight()
