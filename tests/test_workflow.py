"""The table of moves, walked: every verb from every status, by every role."""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import channels, permissions, press, workflow
from articles.models import Article, Event
from articles.workflow import MOVES, MoveNotAllowed, Status

ROLES = ["writer", "editor", "reviewer", "publisher", "admin", "outsider"]

# who may make which move on a draft of the writer's on the editor's desk, whatever its status
DESK = {"writer", "editor", "publisher"}
DECIDE = {"editor", "reviewer", "publisher"}
MAY = {
    "submit": DESK,
    "take_back": DESK,
    "approve": DECIDE,
    "return_to_writer": DECIDE,
    "publish": {"publisher"},
    "schedule": {"publisher"},
    "unschedule": {"publisher"},
    "set_embargo": {"publisher"},
    "lift_embargo": {"publisher"},
    "place_hold": DECIDE,
    "lift_hold": {"reviewer"},
    "revise": {"editor", "publisher"},
    "hotfix": {"publisher"},
    "withdraw": {"publisher"},
    "kill": {"editor", "publisher"},
    "revive": {"editor", "publisher"},
}
PRINTS = ("publish", "withdraw")
TABLE_ONLY = ("hotfix",)  # its act is tested where it lives; here the row of the table
# from these states the move needs something that is not so there
NEEDS_MORE = {
    **{("withdraw", status): "nothing is in print" for status in workflow.BEFORE_PRINT},
    **{("hotfix", status): "nothing is in print" for status in Status if status != Status.PUBLISHED},
    **{("lift_embargo", status): "no embargo is set" for status in workflow.BEFORE_PRINT},
    ("set_embargo", Status.SCHEDULED): "its moment would be under the embargo",
    ("place_hold", Status.ON_HOLD): "held for the same already",
    ("lift_hold", Status.WITHDRAWN): "no hold is open",
    ("lift_hold", Status.KILLED): "no hold is open",
}


def later(**span):
    """A moment in the future."""
    return timezone.now() + timedelta(**(span or {"hours": 2}))


def make(verb, article, by, note="Because."):
    """Call a verb by its name, whichever room it lives in."""
    if verb in TABLE_ONLY:
        return workflow.check(verb, article, by=by, note=note)
    if verb in PRINTS:
        return getattr(press, verb)(article, by=by, note=note)
    extra = {"schedule": {"publish_at": later()}, "set_embargo": {"condition": "the court has risen"}}.get(verb, {})
    return getattr(article, verb)(by=by, note=note, **extra)


def bring_to(article, status, people):
    """Take a fresh draft to `status` through the real verbs."""
    steps = {
        Status.DRAFT: [],
        Status.IN_REVIEW: ["submit"],
        Status.CHANGES_ASKED: ["submit", "return_to_writer"],
        Status.APPROVED: ["submit", "approve"],
        Status.SCHEDULED: ["submit", "approve", "schedule"],
        Status.PUBLISHED: ["submit", "approve", "publish"],
        Status.ON_HOLD: ["place_hold"],
        Status.WITHDRAWN: ["submit", "approve", "publish", "withdraw"],
        Status.KILLED: ["kill"],
    }
    by = {"submit": people.writer, "approve": people.reviewer, "return_to_writer": people.reviewer}
    for verb in steps[status]:
        make(verb, article, by.get(verb, people.publisher))
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
            if verb in TABLE_ONLY:
                return
            ends = move.target or (Status.DRAFT if verb == "lift_hold" else status)
            assert Article.objects.get(pk=article.pk).status == ends
            event = Event.objects.first()
            assert (event.verb, event.by, event.before, event.after) == (verb, person, status, ends)
            return
        assert Article.objects.get(pk=article.pk).status == status
        assert Event.objects.count() == events
    assert status not in move.sources or (verb, status) in NEEDS_MORE


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
    assert {reason.target for reason in refusal.value.reasons[:2]} == {"headline", "body"}


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


# --- what the table cannot say ------------------------------------------------------------------------------------


def test_a_desk_may_want_two_people_to_approve(article, people, desk):
    desk.approvals_needed = 2
    desk.save()
    article.submit(by=people.writer)
    assert article.approve(by=people.reviewer).after == Status.IN_REVIEW
    with pytest.raises(MoveNotAllowed, match="approved it already"):
        article.approve(by=people.reviewer)
    assert article.approve(by=people.publisher).after == Status.APPROVED
    assert Article.objects.get().approved_revision == article.revisions.first()


def test_a_first_approval_lapses_when_the_copy_changes_before_the_second(article, people, desk):
    desk.approvals_needed = 2
    desk.save()
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    article.headline = "Another headline"
    article.save()
    article.record_revision(by=people.editor)
    assert article.approve(by=people.publisher).after == Status.IN_REVIEW


def test_an_approval_does_not_outlive_its_round(article, people, desk):
    desk.approvals_needed = 2
    desk.save()
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    article.return_to_writer(by=people.reviewer, note="On second thoughts: who counted?")
    article.submit(by=people.writer)
    assert article.approve(by=people.publisher).after == Status.IN_REVIEW


def test_own_work_is_approved_and_marked_where_the_newsroom_allows_it(article, people, settings):
    settings.NEWSROOM_FOUR_EYES = False
    Article.objects.filter(pk=article.pk).update(writer=people.publisher)
    article.refresh_from_db()
    article.submit(by=people.publisher)
    article.approve(by=people.publisher)
    assert press.publish(article, by=people.publisher).is_self_approved


def test_an_edition_that_others_approved_is_not_marked(story):
    assert not Article.objects.get().editions.get().is_self_approved


def test_a_hold_stops_everything_and_lets_go_where_it_stood(article, people):
    article.submit(by=people.writer)
    article.place_hold(by=people.editor, note="The name of a minor?", kind="legal")
    article.place_hold(by=people.publisher, note="Two sources are one.", kind="standards")
    with pytest.raises(MoveNotAllowed):
        article.approve(by=people.publisher)
    assert article.lift_hold(by=people.reviewer, note="Taken out.", kind="legal").after == Status.ON_HOLD
    assert article.lift_hold(by=people.reviewer, note="They are two.").after == Status.IN_REVIEW
    assert [hold.settlement for hold in article.holds.all()] == ["Taken out.", "They are two."]


def test_an_approval_does_not_survive_a_change_made_while_on_hold(article, people):
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    article.place_hold(by=people.publisher, note="Ask the lawyer.")
    article.headline = "Another headline"
    article.save()
    article.record_revision(by=people.editor)
    assert article.lift_hold(by=people.reviewer, note="Fine.").after == Status.IN_REVIEW


def test_what_was_scheduled_for_a_moment_that_passed_on_hold_is_not_sent_out(article, people):
    bring_to(article, Status.SCHEDULED, people)
    article.place_hold(by=people.editor, note="Ask the lawyer.")
    Article.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    assert article.lift_hold(by=people.reviewer, note="Fine.").after == Status.APPROVED
    assert press.release_due().editions == []


def test_nothing_goes_out_under_an_embargo(article, people):
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    article.set_embargo(by=people.publisher, until=later(hours=5))
    with pytest.raises(MoveNotAllowed, match="Embargoed until"):
        press.publish(article, by=people.publisher)
    with pytest.raises(MoveNotAllowed, match="embargo ends"):
        article.schedule(by=people.publisher, publish_at=later(hours=4))
    article.schedule(by=people.publisher, publish_at=later(hours=6))
    with pytest.raises(MoveNotAllowed, match="take it off"):
        article.set_embargo(by=people.publisher, condition="the report is laid before parliament")
    article.unschedule(by=people.publisher)
    article.set_embargo(by=people.publisher, condition="the report is laid before parliament")
    with pytest.raises(MoveNotAllowed, match="laid before parliament"):
        article.schedule(by=people.publisher, publish_at=later(hours=9))
    article.lift_embargo(by=people.publisher, note="Laid at noon, says the clerk.")
    press.publish(article, by=people.publisher)


@pytest.mark.parametrize("moment", [timedelta(0), timedelta(minutes=-1), timedelta(days=-400)])
def test_a_schedule_in_the_past_is_refused(moment, article, people):
    article.submit(by=people.writer)
    article.approve(by=people.reviewer)
    with pytest.raises(MoveNotAllowed, match="has passed"):
        article.schedule(by=people.publisher, publish_at=timezone.now() + moment)
    assert Article.objects.get().status == Status.APPROVED


def test_what_readers_have_had_is_not_killed(article, people):
    bring_to(article, Status.PUBLISHED, people)
    article.revise(by=people.editor)
    with pytest.raises(MoveNotAllowed, match="withdraw it instead"):
        article.kill(by=people.editor, note="Not worth it.")


def test_an_event_says_by_which_door_it_came(article, people):
    assert article.submit(by=people.writer).channel == "command"
    with channels.acting_through(channels.API):
        assert article.take_back(by=people.writer).channel == "api"
