"""A quote held against its evidence on the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Evidence
from articles.models.quotes import Match, Verification, anchor_quotes
from tests import factories
from tests.admin.pages import page, text

SAID = f"Good morning. {factories.WORDS} Thank you all."


def check(client, address, state="verified", method="against the transcript", **changed):
    """Say what the words are, as the page has the form."""
    shown = client.get(address)
    what = next(node.get("value") for node in page(shown).iter("input") if node.get("name") == "what")
    return client.post(address, {"act": "check", "state": state, "method": method, "what": what} | changed)


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
    assert check(client, url, method=" ").status_code == 422
    check(client, url)
    quote.refresh_from_db()
    assert (quote.verification, quote.verified_by, quote.match) == ("verified", people.writer, "exact")
    assert quote.verified_what == quote.checked_things()
    assert article.revisions.first().document["quotes"][0]["verification"] == "verified"


def test_what_a_shortened_quote_leaves_out_is_struck_out(desk_of, people, quote, url):
    said = SAID.replace("before the channel", "before Sunday and before the channel", 1)
    quote.text = "We will not reopen it before … the channel is swept,"
    quote.save()
    shown = add(desk_of(people.writer), url, text=said)
    assert "with words left out" in text(shown)
    assert [node.text.strip() for node in page(shown).iter("del")] == ["Sunday and before"]


def test_altered_words_are_shown_word_by_word(desk_of, people, quote, url):
    said = SAID.replace("will not", "shall not", 1)
    shown = add(desk_of(people.writer), url, text=said)
    assert "altered" in text(shown)
    assert [node.text for node in page(shown).iter("del")] == ["shall"]
    assert "not found" in text(add(desk_of(people.writer), url, text="Of other things entirely they spoke at length."))


def test_evidence_that_changes_unchecks_the_quote(desk_of, people, article, quote, url):
    client = desk_of(people.writer)
    add(client, url)
    check(client, url)
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
        ({"text": ""}, "Paste the words, add the file"),
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


def test_a_check_is_of_the_words_that_were_looked_at_and_of_no_others(desk_of, people, article, quote, url):
    client = desk_of(people.writer)
    add(client, url)
    shown = client.get(url)
    what = next(node.get("value") for node in page(shown).iter("input") if node.get("name") == "what")
    quote.refresh_from_db()
    quote.text = "We will reopen it before the channel is swept"
    quote.save()
    late = client.post(url, {"act": "check", "state": "verified", "method": "against the transcript", "what": what})
    assert late.status_code == 422
    assert "were changed since you opened this page" in text(late)
    assert "against the transcript" in late.content.decode()
    quote.refresh_from_db()
    assert quote.verification == Verification.UNVERIFIED
    for forged in ({}, {"what": "x"}):
        values = {"act": "check", "state": "verified", "method": "against the transcript"}
        assert client.post(url, values | forged).status_code == 422


def upload(client, address, name, data, **changed):
    """Attach a file."""
    return add(client, address, text="", file=SimpleUploadedFile(name, data), **changed)


@pytest.fixture
def media(settings, tmp_path):
    """Files of the test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


def test_a_transcript_is_attached_read_compared_and_handed_to_who_reads_the_story(
    desk_of, people, article, quote, url, media, client
):
    writer = desk_of(people.writer)
    shown = upload(writer, url, "press conference.txt", SAID.encode("utf-16"))
    assert "word for word" in text(shown)
    evidence = Evidence.objects.get()
    assert evidence.text == SAID
    address = reverse("admin:articles_article_evidence", args=[article.pk, evidence.pk])
    assert address in shown.content.decode()
    answer = writer.get(address)
    assert b"".join(answer.streaming_content) == SAID.encode("utf-16")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    stranger = factories.person("stranger", "Writer")
    assert desk_of(stranger).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert client.get(evidence.file.url).status_code == 404
    assert writer.get(evidence.file.url).status_code == 404


def test_the_times_of_a_subtitle_file_do_not_part_the_words(desk_of, people, quote, url, media):
    first, last = factories.WORDS[:21], factories.WORDS[22:]
    data = f"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n{first}\n\n2\n00:00:04.000 --> 00:00:07.000\n{last}\n"
    assert "word for word" in text(upload(desk_of(people.writer), url, "briefing.vtt", data.encode()))


def test_a_stranger_s_300_mb_are_not_waited_for(client, url):
    answer = client.generic("POST", url, CONTENT_LENGTH=str(300 * 1024 * 1024))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("notes.txt", b"\x00\x01\x02" * 400, "notes.txt"),
        ("empty.pdf", b"", "empty"),
        ("notes.txt", b"%PDF-1.7 not a text at all", "PDF"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_kept(
    desk_of, people, quote, url, media, name, data, sentence
):
    shown = upload(desk_of(people.writer), url, name, data, title="Kept title")
    assert shown.status_code == 422
    assert sentence in text(shown)
    assert "Kept title" in shown.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_of_another_kind_is_kept_as_it_is(desk_of, people, quote, url, media):
    shown = upload(desk_of(people.writer), url, "page.pdf", b"%PDF-1.7", kind="document", locator="page 12")
    assert "hold it against the evidence yourself" in text(shown)
    assert Evidence.objects.get().file_name == "page.pdf"


def test_a_file_of_300_mb_is_answered_before_it_is_read(desk_of, people, quote, url, settings):
    class Endless:
        """300 MB that are made as they are read."""

        left = 300 * 1024 * 1024

        def read(self, size=-1):
            piece = min(size, self.left)
            self.left -= piece
            return b"\0" * piece

        readline = read

    body = Endless()
    answer = desk_of(people.writer).generic(
        "POST", url, **{"wsgi.input": body, "CONTENT_LENGTH": str(body.left), "CONTENT_TYPE": "multipart/form-data"}
    )
    assert answer.status_code == 413
    assert "50 MB at most" in text(answer)
    assert not Evidence.objects.exists()


def test_a_file_over_the_limit_says_so(desk_of, people, quote, url, settings, media):
    settings.NEWSROOM_UPLOAD_MEGABYTES = 1
    shown = upload(desk_of(people.writer), url, "tape.wav", b"x" * (1024 * 1024 + 1))
    assert shown.status_code == 422
    assert "larger than 1 MB" in text(shown)


def test_readers_are_told_of_evidence_only_where_the_desk_says_so(desk_of, people, article, quote, url):
    client = desk_of(people.writer)
    add(client, url, url="https://port.example/transcript", locator="line 3")
    document = article.revisions.first().document
    assert document["quotes"][0]["shown_evidence"] is None
    assert "port.example" not in str(document)
    client.post(url, {"act": "show"})
    shown = {"title": "Press conference", "url": "https://port.example/transcript", "locator": "line 3"}
    assert article.revisions.first().document["quotes"][0]["shown_evidence"] == shown
    client.post(url, {"act": "show"})
    assert article.revisions.first().document["quotes"][0]["shown_evidence"] is None


def test_the_same_words_elsewhere_are_shown_and_linked(desk_of, people, article, quote, url):
    other = factories.article(people.writer, headline="The day after")
    client = desk_of(people.writer)
    assert "The day after" in text(client.get(url))
    client.post(url, {"act": "link", "other": other.quotes.get().pk})
    quote.refresh_from_db()
    assert quote.utterance == other.quotes.get().utterance
    assert client.post(url, {"act": "link", "other": "999"}).status_code == 403
    client.post(url, {"act": "unlink"})
    quote.refresh_from_db()
    assert quote.utterance is None
