"""A confidential source, down to its working label, is known to those who work with it and to nobody else."""

import pytest
from django.urls import reverse

from articles.forms.vocabularies import Sources
from articles.models import Actor, Source
from tests import factories

LABEL = "CANARY the pilot's cousin"


@pytest.fixture
def confidential(article, people):
    """A confidential source of the writer's story, which the editor's desk may read."""
    attribution = factories.attribution(
        article, label=LABEL, source_is_confidential=True, basis="background", wording="a pilot"
    )
    return attribution.source


def places(client, source):
    """Everything on the desk that could name a source."""
    for name, query in (
        ("articles_source_changelist", ""),
        ("articles_source_changelist", "?q=CANARY"),
        ("articles_source_changelist", "?is_confidential__exact=1"),
        ("articles_source_suggest", "?q=CANARY"),
    ):
        yield client.get(reverse(f"admin:{name}") + query, follow=True).content.decode()
    yield client.get(reverse("admin:articles_source_change", args=[source.pk]), follow=True).content.decode()


@pytest.mark.parametrize(
    ("role", "knows"),
    [
        ("writer", True),
        ("editor", True),
        ("publisher", True),
        ("outsider", False),
        ("reviewer", False),
        ("admin", False),
    ],
)
def test_its_label_is_shown_to_those_who_may_read_a_story_it_is_in(role, knows, confidential, people, client_of):
    client = client_of(getattr(people, role))
    seen = ["the pilot&#x27;s cousin" in page or "the pilot's cousin" in page for page in places(client, confidential)]
    assert any(seen) == knows
    assert not knows or all(seen[index] for index in (0, 1, 3, 4))


def test_who_recorded_it_sees_it_before_it_is_in_a_story(people, client_of):
    client = client_of(people.outsider)
    client.post(
        reverse("admin:articles_source_add"), {"label": LABEL, "kind": "person", "is_confidential": "on", "url": ""}
    )
    source = Source.objects.get()
    assert source.recorded_by == people.outsider
    assert any("CANARY" in page for page in places(client, source))
    assert not Source.objects.visible_to(people.writer).exists()
    assert not Source.objects.visible_to(None).exists()


def test_a_forged_number_does_not_bring_it_into_another_story(confidential, people, desk):
    name = f"x #{confidential.pk}"
    assert not Sources().for_user(people.outsider).find([name]).get(name)
    assert Sources().for_user(people.writer).find([name])[name] == [confidential]


def test_it_is_not_named_as_the_origin_of_another(confidential, people, client_of):
    derived = Source.objects.create(label="A cable", kind="document", origin=confidential)
    address = reverse("admin:articles_source_change", args=[derived.pk])
    assert "CANARY" in client_of(people.writer).get(address).content.decode()
    assert "CANARY" not in client_of(people.outsider).get(address).content.decode()


@pytest.mark.parametrize("role", ["writer", "outsider"])
def test_an_origin_is_a_source_the_person_may_know_of(role, confidential, people, client_of):
    client = client_of(getattr(people, role))
    address = reverse("admin:articles_source_add")
    forged = {"kind": "document", "url": "", "origin": f"x #{confidential.pk}"}
    pages = [
        client.get(address, {"origin": confidential.pk}).content.decode(),
        client.post(address, {"label": "", **forged}).content.decode(),
    ]
    assert not any("CANARY" in page for page in pages)
    client.post(address, {"label": "Derived", **forged})
    assert Source.objects.filter(label="Derived", origin=confidential).exists() == (role == "writer")


def test_a_confidential_source_names_no_actor(people, client_of):
    client = client_of(people.editor)
    answer = client.post(
        reverse("admin:articles_source_add"),
        {"label": "CLERK", "kind": "person", "url": "", "is_confidential": "on", "actor": "Ilse Maran (person)"},
    )
    assert "A confidential source names no actor" in answer.content.decode()
    assert not Source.objects.exists()
    assert not Actor.objects.exists()


def test_sources_do_not_go_back_to_each_other(people, client_of):
    first = Source.objects.create(label="A cable", kind="document")
    Source.objects.create(label="A wire report", kind="outlet", origin=first)
    answer = client_of(people.editor).post(
        reverse("admin:articles_source_change", args=[first.pk]),
        {"label": "A cable", "kind": "document", "url": "", "origin": "A wire report"},
    )
    assert "would go back to each other" in answer.content.decode()


def test_the_list_counts_only_stories_the_person_may_read(article, people, client_of):
    address = reverse("admin:articles_source_changelist")
    counts = {
        role: client_of(getattr(people, role)).get(address).context["cl"].result_list[0].uses
        for role in ("writer", "publisher", "outsider", "admin")
    }
    assert counts == {"writer": 1, "publisher": 1, "outsider": 0, "admin": 0}
