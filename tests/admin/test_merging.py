"""The page that merges two tags."""

import pytest
from django.urls import reverse

from articles.models import Actor, ActorAlias, Topic
from tests import factories
from tests.admin.pages import text


@pytest.fixture
def pair(article):
    """Ilse Maran of the article, and the one she is to become; the address of the page."""
    old, new = Actor.objects.get(name="Ilse Maran"), factories.actor("Ilse Maran-Holt")
    return old, new, reverse("admin:articles_actor_merge", args=[old.pk])


@pytest.mark.parametrize(
    ("who", "may"), [("writer", False), ("editor", False), ("reviewer", False), ("publisher", True), ("admin", True)]
)
def test_page_asks_shows_what_moves_and_does_it_for_who_may_delete_tags(who, may, pair, people, desk_of):
    old, new, url = pair
    client = desk_of(getattr(people, who))
    asked = client.get(url)
    shown = client.get(url, {"into": new.name})
    assert Actor.objects.filter(pk=old.pk).exists()
    done = client.post(url, {"into": new.name})
    assert (asked.status_code, shown.status_code, done.status_code) == ((200, 200, 302) if may else (403, 403, 403))
    assert Actor.objects.filter(pk=old.pk).exists() != may
    if may:
        assert ("working copies 1" in text(shown)) == (who == "publisher"), "drafts are not counted to who reads none"


@pytest.mark.parametrize(
    ("into", "sentence"),
    [
        ("Nobody Known", "Nothing goes by that name"),
        ("Ilse Maran", "nothing is merged into itself"),
        ("Selm", "give both the same kind first"),
        ("SB", "can mean several"),
        ("", "required"),
    ],
)
def test_page_says_why_when_two_cannot_become_one(into, sentence, pair, people, desk_of):
    old, _new, url = pair
    factories.actor("Selm", "state")
    for name in ("Selm Board", "South Bank"):
        ActorAlias.objects.create(actor=factories.actor(name), name="SB")
    client = desk_of(people.publisher)
    for response in (client.get(url, {"into": into}), client.post(url, {"into": into})):
        assert response.status_code == 422
        assert sentence in text(response)
    assert Actor.objects.filter(pk=old.pk).exists()


def test_other_name_of_the_one_that_stays_will_do(pair, people, desk_of):
    old, new, url = pair
    ActorAlias.objects.create(actor=new, name="IMH")
    desk_of(people.publisher).post(url, {"into": "imh"})
    assert not Actor.objects.filter(pk=old.pk).exists()


def test_action_of_the_list_leads_to_the_page(pair, people, desk_of):
    old, new, url = pair
    client, listed = desk_of(people.publisher), reverse("admin:articles_actor_changelist")
    third = factories.actor("Third")
    one = client.post(listed, {"action": "merge_selected", "_selected_action": [old.pk]})
    assert one["Location"] == url
    two = client.post(listed, {"action": "merge_selected", "_selected_action": [old.pk, new.pk]})
    assert f"/{new.pk}/merge/?into=Ilse" in two["Location"]
    many = client.post(listed, {"action": "merge_selected", "_selected_action": [old.pk, new.pk, third.pk]})
    assert "merge" not in many["Location"]
    assert "merge_selected" not in desk_of(people.editor).get(listed).content.decode()


def test_tags_own_page_leads_there_for_who_may(pair, people, desk_of):
    old, _new, url = pair
    page = reverse("admin:articles_actor_change", args=[old.pk])
    assert url in desk_of(people.publisher).get(page).content.decode()
    assert url not in desk_of(people.editor).get(page).content.decode()


def test_topic_is_merged_by_its_own_page(article, people, desk_of):
    old, new = Topic.objects.get(name="Shipping"), factories.topic("Sea trade")
    url = reverse("admin:articles_topic_merge", args=[old.pk])
    assert desk_of(people.admin).post(url, {"into": "Sea trade"}).status_code == 302
    assert list(article.topics.all()) == [new]
    assert desk_of(people.admin).post(url, {"into": "Sea trade"}).status_code == 404
