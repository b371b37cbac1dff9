"""A quote held against its evidence on the desk."""

import pytest
from django.urls import reverse

from articles.models import Evidence
from articles.models.quotes import Match, Verification, anchor_quotes
from tests import factories
from tests.admin.pages import page, text

SAID = f"Good morning. {factories.WORDS} Thank you all."


@pytest.fixture
def quote(article):
    """The quote of the story, not yet checked."""
    found = article.quotes.get()
    found.check_words("unverified", by=None)
    found.save()
    return found


@pytest.fixture
def url(article, quote):
    """Its page."""
    return reverse("admin:articles_article_quote", args=[article.pk, quote.pk])


def add(client, address, **changed):
    """Paste a transcript."""
    values = {"act": "add", "kind": "transcript", "title": "Press conference", "text": SAID, "url": "", "locator": ""}
    return client.post(address, values | changed, follow=True)


def test_a_quote_is_pasted_a_transcript_found_word_for_word_and_checked(desk_of, people, article, quote, url):
    client = desk_of(people.writer)
    assert "Nothing is held against this quote yet" in text(client.get(url))
    shown = add(client, url)
    assert "Held against “Press conference”: word for word." in text(shown)
    assert [node.text for node in page(shown).iter("mark")] == [factories.WORDS.rstrip(",")]
    quote.refresh_from_db()
    assert (quote.match, quote.verification) == (Match.EXACT, Verification.UNVERIFIED)
    assert client.post(url, {"act": "check", "state": "verified", "method": " "}).status_code == 422
    client.post(url, {"act": "check", "state": "verified", "method": "against the transcript"})
    quote.refresh_from_db()
    assert (quote.verification, quote.verified_by, quote.match) == ("verified", people.writer, "exact")
    assert quote.verified_what == quote.checked_things()
    assert article.revisions.first().document["quotes"][0]["verification"] == "verified"


def test_altered_words_are_shown_word_by_word(desk_of, people, quote, url):
    said = SAID.replace("will not", "shall not", 1)
    shown = add(desk_of(people.writer), url, text=said)
    assert "altered" in text(shown)
    assert [node.text for node in page(shown).iter("del")] == ["shall"]
    assert "not found" in text(add(desk_of(people.writer), url, text="Of other things entirely they spoke at length."))


def test_evidence_that_changes_unchecks_the_quote(desk_of, people, article, quote, url):
    client = desk_of(people.writer)
    add(client, url)
    client.post(url, {"act": "check", "state": "verified", "method": "against the transcript"})
    evidence = Evidence.objects.get()
    evidence.text = "Quite other words."
    evidence.save()
    article.refresh_from_db()
    article.kicker = "Harbour"
    article.save()
    anchor_quotes(article)
    quote.refresh_from_db()
    assert quote.verification == Verification.UNVERIFIED


def test_evidence_without_words_is_looked_at_by_a_person(desk_of, people, quote, url):
    shown = add(desk_of(people.writer), url, kind="recording", title="Tape 3", text="", locator="00:14:30")
    assert "There are no words to compare" in text(shown)
    assert "00:14:30" in text(shown)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text": ""}, "Paste the words, or say where they are"),
        ({"title": ""}, "This field is required."),
        ({"url": "no address"}, "Enter a valid URL."),
        ({"text": "x" * 2_000_001}, "too long"),
    ],
)
def test_what_is_no_evidence_is_refused_with_a_sentence(desk_of, people, quote, url, changed, why):
    shown = add(desk_of(people.writer), url, **changed)
    assert why in text(shown)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("role", ["outsider", "reviewer", "admin"])
def test_nobody_sees_the_evidence_of_a_story_that_they_may_not_read(desk_of, people, quote, url, role):
    add(desk_of(people.writer), url)
    client = desk_of(getattr(people, role))
    assert client.get(url).status_code in (403, 404)
    assert client.post(url, {"act": "check", "state": "verified", "method": "x"}).status_code in (403, 404)


def test_who_may_read_but_not_write_sees_it_without_forms(desk_of, people, article, quote, url):
    add(desk_of(people.writer), url)
    article.refresh_from_db()
    article.submit(by=people.writer)
    client = desk_of(people.reviewer)
    shown = client.get(url)
    assert factories.WORDS in text(shown)
    assert "What do you say?" not in text(shown)
    assert client.post(url, {"act": "check", "state": "verified", "method": "x"}).status_code == 403


def test_the_evidence_of_another_story_is_not_offered_or_taken(desk_of, people, article, quote, url, desk):
    other = factories.article(people.outsider, desk)
    secret = Evidence.objects.create(article=other, title="Their tape", text="x")
    client = desk_of(people.writer)
    assert client.post(url, {"act": "choose", "evidence": secret.pk}).status_code == 422
    add(client, url)
    assert "Their tape" not in text(client.get(url))
    mine = Evidence.objects.get(article=article)
    assert client.post(url, {"act": "choose", "evidence": mine.pk}, follow=True).status_code == 200
