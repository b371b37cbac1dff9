"""Notes of the review: who makes and settles them, what accepting a suggestion does to the copy."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from articles import anchoring, commenting, signals
from articles.commenting import CannotComment
from articles.models import Article, Comment, Event, ShareLink, Story
from articles.models.comments import CommentKind, CommentState
from articles.workflow import Status
from tests import factories

BODY = "<p>The harbour <strong>stayed</strong> closed.</p><p>“We will not reopen it soon,” Ilse Maran said.</p>"


@pytest.fixture
def draft(people, desk):
    """A draft with the writer, of one marked word and one recorded quote."""
    article = factories.article(people.writer, desk, body=BODY)
    factories.quote(article, "We will not reopen it soon,", speaker=factories.actor())
    article.record_revision(by=people.writer)
    return article


@pytest.fixture
def in_review(draft, people):
    """The same, given to the reviewers; the desk lets it go without the checks, which are not the matter here."""
    Article.objects.filter(pk=draft.pk).update(status=Status.IN_REVIEW, review_round=1)
    draft.refresh_from_db()
    return draft


def anchor(article, words, field="body"):
    """The anchor of `words` as a selection on the page makes it."""
    text = article.text() if field == "body" else getattr(article, field)
    start = text.index(words)
    return anchoring.make(text, start, start + len(words))


def suggest(article, by, words, replacement, field="body", **values):
    """A suggestion."""
    place = anchor(article, words, field)
    return commenting.suggest(article, field=field, anchor=place, replacement=replacement, author=by, **values)


# --- making ---------------------------------------------------------------------------------------------------


def test_a_note_is_tied_to_words_and_logged_without_its_own(in_review, people, django_capture_on_commit_callbacks):
    heard = []
    receiver = lambda comment, event, **_more: heard.append((comment.pk, event.verb, event.by_id))  # noqa: E731
    signals.comment_made.connect(receiver)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            note = commenting.add(
                in_review,
                text="A telling phrase.",
                author=people.reviewer,
                field="body",
                anchor=anchor(in_review, "stayed closed"),
            )
    finally:
        signals.comment_made.disconnect(receiver)
    assert (note.exact, note.prefix, note.suffix[:10]) == ("stayed closed", "The harbour ", '. "We will')
    event = Event.objects.first()
    assert (event.verb, event.by, event.details) == ("comment", people.reviewer, {"comment": [None, note.pk]})
    assert "telling" not in f"{event.note}{event.label}{event.details}"
    assert heard == [(note.pk, "comment", people.reviewer.pk)]


def test_a_note_says_what_is_missing_when_it_is_refused(in_review, people):
    refused = [
        ({"text": " "}, "Write the note"),
        ({"kind": "suggestion", "replacement": "x"}, "Select or paste"),
        ({"kind": "source_query"}, "Select or paste"),
        ({"text": "x", "field": "body", "anchor": anchoring.Anchor("no such words")}, "do not stand there"),
        ({"text": "x", "field": "slug", "anchor": anchoring.Anchor("port")}, "Say where"),
        ({"text": "x", "field": "body", "anchor": anchoring.Anchor("l")}, "do not stand there"),
        ({"text": "x" * 5001}, "too long"),
        (
            {"kind": "suggestion", "field": "body", "anchor": anchor(in_review, "closed"), "replacement": "closed"},
            "same",
        ),
    ]
    for values, sentence in refused:
        with pytest.raises(CannotComment, match=sentence):
            commenting.add(in_review, author=people.reviewer, **values)
    assert not Comment.objects.exists()
    assert not Event.objects.filter(article__isnull=False).exists()


def test_pasted_words_are_refused_when_they_stand_there_twice(people, desk):
    article = factories.article(people.writer, desk, body="<p>The port is shut. The port is dark.</p>")
    with pytest.raises(CannotComment, match="more than once"):
        commenting.add(article, text="x", author=people.writer, field="body", anchor=anchoring.Anchor("The port is"))
    note = commenting.add(
        article, text="x", author=people.writer, field="body", anchor=anchoring.Anchor("The port is dark")
    )
    assert note.prefix.endswith("shut. ")


@pytest.mark.parametrize("who", ["outsider", "admin"])
def test_nobody_writes_on_what_they_may_not_read(in_review, people, who):
    with pytest.raises(PermissionDenied):
        commenting.add(in_review, text="x", author=getattr(people, who))
    thread = commenting.add(in_review, text="x", author=people.reviewer)
    for act in (commenting.resolve, commenting.reopen):
        with pytest.raises(PermissionDenied):
            act(thread, by=getattr(people, who))
    with pytest.raises(PermissionDenied):
        commenting.add(in_review, text="x", author=getattr(people, who), thread=thread)


def test_a_reply_joins_its_thread_and_never_another_story(in_review, people):
    thread = commenting.add(in_review, text="Why?", author=people.reviewer)
    reply = commenting.add(in_review, text="Because.", author=people.writer, thread=thread)
    again = commenting.add(in_review, text="I see.", author=people.reviewer, thread=reply)
    assert (reply.thread, again.thread) == (thread, thread)
    other = factories.article(people.writer)
    with pytest.raises(PermissionDenied):
        commenting.add(other, text="x", author=people.writer, thread=thread)


def test_a_note_calls_only_those_who_may_read_the_story(in_review, people):
    text = "@wren, and @EDDA. Not @otto, nor @nobody; mail rhea@paper.example"
    note = commenting.add(in_review, text=text, author=people.reviewer)
    assert set(note.mentions.all()) == {people.writer, people.editor}


@pytest.mark.parametrize("status", list(Status))
def test_readers_of_a_story_are_those_whom_the_matrix_lets_read_it(people, desk, status):
    for on_desk, reviewer in product((None, desk), (None, people.reviewer)):
        article = factories.article(people.writer, on_desk, reviewer=reviewer, assignee=people.outsider)
        article.status = status
        allowed = {name for name, person in vars(people).items() if article.allows("read_draft", person)}
        readers = set(commenting.readers_of(article))
        assert {name for name, person in vars(people).items() if person in readers} == allowed


# --- guests ---------------------------------------------------------------------------------------------------


def test_a_guest_writes_where_the_link_lets_them(draft, people):
    link, _token = ShareLink.objects.make(draft, by=people.writer, may_comment=True)
    note = commenting.add(draft, text="From outside.", guest_name="Ana Belo", share_link=link)
    assert (note.author, note.guest_name, note.share_link) == (None, "Ana Belo", link)
    assert Event.objects.filter(verb="comment", by=None, label="Ana Belo").exists()
    with pytest.raises(CannotComment, match="your name"):
        commenting.add(draft, text="x", share_link=link)
    reading_only, _token = ShareLink.objects.make(draft, by=people.writer)
    for refused in ({"share_link": reading_only}, {"share_link": None}, {"share_link": link, "kind": "correction"}):
        with pytest.raises(PermissionDenied):
            commenting.add(draft, **{"text": "x", "replacement": "y", "guest_name": "Ana Belo", **refused})


# --- suggestions ----------------------------------------------------------------------------------------------


def test_accepting_keeps_the_markup_and_names_both_people(in_review, people):
    note = suggest(in_review, people.reviewer, "stayed", "remained")
    in_review.return_to_writer(by=people.reviewer, note="See my suggestion.")
    revision = commenting.accept(note, by=people.writer)
    article = Article.objects.get()
    assert article.body.startswith("<p>The harbour <strong>remained</strong> closed.</p>")
    assert revision.note == "Change suggested by rhea, accepted by wren"
    assert revision.document["body"] == article.body
    assert revision.created_by == people.writer
    note.refresh_from_db()
    assert (note.state, note.settled_by) == (CommentState.ACCEPTED, people.writer)
    assert [event.verb for event in Event.objects.all()][:3] == ["accept_suggestion", "return_to_writer", "suggest"]
    quote = article.quotes.get()
    assert anchoring.find(article.text(), quote.anchor)
    assert quote.prefix.endswith('remained closed. "')


def test_a_headline_is_changed_by_a_suggestion_too(draft, people):
    draft.headline = "Port Selm harbour stays closed"
    draft.save()
    note = suggest(draft, people.editor, "stays", "remains", field="headline")
    commenting.accept(note, by=people.editor)
    assert Article.objects.get().headline == "Port Selm harbour remains closed"


def test_a_quote_drifts_and_is_foretold_when_a_suggestion_changes_its_words(draft, people):
    note = suggest(draft, people.editor, "reopen it soon", "open it")
    quote = draft.quotes.get()
    place = commenting.place_of(note, draft.text())
    anchors = {quote.pk: quote.anchor}
    assert commenting.drifting_quotes(draft.body, place, note.replacement, anchors) == [quote.pk]
    assert commenting.drifting_quotes(draft.body, anchor_place(draft, "stayed"), "was", anchors) == []
    commenting.accept(note, by=people.editor)
    kept = draft.quotes.get()
    assert kept.text == "We will not reopen it soon,"
    assert anchoring.find(Article.objects.get().text(), kept.anchor) is None


def anchor_place(article, words):
    """Offsets of `words` in the text."""
    start = article.text().index(words)
    return start, start + len(words)


def test_a_suggestion_is_refused_with_a_sentence_when_its_words_are_gone(draft, people):
    note = suggest(draft, people.editor, "stayed closed", "did not open")
    draft.body = draft.body.replace("closed", "shut")
    draft.save()
    draft.record_revision(by=people.writer)
    revisions = draft.revisions.count()
    with pytest.raises(CannotComment, match="gone or read differently"):
        commenting.accept(note, by=people.writer)
    assert (Comment.objects.get().state, draft.revisions.count()) == (CommentState.OPEN, revisions)


def test_the_writer_decides_once_the_story_is_back_and_not_before(in_review, people):
    note = suggest(in_review, people.reviewer, "stayed", "remained")
    for act in (commenting.accept, commenting.reject):
        with pytest.raises(CannotComment, match="with the reviewers"):
            act(note, by=people.writer)
        with pytest.raises(PermissionDenied):
            act(note, by=people.reviewer)
        with pytest.raises(PermissionDenied):
            act(note, by=people.outsider)
    in_review.return_to_writer(by=people.reviewer, note="Yours.")
    commenting.reject(note, by=people.writer)
    with pytest.raises(CannotComment, match="faster"):
        commenting.accept(note, by=people.writer)
    commenting.reopen(note, by=people.writer)
    commenting.accept(note, by=people.writer)
    with pytest.raises(CannotComment, match="stand in the copy"):
        commenting.reopen(note, by=people.writer)
    assert "remained" in Article.objects.get().body


def test_nothing_has_changed_when_accepting_fails_half_way(draft, people, monkeypatch):
    note = suggest(draft, people.editor, "stayed", "remained")

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("articles.commenting.settling.record", broken)
    before = draft.revisions.count()
    with pytest.raises(RuntimeError):
        commenting.accept(note, by=people.editor)
    assert (Article.objects.get().body, draft.revisions.count()) == (BODY, before)


def test_a_suggestion_is_not_resolved_and_a_note_not_accepted(draft, people):
    note = suggest(draft, people.editor, "stayed", "remained")
    thread = commenting.add(draft, text="x", author=people.editor)
    with pytest.raises(CannotComment):
        commenting.resolve(note, by=people.editor)
    with pytest.raises(CannotComment):
        commenting.accept(thread, by=people.editor)
    commenting.resolve(thread, by=people.writer)
    commenting.reopen(thread, by=people.editor)
    assert Comment.objects.get(pk=thread.pk).settled_by is None


# --- what is proposed of a published story --------------------------------------------------------------------

MAY_PROPOSE = {
    CommentKind.UPDATE: {"writer"},
    CommentKind.CORRECTION: {"writer", "editor", "reviewer"},
    CommentKind.WITHDRAWAL: {"writer", "editor", "reviewer"},
}


@pytest.mark.parametrize("kind", MAY_PROPOSE)
def test_what_a_role_may_propose_of_a_published_story_is_what_the_matrix_says(story, article, people, kind):
    for name, person in vars(people).items():
        values = {"kind": kind, "text": "Monday", "replacement": "Tuesday", "author": person}
        if name in MAY_PROPOSE[kind]:
            note = commenting.add(article, **values)
            for settler in (people.writer, people.editor, people.reviewer):
                with pytest.raises(PermissionDenied):
                    commenting.resolve(note, by=settler)
            commenting.resolve(note, by=people.publisher)
        else:
            with pytest.raises(PermissionDenied):
                commenting.add(article, **values)
    assert Comment.objects.filter(state="resolved").count() == len(MAY_PROPOSE[kind])


def test_a_correction_of_what_readers_do_not_have_is_refused(draft, people):
    with pytest.raises(CannotComment, match="Readers do not have"):
        commenting.add(draft, kind="correction", text="x", replacement="y", author=people.writer)


def test_a_suggestion_on_a_published_story_waits_for_an_update(story, article, people):
    article.refresh_from_db()
    note = suggest(article, people.editor, "third day", "fourth day")
    with pytest.raises(CannotComment, match="write an update"):
        commenting.accept(note, by=people.publisher)
    article.revise(by=people.publisher)
    commenting.accept(note, by=people.publisher)
    assert "fourth day" in Article.objects.get().body
    assert Story.objects.get().body == story.body
