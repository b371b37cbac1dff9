"""Many at once, on a database that all share: nobody's words are lost, and what happens once happens once."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from articles import fronts
from articles.admin import moves
from articles.models import Approval, Arrangement, Article, Autosave, Event, Revision, StoryPlacement
from articles.models.revisions import document_of
from articles.workflow import Status
from tests import factories
from tests.admin.pages import fields
from tests.racing import SHARED, Outcome, Race, at_once, body_of, sections_of

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = [["anna", "bert"], ["cora", "dora"]]
STORIES = 5
SAVES = int(os.environ.get("NEWSROOM_RACED_SAVES", "120"))
"""Sentences that are saved. 1,000 take under four minutes of two slow cores, so that many are for a longer run."""


def worker():
    """A process of a server."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.racing"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_saves_at_once_lose_nothing(people, desk):
    names = [name for worker in WORKERS for name in worker]
    for name in names:
        desk.members.add(factories.person(name, "Editor"))
    body = body_of(dict.fromkeys([SHARED, *names], "Nothing yet."))
    stories = [factories.article(people.writer, desk, body=body).pk for _ in range(STORIES)]
    editor = Client()
    editor.force_login(people.editor)
    forms = {str(pk): fields(editor.get(reverse("admin:articles_article_change", args=[pk]))) for pk in stories}
    outcomes = played(
        [
            Race(str(connection.settings_dict["NAME"]), worker, forms, SAVES // (STORIES * len(names)))
            for worker in WORKERS
        ]
    )

    assert [outcome for outcome in outcomes if outcome.fault] == []
    assert len({outcome.sentence for outcome in outcomes}) == SAVES
    assert {outcome.is_merged for outcome in outcomes} == {True, False}
    for pk in stories:
        check_history(Article.objects.get(pk=pk), [outcome for outcome in outcomes if outcome.story == pk])
    assert not Autosave.objects.exists()


def played(races):
    """The outcomes of all, each race in a process of its own."""
    workers = [worker() for _each in races]
    for process, each in zip(workers, races, strict=True):
        process.stdin.write(json.dumps(asdict(each)))
        process.stdin.close()
    outcomes = [Outcome(**outcome) for process in workers for outcome in json.loads(process.stdout.read() or "[]")]
    assert [process.wait() for process in workers] == [0] * len(workers)
    return outcomes


def check_history(article, outcomes):
    """Every save is a revision of its own, which changes what its sentence stands in and nothing else."""
    revisions = list(Revision.objects.filter(article=article).order_by("number").select_related("created_by"))
    assert [revision.number for revision in revisions] == list(range(1, len(outcomes) + 2))
    assert article.version == len(revisions)
    assert document_of(article) == revisions[-1].document
    sentences = {(outcome.who, outcome.sentence) for outcome in outcomes}
    for before, after in pairwise(revisions):
        old, new = sections_of(before.document["body"]), sections_of(after.document["body"])
        ((section, sentence),) = new.items() - old.items()
        assert old.keys() == new.keys()
        assert section in (SHARED, after.created_by.username)
        sentences.remove((after.created_by.username, sentence))
    assert not sentences


def signed_in(person):
    """Their browser; a page that fails is an answer."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def test_nobody_approves_words_that_were_saved_while_they_decided(people, article, monkeypatch):
    article.submit(by=people.writer)

    def save():
        Article.objects.filter(pk=article.pk).update(headline="Saved in between")
        Article.objects.get(pk=article.pk).record_revision(by=people.editor)
        connections.close_all()

    saver = threading.Thread(target=save)

    class SlowForm(moves.MoveForm):
        def __init__(self, *args):
            super().__init__(*args)
            saver.start()
            saver.join(1)  # it waits for the move, or is done before

    monkeypatch.setattr(moves, "MoveForm", SlowForm)
    url = reverse("admin:articles_article_move", args=[article.pk])
    assert signed_in(people.reviewer).post(url, {"verb": "approve", "version": "1"}).status_code == 302
    saver.join()
    article.refresh_from_db()
    assert Approval.objects.get().revision.number == 1
    assert (article.status, article.version) == (Status.IN_REVIEW, 2)


@pytest.mark.parametrize("needed", [1, 2])
def test_two_who_approve_at_once_are_each_counted_once(people, desk, article, needed):
    desk.approvals_needed = needed
    desk.save()
    article.submit(by=people.writer)
    url = reverse("admin:articles_article_move", args=[article.pk])
    pressed = [signed_in(person) for person in (people.reviewer, people.reviewer, people.publisher)]
    answers = at_once(
        [lambda client=client: client.post(url, {"verb": "approve", "version": "1"}) for client in pressed]
    )
    article.refresh_from_db()
    assert {answer.status_code for answer in answers} <= {302, 404}  # what is decided may be hidden from who was late
    assert (article.status, article.approvals.count()) == (Status.APPROVED, needed)
    assert len({approval.by_id for approval in article.approvals.all()}) == needed
    assert article.events.filter(verb="approve", after=Status.APPROVED).count() == 1


def test_one_of_two_has_the_review_when_both_claim_it_at_once(people, article):
    article.submit(by=people.writer)
    url = reverse("admin:articles_article_claim", args=[article.pk])
    pressed = [signed_in(person) for person in (people.reviewer, people.publisher)]
    answers = at_once([lambda client=client: client.post(url) for client in pressed])
    assert [answer.status_code for answer in answers] == [302, 302]
    article.refresh_from_db()
    assert article.reviewer == Event.objects.get(verb="claim_review").by


def test_text_is_saved_or_kept_when_the_story_is_submitted_at_the_same_moment(people, article):
    desk_url = reverse("admin:articles_article_change", args=[article.pk])
    move_url = reverse("admin:articles_article_move", args=[article.pk])
    writer, submitting = signed_in(people.writer), signed_in(people.editor)
    opened = fields(writer.get(desk_url)) | {"headline": "Typed at the last moment", "_continue": "1"}
    answers = at_once(
        [
            lambda: writer.post(desk_url, opened),
            lambda: submitting.post(move_url, {"verb": "submit", "version": "1"}),
        ]
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    article.refresh_from_db()
    if article.status == Status.IN_REVIEW:
        assert article.version == 1
        assert Autosave.objects.get().data["headline"] == ["Typed at the last moment"]
    else:
        assert (article.version, article.headline) == (2, "Typed at the last moment")


def test_nothing_is_asked_when_the_same_save_comes_twice_at_once(people, article):
    desk_url = reverse("admin:articles_article_change", args=[article.pk])
    clicks = [signed_in(people.writer) for _click in range(2)]
    opened = fields(clicks[0].get(desk_url)) | {"headline": "Clicked twice", "_continue": "1"}
    answers = at_once([lambda client=client: client.post(desk_url, opened) for client in clicks])
    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [(302, desk_url)] * 2
    assert article.revisions.count() == 2
    assert not Autosave.objects.exists()


def test_one_of_two_arranges_the_front_when_both_do_at_once(people, desk, article):
    factories.publish(article, people)

    def arrange(person):
        try:
            return fronts.arrange(None, [fronts.Placed("lead", article.pk)], by=person, seen=0).number
        except fronts.ArrangedMeanwhile as told:
            return told.newest.number

    everybody = (people.editor, people.publisher, people.editor, people.publisher)
    made = at_once([lambda person=person: arrange(person) for person in everybody])
    assert made == [1, 1, 1, 1]
    assert Arrangement.objects.count() == StoryPlacement.objects.count() == 1
    assert Event.objects.filter(verb="arrange_front").count() == 1
