"""Private previews, the log and the merge in a real browser: forms without a referrer, axe, a phone."""

import pytest
from django.urls import reverse

from articles import tagging
from articles.models import Actor, Comment, ShareLink
from tests import factories

pytestmark = pytest.mark.browser


def _all_pictures_load(page):
    """Whether every picture is there within five seconds. Asked from outside: the page's policy forbids evaluation."""
    for _attempt in range(50):
        if page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)"):
            return True
        page.wait_for_timeout(100)
    return False


def test_guest_opens_reads_and_comments_by_forms_that_have_no_referrer(open_as, people, desk):
    lead = factories.image()
    draft = factories.article(people.writer, desk, lead_image=lead)
    _link, token = ShareLink.objects.make(draft, by=people.writer, passphrase="the third gate", may_comment=True)
    address = reverse("preview", args=[token])
    page = open_as(None, address)
    sent = []
    page.on("request", lambda request: sent.append(request.headers.get("referer", "")))
    page.fill("#id_passphrase", "the third gate")
    page.click("button[type=submit]")
    page.wait_for_selector(".preview-banner")
    assert _all_pictures_load(page)
    page.fill("#id_name", "Gil")
    page.fill("#id_words", "stayed closed for a third day")
    page.fill("#id_text", "Is this so?")
    page.click(".preview-notes button[type=submit]")
    page.wait_for_selector(".preview-note")
    assert Comment.objects.get().guest_name == "Gil"
    assert len(sent) > 5
    assert token not in "".join(sent)


def test_pages_of_links_log_and_merge_are_accessible_and_fit(walk, people, article, faults_of):
    tagging.merge(factories.actor("Old name"), factories.actor(), by=people.publisher)
    _link, token = ShareLink.objects.make(article, by=people.writer, label="Legal", may_comment=True)
    _link, locked = ShareLink.objects.make(article, by=people.writer, passphrase="the third gate")
    other = factories.actor("Ilse Maran-Holt")
    merge = reverse("admin:articles_actor_merge", args=[Actor.objects.get(name="Ilse Maran").pk])
    for person, paths in (
        (None, [reverse("preview", args=[token]), reverse("preview", args=[locked])]),
        (people.writer, [reverse("admin:articles_article_share", args=[article.pk])]),
        (people.publisher, [reverse("admin:articles_event_changelist"), f"{merge}?into={other.name}", merge]),
    ):
        for path, page in walk(person, paths):
            assert faults_of(page) == [], path
