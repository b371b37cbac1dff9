"""The pages that keep the vocabulary in order: take a merge back, split, duplicates, positions, relations."""

import pytest
from django.urls import reverse

from articles import tagging
from articles.models import Actor, ActorAlias, ActorRelation, Article, Attribution, Position, TagMerge, TagsApart
from tests import factories
from tests.admin.pages import text

WHO = [("writer", False), ("editor", False), ("reviewer", False), ("publisher", True), ("admin", True)]


@pytest.fixture
def pair(article):
    """Ilse Maran of the article and another actor of a like name."""
    return Actor.objects.get(name="Ilse Maran"), factories.actor("Ilse Marann")


@pytest.mark.parametrize(("who", "may"), WHO)
def test_merge_is_taken_back_from_the_page_of_the_one_that_stayed(who, may, pair, people, desk_of):
    old, new = pair
    tagging.merge(old, new, by=people.publisher)
    client = desk_of(getattr(people, who))
    page = client.get(reverse("admin:articles_actor_change", args=[new.pk]))
    assert ("Merged into this one" in text(page)) == may
    answer = client.post(
        reverse("admin:articles_actor_unmerge", args=[new.pk]), {"merge": TagMerge.objects.get().pk}, follow=True
    )
    assert Actor.objects.filter(pk=old.pk).exists() == may
    if may:
        assert "stands on its own again" in text(answer)


def test_refusal_to_take_a_merge_back_says_why_and_a_made_up_one_is_none(pair, people, desk_of):
    old, new = pair
    tagging.merge(old, new, by=people.publisher)
    factories.actor("Ilse Maran")
    url = reverse("admin:articles_actor_unmerge", args=[new.pk])
    client = desk_of(people.publisher)
    assert "name or address" in text(client.post(url, {"merge": TagMerge.objects.get().pk}, follow=True))
    for made_up in ("", "0", "99999", "x", "9" * 30):
        assert client.post(url, {"merge": made_up}).status_code == 404


@pytest.mark.parametrize(("who", "may"), WHO)
def test_pairs_are_listed_and_told_apart_for_good(who, may, pair, people, desk_of):
    old, new = pair
    client, url = desk_of(getattr(people, who)), reverse("admin:articles_actor_duplicates")
    listed = client.get(url)
    assert listed.status_code == (200 if may else 403)
    link = reverse("admin:articles_actor_changelist")
    assert (url in client.get(link).content.decode()) == may
    if may:
        assert "spelt alike" in text(listed)
        assert f"/{new.pk}/merge/?into=Ilse" in listed.content.decode()
    answer = client.post(url, {"one": old.pk, "other": new.pk}, follow=True)
    assert TagsApart.objects.exists() == may
    if may:
        assert "No two names are alike" in text(answer)
        assert client.post(url, {"one": "x", "other": ""}).status_code == 302


@pytest.mark.parametrize(("who", "may"), WHO)
def test_actor_is_split_by_who_may_delete_tags(who, may, pair, article, people, desk_of):
    old, _new = pair
    alias = ActorAlias.objects.create(actor=old, name="Maran of Vell")
    factories.publish(article, people)
    client, url = desk_of(getattr(people, who)), reverse("admin:articles_actor_split", args=[old.pk])
    asked = client.get(url)
    assert asked.status_code == (200 if may else 403)
    change = client.get(reverse("admin:articles_actor_change", args=[old.pk])).content.decode()
    assert (url in change) == may
    told = {"name": "Ilse Maran (pilot)", "stories": [article.pk], "aliases": [alias.pk]}
    answer = client.post(url, told, follow=True)
    assert Actor.objects.filter(name="Ilse Maran (pilot)").exists() == may
    if may:
        assert article.headline in text(asked)
        assert "is told apart" in text(answer)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "This field is required"),
        ({"name": "Ilse Marann", "stories": "own"}, "in the vocabulary already"),
        ({"name": "X", "stories": "999999"}, "not one of the available choices"),
    ],
)
def test_split_says_what_is_missing_and_keeps_what_was_typed(told, sentence, pair, article, people, desk_of):
    old, _new = pair
    told = {key: article.pk if value == "own" else value for key, value in told.items()}
    answer = desk_of(people.publisher).post(reverse("admin:articles_actor_split", args=[old.pk]), told)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Actor.objects.count() == 2


def test_drafts_headline_is_not_told_to_who_may_not_read_it(pair, article, people, desk_of):
    old, _new = pair
    page = desk_of(people.admin).get(reverse("admin:articles_actor_split", args=[old.pk]))
    assert article.headline not in text(page)


# --- positions and relations --------------------------------------------------------------------------------------


def actor_form(actor, **positions):
    """What the form of an actor sends."""
    return {
        "name": actor.name,
        "slug": actor.slug,
        "kind": actor.kind,
        "description": "",
        "image": "",
        "wikidata_id": "",
        "code": "",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
        "positions-TOTAL_FORMS": "1",
        "positions-INITIAL_FORMS": "0",
    } | {f"positions-0-{name}": value for name, value in positions.items()}


def test_position_is_kept_and_readers_are_told_of_it(article, people, desk_of, client):
    factories.publish(article, people)
    actor, board = factories.actor(), factories.actor("Harbour Board", "body")
    url = reverse("admin:articles_actor_change", args=[actor.pk])
    told = actor_form(actor, title="Harbour master", body="harbour board", since="2021-05-01", until="")
    assert desk_of(people.editor).post(url, told).status_code == 302
    assert Position.objects.get().body == board
    assert "Harbour master, Harbour Board" in text(client.get("/actors/ilse-maran/"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"until": "2020-01-01"}, "before it began"),
        ({"body": "Nobody Known"}, "not in the vocabulary"),
        ({"title": ""}, "required"),
        ({"since": "tomorrow"}, "valid date"),
    ],
)
def test_position_that_cannot_be_is_refused_with_a_reason(changed, sentence, article, people, desk_of):
    actor = factories.actor()
    url = reverse("admin:articles_actor_change", args=[actor.pk])
    told = actor_form(actor, **({"title": "Harbour master", "body": "", "since": "2021-05-01", "until": ""} | changed))
    answer = desk_of(people.editor).post(url, told)
    assert sentence in text(answer)
    assert not Position.objects.exists()


@pytest.fixture
def board(article):
    """Another actor of the article."""
    board = factories.actor("Harbour Board", "body")
    article.actors.add(board)
    return board


def note(client, article, **changed):
    """Note that Ilse Maran leads the Harbour Board, as the story's source has it."""
    values = {
        "act": "relation",
        "relation-actor": "Ilse Maran",
        "relation-kind": "leads",
        "relation-other": "Harbour Board",
        "relation-is_denied": "False",
        "relation-attribution": Attribution.objects.get(article=article).pk,
        "relation-stated_on": "2026-03-02",
    }
    return client.post(reverse("admin:articles_article_claims", args=[article.pk]), values | changed, follow=True)


def test_relation_is_noted_changed_and_taken_out_and_each_is_a_revision(article, board, people, desk_of):
    client = desk_of(people.writer)
    assert "Noted: Ilse Maran – leads – Harbour Board" in text(note(client, article))
    relation = ActorRelation.objects.get()
    assert article.latest_revision().document["relations"][0]["kind"] == "leads"
    url = reverse("admin:articles_article_claims", args=[article.pk])
    changed = {
        f"relation-{relation.pk}-{name}": value
        for name, value in {
            "actor": "Ilse Maran",
            "kind": "leads",
            "other": "Harbour Board",
            "is_denied": "True",
            "attribution": relation.attribution_id,
        }.items()
    }
    client.post(url, {"act": "relation", "row": relation.pk} | changed)
    relation.refresh_from_db()
    assert relation.is_denied
    assert "denied" in text(client.get(url))
    actor_page = text(client.get(reverse("admin:articles_actor_change", args=[board.pk])))
    assert article.headline in actor_page
    client.post(url, {"act": "drop_relation", "row": relation.pk})
    assert not ActorRelation.objects.exists()
    assert Article.objects.get(pk=article.pk).latest_revision().document["relations"] == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"relation-other": "Ilse Maran"}, "Nobody stands so to themselves"),
        ({"relation-other": "Selm"}, "tag the story with it first"),
        ({"relation-attribution": ""}, "required"),
        ({"relation-stated_on": "2999-01-01"}, "has not come yet"),
        ({"relation-since": "2026-01-02", "relation-until": "2026-01-01"}, "before it began"),
    ],
)
def test_relation_that_cannot_be_is_refused_with_a_reason(changed, sentence, article, board, people, desk_of):
    factories.actor("Selm", "state")
    answer = note(desk_of(people.writer), article, **changed)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not ActorRelation.objects.exists()


def test_relation_of_a_draft_is_not_told_to_who_may_not_read_it(article, board, people, desk_of):
    note(desk_of(people.writer), article)
    page = reverse("admin:articles_actor_change", args=[board.pk])
    assert article.headline not in text(desk_of(people.admin).get(page))
    assert "leads" not in text(desk_of(people.admin).get(page))


def test_reviewer_cannot_note_one(article, board, people, desk_of):
    article.submit(by=people.writer)
    assert note(desk_of(people.reviewer), article).status_code == 403
    assert not ActorRelation.objects.exists()
