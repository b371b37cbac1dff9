"""My desk: what waits for whom, and that it costs the same however much does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import commenting
from articles.admin.my_desk import desk_lists
from articles.models import Article
from tests import factories
from tests.admin.pages import text


def names(person):
    """{list: headlines} as the person's desk shows them."""
    return {each.name: [str(row["article"]) for row in each.rows] for each in desk_lists(person)}


def test_each_story_stands_where_it_waits(article, people, desk):
    held, scheduled = factories.article(people.writer, desk), factories.article(people.writer, desk)
    held.place_hold(by=people.editor, note="Wait.")
    factories.approve(scheduled, people)
    scheduled.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=1))
    article.submit(by=people.writer)
    assert names(people.writer)["submitted"] == [str(article)]
    assert names(people.reviewer)["review"] == [str(article)]
    assert names(people.publisher)["scheduled"] == [str(scheduled)]
    assert names(people.reviewer)["held"] == [str(held)]
    article.return_to_writer(by=people.reviewer, note="More.")
    assert names(people.writer)["returned"] == [str(article)]
    assert names(people.reviewer)["review"] == []
    assert not any(names(people.outsider).values())


def test_a_story_another_person_claimed_does_not_wait_for_me(article, people):
    article.submit(by=people.writer)
    Article.objects.update(reviewer=people.editor)
    assert names(people.reviewer)["review"] == []
    assert names(people.editor)["review"] == [str(article)]


def test_what_is_due_first_stands_first_and_says_when_it_is_late(people, desk, desk_of):
    late, soon, never = (factories.article(people.writer, desk) for _ in range(3))
    Article.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=1))
    Article.objects.filter(pk=soon.pk).update(due_at=timezone.now() + timedelta(hours=1))
    for each in (never, soon, late):
        Article.objects.get(pk=each.pk).submit(by=people.writer)
    assert names(people.reviewer)["review"] == [str(late), str(soon), str(never)]
    words = text(desk_of(people.reviewer).get(reverse("admin:index")))
    assert words.count("overdue") == 1


def test_a_submitted_story_whose_checks_fail_is_listed(article, people):
    article.submit(by=people.writer)
    article.quotes.update(speaker=None)
    article.record_revision(by=people.editor)
    assert names(people.publisher)["failing"] == [str(article)]


@pytest.mark.parametrize("role", ["writer", "editor", "reviewer", "publisher", "admin"])
def test_the_desk_costs_the_same_when_more_waits(role, people, desk, desk_of, django_assert_max_num_queries):
    client = desk_of(getattr(people, role))
    for number in range(6):
        made = factories.article(people.writer, desk)
        if number % 2:
            made.submit(by=people.writer)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("admin:index")).status_code == 200


def test_an_empty_desk_says_what_to_do(people, desk_of):
    words = text(desk_of(people.writer).get(reverse("admin:index")))
    assert "Start one with “New story”." in words


def test_a_proposed_correction_waits_for_publishers_until_it_is_settled(article, people, story):
    article.refresh_from_db()
    note = commenting.add(article, kind="correction", author=people.writer, text="Monday", replacement="Tuesday")
    assert names(people.publisher)["proposed"] == [str(article)]
    assert "proposed" not in names(people.editor)
    commenting.resolve(note, by=people.publisher)
    assert names(people.publisher)["proposed"] == []


@pytest.mark.parametrize(
    ("days", "is_told"), [(-15, False), (-1, True), (0, True), (14, True), (15, False), (None, False)]
)
def test_who_approves_is_told_of_pictures_whose_terms_end(days, is_told, people, desk):
    ends = None if days is None else timezone.localdate() + timedelta(days=days)
    factories.publish(factories.article(people.writer, desk, lead_image=factories.image(expires_on=ends)), people)
    inside = factories.article(people.writer, desk)
    inside.images.add(factories.image(expires_on=ends))
    factories.publish(inside, people)
    factories.article(people.writer, desk, lead_image=factories.image(expires_on=ends))  # a draft shows readers nothing
    assert len(names(people.publisher)["terms"]) == (2 if is_told else 0)
    assert "terms" not in names(people.writer)


def test_the_picture_that_ends_next_stands_first(people, desk, client_of):
    days = [timezone.localdate() + timedelta(days=n) for n in (9, 3)]
    later = factories.article(people.writer, desk, lead_image=factories.image(expires_on=days[0]))
    sooner = factories.article(people.writer, desk)
    sooner.images.add(factories.image(expires_on=days[1]))
    for article in (later, sooner):
        factories.publish(article, people)
    assert names(people.publisher)["terms"] == [str(sooner), str(later)]
    assert "picture until" in client_of(people.publisher).get("/admin/").content.decode()
