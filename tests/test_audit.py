"""What the log says of acts that are no move of a story, by whatever door they were done."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from articles.importers.plain import import_copy
from articles.models import Event, Source
from tests import factories
from tests.admin.pages import fields

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"


def log(verb, subject=None):
    """The entries of this act, oldest first."""
    found = Event.objects.filter(verb=verb).order_by("id")
    return list(found.filter(subject=subject) if subject else found)


@pytest.fixture
def keeper(people):
    """The browser of who manages accounts."""
    client = Client()
    client.force_login(people.admin)
    return client


def change(client, page, row, form, **values):
    """Open the page of a row, change these fields, save."""
    url = reverse(f"admin:{page}_change", args=[row.pk])
    response = client.post(url, fields(client.get(url), form) | values)
    assert response.status_code == 302, response.content.decode()[-2000:]


# --- rights -------------------------------------------------------------------------------------------------------


def test_roles_of_a_person_are_logged_with_who_gave_them(keeper, people):
    role = Group.objects.get(name="Publisher")
    change(keeper, "auth_user", people.writer, "user_form", groups=[role.pk])
    entries = log("change_rights", f"user:{people.writer.pk}")[-2:]
    assert [entry.details for entry in entries] == [{"roles": ["Writer", ""]}, {"roles": ["", "Publisher"]}]
    for entry in entries:
        assert (entry.by, entry.channel, entry.label) == (people.admin, "page", "wren")


def test_roles_are_logged_from_either_side_and_when_cleared(people):
    role = Group.objects.get(name="Editor")
    role.user_set.add(people.writer, people.reviewer)
    assert log("change_rights", f"user:{people.reviewer.pk}")[-1].details == {"roles": ["", "Editor"]}
    people.writer.groups.clear()
    entry = log("change_rights", f"user:{people.writer.pk}")[-1]
    assert entry.details == {"roles": ["Editor, Writer", ""]}
    assert (entry.by, entry.channel) == (None, "command")


def test_desk_membership_and_permissions_of_a_role_are_logged(desk, people):
    desk.members.add(people.outsider)
    assert log("change_rights", f"user:{people.outsider.pk}")[-1].details == {"desks": ["", "World"]}
    role = Group.objects.create(name="Stringer")
    permission = Permission.objects.get(codename="view_article")
    role.permissions.add(permission)
    assert log("change_rights", f"group:{role.pk}")[-1].details == {"permissions": ["", str(permission)]}


def test_account_is_logged_when_made_and_when_its_rights_change(keeper, people):
    account = factories.person("nadia", is_superuser=False)
    assert log("add", f"user:{account.pk}")[0].details["is_staff"] == [None, True]
    account.is_active, account.is_superuser = False, True
    account.save()
    assert log("change", f"user:{account.pk}")[-1].details == {
        "is_active": [True, False],
        "is_superuser": [False, True],
    }
    account.first_name = "Nadia"
    account.save()
    assert len(log("change", f"user:{account.pk}")) == 1


def test_password_set_by_another_is_logged_without_it(keeper, people):
    url = reverse("admin:auth_user_password_change", args=[people.writer.pk])
    words = "another long phrase 17"
    keeper.post(url, {"password1": words, "password2": words, "usable_password": "true"})
    entry = log("set_password", f"user:{people.writer.pk}")[0]
    assert entry.by == people.admin
    people.writer.refresh_from_db()
    rows = str(list(Event.objects.values_list()))
    assert words not in rows
    assert people.writer.password not in rows


def test_settings_of_a_desk_are_logged_before_and_after(keeper, desk, people):
    change(keeper, "articles_desk", desk, "desk_form", name="World news", members=[people.editor.pk])
    entry = log("change", f"desk:{desk.pk}")[0]
    assert entry.details == {"name": ["World", "World news"]}
    assert entry.by == people.admin


# --- coming and going ---------------------------------------------------------------------------------------------


def login(client, name, password):
    """Sign in by the page."""
    return client.post(reverse("admin:login"), {"username": name, "password": password})


def test_logins_and_logouts_are_logged(people, client):
    login(client, "wren", PASSWORD)
    client.post(reverse("admin:logout"))
    entries = Event.objects.filter(subject=f"user:{people.writer.pk}", verb__in=["login", "logout"]).order_by("id")
    assert [(entry.verb, entry.label, entry.channel) for entry in entries] == [
        ("login", "wren", "page"),
        ("logout", "wren", "page"),
    ]


def test_failed_login_names_an_account_that_exists_and_nothing_that_was_typed_else(people, client):
    login(client, "wren", "my secret typo")
    login(client, "MyPasswordTypedAsName", "x")
    known, unknown = log("login_failed")
    assert (known.subject, known.label, known.by) == (f"user:{people.writer.pk}", "wren", None)
    assert (unknown.subject, unknown.label) == ("user:", "")
    rows = str(list(Event.objects.values_list()))
    assert "my secret typo" not in rows
    assert "MyPasswordTypedAsName" not in rows


def test_failed_logins_do_not_fill_the_log(people, client):
    for number in range(30):
        login(client, f"nobody-{number}", "x")
    assert len(log("login_failed")) == 20


# --- changes and deletions ----------------------------------------------------------------------------------------


def test_change_of_an_actor_is_logged_with_its_fields_and_names(people, client_of, article):
    actor = factories.actor()
    names = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "I. Maran", "aliases-0-kind": "alias"}
    change(client_of(people.editor), "articles_actor", actor, "actor_form", description="Harbour master", **names)
    entry = log("change", f"actor:{actor.pk}")[0]
    assert entry.details == {"description": ["", "Harbour master"], "aliases": ["", "I. Maran"]}
    assert (entry.by, entry.label) == (people.editor, "Ilse Maran")
    change(client_of(people.editor), "articles_actor", actor, "actor_form")
    assert len(log("change", f"actor:{actor.pk}")) == 1


@pytest.mark.parametrize("was", [True, False])
def test_confidential_source_is_named_by_its_number_alone(was, people, client_of):
    source = Source.objects.create(
        label="CANARY the drawer", kind="person", is_confidential=was, recorded_by=people.writer
    )
    values = {"label": "CANARY the second drawer", "is_confidential": "on"}
    client = client_of(people.writer)
    change(client, "articles_source", source, "source_form", **values)
    entry = log("change", f"source:{source.pk}")[0]
    assert set(entry.details) >= {"label"}
    assert all(value == [None, None] for value in entry.details.values())
    assert "CANARY" not in str(list(Event.objects.values_list()))


def test_open_source_is_logged_with_its_values(people, client_of):
    source = Source.objects.create(label="Port records", kind="document")
    change(client_of(people.writer), "articles_source", source, "source_form", label="Records of the port")
    assert log("change", f"source:{source.pk}")[0].details == {"label": ["Port records", "Records of the port"]}


def test_deletions_are_logged_one_by_one_and_in_bulk(people, client_of, desk):
    client = client_of(people.publisher)
    one, two, three = (factories.topic(name) for name in ("Dredging", "Pilots", "Tugs"))
    client.post(reverse("admin:articles_topic_delete", args=[one.pk]), {"post": "yes"})
    bulk = {"action": "delete_selected", "_selected_action": [two.pk, three.pk], "post": "yes"}
    client.post(reverse("admin:articles_topic_changelist"), bulk)
    assert {entry.label for entry in log("delete")} == {"Dredging", "Pilots", "Tugs"}
    assert {entry.by for entry in log("delete")} == {people.publisher}


def test_deleted_draft_leaves_its_headline_and_state(people, client_of, article):
    number, name = article.pk, article.headline
    client_of(people.writer).post(reverse("admin:articles_article_delete", args=[number]), {"post": "yes"})
    entry = log("delete")[0]
    assert (entry.article_id, entry.label, entry.before, entry.by) == (number, name, "draft", people.writer)


def test_deleted_account_leaves_its_name(keeper, people):
    number = people.outsider.pk
    keeper.post(reverse("admin:auth_user_delete", args=[number]), {"post": "yes"})
    assert log("delete", f"user:{number}")[0].label == "otto"


def test_deletion_that_is_refused_is_not_logged(people, client_of, article):
    topic = article.topics.get()
    client_of(people.publisher).post(reverse("admin:articles_topic_delete", args=[topic.pk]), {"post": "yes"})
    assert not log("delete")


def test_import_is_logged_once_with_the_name_of_the_file(people):
    for _each in range(2):
        import_copy(b"Ferry stops\n\nThe ferry stopped on Monday.\n", "/srv/in/ferry.txt", by=people.writer)
    entry = log("import")[0]
    assert (len(log("import")), entry.note, entry.label, entry.by) == (1, "ferry.txt", "Ferry stops", people.writer)
