"""Lists show what the press set, and what has changed since shows at once."""

from importlib import import_module

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.utils import translation

from articles import languages, press, teasers, translations
from articles.fronts import Placed, arrange
from articles.models import Story, StoryPlacement, StoryTeaser
from articles.printing import entries
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = ("/latest/", "/sections/world/", "/topics/shipping/", "/actors/ilse-maran/", "/contributors/wren/", "/")


def pages(client):
    return {address: client.get(address).content.decode() for address in LISTS}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_entry_is_the_same_as_made_of_the_story_itself(language, people, desk):
    story = factories.publish(factories.article(people.writer, desk, language=language, genre="analysis"), people)
    with translation.override(languages.around(language)):
        forms = {"under_day": "H:i", "in_full": translation.gettext("j F Y, H:i"), "briefly": ""}
    for name, form in forms.items():
        assert getattr(story.teaser, name) == entries.entry(story, "entry", form=form)
    assert story.teaser.line == entries.entry(story, "line", form="j F Y")
    told = {"story": story, "size": "river", "level": 2, "picture": True}
    assert render_to_string("components/teaser.html", told).strip() == entries.entry(story, "river", 2, picture=True)


def test_what_another_version_of_the_template_set_is_set_again_and_not_written(client, in_print, queries):
    in_print(3)
    before = pages(client)
    costs = queries("/latest/")
    StoryTeaser.objects.update(set_by="of another", entry="old")
    assert pages(client) == before
    assert queries("/latest/") == costs + 1
    assert set(StoryTeaser.objects.values_list("entry", flat=True)) == {"old"}
    press.reprint()
    assert "old" not in StoryTeaser.objects.values_list("entry", flat=True)
    assert queries("/latest/") == costs


def test_the_version_changes_with_settings(settings):
    before = teasers.version()
    settings.TIME_ZONE = "Asia/Tokyo"
    assert teasers.version() != before


def test_stories_printed_before_there_were_teasers_have_one_after_the_migration(client, in_print):
    in_print(3)
    before, rows = pages(client), StoryTeaser.objects.values("pk", "names", "languages", "picture", "section_name")
    rows, was = rows.order_by("pk"), list(rows.order_by("pk"))
    StoryTeaser.objects.all().delete()
    import_module("articles.migrations.0014_teasers").fill(apps, None)
    assert list(rows.all()) == was
    assert pages(client) == before


def test_a_corrected_headline_stands_in_every_list_and_a_withdrawn_story_in_none(client, article, people):
    story = factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    article.headline = "Harbour opens"
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people, kind="update", note="Adds the opening.")
    for address, page in pages(client).items():
        assert "Harbour opens" in page, address
        assert story.headline not in page, address
    article.refresh_from_db()
    press.withdraw(article, by=people.publisher, note="Wrong.")
    assert not StoryTeaser.objects.exists()
    assert "Harbour opens" not in client.get("/latest/").content.decode()


def test_the_headline_of_one_front_stays_on_it(client, in_print, people):
    stories = in_print(2)
    arrange(None, [Placed("lead", stories[1].pk, "Of all days")], by=people.publisher, seen=0)
    assert "Of all days" in client.get("/").content.decode()
    assert "Of all days" not in client.get("/latest/").content.decode()
    StoryPlacement.objects.all().delete()
    page = client.get("/").content.decode()
    assert "Of all days" not in page
    assert stories[1].headline in page


def test_a_teaser_knows_the_languages_of_its_story_without_being_printed(people, desk):
    first = factories.publish(factories.article(people.writer, desk, language="en"), people)
    other = factories.publish(factories.article(people.writer, desk, language="ar"), people)
    Story.objects.filter(pk=other.pk).update(translation_of=first.pk)
    translations.link([first.pk])
    found = {teaser.pk: teaser for teaser in StoryTeaser.objects.all()}
    assert found[other.pk].is_also_in("en-gb")
    assert not found[first.pk].is_also_in("en-gb")
    press.reprint([first.pk])
    assert StoryTeaser.objects.get(pk=first.pk).languages == "en ar"
