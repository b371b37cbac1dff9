"""Printing again: in batches, in several processes, from where it was stopped; and what is told of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import filing, press
from articles.models import Article, Dossier, PressRun, Story, StoryActor
from articles.press import printer, reprinting
from articles.signals import pages_changed
from tests import factories


@pytest.fixture
def changes(django_capture_on_commit_callbacks):
    """Calls what it is given; returns what was told to have changed for readers."""

    def watch(job):
        told = set()

        def listen(sender, keys, **kwargs):
            told.update(keys)

        pages_changed.connect(listen)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                job()
        finally:
            pages_changed.disconnect(listen)
        return told

    return watch


def counted():
    """The queries within the block."""
    return CaptureQueriesContext(connection)


def spoil():
    """Every story in print under a wrong headline."""
    Story.objects.update(headline="Spoilt")


def spoilt():
    """How many still are."""
    return Story.objects.filter(headline="Spoilt").count()


def test_a_batch_prints_what_each_alone_prints(in_print):
    in_print(4)
    before = list(StoryActor.objects.order_by("story", "tag").values("story", "tag", "is_leading", "published_at"))
    told = list(Story.objects.order_by("pk").values())
    Story.objects.all().delete()
    press.print_editions(reprinting.latest_editions(Article.objects.values_list("pk", flat=True)))
    assert list(Story.objects.order_by("pk").values()) == told
    rows = StoryActor.objects.order_by("story", "tag").values("story", "tag", "is_leading", "published_at")
    assert list(rows) == before


def test_a_batch_takes_no_more_queries_when_it_is_larger(in_print):
    stories = in_print(6)
    with counted() as few:
        press.print_editions(reprinting.latest_editions([stories[0].pk, stories[1].pk]))
    with counted() as many:
        press.print_editions(reprinting.latest_editions([story.pk for story in stories]))
    assert len(many) == len(few)


def test_what_is_printed_again_unchanged_writes_no_row_beside_the_story(in_print):
    [story] = in_print(1)
    with counted() as seen:
        press.reprint([story.pk])
    written = [
        query["sql"] for query in seen if not query["sql"].startswith(("SELECT", "WITH", "SAVEPOINT", "RELEASE"))
    ]
    assert all('"articles_story"' in sql or '"articles_storyedition"' in sql for sql in written), written


def test_a_run_that_was_stopped_goes_on_where_it_was(in_print, monkeypatch):
    in_print(3)
    spoil()
    monkeypatch.setattr(reprinting, "BATCH", 1)
    put, left = printer.put, [2]

    def jam(printed, **options):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return put(printed, **options)

    monkeypatch.setattr(printer, "put", jam)
    with pytest.raises(KeyboardInterrupt):
        press.reprint()
    assert (spoilt(), PressRun.objects.get().done) == (1, 2)
    monkeypatch.setattr(printer, "put", put)
    done = []
    assert press.reprint(advance=done.append) == 3
    assert (spoilt(), done, PressRun.objects.exists()) == (0, [1], False)


def test_what_was_published_meanwhile_is_left_as_it_is(article, people):
    factories.publish(article, people)
    sheets = printer.sheets_of(reprinting.latest_editions([article.pk]))
    article.refresh_from_db()
    article.revise(by=people.publisher)
    article.headline = "Harbour reopens"
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    reprinting._put(sheets)
    assert (Story.objects.get().headline, Story.objects.get().edition_number) == ("Harbour reopens", 2)


@pytest.mark.django_db(transaction=True)
def test_several_processes_print_the_same(in_print, monkeypatch):
    in_print(3)
    told = list(Story.objects.order_by("pk").values())
    spoil()
    monkeypatch.setattr(reprinting, "BATCH", 2)
    assert press.reprint(workers=2) == 3
    assert list(Story.objects.order_by("pk").values()) == told


def test_dossiers_marked_in_bulk_are_put_together_in_the_end(article, people):
    factories.approve(article, people)
    press.publish(article, by=people.publisher)
    actor = factories.actor()
    whole = Dossier.objects.filter(actor=actor).values().get()
    Story.objects.all().delete()
    filing.file_anew()
    assert Dossier.objects.get(actor=actor).stories == 0
    press.print_in_bulk(reprinting.latest_editions([article.pk]))
    assert (Dossier.objects.get(actor=actor).stories, Dossier.objects.get(actor=actor).is_due) == (0, True)
    press.settle()
    assert Dossier.objects.filter(actor=actor).values().get() == whole


def test_the_pages_that_change_are_told(article, people, changes):
    factories.approve(article, people)
    told = changes(lambda: press.publish(article, by=people.publisher))
    actor, topic, signer = factories.actor(), factories.topic(), people.writer.contributor
    assert {f"story-{article.pk}", f"actor-{actor.pk}", f"topic-{topic.pk}", f"contributor-{signer.pk}"} <= told
    assert {"section-world", "stories"} <= told
    assert "corrections" not in told


def test_pages_that_a_story_leaves_are_among_those_that_change(article, people, changes):
    board = factories.actor("Harbour Board", "body")
    article.actors.add(board)
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    article.actors.remove(board)
    article.record_revision(by=people.writer)
    factories.approve(article, people)
    assert f"actor-{board.pk}" in changes(lambda: press.publish(article, by=people.publisher))
    told = changes(lambda: press.withdraw(article, by=people.publisher, note="In error."))
    assert {"corrections", f"actor-{factories.actor().pk}"} <= told
