"""The whole way over HTTP: wire copy in, proposals accepted, reviewed, published, read."""

from pathlib import Path

import feedparser
import pytest
from django.urls import reverse

from articles.models import Actor, Article, Event, Quote, Story, Topic, WireCopy
from articles.models.proposals import ProposalKind, ProposalState
from articles.workflow import Status
from tests import factories

COPY = Path(__file__).parent.parent / "data" / "journey.txt"
HEADLINE = "Varland wants general to halt march on Port Selm"
WORDS = "Varland wants the ‘Northern Liberation Army’ to end its march on Port Selm,"


def page(client, name, *arguments):
    """The text of a page of the desk."""
    response = client.get(reverse(f"admin:{name}", args=arguments))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def move(client, article, verb, note=""):
    """Press a button of the rail."""
    address = reverse("admin:articles_article_move", args=[article.pk])
    article.refresh_from_db()
    response = client.post(address, {"verb": verb, "note": note, "version": article.version}, follow=True)
    article.refresh_from_db()
    return response.content.decode()


def decide(client, article, proposal, **values):
    """Decide one proposal on its page."""
    address = reverse("admin:articles_article_proposal", args=[article.pk, proposal.pk])
    return client.post(address, values, follow=True)


def seen_by_readers(client):
    """Everything a reader can open, as one text."""
    addresses = ["/", "/latest/", "/actors/", "/topics/", "/feeds/latest.rss"]
    addresses += [actor.get_absolute_url() for actor in Actor.objects.all()]
    addresses += [topic.get_absolute_url() for topic in Topic.objects.all()]
    return "\n".join(client.get(address).content.decode() for address in addresses)


@pytest.fixture
def article(client, people, desk):
    """The copy, imported by the editor through the browser."""
    factories.topic("Conflict")
    client.force_login(people.editor)
    with COPY.open("rb") as copy:
        response = client.post(reverse("admin:articles_article_import"), {"files": [copy], "desk": desk.pk})
    article = Article.objects.get()
    assert response["Location"] == reverse("admin:articles_article_proposals", args=[article.pk])
    return article


def test_wire_copy_goes_the_whole_way_to_the_reader(article, client, client_of, people):
    editor, reviewer, publisher, reader = (
        client_of(person) for person in (people.editor, people.reviewer, people.publisher, None)
    )

    # as it came in
    assert (article.headline, article.status) == (HEADLINE, Status.DRAFT)
    assert WireCopy.objects.get().share_count == 231
    assert "231" not in article.text()

    # proposals: everything as proposed, quotes by hand where they are not certain enough for all at once
    assert WORDS in page(editor, "articles_article_proposals", article.pk)
    found = {proposal.payload["name"] for proposal in article.proposals.filter(kind=ProposalKind.ACTOR)}
    assert {
        "Oren Tesk",
        "Northern Liberation Army",
        "Port Selm",
        "Dora Lindqvar",
        "Marius Edden",
        "Corda Republic",
    } <= found
    for proposal in article.proposals.filter(state=ProposalState.OPEN):
        decide(editor, article, proposal, decision="accept")
    direct = Quote.objects.get(text=WORDS)
    assert direct.speaker.name == "Varland Foreign Ministry"
    palace = Quote.objects.get(text__startswith="recognised General Tesk")
    assert palace.speaker.name == "Winter Palace"
    same = Quote.objects.get(text__startswith="The delegation, speaking")
    assert same.speaker == direct.speaker
    assert Actor.objects.get(name="Northern Liberation Army").aliases.filter(name="NLA").exists()
    envoys = {str(attribution.wording) for attribution in article.attributions.all() if attribution.is_anonymous}
    assert "envoys and Port Selm officials" in envoys

    # what still keeps it from going out is said on the writing desk
    desk_page = page(editor, "articles_article_change", article.pk)
    assert "Write a standfirst." in desk_page
    assert 'href="#id_standfirst"' in desk_page
    article.refresh_from_db()
    article.standfirst = "The statement is the strongest since the march began."
    article.save()
    article.topics.add(Topic.objects.get(name="Conflict"))
    article.record_revision(by=people.editor)

    # nobody has checked a word of it, nobody knows who the envoys are
    assert {"R5", "R9", "R11", "R12", "R17"} <= {finding.code for finding in article.blocking_findings()}
    for quote in article.quotes.all():
        quote.check_words("verified", by=people.editor, method="against the statement")
        quote.save()
    for attribution in article.attributions.select_related("source"):
        if attribution.is_anonymous:
            factories.agree(attribution)
    factories.sign(article, people.writer)
    article.record_revision(by=people.editor)
    assert [finding.sentence for finding in article.blocking_findings()] == []

    # before publication nothing of it is visible
    move(editor, article, "submit")
    assert article.status == Status.IN_REVIEW
    move(editor, article, "approve")
    assert article.status == Status.IN_REVIEW, "the editor's own work"
    move(reviewer, article, "approve")
    assert article.status == Status.APPROVED
    assert "Tesk" not in seen_by_readers(reader)
    move(editor, article, "publish")
    assert article.status == Status.APPROVED, "only a publisher publishes"

    answer = move(publisher, article, "publish")
    assert article.status == Status.PUBLISHED, answer

    # and now a reader has it everywhere
    story = Story.objects.get()
    text = reader.get(story.get_absolute_url()).content.decode()
    assert HEADLINE in text
    assert f'id="q-{direct.pk}"' in text
    assert f'id="card-{direct.pk}"' in text
    assert "envoys and Port Selm officials" in text
    for address in ("/", "/latest/", "/actors/oren-tesk/", "/topics/conflict/"):
        assert HEADLINE in reader.get(address).content.decode(), address
    speaker = reader.get(direct.speaker.get_absolute_url())
    assert "to end its march on Port Selm" in speaker.content.decode()
    feed = feedparser.parse(reader.get("/feeds/latest.rss").content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [HEADLINE]
    verbs = list(Event.objects.filter(article__isnull=False).order_by("pk").values_list("verb", "by__username"))
    assert verbs == [("import", "edda"), ("submit", "edda"), ("approve", "rhea"), ("publish", "pablo")]


def test_the_same_copy_a_second_time_leads_to_the_same_story(article, client):
    with COPY.open("rb") as copy:
        response = client.post(reverse("admin:articles_article_import"), {"files": [copy]})
    assert response["Location"] == reverse("admin:articles_article_proposals", args=[article.pk])
    assert Article.objects.count() == 1


def test_the_press_refuses_while_a_quote_has_drifted(article, client_of, people):
    editor, publisher = (client_of(person) for person in (people.editor, people.publisher))
    for proposal in article.proposals.all():
        decide(editor, article, proposal, decision="accept")
    article.refresh_from_db()
    article.standfirst = "A standfirst."
    article.body = article.body.replace("to end its march on Port Selm", "to end its war")
    article.save()
    article.record_revision(by=people.editor)
    move(editor, article, "submit")
    assert article.status == Status.DRAFT, "a record whose words are gone is not for a reviewer to find"
    Article.objects.filter(pk=article.pk).update(status=Status.APPROVED, approved_revision=article.revisions.first())
    answer = move(publisher, article, "publish")
    assert article.status == Status.APPROVED
    assert "R2" in answer
    assert not Story.objects.exists()
