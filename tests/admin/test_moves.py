"""The buttons: one address, one verb, by the table of moves."""

import pytest
from django.urls import reverse

from articles.models import Article, Event, Story
from tests import factories
from tests.admin.pages import page, text


def move(client, article, verb, **extra):
    """Press the button of `verb`."""
    article.refresh_from_db()
    url = reverse("admin:articles_article_move", args=[article.pk])
    return client.post(url, {"verb": verb, "version": article.version, **extra}, follow=True)


def test_story_goes_the_whole_way_when_each_presses_their_button(desk_of, people, article):
    move(desk_of(people.writer), article, "submit")
    response = move(desk_of(people.reviewer), article, "approve")
    assert response.redirect_chain[-1][0] == reverse("admin:articles_article_change", args=[article.pk])
    response = move(desk_of(people.publisher), article, "publish")
    assert "published" in text(response)
    assert Story.objects.published().filter(pk=article.pk).exists()
    move(desk_of(people.publisher), article, "withdraw", note="Withdrawn: the source took it back.")
    assert not Story.objects.published().filter(pk=article.pk).exists()
    verbs = list(Event.objects.filter(article=article).order_by("id").values_list("verb", flat=True))
    assert verbs == ["submit", "approve", "publish", "withdraw"]


def test_second_publication_is_a_correction_when_that_is_chosen(desk_of, people, article, story):
    move(desk_of(people.publisher), article, "revise")
    factories.approve(article, people)
    url = reverse("admin:articles_article_change", args=[article.pk])
    assert "What kind of edition?" in text(desk_of(people.publisher).get(url))
    response = move(desk_of(people.publisher), article, "publish", kind="correction")
    assert "what was wrong and what is right" in text(response)
    words = {"kind": "correction", "wrong": "It said Monday.", "right": "It was Tuesday."}
    move(desk_of(people.publisher), article, "publish", **words)
    assert article.editions.order_by("-number").first().kind == "correction"


@pytest.mark.parametrize("verb", ["submit", "approve", "publish", "withdraw", "return_to_writer", "revise"])
def test_hidden_story_is_not_found_when_a_stranger_moves_it(desk_of, people, article, verb):
    response = move(desk_of(people.outsider), article, verb, note="x")
    assert response.status_code == 404
    assert not Event.objects.filter(article__isnull=False).exists()


@pytest.mark.parametrize("verb", ["publish", "approve", "withdraw"])
def test_move_is_forbidden_when_it_is_not_the_writers(desk_of, people, article, verb):
    assert move(desk_of(people.writer), article, verb, note="x").status_code == 403


def test_reason_is_shown_when_an_editor_approves_their_own_work(desk_of, people, desk):
    own = factories.article(people.editor, desk)
    own.submit(by=people.editor)
    response = move(desk_of(people.editor), own, "approve")
    own.refresh_from_db()
    assert own.status == "in_review"
    assert "This is your own work" in text(response)
    button = next(node for node in page(response).iter("button") if (node.text or "").strip() == "Approve")
    assert button.get("disabled") is not None


def test_note_is_asked_for_when_a_story_is_returned_without_one(desk_of, people, article):
    article.submit(by=people.writer)
    response = move(desk_of(people.reviewer), article, "return_to_writer", note="  ")
    article.refresh_from_db()
    assert article.status == "in_review"
    assert "What should the writer change?" in text(response)


def test_move_is_refused_when_the_story_was_saved_since_it_was_opened(desk_of, people, article):
    article.submit(by=people.writer)
    url = reverse("admin:articles_article_move", args=[article.pk])
    response = desk_of(people.reviewer).post(url, {"verb": "approve", "version": article.version - 1}, follow=True)
    article.refresh_from_db()
    assert article.status == "in_review"
    assert "saved since you opened it" in text(response)


def test_unknown_verb_is_not_found_when_posted(desk_of, people, article):
    for verb in ("", "delete", "record_revision", "_move"):
        assert move(desk_of(people.publisher), article, verb).status_code == 404


def test_address_of_moves_takes_no_get_when_visited(desk_of, people, article):
    url = reverse("admin:articles_article_move", args=[article.pk])
    assert desk_of(people.publisher).get(url).status_code == 405


def test_login_is_asked_for_when_nobody_is_logged_in(client, article):
    response = client.post(reverse("admin:articles_article_move", args=[article.pk]), {"verb": "submit"})
    assert reverse("admin:login") in response["Location"]


def test_publication_waits_for_the_findings_when_checks_fail(desk_of, people, desk):
    bare = factories.article(people.writer, desk, standfirst="", body="<p>Words.</p>")
    bare.submit(by=people.writer)
    Article.objects.filter(pk=bare.pk).update(status="approved", approved_revision=bare.revisions.first())
    response = desk_of(people.publisher).get(reverse("admin:articles_article_change", args=[bare.pk]))
    assert '<a href="#id_standfirst">R33: Write a standfirst.</a>' in response.content.decode()
    response = move(desk_of(people.publisher), bare, "publish")
    bare.refresh_from_db()
    assert bare.status == "approved"
    assert "R33" in text(response)
