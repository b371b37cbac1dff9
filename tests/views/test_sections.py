"""Section fronts, the list of sections, and fronts made up of what editors placed."""

import pytest

from articles import fronts, packages, press, sections, surrogates
from articles.fronts import Placed
from articles.models import Article, Desk, Package, Story, StoryQuote, StorySection
from articles.views import front
from articles.views import sections as section_views
from articles.views.galleys import placements
from tests import factories
from tests.reading import addresses, entries, next_key

pytestmark = pytest.mark.django_db


def test_a_section_has_a_front_and_its_stories_by_key(client, in_print, people, desk, monkeypatch):
    monkeypatch.setattr(section_views, "STORIES", 8)
    stories = in_print(11)
    fronts.arrange(desk, [Placed("lead", stories[9].pk, "Of all days")], by=people.editor, seen=0)
    first = client.get("/sections/world/")
    assert first.context["front"].lead.pk == stories[9].pk
    assert "Of all days" in first.content.decode()
    above = {story.pk for story in first.context["front"].top}
    assert len(above) == 6
    assert len(entries(first)) == len(set(entries(first))) == 9, "each once, above or below"
    second = client.get("/sections/world/", {"before": next_key(first)})
    assert entries(second) == addresses(stories[8:])
    assert 'class="front"' not in second.content.decode()


@pytest.mark.parametrize("address", ["/", "/sections/world/"])
def test_a_front_is_right_when_something_on_it_changes(address, client, in_print, people, desk):
    stories = in_print(3)
    client.get(address)
    StoryQuote.objects.filter(story=stories[0].pk).update(text="We open at noon.")
    assert "We open at noon." in client.get(address).content.decode()
    for place in (None, desk):
        fronts.arrange(place, [Placed("lead", stories[2].pk, "Of all days")], by=people.publisher, seen=0)
    page = client.get(address)
    assert entries(page)[0] == stories[2].get_absolute_url()
    assert "Of all days" in page.content.decode()
    press.withdraw(Article.objects.get(pk=stories[2].pk), by=people.publisher, note="Wrong.")
    assert stories[2].get_absolute_url() not in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/", "/sections/world/"])
def test_a_front_is_filed_under_all_it_shows_also_when_it_was_set_before(address, client, in_print, people, desk):
    stories = in_print(2)
    package = packages.save(Package(title="A", slug="a"), [packages.Part(stories[0].pk)], by=people.publisher)
    packages.put_before_readers(package, by=people.publisher)
    for place in (None, desk):
        placed = [Placed("lead", stories[1].pk)]
        fronts.arrange(place, placed, by=people.publisher, seen=0, package=package)
    filed = []
    for _ in range(2):
        with surrogates.noting() as keys:
            client.get(address)
        filed.append(keys)
    told = {
        f"package-{package.pk}",
        f"actor-{factories.actor().pk}",
        *surrogates.keys("story", [s.pk for s in stories]),
    }
    assert filed == [told, told]


def test_a_section_of_unpublished_work_answers_like_one_that_never_was(client, people, desk):
    factories.article(people.writer, desk)
    for slug in ("world", "no-such-section"):
        assert client.get(f"/sections/{slug}/").status_code == 404


def test_a_section_is_named_while_it_has_stories_and_under_its_newest_name(client, article, people, desk):
    factories.publish(article, people)
    sections.forget()
    assert 'href="/sections/world/"' in client.get("/").content.decode()
    desk.name, desk.position = "The World", 4
    desk.save()
    sections.print_all()
    assert StorySection.objects.values_list("name", "position").get() == ("The World", 4)
    article.refresh_from_db()
    press.withdraw(article, by=people.publisher, note="Wrong.")
    assert not StorySection.objects.exists()


def test_the_list_of_sections_is_printed_again_as_it_was(in_print):
    in_print(1)
    before = list(StorySection.objects.values())
    StorySection.objects.all().delete()
    press.reprint()
    assert list(StorySection.objects.values()) == before


@pytest.mark.parametrize("address", ["/", "/sections/world/"])
def test_a_front_takes_four_queries_however_much_stands_on_it(address, queries, in_print, people, desk):
    stories = in_print(2)
    sections.forget()
    sections.in_print()  # known for twenty seconds
    one = queries(address)
    stories = [*in_print(8), *stories]
    package = packages.save(Package(title="A", slug="a"), [packages.Part(stories[0].pk)], by=people.publisher)
    packages.put_before_readers(package, by=people.publisher)
    placed = [Placed(slot, story.pk) for slot, story in zip(("lead", "second-1", "under-2"), stories, strict=False)]
    for place in (None, desk):
        fronts.arrange(place, placed, by=people.publisher, seen=0, package=package)
    assert queries(address) == one <= 4


def test_a_slot_that_is_empty_takes_the_newest(in_print, people):
    stories = in_print(9)
    fronts.arrange(
        None, [Placed("second-2", stories[8].pk), Placed("under-1", stories[0].pk)], by=people.editor, seen=0
    )
    made = front.make_up(stories, [], placements(""))
    assert [story.pk for story in made.top] == [stories[n].pk for n in (1, 2, 8, 3, 0, 4)]


def test_rivers_run_in_the_order_of_the_sections(people):
    for n, name in enumerate(["Courts", "World", "Climate"]):
        for _ in range(4):
            factories.publish(factories.article(people.writer, factories.desk(name, name.lower())), people)
        Desk.objects.filter(slug=name.lower()).update(position=9 - n)
    sections.print_all()
    order = [{"slug": each.slug, "name": each.name, "url": "/"} for each in StorySection.objects.all()]
    stories = list(Story.objects.published())
    made = front.make_up(stories, [], (), order)
    assert [river.name for river in made.rivers] == ["World", "Courts"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_front_of_few_stories_stands(client, in_print, count):
    in_print(count)
    for address in ("/", "/sections/world/"):
        made = client.get(address).context["front"]
        assert len(made.top) == count
        assert not made.rivers


def test_the_only_story_leads_wherever_it_was_placed(client, in_print, people):
    (story,) = in_print(1)
    fronts.arrange(None, [Placed("under-1", story.pk)], by=people.editor, seen=0)
    made = client.get("/").context["front"]
    assert [each.pk for each in made.top] == [story.pk]
    assert made.actors
