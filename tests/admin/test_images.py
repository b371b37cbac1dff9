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
