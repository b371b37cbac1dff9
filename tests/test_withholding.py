"""Pictures past their terms: gone from everything readers get, without anybody's doing."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import background, press, withholding
from articles.models import Image, Story, StoryImage
from tests import factories

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 10)


def at(day, hour=12):
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.fixture
def story(article, people):
    """A story in print whose lead and figure may be shown until `LAST`."""
    image = factories.image(expires_on=LAST)
    article.lead_image = image
    article.images.add(image)
    article.body += f'<figure data-image="{image.pk}"></figure>'
    with time_machine.travel(at(LAST), tick=False):
        article.save()
        article.record_revision(by=people.writer)
        factories.publish(article, people)
    return Story.objects.get()


@pytest.fixture
def ask(client):
    """What a reader gets at an address on a day, in a process that has not asked yet."""

    def answer(address, day):
        withholding.forget()
        with time_machine.travel(at(day, 0) + timedelta(minutes=1), tick=False):
            return client.get(address)

    return answer


def test_the_picture_is_shown_when_its_last_day_is_not_over(story, ask):
    page = ask(story.get_absolute_url(), LAST).content.decode()
    assert page.count(f'src="{story.picture["url"]}"') == 2
    assert ask(story.picture["url"], LAST).status_code == 200


@pytest.mark.parametrize("first", ["story", "/", "/latest/", "/feeds/latest.json", "/sitemap-stories-0.xml"])
def test_the_picture_is_nowhere_when_its_last_day_is_over(story, ask, first):
    day, url = LAST + timedelta(days=1), story.picture["url"]
    address = story.get_absolute_url() if first == "story" else first
    response = ask(address, day)
    assert response.status_code == 200
    assert url not in response.content.decode()
    page = ask(story.get_absolute_url(), day)
    assert page.status_code == 200
    assert url not in page.content.decode()
    assert "<figure" not in page.content.decode()
    for path in (url, f"{url}/64.avif"):
        assert ask(path, day).status_code == 404
    assert StoryImage.objects.get().is_withheld


def test_the_file_is_refused_though_no_page_was_asked_for_yet(story, ask):
    url = story.picture["url"]
    assert ask(url, LAST + timedelta(days=1)).status_code == 404
    assert not StoryImage.objects.get().is_withheld


def test_staff_still_see_the_file_when_readers_do_not(story, people, client_of):
    with time_machine.travel(at(LAST + timedelta(days=9)), tick=False):
        response = client_of(people.editor).get(story.picture["url"])
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_copy_is_kept_no_longer_than_the_last_day_when_the_terms_end(story, client):
    with time_machine.travel(at(LAST, 23), tick=False):
        kept = client.get(story.picture["url"])["Cache-Control"]
    assert "max-age=3600" in kept
    assert "immutable" not in kept


def test_print_is_the_same_byte_for_byte_when_it_is_printed_again_after_the_end(story, ask):
    ask("/", LAST + timedelta(days=1))
    before = list(Story.objects.values())
    with time_machine.travel(at(LAST + timedelta(days=30)), tick=False):
        press.reprint()
    assert list(Story.objects.values()) == before


def test_the_picture_is_back_when_its_terms_are_extended(story, ask):
    url = story.picture["url"]
    ask("/", LAST + timedelta(days=1))
    Image.objects.update(expires_on=None)
    press.reprint()
    assert Story.objects.get().picture["url"] == url
    assert not StoryImage.objects.get().is_withheld


def test_a_page_asks_once_and_no_more_when_nothing_ends(in_print, client, django_assert_num_queries):
    in_print(1)
    withholding.forget()
    with django_assert_num_queries(1):
        withholding.withhold_if_due()
    with django_assert_num_queries(0):
        withholding.withhold_if_due()


def test_a_page_does_not_wait_when_somebody_else_is_at_it(story):
    withholding.forget()
    withholding.cache.add(withholding.LOCK, 1, 60)
    with time_machine.travel(at(LAST + timedelta(days=1)), tick=False):
        assert withholding.withhold_if_due() == 0
        withholding.cache.delete(withholding.LOCK)
        assert withholding.withhold_if_due() == 1
        assert withholding.withhold_if_due() == 0


def test_the_rest_follows_with_the_next_request_when_there_are_many(in_print, monkeypatch):
    monkeypatch.setattr(withholding, "AT_ONCE", 2)
    with time_machine.travel(at(LAST), tick=False):
        in_print(3, lead_image=factories.image(expires_on=LAST))
    withholding.forget()
    with time_machine.travel(at(LAST + timedelta(days=1)), tick=False):
        assert [withholding.withhold_if_due() for _each in range(3)] == [2, 1, 0]


def test_the_worker_is_given_the_rest_when_there_are_many(in_print, monkeypatch):
    monkeypatch.setattr(withholding, "AT_ONCE", 2)
    with time_machine.travel(at(LAST), tick=False):
        in_print(5, lead_image=factories.image(expires_on=LAST))
    withholding.forget()
    before = background.waiting().count
    with time_machine.travel(at(LAST + timedelta(days=1)), tick=False):
        withholding.withhold_if_due()
        assert background.waiting().count == before + 1
        withholding.rest.call()
        assert not StoryImage.objects.filter(is_withheld=False).exists()


def test_a_picture_past_its_terms_stays_the_publishers_to_change(story):
    with time_machine.travel(at(LAST + timedelta(days=1)), tick=False):
        assert Image.objects.settled().exists()
        assert not Image.objects.in_print().exists()
