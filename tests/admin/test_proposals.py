"""The page of proposals: who sees it, what it shows, and what its forms do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Actor, Article, Proposal, Quote
from articles.proposals import reading
from tests import factories
from tests.admin.pages import fields, page, text

BODY = (
    "<p>“We have checked every bolt on board,” said Ilse Maran, director of the Lund Harbour Board (LHB).</p>"
    "<p>“The pier was never safe in such a wind,” two dockers said.</p>"
    "<p>They staged “The Drowned Bell of Lund” in the old customs house of Marlow &amp; Sons.</p>"
)


@pytest.fixture
def draft(people, desk):
    """A draft of the writer's on the editor's desk, read for proposals."""
    factories.actor("Lund Harbour Board", kind="body")
    article = Article.objects.create(
        writer=people.writer, desk=desk, headline="Ferry sails again", slug="ferry-sails", body=BODY
    )
    article.record_revision(by=people.writer)
    reading.refresh(article)
    return article


@pytest.fixture
def url(draft):
    """Its page."""
    return reverse("admin:articles_article_proposals", args=[draft.pk])


def proposal(article, words, kind="quote"):
    """The proposal of these words, or of this name."""
    key = "text" if kind == "quote" else "name"
    return next(row for row in article.proposals.filter(kind=kind) if words in row.payload[key])


def address(row):
    """Where a decision on it is sent."""
    return reverse("admin:articles_article_proposal", args=[row.article_id, row.pk])


# --- who ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["outsider", "admin", "reviewer"])
def test_the_page_does_not_exist_for_who_may_not_read_the_draft(draft, url, desk_of, people, who):
    client = desk_of(getattr(people, who))
    row = draft.proposals.first()
    for name in ("articles_article_proposals_accept", "articles_article_proposals_read"):
        assert client.post(reverse(f"admin:{name}", args=[draft.pk]), {"which": "quotes"}).status_code == 404
    assert client.get(url).status_code == 404
    assert client.post(address(row), {"decision": "accept"}).status_code == 404
    assert draft.proposals.get(pk=row.pk).state == "open"


def test_a_stranger_is_asked_to_log_in(client, url, draft):
    assert client.get(url)["Location"].startswith(reverse("admin:login"))
    assert client.post(address(draft.proposals.first()), {"decision": "accept"}).status_code == 302
    assert not draft.proposals.exclude(state="open").exists()


def test_the_reviewer_reads_and_decides_nothing_while_the_draft_is_in_review(draft, url, desk_of, people):
    draft.submit(by=people.writer)
    for person in (people.reviewer, people.writer):
        client = desk_of(person)
        response = client.get(url)
        assert "every bolt" in text(response)
        assert not [form for form in page(response).iter("form") if "/proposals/" in (form.get("action") or "")]
        for decision in ("accept", "change", "reject", "reopen"):
            assert client.post(address(proposal(draft, "every bolt")), {"decision": decision}).status_code == 403
        for name in ("articles_article_proposals_accept", "articles_article_proposals_read"):
            assert client.post(reverse(f"admin:{name}", args=[draft.pk]), {"which": "quotes"}).status_code == 403
    assert not Quote.objects.exists()
    assert not draft.proposals.exclude(state="open").exists()


def test_a_proposal_of_another_article_is_not_found_when_its_key_is_forged(draft, desk_of, people):
    other = Article.objects.create(writer=people.outsider, headline="Other", body=BODY)
    reading.refresh(other)
    row = other.proposals.first()
    forged = reverse("admin:articles_article_proposal", args=[draft.pk, row.pk])
    assert desk_of(people.writer).post(forged, {"decision": "accept"}).status_code == 404
    assert other.proposals.get(pk=row.pk).state == "open"


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_decisions_are_posted_only(draft, desk_of, people, method):
    client = desk_of(people.writer)
    assert getattr(client, method)(address(draft.proposals.first())).status_code == 405


@pytest.mark.parametrize("decision", ["", "publish", "__class__"])
def test_an_unknown_decision_is_not_found(draft, desk_of, people, decision):
    assert desk_of(people.writer).post(address(draft.proposals.first()), {"decision": decision}).status_code == 404


# --- the page -------------------------------------------------------------------------------------------------


def test_every_proposal_is_marked_in_the_copy_and_listed_beside_it(draft, url, desk_of, people):
    response = desk_of(people.editor).get(url)
    document = page(response)
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = {
        element.get("href"): "".join(element.itertext()) for element in document.iter("a") if element.get("data-mark")
    }
    for row in draft.proposals.filter(kind="quote"):
        assert f"at-{row.pk}" in ids
        assert f"proposal-{row.pk}" in ids
        assert links[f"#proposal-{row.pk}"] == row.payload["text"]
    words = text(response)
    assert "reporting verb after the quote: right in" in words
    assert "two dockers, unnamed" in words
    assert "in the vocabulary" in words
    assert "Marlow & Sons" in words


def test_every_form_carries_its_token(url, desk_of, people):
    forms = [form for form in page(desk_of(people.editor).get(url)).iter("form") if form.get("method") == "post"]
    assert len(forms) > 10
    for form in forms:
        assert any(field.get("name") == "csrfmiddlewaretoken" and field.get("value") for field in form.iter("input"))


def test_names_inside_quoted_words_are_marked_too(people, desk, desk_of):
    factories.actor("Lund Harbour Board", kind="body")
    body = "<p>“We asked the <strong>Lund Harbour</strong> Board for help,” Ada Brook said.</p>"
    article = Article.objects.create(writer=people.writer, desk=desk, headline="Help", body=body)
    reading.refresh(article)
    response = desk_of(people.writer).get(reverse("admin:articles_article_proposals", args=[article.pk]))
    marks = [
        e for e in page(response).iter() if e.get("data-mark") == str(proposal(article, "Lund Harbour", "actor").pk)
    ]
    assert "".join("".join(mark.itertext()) for mark in marks) == "Lund Harbour Board"


def test_nothing_of_the_copy_is_run_when_it_holds_markup(people, desk, desk_of):
    body = "<p>“A &lt;script&gt;alert(1)&lt;/script&gt; of three words,” Ada &lt;b&gt;Brook said.</p>"
    article = Article.objects.create(writer=people.writer, desk=desk, headline="<script>alert(2)</script>", body=body)
    reading.refresh(article)
    response = desk_of(people.writer).get(reverse("admin:articles_article_proposals", args=[article.pk]))
    assert "alert(1)" in text(response)
    assert not [script for script in page(response).iter("script") if "alert" in "".join(script.itertext())]


def test_old_places_are_not_marked_when_the_body_changed_unread(draft, url, desk_of, people):
    Article.objects.filter(pk=draft.pk).update(body="<p>Short.</p>")
    response = desk_of(people.writer).get(url)
    assert response.status_code == 200
    assert "no longer stand in the body" in text(response)


def test_the_cost_does_not_grow_when_more_is_proposed(people, desk, desk_of):
    def queries(paragraphs):
        body = "".join(
            f"<p>“The {n}th pier was never safe,” said Mira Olen{chr(97 + n)}, a docker.</p>" for n in range(paragraphs)
        )
        article = Article.objects.create(writer=people.writer, desk=desk, headline="Piers", body=body)
        reading.refresh(article)
        client = desk_of(people.editor)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("admin:articles_article_proposals", args=[article.pk]))
        return len(captured)

    assert queries(1) == queries(20) <= 20


def test_an_article_without_proposals_says_what_to_do(people, desk, desk_of):
    article = Article.objects.create(writer=people.writer, desk=desk)
    response = desk_of(people.writer).get(reverse("admin:articles_article_proposals", args=[article.pk]))
    assert "Tag the story on the writing desk" in text(response)


# --- decisions ------------------------------------------------------------------------------------------------


def test_accepting_leads_back_to_the_proposal(draft, url, desk_of, people):
    row = proposal(draft, "every bolt")
    client = desk_of(people.editor)
    response = client.post(address(row), {"decision": "accept"})
    assert response["Location"] == f"{url}#proposal-{row.pk}"
    assert Quote.objects.get().speaker.name == "Ilse Maran"
    assert "Accepted: We have checked every bolt" in text(client.get(url))


def test_the_records_hold_what_the_form_was_changed_to(draft, url, desk_of, people):
    row = proposal(draft, "every bolt")
    client = desk_of(people.editor)
    name = f"proposal-{row.pk}"
    values = {f"{name}-{field}": value for field, value in QUOTE_FIELDS.items()}
    response = client.post(address(row), {"decision": "change", **values})
    assert response.status_code == 302
    quote = Quote.objects.get()
    assert (quote.speaker.name, quote.speaker.kind, quote.obtained_via) == ("Tom Reed", "person", "phone")
    assert (str(quote.said_on), quote.is_undated) == ("2026-03-02", False)
    assert quote.attribution.wording == "Tom Reed, a docker"


QUOTE_FIELDS = {
    "kind": "direct",
    "speaker": "Tom Reed",
    "speaker_kind": "person",
    "speaker_mention": "Tom Reed",
    "role": "docker",
    "wording": "Tom Reed, a docker",
    "source_kind": "person",
    "basis": "on_record",
    "head_count": "",
    "obtained_via": "phone",
    "said_on": "2026-03-02",
}


def test_the_form_comes_back_with_what_was_written_when_it_is_wrong(draft, desk_of, people):
    row = proposal(draft, "every bolt")
    values = {f"proposal-{row.pk}-{field}": value for field, value in QUOTE_FIELDS.items()}
    wrong = {f"proposal-{row.pk}-basis": "background", f"proposal-{row.pk}-said_on": "soon"}
    response = desk_of(people.editor).post(address(row), {"decision": "change", **values, **wrong})
    assert response.status_code == 422
    assert "take the name out" in text(response)
    assert "Tom Reed, a docker" in response.content.decode()
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("head_count", "0"), ("head_count", "99999999999"), ("kind", "shouted"), ("basis", "x"), ("speaker", "x" * 101)],
)
def test_a_forged_value_is_refused(draft, desk_of, people, field, value):
    row = proposal(draft, "every bolt")
    values = {f"proposal-{row.pk}-{name}": given for name, given in {**QUOTE_FIELDS, field: value}.items()}
    assert desk_of(people.editor).post(address(row), {"decision": "change", **values}).status_code == 422
    assert not Quote.objects.exists()


def test_a_title_is_marked_in_the_body_when_rejected_as_one(draft, desk_of, people):
    row = proposal(draft, "Drowned Bell")
    client = desk_of(people.writer)
    client.post(address(row), {"decision": "reject", "reason": "title"})
    draft.refresh_from_db()
    assert 'data-not-speech="title"' in draft.body
    client.post(address(row), {"decision": "reopen"})
    draft.refresh_from_db()
    assert "data-not-speech" not in draft.body


def test_a_sentence_says_why_when_a_decision_is_not_possible(draft, url, desk_of, people):
    actor = draft.proposals.get(kind="actor", payload__name="Ilse Maran")
    client = desk_of(people.writer)
    response = client.post(address(actor), {"decision": "accept"}, follow=True)
    assert "only editors add to it" in text(response)
    assert not Actor.objects.filter(name="Ilse Maran").exists()


def test_an_actor_is_tagged_under_the_name_written_in_the_form(draft, desk_of, people):
    row = draft.proposals.get(kind="actor", payload__name="Ilse Maran")
    values = {f"proposal-{row.pk}-name": "Ilse Maran-Holt", f"proposal-{row.pk}-kind": "person"}
    desk_of(people.editor).post(address(row), {"decision": "change", **values})
    assert [actor.name for actor in draft.actors.all()] == ["Ilse Maran-Holt"]
    assert draft.actors.get().aliases.get().name == "Ilse Maran"


def test_the_confident_quotes_are_accepted_together(draft, url, desk_of, people):
    client = desk_of(people.editor)
    words = text(client.get(url))
    assert "Accept 2 quotes of 85 % or more" in words
    response = client.post(reverse("admin:articles_article_proposals_accept", args=[draft.pk]), {"which": "quotes"})
    assert response["Location"] == url
    assert Quote.objects.count() == 2
    assert draft.revisions.count() == 2
    assert proposal(draft, "Drowned Bell").state == "open"


def test_only_what_the_vocabulary_has_is_tagged_together(draft, desk_of, people):
    desk_of(people.editor).post(reverse("admin:articles_article_proposals_accept", args=[draft.pk]), {"which": "tags"})
    assert [actor.name for actor in draft.actors.all()] == ["Lund Harbour Board"]


def test_nothing_else_is_accepted_together(draft, desk_of, people):
    bulk = reverse("admin:articles_article_proposals_accept", args=[draft.pk])
    assert desk_of(people.editor).post(bulk, {"which": "everything"}).status_code == 404
    assert not draft.proposals.exclude(state="open").exists()


def test_the_copy_is_read_anew_when_asked(draft, desk_of, people):
    Article.objects.filter(pk=draft.pk).update(body="<p>“Quite other words now,” said Ada Brook.</p>")
    desk_of(people.writer).post(reverse("admin:articles_article_proposals_read", args=[draft.pk]))
    assert [row.payload["text"] for row in draft.proposals.filter(kind="quote")] == ["Quite other words now,"]


def test_the_copy_is_read_anew_when_the_desk_saves_it(draft, desk_of, people):
    client = desk_of(people.writer)
    change = reverse("admin:articles_article_change", args=[draft.pk])
    values = fields(client.get(change)) | {"body": "<p>“Quite other words now,” said Ada Brook.</p>", "_continue": "1"}
    assert client.post(change, values).status_code == 302
    assert [row.payload["text"] for row in draft.proposals.filter(kind="quote")] == ["Quite other words now,"]


def test_a_new_story_is_read_when_it_is_written_on_the_desk(people, desk, desk_of):
    client = desk_of(people.editor)
    add = reverse("admin:articles_article_add")
    values = fields(client.get(add)) | {"headline": "Ferry", "body": BODY, "_continue": "1"}
    assert client.post(add, values).status_code == 302
    assert Proposal.objects.filter(kind="quote", article__headline="Ferry").count() == 3
