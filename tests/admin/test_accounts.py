"""Accounts and bylines: what their keepers may not reach through them."""

import pytest
from django.urls import reverse

from articles.models import Contributor


@pytest.mark.parametrize(("role", "is_freed"), [("editor", False), ("publisher", False), ("admin", True)])
def test_only_keepers_of_accounts_say_whose_byline_it_is(role, is_freed, article, people, desk_of):
    contributor = Contributor.objects.get(user=people.writer)
    values = {"name": "Another Name", "slug": contributor.slug, "user": "", "bio": ""}
    address = reverse("admin:articles_contributor_change", args=[contributor.pk])
    assert desk_of(getattr(people, role)).post(address, values).status_code == 302
    contributor.refresh_from_db()
    assert contributor.name == "Another Name"
    assert (contributor.user is None) == is_freed


def test_page_that_deletes_an_account_names_nothing_its_person_worked_on(people, desk_of):
    desk_of(people.outsider).post(
        reverse("admin:articles_source_add"),
        {"label": "CANARY the drawer", "kind": "person", "is_confidential": "on", "url": ""},
    )
    keeper, number = desk_of(people.admin), people.outsider.pk
    pages = [
        keeper.get(reverse("admin:auth_user_delete", args=[number])),
        keeper.post(reverse("admin:auth_user_changelist"), {"action": "delete_selected", "_selected_action": [number]}),
    ]
    for page in pages:
        assert page.status_code == 200
        assert people.outsider.username in page.content.decode()
        assert "CANARY" not in page.content.decode()
