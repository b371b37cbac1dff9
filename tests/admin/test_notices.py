"""The notices of one person on the desk: shown, counted, marked as read, and how they want to be told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import commenting, notifications
from articles.models import Article, Notification, NotificationSetting
from tests import factories
from tests.admin.pages import page, text

PAGE, READ, SETTINGS = (reverse(f"admin:{name}") for name in ("notices", "notices_read", "notices_settings"))


def notice(person, article, kind="returned", **values):
    """A notice, a minute old."""
    return Notification.objects.create(
        recipient=person, article=article, kind=kind, **{"at": timezone.now() - timedelta(minutes=1)} | values
    )


def label(response):
    """What the header says."""
    return next(node.text for node in page(response).iter("a") if node.get("href") == PAGE)


@pytest.fixture
def returned(article, people, django_capture_on_commit_callbacks):
    """The article, sent back with a note."""
    article.submit(by=people.writer)
    with django_capture_on_commit_callbacks(execute=True):
        article.return_to_writer(by=people.reviewer, note="Who says the channel is mined?")
    return article


def test_notice_says_who_did_what_with_the_note_and_leads_to_the_story(desk_of, people, returned):
    response = desk_of(people.writer).get(PAGE)
    words = text(response)
    for expected in (returned.headline, "rhea returned it to you.", "Who says the channel is mined?", "unread"):
        assert expected in words
    assert reverse("admin:articles_article_change", args=[returned.pk]) in response.content.decode()
    assert len(list(page(response).iter("h1"))) == 1
    assert returned.headline not in text(desk_of(people.reviewer).get(PAGE))


def test_words_of_a_note_are_shown_and_escaped_when_somebody_writes_one(
    desk_of, people, article, django_capture_on_commit_callbacks
):
    article.submit(by=people.writer)
    with django_capture_on_commit_callbacks(execute=True):
        commenting.add(article, author=people.reviewer, text="@wren <script>alert(1)</script>?")
    html = desk_of(people.writer).get(PAGE).content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert notifications.address(Notification.objects.get(recipient=people.writer)) in html


def test_header_counts_no_further_than_it_says_when_much_is_unread(desk_of, people, article):
    client = desk_of(people.writer)
    assert label(client.get(PAGE)) == "Notices"
    notice(people.writer, article)
    assert label(client.get(reverse("admin:index"))) == "Notices (1)"
    Notification.objects.bulk_create(
        Notification(recipient=people.writer, article=article, kind="comment") for _each in range(120)
    )
    assert label(client.get(reverse("admin:index"))) == "Notices (99+)"


def test_notice_is_neither_shown_nor_counted_when_the_story_is_no_longer_theirs_to_read(desk_of, people, article):
    notice(people.outsider, article)
    article.assign(by=people.editor, assignee=people.outsider)
    client = desk_of(people.outsider)
    assert article.headline in text(client.get(PAGE))
    article.assign(by=people.editor, assignee=None)
    response = client.get(PAGE)
    assert article.headline not in text(response)
    assert label(response) == "Notices"


def test_one_is_marked_as_read_when_its_button_is_pressed(desk_of, people, article):
    one, other = notice(people.writer, article), notice(people.writer, article)
    theirs = notice(people.editor, article)
    client = desk_of(people.writer)
    assert client.post(READ, {"id": one.pk})["Location"] == PAGE
    client.post(READ, {"id": theirs.pk})
    for nonsense in ("", "x", "-1", "9" * 40, "½"):
        assert client.post(READ, {"id": nonsense}).status_code == 302
    assert set(Notification.objects.unread()) == {other, theirs}
    assert label(client.get(PAGE)) == "Notices (1)"


def test_all_that_were_on_the_page_are_marked_when_asked_and_later_ones_are_not(desk_of, people, article):
    notice(people.writer, article)
    notice(people.writer, article)
    client = desk_of(people.writer)
    form = next(form for form in page(client.get(PAGE)).iter("form") if form.get("action") == READ)
    until = next(field.get("value") for field in form.iter("input") if field.get("name") == "until")
    later = notice(people.writer, article, at=timezone.now() + timedelta(seconds=1))
    assert "All of them are marked as read." in text(client.post(READ, {"until": until}, follow=True))
    assert list(Notification.objects.unread()) == [later]
    for nonsense in ("", "yesterday", "2026-01-01", "2026-13-45T10:00Z"):
        client.post(READ, {"until": nonsense})
    assert list(Notification.objects.unread()) == [later]


def test_pages_follow_by_key_when_there_are_many(desk_of, people, article):
    now = timezone.now()
    rows = [notice(people.writer, article, at=now - timedelta(minutes=number // 3)) for number in range(70)]
    client, seen, url = desk_of(people.writer), [], PAGE
    while url:
        document = page(client.get(url))
        seen += [int(field.get("value")) for field in document.iter("input") if field.get("name") == "id"]
        url = next((PAGE + a.get("href") for a in document.iter("a") if a.get("href", "").startswith("?before=")), None)
    assert sorted(seen) == sorted(row.pk for row in rows)
    assert len(seen) == 70
    for nonsense in ("x", "-3", "9" * 40, str(notice(people.editor, article).pk)):
        assert client.get(PAGE, {"before": nonsense}).status_code == 200


def test_cost_does_not_grow_when_there_are_more_notices(
    desk_of, people, returned, django_assert_num_queries, django_assert_max_num_queries
):
    client = desk_of(people.writer)
    client.get(PAGE)
    with django_assert_max_num_queries(8) as one:
        client.get(PAGE)
    for number in range(5):
        other = factories.article(people.writer)
        notice(people.writer, other, event=returned.events.first(), by=people.editor if number % 2 else None)
    with django_assert_num_queries(len(one)):
        client.get(PAGE)


def test_pages_are_for_staff_when_a_stranger_asks(client, db):
    for url in (PAGE, READ, SETTINGS):
        assert reverse("admin:login") in client.get(url)["Location"]
    assert client.post(READ, {"until": timezone.now().isoformat()})["Location"].startswith(reverse("admin:login"))


def test_marking_needs_a_post_when_it_is_visited(desk_of, people):
    assert desk_of(people.writer).get(READ).status_code == 405


def test_page_says_when_one_is_told_when_there_is_nothing(desk_of, people):
    assert "Nothing here. You are told when" in text(desk_of(people.admin).get(PAGE))


# --- how one is told ------------------------------------------------------------------------------------------------


def test_pace_and_kinds_are_kept_when_chosen(desk_of, people):
    client = desk_of(people.writer)
    response = client.get(SETTINGS)
    boxes = [node for node in page(response).iter("input") if node.get("name") == "wanted"]
    assert all(box.get("checked") is not None for box in boxes)
    assert "Your account has no mail address" in text(response)
    wanted = ["assigned", "returned", "mention"]
    assert client.post(SETTINGS, {"pace": "daily", "wanted": wanted})["Location"] == SETTINGS
    kept = NotificationSetting.objects.get()
    assert (kept.user, kept.pace, set(kept.muted)) == (
        people.writer,
        "daily",
        {"review", "decided", "comment", "hold", "release_failed", "proposal", "rebased"},
    )
    assert [
        node.get("value")
        for node in page(client.get(SETTINGS)).iter("input")
        if node.get("name") == "wanted" and node.get("checked") is not None
    ] == wanted


@pytest.mark.parametrize("values", [{"pace": "hourly", "wanted": ["x"]}, {"pace": "now"}, {}])
def test_choice_is_refused_when_it_is_none_of_those_offered(desk_of, people, values):
    assert desk_of(people.writer).post(SETTINGS, values).status_code == 422
    assert not NotificationSetting.objects.exists()


def test_story_is_still_deleted_when_people_were_told_of_it(desk_of, people, article):
    notice(people.writer, article)
    url = reverse("admin:articles_article_delete", args=[article.pk])
    assert desk_of(people.writer).post(url, {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()
