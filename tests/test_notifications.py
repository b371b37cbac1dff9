"""Who is told what: the table, walked through the verbs of the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import commenting, notifications, press
from articles.models import Article, Comment, Notification, NotificationSetting
from articles.models.notices import NoticeKind
from articles.notifications.rules import RULES
from articles.workflow import MOVES, Status
from tests import factories


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Does something and gives who was told of it: {username: kind}."""

    def tell(act, *args, **kwargs):
        before = set(Notification.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **kwargs)
        rows = Notification.objects.exclude(pk__in=before).select_related("recipient")
        assert len(rows) == len({row.recipient_id for row in rows}), "each person once"
        return {row.recipient.username: row.kind for row in rows}

    return tell


@pytest.fixture
def second(db):
    """A second reviewer."""
    return factories.person("rolf", "Reviewer")


def test_reviewers_and_editors_of_the_desk_are_told_when_nobody_is_asked(told, article, people, second):
    factories.person("ewan", "Editor")  # of no desk
    factories.person("gone", "Reviewer", is_active=False)
    assert told(article.submit, by=people.writer) == {"edda": "review", "rhea": "review", "rolf": "review"}


def test_only_the_reviewer_is_told_when_one_is_asked(told, article, people, second):
    assert told(article.assign, by=people.editor, reviewer=second) == {"rolf": "review"}
    assert told(article.submit, by=people.writer) == {"rolf": "review"}
    second.groups.clear()
    article.refresh_from_db()
    assert "rolf" not in told(article.take_back, by=people.writer)
    assert told(article.submit, by=people.writer) == {"edda": "review", "rhea": "review"}


def test_writer_and_assignee_are_told_when_a_story_moves_on(told, article, people):
    assert told(article.assign, by=people.editor, assignee=people.outsider) == {"otto": "assigned"}
    told(article.submit, by=people.writer)
    both = {"wren", "otto"}
    assert told(article.return_to_writer, by=people.reviewer, note="More.") == dict.fromkeys(both, "returned")
    assert set(told(article.submit, by=people.writer)) == {"edda", "rhea"}
    assert told(article.approve, by=people.reviewer) == dict.fromkeys(both, "decided")
    at = timezone.now() + timedelta(hours=1)
    assert told(article.schedule, by=people.publisher, publish_at=at) == dict.fromkeys(both, "decided")
    assert told(article.unschedule, by=people.publisher) == dict.fromkeys(both, "decided")
    assert told(press.publish, article, by=people.publisher) == dict.fromkeys(both, "decided")
    assert told(press.withdraw, article, by=people.publisher, note="Wrong.") == dict.fromkeys(both, "decided")


def test_writer_is_told_when_a_story_is_killed(told, article, people):
    assert told(article.kill, by=people.editor, note="No.") == {"wren": "decided"}


def test_nobody_is_told_what_they_did_themselves(told, people, desk):
    own = factories.article(people.editor, desk)
    assert "edda" not in told(own.submit, by=people.editor)
    assert told(own.take_back, by=people.editor) == {}
    assert told(own.assign, by=people.editor, assignee=people.editor) == {}


def test_hold_is_told_to_those_it_stops_when_it_is_placed_and_lifted(told, article, people, second):
    told(article.assign, by=people.editor, reviewer=people.reviewer)
    told(article.submit, by=people.writer)
    assert told(article.place_hold, by=people.editor, note="Ask the lawyer.") == dict.fromkeys(
        ("wren", "rhea", "pablo"), "hold"
    )
    assert told(article.lift_hold, by=second, note="Asked.") == dict.fromkeys(("wren", "rhea", "pablo"), "hold")


def test_review_is_told_of_when_it_changes_hands(told, article, people, second):
    told(article.submit, by=people.writer)
    assert told(article.claim_review, by=people.reviewer) == {}
    assert told(article.hand_over, by=people.reviewer, to=second) == {"rolf": "review"}
    assert told(article.release_claim, by=second) == {"edda": "review", "rhea": "review"}


def test_assignee_is_told_when_it_is_due_sooner(told, article, people):
    told(article.assign, by=people.editor, assignee=people.outsider)
    assert told(article.assign, by=people.editor, due_at=timezone.now()) == {"otto": "assigned"}
    assert told(article.assign, by=people.editor, priority=1) == {}


def test_publishers_and_who_scheduled_it_are_told_when_a_release_fails(told, article, people):
    other = factories.person("petra", "Publisher")
    factories.approve(article, people)
    article.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=1))
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now(), embargo_condition="the court has risen")
    people.publisher.groups.clear()  # may no longer publish, and so no longer see it
    assert told(press.release_due) == {other.username: "release_failed"}


def test_who_scheduled_it_is_told_although_it_was_done_in_their_name_when_a_release_fails(told, article, people):
    factories.approve(article, people)
    article.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=1))
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now(), embargo_condition="the court has risen")
    assert told(press.release_due) == {"pablo": "release_failed"}
    assert "did not go out" in notifications.sentence(Notification.objects.get())


def test_writer_is_told_of_the_clock_when_a_story_goes_out_as_scheduled(told, article, people):
    factories.approve(article, people)
    article.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=1))
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now())
    assert told(press.release_due) == {"wren": "decided"}
    assert notifications.sentence(Notification.objects.get()) == "It was published as scheduled."


def test_publishers_are_told_when_a_change_takes_a_story_off_the_schedule(told, article, people):
    factories.approve(article, people)
    article.schedule(by=people.publisher, publish_at=timezone.now() + timedelta(hours=1))
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(headline="Other words")
    article.refresh_from_db()
    assert told(article.record_revision, by=people.editor) == {"pablo": "release_failed", "rhea": "review"}


# --- notes ----------------------------------------------------------------------------------------------------------


def test_mention_counts_before_comment_when_the_writer_is_called(told, article, people):
    article.submit(by=people.writer)
    found = told(commenting.add, article, author=people.reviewer, text="@wren and @edda and @otto: is that so?")
    assert found == {"wren": "mention", "edda": "mention"}, "otto may not read it"
    assert told(commenting.add, article, author=people.reviewer, text="A note.") == {"wren": "comment"}


def test_who_began_a_thread_is_told_when_somebody_answers(told, article, people):
    article.submit(by=people.writer)
    thread = commenting.add(article, author=people.reviewer, text="Is that so?")
    assert told(commenting.add, article, author=people.writer, text="It is.", thread=thread) == {"rhea": "comment"}
    assert told(commenting.resolve, thread, by=people.editor) == {"rhea": "comment"}


def test_publishers_are_told_when_a_correction_is_proposed(told, article, story, people):
    found = told(
        commenting.add, article, author=people.writer, kind="correction", text="It said Monday.", replacement="Tuesday."
    )
    assert found == {"pablo": "proposal"}


# --- who is left out ------------------------------------------------------------------------------------------------


def test_muted_kind_is_not_written_when_somebody_does_not_want_it(told, article, people):
    NotificationSetting.objects.create(user=people.writer, muted=["decided"])
    article.submit(by=people.writer)
    assert told(article.return_to_writer, by=people.reviewer, note="More.") == {"wren": "returned"}
    article.submit(by=people.writer)
    assert told(article.approve, by=people.reviewer) == {}


def test_nobody_is_told_of_a_story_they_may_not_read(told, article, people, second):
    told(article.assign, by=people.editor, assignee=people.outsider)
    people.outsider.groups.clear()
    article.submit(by=people.writer)
    assert "otto" not in told(article.return_to_writer, by=people.reviewer, note="More.")
    people.writer.is_active = False
    people.writer.save()
    Article.objects.update(status=Status.IN_REVIEW)
    assert told(article.approve, by=second) == {}


def test_cost_does_not_grow_when_there_are_more_people(article, people, django_assert_num_queries):
    event = article.submit(by=people.writer)
    with django_assert_num_queries(3) as few:
        notifications.notify(event)
    for number in range(5):
        factories.person(f"more-{number}", "Reviewer")
    with django_assert_num_queries(len(few)):
        assert len(notifications.notify(event)) == 7


# --- the table ------------------------------------------------------------------------------------------------------


def test_every_kind_is_told_by_some_line_and_every_move_is_in_the_table_or_left_out_knowingly():
    assert {rule.kind for rules in RULES.values() for rule in rules} == set(NoticeKind)
    quiet = {"take_back", "set_embargo", "lift_embargo", "revise"}
    assert set(MOVES) - set(RULES) == quiet


@pytest.mark.parametrize("verb", RULES)
def test_every_line_says_what_happened_without_a_word_of_the_story(verb, article, people):
    event = article.submit(by=people.writer)
    event.verb = verb
    for rule in RULES[verb]:
        notice = Notification(recipient=people.editor, kind=rule.kind, article=article, event=event, by=people.reviewer)
        words = notifications.sentence(notice)
        assert words.endswith(".")
        assert "%(" not in words
        assert article.headline not in words


def test_guest_has_no_name_of_their_giving_in_what_is_told(article, people):
    note = Comment(article=article, guest_name="<b>Nobody</b>", text="Hm.")
    event = article.submit(by=people.writer)
    event.verb, event.by = "comment", None
    notice = Notification(recipient=people.writer, kind="comment", article=article, event=event, comment=note)
    assert notifications.sentence(notice) == "A guest wrote a note."
