"""The front, a story, the latest."""

import pytest

from articles import press
from articles.models import Story
from articles.views import front
from articles.views import stories as story_views
from tests import factories
from tests.reading import addresses, entries, next_key

pytestmark = pytest.mark.django_db


def test_story_shows_all_it_was_printed_with_when_opened(client, story):
    page = client.get(story.get_absolute_url()).content.decode()
    for words in (story.headline, story.standfirst, "Wren", "Edition 1", "Receipt", "the harbour master"):
        assert words in page
    quote = story.quotes.get()
    assert f'href="#card-{quote.pk}"' in page
    assert f'id="card-{quote.pk}"' in page
    assert 'href="/actors/ilse-maran/"' in page
    assert 'href="/topics/shipping/"' in page


def test_story_answers_at_its_day_alone_when_the_address_names_another(client, story):
    right = story.get_absolute_url()
    for wrong in ("/1999/01/31/", "/9999/99/99/"):
        response = client.get(f"{wrong}{story.slug}/")
        assert (response.status_code, response["Location"]) == (301, right)


def test_story_is_not_found_when_the_slug_is_nobodys(client, story):
    assert client.get(story.get_absolute_url().replace(story.slug, "something-else")).status_code == 404


def test_story_takes_two_queries_when_opened(client, story, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(story.get_absolute_url())


def test_nothing_but_the_note_is_left_when_a_story_was_withdrawn(client, people, article):
    story = factories.publish(article, people)
    press.withdraw(article, by=people.publisher, note="The letter was forged. We apologise.")
    response = client.get(story.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert "The letter was forged. We apologise." in page
    for words in (story.headline, story.standfirst, "swept", "Wren", "Ilse Maran", "Shipping"):
        assert words not in page
    for address in ("/", "/latest/", "/feeds/latest.rss"):
        assert story.headline not in client.get(address).content.decode()


def test_correction_stands_above_the_text_when_one_was_printed(client, people, article):
    factories.publish(article, people)
    article.revise(by=people.editor)
    factories.approve(article, people)
    press.publish(
        article,
        by=people.publisher,
        kind="correction",
        wrong="It said something else.",
        right="The harbour closed on Sunday, not Monday.",
    )
    story = Story.objects.get(pk=article.pk)
    page = client.get(story.get_absolute_url()).content.decode()
    assert "Edition 2" in page
    assert page.index("The harbour closed on Sunday, not Monday.") < page.index("stayed closed for a third day")


def test_reader_gets_no_cookie_and_no_shared_cache_mistake_when_reading(client, story):
    for address in ("/", "/latest/", "/actors/", "/topics/", story.get_absolute_url()):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "max-age=0" in response["Cache-Control"]
        assert "public" in response["Cache-Control"]


def test_page_is_confirmed_without_a_body_when_unchanged(client, story):
    address = story.get_absolute_url()
    again = client.get(address, headers={"If-None-Match": client.get(address)["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_dates_are_in_the_newsrooms_language_when_the_browser_prefers_another(client, in_print):
    (story,) = in_print(1)
    page = client.get(story.get_absolute_url(), headers={"Accept-Language": "fr"}).content.decode()
    assert "2 March 2026" in page


def test_latest_pages_through_every_story_once_when_followed(client, in_print, monkeypatch):
    monkeypatch.setattr(story_views, "PAGE", 4)
    stories = in_print(6)
    first = client.get("/latest/")
    assert entries(first) == addresses(stories[:4])
    second = client.get("/latest/", {"before": next_key(first)})
    assert entries(second) == addresses(stories[4:])
    assert next_key(second) == ""


@pytest.mark.parametrize("address", ["/", "/latest/"])
def test_list_costs_the_same_when_there_are_more_stories(address, queries, in_print):
    in_print(1)
    one = queries(address)
    in_print(4)
    assert queries(address) == one <= 4


def test_front_says_so_when_nothing_is_published(client):
    assert "Nothing has been published yet" in client.get("/").content.decode()


def test_front_gives_each_story_one_place_when_made_up(in_print):
    stories = in_print(12)
    made = front.make_up(stories, [])
    placed = [made.lead, *made.seconds, *made.under, *(story for river in made.rivers for story in river.stories)]
    assert len({story.pk for story in placed}) == len(placed)
    assert made.lead == stories[0]


def test_front_leads_with_a_picture_when_one_is_among_the_newest(people, desk, in_print):
    picture = factories.image()
    (pictured,) = in_print(1, lead_image=picture)
    newer = in_print(2)
    made = front.make_up([*newer, pictured], [])
    assert made.lead == pictured
    assert made.pictured == {pictured.pk}


def test_front_hears_a_speaker_once_when_many_stories_quote_them(client, in_print):
    in_print(3)
    assert client.get("/").content.decode().count('class="voice"') == 1


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("zz", "ltr"), ("fr-CA", "ltr")])
def test_words_run_their_own_way_when_the_story_is_in_another_language(client, in_print, language, direction):
    (story,) = in_print(1, language=language)
    for address in ("/", "/latest/", story.get_absolute_url()):
        assert f'lang="{language}" dir="{direction}"' in client.get(address).content.decode()


@pytest.mark.parametrize(("kicker", "said"), [("Shipping", True), ("The interview", False), ("Interview", False)])
def test_genre_is_told_once_when_the_kicker_names_it(kicker, said, client, people, desk):
    story = factories.publish(factories.article(people.writer, desk, kicker=kicker, genre="interview"), people)
    assert ('<span class="kicker__genre">' in client.get(story.get_absolute_url()).content.decode()) is said
    assert ('<span class="meta__genre">' in client.get("/latest/").content.decode()) is said


def test_address_is_shown_in_its_own_letters_when_they_are_not_latin(client, people, desk):
    article = factories.article(people.writer, desk, language="ar", slug="ميناء-سيلم")
    page = client.get(factories.publish(article, people).get_absolute_url()).content.decode()
    assert "/ميناء-سيلم/</bdi></a>" in page
