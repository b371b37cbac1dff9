"""Who has a story, by the rail, the Desk fields and the page of plans."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Event
from tests import factories
from tests.admin.pages import fields, page, text


def save(client, url, **changes):
    """Open the desk, change these fields, save."""
    return client.post(url, fields(client.get(url)) | changes | {"_continue": "1"})


def act(client, article, name, **values):
    """Press a button of the rail."""
    return client.post(reverse(f"admin:articles_article_{name}", args=[article.pk]), values, follow=True)


def choices(response, field):
    """The labels of a select."""
    select = next(node for node in page(response).iter("select") if node.get("name") == field)
    return [" ".join("".join(option.itertext()).split()) for option in select.iter("option")]


@pytest.fixture
def second(db):
    """A second reviewer."""
    return factories.person("rolf", "Reviewer", first_name="Rolf", last_name="Ande")


# --- the Desk fields ------------------------------------------------------------------------------------------------


def test_assignment_is_recorded_once_when_the_desk_fields_are_saved(desk_of, people, article, desk_url):
    client = desk_of(people.editor)
    values = {"assignee": people.outsider.pk, "reviewer": people.reviewer.pk, "length_ordered": "600"}
    assert save(client, desk_url, **values).status_code == 302
    article.refresh_from_db()
    assert (article.assignee, article.reviewer, article.length_ordered) == (people.outsider, people.reviewer, 600)
    assert Event.objects.get(verb="assign").details == {
        "assignee": [None, "otto"],
        "reviewer": [None, "rhea"],
        "length_ordered": [None, 600],
    }
    save(client, desk_url, headline="Other words")
    assert Event.objects.filter(verb="assign").count() == 1


def test_claim_stays_when_somebody_saves_a_page_opened_before_it(desk_of, people, article, desk_url):
    article.submit(by=people.writer)
    client = desk_of(people.editor)
    opened = fields(client.get(desk_url))
    article.claim_review(by=people.reviewer)
    assert client.post(desk_url, opened | {"headline": "Edited", "priority": "1", "_continue": "1"}).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.priority, article.reviewer) == ("Edited", 1, people.reviewer)
    assert Event.objects.get(verb="assign").details == {"priority": [3, 1]}


def test_new_story_is_assigned_when_it_is_first_saved(desk_of, people, desk):
    client, url = desk_of(people.editor), reverse("admin:articles_article_add")
    values = {"headline": "Rain", "body": "<p>It rained.</p>", "reviewer": people.reviewer.pk, "priority": "2"}
    assert save(client, url, **values).status_code == 302
    assert Event.objects.get(verb="assign").details == {"reviewer": [None, "rhea"], "priority": [3, 2]}
    assert Article.objects.get().reviewer == people.reviewer


def test_new_story_is_kept_and_the_reviewer_is_not_when_its_writer_asks_themselves(desk_of, people, desk):
    client, url = desk_of(people.editor), reverse("admin:articles_article_add")
    response = client.post(
        url,
        fields(client.get(url)) | {"headline": "Rain", "reviewer": people.editor.pk, "_continue": "1"},
        follow=True,
    )
    assert "The text is saved, the assignment is not" in text(response)
    assert (Article.objects.get().headline, Article.objects.get().reviewer) == ("Rain", None)


def test_only_people_in_a_fitting_role_are_offered_when_somebody_is_chosen(desk_of, people, article, desk_url, second):
    factories.person("ewan", "Editor")  # of no desk
    factories.person("gone", "Reviewer", is_active=False)
    response = desk_of(people.editor).get(desk_url)
    assert choices(response, "assignee") == ["nobody yet", "edda", "ewan", "otto", "pablo", "wren"]
    assert choices(response, "reviewer") == ["nobody yet", "edda", "pablo", "rhea", "Rolf Ande"]


def test_reviewer_who_lost_the_role_is_shown_so_and_does_not_block_a_save(desk_of, people, article, desk_url):
    article.assign(by=people.editor, reviewer=people.reviewer)
    people.reviewer.groups.clear()
    client = desk_of(people.editor)
    response = client.get(desk_url)
    assert "rhea (no longer in a fitting role)" in choices(response, "reviewer")
    assert "May no longer decide on this story" in text(response)
    assert save(client, desk_url, headline="Saved all the same").status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.reviewer) == ("Saved all the same", people.reviewer)


def test_person_is_refused_with_a_sentence_when_the_post_is_forged(desk_of, people, article, desk_url):
    response = save(desk_of(people.editor), desk_url, reviewer=people.outsider.pk, headline="Not to be lost")
    assert response.status_code == 200
    assert fields(response)["headline"] == "Not to be lost"
    article.refresh_from_db()
    assert article.reviewer is None


# --- the rail -------------------------------------------------------------------------------------------------------


def test_review_is_claimed_handed_over_and_given_back_when_the_buttons_are_pressed(desk_of, people, article, second):
    article.submit(by=people.writer)
    rhea, rolf = desk_of(people.reviewer), desk_of(second)
    assert "You have this review." in text(act(rhea, article, "claim"))
    answer = act(rolf, article, "claim")
    assert "rhea has this review" in text(answer)
    button = next(node for node in page(answer).iter("button") if (node.text or "").strip() == "Claim the review")
    assert button.get("disabled") is not None
    assert "Rolf Ande has the review." in text(act(rhea, article, "hand_over", to=second.pk))
    assert act(rhea, article, "give_back").status_code == 403
    act(rolf, article, "give_back")
    article.refresh_from_db()
    assert article.reviewer is None
    assert list(Event.objects.filter(article=article.pk).order_by("id").values_list("verb", flat=True)) == [
        *("submit", "claim_review", "hand_over", "release_claim")
    ]


def test_review_goes_to_nobody_who_may_not_decide_when_the_post_is_forged(desk_of, people, article):
    article.submit(by=people.writer)
    article.claim_review(by=people.reviewer)
    for to in (people.outsider.pk, people.writer.pk, 9999, "x", ""):
        response = act(desk_of(people.reviewer), article, "hand_over", to=to)
        assert "Choose somebody who may decide on this story." in text(response)
    article.refresh_from_db()
    assert article.reviewer == people.reviewer


@pytest.mark.parametrize("name", ["claim", "hand_over", "give_back"])
def test_hidden_story_is_not_found_when_a_stranger_presses(desk_of, people, article, name):
    url = reverse(f"admin:articles_article_{name}", args=[article.pk])
    gone = reverse(f"admin:articles_article_{name}", args=[article.pk + 99])
    for who in (people.outsider, people.admin):
        client = desk_of(who)
        assert client.post(url).status_code == client.post(gone).status_code == 404
    assert desk_of(people.editor).get(url).status_code == 405
    assert desk_of(people.writer).post(url).status_code == 403
    assert not Event.objects.filter(article=article.pk).exists()


def test_answer_stays_on_this_site_when_the_post_names_another(desk_of, people, article):
    article.submit(by=people.writer)
    url = reverse("admin:articles_article_claim", args=[article.pk])
    client = desk_of(people.reviewer)
    assert client.post(url, {"next": "https://evil.example/"})["Location"].startswith("/admin/articles/article/")
    assert client.post(url, {"next": "/admin/somewhere/"})["Location"] == "/admin/somewhere/"
    for referer, back in (
        ("http://testserver/admin/x/", "http://testserver/admin/x/"),
        ("https://evil.example/", None),
    ):
        place = client.post(url, headers={"referer": referer})["Location"]
        assert place == (back or reverse("admin:articles_article_change", args=[article.pk]))


def test_rail_tells_who_writes_who_reviews_and_how_long_it_is(desk_of, people, article, desk_url):
    due = timezone.now() - timedelta(hours=1)
    article.assign(by=people.editor, reviewer=people.reviewer, due_at=due, priority=1, length_ordered=600)
    words = text(desk_of(people.writer).get(desk_url))
    assert "Writes wren (you)" in words
    assert "Reviews rhea" in words
    assert "overdue" in words
    assert f"{article.word_count()} of 600 words" in words


def test_cost_of_the_rail_does_not_grow_when_there_are_more_people(
    desk_of, people, article, desk_url, django_assert_num_queries, django_assert_max_num_queries
):
    client = desk_of(people.editor)
    client.get(desk_url)
    with django_assert_max_num_queries(95) as one:
        client.get(desk_url)
    for number in range(4):
        factories.person(f"more-{number}", "Reviewer", "Writer")
    with django_assert_num_queries(len(one)):
        client.get(desk_url)


# --- plans ----------------------------------------------------------------------------------------------------------

PLAN = "admin:articles_article_plan"


def plan(client, **values):
    """Fill in the page of plans."""
    given = {"slugline": "SELM-SWEEP", "planning_note": "The sweep, a day on.\nAsk Maran.", "priority": "3"} | values
    return client.post(reverse(PLAN), given, follow=True)


def test_story_is_planned_without_copy_when_an_editor_plans_it(desk_of, people, desk):
    ahead = timezone.localtime() + timedelta(days=2)
    response = plan(
        desk_of(people.editor),
        desk=desk.pk,
        assignee=people.writer.pk,
        due_at=f"{ahead:%Y-%m-%dT%H:%M}",
        publish_at=f"{ahead + timedelta(days=1):%Y-%m-%dT%H:%M}",
        length_ordered="600",
    )
    made = Article.objects.get()
    assert (made.slugline, made.writer, made.desk, made.status) == ("SELM-SWEEP", people.writer, desk, "draft")
    assert (made.headline, made.body, made.length_ordered) == ("", "", 600)
    assert made.publish_at > made.due_at > timezone.now()
    words = text(response)
    assert "The plan The sweep, a day on. Ask Maran." in words
    assert "0 of 600 words" in words


def test_planned_story_is_written_and_reviewed_by_its_planner_when_copy_comes(desk_of, people, desk):
    plan(desk_of(people.editor), desk=desk.pk, assignee=people.writer.pk)
    made = Article.objects.get()
    url = reverse("admin:articles_article_change", args=[made.pk])
    save(desk_of(people.editor), url, priority="1")
    save(desk_of(people.writer), url, headline="The sweep", body="<p>Words.</p>")
    made.refresh_from_db()
    made.submit(by=people.writer)
    made.claim_review(by=people.editor)


def test_plan_is_asked_for_again_when_something_does_not_fit(desk_of, people):
    client = desk_of(people.editor)
    for values, sentence in (
        ({"slugline": ""}, "This field is required."),
        ({"due_at": "2020-01-01T10:00"}, "That moment has passed"),
        ({"publish_at": "2020-01-01T10:00"}, "That moment has passed"),
        ({"assignee": people.reviewer.pk}, "Select a valid choice"),
        ({"length_ordered": "-4"}, "greater than or equal to 1"),
        ({"slugline": "X" * 121}, "at most 120 characters"),
    ):
        response = plan(client, **values)
        assert response.status_code == 422
        assert sentence in text(response)
        assert "The sweep, a day on." in text(response)
    assert not Article.objects.exists()


def test_writer_plans_for_themselves_when_they_plan(desk_of, people):
    client = desk_of(people.writer)
    assert "Who writes it?" not in text(client.get(reverse(PLAN)))
    plan(client, assignee=people.outsider.pk)
    assert (Article.objects.get().writer, Article.objects.get().assignee) == (people.writer, None)


@pytest.mark.parametrize(
    ("who", "may"), [("writer", True), ("editor", True), ("publisher", True), ("reviewer", False), ("admin", False)]
)
def test_plans_are_for_who_starts_drafts_when_asked(desk_of, people, who, may):
    client = desk_of(getattr(people, who))
    assert client.get(reverse(PLAN)).status_code == (200 if may else 403)
    assert ("Plan a story" in text(client.get(reverse("admin:index")))) is may
    plan(client)
    assert Article.objects.exists() is may
