"""Proposals beside an article, and the records made of what people accept."""

import time
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import markup, preflight
from articles.importers.plain import import_copy
from articles.models import Actor, Article, Attribution, Proposal, Quote, Source
from articles.models.revisions import document_of
from articles.proposals import compose, decisions, mentions, reading
from articles.proposals.decisions import CannotDecide, accept, accept_all, reject, reopen
from articles.proposals.drafts import Drafts
from articles.workflow import Status
from tests import factories

JOURNEY = Path(__file__).parent / "data" / "journey.txt"
BODY = (
    "<p>Marlow denied that it had closed the river.</p>"
    "<p>“We have checked every bolt on board,” said Ilse Maran, director of the Lund Harbour Board (LHB),"
    " on Monday.</p>"
    "<p>“The pier was never safe in such a wind,” two dockers said.</p>"
    "<p>“Nobody swept the channel for a year,” the Lund Harbour Board said in a statement.</p>"
    "<p>They staged “The Drowned Bell of Lund” in the old customs house.</p>"
)


@pytest.fixture
def draft(people, desk):
    """A draft of the writer's with everything still to be proposed."""
    article = Article.objects.create(
        writer=people.writer, desk=desk, headline="Ferry sails again", slug="ferry-sails-again", body=BODY
    )
    article.record_revision(by=people.writer)
    reading.refresh(article)
    return article


def proposal(article, words, kind="quote"):
    """The proposal of these words, or of this name."""
    return next(
        row
        for row in article.proposals.filter(kind=kind)
        if words in (row.payload["text"] if kind == "quote" else row.payload["name"])
    )


# --- reading --------------------------------------------------------------------------------------------------


def test_offsets_are_those_of_the_body_when_a_headline_is_read_with_it(draft):
    text = draft.text()
    rows = list(draft.proposals.filter(kind="quote"))
    assert rows
    assert all(text[row.start : row.end] == row.payload["text"] for row in rows)
    for row in draft.proposals.filter(kind="actor"):
        assert row.payload["mentions"], row.payload["name"]
        for start, end in row.payload["mentions"]:
            assert text[start:end][0].isupper()


def test_the_vocabulary_is_made_once_for_many_copies(db, django_assert_num_queries):
    compose.known()
    with django_assert_num_queries(1):
        compose.known()


def test_a_name_that_comes_or_goes_is_known_at_once_and_another_spelling_in_a_while(db, monkeypatch):
    port = Actor.objects.create(name="Selm Harbour Board", kind="organisation")
    assert compose.known().knows("Selm Harbour Board")
    alias = port.aliases.create(name="Selm Pilots")
    assert compose.known().knows("Selm Pilots")
    alias.delete()
    assert not compose.known().knows("Selm Pilots")
    Actor.objects.filter(pk=port.pk).update(name="Selm Port Trust")
    assert not compose.known().knows("Selm Port Trust")
    after = time.monotonic() + compose.LIFE
    monkeypatch.setattr(compose.time, "monotonic", lambda: after)
    assert compose.known().knows("Selm Port Trust")


def test_who_asks_to_read_again_is_told_of_the_names_as_they_are_now(draft, people, client_of):
    actor = Actor.objects.create(name="Quarry Board", kind="organisation")
    compose.known()
    Actor.objects.filter(pk=actor.pk).update(name="Ilse Maran", kind="person")
    client_of(people.writer).post(reverse("admin:articles_article_proposals_read", args=[draft.pk]))
    assert proposal(draft, "Ilse Maran", kind="actor").payload["slug"] == actor.slug


def test_nothing_changes_when_the_same_copy_is_read_again(draft):
    before = list(draft.proposals.values())
    reading.refresh(draft)
    assert list(draft.proposals.values()) == before


def test_open_proposals_go_and_decided_ones_stay_when_the_words_go(draft, people):
    reject(proposal(draft, "every bolt"), by=people.writer)
    draft.refresh_from_db()
    draft.body = "<p>Nothing is left of it.</p>"
    draft.save()
    reading.refresh(draft)
    assert [(row.kind, row.state) for row in draft.proposals.all()] == [("quote", "rejected")]


def test_a_proposal_moves_with_its_words_when_text_is_put_before_it(draft):
    row = proposal(draft, "every bolt")
    draft.body = "<p>A new first paragraph of some length.</p>" + draft.body
    draft.save()
    reading.refresh(draft)
    moved = draft.proposals.get(pk=row.pk)
    assert moved.start == row.start + len("A new first paragraph of some length.") + 2
    assert draft.text()[moved.start : moved.end] == moved.payload["text"]


def test_the_same_words_twice_are_two_proposals(people, desk):
    body = "<p>“We are not going home,” Ada Brook said.</p><p>“We are not going home,” Tom Reed said.</p>"
    article = Article.objects.create(writer=people.writer, desk=desk, headline="Home", body=body)
    reading.refresh(article)
    rows = list(article.proposals.filter(kind="quote"))
    assert [row.payload["speaker"]["text"] for row in rows] == ["Ada Brook", "Tom Reed"]
    accept(rows[1], by=people.writer)
    reading.refresh(article)
    assert [row.state for row in article.proposals.filter(kind="quote")] == ["open", "accepted"]


def test_nothing_is_proposed_when_it_is_on_record_already(people, desk):
    article = factories.article(people.writer, desk)
    reading.refresh(article)
    names = {row.payload["name"] for row in article.proposals.filter(kind="actor")}
    assert "Ilse Maran" not in names
    assert not [row for row in article.proposals.filter(kind="quote") if "the channel is swept" in row.payload["text"]]


def test_the_cost_does_not_grow_when_more_is_proposed(people):
    one = Article.objects.create(writer=people.writer, headline="One", body=BODY)
    many = Article.objects.create(
        writer=people.writer,
        headline="Many",
        body="".join(
            f"<p>“The {n}th pier was never safe,” said Mira Olen{chr(97 + n)}, a docker.</p>" for n in range(20)
        ),
    )
    reading.refresh(one)
    from_scratch = _queries_of(lambda: reading.refresh(many))
    one.proposals.all().delete()
    assert _queries_of(lambda: reading.refresh(one)) == from_scratch


def _queries_of(job):
    with CaptureQueriesContext(connection) as captured:
        job()
    return len(captured)


# --- accepting quotes -----------------------------------------------------------------------------------------


def test_all_records_are_made_when_a_quote_is_accepted(draft, people):
    quote = accept(proposal(draft, "every bolt"), by=people.editor)
    assert quote.article == draft
    assert (quote.kind, quote.text) == ("direct", "We have checked every bolt on board,")
    assert (quote.speaker.name, quote.speaker.kind) == ("Ilse Maran", "person")
    assert quote.role == "director of the Lund Harbour Board"
    assert quote.is_undated
    assert quote.prefix.endswith('"')
    attribution = quote.attribution
    assert (attribution.wording, attribution.basis, attribution.head_count) == ("Ilse Maran", "on_record", None)
    assert (attribution.source.kind, attribution.source.actor) == ("person", quote.speaker)
    assert not attribution.source.is_confidential
    row = proposal(draft, "every bolt")
    assert (row.state, row.decided_by) == ("accepted", people.editor)
    assert draft.revisions.count() == 2
    assert draft.revisions.first().created_by == people.editor


def test_an_unnamed_plural_source_is_confidential_and_counted(draft, people):
    quote = accept(proposal(draft, "never safe"), by=people.writer)
    assert quote.speaker is None
    assert quote.speaker_mention == "two dockers"
    assert (quote.attribution.basis, quote.attribution.head_count) == ("background", 2)
    assert quote.attribution.source.is_confidential
    assert "two dockers" in quote.attribution.source.label
    codes = {finding.code for finding in preflight.run(document_of(draft), preflight.Facts())}
    assert "R14" not in codes


def test_unnamed_sources_of_two_stories_are_two_sources(draft, people, desk):
    other = Article.objects.create(writer=people.writer, desk=desk, headline="Another ferry", body=BODY)
    reading.refresh(other)
    first = accept(proposal(draft, "never safe"), by=people.writer)
    second = accept(proposal(other, "never safe"), by=people.writer)
    assert first.attribution.source != second.attribution.source


def test_a_statement_is_the_source_when_the_cue_says_so(draft, people):
    quote = accept(proposal(draft, "Nobody swept"), by=people.editor)
    assert quote.obtained_via == "statement"
    assert (quote.attribution.source.kind, quote.attribution.source.actor) == ("statement", quote.speaker)
    assert quote.speaker.aliases.get().name == "LHB"


def test_one_attribution_is_kept_when_a_source_speaks_twice(people, desk):
    factories.actor("Ada Brook")
    body = "<p>“We are not going home,” Ada Brook said.</p><p>“It is far too late now,” Brook said.</p>"
    article = Article.objects.create(writer=people.writer, desk=desk, headline="Home", body=body)
    reading.refresh(article)
    made = [accept(row, by=people.writer) for row in article.proposals.filter(kind="quote")]
    assert made[0].attribution == made[1].attribution
    assert Source.objects.count() == 1
    assert made[1].speaker.name == "Ada Brook"


def test_wire_is_how_it_was_obtained_when_the_copy_came_from_an_agency(people):
    article = import_copy(JOURNEY.read_bytes(), "journey.txt", by=people.editor).article
    drafts = Drafts(article, article.proposals.all())
    obtained = {row.payload["text"][:12]: drafts.of(row).obtained_via for row in article.proposals.filter(kind="quote")}
    assert obtained["Varland want"] == "statement"
    assert obtained["recognised G"] == "wire"


def test_changes_stand_in_the_records_when_a_person_made_some(draft, people):
    changes = {
        "kind": "mixed",
        "speaker": "Tom Reed",
        "speaker_kind": "person",
        "role": "docker",
        "wording": "Tom Reed, a docker",
        "obtained_via": "phone",
    }
    quote = accept(proposal(draft, "every bolt"), by=people.editor, changes=changes)
    assert (quote.kind, quote.speaker.name, quote.role) == ("mixed", "Tom Reed", "docker")
    assert (quote.attribution.wording, quote.obtained_via) == ("Tom Reed, a docker", "phone")


def test_a_speaker_who_is_not_on_the_record_is_refused(draft, people):
    with pytest.raises(CannotDecide, match="not named"):
        accept(proposal(draft, "every bolt"), by=people.editor, changes={"basis": "background"})
    assert not Quote.objects.exists()
    assert not Source.objects.exists()


def test_the_speaker_is_left_to_an_editor_when_a_writer_accepts_a_new_one(draft, people):
    quote = accept(proposal(draft, "every bolt"), by=people.writer)
    assert quote.speaker is None
    assert quote.speaker_mention == "Ilse Maran"
    assert not Actor.objects.exists()
    codes = {finding.code for finding in preflight.run(document_of(draft), preflight.Facts())}
    assert "R3" in codes


def test_a_proposal_is_refused_when_its_words_are_gone(draft, people):
    row = proposal(draft, "every bolt")
    Article.objects.filter(pk=draft.pk).update(body="<p>Other words.</p>")
    with pytest.raises(CannotDecide, match="no longer stands"):
        accept(row, by=people.writer)
    assert draft.proposals.get(pk=row.pk).state == "open"


def test_a_second_decision_is_refused(draft, people):
    row = proposal(draft, "every bolt")
    accept(row, by=people.writer)
    with pytest.raises(CannotDecide, match="decided already"):
        accept(row, by=people.writer)
    with pytest.raises(CannotDecide, match="decided already"):
        reject(row, by=people.writer)
    assert Quote.objects.count() == 1


def test_everything_accepted_is_one_revision(draft, people):
    made, left = accept_all(draft, draft.proposals.filter(kind="quote"), by=people.editor)
    assert left == []
    assert len(made) == draft.quotes.count() == draft.proposals.filter(state="accepted").count()
    assert draft.revisions.count() == 2


def test_only_the_possible_is_accepted_when_a_writer_takes_all(draft, people):
    factories.actor("Lund Harbour Board", kind="body")
    reading.refresh(draft)
    made, left = accept_all(draft, draft.proposals.filter(kind="actor"), by=people.writer)
    assert "Lund Harbour Board" in {actor.name for actor in made}
    assert any("Ilse Maran" in sentence for sentence in left)
    assert not Actor.objects.filter(name="Ilse Maran").exists()


# --- tags -----------------------------------------------------------------------------------------------------


def test_a_new_actor_comes_with_its_abbreviation_when_accepted(draft, people):
    actor = accept(proposal(draft, "Lund Harbour Board", "actor"), by=people.editor)
    assert list(draft.actors.all()) == [actor]
    assert [(alias.name, alias.kind) for alias in actor.aliases.all()] == [("LHB", "abbreviation")]


def test_a_state_comes_with_code_and_demonyms_when_accepted(people, desk):
    article = Article.objects.create(
        writer=people.writer, headline="Visit", body="<p>She flew to Norway on Monday.</p>"
    )
    reading.refresh(article)
    actor = accept(proposal(article, "Norway", "actor"), by=people.writer)
    assert (actor.kind, actor.code) == ("state", "NO")
    assert "Norwegian" in {alias.name for alias in actor.aliases.filter(kind="demonym")}


def test_a_writer_is_refused_when_the_actor_is_new(draft, people):
    with pytest.raises(CannotDecide, match="only editors"):
        accept(proposal(draft, "Ilse Maran", "actor"), by=people.writer)
    assert not Actor.objects.exists()


def test_the_known_actor_is_tagged_when_the_name_is_changed_to_theirs(draft, people):
    known = factories.actor("Port of Lund", kind="organisation")
    row = proposal(draft, "Lund Harbour Board", "actor")
    assert accept(row, by=people.editor, changes={"name": "Port of Lund"}) == known
    assert list(draft.actors.all()) == [known]


def test_a_topic_is_tagged_when_accepted(people, desk):
    topic = factories.topic("Shipping")
    article = Article.objects.create(writer=people.writer, headline="Shipping news", body="<p>Shipping is shut.</p>")
    reading.refresh(article)
    assert accept(proposal(article, "Shipping", "topic"), by=people.writer) == topic
    assert list(article.topics.all()) == [topic]


# --- rejecting ------------------------------------------------------------------------------------------------


def test_the_passage_is_marked_when_it_is_no_speech(draft, people):
    reject(proposal(draft, "Drowned Bell"), by=people.writer, reason="title")
    draft.refresh_from_db()
    assert '“<span data-not-speech="title">The Drowned Bell of Lund</span>”' in draft.body
    assert markup.to_text(draft.body) == markup.to_text(BODY)
    assert draft.revisions.count() == 2
    sentences = [
        finding.sentence for finding in preflight.run(document_of(draft), preflight.Facts()) if finding.code == "R1"
    ]
    assert not any("Drowned Bell" in sentence for sentence in sentences)


def test_the_mark_goes_when_a_rejection_is_taken_back(draft, people):
    row = proposal(draft, "Drowned Bell")
    reject(row, by=people.writer, reason="scare")
    reopen(row, by=people.writer)
    draft.refresh_from_db()
    assert draft.body == BODY
    row.refresh_from_db()
    assert (row.state, row.reason, row.decided_by) == ("open", "", None)


def test_an_acceptance_is_not_taken_back_here(draft, people):
    row = proposal(draft, "every bolt")
    accept(row, by=people.writer)
    with pytest.raises(CannotDecide):
        reopen(row, by=people.writer)


def test_no_other_reason_is_taken(draft, people):
    with pytest.raises(CannotDecide):
        reject(proposal(draft, "every bolt"), by=people.writer, reason='x" onclick="')
    with pytest.raises(CannotDecide):
        reject(proposal(draft, "Ilse Maran", "actor"), by=people.writer, reason="title")
    assert not draft.proposals.exclude(state="open").exists()


# --- who ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["outsider", "reviewer", "admin"])
@pytest.mark.parametrize("verb", [accept, reject])
def test_whoever_may_not_edit_the_draft_decides_nothing(draft, people, verb, who):
    row = proposal(draft, "every bolt")
    with pytest.raises(PermissionDenied):
        verb(row, by=getattr(people, who))
    with pytest.raises(PermissionDenied):
        accept_all(draft, [row], by=getattr(people, who))
    assert draft.proposals.get(pk=row.pk).state == "open"
    assert draft.revisions.count() == 1


def test_the_writer_decides_nothing_while_the_draft_is_in_review(draft, people):
    draft.submit(by=people.writer)
    with pytest.raises(PermissionDenied):
        accept(proposal(draft, "every bolt"), by=people.writer)
    accept(proposal(draft, "every bolt"), by=people.editor)
    assert draft.quotes.count() == 1


def test_nobody_decides_while_readers_have_the_story(article, people):
    factories.publish(article, people)
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED
    assert not decisions.may_decide(article, people.publisher)
    row = Proposal.objects.create(
        article=article, kind="actor", start=0, end=3, payload={"name": "The", "mentions": []}
    )
    with pytest.raises(PermissionDenied):
        accept(row, by=people.publisher)


def test_nothing_is_left_when_the_revision_fails(draft, people, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("no revision today")

    row = proposal(draft, "every bolt")
    monkeypatch.setattr(Article, "record_revision", fail)
    with pytest.raises(RuntimeError):
        accept(row, by=people.editor)
    assert not Quote.objects.exists()
    assert not Attribution.objects.exists()
    assert not Actor.objects.exists()
    assert draft.proposals.get(pk=row.pk).state == "open"


# --- what the wording tells -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "unnamed", "count"),
    [
        ("two diplomats", True, 2),
        ("diplomats and Tripoli officials", True, 2),
        ("some diplomats", True, 2),
        ("Three officials at the ministry", True, 3),
        ("a diplomat", True, None),
        ("the official", True, None),
        ("a person familiar with the talks", True, None),
        ("the White House", False, None),
        ("Ilse Maran", False, None),
        ("the foreign minister", False, None),
        ("a spokesman for the ministry", False, None),
        ("police", False, None),
        ("several newspapers", False, None),
        ("a planning document filed", False, None),
        ("customs data", False, None),
    ],
)
def test_the_wording_tells_who_is_named_and_how_many(wording, unnamed, count):
    assert mentions.is_unnamed(wording) is unnamed
    if unnamed:
        assert mentions.head_count(wording) == count


@pytest.mark.parametrize(
    ("context", "source", "way"),
    [
        ("said in a statement after a visit", "the ministry", "statement"),
        ("said in statement after a visit", "the ministry", "statement"),
        ("said", "the statement", "statement"),
        ("told reporters", "Ada Brook", "press_conference"),
        ("told the Lund Courier", "Ada Brook", "outlet"),
        ("said in an interview", "Ada Brook", "interview"),
        ("said by telephone", "Ada Brook", "phone"),
        ("wrote on Telegram", "Ada Brook", "social_post"),
        ("showed", "customs data", "document"),
        ("said of the report", "Ada Brook", ""),
        ("said", "Ada Brook", ""),
    ],
)
def test_the_cue_tells_how_the_words_were_obtained(context, source, way):
    assert mentions.obtained_via(context, source, is_wire=False) == way


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ada Brook, director of the port, said", "director of the port"),
        ("Ada Brook, Marlow’s foreign minister, said", "Marlow’s foreign minister"),
        ("Ada Brook, the harbour master, said", "harbour master"),
        ("Ada Brook, who keeps the light, said", ""),
        ("Ada Brook, after a long pause, said", ""),
        ("Ada Brook said, a day later", ""),
    ],
)
def test_the_apposition_tells_the_role(text, role):
    assert mentions.role_after(text, len("Ada Brook")) == role
