"""`manage.py import_archive`, and what is made of a line."""

import json
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from articles import desk_search
from articles.importers.archive import Archivist, UnreadableRecord, parse, record_of
from articles.models import Actor, Article, Edition, Event, Quote, Source, Story, StoryQuote, Topic
from articles.models.revisions import document_of
from tests import factories

LINE = {
    "key": "old-1",
    "published_at": "2019-05-03T09:30:00+00:00",
    "headline": "Harbour reopens",
    "standfirst": "Ships go out again.",
    "body": "<p>“The channel is swept,” Ilse Maran said.</p><p>Nobody was hurt.</p><script>alert(1)</script>",
    "section": "World",
    "bylines": ["Wren Alder"],
    "actors": ["Ilse Maran", {"name": "Port Selm", "kind": "place"}],
    "topics": [{"name": "Shipping", "under": "Economy"}],
    "quotes": [
        {"text": "The channel is swept,", "speaker": "Ilse Maran", "how": "speech", "said_on": "2019-05-02"},
        {"text": "words that stand nowhere", "mention": "a docker"},
    ],
    "picture": {"file": "images/gate.jpg", "alt": "A gate", "width": 640, "height": 400},
    "notes": [{"kind": "correction", "at": "2019-05-04T08:00:00+00:00", "wrong": "Friday.", "right": "Thursday."}],
}


@pytest.fixture
def archivist(people):
    """Takes stories in on the publisher's account."""
    return Archivist(people.publisher)


@pytest.fixture
def file_of(tmp_path):
    """Writes lines into a file; returns its path."""

    def write(*lines):
        path = tmp_path / "archive.jsonl"
        path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
        return path

    return write


def test_a_line_becomes_a_story_in_print(archivist, client):
    taken = archivist.take_in([record_of(LINE)])
    archivist.settle()
    story = Story.objects.get()
    assert (len(taken.articles), taken.lost_quotes) == (1, 1)
    assert story.published_at == datetime(2019, 5, 3, 9, 30, tzinfo=UTC)
    assert (story.section["name"], story.bylines[0]["name"]) == ("World", "Wren Alder")
    assert [actor["name"] for actor in story.actors] == ["Ilse Maran", "Port Selm"]
    assert (story.notes[0]["wrong"], story.edition_number) == ("Friday.", 2)
    quote = StoryQuote.objects.get()
    assert (quote.speaker.name, quote.how, str(quote.said_on)) == ("Ilse Maran", "speech", "2019-05-02")
    assert quote.verification == "unverified"
    page = client.get(story.get_absolute_url()).content.decode()
    assert "alert(1)" not in page
    assert "images/gate.jpg" in page
    assert Topic.objects.get(name="Shipping").parent.name == "Economy"
    assert client.get("/topics/economy/").status_code == 200
    assert client.get("/search/?q=swept").context["found"].stories


def test_the_desk_has_it_as_if_it_had_been_written_there(archivist, people):
    article = archivist.take_in([record_of(LINE)]).articles[0]
    fresh = Article.objects.get(pk=article.pk)
    assert document_of(fresh) == fresh.revisions.get().document
    assert list(desk_search.matching(Article.objects.all(), "swept alder")) == [fresh]
    event = Event.objects.get(article=fresh)
    assert (event.verb, event.by, event.note, event.after) == ("import", people.publisher, "old-1", "published")
    assert fresh.record_revision(by=people.publisher).number == 1
    fresh.revise(by=people.publisher)
    assert Quote.objects.get().attribution.source.actor.name == "Ilse Maran"


def test_a_story_that_came_in_before_is_left_alone(archivist):
    archivist.take_in([record_of(LINE)])
    taken = archivist.take_in([record_of({**LINE, "headline": "Another"}), record_of({**LINE, "key": "old-2"})])
    assert (taken.known, len(taken.articles)) == (1, 1)
    assert sorted(Story.objects.values_list("headline", "slug")) == [
        ("Harbour reopens", "harbour-reopens"),
        ("Harbour reopens", "harbour-reopens-20190503"),
    ]


def test_names_of_the_vocabulary_are_used(archivist):
    known = factories.actor("Ilse Maran")
    known.aliases.create(name="I. Maran")
    source = Source.objects.create(label="Harbour master", kind="person", actor=known)
    line = {**LINE, "actors": ["I. Maran"], "quotes": [{**LINE["quotes"][0], "speaker": "Ilse Maran"}]}
    article = archivist.take_in([record_of(line)]).articles[0]
    assert list(article.actors.all()) == [known]
    assert Quote.objects.get().attribution.source == source
    assert Actor.objects.count() == 1
    assert document_of(Article.objects.get()) == article.revisions.get().document


def test_an_archive_is_for_those_who_may_publish(people):
    with pytest.raises(PermissionDenied):
        Archivist(people.editor)


def test_a_confidential_source_is_never_the_one_an_archive_names(archivist):
    Source.objects.create(label="CANARY", kind="person", is_confidential=True)
    archivist.take_in([record_of(LINE)])
    assert "CANARY" not in str(Edition.objects.first().revision.document)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"published_at": "2019-05-03T09:30:00"}, "distance from UTC"),
        ({"published_at": "yesterday"}, "no moment"),
        ({"headline": ""}, "headline"),
        ({"headline": "x" * 301}, "limit is 300"),
        ({"headlin": "x"}, "no field “headlin”"),
        ({"genre": "gossip"}, "genre"),
        ({"actors": [{"name": "A", "kind": "god"}]}, "kind"),
        ({"actors": "Ilse Maran"}, "no list"),
        ({"quotes": [{"text": "“”"}]}, "no words"),
        ({"picture": {"file": "../secret_key.jpg"}}, "media storage"),
        ({"picture": {"file": "/etc/passwd.png"}}, "media storage"),
        ({"notes": [{"kind": "correction", "at": "2019-05-04T08:00:00+00:00"}]}, "what was wrong"),
        ({"notes": [{"kind": "withdrawal", "at": "2019-05-04T08:00:00+00:00"}]}, "kind"),
    ],
)
def test_a_line_that_is_no_story_says_why(change, words):
    with pytest.raises(UnreadableRecord, match=words):
        record_of({**LINE, **change})


@pytest.mark.parametrize("line", ["{", "[]", "3"])
def test_what_is_no_object_is_refused(line):
    with pytest.raises(UnreadableRecord):
        parse(line)


@pytest.mark.django_db
def test_the_command_passes_over_bad_lines_and_says_so(people, file_of, capsys):
    path = file_of(LINE, "{", {**LINE, "key": "old-2"}, "")
    with pytest.raises(SystemExit):
        call_command("import_archive", str(path), by="pablo")
    told = capsys.readouterr()
    assert "2 brought in, 0 were here before, 1 could not be read." in told.out
    assert "line 2" in told.err
    assert Story.objects.count() == 2
    with pytest.raises(SystemExit):
        call_command("import_archive", str(path), by="pablo")
    assert "0 brought in, 2 were here before" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_refuses_who_may_not_publish_and_a_missing_file(people, file_of):
    with pytest.raises(CommandError, match="may not publish"):
        call_command("import_archive", str(file_of(LINE)), by="wren")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_archive", "/nowhere.jsonl", by="pablo")


@pytest.mark.django_db(transaction=True)
def test_stories_come_in_by_several_processes_and_what_a_stopped_run_left_is_printed(archivist):
    archivist._filled([record_of(LINE)])
    assert not Story.objects.exists()
    batches = [[record_of({**LINE, "key": f"old-{n}"})] for n in range(1, 4)]
    taken = list(archivist.take_in_all(batches, workers=2))
    archivist.settle()
    assert [(each.known, len(each.articles)) for each in taken] == [(1, 0), (0, 1), (0, 1)]
    assert Story.objects.count() == 3
    assert Actor.objects.get(name="Ilse Maran").dossier.stories == 3
