"""Running stories on the desk: kept by plain forms, shifted, put before readers, by two people at once."""

import pytest
from django.urls import reverse

from articles import packages
from articles.models import Package, StoryPackage
from articles.packages import Part
from tests import factories

from .pages import fields

pytestmark = pytest.mark.django_db
ADD = "/admin/packages/add/"


@pytest.fixture
def editor(client_of, people):
    """The browser of the editor of the World desk."""
    return client_of(people.editor)


def path_of(package):
    """Its page on the desk."""
    return reverse("admin:articles_package_change", args=[package.pk])


def send(client, act, path, **values):
    """Press a button of the page as it stands, with these fields changed."""
    sent = fields(client.get(path), "package_form")
    return client.post(path, {**sent, **{name.replace("__", "-"): value for name, value in values.items()}, "act": act})


def test_one_is_made_shifted_and_put_before_readers_by_plain_forms(editor, in_print, desk, client):
    one, other = in_print(2)
    sent = {
        "title": "The harbour",
        "slug": "the-harbour",
        "intro": "It closed.",
        "desk": desk.pk,
        "seen": 0,
        "parts": 0,
    }
    for act in (f"add:{one.pk}", f"add:{other.pk}", "entry"):
        sent = fields(editor.post(ADD, {**sent, "act": act}), "package_form")
    sent |= {"part-2-on": "2025-12-01", "part-2-text": "A storm"}
    sent = fields(editor.post(ADD, {**sent, "act": "up:1"}), "package_form")
    assert editor.post(ADD, {**sent, "act": "save"}).status_code == 302
    made = Package.objects.get()
    assert [part.article_id for part in made.parts.all()] == [other.pk, one.pk, None]
    assert client.get("/packages/the-harbour/").status_code == 404
    editor.post(reverse("admin:articles_package_act", args=[made.pk]), {"verb": "open"})
    assert "A storm" in client.get("/packages/the-harbour/").content.decode()
    removed = send(editor, "remove:0", path_of(made))
    assert [row.value for row in removed.context["form"].rows] == [str(one.pk), ""]


def test_what_makes_no_sense_is_refused_and_what_was_sent_stays(editor, story):
    sent = {"title": "Mine", "slug": "mine", "seen": 0, "parts": 1, "part-0-article": "", "act": "save"}
    for values in ({"part-0-text": "When?"}, {"part-0-on": "31 May", "part-0-text": "A"}, {"part-0-text": "x" * 301}):
        response = editor.post(ADD, {**sent, **values})
        assert response.status_code == 422
        assert 'value="Mine"' in response.content.decode()
    assert not Package.objects.exists()


def test_a_draft_of_another_desk_stays_in_it_and_is_not_told(editor, people, story, desk):
    hidden = factories.article(people.outsider, factories.desk("Courts", "courts"), headline="The verdict nobody knows")
    package = Package(title="The harbour", slug="the-harbour", desk=desk)
    made = packages.save(package, [Part(hidden.pk, None, "Guilty"), Part(story.pk)], by=people.publisher)
    page = editor.get(path_of(made)).content.decode()
    assert "The verdict" not in page
    assert "Guilty" not in page
    assert send(editor, "save", path_of(made), title="The port").status_code == 302
    part = Package.objects.get(title="The port").parts.first()
    assert (part.article_id, part.text) == (hidden.pk, "Guilty")
    forged = {"parts": 1, "part-0-article": hidden.pk, "title": "A", "slug": "a", "seen": 0, "act": "save"}
    editor.post(ADD, forged)
    assert not Package.objects.filter(slug="a", parts__article=hidden).exists()


def test_the_later_of_two_sees_both_and_saves_again(editor, people, story, desk):
    made = packages.save(Package(title="One", slug="one", desk=desk), [Part(story.pk)], by=people.editor)
    sent = fields(editor.get(path_of(made)), "package_form")
    made.title = "Theirs"
    packages.save(made, [Part(story.pk)], by=people.publisher, seen=made.version)
    told = editor.post(path_of(made), {**sent, "title": "Mine", "act": "save"})
    page = told.content.decode()
    assert told.status_code == 409
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert Package.objects.get().title == "Theirs"
    again = fields(told, "package_form")
    assert editor.post(path_of(made), {**again, "act": "save"}).status_code == 302
    assert Package.objects.get().title == "Mine"


@pytest.mark.parametrize("role", ["Writer", "Reviewer", "Admin", "Editor"])
def test_one_of_another_desk_answers_like_one_that_never_was(role, client_of, people, story):
    courts = factories.desk("Courts", "courts")
    made = packages.save(Package(title="One", slug="one", desk=courts), [Part(story.pk)], by=people.publisher)
    person = factories.person("me", role)
    factories.desk().members.add(person)
    client = client_of(person)
    for pk in (made.pk, made.pk + 999):
        assert client.get(reverse("admin:articles_package_change", args=[pk])).status_code == 404
        assert client.post(reverse("admin:articles_package_act", args=[pk]), {"verb": "open"}).status_code == 404
    assert client.get("/admin/packages/").status_code == (200 if role == "Editor" else 403)
    assert not StoryPackage.objects.exists()


def test_one_is_deleted_once_readers_do_not_have_it(editor, people, story, desk):
    made = packages.save(Package(title="One", slug="one", desk=desk), [Part(story.pk)], by=people.editor)
    act = reverse("admin:articles_package_act", args=[made.pk])
    editor.post(act, {"verb": "open"})
    editor.post(act, {"verb": "delete"})
    assert Package.objects.exists()
    editor.post(act, {"verb": "close"})
    assert editor.post(act, {"verb": "delete"})["Location"] == "/admin/packages/"
    assert not Package.objects.exists()
    assert editor.post(act, {"verb": "no-such-verb"}).status_code == 404
