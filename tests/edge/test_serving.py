"""The edge answers from memory what the stack made once, never what is for one person, never what has changed."""

import gzip
import threading
from datetime import timedelta

import brotli
import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from articles import press, releasing
from articles.edge import EdgeMiddleware
from articles.edge.purges import FileLog
from articles.models import Actor, Article, Nameplate, Story
from tests import factories
from tests.reading import next_key

BROTLI = {"headers": {"accept-encoding": "br"}}


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Does something, and lets everybody hear of it as a commit would."""

    def do(job, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return job(*args, **options)

    return do


@pytest.mark.parametrize("path", ["/", "/latest/", "/actors/ilse-maran/", "/topics/shipping/", "story"])
def test_a_page_is_made_once_and_costs_no_query_after_that(path, story, edge, django_assert_num_queries):
    reader = edge.reader()
    path = Story.objects.get().get_absolute_url() if path == "story" else path
    first = reader.get(path, **BROTLI)
    with django_assert_num_queries(0):
        again = reader.get(path, **BROTLI)
    assert again.content == first.content
    kept = {name: value for name, value in first.items() if name != "X-Request-ID"}
    assert {name: value for name, value in again.items() if name != "X-Request-ID"} == kept
    assert (edge.tally["misses"], edge.tally["hits"]) == (1, 1)


def test_each_browser_gets_the_form_it_takes(story, edge):
    reader = edge.reader()
    whole = reader.get("/latest/").content
    packed = reader.get("/latest/", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == whole
    assert brotli.decompress(reader.get("/latest/", **BROTLI).content) == whole
    assert reader.get("/latest/").content == whole
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert edge.tally["misses"] == 1


def test_a_withdrawn_story_is_sent_small_though_it_is_not_kept(story, people, edge):
    press.withdraw(Article.objects.get(pk=story.pk), by=people.publisher, note="Forged.")
    answer = edge.reader().get(story.get_absolute_url(), **BROTLI)
    assert (answer.status_code, answer["Content-Encoding"]) == (410, "br")
    assert "Forged." in brotli.decompress(answer.content).decode()


def test_what_a_browser_has_already_is_not_sent_again(story, edge):
    reader = edge.reader()
    first = reader.get("/latest/", **BROTLI)
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-none-match": f'"other", {first["ETag"].removeprefix("W/")}'},
        {"if-none-match": "*"},
        {"if-modified-since": first["Last-Modified"]},
    ):
        answer = reader.get("/latest/", headers={"accept-encoding": "br", **headers})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == first["ETag"]
        assert answer["Cache-Control"] == first["Cache-Control"]
    assert reader.get("/latest/", headers={"if-none-match": '"another"'}).status_code == 200
    assert edge.tally["unchanged"] == 4


def test_head_tells_the_same_without_the_page(story, edge):
    reader = edge.reader()
    page = reader.get("/latest/", **BROTLI)
    head = reader.head("/latest/", **BROTLI)
    assert head.content == b""
    assert dict(head.items()) == dict(page.items())


def test_a_cache_before_the_site_is_told_how_long_and_by_which_keys(story, edge, settings):
    settings.EDGE_SHARED_SECONDS = 600
    reader = edge.reader()
    for _ in range(2):
        answer = reader.get("/latest/")
        assert {f"story-{Story.objects.get().pk}", "stories", "settings"} <= set(answer["Surrogate-Key"].split())
        assert {"public", "max-age=0", "s-maxage=600"} <= set(answer["Cache-Control"].replace(" ", "").split(","))
        assert "must-revalidate" not in answer["Cache-Control"]  # it would forbid to send a stale one meanwhile
    settings.EDGE_SHARED_SECONDS = 0
    answer = edge.reader().get("/latest/")
    assert "Surrogate-Key" not in answer
    assert "s-maxage" not in answer["Cache-Control"]


def test_a_person_who_is_signed_in_never_meets_it(story, edge, people):
    reader = edge.reader()
    reader.get("/latest/")
    reader.force_login(people.editor)
    reader.get("/latest/")
    edge.reader().get("/latest/", headers={"authorization": "Basic eDp5"})
    reader.post("/latest/")
    assert (edge.tally["misses"], edge.tally["hits"]) == (1, 0)


def test_a_host_that_is_not_the_newsrooms_is_refused_as_ever(story, edge, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    reader = edge.reader()
    assert reader.get("/latest/").status_code == 200
    assert reader.get("/latest/", headers={"host": "evil.example"}).status_code == 400


def test_http_is_sent_on_to_https_though_the_page_is_kept(story, edge, settings):
    settings.SECURE_SSL_REDIRECT = True
    reader = edge.reader()
    assert reader.get("/latest/", secure=True).status_code == 200
    assert reader.get("/latest/").status_code == 301


@pytest.mark.parametrize("path", ["/no/such/page/", "/latest/?before=nonsense", "/2026/01/01/harbour/"])
def test_only_whole_pages_are_kept(path, story, edge):
    reader = edge.reader()
    for _ in range(2):
        assert reader.get(path).status_code in (301, 404)
    assert edge.tally["hits"] == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private", "ETag": '"x"'},
        {"Cache-Control": "public"},
        {"Cache-Control": "public", "ETag": '"x"', "Vary": "Cookie"},
        {"Cache-Control": "public", "ETag": '"x"', "Content-Security-Policy": "script-src 'nonce-abc'"},
    ],
)
def test_what_is_not_for_everybody_is_not_kept(headers, edge):
    serve = EdgeMiddleware(lambda request: HttpResponse("words", headers=headers))
    request = RequestFactory().get("/latest/")
    serve(request)
    serve(request)
    assert (edge.tally["misses"], edge.tally["hits"]) == (2, 0)


def test_a_cookie_is_never_kept(edge):
    def stack(request):
        response = HttpResponse("words", headers={"Cache-Control": "public", "ETag": '"x"'})
        response.set_cookie("a", "b")
        return response

    serve = EdgeMiddleware(stack)
    for _ in range(2):
        serve(RequestFactory().get("/latest/"))
    assert edge.tally["hits"] == 0


def test_many_who_want_a_page_at_once_have_it_made_once(edge):
    calls, ready = [], threading.Event()

    def stack(request):
        calls.append(request)
        ready.wait(5)
        return HttpResponse("words" * 99, headers={"Cache-Control": "public", "ETag": '"x"'})

    serve, answers = EdgeMiddleware(stack), []
    ask = [
        threading.Thread(target=lambda: answers.append(serve(RequestFactory().get("/latest/")).content))
        for _ in range(8)
    ]
    for each in ask:
        each.start()
    while edge.tally["waits"] < 7 and any(each.is_alive() for each in ask):
        pass
    ready.set()
    for each in ask:
        each.join(10)
    assert (len(calls), len(set(answers)), len(answers)) == (1, 1, 8)


# --- what has changed ------------------------------------------------------------------------------------------------


def test_printing_drops_what_shows_the_story_in_every_process_and_nothing_else(in_print, people, edge, told):
    newest, _oldest = in_print(2)
    other = factories.article(people.writer, factories.desk("Culture", "culture"), slug="other", headline="A new opera")
    other.actors.set([factories.actor("Nerea Oss")])
    other.topics.set([factories.topic("Opera")])
    other.record_revision(by=people.writer)
    factories.publish(other, people)
    gone = ["/", "/latest/", "/actors/ilse-maran/", "/topics/shipping/", "/sections/world/", newest.get_absolute_url()]
    stays = ["/actors/nerea-oss/", "/topics/opera/", "/sections/culture/", "/about/contact/", "/robots.txt"]
    readers = [edge.reader(), edge.reader()]
    for reader in readers:
        for path in (*gone, *stays):
            assert reader.get(path).status_code == 200, path
    edge.tally.clear()
    told(press.reprint, [newest.pk])
    for reader in readers:
        for path in (*gone, *stays):
            reader.get(path)
    assert (edge.tally["misses"], edge.tally["hits"]) == (2 * len(gone), 2 * len(stays))


def test_a_story_that_is_withdrawn_is_gone_from_all_pages_at_once(in_print, people, edge, told):
    newest, _oldest = in_print(2)
    reader = edge.reader()
    paths = ["/", "/latest/", "/actors/ilse-maran/", "/topics/shipping/", "/sections/world/", "/feeds/latest.atom"]
    for path in paths:
        assert newest.slug in reader.get(path).content.decode(), path
    assert reader.get(newest.get_absolute_url()).status_code == 200
    told(press.withdraw, Article.objects.get(pk=newest.pk), by=people.publisher, note="Forged.")
    for path in paths:
        assert newest.slug not in reader.get(path).content.decode(), path
    assert reader.get(newest.get_absolute_url()).status_code == 410


def test_pages_below_the_first_stay_when_a_story_comes(in_print, people, desk, edge, told, monkeypatch):
    monkeypatch.setattr("articles.views.stories.PAGE", 1)
    in_print(2)
    reader = edge.reader()
    below = f"/latest/?before={next_key(reader.get('/latest/'))}"
    reader.get(below)
    edge.tally.clear()
    told(factories.publish, factories.article(people.writer, desk, slug="third"), people)
    reader.get(below)
    assert (edge.tally["misses"], edge.tally["hits"]) == (0, 1)
    assert "third" in reader.get("/latest/").content.decode()


def test_a_page_that_was_made_while_it_changed_is_not_kept(edge):
    def stack(request):
        edge.log.append(frozenset({"stories"}))
        return HttpResponse("old words", headers={"Cache-Control": "public", "ETag": '"x"'})

    serve = EdgeMiddleware(stack)
    for _ in range(2):
        serve(RequestFactory().get("/latest/"))
    assert (edge.tally["misses"], edge.tally["hits"]) == (2, 0)


def test_the_name_of_the_newsroom_changes_on_every_page(story, edge, told):
    reader = edge.reader()
    reader.get("/about/contact/")
    told(Nameplate.objects.create, name="The Selm Gazette")
    assert "The Selm Gazette" in reader.get("/about/contact/").content.decode()


def test_an_actor_who_is_described_anew_is_so_on_their_page(story, edge, told):
    reader = edge.reader()
    reader.get("/actors/ilse-maran/")
    actor = Actor.objects.get(name="Ilse Maran")
    actor.description = "Harbour master of Port Selm since the spring."
    told(actor.save)
    assert actor.description in reader.get("/actors/ilse-maran/").content.decode()


def test_what_is_due_goes_out_before_a_kept_page_is_answered(article, people, edge):
    noon = timezone.now().replace(microsecond=0) + timedelta(days=1)
    reader = edge.reader()
    with time_machine.travel(noon - timedelta(minutes=2), tick=False):
        factories.approve(article, people)
        article.schedule(by=people.publisher, publish_at=noon)
        releasing.forget()
        reader.get("/latest/")
        assert article.headline not in reader.get("/latest/").content.decode()
        assert edge.tally["hits"] == 1
    with time_machine.travel(noon - timedelta(milliseconds=1), tick=False):
        assert article.headline not in reader.get("/latest/").content.decode()
    with time_machine.travel(noon, tick=False):
        assert article.headline in reader.get("/latest/").content.decode()


def test_a_page_grows_old_though_nothing_purged_it(story, edge):
    reader = edge.reader()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        reader.get("/latest/")
        clock.shift(299)
        reader.get("/latest/")
        clock.shift(2)
        reader.get("/latest/")
    assert (edge.tally["misses"], edge.tally["hits"]) == (2, 1)


def test_without_news_of_purges_a_page_is_kept_for_a_second(story, edge, monkeypatch):
    monkeypatch.setattr(FileLog, "is_blind", True)
    reader = edge.reader()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        reader.get("/latest/")
        clock.shift(0.9)
        reader.get("/latest/")
        clock.shift(0.2)
        reader.get("/latest/")
    assert (edge.tally["misses"], edge.tally["hits"]) == (2, 1)
