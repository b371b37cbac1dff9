"""Actors and topics: the plain text field, the suggestions, and who may add to the vocabulary."""

import json

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.forms import names
from articles.models import Actor, ActorAlias, Topic, TopicAlias
from tests import factories
from tests.admin.pages import fields, page, text

SUGGEST = ["admin:articles_actor_suggest", "admin:articles_topic_suggest", "admin:articles_source_suggest"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", []),
        (" , ,", []),
        ("Libya", ["Libya"]),
        ("Libya, Port  Selm ,libya", ["Libya", "Port Selm"]),
        ('"Doe, Jane", Libya', ["Doe, Jane", "Libya"]),
        ("مرفأ سلم، ليبيا", ["مرفأ سلم", "ليبيا"]),
        ('"The ""Selm"" Board"', ['The "Selm" Board']),
        ('Ana "Nita" Ruiz', ['Ana "Nita" Ruiz']),
        ('"Never closed, Libya', ["Never closed, Libya"]),
    ],
)
def test_names_are_read_as_written_when_parted_by_commas(line, expected):
    assert names.parse(line) == expected


@given(st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=20)))
def test_names_come_back_the_same_when_written_and_read(written):
    tidy = {}
    for name in (" ".join(name.split()) for name in written):
        tidy.setdefault(name.casefold(), name)
    tidy = [name for name in tidy.values() if name]
    assert names.parse(names.compose(tidy)) == tidy


def save(client, url, **changes):
    """Open the desk, change these fields, save."""
    return client.post(url, fields(client.get(url)) | changes | {"_continue": "1"})


def test_actor_is_tagged_when_its_alias_is_typed(desk_of, people, article, desk_url):
    board = factories.actor("Selm Harbour Board", "body")
    ActorAlias.objects.create(actor=board, name="SHB", kind="abbreviation")
    save(desk_of(people.writer), desk_url, actors="shb, ilse maran, Selm Harbour Board")
    assert [actor.name for actor in article.actors.order_by("name")] == ["Ilse Maran", "Selm Harbour Board"]


def test_name_with_a_comma_is_one_actor_when_it_stands_in_quotes(desk_of, people, article, desk_url):
    factories.actor("Doe, Jane")
    client = desk_of(people.writer)
    save(client, desk_url, actors='"Doe, Jane"')
    assert [actor.name for actor in article.actors.all()] == ["Doe, Jane"]
    assert fields(client.get(desk_url))["actors"] == '"Doe, Jane"'


def test_new_actor_and_topic_are_made_when_an_editor_names_their_kind(desk_of, people, article, desk_url):
    save(desk_of(people.editor), desk_url, actors="Selm Dockers (organisation)", topics="Dredging (new), shipping")
    made = Actor.objects.get(name="Selm Dockers")
    assert made.kind == "organisation"
    assert list(article.actors.all()) == [made]
    assert sorted(topic.name for topic in article.topics.all()) == ["Dredging", "Shipping"]


@pytest.mark.parametrize(
    ("who", "line", "sentence"),
    [
        ("writer", "Nobody Known", "only editors add to it"),
        ("writer", "Nobody Known (person)", "only editors add to it"),
        ("editor", "Nobody Known", "To add it, write “Nobody Known (person)”"),
        ("editor", "Nobody Known (wizard)", "To add it, write “Nobody Known (person)”"),
        ("editor", f"{'x' * 101} (person)", "too long for a name"),
        ("editor", "SB", "can mean"),
    ],
)
def test_name_is_refused_and_the_text_kept_when_it_cannot_be_taken(
    desk_of, people, article, desk_url, who, line, sentence
):
    for name in ("Selm Board", "South Bank"):
        ActorAlias.objects.create(actor=factories.actor(name, "body"), name="SB", kind="abbreviation")
    before = Actor.objects.count()
    response = save(desk_of(getattr(people, who)), desk_url, actors=line, headline="Kept")
    assert response.status_code == 200
    assert sentence in text(response)
    assert fields(response)["actors"] == line
    assert fields(response)["headline"] == "Kept"
    assert Actor.objects.count() == before


def test_another_persons_right_to_create_does_not_linger_when_a_writer_comes_next(desk_of, people, article, desk_url):
    desk_of(people.editor).get(desk_url)
    response = save(desk_of(people.writer), desk_url, actors="Nobody Known (person)")
    assert response.status_code == 200
    assert not Actor.objects.filter(name="Nobody Known").exists()


def test_field_tells_the_combobox_kinds_and_rights_when_it_is_shown(desk_of, people, article, desk_url):
    for who, may_create in ((people.writer, False), (people.editor, True)):
        response = desk_of(who).get(desk_url)
        field = next(node for node in page(response).iter("input") if node.get("id") == "id_actors")
        told = json.loads(field.get("data-combobox"))
        assert told["chosen"] == [{"name": "Ilse Maran", "kind": "person"}]
        assert told["canCreate"] is may_create
        assert told["url"] == reverse("admin:articles_actor_suggest")


@pytest.mark.parametrize("name", SUGGEST)
def test_suggestions_are_refused_when_nobody_is_logged_in(client, db, name):
    response = client.get(reverse(name), {"q": "a"})
    assert response.status_code == 302
    assert reverse("admin:login") in response["Location"]


@pytest.mark.parametrize("name", SUGGEST)
def test_suggestions_are_refused_when_a_person_has_no_role(desk_of, db, name):
    assert desk_of(factories.person("nell")).get(reverse(name), {"q": "a"}).status_code == 403


@pytest.mark.parametrize("name", SUGGEST)
def test_suggestions_are_not_posted_for_when_asked(desk_of, people, name):
    assert desk_of(people.writer).post(reverse(name), {"q": "a"}).status_code == 405


def test_suggestions_show_kind_and_the_alias_that_matched_when_found(desk_of, people):
    board = factories.actor("Selm Harbour Board", "body")
    ActorAlias.objects.create(actor=board, name="SHB", kind="abbreviation")
    factories.actor("Ashby", "place")
    response = desk_of(people.writer).get(reverse("admin:articles_actor_suggest"), {"q": "shb"})
    assert response.json()["results"] == [
        {"name": "Selm Harbour Board", "kind": "body", "alias": "SHB"},
        {"name": "Ashby", "kind": "place", "alias": ""},
    ]


def test_topic_suggestions_show_the_topic_above_when_there_is_one(desk_of, people):
    trade = factories.topic("Trade")
    child = factories.topic("Tariffs", parent=trade)
    TopicAlias.objects.create(topic=child, name="Customs duties")
    response = desk_of(people.writer).get(reverse("admin:articles_topic_suggest"), {"q": "customs"})
    assert response.json()["results"] == [{"name": "Tariffs", "kind": "under Trade", "alias": "Customs duties"}]


@pytest.mark.parametrize("text_typed", ["", "   ", "%", "_", "\x00", "x" * 5000, "'; drop table"])
def test_suggestions_answer_when_anything_is_typed(desk_of, people, text_typed):
    factories.actor("Libya", "state")
    response = desk_of(people.writer).get(reverse("admin:articles_actor_suggest"), {"q": text_typed})
    assert response.json() == {"results": []}


def test_suggestions_are_at_most_twelve_by_the_same_queries_when_many_match(
    desk_of, people, django_assert_num_queries, django_assert_max_num_queries
):
    client, url = desk_of(people.writer), reverse("admin:articles_actor_suggest")
    factories.actor("Selm 0")
    client.get(url, {"q": "selm"})
    with django_assert_max_num_queries(10) as one:
        client.get(url, {"q": "selm"})
    for number in range(1, 20):
        ActorAlias.objects.create(actor=factories.actor(f"Selm {number}"), name=f"S{number}")
    with django_assert_num_queries(len(one)):
        response = client.get(url, {"q": "selm"})
    assert len(response.json()["results"]) == 12


def test_printed_story_follows_when_an_editor_renames_an_actor(desk_of, people, article, story):
    actor = Actor.objects.get(name="Ilse Maran")
    client, url = desk_of(people.editor), reverse("admin:articles_actor_change", args=[actor.pk])
    client.post(url, fields(client.get(url), "actor_form") | {"name": "Ilse Maran-Holt"})
    story.refresh_from_db()
    assert [each["name"] for each in story.actors] == ["Ilse Maran-Holt"]


@pytest.mark.parametrize(("who", "status"), [("writer", 403), ("reviewer", 403), ("editor", 200), ("admin", 200)])
def test_vocabulary_is_added_to_by_its_keepers_only_when_asked(desk_of, people, who, status):
    for name in ("admin:articles_actor_add", "admin:articles_topic_add"):
        assert desk_of(getattr(people, who)).get(reverse(name)).status_code == status


def test_topic_is_not_deleted_when_an_editor_tries(desk_of, people, article):
    topic = Topic.objects.get()
    assert desk_of(people.editor).post(reverse("admin:articles_topic_delete", args=[topic.pk])).status_code == 403


@pytest.mark.parametrize("name", ["articles_actor_changelist", "articles_topic_changelist"])
def test_lists_count_only_the_stories_a_person_may_read(desk_of, people, article, name):
    for person, uses in ((people.writer, 1), (people.publisher, 1), (people.outsider, 0), (people.admin, 0)):
        rows = desk_of(person).get(reverse(f"admin:{name}")).context["cl"].result_list
        assert {row.uses for row in rows} == {uses}
