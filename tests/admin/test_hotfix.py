"""The page on which a typo of the live text is mended."""

import pytest
from django.urls import reverse

from articles import hotfix
from articles.models import Article, Comment, Edition, Event, Story
from tests import factories
from tests.admin.pages import fields, page, text
from tests.test_hotfix import MENDED, TYPO, fix, live, rewrite, save, with_typo  # noqa: F401  (fixtures)


@pytest.fixture
def url(live):  # noqa: F811
    """The address of the page."""
    return reverse("admin:articles_article_hotfix", args=[live.pk])


@pytest.fixture
def browser(desk_of, people):
    """The publisher's."""
    return desk_of(people.publisher)


def typed(browser, url, **texts):
    """The fields of the page with other texts typed into them."""
    values = fields(browser.get(url), "hotfix_form")
    return values | {"body": values["body"].replace("braekwater", "breakwater")} | texts


def test_a_fix_is_looked_at_and_then_published(browser, url, live):  # noqa: F811
    preview = browser.post(url, typed(browser, url, note="A reader wrote in"))
    assert preview.status_code == 200
    assert "breakwater" in text(preview)
    assert [node.text or "".join(node.itertext()) for node in page(preview).iter("ins")][-1].find("breakwater") >= 0
    assert Edition.objects.count() == 1
    response = browser.post(url, fields(preview, "hotfix_form") | {"publish": "1"}, follow=True)
    assert response.redirect_chain[0][0] == reverse("admin:articles_article_change", args=[live.pk])
    assert "readers have it as edition 2" in text(response)
    assert "breakwater" in Story.objects.get().body
    assert Event.objects.get(verb="hotfix").note == "A reader wrote in"
    assert Event.objects.get(verb="hotfix").channel == "page"


def test_the_text_comes_back_when_somebody_wants_to_go_on_writing(browser, url):
    preview = browser.post(url, typed(browser, url))
    again = browser.post(url, fields(preview, "hotfix_form") | {"edit": "1"})
    assert "breakwater" in fields(again, "hotfix_form")["body"]
    assert Edition.objects.count() == 1


def test_line_ends_of_a_browser_are_no_change(browser, url, live, people):  # noqa: F811
    live.revise(by=people.editor)
    save(live, people.editor, standfirst="One line.\nAnother line.")
    factories.publish(live, people)
    values = typed(browser, url)
    assert values["standfirst"] == "One line.\nAnother line."
    preview = browser.post(url, values | {"standfirst": "One line.\r\nAnother line."})
    assert "Standfirst" not in [node.text for node in page(preview).iter("dt")]


def test_what_is_more_than_a_typo_is_told_and_the_text_is_kept(browser, url):
    response = browser.post(url, typed(browser, url, headline="Port Selm harbour stays closed, day 44"))
    assert response.status_code == 422
    assert "a figure reads otherwise" in text(response)
    assert "publish it as a correction" in text(response)
    assert fields(response, "hotfix_form")["headline"] == "Port Selm harbour stays closed, day 44"
    refused = browser.post(url, typed(browser, url, headline="Port Selm closed, day 44", publish="1"))
    assert refused.status_code == 422
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("name", ["headline", "standfirst", "body", "seen_edition"])
def test_an_empty_field_is_asked_for(name, browser, url):
    response = browser.post(url, typed(browser, url, **{name: "", "publish": "1"}))
    assert response.status_code == 422
    assert Edition.objects.count() == 1


def test_an_edition_that_came_between_is_told_with_the_text_kept(browser, url, live, people):  # noqa: F811
    values = typed(browser, url, headline="Port Selm harbor stays closed, day 1")
    fix(live, people)
    for step in ({}, {"publish": "1"}):
        response = browser.post(url, values | step)
        assert response.status_code == 409
        assert "pablo published edition 2" in text(response)
    assert Edition.objects.count() == 2
    kept = fields(response, "hotfix_form")
    assert (kept["headline"], kept["seen_edition"]) == ("Port Selm harbor stays closed, day 1", "2")
    browser.post(url, kept | {"publish": "1"})
    story = Story.objects.get()
    assert (story.headline, story.edition_number) == ("Port Selm harbor stays closed, day 1", 3)
    assert "breakwater" in story.body


@pytest.mark.parametrize("overlaps", [False, True])
def test_the_draft_that_waits_is_told_of(overlaps, browser, url, rewrite):  # noqa: F811
    other = with_typo().replace("waited off the braekwater", "lay beyond the mole") if overlaps else with_typo()
    draft = rewrite(headline="SECRET headline", body=other)
    shown = browser.get(url)
    assert "The draft that waits over it takes the fix in." in text(shown)
    assert "SECRET" not in fields(shown, "hotfix_form")["headline"]
    response = browser.post(url, typed(browser, url, publish="1"), follow=True)
    sentence = "kept its own words" if overlaps else "The draft that waits took the fix in."
    assert sentence in text(response)
    draft.refresh_from_db()
    assert ("breakwater" in draft.body) is not overlaps
    assert Comment.objects.exists() is overlaps


def test_nobody_else_comes_here(desk_of, people, url, live):  # noqa: F811
    for role, expected in (("writer", 403), ("editor", 403), ("outsider", 404), ("admin", 404)):
        client = desk_of(getattr(people, role))
        assert client.get(url).status_code == expected, role
        assert client.post(url, {"headline": "Mine", "publish": "1"}).status_code == expected, role
    assert desk_of(people.publisher).get(url).status_code == 200
    assert Edition.objects.count() == 1


def test_a_story_without_live_text_leads_back(browser, people, desk):
    draft = factories.article(people.writer, desk)
    response = browser.get(reverse("admin:articles_article_hotfix", args=[draft.pk]), follow=True)
    assert "no live text to fix" in text(response)
    assert browser.get(reverse("admin:articles_article_hotfix", args=[draft.pk + 999])).status_code == 404


def test_the_rail_leads_here_while_the_story_is_live(desk_of, browser, people, url, live, desk):  # noqa: F811
    desk_url = reverse("admin:articles_article_change", args=[live.pk])
    assert f'href="{url}"' in browser.get(desk_url).content.decode()
    assert f'href="{url}"' not in desk_of(people.editor).get(desk_url).content.decode()
    draft = factories.article(people.writer, desk)
    response = browser.get(reverse("admin:articles_article_change", args=[draft.pk]))
    assert "/hotfix/" not in response.content.decode()


def test_page_costs_the_same_however_often_it_was_fixed(browser, url, live, people, django_assert_max_num_queries):  # noqa: F811
    for word in ("breakwater", "braekwater", "breakwater"):
        body = MENDED if word == "breakwater" else TYPO
        fix(live, people, body=with_typo().replace(TYPO, body))
    with django_assert_max_num_queries(14):
        browser.get(url)
    assert hotfix.live_edition(Article.objects.get()).number == 4
