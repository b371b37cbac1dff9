"""Pages that say no, and what to do then."""

from django.test import Client
from django.urls import reverse


def test_who_may_not_is_told_so_in_words(people, client_of):
    answer = client_of(people.reviewer).get(reverse("admin:articles_article_import"))
    assert answer.status_code == 403
    assert "Your role does not include this" in answer.content.decode()


def test_an_expired_form_says_that_nothing_is_lost(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.writer)
    answer = client.post(reverse("admin:articles_article_add"), {"headline": "A headline"})
    assert answer.status_code == 403
    assert "what you typed is still there" in answer.content.decode()
