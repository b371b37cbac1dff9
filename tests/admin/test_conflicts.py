"""Two people save the same story: what came of both their words."""

import pytest
from django.urls import reverse

from articles.models import Autosave, Topic
from tests import factories

from .pages import fields, text

FIRST = "<p>The harbour at Port Selm stayed closed for a third day.</p>"


@pytest.fixture
def conflict_url(article):
    """The page on which both are merged."""
    return reverse("admin:articles_article_conflict", args=[article.pk])


@pytest.fixture
def two(desk_of, people, desk_url):
    """Writer and editor, each with the same version open."""
    mine, theirs = desk_of(people.writer), desk_of(people.editor)
    return mine, theirs, fields(mine.get(desk_url))


def save(client, url, values, **changes):
    """Post the desk."""
    return client.post(url, values | changes | {"_continue": "1"})


def test_both_are_kept_when_they_wrote_in_different_places(two, article, desk_url, conflict_url):
    theirs, mine, opened = two
    save(theirs, desk_url, opened, headline="Theirs")
    answer = save(
        mine, desk_url, opened, body=opened["body"].replace("third", "fourth"), topics="Shipping, Weather (new)"
    )
    assert answer.url == conflict_url
    page = mine.get(conflict_url)
    assert "Nothing of yours is lost" in text(page)
    assert "wren saved revision 2" in text(page)
    assert 'type="radio"' not in page.content.decode()
    assert Topic.objects.filter(name="Weather").count() == 0
    answer = mine.post(conflict_url, {"version": "2"})
    article.refresh_from_db()
    assert (answer.url, article.headline, "fourth day" in article.body) == (desk_url, "Theirs", True)
    assert {topic.name for topic in article.topics.all()} == {"Shipping", "Weather"}
    assert article.revisions.count() == 3
    assert not Autosave.objects.exists()


@pytest.mark.parametrize(
    ("choice", "has_mine", "has_theirs"), [("mine", 1, 0), ("theirs", 0, 1), ("both", 1, 1), ("nonsense", 1, 0)]
)
def test_choice_stands_when_both_changed_the_same_words(
    two, article, desk_url, conflict_url, choice, has_mine, has_theirs
):
    mine, theirs, opened = two
    save(theirs, desk_url, opened, body=opened["body"].replace("third", "ninth"))
    save(mine, desk_url, opened, body=opened["body"].replace("third", "fifth"))
    page = mine.get(conflict_url)
    assert "fifth day" in text(page)
    assert "ninth day" in text(page)
    mine.post(conflict_url, {"version": "2", "choice-1": choice})
    article.refresh_from_db()
    assert (article.body.count("fifth"), article.body.count("ninth")) == (has_mine, has_theirs)


def test_page_comes_again_when_it_was_saved_once_more(two, article, desk_url, conflict_url):
    mine, theirs, opened = two
    save(theirs, desk_url, opened, headline="Theirs")
    save(mine, desk_url, opened, standfirst="My standfirst.")
    save(theirs, desk_url, fields(theirs.get(desk_url)), headline="Theirs again")
    answer = mine.post(conflict_url, {"version": "2"})
    assert "once more" in text(answer)
    mine.post(conflict_url, {"version": "3"})
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Theirs again", "My standfirst.")


@pytest.mark.parametrize(
    "changes", [{"headline": "Twice"}, {"quotes-1-text": "Ships waited", "quotes-TOTAL_FORMS": "2"}]
)
def test_nothing_is_asked_when_the_same_save_comes_twice(two, article, desk_url, changes):
    mine, _theirs, opened = two
    answers = [save(mine, desk_url, opened, **changes) for _click in range(2)]
    assert [answer.url for answer in answers] == [desk_url, desk_url]
    assert article.revisions.count() == 2
    assert not Autosave.objects.exists()


def test_nothing_is_asked_when_nothing_was_changed(two, article, desk_url):
    mine, theirs, opened = two
    save(theirs, desk_url, opened, headline="Theirs")
    assert save(mine, desk_url, opened).url == desk_url
    assert article.revisions.count() == 2


def test_rows_are_merged_when_the_other_deleted_them(two, article, desk_url, conflict_url):
    mine, theirs, opened = two
    save(theirs, desk_url, opened, **{"quotes-0-DELETE": "on", "bylines-0-DELETE": "on"})
    assert (article.quotes.count(), article.bylines.count()) == (0, 0)
    assert save(mine, desk_url, opened, **{"quotes-0-role": "pilot"}).url == conflict_url
    assert "pilot" in text(mine.get(conflict_url))
    mine.post(conflict_url, {"version": "2", "choice-1": "mine"})
    assert article.quotes.get().role == "pilot"
    assert not article.bylines.exists()


def test_note_and_plan_are_kept_when_both_wrote_one(two, article, desk_url, conflict_url):
    mine, theirs, opened = two
    save(theirs, desk_url, opened, ed_note="Call them.", headline="Theirs")
    save(mine, desk_url, opened, ed_note="Wait for the port.", planning_note="Longer.", standfirst="Mine.")
    mine.post(conflict_url, {"version": "2"})
    article.refresh_from_db()
    assert article.ed_note == "Call them.\n\nWait for the port."
    assert article.planning_note == "Longer."


def test_text_is_kept_with_a_sentence_when_the_story_was_submitted_meanwhile(two, article, desk_url, people):
    mine, _theirs, opened = two
    article.submit(by=people.writer)
    answer = save(mine, desk_url, opened, headline="Too late")
    assert answer.url == desk_url
    assert "Your text is kept" in text(mine.get(desk_url))
    article.refresh_from_db()
    assert article.headline != "Too late"
    assert Autosave.objects.get(user=people.writer).data["headline"] == ["Too late"]


def test_save_is_refused_when_the_story_was_never_theirs_to_write(two, article, desk_url, people, desk_of):
    _mine, _theirs, opened = two
    article.submit(by=people.writer)
    assert save(desk_of(people.reviewer), desk_url, opened, headline="Forged").status_code == 403
    assert not Autosave.objects.exists()


def test_page_is_not_there_when_nothing_is_kept_or_the_story_is_hidden(two, article, conflict_url, desk_of, people):
    mine, theirs, opened = two
    assert mine.get(conflict_url).status_code == 404
    save(theirs, reverse("admin:articles_article_change", args=[article.pk]), opened, headline="Theirs")
    save(mine, reverse("admin:articles_article_change", args=[article.pk]), opened, standfirst="Mine.")
    assert mine.get(conflict_url).status_code == 200
    assert theirs.get(conflict_url).status_code == 404
    assert desk_of(people.outsider).get(conflict_url).status_code == 404


def test_fields_are_shown_again_when_a_stale_save_has_mistakes(two, article, desk_url, conflict_url):
    mine, theirs, opened = two
    save(theirs, desk_url, opened, headline="Theirs")
    answer = save(mine, desk_url, opened, standfirst="Mine.", language="not a language at all")
    assert answer.status_code == 200
    assert save(mine, desk_url, fields(answer), language="en").url == conflict_url
    assert factories.WORDS in article.body
