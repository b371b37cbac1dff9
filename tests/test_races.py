"""Many at once, on a database that all share: nobody's words are lost, and what happens once happens once."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, Autosave, Revision
from articles.models.revisions import document_of
from tests import factories
from tests.admin.pages import fields
from tests.racing import SHARED, Outcome, Race, body_of, sections_of

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = [["anna", "bert"], ["cora", "dora"]]
STORIES = 5
SAVES = int(os.environ.get("NEWSROOM_RACED_SAVES", "240"))
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
