"""The vocabulary keeps its promises in the database, not only in forms."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Actor, ActorAlias, Source, Topic
from tests import factories

pytestmark = pytest.mark.django_db


def refused(make):
    """Whether the database itself refuses."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_what_cannot_be():
    state = Actor.objects.create(name="Varnland", kind="state", code="VX")
    topic = Topic.objects.create(name="Grain")
    source = Source.objects.create(label="Customs data", kind="data")
    ActorAlias.objects.create(actor=state, name="Varnish")
    assert refused(lambda: Actor.objects.create(name="Varnland Two", kind="state", code="VX"))
    assert refused(lambda: Actor.objects.create(name="A Person", kind="person", code="QX"))
    assert refused(lambda: ActorAlias.objects.create(actor=state, name="Varnish"))
    assert refused(lambda: Topic.objects.filter(pk=topic.pk).update(parent=topic))
    assert refused(lambda: Source.objects.filter(pk=source.pk).update(origin=source))
    assert refused(lambda: Source.objects.create(label="A docker", actor=state, is_confidential=True))
    assert refused(lambda: factories.image(focal_x=1.5))
    assert not refused(lambda: Actor.objects.create(name="Another", kind="person"))  # the positive control


def test_slugs_keep_every_script_and_number_the_second_of_a_name():
    assert Actor.objects.create(name="مريم حداد").slug == "مريم-حداد"
    assert Actor.objects.create(name="Ilse Maran").slug == "ilse-maran"
    assert Actor.objects.create(name="Ilse  Maran!").slug == "ilse-maran-1"


def test_a_loop_of_topics_made_by_hand_ends_the_walk():
    one = factories.topic("One")
    two = factories.topic("Two", parent=one)
    Topic.objects.filter(pk=one.pk).update(parent=two)
    assert Topic.objects.get(pk=one.pk).ancestors() == [two]


def test_only_tags_in_print_exist_for_readers(article, people):
    factories.actor("Never Printed")
    assert not Actor.objects.in_print().exists()
    factories.publish(article, people)
    assert [actor.name for actor in Actor.objects.in_print()] == ["Ilse Maran"]
    assert [topic.name for topic in Topic.objects.in_print()] == ["Shipping"]
