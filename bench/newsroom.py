"""The archive that is measured, and what is measured on it."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

import newsroom.urls
from articles import press
from articles.models import Article, Story
from articles.proposals import compose
from tests import factories

PAGE = 30_000  # bytes of the bare answer, about a story page
REQUESTS = 50

Measurement = tuple[str, str, Callable[[], object], str, Callable[[], object], int]


def archive(size: int) -> SimpleNamespace:
    """A database of `size` published stories of about 900 words, and its people."""
    call_command("migrate", verbosity=0)
    people = SimpleNamespace(
        writer=factories.person("wren", "Writer"),
        reviewer=factories.person("rhea", "Reviewer"),
        publisher=factories.person("pablo", "Publisher"),
    )
    filler = "".join(
        f"<p>{' '.join(f'word{(number * 7 + paragraph) % 997}' for number in range(60))}.</p>"
        for paragraph in range(14)
    )
    desk = factories.desk()
    with transaction.atomic():
        for number in range(size):
            article = factories.article(people.writer, desk)
            Article.objects.filter(pk=article.pk).update(body=factories.BODY + filler)
            article.refresh_from_db()
            article.actors.add(factories.actor(f"Person Number{number % 40}"))
            article.record_revision(by=people.writer)
            factories.publish(article, people)
    return people


def bare(request):
    """What Django answers when there is nothing to do: the ceiling."""
    return HttpResponse(b"x" * PAGE)


def ask(address: str) -> Callable[[], None]:
    """A job that asks for one address `REQUESTS` times."""
    client = Client(headers={"host": "localhost"})

    def job() -> None:
        for _ in range(REQUESTS):
            assert client.get(address).status_code == 200, address  # noqa: S101

    return job


def measurements(size: int) -> Iterator[Measurement]:
    """(what, goal, job, what it is held against, that job, how many units both do)."""
    archive(size)
    newsroom.urls.urlpatterns.insert(0, path("bench-bare/", bare))
    story = Story.objects.published().first()
    ceiling = ask("/bench-bare/")
    for name, address, goal in (
        ("story page, cold", story.get_absolute_url(), "≥ 0.12"),
        ("front, cold", "/", "≥ 0.06"),
        ("latest, cold", "/latest/", "≥ 0.06"),
        ("actor page, cold", "/actors/ilse-maran/", "≥ 0.06"),
    ):
        yield name, goal, ask(address), "bare view", ceiling, REQUESTS

    yield "reprint", "≥ 400/s", press.reprint, "bulk_create of the same rows", _rewrite, size

    vocabulary = compose.vocabulary()
    texts = [article.headline + "\n\n" + article.text() for article in Article.objects.all()[:50]]
    yield (
        "proposals",
        "≥ 200/s",
        lambda: [compose.propose(text, vocabulary) for text in texts],
        "splitting into words",
        lambda: [text.split() for text in texts for _ in range(20)],
        len(texts),
    )


def _rewrite() -> None:
    stories = list(Story.objects.all())
    with transaction.atomic():
        Story.objects.all().delete()
        Story.objects.bulk_create(stories)
