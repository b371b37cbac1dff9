"""Who does what until when: given, claimed, handed over, given back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import permissions
from articles.models import Article, Event
from articles.models.people import staff, who_may
from articles.workflow import MoveNotAllowed, Status
from tests import factories


@pytest.fixture
def second(desk):
    """A second reviewer."""
    return factories.person("rolf", "Reviewer", first_name="Rolf", last_name="Ande")


@pytest.fixture
def in_review(article, people):
    """The article, submitted."""
    article.submit(by=people.writer)
    return article


def test_assigning_keeps_what_it_was_before_when_an_editor_assigns(article, people):
    due = timezone.now() + timedelta(days=1)
    event = article.assign(by=people.editor, assignee=people.outsider, reviewer=people.reviewer, due_at=due, priority=1)
    stored = Article.objects.get()
    assert (stored.assignee, stored.reviewer, stored.due_at, stored.priority) == (
        people.outsider,
        people.reviewer,
        due,
        1,
    )
    assert (event.verb, event.by, event.article_id) == ("assign", people.editor, article.pk)
    assert event.details == {
        "assignee": [None, "otto"],
        "reviewer": [None, "rhea"],
        "due_at": [None, due.isoformat()],
        "priority": [3, 1],
    }
    again = article.assign(by=people.editor, assignee=None)
    assert again.details == {"assignee": ["otto", None]}


def test_assigning_records_nothing_when_nothing_changes(article, people):
    assert article.assign(by=people.editor, assignee=None, priority=3) is None
    assert not Event.objects.filter(article=article.pk).exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("writer", True),
        ("editor", True),
        ("publisher", True),
        ("reviewer", False),
        ("outsider", False),
        ("admin", False),
    ],
)
def test_assigning_is_for_who_assigns_or_writes_when_it_is_a_draft(article, people, who, may):
    if may:
        article.assign(by=getattr(people, who), priority=2)
    else:
        with pytest.raises(PermissionDenied):
            article.assign(by=getattr(people, who), priority=2)
    assert Article.objects.get().priority == (2 if may else 3)


def test_writer_assigns_nothing_when_the_story_is_in_review(in_review, people):
    with pytest.raises(PermissionDenied):
        in_review.assign(by=people.writer, reviewer=people.reviewer)


@pytest.mark.parametrize("who", ["writer", "outsider", "admin"])
def test_review_is_refused_with_a_sentence_when_the_person_may_not_decide(article, people, who):
    with pytest.raises(MoveNotAllowed, match=r"may not decide on this story|worked on this story"):
        article.assign(by=people.editor, reviewer=getattr(people, who))
    with pytest.raises(MoveNotAllowed, match="writes no stories here"):
        article.assign(by=people.editor, assignee=people.reviewer)
    assert Article.objects.get().reviewer is None


def test_review_is_refused_when_the_editor_is_of_another_desk_or_wrote_in_it(article, people):
    stranger = factories.person("ewan", "Editor")
    with pytest.raises(MoveNotAllowed, match="may not decide"):
        article.assign(by=people.editor, reviewer=stranger)
    Article.objects.filter(pk=article.pk).update(standfirst="Other words.")
    article.refresh_from_db()
    article.record_revision(by=people.publisher)
    with pytest.raises(MoveNotAllowed, match="another person has to decide"):
        article.assign(by=people.editor, reviewer=people.publisher)


def test_published_story_is_not_assigned_when_readers_have_it(article, story, people):
    with pytest.raises(MoveNotAllowed, match="published"):
        article.assign(by=people.publisher, priority=1)


# --- the review -----------------------------------------------------------------------------------------------------


def test_review_is_claimed_once_and_not_taken_silently_when_another_wants_it(in_review, people, second):
    event = in_review.claim_review(by=people.reviewer)
    assert (event.verb, event.details) == ("claim_review", {"reviewer": [None, "rhea"]})
    assert in_review.claim_review(by=people.reviewer) is None, "a double click is no second claim"
    with pytest.raises(MoveNotAllowed, match="rhea has this review"):
        in_review.claim_review(by=second)
    assert Article.objects.get().reviewer == people.reviewer


def test_claim_is_refused_when_it_is_own_work_or_not_theirs_or_no_review(article, people):
    with pytest.raises(MoveNotAllowed, match="while the story is in review"):
        article.claim_review(by=people.reviewer)
    article.submit(by=people.writer)
    with pytest.raises(PermissionDenied):
        article.claim_review(by=people.outsider)
    own = factories.article(people.editor, article.desk)
    own.submit(by=people.editor)
    with pytest.raises(MoveNotAllowed, match="your own work"):
        own.claim_review(by=people.editor)


def test_review_is_handed_over_when_the_reviewer_or_who_assigns_says_so(in_review, people, second):
    in_review.claim_review(by=people.reviewer)
    event = in_review.hand_over(by=people.reviewer, to=second)
    assert event.details == {"reviewer": ["rhea", "rolf"]}
    with pytest.raises(PermissionDenied):
        in_review.hand_over(by=people.reviewer, to=people.reviewer)
    in_review.hand_over(by=people.editor, to=people.reviewer)
    assert Article.objects.get().reviewer == people.reviewer
    with pytest.raises(MoveNotAllowed, match="otto may not decide"):
        in_review.hand_over(by=people.reviewer, to=people.outsider)
    second.is_active = False
    second.save()
    with pytest.raises(MoveNotAllowed, match="Rolf Ande may not decide"):
        in_review.hand_over(by=people.reviewer, to=second)


def test_claim_is_given_back_when_its_holder_cannot_do_it(in_review, people, second):
    in_review.claim_review(by=people.reviewer)
    with pytest.raises(PermissionDenied):
        in_review.release_claim(by=second)
    assert in_review.release_claim(by=people.reviewer).details == {"reviewer": ["rhea", None]}
    assert in_review.release_claim(by=people.editor) is None
    in_review.claim_review(by=second)


def test_reviewer_is_replaced_when_they_lost_the_role_meanwhile(in_review, people, second):
    in_review.claim_review(by=people.reviewer)
    assert in_review.has_fitting_reviewer()
    people.reviewer.groups.clear()
    in_review = Article.objects.get()
    assert not in_review.has_fitting_reviewer()
    assert in_review.claim_review(by=second).details == {"reviewer": ["rhea", "rolf"]}


# --- plans ----------------------------------------------------------------------------------------------------------


def test_planned_story_is_its_assignees_and_the_planner_may_decide_on_it_when_it_is_written(people, desk):
    plan = Article.plan(
        by=people.editor,
        slugline="SELM-SWEEP",
        desk=desk,
        assignee=people.writer,
        planning_note="The sweep.",
        length_ordered=600,
    )
    plan.refresh_from_db()
    assert (plan.writer, plan.status, plan.word_count(), plan.revisions.count()) == (people.writer, "draft", 0, 0)
    assert Event.objects.get(verb="assign").details["assignee"] == [None, "wren"]
    plan.record_revision(by=people.editor)  # a save of the plan's own fields
    assert not plan.is_work_of(people.editor)
    assert plan.is_work_of(people.writer)


def test_plan_without_an_assignee_is_the_planners_until_it_is_given_away(people, desk):
    plan = Article.plan(by=people.editor, slugline="SELM-SWEEP", desk=desk)
    assert plan.writer == people.editor
    plan.assign(by=people.editor, assignee=people.writer)
    assert Article.objects.get().writer == people.writer
    assert Article.objects.visible_to(people.writer).exists()


def test_writer_stays_when_a_story_with_words_is_assigned(article, people):
    article.assign(by=people.editor, assignee=people.outsider)
    assert Article.objects.get().writer == people.writer


def test_plan_is_refused_when_the_moment_has_passed_or_the_role_writes_nothing(people, desk):
    with pytest.raises(MoveNotAllowed, match="has passed"):
        Article.plan(by=people.editor, slugline="X", publish_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(PermissionDenied):
        Article.plan(by=people.reviewer, slugline="X")
    with pytest.raises(MoveNotAllowed, match="writes no stories"):
        Article.plan(by=people.editor, slugline="X", assignee=people.admin)
    assert not Article.objects.exists()


# --- the other side of the table ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("action", ["read_draft", "edit_draft", "approve", "assign"])
def test_people_and_articles_agree_when_asked_who_may(people, desk, action, status):
    """`who_may` and `open_to` are one table asked from two sides."""
    people.root = factories.person("root", is_superuser=True)
    people.gone = factories.person("gone", "Publisher", is_active=False)
    people.two = factories.person("two", "Writer", "Reviewer")
    people.asked = factories.person("asked", "Reviewer")
    article = factories.article(people.writer, desk, assignee=people.two, reviewer=people.asked)
    elsewhere = factories.article(people.outsider, factories.desk("Courts", "courts"))
    Article.objects.update(status=status, publish_at=timezone.now())
    for each in Article.objects.filter(pk__in=[article.pk, elsewhere.pk]):
        found = set(staff().filter(who_may(action, each)))
        everybody = [person for person in vars(people).values() if permissions.roles_of(person)]
        assert found == {
            person for person in everybody if Article.objects.open_to(person, action).filter(pk=each.pk).exists()
        }
