"""Rows written without models: as models would write them, and only where they differ."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, transaction

from articles import slips
from articles.models import Story, StoryActor, StoryImage, StoryQuote, StoryTopic
from articles.models.quotes import QuoteKind

pytestmark = pytest.mark.django_db


def values_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def quote_slip(story, pk, **values):
    told = {
        "id": pk,
        "story_id": story.pk,
        "position": 1,
        "kind": QuoteKind.INDIRECT,
        "text": "Don't; %s — “ميناء”",
        "speaker_id": None,
        "speaker_name": "A",
        "role": "",
        "how": "",
        "said_on": None,
        "wording": "",
        "dated_on": date(2026, 3, 2),
        "verification": "unverified",
        "record": {"a": [None, "é", 1.5]},
        "answers": None,
        "published_at": datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=3))),
    }
    return slips.of(StoryQuote)(**(told | values))


def test_what_is_read_is_what_was_written(story):
    slip = quote_slip(story, 900)
    slips.put(StoryQuote, [slip])
    row = StoryQuote.objects.get(pk=900)
    assert values_of(row) == slip._asdict() | {"kind": "indirect"}
    assert row.published_at.tzinfo == UTC


def test_an_instance_is_written_as_it_would_save_itself(story):
    before = values_of(story)
    Story.objects.filter(pk=story.pk).update(headline="Other", setting="x")
    story.picture = {"url": "/media/x.jpg"}
    slips.put(Story, [story], unique=["id"])
    assert values_of(Story.objects.get()) == before | {"picture": story.picture}


def test_a_row_is_put_in_place_of_the_one_that_is_there(story):
    slips.put(StoryQuote, [quote_slip(story, 900), quote_slip(story, 901)])
    slips.put(StoryQuote, [quote_slip(story, 900, text="Other"), quote_slip(story, 902)], unique=["id"])
    told = StoryQuote.objects.filter(pk__in=[900, 901, 902]).values_list("pk", "text").order_by("pk")
    assert dict(told) == {900: "Other", 901: "Don't; %s — “ميناء”", 902: "Don't; %s — “ميناء”"}


def test_a_key_that_the_database_gives_stays(story):
    (row,) = StoryActor.objects.filter(story=story)[:1]
    slip = slips.filled(slips.of(StoryActor), row)
    slips.put(StoryActor, [slip._replace(is_leading=not row.is_leading)], unique=["story_id", "tag_id"])
    after = StoryActor.objects.get(pk=row.pk)
    assert values_of(after) == values_of(row) | {"is_leading": not row.is_leading}


@pytest.mark.parametrize("model", [StoryQuote, StoryImage, StoryTopic])
def test_a_slip_has_every_column_but_a_key_that_the_database_gives(model):
    own = [field.attname for field in model._meta.concrete_fields]
    assert list(slips.of(model)._fields) == [name for name in own if name != "id" or model is StoryQuote]


def test_a_slip_that_lacks_a_column_is_an_error():
    with pytest.raises(TypeError):
        slips.of(StoryActor)(story_id=1, tag_id=1)


def test_constraints_hold(story):
    with pytest.raises(IntegrityError), transaction.atomic():
        slips.put(StoryQuote, [quote_slip(story, 900), quote_slip(story, 900)])


def test_another_process_reads_a_slip(story):
    slip = quote_slip(story, 900)
    assert pickle.loads(pickle.dumps(slip)) == slip  # noqa: S301  (our own)


def test_nothing_is_asked_for_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        slips.put(StoryQuote, iter(()))
