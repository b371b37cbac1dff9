"""The list of stories: filters, search, filters that are kept, and its cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import desk_search
from articles.admin import paging
from articles.models import Article, DeskWords, SavedFilter
from tests import factories
from tests.admin.pages import page, text

LIST = "/admin/articles/article/"


def listed(client, asked=None):
    """The keys of the rows."""
    response = client.get(LIST, asked or {})
    assert response.status_code == 200, asked
    nodes = page(response).iter("input")
    return {int(node.get("value")) for node in nodes if node.get("name") == "_selected_action"}


def test_it_is_narrowed_by_all_that_it_offers(desk_of, people, desk):
    now = timezone.now()
    late = factories.article(people.writer, desk, headline="Late", due_at=now - timedelta(hours=30))
    week = factories.article(people.editor, desk, headline="Soon", due_at=now + timedelta(days=3), genre="analysis")
    sent = factories.article(people.writer, desk, headline="Sent", reviewer=people.reviewer)
    sent.submit(by=people.writer)
    Article.objects.filter(pk=week.pk).update(blockers=1)
    week.topics.add(factories.topic("Fisheries"))
    late.actors.add(factories.actor("Odo Fenn"))
    client = desk_of(people.publisher)
    for asked, expected in (
        ({}, {late, week, sent}),
        ({"status": "in_review"}, {sent}),
        ({"desk": desk.pk}, {late, week, sent}),
        ({"person": people.reviewer.pk}, {sent}),
        ({"person": people.writer.pk, "status": "draft"}, {late}),
        ({"due": "overdue"}, {late}),
        ({"due": "week"}, {week}),
        ({"genre": "analysis"}, {week}),
        ({"failing": "on"}, {week}),
        ({"topic": "Fisheries"}, {week}),
        ({"actor": "Odo Fenn"}, {late}),
        ({"status": "nonsense", "desk": "-", "due": "never"}, {late, week, sent}),
    ):
        assert listed(client, asked) == {each.pk for each in expected}, asked


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("harbour", True),
        ("HARB", True),
        ("selm-harb", True),
        ("xylophone", False),
        ("harbour xylophone", False),
        ('"harbour" (clos* ^', True),
        ("harbour'); DROP TABLE articles_article; --", False),
        ("harbour:clos & | ! <->", True),
        ("–", False),
        ("", True),
        ("   ", True),
    ],
)
def test_it_is_searched_by_words_of_the_copy(desk_of, people, article, words, is_found):
    article.slugline = "SELM-HARBOUR"
    article.save()
    article.record_revision(by=people.writer)
    assert (listed(desk_of(people.writer), {"q": words}) == {article.pk}) == is_found


def test_it_is_searched_by_the_body_and_by_who_writes_it(desk_of, people, desk):
    people.writer.first_name, people.writer.last_name = "Tamsin", "Okoro"
    people.writer.save()
    made = factories.article(people.writer, desk, headline="A", body="<p>The dredger <em>Vel</em>vet sank.</p>")
    made.record_revision(by=people.writer)
    factories.article(people.editor, desk, headline="B").record_revision(by=people.editor)
    client = desk_of(people.publisher)
    assert listed(client, {"q": "dredger okoro"}) == {made.pk}
    assert listed(client, {"q": "velvet"}) == {made.pk}
    made.body = "<p>Nothing sank.</p>"
    made.save()
    made.record_revision(by=people.writer)
    assert listed(client, {"q": "dredger"}) == set()


def test_a_search_finds_nothing_that_one_may_not_read(desk_of, people, article):
    assert article.headline not in text(desk_of(people.outsider).get(LIST, {"q": "harbour"}))
    assert listed(desk_of(people.outsider), {"q": "harbour"}) == set()


def test_the_words_go_with_the_story(people, desk):
    made = factories.article(people.writer, desk)
    made.record_revision(by=people.writer)
    assert DeskWords.objects.filter(article=made).exists()
    key = made.pk
    Article.objects.filter(pk=key).delete()
    assert list(desk_search.matching(Article.objects.all(), "harbour").values_list("pk", flat=True)) == []


def test_many_words_and_long_ones_are_searched_without_fault(desk_of, people, article):
    assert listed(desk_of(people.writer), {"q": "x" * 5000}) == set()
    assert listed(desk_of(people.writer), {"q": "harbour " * 500}) == {article.pk}


def test_moments_are_written_on_a_clock_of_24_hours(desk_of, people, article):
    afternoon = timezone.now().replace(hour=15, minute=5)
    Article.objects.filter(pk=article.pk).update(changed_at=afternoon)
    words = text(desk_of(people.writer).get(LIST))
    assert f"{timezone.localtime(afternoon):%H:%M}" in words
    assert "p.m." not in words


def test_a_rewrite_of_a_live_story_says_so(desk_of, people, article, story):
    assert "over a published edition" not in text(desk_of(people.publisher).get(LIST))
    article.refresh_from_db()
    article.revise(by=people.publisher)
    assert "over a published edition" in text(desk_of(people.publisher).get(LIST))


def test_a_list_counts_no_further_than_it_pages(desk_of, people, desk, monkeypatch):
    monkeypatch.setattr(paging, "LIMIT", 60)
    rows = [Article(headline=f"N{n}", writer=people.writer, desk=desk, slug=f"n-{n}") for n in range(80)]
    Article.objects.bulk_create(rows)
    client = desk_of(people.publisher)
    assert paging.BoundedPaginator(Article.objects.all(), 50).count == 60
    assert len(listed(client, {"p": 2})) == 10
    assert client.get(LIST, {"p": 99}).status_code in (200, 302)


def test_its_cost_is_bounded_with_every_filter_set(desk_of, people, desk, article):
    article.topics.add(factories.topic("Shipping"))
    client = desk_of(people.editor)
    asked = {"desk": desk.pk, "person": people.writer.pk, "topic": "Shipping", "status": "draft", "q": "harbour"}
    with CaptureQueriesContext(connection) as seen:
        assert listed(client, asked) == {article.pk}
    assert len(seen) <= 15


# --- filters that are kept ------------------------------------------------------------------------------------------


def keep(client, page_name, query, name):
    """Keep a filter."""
    return client.post(reverse("admin:keep_filter"), {"page": page_name, "query": query, "name": name}, follow=True)


@pytest.mark.parametrize("page_name", ["list", "board", "calendar"])
def test_a_filter_is_kept_shown_marked_and_forgotten(desk_of, people, desk, page_name):
    client = desk_of(people.editor)
    answer = keep(client, page_name, f"desk={desk.pk}&p=3&day=2026-01-01", "  World   copy ")
    row = SavedFilter.objects.get()
    assert (row.name, row.query, row.user) == ("World copy", f"desk={desk.pk}", people.editor)
    link = next(node for node in page(answer).iter("a") if node.text == "World copy")
    assert link.get("aria-current") == "page"
    assert desk_of(people.writer).post(reverse("admin:forget_filter", args=[row.pk])).status_code == 404
    client.post(reverse("admin:forget_filter", args=[row.pk]))
    assert not SavedFilter.objects.exists()


def test_a_name_that_is_used_takes_the_new_filter(desk_of, people, desk):
    client = desk_of(people.editor)
    keep(client, "list", "status=draft", "Mine")
    keep(client, "list", "status=in_review", "Mine")
    assert SavedFilter.objects.get().query == "status=in_review"


def test_what_cannot_be_kept_is_refused_with_a_sentence(desk_of, people):
    client = desk_of(people.editor)
    for query, name in (("", "Empty"), ("status=draft", "  "), ("q=" + "x" * 1100, "Long"), ("&" * 5000, "Many")):
        assert "Give the filter a name" in text(keep(client, "list", query, name)), query[:20]
    assert (
        client.post(reverse("admin:keep_filter"), {"page": "nowhere", "name": "x", "query": "a=b"}).status_code == 404
    )
    assert not SavedFilter.objects.exists()


def test_nobody_sees_the_filters_of_another(desk_of, people):
    keep(desk_of(people.editor), "list", "q=secret+deal", "Watch")
    assert "secret" not in desk_of(people.publisher).get(LIST).content.decode()
