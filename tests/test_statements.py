"""Statements that are put together once, asked again and again."""

from datetime import timedelta

import pytest
from django.db.models import DateTimeField, IntegerField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles import surrogates
from articles.models import Actor, Hold, Story, StoryQuote, StoryTeaser
from articles.models.reviews import HoldKind
from articles.statements import Given, Statement, row_of, there
from tests import factories

pytestmark = pytest.mark.django_db

COLUMNS = ("pk", "headline", "published_at", "names")


def columns():
    return StoryTeaser.objects.values_list(*COLUMNS)


def as_django_has_them(rows):
    return [list(row[:3]) for row in rows]


def test_rows_are_as_django_has_them_but_json_is_its_text(in_print):
    in_print(3)
    rows = Statement(columns).rows()
    assert as_django_has_them(rows) == as_django_has_them(columns()) != []
    assert all(isinstance(row[3], str) and row[3].startswith("{") for row in rows)


def test_what_is_given_is_prepared_for_the_database(in_print):
    stories = in_print(4)
    moment = stories[1].published_at + timedelta(microseconds=1)
    given = Given("moment", DateTimeField())
    statement = Statement(lambda: columns().filter(published_at__lt=given, headline=Given("headline")))
    for story in stories:
        rows = statement.rows(moment=moment, headline=story.headline)
        expected = columns().filter(published_at__lt=moment, headline=story.headline)
        assert as_django_has_them(rows) == as_django_has_them(expected)
    assert as_django_has_them(statement.rows(moment=moment, headline=stories[1].headline))


def test_any_number_is_given_after_in(in_print, django_assert_num_queries):
    stories = in_print(4)
    keys = [story.pk for story in stories]
    statement = Statement(lambda: columns().filter(pk__in=Given("keys", IntegerField(), several=True)))
    with django_assert_num_queries(3):
        for wanted in (keys[:1], keys[1:], keys):
            assert {row[0] for row in statement.rows(keys=wanted)} == set(wanted)
    with django_assert_num_queries(0):
        assert statement.rows(keys=[]) == []


def test_words_that_look_like_sql_are_words(in_print):
    in_print(2)
    statement = Statement(lambda: columns().filter(headline=Given("headline")))
    for words in ("' OR 1=1 --", "%s", "<headline>", "100%", '"; DROP TABLE articles_story; --'):
        assert statement.rows(headline=words) == []


def test_no_more_rows_than_asked_for(in_print):
    in_print(3)
    statement = Statement(columns)
    assert [len(statement.rows(most)) for most in (1, 2, 9)] == [1, 2, 3]


def test_a_statement_of_our_own_takes_what_is_given(in_print):
    one, _other = in_print(2)
    keys = RawSQL("SELECT story_id FROM articles_storyteaser WHERE slug = %s", [Given("slug")])
    statement = Statement(lambda: columns().filter(pk__in=keys))
    assert [row[0] for row in statement.rows(slug=one.slug)] == [one.pk]


def test_it_is_put_together_once(in_print):
    in_print(2)
    built = []
    statement = Statement(lambda: built.append(1) or columns().filter(headline=Given("headline")))
    for words in ("one", "other"):
        statement.rows(headline=words)
    assert built == [1]


def test_a_row_is_made_of_what_was_read_with_those_it_refers_to(in_print, django_assert_num_queries):
    in_print(1)
    names = ("id", "text", "record", "speaker_id", "story_id", "story__id", "story__headline", "story__translations")
    (row,) = Statement(lambda: StoryQuote.objects.values_list(*names)).rows(1)
    told = StoryQuote.objects.select_related("story").get()
    with surrogates.noting() as noted, django_assert_num_queries(0):
        made = row_of(StoryQuote, names, row)
        assert (made, made.text, made.record) == (told, told.text, told.record)
        assert (made.story, made.story.headline, made.story.translations) == (told.story, told.story.headline, [])
    assert noted == {f"story-{told.story_id}"}
    with django_assert_num_queries(1):
        assert made.role == told.role


def test_a_row_that_is_not_there_is_none(people, desk, django_assert_num_queries):
    actor = factories.actor()
    names = ("id", "name", "image_id", "image__id", "image__alt")
    (row,) = Statement(lambda: Actor.objects.values_list(*names)).rows(1)
    with django_assert_num_queries(0):
        made = row_of(Actor, names, row)
        assert (made, made.image) == (actor, None)


def test_instances_are_those_of_the_query_with_what_they_refer_to(in_print, django_assert_num_queries):
    in_print(2)
    StoryQuote.objects.filter(pk=StoryQuote.objects.first().pk).update(speaker=None)
    query = StoryQuote.objects.select_related("story", "speaker__image").order_by("pk")
    statement = Statement(lambda: query.filter(pk__in=Given("keys", IntegerField(), several=True)))
    keys = list(query.values_list("pk", flat=True))
    with surrogates.noting() as noted, django_assert_num_queries(1):
        made = statement.instances(keys=keys)
        told = [(each.speaker, each.speaker and each.speaker.image, each.story.translations) for each in made]
    assert [vars(each) | {"_state": None} for each in made] == [vars(each) | {"_state": None} for each in query]
    assert told == [(each.speaker, each.speaker and each.speaker.image, []) for each in query]
    assert {f"story-{each.story_id}" for each in made} <= noted
    assert statement.instances(1, keys=keys) == made[:1]
    assert statement.instances(keys=[]) == []


def test_what_an_article_has_is_asked_by_one_statement_and_knows_its_article(
    article, people, django_assert_num_queries
):
    Hold.objects.create(article=article, kind=HoldKind.LEGAL, reason="Counsel reads it.", placed_by=people.writer)
    lifted = {"lifted_by": people.writer, "lifted_at": timezone.now()}
    Hold.objects.create(article=article, kind=HoldKind.STANDARDS, reason="Done.", placed_by=people.writer, **lifted)
    for number in range(2):
        article.headline = f"Save {number}"
        article.save()
        article.record_revision(by=people.writer)
    with django_assert_num_queries(1):
        (hold,) = article.asked("holds", "placed_by", lifted_at=None)
        assert (hold.article, hold.placed_by) == (article, people.writer)
    assert article.asked("holds") == list(article.holds.all())
    assert article.last("revisions") == article.revisions.get(number=3)
    assert article.last("editions") is None


def test_keys_that_are_there_are_told_by_one_statement_of_nine_hundred(story, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert there(Story, range(story.pk, story.pk + 2_000)) == {story.pk}
    with django_assert_num_queries(1):
        assert there(Story, [story.slug, "none"], "slug") == {story.slug}
    with django_assert_num_queries(0):
        assert there(Story, ()) == set()
