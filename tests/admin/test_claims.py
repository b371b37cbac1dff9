"""What a story asserts, whom it asked, and what somebody answers for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import press
from articles.models import Claim, RightOfReply, Story, Waiver
from tests import factories
from tests.admin.pages import page, text

PASSAGE = "Ships waited off the breakwater, port records showed."


@pytest.fixture
def url(article):
    """The page of its claims."""
    return reverse("admin:articles_article_claims", args=[article.pk])


@pytest.fixture
def accused():
    """Whom the claim is about."""
    return factories.actor("Port Selm Authority", "organisation")


def mark(client, url, accused, article, words=PASSAGE, **changed):
    """Mark a serious claim that rests on the story's one source."""
    values = {
        "act": "claim",
        "claim-text": words,
        "claim-is_serious": "on",
        "claim-actors": accused.name,
        "claim-attributions": [row.pk for row in article.attributions.all()],
    }
    return client.post(url, values | changed, follow=True)


def ask(client, url, accused, **changed):
    """Note that they were asked."""
    values = {
        "act": "reply",
        "reply-actor": accused.name,
        "reply-asked_at": _moment(-3),
        "reply-how": "email",
        "reply-questions": "Why did the ships wait?",
        "reply-deadline": _moment(-1),
        "reply-outcome": "",
    }
    asked_by = {"reply-asked_by": str(changed.pop("asked_by"))} if "asked_by" in changed else {}
    return client.post(url, values | asked_by | changed, follow=True)


def _moment(hours):
    return timezone.localtime(timezone.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def codes(article):
    """The rules that stand against it."""
    return {finding.code for finding in type(article).objects.get(pk=article.pk).preflight() if finding.blocks}


def test_a_claim_is_marked_asked_about_and_stands_when_readers_are_told(desk_of, people, article, url, accused):
    client = desk_of(people.writer)
    shown = mark(client, url, accused, article)
    claim = article.claims.get()
    assert (claim.text, claim.is_serious, list(claim.actors.all())) == (PASSAGE, True, [accused])
    assert claim.prefix.rstrip().endswith("on Monday.")
    assert "1 independent source" in text(shown)
    assert {"R18", "R20"} <= codes(article)
    ask(client, url, accused, asked_by=people.writer.pk)
    assert "R20" not in codes(article)
    row = article.replies.get()
    shown = client.post(
        url,
        {
            "act": "reply",
            "row": row.pk,
            f"reply-{row.pk}-actor": accused.name,
            f"reply-{row.pk}-asked_at": _moment(-3),
            f"reply-{row.pk}-how": "email",
            f"reply-{row.pk}-asked_by": people.writer.pk,
            f"reply-{row.pk}-deadline": _moment(-1),
            f"reply-{row.pk}-outcome": "no_response",
        },
        follow=True,
    )
    offered = next(node for node in page(shown).iter("q") if node.get("id") == f"sentence-{row.pk}").text
    assert offered.startswith("Port Selm Authority did not respond to a request for comment by ")
    assert "R21" in codes(article)
    assert offered not in article.text()
    article.body += f"<p>{offered}</p>"
    article.save()
    assert not {"R20", "R21"} & codes(article)
    assert article.revisions.first().document["claims"][0]["text"] == PASSAGE


def test_words_that_do_not_stand_in_the_body_are_refused_and_kept(desk_of, people, article, url, accused):
    shown = mark(desk_of(people.writer), url, accused, article, words="Ships sank off the breakwater.")
    assert shown.status_code == 422
    assert "do not stand in the body" in text(shown)
    assert "Ships sank off the breakwater." in text(shown)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reply-asked_at": _moment(5)}, "has not come yet"),
        ({"reply-deadline": _moment(-9)}, "leave them time to reply"),
        ({"reply-answered_at": _moment(-9)}, "before they were asked"),
        ({"reply-actor": "Nobody Known"}, "not in the vocabulary"),
    ],
)
def test_a_request_that_cannot_be_is_refused(desk_of, people, article, url, accused, changed, sentence):
    shown = ask(desk_of(people.writer), url, accused, **changed)
    assert shown.status_code == 422
    assert sentence in text(shown)
    assert "Why did the ships wait?" in text(shown)
    assert not RightOfReply.objects.exists()


def test_only_who_did_not_write_it_answers_for_one_source(desk_of, people, article, url, accused):
    writer = desk_of(people.writer)
    mark(writer, url, accused, article)
    claim = article.claims.get()
    for act in ("know", "approve"):
        assert writer.post(url, {"act": act, "row": claim.pk}).status_code == 403
    editor, publisher = desk_of(people.editor), desk_of(people.publisher)
    editor.post(url, {"act": "know", "row": claim.pk})
    assert editor.post(url, {"act": "approve", "row": claim.pk}).status_code == 403
    publisher.post(url, {"act": "approve", "row": claim.pk})
    claim.refresh_from_db()
    assert (claim.known_to_desk, claim.approved_by, claim.is_approved) == (people.editor, people.publisher, True)
    assert "R18" not in codes(article)
    changed = {"row": claim.pk, f"claim-{claim.pk}-text": PASSAGE, f"claim-{claim.pk}-is_serious": "on"}
    writer.post(url, {"act": "claim"} | changed)
    claim.refresh_from_db()
    assert not claim.is_approved
    assert "R18" in codes(article)


def test_a_rule_is_waived_by_name_with_a_reason_and_taken_back(desk_of, people, article, url, accused):
    mark(desk_of(people.writer), url, accused, article, **{"claim-attributions": []})
    publisher = desk_of(people.publisher)
    shown = publisher.get(url)
    key = next(node.get("value") for node in page(shown).iter("input") if node.get("name") == "key")
    assert publisher.post(url, {"act": "waive", "key": key, "reason": "  "}).status_code == 422
    assert desk_of(people.writer).post(url, {"act": "waive", "key": key, "reason": "No."}).status_code == 403
    publisher.post(url, {"act": "waive", "key": key, "reason": "Seen by our own reporter."})
    waiver = Waiver.objects.get()
    assert (waiver.code, waiver.by, waiver.reason) == ("R18", people.publisher, "Seen by our own reporter.")
    assert "R18" not in codes(article)
    publisher.post(url, {"act": "withdraw_waiver", "row": waiver.pk})
    assert "R18" in codes(article)


def test_a_late_reply_opens_an_update(desk_of, people, article, url, accused):
    writer = desk_of(people.writer)
    ask(writer, url, accused, asked_by=people.writer.pk, **{"reply-outcome": "no_response"})
    article.body += "<p>Port Selm Authority did not respond to a request for comment.</p>"
    article.save()
    article.record_revision(by=people.writer)
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    press.publish(article, by=people.publisher)
    row = article.replies.get()
    shown = desk_of(people.editor).post(url, {"act": "late", "row": row.pk}, follow=True)
    assert "An update is open" in text(shown)
    article.refresh_from_db()
    row.refresh_from_db()
    assert (article.status, row.outcome) == ("draft", "replied")
    assert "R21" in codes(article)
    assert "did not respond" in Story.objects.get(pk=article.pk).body


def test_another_storys_rows_are_out_of_reach(desk_of, people, article, url, accused):
    other = factories.article(people.writer)
    claim = Claim.objects.create(article=other, text=PASSAGE)
    client = desk_of(people.publisher)
    for act in ("know", "approve", "drop_claim"):
        assert client.post(url, {"act": act, "row": claim.pk}).status_code == 404


def test_the_page_costs_the_same_with_many_claims(
    desk_of, people, article, url, accused, django_assert_max_num_queries
):
    client = desk_of(people.writer)
    mark(client, url, accused, article)
    ask(client, url, accused)
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for number in range(4):
        claim = Claim.objects.create(article=article, text=f"Claim {number}")
        claim.actors.add(accused)
        claim.attributions.add(article.attributions.get())
        RightOfReply.objects.create(article=article, actor=accused, asked_by=people.writer)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)
