"""The picture desk: who may change which picture."""

import pytest
from django.urls import reverse

from articles.models import Image
from tests import factories


@pytest.fixture
def printed(article, people):
    """A picture in a published story."""
    article.lead_image = factories.image()
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    return article.lead_image


@pytest.mark.parametrize(
    ("role", "may_change_draft", "may_change_printed"),
    [("writer", True, False), ("editor", True, False), ("publisher", True, True), ("reviewer", False, False)],
)
def test_a_picture_in_print_is_changed_by_publishers_alone(
    role, may_change_draft, may_change_printed, printed, people, client_of
):
    client = client_of(getattr(people, role))
    values = {"alt": "Swapped", "credit": "Me", "focal_x": "0.5", "focal_y": "0.5"}
    for image, may in ((factories.image(), may_change_draft), (printed, may_change_printed)):
        address = reverse("admin:articles_image_change", args=[image.pk])
        assert client.get(address).status_code == 200
        answer = client.post(address, values)
        assert answer.status_code == (302 if may else 403)
        assert (Image.objects.get(pk=image.pk).alt == "Swapped") == may


def test_a_picture_of_an_approved_story_is_changed_by_publishers_alone(article, people, client_of):
    lead, inside = factories.image(), factories.image()
    article.lead_image = lead
    article.save()
    article.images.add(inside)
    article.record_revision(by=people.writer)
    factories.approve(article, people)
    values = {"alt": "Swapped", "credit": "Me", "focal_x": "0.5", "focal_y": "0.5"}
    for image in (lead, inside):
        address = reverse("admin:articles_image_change", args=[image.pk])
        for role, status in (("writer", 403), ("outsider", 403), ("editor", 403), ("publisher", 302)):
            assert client_of(getattr(people, role)).post(address, values).status_code == status


def test_a_picture_not_in_print_is_not_offered_for_an_actor_to_who_may_not_see_it(printed, people, client_of):
    hidden = factories.image(alt="CANARY a sketch")
    address = reverse("admin:articles_actor_add")
    for role, sees in (("editor", True), ("admin", False)):
        choices = dict(client_of(getattr(people, role)).get(address).context["adminform"].form.fields["image"].choices)
        assert (hidden.pk in {getattr(key, "value", key) for key in choices}) == sees
        assert printed.pk in {getattr(key, "value", key) for key in choices}
