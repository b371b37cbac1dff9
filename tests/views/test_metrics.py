"""What monitors read, and who is let see it."""

import os
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import metrics, pictures, press
from articles.models import Article, ShareLink, Source
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "CANARYBIRD"


def sample(text, name, **labels):
    """The value of a sample; 0.0 where there is none yet."""
    for line in text.splitlines():
        found = re.fullmatch(rf"{name}(?:\{{(.*)\}})? ([-+.e\d]+)", line)
        if found and dict(re.findall(r'(\w+)="([^"]*)"', found[1] or "")) == labels:
            return float(found[2])
    return 0.0


@pytest.fixture
def read(client_of, people):
    staff = client_of(people.admin)

    def text():
        return staff.get("/metrics").content.decode()

    return text


def test_staff_read_them_and_strangers_find_no_such_page(client, client_of, people):
    assert client_of(people.writer).get("/metrics")["Content-Type"].startswith("text/plain; version=0.0.4")
    reader = factories.person("rita", "Reader")
    reader.is_staff = False
    reader.save()
    for browser in (client, client_of(reader)):
        assert browser.get("/metrics").status_code == 404


def test_monitor_reads_them_from_an_address_that_is_named(client, settings):
    settings.METRICS_ALLOWED = ["192.0.2.0/28", "2001:db8::7"]
    for address, status in {"192.0.2.9": 200, "192.0.2.99": 404, "2001:db8::7": 200, "2001:db8::8": 404}.items():
        assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


def test_address_that_a_stranger_writes_opens_nothing(client, settings):
    settings.METRICS_ALLOWED = ["127.0.0.1", "192.0.2.7"]
    forged = {"REMOTE_ADDR": "127.0.0.1", "headers": {"x-forwarded-for": "192.0.2.7, 203.0.113.5"}}
    assert client.get("/metrics", **forged).status_code == 404
    settings.BEHIND_PROXY = True
    assert client.get("/metrics", **forged).status_code == 404
    own = {"REMOTE_ADDR": "127.0.0.1", "headers": {"x-forwarded-for": "203.0.113.5, 192.0.2.7, 127.0.0.1"}}
    assert client.get("/metrics", **own).status_code == 200


def test_requests_are_counted_by_the_name_of_the_address(read, client, story):
    before = read()
    client.get(story.get_absolute_url())
    client.get(story.get_absolute_url())
    client.get("/no-such-page/")
    after = read()

    def more(name, **labels):
        return sample(after, name, **labels) - sample(before, name, **labels)

    assert more("newsroom_requests_total", route="story", method="GET", status="200") == 2
    assert more("newsroom_requests_total", route="none", method="GET", status="404") == 1
    assert more("newsroom_request_seconds_count", route="story") == 2
    assert more("newsroom_queries_total", route="story", database="default") >= 2
    assert story.slug not in after


def test_no_label_holds_a_token_or_a_name(read, client, client_of, article, people):
    _link, token = ShareLink.objects.make(article, by=people.writer)
    source = Source.objects.create(label=f"{CANARY} label", is_confidential=True)
    client.get(reverse("preview", args=[token]))
    client.get(f"/preview/{CANARY * 4}/")
    client.get(f"/search/?q={CANARY}")
    client.get(f"/{CANARY}/")
    client.generic(CANARY, "/")
    client_of(people.publisher).get(reverse("admin:articles_source_change", args=[source.pk]))
    text = read()
    assert sample(text, "newsroom_requests_total", route="preview", method="GET", status="200") >= 1
    for secret in (token, CANARY, article.slug, *(person.username for person in vars(people).values())):
        assert secret not in text


def test_publishing_is_counted(read, article, people, django_capture_on_commit_callbacks):
    before = read()
    with django_capture_on_commit_callbacks(execute=True):
        factories.publish(article, people)
    after = read()
    for name, labels in {
        "newsroom_publishes_total": {"channel": "command"},
        "newsroom_moves_total": {"verb": "publish"},
    }.items():
        assert sample(after, name, **labels) - sample(before, name, **labels) == 1


def test_what_became_of_the_schedule_is_counted(read, people, desk, time_machine, django_capture_on_commit_callbacks):
    before = read()
    for held in (False, True):
        article = factories.article(people.writer, desk)
        factories.approve(article, people)
        article.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=1))
        if held:
            Article.objects.filter(pk=article.pk).update(scheduled_by=None)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    with django_capture_on_commit_callbacks(execute=True):
        press.release_due()
    after = read()
    for outcome in ("published", "kept back"):
        labels = {"outcome": outcome}
        assert (
            sample(after, "newsroom_releases_total", **labels) - sample(before, "newsroom_releases_total", **labels)
            == 1
        )


def test_queue_and_memory_are_told(read):
    pictures.make.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=90))
    text = read()
    assert sample(text, "newsroom_tasks_waiting") == 1
    assert 90 <= sample(text, "newsroom_oldest_task_seconds") < 150
    own = f'newsroom_process_memory_bytes{{pid="{os.getpid()}"}}'
    memory = [float(line.split()[-1]) for line in text.splitlines() if line.startswith(own)]
    assert len(memory) == 1
    assert 10_000_000 < memory[0] < 4_000_000_000


def test_page_cache_has_a_counter(read):
    before = sample(read(), "newsroom_edge_total", outcome="hits")
    metrics.at_the_edge("hits", 1)
    assert sample(read(), "newsroom_edge_total", outcome="hits") == before + 1
