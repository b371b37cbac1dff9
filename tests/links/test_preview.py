"""Private previews: who gets to see the draft by a link, for how long, and what nobody gets by it."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import pictures, press
from articles.links.redaction import PlainFormatter
from articles.models import Article, Edition, Event, ShareLink, Source
from articles.models.editions import EditionKind
from articles.workflow import MoveNotAllowed, Status
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "CANARYBIRD"


@pytest.fixture
def share(article, people):
    """`share(**options)` → (link, address) of the article's preview, made by its writer."""

    def make(**options):
        link, token = ShareLink.objects.make(article, **({"by": people.writer} | options))
        return link, reverse("preview", args=[token])

    return make


def key_on(response):
    """The signed key of the form on a page."""
    return re.search(r'name="key" value="([^"]+)"', response.content.decode())[1]


def is_dead(client, address):
    """Whether the address answers as one that never existed."""
    answer, never = client.get(address), client.get(reverse("preview", args=["x" * 43]))
    same = answer.content == never.content and answer.status_code == never.status_code == 404
    assert same == (answer.status_code == 404)
    return same


# --- what a guest sees --------------------------------------------------------------------------------------------


def test_guest_sees_the_story_with_a_banner_and_nobody_keeps_it(share, client, article):
    response = client.get(share(label="Legal")[1])
    page = response.content.decode()
    assert response.status_code == 200
    assert article.headline in page
    assert "Private preview, not published" in page
    assert "For Legal" in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
    for trace in ("canonical", "rss", "ld+json", "og:", "Published <time", "Edition 1", "wren</"):
        assert trace not in page, trace


def test_link_that_follows_shows_the_latest_and_a_fixed_one_what_it_was_made_for(share, client, article, people):
    following, fixed = share()[1], share(revision=article.latest_revision())[1]
    article.headline = "Harbour opens at noon"
    article.save()
    article.record_revision(by=people.writer)
    assert "Harbour opens at noon" in client.get(following).content.decode()
    page = client.get(fixed).content.decode()
    assert "Harbour opens at noon" not in page
    assert "stays closed" in page


def test_pictures_of_the_draft_load_by_the_link_and_no_others(client, people, desk):
    shown, lead, attached, other = (factories.image() for _each in range(4))
    body = f"<p>Words.</p><figure data-image='{shown.pk}'></figure>"
    draft = factories.article(people.writer, desk, body=body, lead_image=lead)
    draft.image_items.create(image=attached)
    draft.record_revision(by=people.writer)
    link, token = ShareLink.objects.make(draft, by=people.writer)
    page = client.get(reverse("preview", args=[token])).content.decode()
    found = re.findall(r'<img src="([^"]+)"', page)
    assert len(found) == 2
    for address in found:
        assert client.get(lead.url).status_code == 404
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
        assert "no-store" in response["Cache-Control"]
    for image in (attached, other):
        assert client.get(reverse("preview-media", args=[token, image.file.name])).status_code == 404
    link.revoke(by=people.writer)
    assert client.get(found[0]).status_code == 404


@pytest.mark.parametrize("is_made", [True, False])
def test_renditions_load_by_the_link_as_their_pictures_do(is_made, client, people, desk):
    lead, inside, other = (factories.image() for _each in range(3))
    body = f"<p>Words.</p><figure data-image='{inside.pk}'></figure>"
    article = factories.article(people.writer, desk, lead_image=lead, body=body)
    _link, token = ShareLink.objects.make(article, by=people.writer)
    for image in (lead, inside, other):
        assert not is_made or pictures.make_renditions(image)
    page = client.get(reverse("preview", args=[token])).content.decode()
    named = re.findall(r'srcset="(\S+) 64w"', page)
    assert len(named) == 6
    for address in named:
        assert client.get(address).status_code == 200
        assert client.get(f"/media/{address.split('/media/')[1]}").status_code == 404
        of_another = re.sub(r"images/\w+\.jpg", other.file.name, address)
        assert of_another != address
        assert client.get(of_another).status_code == 404


def test_nothing_of_another_draft_is_in_a_preview(share, client, people, desk):
    other = factories.article(people.writer, desk, headline=f"{CANARY} headline", body=f"<p>{CANARY}</p>")
    _link, address = share()
    assert CANARY not in client.get(address).content.decode()
    with pytest.raises(MoveNotAllowed):
        share(revision=other.latest_revision())
    _other, token = ShareLink.objects.make(other, by=people.writer)
    assert CANARY in client.get(reverse("preview", args=[token])).content.decode()


def test_guest_is_told_of_an_embargo(share, client, article, people):
    address = share()[1]
    article.set_embargo(by=people.publisher, condition="The court has ruled")
    assert "The court has ruled" in client.get(address).content.decode()


# --- when it ends -------------------------------------------------------------------------------------------------


def test_link_expires_after_its_days(share, client):
    with time_machine.travel("2026-11-24 08:00 +0000", tick=False) as clock:
        address, short = share()[1], share(days=1)[1]
        clock.shift(timedelta(days=1))
        assert is_dead(client, short)
        assert not is_dead(client, address)
        clock.shift(timedelta(days=6))
        assert is_dead(client, address)


def test_link_is_dead_once_revoked(share, client, people):
    link, address = share()
    assert not is_dead(client, address)
    link.revoke(by=people.editor)
    assert is_dead(client, address)
    link.revoke(by=people.writer)
    assert Event.objects.filter(verb="revoke_share").count() == 1


def test_link_is_dead_after_publication_and_stays_so_when_an_update_is_begun(share, client, article, people):
    address = share()[1]
    factories.approve(article, people)
    assert not is_dead(client, address)
    press.publish(article, by=people.publisher)
    assert is_dead(client, address)
    article.revise(by=people.publisher)
    assert is_dead(client, address)
    _link, token = ShareLink.objects.make(article, by=people.writer)
    fresh = reverse("preview", args=[token])
    assert not is_dead(client, fresh)
    # A minor fix of the live text leaves the draft over it, and its links, alone; publishing that draft does not.
    fix = {"kind": EditionKind.FIX, "revision": article.latest_revision(), "by": people.publisher}
    Edition.objects.create(article=article, number=2, **fix)
    assert not is_dead(client, fresh)
    factories.approve(article, people)
    press.publish(article, by=people.publisher)
    assert is_dead(client, fresh)


def test_link_is_closed_while_on_hold_and_dead_once_killed(share, client, article, people):
    address = share()[1]
    article.place_hold(by=people.editor, note="Ask the lawyer")
    assert is_dead(client, address)
    article.lift_hold(by=people.reviewer, note="Settled")
    assert not is_dead(client, address)
    article.kill(by=people.editor, note="Not ours to tell")
    assert is_dead(client, address)
    article.revive(by=people.editor)
    assert is_dead(client, address)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"groups": []}])
def test_link_is_closed_when_its_maker_may_no_longer_share(change, share, client, people):
    address = share()[1]
    assert not is_dead(client, address)
    if "groups" in change:
        people.writer.groups.clear()
    else:
        for name, value in change.items():
            setattr(people.writer, name, value)
        people.writer.save()
    assert is_dead(client, address)


def test_link_is_closed_when_a_source_it_names_became_confidential(share, client, article):
    address = share()[1]
    source = Source.objects.get(attributions__article=article)
    assert not is_dead(client, address)
    Source.objects.filter(pk=source.pk).update(is_confidential=True, actor=None)
    assert is_dead(client, address)


# --- making and revoking ------------------------------------------------------------------------------------------


def test_only_a_digest_is_kept_and_the_log_names_no_token(share, people):
    link, address = share(label="Legal", passphrase="the third gate")
    token = address.split("/")[2]
    assert len(token) >= 43
    kept = " ".join(str(value) for value in ShareLink.objects.values_list().get(pk=link.pk))
    log = " ".join(str(row) for row in Event.objects.values_list())
    assert token not in kept + log
    assert "the third gate" not in kept + log
    event = Event.objects.get(verb="share")
    assert (event.by, event.article_id, event.label) == (people.writer, link.article_id, "Legal")
    assert event.details["has_passphrase"] == [None, True]


@pytest.mark.parametrize(
    ("who", "may"), [("writer", True), ("outsider", False), ("editor", True), ("reviewer", False), ("admin", False)]
)
def test_links_are_made_and_revoked_by_the_matrix(who, may, share, people):
    link, _address = share()
    if may:
        share(by=getattr(people, who))
        link.revoke(by=getattr(people, who))
        return
    with pytest.raises(PermissionDenied):
        share(by=getattr(people, who))
    with pytest.raises(PermissionDenied):
        link.revoke(by=getattr(people, who))


@pytest.mark.parametrize("options", [{"days": 0}, {"days": 31}])
def test_link_is_refused_for_a_time_that_is_none(options, share):
    with pytest.raises(MoveNotAllowed):
        share(**options)
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("status", [Status.ON_HOLD, Status.PUBLISHED, Status.WITHDRAWN, Status.KILLED])
def test_link_is_refused_where_no_draft_is_open(status, share, article):
    Article.objects.filter(pk=article.pk).update(status=status)
    with pytest.raises(MoveNotAllowed):
        share()


# --- the passphrase -----------------------------------------------------------------------------------------------


def test_story_is_shown_once_the_passphrase_is_right(share, client, client_of, article):
    _link, address = share(passphrase="the third gate", may_comment=True)
    asked = client.get(address)
    assert asked.status_code == 200
    assert article.headline not in asked.content.decode()
    assert client.post(f"{address}comment/", {"name": "G", "text": "T", "key": key_on(asked)}).status_code == 302
    wrong = client.post(f"{address}open/", {"passphrase": "the second gate", "key": key_on(asked)})
    assert wrong.status_code == 403
    assert "That is not the passphrase" in wrong.content.decode()
    right = client.post(f"{address}open/", {"passphrase": "the third gate", "key": key_on(asked)})
    assert right.status_code == 302
    cookie = right.cookies["preview"]
    assert cookie["path"] == address
    assert cookie["httponly"]
    assert article.headline in client.get(address).content.decode()
    assert article.headline not in client_of(None).get(address).content.decode()


def test_passphrase_is_not_looked_at_after_five_wrong_ones(share, client):
    with time_machine.travel("2026-11-24 08:00 +0000", tick=False) as clock:
        _link, address = share(passphrase="the third gate")
        key = key_on(client.get(address))
        for _each in range(5):
            client.post(f"{address}open/", {"passphrase": "wrong one", "key": key})
        slowed = client.post(f"{address}open/", {"passphrase": "the third gate", "key": key})
        assert slowed.status_code == 403
        assert "wait a quarter of an hour" in slowed.content.decode()
        clock.shift(timedelta(minutes=16))
        assert client.post(f"{address}open/", {"passphrase": "the third gate", "key": key}).status_code == 302


def test_cookie_of_one_link_opens_no_other(share, client):
    first, second = share(passphrase="the third gate")[1], share(passphrase="the third gate")[1]
    client.post(f"{first}open/", {"passphrase": "the third gate", "key": key_on(client.get(first))})
    client.cookies["preview"]["path"] = "/"
    assert "Private preview, not published" in client.get(first).content.decode()
    assert "Private preview, not published" not in client.get(second).content.decode()


def test_picture_waits_for_the_passphrase_too(client, people, desk):
    lead = factories.image()
    draft = factories.article(people.writer, desk, lead_image=lead)
    _link, token = ShareLink.objects.make(draft, by=people.writer, passphrase="the third gate")
    address, media = reverse("preview", args=[token]), reverse("preview-media", args=[token, lead.file.name])
    assert client.get(media).status_code == 404
    client.post(f"{address}open/", {"passphrase": "the third gate", "key": key_on(client.get(address))})
    client.cookies["preview"]["path"] = "/"
    assert client.get(media).status_code == 200


# --- notes of guests ----------------------------------------------------------------------------------------------


def send(client, address, **values):
    """Send a note as the page's form would."""
    return client.post(
        f"{address}comment/",
        {"name": "Gil", "words": "", "text": "Is this so?", "key": key_on(client.get(address))} | values,
    )


def test_guest_comments_under_a_given_name_on_words_of_the_story(share, client, article):
    link, address = share(may_comment=True)
    words = "stayed closed for a third day"
    response = send(client, address, words=words)
    assert response.status_code == 302
    note = link.comments.get()
    assert (note.guest_name, note.author, note.exact, note.field) == ("Gil", None, words, "body")
    page = client.get(address).content.decode()
    assert "Is this so?" in page


def test_guest_sees_notes_of_their_own_link_alone(share, client, article, people):
    link, address = share(may_comment=True)
    other = share(may_comment=True)[1]
    send(client, address, text="Mine alone")
    article.comments.create(author=people.editor, text=f"{CANARY} from the desk")
    article.comments.create(author=people.editor, share_link=link, text=f"{CANARY} in answer")
    assert "Mine alone" in client.get(address).content.decode()
    assert CANARY not in client.get(address).content.decode()
    assert "Mine alone" not in client.get(other).content.decode()


def test_note_is_refused_where_the_link_is_for_reading(share, client, article):
    reading, commenting = share()[1], share(may_comment=True)[1]
    assert "Your note" not in client.get(reading).content.decode()
    key = key_on(client.get(commenting))
    response = client.post(f"{reading}comment/", {"name": "Gil", "text": "Let me", "key": key})
    assert response.status_code == 404
    assert not article.comments.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "This field is required"),
        ({"text": "x" * 4001}, "at most 4000"),
        ({"words": "Words that nobody wrote"}, "do not stand in the story"),
        ({"key": "forged"}, "open for long"),
    ],
)
def test_note_that_cannot_be_kept_comes_back_with_its_words(values, sentence, share, client, article):
    address = share(may_comment=True)[1]
    response = send(client, address, **({"text": "Keep these words"} | values))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert (values.get("text") or "Keep these words") in page
    assert not article.comments.exists()


def test_notes_of_one_link_are_limited_in_an_hour(share, client):
    link, address = share(may_comment=True)
    for number in range(20):
        link.comments.create(article=link.article, guest_name="Gil", text=f"Note {number}")
    assert "Many notes have come" in send(client, address).content.decode()
    link.comments.update(created_at=timezone.now() - timedelta(hours=2))
    assert send(client, address).status_code == 302


def test_script_in_a_note_is_text(share, client):
    address = share(may_comment=True, label="<script>alert(1)</script>")[1]
    send(client, address, name="<img src=x onerror=alert(2)>", text="<script>alert(3)</script> javascript:alert(4)")
    page = client.get(address).content.decode()
    assert "alert(3)" in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/js/look.js">']
    assert "<img src=x" not in page


def test_note_on_a_fixed_revision_keeps_words_that_the_draft_lost(share, client, article, people):
    address = share(may_comment=True, revision=article.latest_revision())[1]
    article.body = "<p>Other words altogether.</p>"
    article.save()
    article.quotes.all().delete()
    article.record_revision(by=people.writer)
    assert send(client, address, words="stayed closed for a third day").status_code == 302
    note = article.comments.get()
    assert note.exact == "stayed closed for a third day"
    assert note.revision.number == 1


# --- who came -----------------------------------------------------------------------------------------------------


def test_visits_are_kept_without_an_address(share, client):
    with time_machine.travel("2026-11-24 08:00 +0000", tick=False) as clock:
        link, address = share()
        for agent in ("Browser A", "Browser A", "B" * 500):
            client.get(address, headers={"user-agent": agent}, REMOTE_ADDR="203.0.113.9")
        assert link.visits.count() == 2
        clock.shift(timedelta(minutes=2))
        client.get(address, headers={"user-agent": "Browser A"}, REMOTE_ADDR="203.0.113.9")
        assert link.visits.count() == 3
    kept = str(list(link.visits.values_list()))
    assert "203.0.113.9" not in kept
    assert max(len(visit.agent) for visit in link.visits.all()) == 120
    assert len(set(link.visits.values_list("visitor", flat=True))) == 2


def test_log_holds_no_token(share, client, caplog, people):
    link, address = share()
    link.revoke(by=people.writer)
    with caplog.at_level(logging.WARNING, "django.request"):
        client.get(address)
    lines = [PlainFormatter("{levelname} {message}", style="{").format(record) for record in caplog.records]
    assert any("/preview/…/" in line for line in lines)
    assert address.split("/")[2] not in " ".join(lines)


def test_preview_takes_the_same_queries_however_many_notes_there_are(share, client, django_assert_num_queries):
    link, address = share(may_comment=True)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(12):
        link.comments.create(article=link.article, guest_name="Gil", text=f"Note {number}")
    with django_assert_num_queries(len(one)):
        client.get(address)
