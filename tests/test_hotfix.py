"""The lane for a typo on the live text, and what it does to a draft that waits over it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import hotfix, press
from articles.models import Article, Comment, Edition, Event, Revision, Source, Story
from articles.workflow import MoveNotAllowed, Status
from tests import factories

TYPO = "<p>Ships waited off the braekwater, port records showed.</p>"
MENDED = TYPO.replace("braekwater", "breakwater")


def with_typo(body=factories.BODY):
    """The body with a typo in its last paragraph."""
    return body.replace(MENDED, TYPO)


def mended(article):
    """The live body without the typo."""
    return hotfix.live_edition(article).revision.document["body"].replace("braekwater", "breakwater")


@pytest.fixture
def live(article, people):
    """The article in print, with a typo."""
    Article.objects.filter(pk=article.pk).update(body=with_typo())
    article.refresh_from_db()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    article.refresh_from_db()
    return article


@pytest.fixture
def rewrite(live, people):
    """`rewrite(headline=…, body=…)`: a draft over the live text."""

    def begin(**fields):
        live.revise(by=people.editor)
        save(live, people.editor, **fields)
        return live

    return begin


def save(article, by, **fields):
    """Save the working copy with other text."""
    Article.objects.filter(pk=article.pk).update(**fields)
    article.refresh_from_db()
    article.record_revision(by=by)
    article.refresh_from_db()


def fix(article, people, **texts):
    """Mend the typo, or whatever the texts say."""
    return hotfix.publish(article, by=people.publisher, **(texts or {"body": mended(article)}))


# --- with nothing waiting -------------------------------------------------------------------------------------------


def test_a_typo_is_mended_at_once_when_nothing_waits(live, people):
    before = Story.objects.get()
    edition = fix(live, people)
    story = Story.objects.get()
    assert (edition.number, edition.kind, edition.revision.base.number) == (2, "fix", 2)
    assert "breakwater" in story.body
    assert "braekwater" not in story.body
    assert (story.notes, story.updated_at, story.is_updated) == ([], before.updated_at, False)
    live.refresh_from_db()
    assert live.status == Status.PUBLISHED
    assert live.body == edition.revision.document["body"]
    assert live.latest_revision() == edition.revision
    assert live.version == edition.revision.number


def test_the_next_draft_starts_from_the_mended_text(live, people):
    fix(live, people)
    live.revise(by=people.editor)
    save(live, people.editor, kicker="Shipping")
    assert "breakwater" in live.latest_revision().document["body"]
    assert live.revisions.count() == 4


def test_the_log_keeps_the_words_before_and_after(live, people):
    fix(live, people, body=mended(live), headline="Port Selm harbour stays shut, day 1")
    event = Event.objects.get(verb="hotfix")
    assert event.details["body"] == ["braekwater", "breakwater"]
    assert event.details["headline"] == ["closed", "shut"]
    assert event.details["edition"] == [1, 2]
    assert (event.before, event.after) == ("published", "published")


def test_quotes_are_tied_anew_when_the_words_around_them_were_mended(live, people):
    body = hotfix.live_edition(live).revision.document["body"].replace("third day", "third long day")
    fix(live, people, body=body)
    quote = live.quotes.get()
    assert "third long day" in quote.prefix
    assert live.editions.last().revision.document["quotes"][0]["prefix"] == quote.prefix
    assert Story.objects.get().quotes.get().text == factories.WORDS


# --- what is no typo ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("before the channel", "until the channel", "R31: readers have"),
        ("is swept,”", "is cleared,”", "R31: readers have"),
        ("Ilse Maran", "Ilse Moran", "name of somebody quoted"),
        ("third day", "third of 5 days", "a figure reads otherwise"),
        ("braekwater", "three breakwaters", "a figure reads otherwise"),
        ("braekwater, port records showed", "breakwater" + " and on" * 20, "more than a typo"),
        ("said on Monday.</p>", "said on Monday.</p><p>“Nobody told the crews at all,” she said.</p>", "R1"),
        ("braekwater", "braekwater", "Nothing is changed"),
    ],
)
def test_what_is_more_than_a_typo_is_refused_and_changes_nothing(old, new, sentence, live, people):
    body = hotfix.live_edition(live).revision.document["body"]
    assert old in body
    counts = [model.objects.count() for model in (Edition, Revision, Event)]
    with pytest.raises(MoveNotAllowed, match=sentence):
        fix(live, people, body=body.replace(old, new))
    assert counts == [model.objects.count() for model in (Edition, Revision, Event)]
    assert Article.objects.get().version == live.version
    fix(live, people)  # and the same story takes a real one


def test_a_paragraph_is_not_moved_by_a_fix(live, people):
    first, _mark, rest = factories.BODY.partition("</p>")
    with pytest.raises(MoveNotAllowed, match="more than a typo"):
        fix(live, people, body=with_typo(rest) + first + "</p>")


CARD = '<figure data-kind="embed"><a href="https://video.example/a" rel="noopener">The film</a></figure>'
NOTE = '<a data-document="Port log" href="https://papers.example/log" rel="noopener"></a>'


@pytest.fixture
def furnished(article, people):
    """The article in print, with a card that links elsewhere and a note on a document."""
    Article.objects.filter(pk=article.pk).update(body=f"{with_typo()}{CARD}<p>It rained.{NOTE}</p>")
    article.refresh_from_db()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    article.refresh_from_db()
    return article


def test_a_caption_is_mended_like_the_text_beside_it(furnished, people):
    fix(furnished, people, body=mended(furnished).replace("The film", "The whole film"))
    assert "The whole film" in Story.objects.get().body


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("video.example/a", "video.example/b"),
        ("Port log", "Port book"),
        (CARD, ""),
        ("papers.example/log", "x.example/"),
    ],
)
def test_where_a_card_or_a_note_leads_is_no_typo(furnished, people, old, new):
    with pytest.raises(MoveNotAllowed, match="more than a typo"):
        fix(furnished, people, body=mended(furnished).replace(old, new))


def test_an_empty_headline_is_refused(live, people):
    with pytest.raises(MoveNotAllowed, match="R33"):
        fix(live, people, headline=" ")


def test_a_headline_may_not_change_its_figure(live, people):
    with pytest.raises(MoveNotAllowed, match="figure"):
        fix(live, people, headline="Port Selm harbour stays closed, day 2")


@pytest.mark.parametrize("role", ["writer", "editor", "reviewer", "admin", "outsider"])
def test_only_publishers_mend_the_live_text(role, live, people):
    with pytest.raises(PermissionDenied):
        hotfix.publish(live, by=getattr(people, role), body=mended(live))
    assert Edition.objects.count() == 1


def test_what_readers_cannot_see_is_not_mended(live, article, people):
    press.withdraw(live, by=people.publisher, note="In error.")
    with pytest.raises(MoveNotAllowed, match="cannot see"):
        fix(live, people, body=with_typo())


def test_a_draft_that_never_went_out_is_not_mended(article, people):
    with pytest.raises(MoveNotAllowed, match="cannot see"):
        fix(article, people, headline="Another")


def test_a_fix_of_an_edition_that_is_no_longer_the_live_one_is_refused(live, people):
    fix(live, people)
    with pytest.raises(MoveNotAllowed, match="Another edition"):
        fix(live, people, headline="Port Selm harbor stays closed, day 1", seen_edition=1)
    fix(live, people, headline="Port Selm harbor stays closed, day 1", seen_edition=2)


def test_a_source_made_confidential_since_is_not_printed_again(live, people):
    Source.objects.update(actor=None, is_confidential=True)
    with pytest.raises(MoveNotAllowed, match="confidential"):
        fix(live, people)


# --- with a draft waiting -------------------------------------------------------------------------------------------


def test_a_waiting_draft_takes_the_fix_in_when_it_changed_something_else(rewrite, people):
    draft = rewrite(headline="SECRET headline", body=f"<p>SECRET new opening.</p>{with_typo()}")
    edition = fix(draft, people)
    story = Story.objects.get()
    assert "breakwater" in story.body
    assert "SECRET" not in f"{story.headline} {story.body}"
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert draft.headline == "SECRET headline"
    assert "SECRET new opening" in draft.body
    assert "breakwater" in draft.body
    numbers = list(draft.revisions.order_by("number").values_list("number", "note"))
    assert numbers[-2:] == [(4, "Fixed the live text"), (5, "Took in the fix of edition 2")]
    assert draft.latest_revision().base.number == 3
    assert edition.revision.number == 4
    assert edition.revision.base.number == 2
    assert draft.version == 5
    assert not Comment.objects.exists()


def test_the_writing_desk_that_was_open_does_not_save_over_the_fix(rewrite, people):
    draft = rewrite(headline="Another headline")
    seen = draft.version
    fix(draft, people)
    draft.refresh_from_db()
    assert draft.version != seen
    assert "breakwater" in draft.body


@pytest.mark.parametrize("is_scheduled", [False, True])
def test_an_approval_stands_when_the_draft_took_the_fix_in(is_scheduled, rewrite, people):
    draft = rewrite(headline="Harbour opens", body=f"<p>It opens.</p>{with_typo()}")
    factories.approve(draft, people)
    if is_scheduled:
        draft.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=2))
    fix(draft, people)
    draft.refresh_from_db()
    assert draft.status == (Status.SCHEDULED if is_scheduled else Status.APPROVED)
    assert draft.approval_is_current()
    assert [approval.by for approval in draft.standing_approvals()] == [people.reviewer]
    assert not Event.objects.filter(verb="approval_lapsed").exists()
    if is_scheduled:
        released = press.release_due(timezone.now() + timedelta(hours=3))
        assert (len(released.editions), released.failures) == (1, [])
    else:
        press.publish(draft, by=people.publisher)
    story = Story.objects.get()
    assert story.edition_number == 3
    assert story.headline == "Harbour opens"
    assert "breakwater" in story.body


def test_one_approval_of_two_still_counts_when_the_draft_took_the_fix_in(rewrite, people, desk):
    desk.approvals_needed = 2
    desk.save()
    draft = rewrite(headline="Harbour opens")
    draft.submit(by=people.editor)
    draft.approve(by=people.reviewer)
    fix(draft, people)
    draft.refresh_from_db()
    assert draft.status == Status.IN_REVIEW
    draft.approve(by=people.publisher)  # who mended the typo is no author of the draft
    assert draft.status == Status.APPROVED


def test_the_draft_keeps_its_words_and_is_told_when_it_changed_the_same(rewrite, people):
    other = factories.BODY.replace("off the breakwater, port records showed", "beyond the mole, records show")
    draft = rewrite(body=other)
    factories.approve(draft, people)
    draft.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=2))
    fix(draft, people)
    draft.refresh_from_db()
    assert "breakwater" in Story.objects.get().body
    assert "beyond the mole" in draft.body
    assert "breakwater" not in draft.body
    assert draft.status == Status.IN_REVIEW
    assert draft.latest_revision().note == "Took in the fix of edition 2"
    comment = Comment.objects.get()
    assert (comment.kind, comment.author, comment.field) == ("comment", people.publisher, "body")
    assert "breakwater" in comment.text
    assert "beyond the mole" in comment.exact
    event = Event.objects.get(verb="rebase")
    assert event.details == {"revision": [3, 5], "kept": [None, ["body"]]}
    assert Event.objects.filter(verb="approval_lapsed").exists()


def test_a_headline_both_changed_stays_the_drafts(rewrite, people):
    draft = rewrite(headline="Port Selm harbour opens, day 1")
    fix(draft, people, headline="Port Selm harbour stays shut, day 1")
    draft.refresh_from_db()
    assert Story.objects.get().headline == "Port Selm harbour stays shut, day 1"
    assert draft.headline == "Port Selm harbour opens, day 1"
    comment = Comment.objects.get()
    assert (comment.field, comment.exact) == ("headline", "Port Selm harbour opens, day 1")


def test_a_paragraph_the_draft_took_out_stays_out(rewrite, people):
    draft = rewrite(body=factories.BODY.replace(MENDED, ""))
    fix(draft, people)
    draft.refresh_from_db()
    assert "breakwater" not in draft.body
    assert "breakwater" in Comment.objects.get().text


def test_what_the_draft_quotes_keeps_its_words(rewrite, people):
    draft = rewrite(body=factories.BODY.replace(MENDED, "<p>“Ships waited off the braekwater,” she said.</p>"))
    factories.quote(draft, "Ships waited off the braekwater,", speaker=factories.actor())
    draft.record_revision(by=people.editor)
    fix(draft, people)
    draft.refresh_from_db()
    assert "braekwater,”" in draft.body
    assert all(finding.code != "R2" for finding in draft.preflight())
    assert Comment.objects.count() == 1


def test_a_fix_reaches_readers_while_the_draft_is_on_hold(rewrite, people):
    draft = rewrite(headline="Harbour opens")
    factories.approve(draft, people)
    draft.place_hold(by=people.editor, note="Ask the lawyer")
    fix(draft, people)
    draft.refresh_from_db()
    assert "breakwater" in Story.objects.get().body
    assert draft.status == Status.ON_HOLD
    draft.lift_hold(by=people.reviewer, note="Settled")
    draft.refresh_from_db()
    assert draft.status == Status.APPROVED
    assert draft.approval_is_current()


def test_a_draft_begun_and_not_changed_yet_takes_the_fix_in(live, people):
    live.revise(by=people.editor)
    fix(live, people)
    live.refresh_from_db()
    assert live.status == Status.DRAFT
    assert "breakwater" in live.body
    assert live.latest_revision().number == 4


def test_a_fix_costs_no_more_when_there_are_more_revisions(rewrite, people, django_assert_max_num_queries):
    draft = rewrite(headline="Harbour opens")
    for number in range(6):
        save(draft, people.editor, kicker=f"Kicker {number}")
    body = mended(draft)
    with django_assert_max_num_queries(129):
        hotfix.publish(draft, by=people.publisher, body=body)


def test_a_fix_is_all_or_nothing_when_the_printing_fails(rewrite, people, monkeypatch):
    draft = rewrite(headline="Harbour opens")

    def jam(*_args):
        raise RuntimeError("paper jam")

    monkeypatch.setattr(press.rows, "put", jam)
    counts = [model.objects.count() for model in (Edition, Revision, Event, Comment)]
    with pytest.raises(RuntimeError):
        fix(draft, people)
    assert counts == [model.objects.count() for model in (Edition, Revision, Event, Comment)]
    assert "braekwater" in Article.objects.get().body
