"""What tests of the desk ask for."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def desk_of():
    """A client in which this person is logged in."""

    def log_in(person):
        client = Client()
        client.force_login(person)
        return client

    return log_in


@pytest.fixture
def desk_url(article):
    """The writing desk of `article`."""
    return reverse("admin:articles_article_change", args=[article.pk])
