"""Running stories: kept by whom the table lets, and printed with those parts alone that are in print."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from articles import fronts, packages, press
from articles.models import Event, Package, Story, StoryPackage, StoryPlacement
from articles.packages import Part
from articles.workflow import MoveNotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour(people, desk):
    """`harbour(part, …)` keeps a running story of these parts and puts it before readers."""

    def make(*parts, **fields):
        values = {"title": "The harbour", "slug": "the-harbour", "intro": "It closed.", "desk": desk} | fields
        made = packages.save(Package(**values), parts, by=people.editor)
        packages.put_before_readers(made, by=people.editor)
        return made

    return make


def test_its_page_tells_the_parts_in_order_and_the_timeline_by_date(harbour, in_print, client):
    new, old = in_print(2)
    harbour(Part(new.pk), Part(old.pk, date(2026, 1, 5), "The first ship"), Part(None, date(2025, 12, 1), "A storm"))
    page = client.get("/packages/the-harbour/").content.decode()
    assert page.index(new.headline) < page.index(old.headline)
    assert page.index("A storm") < page.index("The first ship")
    assert [moment["on"] for moment in StoryPackage.objects.get().moments][:2] == ["2025-12-01", "2026-01-05"]


def test_a_story_says_what_comes_before_and_after_it(harbour, in_print, client):
    last, middle, first = in_print(3)
    harbour(Part(first.pk), Part(middle.pk), Part(last.pk))
    (place,) = Story.objects.get(pk=middle.pk).running
    assert (place["number"], place["count"]) == (2, 3)
    assert place["previous"]["url"] == first.get_absolute_url()
    assert place["next"]["headline"] == last.headline
    page = client.get(middle.get_absolute_url()).content.decode()
    assert "Next in the running story" in page
    assert 'href="/packages/the-harbour/"' in page
    assert "Next in the running story" not in client.get(last.get_absolute_url()).content.decode()


def test_a_part_that_is_not_in_print_leaves_no_trace_until_it_is(harbour, in_print, people, desk, client):
    first, last = in_print(2)
    draft = factories.article(people.writer, desk, headline="Nobody knows this yet")
    harbour(Part(first.pk), Part(draft.pk, date(2026, 5, 1), "What nobody knows"), Part(last.pk))
    page = client.get("/packages/the-harbour/").content.decode()
    assert "nobody knows" not in page.lower()
    assert "1 May 2026" not in page
    assert Story.objects.get(pk=last.pk).running[0]["number"] == 2
    factories.publish(draft, people)
    assert "What nobody knows" in client.get("/packages/the-harbour/").content.decode()
    assert Story.objects.get(pk=last.pk).running[0]["number"] == 3
    draft.refresh_from_db()
    press.withdraw(draft, by=people.publisher, note="Wrong.")
    assert "nobody knows" not in client.get("/packages/the-harbour/").content.decode().lower()
    assert Story.objects.get(pk=last.pk).running[0]["number"] == 2


def test_one_without_any_story_in_print_is_not_put_before_readers(article, people, client):
    made = packages.save(Package(title="Soon", slug="soon"), [Part(article.pk)], by=people.publisher)
    with pytest.raises(MoveNotAllowed, match="in print"):
        packages.put_before_readers(made, by=people.publisher)
    hidden, never = client.get("/packages/soon/"), client.get("/packages/none/")
    assert hidden.status_code == never.status_code == 404


def test_it_goes_from_its_page_its_stories_and_the_front_when_it_is_taken_from_readers(harbour, story, people, client):
    made = harbour(Part(story.pk))
    fronts.arrange(None, [], by=people.editor, seen=0, package=made)
    assert "The harbour" in client.get("/").content.decode()
    packages.take_from_readers(made, by=people.editor)
    assert client.get("/packages/the-harbour/").status_code == 404
    assert Story.objects.get(pk=story.pk).running == []
    assert "The harbour" not in client.get("/").content.decode()
    packages.put_before_readers(made, by=people.editor)
    assert StoryPlacement.objects.get().package_id == made.pk
    assert [event.verb for event in Event.objects.filter(subject=f"package:{made.pk}").order_by("pk")] == [
        *("add", "open_package", "close_package", "open_package")
    ]


def test_a_story_that_leaves_it_says_nothing_of_it_any_more(harbour, in_print, people):
    one, other = in_print(2)
    made = harbour(Part(one.pk), Part(other.pk))
    made.refresh_from_db()
    packages.save(made, [Part(other.pk)], by=people.editor, seen=made.version)
    assert Story.objects.get(pk=one.pk).running == []
    assert Story.objects.get(pk=other.pk).running[0]["count"] == 1


def test_the_later_of_two_is_told(harbour, story, people):
    made = harbour(Part(story.pk))
    made.refresh_from_db()
    seen = made.version
    made.title = "Mine"
    packages.save(made, [Part(story.pk)], by=people.editor, seen=seen)
    made.title = "Theirs"
    with pytest.raises(packages.ChangedMeanwhile):
        packages.save(made, [Part(story.pk)], by=people.publisher, seen=seen)
    assert Package.objects.get().title == "Mine"


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [("Writer", 0, 0), ("Editor", 1, 0), ("Reviewer", 0, 0), ("Publisher", 1, 1), ("Admin", 0, 0)],
)
def test_who_may_keep_one(role, own, other, story, desk):
    person, courts = factories.person("me", role), factories.desk("Courts", "courts")
    desk.members.add(person)
    for place, may in ((desk, own), (courts, other)):
        package = Package(title="A", slug=f"a-{place.slug}", desk=place)
        if may:
            packages.save(package, [Part(story.pk)], by=person)
        else:
            with pytest.raises(PermissionDenied):
                packages.save(package, [Part(story.pk)], by=person)
    assert Package.objects.open_to(person).count() == own + other


def test_nobody_moves_one_to_a_desk_that_is_not_theirs(harbour, story, people):
    made = harbour(Part(story.pk))
    made.refresh_from_db()
    made.desk = factories.desk("Courts", "courts")
    with pytest.raises(PermissionDenied):
        packages.save(made, [Part(story.pk)], by=people.editor, seen=made.version)


def test_what_makes_no_sense_is_refused(harbour, story, people):
    made = harbour(Part(story.pk))
    made.refresh_from_db()
    for fields, parts in (
        ({"title": " "}, []),
        ({"slug": "another"}, []),
        ({}, [Part(story.pk), Part(story.pk)]),
        ({}, [Part(None, None, "When?")]),
        ({}, [Part(None, date(2026, 1, 1), " ")]),
    ):
        changed = Package.objects.get()
        for name, value in fields.items():
            setattr(changed, name, value)
        with pytest.raises(MoveNotAllowed):
            packages.save(changed, parts, by=people.editor, seen=made.version)
    with pytest.raises(MoveNotAllowed, match="from them"):
        packages.delete(made, by=people.editor)
    hidden = factories.article(people.outsider, factories.desk("Courts", "courts"))
    with pytest.raises(PermissionDenied):
        packages.save(made, [Part(hidden.pk)], by=people.editor, seen=made.version)


def test_reprinting_everything_gives_the_same_running_stories(harbour, in_print):
    stories = in_print(3)
    harbour(*(Part(story.pk) for story in stories))
    before = list(StoryPackage.objects.values()), list(Story.objects.values())
    press.reprint()
    assert (list(StoryPackage.objects.values()), list(Story.objects.values())) == before
    StoryPackage.objects.all().delete()
    press.reprint()
    assert (list(StoryPackage.objects.values()), list(Story.objects.values())) == before
