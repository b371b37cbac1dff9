"""What every test may ask for: the people of a newsroom, one of each role, and a desk."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests import factories


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Files of a test stay its own, and passwords and static files cost nothing."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def desk(db):
    """The World desk."""
    return factories.desk()


@pytest.fixture
def people(db, desk):
    """One person of each role, the editor on the World desk; `outsider` is a writer with no part in the story."""
    staff = SimpleNamespace(
        writer=factories.person("wren", "Writer"),
        outsider=factories.person("otto", "Writer"),
        editor=factories.person("edda", "Editor"),
        reviewer=factories.person("rhea", "Reviewer"),
        publisher=factories.person("pablo", "Publisher"),
        admin=factories.person("ada", "Admin"),
    )
    desk.members.add(staff.editor)
    return staff


@pytest.fixture
def article(people, desk):
    """A draft of the writer's that is ready for the reader: tagged, sourced, with one direct quote."""
    return factories.article(people.writer, desk)


@pytest.fixture
def story(people, article):
    """The same, published: the row that readers see."""
    return factories.publish(article, people)


@pytest.fixture
def client_of():
    """A browser of its own for a person: `client_of(person)`; of a stranger for None."""

    def sign_in(person):
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return sign_in
