"""The table of moves, walked: every verb from every status, by every role."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied

from articles import permissions, press, workflow
from articles.models import Article, Event
from articles.workflow import MOVES, MoveNotAllowed, Status

ROLES = ["writer", "editor", "reviewer", "publisher", "admin", "outsider"]

# who may make which move on a draft of the writer's on the editor's desk, whatever its status
MAY = {
    "submit": {"writer", "editor", "publisher"},
    "take_back": {"writer", "editor", "publisher"},
    "approve": {"editor", "reviewer", "publisher"},
    "return_to_writer": {"editor", "reviewer", "publisher"},
    "publish": {"publisher"},
    "revise": {"editor", "publisher"},
    "withdraw": {"publisher"},
}


def make(verb, article, by, note="Because."):
    """Call a verb by its name, whichever room it lives in."""
    if verb in ("publish", "withdraw"):
        return getattr(press, verb)(article, by=by, note=note)
    return getattr(article, verb)(by=by, note=note)


def bring_to(article, status, people):
    """Take a fresh draft to `status` through the real verbs."""
    steps = {
        Status.DRAFT: [],
        Status.IN_REVIEW: ["submit"],
        Status.APPROVED: ["submit", "approve"],
        Status.PUBLISHED: ["submit", "approve", "publish"],
        Status.WITHDRAWN: ["submit", "approve", "publish", "withdraw"],
    }
    by = {
        "submit": people.writer,
        "approve": people.reviewer,
        "publish": people.publisher,
        "withdraw": people.publisher,
    }
    for verb in steps[status]:
        make(verb, article, by[verb])
    article.refresh_from_db()


def test_every_move_has_its_row_in_the_test_table():
    assert set(MAY) == set(MOVES)
    assert {move.action for move in MOVES.values()} <= set(permissions.MATRIX)


@pytest.mark.parametrize(("verb", "status"), list(itertools.product(MOVES, Status)))
def test_moves_go_by_the_table_from_every_status_and_for_every_role(verb, status, article, people):
    bring_to(article, status, people)
    move = MOVES[verb]
    for role in ROLES:
        person = getattr(people, role)
        events = Event.objects.count()
        try:
            make(verb, Article.objects.get(pk=article.pk), person)
        except PermissionDenied:
            outcome = "forbidden"
        except MoveNotAllowed:
            outcome = "not now"
        else:
            outcome = "done"
        if role not in MAY[verb]:
            assert outcome == "forbidden", role
        elif status not in move.sources:
            assert outcome == "not now", role
        elif outcome == "done":
            changed = Article.objects.get(pk=article.pk)
            assert changed.status == move.target
            event = Event.objects.first()
            assert (event.verb, event.by, event.before, event.after) == (verb, person, status, move.target)
            return
        assert Article.objects.get(pk=article.pk).status == status
        assert Event.objects.count() == events
    assert status not in move.sources or (verb == "withdraw" and status != Status.PUBLISHED)


@pytest.mark.parametrize("role", ["editor", "reviewer", "publisher"])
def test_nobody_approves_their_own_work_whatever_their_role(role, article, people):
    person = getattr(people, role)
    Article.objects.filter(pk=article.pk).update(assignee=person)
    article.submit(by=people.writer)
    with pytest.raises(MoveNotAllowed, match="own work"):
        article.approve(by=person)


def test_who_wrote_in_it_does_not_approve_it(article, people):
    article.body += "<p>A sentence of the editor's.</p>"
    article.save()
    article.record_revision(by=people.editor)
    article.submit(by=people.editor)
    with pytest.raises(MoveNotAllowed, match="own work"):
        article.approve(by=people.editor)
    assert article.approve(by=people.reviewer).after == Status.APPROVED


def test_a_person_in_the_byline_does_not_approve_it(article, people):
    article.bylines.get().contributor.__class__.objects.create(name="Rhea", slug="rhea", user=people.reviewer)
    contributor = article.bylines.get().contributor.__class__.objects.get(slug="rhea")
    article.bylines.create(contributor=contributor)
    article.submit(by=people.writer)
    with pytest.raises(MoveNotAllowed, match="own work"):
        article.approve(by=people.reviewer)


def test_an_approval_lapses_when_the_copy_changes(article, people):
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    article.headline = "Another headline"
    article.save()
    article.record_revision(by=people.publisher)
    article.refresh_from_db()
    assert article.status == Status.IN_REVIEW
    assert Event.objects.first().verb == "approval_lapsed"
    with pytest.raises(MoveNotAllowed):
        press.publish(article, by=people.publisher)


def test_returning_needs_a_note(article, people):
    article.submit(by=people.writer)
    with pytest.raises(MoveNotAllowed, match="note"):
        article.return_to_writer(by=people.reviewer, note="  ")
    assert article.return_to_writer(by=people.reviewer, note="Who counted the ships?").note == "Who counted the ships?"


def test_empty_copy_is_not_submitted(article, people):
    Article.objects.filter(pk=article.pk).update(body="", headline="")
    with pytest.raises(MoveNotAllowed) as refusal:
        article.submit(by=people.writer)
    assert len(refusal.value.reasons) == 2


def test_buttons_say_why_they_cannot_be_pressed(article, people):
    article.submit(by=people.writer)
    reasons = {move.verb: why for move, why in article.open_moves(people.publisher)}
    assert reasons["approve"] == []
    assert "publish" not in reasons  # not from here at all
    assert {move.verb for move, _why in article.open_moves(people.writer)} == {"take_back"}


def test_a_deactivated_person_may_do_nothing(article, people):
    people.reviewer.is_active = False
    people.reviewer.save()
    article.submit(by=people.writer)
    with pytest.raises(PermissionDenied):
        article.approve(by=people.reviewer)


def test_events_are_never_changed_or_deleted(article, people):
    event = article.submit(by=people.writer)
    with pytest.raises(Exception, match="never changed"):
        event.save()
    with pytest.raises(Exception, match="never deleted"):
        event.delete()
    with pytest.raises(Exception, match="never deleted"):
        Event.objects.all().delete()
    with pytest.raises(Exception, match="never changed"):
        Event.objects.update(note="x")


def test_reasons_are_none_of_them_for_moves_that_can_happen(article, people):
    assert workflow.reasons_against("submit", article, people.writer) == []
