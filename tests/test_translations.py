"""Stories that are translations of one another lead to each other, as long as they are in print."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from articles import press, translations
from articles.models import Article, Story
from tests import factories
from tests.admin.pages import fields

ARABIC = {"language": "ar", "headline": "ميناء سيلم مغلق لليوم الثالث", "slug": "ميناء-سيلم"}


@pytest.fixture
def pair(people, desk):
    """An English story in print, and its Arabic translation in print."""
    english = factories.article(people.writer, desk)
    factories.publish(english, people)
    arabic = factories.article(people.writer, desk, translation_of=english, **ARABIC)
    factories.publish(arabic, people)
    return english, arabic


def test_each_page_leads_to_the_other_when_both_are_in_print(pair, client, settings):
    english, arabic = (Story.objects.get(pk=article.pk) for article in pair)
    page = client.get(english.get_absolute_url()).content.decode()
    assert f'hreflang="ar" lang="ar" dir="rtl" href="{arabic.get_absolute_url()}">العربية</a>' in page
    for story in (english, arabic):
        address = f"{settings.NEWSROOM_URL}{story.get_absolute_url()}"
        assert f'<link rel="alternate" hreflang="{story.language}" href="{address}">' in page
    page = client.get(arabic.get_absolute_url()).content.decode()
    assert f'hreflang="en" lang="en" dir="ltr" href="{english.get_absolute_url()}">English</a>' in page


def test_story_leads_nowhere_when_its_translation_is_a_draft(people, desk, client):
    english = factories.article(people.writer, desk)
    story = factories.publish(english, people)
    factories.article(people.writer, desk, translation_of=english, **ARABIC)
    press.reprint()
    assert "hreflang" not in client.get(story.get_absolute_url()).content.decode()


def test_way_disappears_when_the_translation_is_withdrawn_and_comes_back_with_it(pair, people, client):
    english, arabic = pair
    address = Story.objects.get(pk=english.pk).get_absolute_url()
    press.withdraw(arabic, by=people.publisher, note="Sent out too early.")
    assert "hreflang" not in client.get(address).content.decode()
    assert Story.objects.get(pk=arabic.pk).translations == []
    arabic.refresh_from_db()
    arabic.revise(by=people.publisher)
    factories.publish(arabic, people)
    assert 'hreflang="ar"' in client.get(address).content.decode()


def test_whole_family_is_linked_when_there_are_two_translations(pair, people, desk):
    english, _arabic = pair
    french = factories.article(people.writer, desk, translation_of=english, language="fr")
    factories.publish(french, people)
    told = {story.language: [each["language"] for each in story.translations] for story in Story.objects.all()}
    assert told == {"en": ["ar", "fr"], "ar": ["en", "fr"], "fr": ["ar", "en"]}


def test_reprint_gives_the_same_links_whatever_the_order(pair):
    before = list(Story.objects.order_by("pk").values())
    Story.objects.update(translations=[], translation_of=None)
    press.reprint()
    assert list(Story.objects.order_by("pk").values()) == before
    Story.objects.update(translations=[])
    press.reprint([pair[0].pk])
    assert list(Story.objects.order_by("pk").values()) == before


def test_address_follows_when_the_other_gets_a_new_headline_and_slug(pair, people):
    english, arabic = pair
    arabic.refresh_from_db()
    arabic.revise(by=people.publisher)
    arabic.headline, arabic.slug = "عنوان آخر", "عنوان-آخر"
    arabic.save()
    arabic.record_revision(by=people.publisher)
    factories.publish(arabic, people)
    [other] = Story.objects.get(pk=english.pk).translations
    assert (other["headline"], unquote(other["url"]).split("/")[-2]) == ("عنوان آخر", "عنوان-آخر")


def test_printing_takes_no_more_queries_when_the_family_is_large(pair, people, desk, django_assert_max_num_queries):
    english, _arabic = pair
    for language in ("fr", "de", "es", "it"):
        factories.publish(factories.article(people.writer, desk, translation_of=english, language=language), people)
    with django_assert_max_num_queries(2):
        translations.link([english.pk])


def test_labels_and_dates_are_in_the_language_of_the_story(pair, client):
    page = client.get(Story.objects.get(pk=pair[1].pk).get_absolute_url()).content.decode()
    head, article = page.split("<article", 1)
    assert '<html lang="en-gb" dir="ltr">' in head
    assert "Skip to the content" in head
    for words in ("نُشر", "كشف المصادر", "دقيقة للقراءة", "جرى التحقق منه", "في مؤتمر صحفي"):
        assert words in article.split("</article>")[0], words
    assert "Published" not in article.split("</article>")[0]


@pytest.mark.parametrize(
    "typed", ["{slug}", "{pk}", "https://paper.example/2026/03/02/{slug}/", "/admin/articles/article/{pk}/change/"]
)
def test_original_is_named_on_the_desk_by_what_is_at_hand(client_of, people, desk, typed):
    english = factories.article(people.writer, desk)
    arabic = factories.article(people.writer, desk, **ARABIC)
    browser, address = client_of(people.writer), f"/admin/articles/article/{arabic.pk}/change/"
    data = fields(browser.get(address)) | {"translation_of": typed.format(slug=english.slug, pk=english.pk)}
    assert browser.post(address, data).status_code == 302
    arabic.refresh_from_db()
    assert arabic.translation_of == english
    assert arabic.latest_revision().document["translation_of"] == {"id": english.pk, "name": english.slug}
    assert f'value="{english.slug}"' in browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("no-such-story", "No story is known by that"),
        ("itself", "That is this story itself"),
        ("same", "in the same language"),
    ],
)
def test_original_is_refused_with_a_sentence_when_it_cannot_be(client_of, people, desk, typed, words):
    other = factories.article(people.writer, desk, language="ar")
    arabic = factories.article(people.writer, desk, **ARABIC)
    browser, address = client_of(people.writer), f"/admin/articles/article/{arabic.pk}/change/"
    slug = {"itself": arabic.slug, "same": other.slug}.get(typed, typed)
    answer = browser.post(address, fields(browser.get(address)) | {"translation_of": slug})
    assert words in answer.content.decode()
    arabic.refresh_from_db()
    assert arabic.translation_of is None


def test_story_that_may_not_be_read_is_as_unknown_as_one_that_never_was(client_of, people, desk):
    secret = factories.article(people.writer, desk)
    own = factories.article(people.outsider, None, **ARABIC)
    browser, address = client_of(people.outsider), f"/admin/articles/article/{own.pk}/change/"
    answer = browser.post(address, fields(browser.get(address)) | {"translation_of": str(secret.pk)})
    assert "No story is known by that" in answer.content.decode()


def test_original_comes_back_when_an_earlier_revision_is_restored(pair, people):
    english, arabic = pair
    arabic.refresh_from_db()
    arabic.revise(by=people.publisher)
    first = arabic.latest_revision()
    arabic.translation_of = None
    arabic.save(update_fields=["translation_of"])
    arabic.record_revision(by=people.publisher)
    arabic.restore(first, by=people.publisher)
    assert Article.objects.get(pk=arabic.pk).translation_of == english


@pytest.mark.parametrize(("language", "shown", "spared"), [("en-gb", 0, 1), ("ar", 1, 0)])
def test_the_front_shows_a_story_in_its_own_language_when_readers_have_both(
    pair, client, settings, language, shown, spared
):
    settings.LANGUAGE_CODE = language
    front = client.get(reverse("front")).content.decode()
    addresses = [Story.objects.get(pk=article.pk).get_absolute_url() for article in pair]
    assert addresses[shown] in front
    assert addresses[spared] not in front


def test_the_front_shows_a_translation_when_its_original_is_withdrawn(pair, client, people):
    english, arabic = pair
    press.withdraw(Article.objects.get(pk=english.pk), by=people.publisher, note="It rested on a forged letter.")
    assert Story.objects.get(pk=arabic.pk).get_absolute_url() in client.get(reverse("front")).content.decode()


@pytest.mark.parametrize(
    "address", ["/sections/world/", "/topics/shipping/", "/actors/ilse-maran/", "/contributors/wren/"]
)
def test_list_shows_the_story_in_the_papers_own_language_alone_when_it_has_both(pair, client, address):
    english, arabic = pair
    page = unquote(client.get(address).content.decode())
    assert f'href="{unquote(Story.objects.get(pk=english.pk).get_absolute_url())}"' in page
    assert arabic.slug not in page.partition("<main")[2]
    assert arabic.slug in unquote(client.get("/latest/").content.decode())
